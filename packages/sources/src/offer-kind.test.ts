import { describe, expect, it } from 'vitest';
import type { Ask } from './fact-kind.ts';
import { imdbOffers } from './imdb/imdb-offers.ts';
import type { ImdbSuggestion } from './imdb/imdb-suggestion.ts';
import { askedName } from './offer-kind.ts';
import { found, type Page } from './page.ts';
import type { PageResult } from './reader/page-result.ts';
import { wikidataOffers } from './wikidata/wikidata-offers.ts';

const rest = { code: null, retryAt: null, fetchedAt: null, validators: { etag: '"x"' } } as const;

describe('a name that is looked for', () => {
  it.each([
    ['The  Good\tPlace ', 'the good place'],
    ['Pokémon', 'pokémon'],
    ['\u0000\u0007', ''],
    ['x'.repeat(300), 'x'.repeat(100)],
  ])('%j is %j', (name, asked) => {
    expect(askedName(name)).toBe(asked);
    expect(imdbOffers.page.isKey(asked || 'x')).toBe(true);
  });

  it('is one subject however it is written, and is told by the subject again', () => {
    const subjects = [imdbOffers, wikidataOffers].map((kind) => [
      kind.subjectOf({ imdbId: 'Paper  Moons', language: 'pt' }),
      kind.nameIn(kind.subjectOf({ imdbId: 'PAPER MOONS: Rising', language: 'pt' })),
    ]);
    expect(subjects).toEqual([
      ['paper moons', 'paper moons: rising'],
      ['pt:paper moons', 'paper moons: rising'],
    ]);
  });
});

describe('what IMDb offers', () => {
  const suggestion = (more: Partial<ImdbSuggestion>): ImdbSuggestion => ({
    imdbId: 'tt3000001',
    name: 'Paper Moons',
    year: 2015,
    endYear: null,
    titleType: 'movie',
    stars: null,
    rank: 7,
    ...more,
  });

  it('is films and series, in its order, and nothing that is not out', () => {
    const offers = imdbOffers.offersIn([
      suggestion({ imdbId: 'tt3000002', titleType: 'tvMiniSeries', endYear: 2016 }),
      suggestion({ imdbId: 'tt3000003', titleType: 'videoGame' }),
      suggestion({ imdbId: 'tt3000004', titleType: 'tvEpisode' }),
      suggestion({ imdbId: 'tt3000005', titleType: null }),
      suggestion({ imdbId: 'tt3000006', year: null }),
      suggestion({ titleType: 'tvSpecial' }),
    ]);
    expect(offers).toMatchObject([
      { imdbId: 'tt3000002', kind: 'SERIES', minor: false, year: 2015, endYear: 2016, otherName: null },
      { imdbId: 'tt3000001', kind: 'MOVIE', minor: true },
    ]);
  });
});

describe('what Wikidata offers', () => {
  const item = (wikidataId: string, more: object = {}) => ({
    wikidataId,
    imdbId: `tt${wikidataId.slice(1)}`,
    name: 'Paper Moons',
    rottenTomatoesId: null,
    netflixId: null,
    tmdbId: null,
    instanceOf: ['Q11424'],
    year: 2015,
    runtimeMinutes: 96,
    countryItems: [],
    languageItems: [],
    articles: {},
    ...more,
  });

  const candidates = ['Q3000001', 'Q3000002'].map((wikidataId) => ({
    wikidataId,
    label: null,
    description: null,
    matchedName: 'Luna de papel',
  }));

  /** Answers each page with the readings given. */
  const askWith =
    (answers: Record<string, (key: string) => unknown>): Ask =>
    async <Facts>(page: Page<Facts>, keys: readonly string[]): Promise<PageResult<Facts>> => ({
      ...rest,
      readings: new Map(keys.map((key) => [key, answers[page.kind]?.(key)])) as never,
    });

  it('is what a search finds, read', async () => {
    const ask = askWith({ search: () => found(candidates), items: (id) => found(item(id)) });
    const outcome = (await wikidataOffers.read(['es:luna de papel'], ask)).get('es:luna de papel');
    expect(outcome).toMatchObject({ pageKey: 'es:luna de papel', validators: null, reading: { status: 'FOUND' } });
    if (outcome?.reading.status !== 'FOUND') throw new Error('not found');
    expect(wikidataOffers.offersIn(outcome.reading.facts)).toMatchObject([
      { imdbId: 'tt3000001', kind: 'MOVIE', name: 'Paper Moons', otherName: 'Luna de papel', runtimeMinutes: 96 },
      { imdbId: 'tt3000002' },
    ]);
  });

  it('is nothing where nothing is found, and a refusal where one of its pages is refused', async () => {
    const readingOf = async (answers: Record<string, (key: string) => unknown>) =>
      (await wikidataOffers.read(['en:x'], askWith(answers))).get('en:x')?.reading;
    expect(await readingOf({ search: () => ({ status: 'NOT_FOUND' }) })).toEqual({ status: 'NOT_FOUND' });
    const refused = { status: 'BLOCKED', reason: 'a challenge' };
    expect(await readingOf({ search: () => refused })).toEqual(refused);
    expect(await readingOf({ search: () => found(candidates), items: () => refused })).toEqual(refused);
    const gone = () => ({ status: 'NOT_FOUND' });
    expect(await readingOf({ search: () => found(candidates), items: gone })).toEqual({ status: 'NOT_FOUND' });
  });

  it('tells films from series by class, else by the address of its scores, and is nothing that is a part or nameless', () => {
    const offersOf = (...items: object[]) =>
      wikidataOffers.offersIn(items.map((one) => ({ item: one as never, matchedName: null })));
    expect(
      offersOf(
        item('Q1', { instanceOf: ['Q7', 'Q5398426'] }),
        item('Q2', { instanceOf: ['Q7'], rottenTomatoesId: 'tv/tidewater' }),
        item('Q3', { instanceOf: [], rottenTomatoesId: 'm/tidewater' }),
        item('Q4', { instanceOf: ['Q24862'] }),
      ).map(({ imdbId, kind, minor }) => [imdbId, kind, minor]),
    ).toEqual([
      ['tt1', 'SERIES', false],
      ['tt2', 'SERIES', false],
      ['tt3', 'MOVIE', false],
      ['tt4', 'MOVIE', true],
    ]);
    expect(
      offersOf(
        item('Q5', { instanceOf: ['Q7'] }),
        item('Q6', { instanceOf: ['Q3464665'], rottenTomatoesId: 'tv/tidewater' }),
        item('Q7', { instanceOf: ['Q7'], rottenTomatoesId: 'tv/tidewater/s01' }),
        item('Q8', { imdbId: null }),
        item('Q9', { name: null }),
      ),
    ).toEqual([]);
  });
});
