import { describe, expect, it } from 'vitest';
import { type AvailabilityEvidence, availability } from './availability.ts';
import { enrichmentStatus, isDue, nextReadAt, type StoredEnrichment } from './enrichment-state.ts';
import { freshForMs, isRunning, retryAfterMs } from './freshness.ts';
import { mergeImdbFacts } from './imdb-facts.ts';
import type { ImdbDatasetFacts, ImdbTitlePage } from './source-facts.ts';

const now = new Date('2026-11-30T12:00:00Z');
const before = new Date('2026-11-01T00:00:00Z');
const after = new Date('2026-12-24T00:00:00Z');
const day = 24 * 3_600_000;

const stored = (given: Partial<StoredEnrichment>): StoredEnrichment => ({
  answer: null,
  fetchedAt: null,
  freshUntil: null,
  failure: null,
  errorCode: null,
  errorMessage: null,
  retryAt: null,
  isWanted: false,
  ...given,
});

describe('the state of an enrichment', () => {
  it.each<[string, Partial<StoredEnrichment> | null, string, boolean]>([
    ['nobody asked', null, 'UNREAD', true],
    ['it is waited for', { isWanted: true }, 'PENDING', false],
    ['there is a fresh answer', { answer: 'FOUND', freshUntil: after }, 'FRESH', false],
    ['the answer is past its date', { answer: 'FOUND', freshUntil: before }, 'STALE', true],
    ['and read again meanwhile', { answer: 'FOUND', freshUntil: before, isWanted: true }, 'STALE', false],
    ['there is no such title', { answer: 'NOT_FOUND', freshUntil: after }, 'NOT_FOUND', false],
    ['that is past its date', { answer: 'NOT_FOUND', freshUntil: before }, 'NOT_FOUND', true],
    ['it was refused', { failure: 'BLOCKED', retryAt: after }, 'BLOCKED', false],
    ['it was refused long ago', { failure: 'BLOCKED', retryAt: before }, 'BLOCKED', true],
    ['it failed', { failure: 'FAILED', retryAt: after }, 'FAILED', false],
    [
      'an answer grew old and then it was refused',
      { answer: 'FOUND', freshUntil: before, failure: 'BLOCKED', retryAt: after },
      'BLOCKED',
      false,
    ],
    ['it was refused and is tried again', { failure: 'BLOCKED', retryAt: before, isWanted: true }, 'PENDING', false],
  ])('%s', (_, given, status, due) => {
    const one = given && stored(given);
    expect([enrichmentStatus(one, now), isDue(one, now)]).toEqual([status, due]);
  });

  it('says when it is read again: at its date, or when the source said', () => {
    expect(nextReadAt(stored({ answer: 'FOUND', freshUntil: after }), now)).toEqual(after);
    expect(
      nextReadAt(stored({ answer: 'FOUND', freshUntil: after, failure: 'BLOCKED', retryAt: before }), now),
    ).toBeNull();
    expect(nextReadAt(stored({ failure: 'BLOCKED', retryAt: after }), now)).toEqual(after);
    expect(nextReadAt(stored({ failure: 'BLOCKED', retryAt: after, isWanted: true }), now)).toBeNull();
  });
});

describe('how long an answer counts', () => {
  const film = (year: number | null) => ({ kind: 'MOVIE', year, endYear: null }) as const;
  const series = (year: number, endYear: number | null) => ({ kind: 'SERIES', year, endYear }) as const;

  it('is a week for ratings of what runs, a month for what is old', () => {
    expect(freshForMs('RATINGS', 'FOUND', film(2026), now)).toBe(7 * day);
    expect(freshForMs('RATINGS', 'FOUND', film(1999), now)).toBe(30 * day);
    expect(freshForMs('RATINGS', 'FOUND', series(2010, null), now)).toBe(7 * day);
    expect(freshForMs('RATINGS', 'FOUND', series(2010, 2022), now)).toBe(30 * day);
  });

  it('is three months for summaries, and shorter where there was nothing', () => {
    expect(freshForMs('SUMMARY', 'FOUND', film(2026), now)).toBe(90 * day);
    for (const nature of ['RATINGS', 'SUMMARY', 'IDENTITY', 'AVAILABILITY', 'CODE'] as const)
      for (const year of [1999, 2026])
        expect(freshForMs(nature, 'NOT_FOUND', film(year), now)).toBeLessThanOrEqual(
          freshForMs(nature, 'FOUND', film(year), now),
        );
  });

  it('takes what nobody knows the year of for running, and the year of release and the next too', () => {
    expect([film(null), film(2025), film(2024)].map((one) => isRunning(one, now))).toEqual([true, true, false]);
  });

  it('is hours for a refusal, minutes for an outage, a day for a page that nobody can read', () => {
    expect(retryAfterMs('CHALLENGE')).toBe(6 * 3_600_000);
    expect(retryAfterMs('TIMEOUT')).toBe(600_000);
    expect(retryAfterMs('SOURCE_CHANGED')).toBe(day);
    expect(retryAfterMs('something new')).toBe(3_600_000);
  });
});

describe('availability', () => {
  const sign = (on: string, available = true, what: AvailabilityEvidence['what'] = 'TOP10') => ({
    available,
    day: on,
    what,
  });

  it('is what the newest sign says', () => {
    expect(availability([sign('2024-01-07'), sign('2026-03-01', false, 'NETFLIX_PAGE'), sign('2025-05-05')])).toEqual(
      sign('2026-03-01', false, 'NETFLIX_PAGE'),
    );
  });

  it('is that it can be watched where two signs of one day disagree, whatever their order', () => {
    const no = sign('2026-03-01', false, 'JUSTWATCH');
    const yes = sign('2026-03-01', true, 'VIEWING');
    expect([availability([no, yes]), availability([yes, no])]).toEqual([yes, yes]);
  });

  it('is not known without any', () => {
    expect(availability([])).toBeNull();
  });
});

describe('facts of IMDb', () => {
  const dataset: ImdbDatasetFacts = {
    imdbId: 'tt9900001',
    titleType: 'movie',
    name: 'Made Up',
    originalName: null,
    year: 2001,
    endYear: null,
    runtimeMinutes: 100,
    genres: ['Drama'],
    rating: 7.1,
    voteCount: 1000,
    directors: [{ name: 'Ada Quill', imdbId: 'nm9900001' }],
    creators: null,
    cast: null,
  };
  const page = {
    imdbId: 'tt9900001',
    rating: 7.3,
    voteCount: 1100,
    runtimeMinutes: null,
    certificate: 'PG',
    plot: 'A plot.',
    genres: ['Drama', 'War', 'Family', 'Mystery'],
    directors: [{ name: 'A. Quill', imdbId: null }],
    creators: [],
    cast: [{ name: 'Tom Reed', imdbId: null }],
    posterUrl: null,
  } as unknown as ImdbTitlePage;

  it('are those of the datasets where there is no page, and the other way round', () => {
    expect(mergeImdbFacts({ facts: dataset, fetchedAt: before }, null)).toMatchObject({
      rating: 7.1,
      plot: null,
      fetchedAt: before,
    });
    expect(mergeImdbFacts(null, { facts: page, fetchedAt: now })).toMatchObject({ rating: 7.3, plot: 'A plot.' });
    expect(mergeImdbFacts(null, null)).toBeNull();
  });

  it('have the rating of the later with its own votes, and what only one of them says', () => {
    const later = mergeImdbFacts({ facts: dataset, fetchedAt: before }, { facts: page, fetchedAt: now });
    expect(later).toMatchObject({
      rating: 7.3,
      voteCount: 1100,
      runtimeMinutes: 100,
      certificate: 'PG',
      genres: ['Drama', 'War', 'Family', 'Mystery'],
      directors: [{ name: 'Ada Quill', imdbId: 'nm9900001' }],
      cast: [{ name: 'Tom Reed', imdbId: null }],
      fetchedAt: now,
    });
    expect(mergeImdbFacts({ facts: dataset, fetchedAt: after }, { facts: page, fetchedAt: now })).toMatchObject({
      rating: 7.1,
      voteCount: 1000,
    });
    const unrated = { ...dataset, rating: null, voteCount: null };
    expect(mergeImdbFacts({ facts: unrated, fetchedAt: after }, { facts: page, fetchedAt: now })).toMatchObject({
      rating: 7.3,
      voteCount: 1100,
    });
  });
});
