import { wikidataIds } from '../../src/wikidata/wikidata-ids.ts';
import { wikidataItems } from '../../src/wikidata/wikidata-items.ts';
import { type CapturedSource, pageCaptures } from './capture.ts';

/** Answers that are errors. That there are no suggestions is none: that answer is among IMDb's. */
export const capturedErrors: CapturedSource = {
  name: 'Errors',
  mappings: [
    pageCaptures(wikidataItems, {
      files: 'errors/wikidata_maxlag_',
      isRecognised: false,
      key: () => 'Q83495',
      fields: () => ({ is_error: false }),
      otherwise(reading) {
        if (reading.status !== 'UNAVAILABLE') return { is_error: reading.status !== 'NOT_FOUND' };
        const [, code, lag] = /^([a-z_]+): .*?(\d+\.\d+) seconds/.exec(reading.reason) ?? [];
        return {
          is_error: true,
          error_code: code,
          lag_seconds: Number(lag),
          // It has no header that says when.
          retry: `yes, after Retry-After or ${Number(reading.retryAfterMs) / 1000} s`,
        };
      },
    }),
    pageCaptures(wikidataIds, {
      files: 'errors/wdqs_429_',
      isRecognised: false,
      key: () => 'P345=tt0133093',
      fields: () => ({ is_error: false }),
      otherwise: (reading) =>
        reading.status === 'BLOCKED'
          ? { is_error: true, retry_after_seconds_in_text: Number(reading.retryAfterMs) / 1000 }
          : {},
    }),
  ],
  exceptions: [
    { files: 'errors/w', fields: ['http_status'], reason: 'not read of the page: it is what the page is given with' },
  ],
  unverified: ['challenge pages and refusals of every site: those in the tests are made up after what people describe'],
};

/** Captures of what is no page of these sources. */
export const capturedOthers: CapturedSource = {
  name: 'Others',
  mappings: [],
  exceptions: [
    { files: 'flixpatrol/', fields: 'ALL', reason: 'FlixPatrol is no source of ours' },
    {
      files: 'imdb-datasets/',
      fields: 'ALL',
      reason:
        'data sets are no pages: the lake reads them, and `packages/lake/src/bulk/imdb-corpus.test.ts` counts every row of these',
    },
  ],
  unverified: [],
};
