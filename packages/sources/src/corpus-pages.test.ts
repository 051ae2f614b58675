import { describe, expect, it } from 'vitest';
import { corpus } from '../../../scripts/corpus.ts';
import { kindOf, type SavedCapture } from '../test/corpus/capture.ts';
import { mayFetch, robotsExamples } from '../test/corpus/robots.ts';
import {
  type CaptureReport,
  capturedSources,
  captureFilesIn,
  capturesIn,
  openCapture,
  reportCapture,
  sourceOf,
} from '../test/corpus-pages.ts';
import { readAnswer } from './read-answer.ts';
import { allPages } from './sources.ts';
import { wikidataCodes } from './wikidata/wikidata-codes.ts';
import { wikidataItems } from './wikidata/wikidata-items.ts';
import { wikidataSearch } from './wikidata/wikidata-search.ts';
import { wikipediaInfobox } from './wikipedia/wikipedia-infobox.ts';
import { wikipediaSearch } from './wikipedia/wikipedia-search.ts';
import { wikipediaSummaries } from './wikipedia/wikipedia-summaries.ts';

const captures = corpus === null ? [] : capturesIn(corpus).map((capture) => openCapture(corpus ?? '', capture));

const reports = new Map<string, CaptureReport>();

function reportOf(capture: SavedCapture): CaptureReport {
  const report = reports.get(capture.file) ?? reportCapture(capture);
  reports.set(capture.file, report);
  return report;
}

describe.skipIf(corpus === null)('a captured page', () => {
  it('is one of those of which something was taken down, and none of those is missing', () => {
    expect(captures.length).toBeGreaterThan(50);
    expect([...captureFilesIn(corpus ?? '')].sort()).toEqual(captures.map(({ file }) => file).sort());
  });

  it.each(captures)('$file is read in every field, or there is a reason why not', (capture) => {
    const { rows } = reportOf(capture);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ outcome }) => outcome === 'DIFFERENT')).toEqual([]);
    // What is read needs no reason not to be compared.
    expect(rows.filter(({ outcome, read }) => outcome === 'NOT_COMPARED' && read !== undefined)).toEqual([]);
  });

  it.each(captures)('$file is recognised by the kind that reads it, and by no other of any source', (capture) => {
    const { kinds, recognisedAs } = reportOf(capture);
    expect(recognisedAs).toEqual(kinds);
  });

  it('is FOUND, but for those that say otherwise, or are to be refused', () => {
    const others = captures.map(reportOf).filter(({ status }) => status !== null && status !== 'FOUND');
    expect(Object.fromEntries(others.map(({ file, status }) => [file, status]))).toEqual({
      'imdb/title_tt0114478_2017-12_legacy.html': 'UNREADABLE',
      'imdb/suggestion_no_results_2022-10.json': 'NOT_FOUND',
      'errors/imdb_suggestion_empty_2026.json': 'NOT_FOUND',
      'wikipedia/action_missing_page_2025-03.json': 'NOT_FOUND',
      'wikipedia/action_disambiguation_2025-03.json': 'NOT_FOUND',
      'errors/wikidata_maxlag_200.json': 'UNAVAILABLE',
      'errors/wdqs_429_retry_in_9_seconds.html': 'BLOCKED',
    });
  });

  it('has every field for which there is a reason not to compare it', () => {
    const needless = capturedSources.flatMap((source) =>
      source.exceptions.flatMap(({ files, fields, reason }) => {
        const rows = captures
          .filter((capture) => sourceOf(capture) === source && capture.file.startsWith(files))
          .flatMap((capture) => reportOf(capture).rows.filter((row) => row.reason === reason))
          .map(({ field }) => field);
        const unused = (fields === 'ALL' ? [''] : fields).filter((field) => !rows.some((row) => row.startsWith(field)));
        return unused.map((field) => `${files} ${field}`);
      }),
    );
    expect(needless).toEqual([]);
  });

  it.each(robotsExamples)('of robots.txt ($file) says whether we may fetch $url', (example) => {
    expect(mayFetch(example, captures)).toBe(example.may);
  });

  it.each([wikidataItems, wikidataCodes, wikidataSearch, wikipediaSummaries, wikipediaSearch, wikipediaInfobox])(
    'of a server that lags is UNAVAILABLE to every kind of that interface: $source/$kind',
    (page) => {
      const lag = captures.find(({ file }) => file === 'errors/wikidata_maxlag_200.json');
      const key = keys[kindOf(page)] ?? '';
      const answer = { url: lag?.url ?? '', status: 200, headers: {}, body: lag?.body ?? '' };
      expect(readAnswer<unknown>(page, answer, [key]).get(key)).toMatchObject({
        status: 'UNAVAILABLE',
        retryAfterMs: 5_000,
      });
    },
  );
});

/** A key of every kind of page. */
const keys: Readonly<Record<string, string>> = {
  'imdb/title': 'tt0133093',
  'imdb/suggestion': 'the matrix',
  'imdb/episodes': 'tt0903747/2',
  'imdb/find': 'the matrix',
  'imdb/chart': 'top',
  'imdb/graphql-title': 'tt0133093',
  'imdb/graphql-search': 'the matrix',
  'wikidata/items': 'Q83495',
  'wikidata/codes': 'Q30',
  'wikidata/ids': 'P345=tt0133093',
  'wikidata/search': 'en:The Matrix',
  'wikipedia/summaries': 'en:The Matrix',
  'wikipedia/rest-summary': 'en:The Matrix',
  'wikipedia/page': 'en:The Matrix',
  'wikipedia/search': 'en:the matrix film',
  'rotten-tomatoes/media': 'm/the_matrix',
  'rotten-tomatoes/browse': 'movies_at_home',
  'rotten-tomatoes/search': 'the matrix',
  'netflix-pages/title': 'AU/20557937',
  'netflix-pages/metadata': '20557937',
  'netflix-pages/falcor-titles': '20557937',
  'netflix-pages/falcor-episodes': '80057281',
  'netflix-pages/top10': 'most-popular',
  'justwatch/offers': 'AU tt0133093 The Matrix',
};

const inTheWay = {
  'a challenge of AWS WAF': {
    status: 202,
    body: '<!DOCTYPE html><html><head><script>AwsWafIntegration.getToken()</script></head><body><div id="challenge-container"></div></body></html>',
  },
  'a challenge of Cloudflare': {
    status: 503,
    body: '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></body></html>',
  },
  'a refusal': {
    status: 403,
    body: '<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr></body></html>',
  },
};

/** Good answers, all of them, and of nothing that any site here has. */
const unknownLayouts = {
  html: '<!DOCTYPE html><html><head><title>Films</title></head><body><main><h1>The Matrix</h1><p>8.7</p></main></body></html>',
  json: '{"films":[{"name":"The Matrix","stars":4}]}',
  list: '[{"name":"The Matrix","stars":4}]',
  table: 'name\tstars\nThe Matrix\t4\n',
};

describe.each(allPages.map((page) => ({ page, name: kindOf(page), key: keys[kindOf(page)] ?? '' })))(
  'asked for $name',
  ({ page, key }) => {
    const answer = (status: number, type: string, body: string) => ({
      url: '',
      status,
      headers: { 'content-type': type },
      body,
    });

    it('has a key', () => expect(page.isKey(key)).toBe(true));

    it.each(Object.entries(inTheWay))('%s is BLOCKED, whatever its status', (_, { status, body }) => {
      for (const of of [status, 200]) {
        const reading = readAnswer(page, answer(of, 'text/html', body), [key]).get(key);
        expect(reading).toEqual({ status: 'BLOCKED', code: expect.any(String), reason: expect.stringMatching(/./) });
      }
      expect(page.recognises(body)).toBe(false);
    });

    it.each(Object.entries(unknownLayouts))('an unknown layout (%s) is UNREADABLE', (_, body) => {
      const [type = ''] = page.types;
      const reading = readAnswer(page, answer(200, type, body), [key]).get(key);
      expect(reading).toEqual({ status: 'UNREADABLE', reason: expect.stringMatching(/./) });
      expect(page.recognises(body)).toBe(false);
    });
  },
);
