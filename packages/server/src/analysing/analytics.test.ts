import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase, saveFacts } from '@watchprint/database';
import { dimensions, type ImdbDatasetFacts, statistics } from '@watchprint/engine';
import fc from 'fast-check';
import { getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, newPlace } from '../../../database/test/databases.ts';
import type { MemoryWork } from '../../../engine/test/memory-catalogue.ts';
import { ask, clientOf, matched } from '../../test/server-on-every-database.ts';
import { syncedLake } from '../../test/synced-lake.ts';
import { everyFigure } from '../cli/analyse/every-figure.ts';
import { schema } from '../schema/index.ts';
import { createServer, type WatchprintServer } from '../server.ts';

const work = (number: number, kind: MemoryWork['kind'], name: string): MemoryWork => ({
  id: `tt200000${number}`,
  kind,
  minor: false,
  name,
  year: 2000 + number,
  endYear: null,
  registeredYear: null,
  runtimeMinutes: kind === 'MOVIE' ? 100 : 40,
  voteCount: 50_000,
  episodes:
    kind === 'MOVIE'
      ? []
      : [1, 2, 3, 4].map((episode) => ({
          id: `tt30000${number}${episode}`,
          seasonNumber: 1,
          episodeNumber: episode,
          name: `Part ${episode} of ${name}`,
          nameKeys: [],
          year: 2000 + number,
          registeredYear: null,
          runtimeMinutes: 40,
        })),
});
const works = [work(1, 'SERIES', 'Harbour Street'), work(2, 'SERIES', 'Tidewater'), work(3, 'MOVIE', 'Paper Moons')];

const header =
  'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country';
interface Row {
  readonly at: string;
  readonly seconds: number;
  readonly title: string;
  readonly profile?: string;
  readonly country?: string;
}
const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19);
const activity = (rows: readonly Row[]) =>
  new TextEncoder().encode(
    [
      header,
      ...rows.map(
        ({ at, seconds, title, profile = 'Ada', country = 'AU' }) =>
          `${profile},${at},${clock(seconds)},,${title},,Smart TV,${clock(seconds)},${clock(seconds)},${country} (Somewhere)`,
      ),
      '',
    ].join('\n'),
  );
const episode = (series: string, number: number) =>
  `${series}: Season 1: Part ${number} of ${series} (Episode ${number})`;

describe.each(databaseKinds)('analytics (%s)', (kind) => {
  let server: WatchprintServer;
  let database: Database;
  /** Statements that read a whole history, and those that read facts of one. */
  let read = { histories: 0, facts: 0 };

  beforeAll(async () => {
    const place = await newPlace(kind);
    const home = await mkdtemp(join(tmpdir(), 'analytics-'));
    await syncedLake(works, join(home, 'lake'));
    database = await openDatabase(place);
    const { sql } = database;
    const counted: typeof sql = {
      ...sql,
      query: (text, values) => {
        if (text.includes('AS instants')) read.histories += 1;
        if (text.includes('AS facts')) read.facts += 1;
        return sql.query(text, values);
      },
      transaction: (...given) => sql.transaction(...given),
      listen: (...given) => sql.listen(...given),
      execute: (...given) => sql.execute(...given),
      exclusively: (...given) => sql.exclusively(...given),
      notify: (...given) => sql.notify(...given),
      close: () => sql.close(),
    };
    server = await createServer({
      database: { ...database, sql: counted },
      config: { home, logLevel: 'silent', port: 0, sources: [] },
    });
  });
  afterAll(() => server.close());

  const client = () => clientOf(server);
  const profileId = async (name: string) => (await client().profiles()).find((one) => one.name === name)?.id ?? '';
  async function figures(id: string): Promise<Record<string, Record<string, unknown>>> {
    const { data, errors } = await ask(server, everyFigure, {
      id,
      day: '2021-05-01',
      year: 2021,
      other: { to: '2020-12-31' },
    });
    expect(errors).toBeUndefined();
    return (data as never as { node: { analytics: Record<string, Record<string, unknown>> } }).node.analytics;
  }
  async function asked(fields: string, id: string) {
    const query = `query($id: ID!) { node(id: $id) { ... on Profile { analytics { ${fields} } } } }`;
    const { data, errors } = await ask(server, query, { id });
    expect(errors).toBeUndefined();
    return (data as never as { node: { analytics: Record<string, never> } }).node.analytics;
  }
  async function importRows(rows: readonly Row[]): Promise<string> {
    const { id } = await client().importHistory(activity(rows));
    await matched(server);
    return id;
  }

  it('tells every figure by its definition', async () => {
    const analytics = schema.getType('Analytics');
    if (!isObjectType(analytics)) throw new Error('There is no Analytics');
    const isFigure = (type: unknown) =>
      isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Figure');
    const fields = Object.values(analytics.getFields()).filter(({ type }) => isFigure(getNamedType(type)));
    expect(fields.map(({ name }) => name).sort()).toEqual(Object.keys(statistics).sort());
    await importRows([{ at: '2020-05-01 09:00:00', seconds: 2400, title: episode('Harbour Street', 1) }]);
    const told = await figures(await profileId('Ada'));
    for (const [field, { definition }] of Object.entries(statistics)) {
      const figure = told[field] ?? told[field === 'timeline' ? 'day' : 'GENRE'];
      if (field !== 'otherProfiles') expect(figure).toMatchObject({ definition });
    }
  });

  it('knows facts, runtimes and episode lists of what was joined to the catalogue', async () => {
    await importRows([
      { at: '2020-05-02 09:00:00', seconds: 2400, title: episode('Harbour Street', 2), profile: 'Ben' },
      { at: '2020-05-03 09:00:00', seconds: 2300, title: episode('Harbour Street', 2), profile: 'Ben' },
      { at: '2020-05-04 09:00:00', seconds: 3000, title: 'Paper Moons', profile: 'Ben' },
      { at: '2020-05-05 09:00:00', seconds: 600, title: 'Nobody Knows', profile: 'Ben', country: 'NZ' },
    ]);
    const told = await figures(await profileId('Ben'));
    expect(told).toMatchObject({
      coverage: { matched: 3 / 4, withGenres: 3 / 4, withImdb: 3 / 4, withRottenTomatoes: 0 },
      GENRE: { items: [{ key: 'Drama', viewings: 3, share: 1 }], coverage: 3 / 4 },
      rewatches: { items: [{ title: { name: 'Part 2 of Harbour Street', kind: 'EPISODE' }, times: 2 }] },
      unfinishedFilms: { items: [{ title: { name: 'Paper Moons' }, secondsWatched: 3000, runtimeSeconds: 6000 }] },
      series: {
        items: [
          {
            series: { name: 'Harbour Street', kind: 'SERIES' },
            state: 'IN_PROGRESS',
            episodesWatched: 1,
            episodesTotal: 4,
            nextEpisode: { name: 'Part 3 of Harbour Street', seasonNumber: 1, episodeNumber: 3 },
          },
        ],
      },
      acclaimedUnseen: { items: [{ name: 'Tidewater', rating: 7 }] },
      travel: { home: 'AU', items: [{ country: 'NZ', viewings: 1 }] },
      otherProfiles: [{ other: { name: 'Ada' }, sharedTitles: 1, overlap: 1 / 3 }],
    });
    // What the history does not know of a title is read.
    const { rewatches } = await asked(
      'rewatches { items { title { id sourceNotice ... on Episode { series { name } } } } }',
      await profileId('Ben'),
    );
    expect(rewatches).toMatchObject({ items: [{ title: { series: { name: 'Harbour Street' } } }] });
    // The same title twice: once with what the history knows of it, once with more.
    const twice = await asked(
      `rewatches { items { known: title { name kind }
         more: title { name sourceNotice ... on Episode { runtimeMinutes season { seasonNumber } } } } }`,
      await profileId('Ben'),
    );
    const known = { name: 'Part 2 of Harbour Street', kind: 'EPISODE' };
    const more = {
      name: 'Part 2 of Harbour Street',
      sourceNotice: expect.stringContaining('IMDb'),
      runtimeMinutes: 40,
      season: { seasonNumber: 1 },
    };
    expect(twice).toEqual({ rewatches: { items: [{ known, more }] } });
  });

  it('shows the viewings behind every value of every dimension', async () => {
    const id = await profileId('Ben');
    let compared = 0;
    for (const dimension of dimensions) {
      const { top } = await asked(`top(dimension: ${dimension}) { items { key viewings } }`, id);
      for (const { key, viewings } of (top as never as { items: { key: string; viewings: number }[] }).items) {
        const { data } = await ask(
          server,
          `query($id: ID!, $key: String!) { node(id: $id) { ... on Profile {
             viewings(filter: { dimension: ${dimension}, dimensionKey: $key }, first: 1) { totalCount } } } }`,
          { id, key },
        );
        expect([dimension, key, data]).toEqual([dimension, key, { node: { viewings: { totalCount: viewings } } }]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(12);
  });

  const row = fc.record({
    at: fc
      .integer({ min: 0, max: 500 * 86_400 })
      .map((second) => new Date(Date.UTC(2021, 0, 1) + second * 1000).toISOString().slice(0, 19).replace('T', ' ')),
    seconds: fc.integer({ min: 0, max: 7000 }),
    title: fc.oneof(
      fc.constantFrom('Paper Moons', 'Nobody Knows'),
      fc
        .record({
          of: fc.constantFrom('Harbour Street', 'Tidewater', 'Low Sun'),
          number: fc.integer({ min: 1, max: 4 }),
        })
        .map(({ of, number }) => episode(of, number)),
    ),
    country: fc.constantFrom('AU', 'NZ'),
  });

  it('is undone exactly by deleting an import, and does not depend on the order of imports', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.array(row, { maxLength: 10 }),
        async (first, second, both) => {
          const [one, other] = [
            [...first, ...both],
            [...second, ...both],
          ].map((rows) => rows.map((each) => ({ ...each, profile: 'Cleo' }))) as [Row[], Row[]];
          const firstImport = await importRows(one);
          const before = await figures(await profileId('Cleo'));
          const secondImport = await importRows(other);
          const together = await figures(await profileId('Cleo'));
          await client().deleteImport(secondImport);
          await matched(server);
          expect(await figures(await profileId('Cleo'))).toEqual(before);
          await client().deleteImport(firstImport);
          const again = [await importRows(other), await importRows(one)];
          expect(await figures(await profileId('Cleo'))).toEqual(together);
          for (const id of again) await client().deleteImport(id);
          expect(await profileId('Cleo')).toBe('');
        },
      ),
      { numRuns: 4 },
    ));

  /** What is read anew for figures after some change. */
  async function readAfter(id: string, change: () => Promise<unknown>) {
    await figures(id);
    await change();
    await matched(server);
    read = { histories: 0, facts: 0 };
    await figures(id);
    return read;
  }
  const update = (id: string, input: string) =>
    ask(server, `mutation($id: ID!) { updateProfile(input: { profileId: $id, ${input} }) { profile { id } } }`, { id });
  const fact = (imdbId: string, genre: string) => {
    const facts: ImdbDatasetFacts = {
      imdbId,
      titleType: 'tvSeries',
      name: null,
      originalName: null,
      year: null,
      endYear: null,
      runtimeMinutes: null,
      genres: [genre],
      rating: null,
      voteCount: null,
      directors: null,
      creators: null,
      cast: null,
    };
    const about = { name: '', kind: 'SERIES', year: null, endYear: null };
    const fetchedAt = new Date();
    return saveFacts(database.sql, [
      {
        kind: 'imdb-title',
        subject: imdbId,
        item: null,
        about,
        answer: 'FOUND',
        facts,
        pageKey: imdbId,
        fetchedAt,
        freshUntil: fetchedAt,
      },
    ]);
  };

  it('is worked out anew when what it rests on changes, and only then', async () => {
    const nothing = { histories: 0, facts: 0 };
    const id = await profileId('Ada');
    expect(await readAfter(id, async () => {})).toEqual(nothing);
    expect(await readAfter(id, () => update(id, 'name: "Ada Lovelace"'))).toEqual(nothing);
    // Another profile's rows, of strings that are there.
    const another = { at: '2020-06-01 09:00:00', seconds: 900, title: episode('Harbour Street', 1), profile: 'Dan' };
    const dans = (of: Record<string, Record<string, unknown>>) =>
      of.otherProfiles as unknown as { other: { name: string } }[];
    const before = await figures(id);
    // Dan's own history is read, for what both have in common.
    expect(await readAfter(id, () => importRows([another]))).toMatchObject({ histories: 1 });
    const after = await figures(id);
    expect(dans(after).map(({ other }) => other.name)).toContain('Dan');
    expect({ ...after, otherProfiles: null, spending: null }).toEqual({
      ...before,
      otherProfiles: null,
      spending: null,
    });
    // The same rows once more.
    expect(await readAfter(id, () => importRows([another]))).toEqual(nothing);
    // Facts of what nobody here has watched, then of what was.
    expect(await readAfter(id, () => fact('tt9999999', 'War'))).toEqual(nothing);
    expect(await readAfter(id, () => fact(works[0]?.id ?? '', 'War'))).toMatchObject({ histories: 0 });
    expect(read.facts).toBeGreaterThan(0);
    expect((await figures(id)).GENRE).toMatchObject({ items: [{ key: 'War' }] });
    expect(await readAfter(id, () => fact(works[0]?.id ?? '', 'War'))).toEqual(nothing);
    // Thresholds need no row to be read, and change figures.
    expect((await figures(id)).binges).toMatchObject({ count: 0 });
    const more = [2, 3].map((number) => ({
      at: `2020-05-01 1${number}:00:00`,
      seconds: 2400,
      title: episode('Harbour Street', number),
    }));
    await importRows(more);
    expect((await figures(id)).binges).toMatchObject({ count: 1 });
    expect(await readAfter(id, () => update(id, 'thresholds: { bingeEpisodes: 4 }'))).toEqual(nothing);
    expect((await figures(id)).binges).toMatchObject({ count: 0 });
    await update(id, 'thresholds: { bingeEpisodes: null }');
    expect((await figures(id)).binges).toMatchObject({ count: 1 });
    // The time zone moves days.
    expect(await readAfter(id, () => update(id, 'timeZone: "Asia/Tokyo"'))).toMatchObject({ histories: 1 });
    // A correction changes what a string is taken for.
    const { data } = await ask(
      server,
      'query($id: ID!) { node(id: $id) { ... on Profile { matches(first: 1) { nodes { id } } } } }',
      { id },
    );
    const [match] = (data as never as { node: { matches: { nodes: { id: string }[] } } }).node.matches.nodes;
    const correct = () =>
      ask(server, 'mutation($id: ID!) { correctMatch(input: { matchId: $id, titleId: null }) { match { status } } }', {
        id: match?.id,
      });
    expect((await readAfter(id, correct)).histories).toBeGreaterThan(0);
    expect((await figures(id)).coverage).toMatchObject({ matched: 2 / 3 });
  });

  it('refuses thresholds and lists that are out of bounds, and years that are none', async () => {
    const id = await profileId('Ada Lovelace');
    const { errors } = await update(id, 'thresholds: { bingeEpisodes: 1 }');
    expect(errors).toMatchObject([
      { message: 'bingeEpisodes must be a whole number from 2 to 20.', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    for (const [field, message] of [
      ['marathons(first: 501) { count }', 'first must be from 0 to 500.'],
      ['yearInReview(year: 20) { year }', 'year must be from 1970 to 9999.'],
      ['taste(dimension: GENRE, unit: DAY) { starts }', 'unit must be MONTH or YEAR here.'],
      ['top10AndYou(region: "australia") { region }', 'region must be an ISO 3166-1 alpha-2 code such as AU.'],
      ['comparedWith(period: { from: "2021-01-02", to: "2021-01-01" }) { definition }', 'from lies after to.'],
    ] as const) {
      const answer = await ask(
        server,
        `query($id: ID!) { node(id: $id) { ... on Profile { analytics { totals { viewings } ${field} } } } }`,
        { id },
      );
      expect(answer.errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
      // What stands beside it is there.
      expect(answer.data).toMatchObject({ node: { analytics: { totals: { viewings: 3 } } } });
    }
  });
});
