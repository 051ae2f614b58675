import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, saveFacts } from '@watchprint/database';
import { syncWithCatalogue } from '@watchprint/lake';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import { writeFiles } from '../../../lake/test/made-imdb.ts';
import { ask, clientOf, matched } from '../../test/server-on-every-database.ts';
import { createServer, type WatchprintServer } from '../server.ts';

// A dataset and a history that are made up together: who made what, where and in which language is known beforehand, and counted here by
// going through the viewings one by one. The catalogue that tests have otherwise knows no people.

let state = 7;
/** The same numbers on every machine: a linear congruential generator (Numerical Recipes, 1992). */
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const some = <One>(from: readonly One[], count: number): One[] => {
  const left = [...from];
  return Array.from({ length: count }, () => left.splice(random(left.length), 1)[0] as One);
};
const syllables = [
  'bal',
  'dor',
  'fen',
  'gri',
  'kul',
  'lam',
  'mor',
  'nis',
  'pra',
  'quo',
  'rud',
  'sel',
  'tav',
  'wex',
  'zim',
];
const word = () => `${some(syllables, 3).join('')}`.replace(/^./, (first) => first.toUpperCase());

const people = Array.from({ length: 40 }, (_, place) => ({ id: `nm00000${place + 10}`, name: `${word()} ${word()}` }));
const genres = ['Drama', 'Comedy', 'Crime', 'War', 'Western'];
const countries = { Q408: 'AU', Q183: 'DE', Q155: 'BR', Q17: 'JP' };
const languages = { Q1860: 'en', Q188: 'de', Q5146: 'pt', Q5287: 'ja' };

interface Planted {
  readonly id: string;
  readonly name: string;
  readonly isSeries: boolean;
  readonly year: number;
  readonly genres: readonly string[];
  readonly countries: readonly (keyof typeof countries)[];
  readonly languages: readonly (keyof typeof languages)[];
  readonly directors: readonly string[];
  readonly creators: readonly string[];
  readonly cast: readonly string[];
}
const works = Array.from({ length: 60 }, (_, place): Planted => {
  const isSeries = place % 3 === 0;
  return {
    id: `tt40000${place + 10}`,
    name: `${word()} ${word()} ${word()}`,
    isSeries,
    // None after it was watched.
    year: 1960 + random(60),
    genres: some(genres, 1 + random(3)),
    // Of every tenth nobody knows.
    countries: place % 10 === 0 ? [] : some(Object.keys(countries) as (keyof typeof countries)[], 1 + random(2)),
    languages: place % 10 === 0 ? [] : some(Object.keys(languages) as (keyof typeof languages)[], 1 + random(2)),
    directors: isSeries ? [] : some(people, 1 + random(2)).map(({ id }) => id),
    creators: isSeries ? some(people, 1).map(({ id }) => id) : [],
    cast: some(people, 3 + random(12)).map(({ id }) => id),
  };
});
const episodes = works
  .filter(({ isSeries }) => isSeries)
  .flatMap((series) =>
    Array.from({ length: 8 }, (_, place) => ({
      id: `tt5${series.id.slice(-5)}${place}`,
      series,
      number: place + 1,
      name: `${word()} ${word()}`,
    })),
  );
const viewings = Array.from({ length: 700 }, (_, row) => {
  const work = works[random(works.length)] as Planted;
  const episode = work.isSeries ? episodes.filter(({ series }) => series === work)[random(8)] : undefined;
  const title = episode ? `${work.name}: Season 1: ${episode.name} (Episode ${episode.number})` : work.name;
  return { work, title, seconds: 60 + random(6000), at: new Date(Date.UTC(2020, 0, 1) + row * 1e7) };
});

/** Viewings and seconds by each value that a viewing has. */
function counted(valuesOf: (work: Planted) => readonly string[]) {
  const found = new Map<string, { viewings: number; seconds: number }>();
  let known = 0;
  for (const { work, seconds } of viewings) {
    const values = new Set(valuesOf(work));
    if (values.size > 0) known += 1;
    for (const value of values) {
      const before = found.get(value) ?? { viewings: 0, seconds: 0 };
      found.set(value, { viewings: before.viewings + 1, seconds: before.seconds + seconds });
    }
  }
  return { found, known };
}

describe('figures of people, countries and languages', () => {
  let server: WatchprintServer;
  let id: string;
  const analytics = async (fields: string) => {
    const query = `query($id: ID!) { node(id: $id) { ... on Profile { analytics { ${fields} } } } }`;
    const { data, errors } = await ask(server, query, { id });
    expect(errors).toBeUndefined();
    return (data as never as { node: { analytics: Record<string, never> } }).node.analytics as Record<string, unknown>;
  };

  beforeAll(async () => {
    const home = await mkdtemp(join(tmpdir(), 'planted-'));
    const from = join(home, 'from');
    const table = (header: string, rows: readonly (readonly (string | number)[])[]) =>
      [header.split(' '), ...rows].map((row) => `${row.join('\t')}\n`).join('');
    const none = '\\N';
    await writeFiles(from, {
      'title.basics.tsv': table(
        'tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres',
        [
          ...works.map((work) => [
            work.id,
            work.isSeries ? 'tvSeries' : 'movie',
            work.name,
            work.name,
            0,
            work.year,
            none,
            90,
            work.genres.join(','),
          ]),
          ...episodes.map((one) => [one.id, 'tvEpisode', one.name, one.name, 0, one.series.year, none, 45, none]),
        ],
      ),
      'title.akas.tsv': table('titleId ordering title region language types attributes isOriginalTitle', []),
      'title.episode.tsv': table(
        'tconst parentTconst seasonNumber episodeNumber',
        episodes.map((one) => [one.id, one.series.id, 1, one.number]),
      ),
      'title.ratings.tsv': table(
        'tconst averageRating numVotes',
        works.map((work) => [work.id, 7.5, 1000]),
      ),
      'title.crew.tsv': table(
        'tconst directors writers',
        works.map((work) => [work.id, work.directors.join(',') || none, none]),
      ),
      'title.principals.tsv': table(
        'tconst ordering nconst category job characters',
        works.flatMap((work) => [
          ...work.cast.map((person, place) => [work.id, place + 1, person, 'actor', none, none]),
          ...work.creators.map((person, place) => [work.id, 50 + place, person, 'writer', 'creator', none]),
        ]),
      ),
      'name.basics.tsv': table(
        'nconst primaryName birthYear deathYear primaryProfession knownForTitles',
        people.map((person) => [person.id, person.name, none, none, none, none]),
      ),
    });
    await syncWithCatalogue({ lake: join(home, 'lake'), dataset: 'imdb', from });
    const database = await openDatabase(await newPlace('embedded'));
    server = await createServer({ database, config: { home, logLevel: 'silent', port: 0, sources: [] } });
    const now = new Date();
    const fact = (kind: string, subject: string, facts: object) => ({
      kind,
      subject,
      item: null,
      about: {},
      answer: 'FOUND' as const,
      facts,
      pageKey: subject,
      fetchedAt: now,
      freshUntil: now,
    });
    await saveFacts(database.sql, [
      ...works.map((work) =>
        fact('wikidata-item', work.id, { countryItems: work.countries, languageItems: work.languages, articles: {} }),
      ),
      ...Object.entries(countries).map(([item, country]) => fact('wikidata-code', item, { country, language: null })),
      ...Object.entries(languages).map(([item, language]) => fact('wikidata-code', item, { country: null, language })),
    ]);
    const rows = viewings.map(({ title, seconds, at }) => {
      const duration = new Date(seconds * 1000).toISOString().slice(11, 19);
      return `Ada,${at.toISOString().slice(0, 19).replace('T', ' ')},${duration},,"${title}",,Phone,${duration},${duration},AU (Australia)`;
    });
    const header =
      'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country';
    await clientOf(server).importHistory(new TextEncoder().encode(`${[header, ...rows].join('\n')}\n`));
    await matched(server);
    id = (await clientOf(server).profiles())[0]?.id ?? '';
  });
  afterAll(() => server.close());

  it('rests on titles that are all known', async () => {
    expect(await analytics('coverage { matched withGenres withImdb }')).toEqual({
      coverage: { matched: 1, withGenres: 1, withImdb: 1 },
    });
  });

  it.each<[string, (work: Planted) => readonly string[]]>([
    ['GENRE', ({ genres: own }) => own],
    ['DECADE', ({ year }) => [String(year - (year % 10))]],
    ['COUNTRY', ({ countries: own }) => own.map((item) => countries[item])],
    ['LANGUAGE', ({ languages: own }) => own.map((item) => languages[item])],
    ['DIRECTOR', ({ directors }) => directors],
    ['CREATOR', ({ creators }) => creators],
    ['ACTOR', ({ cast }) => cast.slice(0, 10)],
  ])('counts every %s as planted', async (dimension, valuesOf) => {
    const { top, diversity } = (await analytics(
      `top(dimension: ${dimension}, first: 500) { coverage items { key label viewings secondsWatched share } }
       diversity(dimension: ${dimension}) { normalisedEntropy values }`,
    )) as {
      top: {
        coverage: number;
        items: { key: string; label: string; viewings: number; secondsWatched: number; share: number }[];
      };
      diversity: { normalisedEntropy: number; values: number };
    };
    const { found, known } = counted(valuesOf);
    expect(
      Object.fromEntries(top.items.map(({ key, viewings: count, secondsWatched }) => [key, [count, secondsWatched]])),
    ).toEqual(Object.fromEntries([...found].map(([value, sums]) => [value, [sums.viewings, sums.seconds]])));
    expect(top.coverage).toBeCloseTo(known / viewings.length, 12);
    for (const { share, viewings: count } of top.items) expect(share).toBeCloseTo(count / known, 12);
    expect(top.items.map(({ viewings: count }) => count)).toEqual(
      top.items.map(({ viewings: count }) => count).sort((one, other) => other - one),
    );
    const named = new Map(people.map((person) => [person.id, person.name]));
    for (const { key, label } of top.items) if (named.has(key)) expect(label).toBe(named.get(key));
    // Entropy, each viewing shared out among its values.
    const weights = new Map<string, number>();
    for (const { work } of viewings)
      for (const value of valuesOf(work)) weights.set(value, (weights.get(value) ?? 0) + 1 / valuesOf(work).length);
    const entropy = [...weights.values()].reduce((sum, weight) => sum - (weight / known) * Math.log(weight / known), 0);
    expect(diversity.values).toBe(found.size);
    expect(diversity.normalisedEntropy).toBeCloseTo(entropy / Math.log(found.size), 9);
  });

  it('finds the pairs of people that recur', async () => {
    const { peoplePairs } = (await analytics(
      'peoplePairs(first: 500) { items { people { imdbId } titles { name } viewings } }',
    )) as { peoplePairs: { items: { people: { imdbId: string }[]; titles: { name: string }[]; viewings: number }[] } };
    const watched = new Map<Planted, number>();
    for (const { work } of viewings) watched.set(work, (watched.get(work) ?? 0) + 1);
    const pairs = new Map<string, { titles: string[]; viewings: number }>();
    for (const [work, count] of watched) {
      const own = [...new Set([...work.directors, ...work.creators, ...work.cast.slice(0, 10)])].sort();
      for (const one of own)
        for (const other of own.filter((each) => each > one)) {
          const pair = pairs.get(`${one} ${other}`) ?? { titles: [], viewings: 0 };
          pairs.set(`${one} ${other}`, { titles: [...pair.titles, work.name], viewings: pair.viewings + count });
        }
    }
    const recurring = [...pairs.values()].filter(({ titles }) => titles.length > 1);
    expect(peoplePairs.items.length).toBe(Math.min(500, recurring.length));
    for (const { people: both, titles, viewings: count } of peoplePairs.items) {
      const planted = pairs.get(
        both
          .map(({ imdbId }) => imdbId)
          .sort()
          .join(' '),
      );
      expect(titles.map(({ name }) => name).sort()).toEqual(planted?.titles.sort());
      expect(count).toBe(planted?.viewings);
    }
  });
});
