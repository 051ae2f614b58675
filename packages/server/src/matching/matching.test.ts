import type { Viewing, ViewingFilter } from '@watchprint/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../database/test/statements.ts';
import { madeCatalogue, madeWorks } from '../../test/made-catalogue.ts';
import { ask, clientOf, matched, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';

const history = `Title,Date
"Tidewater: Season 1: Salt and Silver","13/01/2021"
"Tidewater: Season 1: The Long Thaw","14/01/2021"
"Tidewater: The Long Thaw","15/02/2021"
"Tidewater: Limited Series: Reef","16/02/2021"
"Paper Moons","17/02/2021"
"Paper Moons","18/02/2021"
"Harbour Lights","19/02/2021"
"Night Ferry: Season 1: First Watch","20/02/2021"
"Night Ferry: Season 1: Second Watch","21/02/2021"
"Marrowbone Lane","22/02/2021"
`;
const bytes = (text: string) => new TextEncoder().encode(text);

interface Shown {
  readonly __typename: string;
  readonly id: string;
  readonly name: string;
  readonly imdbId: string | null;
  readonly series?: { readonly id: string; readonly name: string; readonly imdbId: string | null };
}
interface ShownMatch {
  readonly id: string;
  readonly rawTitle: string;
  readonly status: string;
  readonly confidence: number | null;
  readonly evidence: readonly string[];
  readonly viewingCount: number;
  readonly title: Shown | null;
  readonly candidates: readonly { readonly confidence: number; readonly title: Shown }[];
}

const titleFields = `__typename id name imdbId year sourceNotice
  ... on Movie { runtimeMinutes }
  ... on Episode { seasonNumber episodeNumber netflixLabel runtimeMinutes series { id name imdbId } season { name } }`;
const matchFields = `id rawTitle status confidence evidence viewingCount title { ${titleFields} }
  candidates { confidence evidence title { ${titleFields} } }`;

onEveryServer('matching with a catalogue', (open) => {
  const catalogue = madeCatalogue(null);
  let server: ServerOfTest;
  let profileId: string;
  const importIds: string[] = [];
  beforeAll(async () => {
    server = await open(catalogue);
    await send();
  });
  afterAll(() => server.close());

  async function send(content = history, profileName = 'Ada') {
    const done = await clientOf(server).importHistory(bytes(content), { fileName: 'history.csv', profileName });
    importIds.push(done.id);
    const profiles = await clientOf(server).profiles();
    profileId = profiles.find(({ name }) => name === profileName)?.id ?? '';
  }

  async function matches(args = '', profile = profileId): Promise<ShownMatch[]> {
    const { data, errors } = await ask(
      server,
      `query($id: ID!) { node(id: $id) { ... on Profile { matches${args} { nodes { ${matchFields} } } } } }`,
      { id: profile },
    );
    expect(errors).toBeUndefined();
    return (data as unknown as { node: { matches: { nodes: ShownMatch[] } } }).node.matches.nodes;
  }
  async function viewings(filter: ViewingFilter = {}): Promise<Viewing[]> {
    const all: Viewing[] = [];
    for await (const viewing of clientOf(server).viewings(profileId, { filter })) all.push(viewing);
    return all;
  }
  const matchOf = async (rawTitle: string): Promise<ShownMatch> => {
    const found = (await matches()).find((match) => match.rawTitle === rawTitle);
    if (found === undefined) throw new Error(`There is no ${rawTitle}`);
    return found;
  };
  const statuses = async () => Object.fromEntries((await matches()).map(({ rawTitle, status }) => [rawTitle, status]));

  async function change(field: string, input: object) {
    const { data, errors } = await ask(
      server,
      `mutation($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) {
         match { ${matchFields} } alsoChanged { rawTitle status title { name imdbId } } } }`,
      { input },
    );
    const payload = data?.[field] as unknown as {
      match: ShownMatch;
      alsoChanged: { rawTitle: string; status: string; title: Shown | null }[];
    };
    return { payload, errors };
  }

  async function rematch(): Promise<void> {
    await ask(server, 'mutation { rematch { matching { status } } }');
    expect(await matched(server)).toBe('COMPLETED');
  }

  /** Ids of titles as they were read, by what the string says. */
  const readIds = new Map<string, Shown>();

  it('leaves strings as they are read without one', async () => {
    expect(await matched(server)).toBe('WAITING');
    for (const { rawTitle, status, title, confidence, candidates } of await matches()) {
      expect([rawTitle, status, confidence, candidates]).toEqual([rawTitle, 'READ', null, []]);
      if (title !== null) readIds.set(rawTitle, title);
    }
    expect(readIds.size).toBe(9);
  });

  it('matches what it can once there is one: down to the episode with its number, and Netflix’s label beside it', async () => {
    catalogue.put(madeWorks, 'made-1');
    await rematch();
    expect(await matchOf('Tidewater: Season 1: The Long Thaw')).toMatchObject({
      status: 'MATCHED',
      title: {
        __typename: 'Episode',
        name: 'The Long Thaw',
        imdbId: 'tt0000112',
        year: 2018,
        seasonNumber: 1,
        episodeNumber: 2,
        netflixLabel: 'Season 1',
        runtimeMinutes: 45,
        series: { name: 'Tidewater', imdbId: 'tt0000101' },
        season: { name: 'Season 1' },
        sourceNotice: expect.stringContaining('IMDb'),
      },
    });
    expect(await matchOf('Paper Moons')).toMatchObject({
      status: 'MATCHED',
      confidence: expect.any(Number),
      viewingCount: 2,
      title: { __typename: 'Movie', imdbId: 'tt0000201', year: 2015, runtimeMinutes: 96 },
    });
    expect(await statuses()).toMatchObject({
      'Harbour Lights': 'AMBIGUOUS',
      'Night Ferry: Season 1: First Watch': 'AMBIGUOUS',
      'Marrowbone Lane': 'UNMATCHED',
    });
    expect((await viewings()).find(({ rawTitle }) => rawTitle === 'Tidewater: The Long Thaw')?.title).toMatchObject({
      __typename: 'Episode',
      seasonNumber: 1,
      episodeNumber: 2,
      netflixLabel: null,
      series: { name: 'Tidewater' },
    });
  });

  it('shows an episode that the catalogue lacks as it was read, of the catalogue’s series', async () => {
    const { status, title } = await matchOf('Tidewater: Limited Series: Reef');
    expect(status).toBe('MATCHED');
    expect(title).toMatchObject({ name: 'Reef', imdbId: null, sourceNotice: null, series: { imdbId: 'tt0000101' } });
  });

  it('answers with the catalogue’s title to the id of what was read', async () => {
    const find = async (id: string | undefined) =>
      (await ask(server, `query($id: ID!) { title(id: $id) { ${titleFields} } node(id: $id) { id } }`, { id })).data as
        | { title?: Shown; node?: { id: string } }
        | undefined;
    const before = readIds.get('Tidewater: Season 1: Salt and Silver');
    expect(before).toMatchObject({ name: 'Salt and Silver', imdbId: null });
    const episode = await find(before?.id);
    expect(episode?.title).toMatchObject({ imdbId: 'tt0000111', series: { imdbId: 'tt0000101' } });
    expect(episode?.node?.id).toBe(episode?.title?.id);
    expect((await find(before?.series?.id))?.title).toMatchObject({ __typename: 'Series', imdbId: 'tt0000101' });
    // Strings of this one do not agree with anything.
    const unknown = readIds.get('Marrowbone Lane');
    expect((await find(unknown?.id))?.title?.id).toBe(unknown?.id);
    const filtered = await viewings({ titleId: before?.series?.id ?? '' });
    expect(filtered).toHaveLength(4);
  });

  it('keeps an episode that the catalogue lacks with its series where others of the series are something else', async () => {
    const { id: matchId } = await matchOf('Tidewater: Season 1: Salt and Silver');
    await change('correctMatch', { matchId, titleId: null });
    expect(await matchOf('Tidewater: Season 1: Salt and Silver')).toMatchObject({
      title: { series: { imdbId: null } },
    });
    expect(await matchOf('Tidewater: Limited Series: Reef')).toMatchObject({
      status: 'MATCHED',
      title: { imdbId: null, series: { imdbId: 'tt0000101' } },
    });
    const series = await clientOf(server).analytics(profileId, { dimension: 'SERIES' });
    const ofTidewater = series?.top?.items.filter(({ label }) => label === 'Tidewater');
    expect(ofTidewater?.map((one) => one.viewings)).toEqual([3, 1]);
    for (const { key, viewings: counted } of ofTidewater ?? [])
      expect(await viewings({ titleId: key ?? '' })).toHaveLength(counted);
    await change('resetMatch', { matchId });
    expect(await matchOf('Tidewater: Season 1: Salt and Silver')).toMatchObject({
      title: { series: { imdbId: 'tt0000101' } },
    });
  });

  it('counts two strings of one episode as one title', async () => {
    const analytics = await clientOf(server).analytics(profileId, { dimension: 'TITLE' });
    expect(analytics?.totals).toMatchObject({ viewings: 10, titles: 8, episodes: 5, movies: 3, series: 2 });
    const { data } = await ask(
      server,
      'query($id: ID!) { node(id: $id) { ... on Profile { analytics { coverage { matched withDuration withTimeOfDay } } } } }',
      { id: profileId },
    );
    expect(data?.node).toEqual({ analytics: { coverage: { matched: 0.6, withDuration: 0, withTimeOfDay: 0 } } });
    const thaw = analytics?.top?.items.find(({ label }) => label.endsWith(': The Long Thaw'));
    expect(thaw?.viewings).toBe(2);
    const series = await clientOf(server).analytics(profileId, { dimension: 'SERIES' });
    const top = series?.top?.items[0];
    expect(top).toMatchObject({ label: 'Tidewater', viewings: 4 });
    const filter = { dimension: 'SERIES', dimensionKey: top?.key ?? '' } as const;
    expect(await viewings(filter)).toHaveLength(4);
  });

  it('tells all of the catalogue’s seasons and episodes, in order', async () => {
    const { title } = await matchOf('Tidewater: Season 1: Salt and Silver');
    const { data } = await ask(
      server,
      `query($id: ID!) { title(id: $id) { ... on Series { endYear seasons { seasonNumber series { name }
         episodes { episodeNumber imdbId } } } } }`,
      { id: title?.series?.id },
    );
    expect(data?.title).toEqual({
      endYear: 2020,
      seasons: [
        {
          seasonNumber: 1,
          series: { name: 'Tidewater' },
          episodes: [
            { episodeNumber: 1, imdbId: 'tt0000111' },
            { episodeNumber: 2, imdbId: 'tt0000112' },
          ],
        },
        { seasonNumber: 2, series: { name: 'Tidewater' }, episodes: [{ episodeNumber: 1, imdbId: 'tt0000121' }] },
      ],
    });
  });

  it('lists strings by how many viewings they affect, then by the string, page by page and by status', async () => {
    const all = await matches('(first: 50)');
    expect(all.map(({ rawTitle }) => rawTitle)).toEqual([
      'Paper Moons',
      'Harbour Lights',
      'Marrowbone Lane',
      'Night Ferry: Season 1: First Watch',
      'Night Ferry: Season 1: Second Watch',
      'Tidewater: Limited Series: Reef',
      'Tidewater: Season 1: Salt and Silver',
      'Tidewater: Season 1: The Long Thaw',
      'Tidewater: The Long Thaw',
    ]);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await ask(
        server,
        `query($id: ID!, $after: String) { node(id: $id) { ... on Profile { matches(first: 2, after: $after) { totalCount
           nodes { rawTitle } pageInfo { hasNextPage endCursor } } } } }`,
        { id: profileId, after },
      );
      const page = (
        data as unknown as {
          node: {
            matches: {
              totalCount: number;
              nodes: { rawTitle: string }[];
              pageInfo: { hasNextPage: boolean; endCursor: string };
            };
          };
        }
      ).node.matches;
      expect(page.totalCount).toBe(9);
      seen.push(...page.nodes.map(({ rawTitle }) => rawTitle));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all.map(({ rawTitle }) => rawTitle));
    expect((await matches('(status: AMBIGUOUS)')).map(({ rawTitle }) => rawTitle)).toEqual([
      'Harbour Lights',
      'Night Ferry: Season 1: First Watch',
      'Night Ferry: Season 1: Second Watch',
    ]);
  });

  it('asks the database as often for many strings with their candidates as for few', async () => {
    const few = await costOf(async () => void (await matches('(first: 2)')));
    const many = await costOf(async () => void (await matches('(first: 9)')));
    expect(many.statements).toBe(few.statements);
  });

  it('ranks candidates, each a title that a string can be corrected with', async () => {
    const { candidates, confidence, title } = await matchOf('Harbour Lights');
    expect(confidence).toBeNull();
    expect(title?.imdbId).toBeNull();
    expect(candidates.map((candidate) => candidate.title.imdbId).sort()).toEqual(['tt0000301', 'tt0000302']);
    expect(candidates[0]?.confidence).toBeGreaterThanOrEqual(candidates[1]?.confidence ?? 1);
  });

  it('finds titles by name, best first and page by page: the catalogue’s, and those that were only read', async () => {
    const search = async (args: string) => {
      const { data, errors } = await ask(
        server,
        `{ titles(${args}) { totalCount nodes { __typename name imdbId } pageInfo { hasNextPage endCursor } } }`,
      );
      expect(errors).toBeUndefined();
      return (data as unknown as { titles: { totalCount: number; nodes: Shown[]; pageInfo: { endCursor: string } } })
        .titles;
    };
    const names = (titles: readonly Shown[]) => titles.map(({ name, imdbId }) => imdbId ?? name);
    const ferries = await search('search: "night FERRY"');
    expect(names(ferries.nodes)).toEqual(['tt0000401', 'tt0000402', 'Night Ferry']);
    const first = await search('search: "night ferry", first: 1');
    expect([first.totalCount, names(first.nodes)]).toEqual([3, ['tt0000401']]);
    const next = await search(`search: "night ferry", first: 5, after: "${first.pageInfo.endCursor}"`);
    expect(names(next.nodes)).toEqual(['tt0000402', 'Night Ferry']);
    expect(names((await search('search: "night ferry", kind: MOVIE')).nodes)).toEqual([]);
    // What was read is shown as what it was joined to.
    expect(names((await search('search: "tidewat"')).nodes)).toEqual(['tt0000101']);
    // By a word.
    expect(names((await search('search: "lantern"')).nodes)).toEqual(['tt0000502']);
    // The very name before better known ones that begin so.
    expect(names((await search('search: "the glass"')).nodes)).toEqual(['tt0000501', 'tt0000502']);
    const stored = () => server.database.sql.query(`SELECT 1 FROM title WHERE imdb_id IN ('tt0000503', 'tt0000504')`);
    const one = await search('search: "brack", first: 1');
    expect([one.totalCount, names(one.nodes)]).toEqual([2, ['tt0000504']]);
    // What is not shown is not stored.
    expect(await stored()).toHaveLength(1);
    expect(names((await search(`search: "brack", first: 1, after: "${one.pageInfo.endCursor}"`)).nodes)).toEqual([
      'tt0000503',
    ]);
    expect(names((await search('search: "%"')).nodes)).toEqual([]);
    // By an id: of a film, and of an episode that nobody was shown yet.
    expect(names((await search('search: " TT0000503 "')).nodes)).toEqual(['tt0000503']);
    expect(names((await search('search: "tt0000121"')).nodes)).toEqual(['tt0000121']);
    expect(names((await search('search: "tt0000121", kind: MOVIE')).nodes)).toEqual([]);
    expect(names((await search('search: "tt9999999"')).nodes)).toEqual([]);
    expect((await ask(server, '{ titles(search: " ") { totalCount } }')).errors?.[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('says which ids of imported corrections the catalogue does not have', async () => {
    const correction = (rawTitle: string, imdbId: string | null, imdbEpisodeId: string | null = null) => ({
      rawTitle,
      imdbId,
      imdbEpisodeId,
    });
    const corrections = [
      correction('Nobody has this', 'tt0000201'),
      correction('Nor this: Episode', 'tt0000101', 'tt0000111'),
      correction('Nor that', null),
      correction('Unknown film', 'tt9999998'),
      correction('Unknown film again', 'tt9999998'),
      // Of another series.
      correction('Unknown episode: Episode', 'tt0000101', 'tt0000511'),
    ];
    const { data } = await ask(
      server,
      'mutation($input: ImportCorrectionsInput!) { importCorrections(input: $input) { kept unknownImdbIds } }',
      { input: { corrections } },
    );
    expect(data?.importCorrections).toEqual({ kept: 6, unknownImdbIds: ['tt9999998', 'tt0000511'] });
    await server.database.sql.query('DELETE FROM correction WHERE raw_title = ANY($1::text[])', [
      corrections.map(({ rawTitle }) => rawTitle),
    ]);
  });

  it('finds one title by exactly one id', async () => {
    const find = async (args: string) => {
      const { data, errors } = await ask(server, `{ title${args} { name imdbId } }`);
      return errors?.[0]?.extensions.code ?? (data as unknown as { title: Shown | null }).title;
    };
    // No string has it: the catalogue does.
    expect(await find('(imdbId: "tt0000302")')).toMatchObject({ name: 'Harbour Lights', imdbId: 'tt0000302' });
    expect(await find('(imdbId: "tt0000111")')).toMatchObject({ name: 'Salt and Silver' });
    expect(await find('(imdbId: " TT0000111")')).toMatchObject({ imdbId: 'tt0000111' });
    // An episode that no string is of is stored with its series and season.
    const { data } = await ask(
      server,
      `{ title(imdbId: "tt0000511") { __typename name imdbId ... on Episode { seasonNumber episodeNumber season { name }
         series { __typename name imdbId } } } }`,
    );
    expect(data?.title).toEqual({
      __typename: 'Episode',
      name: 'Low Water',
      imdbId: 'tt0000511',
      seasonNumber: 3,
      episodeNumber: 4,
      season: { name: 'Season 3' },
      series: { __typename: 'Series', name: 'Bracken', imdbId: 'tt0000504' },
    });
    expect(await find('(imdbId: "tt9999999")')).toBeNull();
    expect(await find('(imdbId: "nm0000001")')).toBeNull();
    expect(await find('(wikidataId: "Q1")')).toBeNull();
    expect(await find('(imdbId: "tt0000302", wikidataId: "Q1")')).toBe('BAD_USER_INPUT');
    expect(await find('')).toBe('BAD_USER_INPUT');
  });

  describe('a correction', () => {
    it('settles a string, and others of the same series follow', async () => {
      const { id, candidates } = await matchOf('Night Ferry: Season 1: First Watch');
      const chosen = candidates.find(({ title }) => title.imdbId === 'tt0000402');
      const { payload } = await change('correctMatch', { matchId: id, titleId: chosen?.title.id });
      expect(payload.match).toMatchObject({ status: 'CORRECTED', title: { series: { imdbId: 'tt0000402' } } });
      expect(payload.alsoChanged).toMatchObject([
        { rawTitle: 'Night Ferry: Season 1: Second Watch', status: 'MATCHED' },
      ]);
      const film = await matchOf('Harbour Lights');
      await change('correctMatch', { matchId: film.id, titleId: film.candidates[1]?.title.id });
      expect(await matchOf('Harbour Lights')).toMatchObject({
        status: 'CORRECTED',
        title: { imdbId: film.candidates[1]?.title.imdbId },
      });
    });

    it('can say that it is nothing of the catalogue', async () => {
      const { id } = await matchOf('Paper Moons');
      const { payload } = await change('correctMatch', { matchId: id, titleId: null });
      expect(payload.match).toMatchObject({ status: 'CORRECTED', confidence: null, title: { imdbId: null } });
      expect(payload.alsoChanged).toEqual([]);
    });

    it('that one string of a series is another has the series on its own again', async () => {
      const old = readIds.get('Tidewater: Season 1: Salt and Silver')?.series?.id;
      const find = async () => {
        const { data } = await ask(server, 'query($id: ID!) { title(id: $id) { id imdbId } }', { id: old });
        return data?.title as unknown as Shown;
      };
      expect(await find()).toMatchObject({ imdbId: 'tt0000101' });
      const { id } = await matchOf('Tidewater: Limited Series: Reef');
      await change('correctMatch', { matchId: id, titleId: null });
      expect(await find()).toEqual({ id: old, imdbId: null });
      expect(await matchOf('Tidewater: Season 1: Salt and Silver')).toMatchObject({ title: { imdbId: 'tt0000111' } });
      await change('resetMatch', { matchId: id });
      expect(await find()).toMatchObject({ imdbId: 'tt0000101' });
    });

    it('is refused for what is no title of the catalogue, or none at all', async () => {
      const { id } = await matchOf('Paper Moons');
      const own = readIds.get('Marrowbone Lane')?.id;
      expect((await change('correctMatch', { matchId: id, titleId: own })).errors?.[0]?.extensions.code).toBe(
        'BAD_USER_INPUT',
      );
      const { errors } = await change('correctMatch', { matchId: id, titleId: id });
      expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    });

    it('outlives the import’s deletion, another import and another catalogue', async () => {
      for (const id of importIds.splice(0)) await clientOf(server).deleteImport(id);
      await send();
      expect(await matched(server)).toBe('COMPLETED');
      const settled = {
        'Paper Moons': 'CORRECTED',
        'Harbour Lights': 'CORRECTED',
        'Night Ferry: Season 1: First Watch': 'CORRECTED',
        'Night Ferry: Season 1: Second Watch': 'MATCHED',
        'Tidewater: Season 1: The Long Thaw': 'MATCHED',
      };
      expect(await statuses()).toMatchObject(settled);
      catalogue.put(madeWorks, 'made-2');
      await rematch();
      expect(await statuses()).toMatchObject(settled);
    });

    it('is kept while there is no catalogue, and can be made then', async () => {
      const find = async (imdbId: string) =>
        (await ask(server, 'query($id: String!) { title(imdbId: $id) { id imdbId } }', { id: imdbId })).data
          ?.title as unknown as Shown | undefined;
      catalogue.put(null, '');
      const { id, title: before } = await matchOf('Harbour Lights');
      const other = await find(before?.imdbId === 'tt0000301' ? 'tt0000302' : 'tt0000301');
      const { payload } = await change('correctMatch', { matchId: id, titleId: other?.id });
      expect(payload.match).toMatchObject({ status: 'CORRECTED', title: { imdbId: other?.imdbId } });
      catalogue.put(madeWorks, 'made-2');
      await rematch();
      expect(await matchOf('Harbour Lights')).toMatchObject({ status: 'CORRECTED', title: { imdbId: other?.imdbId } });
    });

    it('is forgotten by resetMatch, and with it what followed', async () => {
      const { id } = await matchOf('Night Ferry: Season 1: First Watch');
      const { payload } = await change('resetMatch', { matchId: id });
      expect(payload.match.status).toBe('AMBIGUOUS');
      expect(payload.alsoChanged).toMatchObject([
        { rawTitle: 'Night Ferry: Season 1: Second Watch', status: 'AMBIGUOUS' },
      ]);
      await change('resetMatch', { matchId: (await matchOf('Paper Moons')).id });
      expect(await statuses()).toMatchObject({ 'Paper Moons': 'MATCHED', 'Harbour Lights': 'CORRECTED' });
    });

    it('goes with the last profile that has its string', async () => {
      const left = async () =>
        (
          await server.database.sql.query<{ title: string }>('SELECT raw_title AS title FROM correction ORDER BY 1')
        ).map(({ title }) => title);
      const ada = profileId;
      await send('Title,Date\n"Harbour Lights","01/03/2021"\n"Salt Road","13/03/2021"\n', 'Bo');
      expect(await left()).toEqual(['Harbour Lights']);
      const bo = profileId;
      const remove = (id: string) =>
        ask(server, 'mutation($id: ID!) { deleteProfile(input: { profileId: $id }) { viewingsRemoved } }', { id });
      await remove(ada);
      expect(await left()).toEqual(['Harbour Lights']);
      expect((await matches('', bo)).map(({ status }) => status)).toEqual(['CORRECTED', 'UNMATCHED']);
      await remove(bo);
      expect(await left()).toEqual([]);
    });
  });

  it('leaves shared titles alone when all strings have gone, which have nothing of an account', async () => {
    const own = await server.database.sql.query('SELECT 1 FROM title WHERE account_id IS NOT NULL');
    expect(own).toEqual([]);
    const shared = await server.database.sql.query<{ netflix: number; titles: number }>(
      'SELECT count(netflix_label)::int AS netflix, count(*)::int AS titles FROM title WHERE account_id IS NULL',
    );
    expect(shared[0]?.netflix).toBe(0);
    expect(shared[0]?.titles).toBeGreaterThan(5);
  });
});
