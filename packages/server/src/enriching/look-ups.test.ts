import { createClient } from '@watchprint/sdk';
import { afterEach, expect, it } from 'vitest';
import {
  type OriginOptions,
  type OriginTitle,
  type SourceOrigin,
  startSourceOrigin,
} from '../../../sources/test/source-origin.ts';
import { allQuiet, askedTwice, gapsOf, originTitles } from '../../test/enriching-server.ts';
import { madeCatalogue, madeWorks } from '../../test/made-catalogue.ts';
import { ask, clientOf, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';
import type { CatalogueKeeper } from '../matching/catalogue-keeper.ts';

const history = `Title,Date
"Lantern Bay: Season 1: The First Night","28/07/2020"
"Lantern Bay: Season 1: The Second Night","29/07/2020"
"The Kite Maker","31/07/2020"
"Nobody Has Heard of This","01/08/2020"
`;

/** What no catalogue of these tests knows. */
const unknown: readonly OriginTitle[] = [
  { id: 'tt0007001', kind: 'SERIES', name: 'Lantern Bay', year: 2019 },
  { id: 'tt0007002', kind: 'MOVIE', name: 'The Kite Maker', year: 2015 },
  { id: 'tt0007003', kind: 'MOVIE', name: 'The Kite Maker Returns', year: 2017 },
];

interface Shown {
  readonly rawTitle: string;
  readonly status: string;
  readonly evidence: readonly string[];
  readonly candidates: readonly { readonly title: { readonly id: string; readonly imdbId: string | null } }[];
  readonly title: {
    readonly id: string;
    readonly imdbId: string | null;
    readonly imdb: { readonly rating: number } | null;
    readonly enrichments: readonly { readonly source: string; readonly status: string }[];
  };
  readonly id: string;
}

onEveryServer('names that no catalogue knows', (open) => {
  let server: ServerOfTest;
  let origin: SourceOrigin;
  afterEach(async () => {
    await server?.close();
    await origin?.close();
  });

  async function start(
    given: string,
    {
      catalogues,
      sources = ['imdb', 'wikidata', 'wikipedia'],
      ...options
    }: Partial<OriginOptions> & {
      readonly catalogues?: CatalogueKeeper;
      readonly sources?: string[];
    } = {},
  ): Promise<void> {
    origin = await startSourceOrigin({ titles: [...originTitles(madeWorks), ...unknown], ...options });
    server = await open(catalogues, true, {
      sites: origin.sites,
      sources: sources as never,
      sourceContact: 'somebody@example.org',
      sourceGaps: gapsOf(1),
      sourceBudgetMs: 20_000,
    });
    if (given !== '') await clientOf(server).importHistory(Buffer.from(given));
    if (catalogues !== undefined) await allQuiet(server);
  }

  async function shown(more = 'imdb { rating }'): Promise<Map<string, Shown>> {
    const { data, errors } = await ask(
      server,
      `{ viewer { profiles { matches(first: 20) { nodes { id rawTitle status evidence candidates { title { id imdbId } }
         title { id imdbId ${more} enrichments { source status } } } } } } }`,
    );
    expect(errors).toBeUndefined();
    const [profile] = (data as unknown as { viewer: { profiles: { matches: { nodes: Shown[] } }[] } }).viewer.profiles;
    return new Map((profile?.matches.nodes ?? []).map((node) => [node.rawTitle, node]));
  }

  const requestsTo = (...sites: string[]) =>
    origin.requests.filter(({ site, answered }) => sites.includes(site) && answered !== 'ROBOTS');
  const statesOf = (one: Shown | undefined) =>
    Object.fromEntries((one?.title.enrichments ?? []).map(({ source, status }) => [source, status]));

  it('are looked up when their facts are asked for, without any catalogue, and once', async () => {
    await start(history);
    const first = await shown();
    expect(first.get('The Kite Maker')?.title.imdb).not.toBeNull();
    expect(first.get('Lantern Bay: Season 1: The First Night')?.title.imdb?.rating).toBeGreaterThan(0);
    await allQuiet(server);
    const asked = origin.requests.length;
    const then = await shown();
    expect(then.get('The Kite Maker')).toMatchObject({ status: 'MATCHED', title: { imdbId: 'tt0007002' } });
    expect(then.get('Lantern Bay: Season 1: The Second Night')).toMatchObject({
      status: 'MATCHED',
      title: { imdb: { rating: first.get('Lantern Bay: Season 1: The First Night')?.title.imdb?.rating } },
    });
    expect(statesOf(then.get('The Kite Maker'))).toMatchObject({ IMDB: 'FRESH' });
    // Nobody has it: that is an answer, and no catalogue was asked.
    expect(then.get('Nobody Has Heard of This')).toMatchObject({ status: 'READ', title: { imdb: null } });
    expect(statesOf(then.get('Nobody Has Heard of This'))).toEqual({ IMDB: 'NOT_FOUND', WIKIDATA: 'NOT_FOUND' });
    expect(origin.requests.length).toBe(asked);
    expect(askedTwice(requestsTo('imdbSuggestion', 'wikidata', 'imdb'))).toEqual([]);
    expect(requestsTo('imdbSuggestion').map(({ key }) => key)).toHaveLength(3);
  });

  it('are left alone by whoever asks for no facts, and where nothing may be asked', async () => {
    await start(history);
    const { data } = await ask(
      server,
      '{ viewer { profiles { matches(first: 20) { nodes { title { name enrichments { status } } } } } } }',
    );
    expect(JSON.stringify(data)).toContain('UNREAD');
    expect(origin.requests).toEqual([]);
    await server.close();
    await origin.close();
    await start(history, { sources: [] });
    expect(statesOf((await shown()).get('The Kite Maker'))).toEqual({ IMDB: 'DISABLED', WIKIDATA: 'DISABLED' });
    expect(origin.requests).toEqual([]);
  });

  it('lead to a work of the catalogue that is called so elsewhere, and to its episodes', async () => {
    const foreign = `Title,Date\n"Gezeiten: Staffel 1: Salt and Silver","28/07/2020"\n`;
    const titles = originTitles(madeWorks).map((title) =>
      title.name === 'Tidewater' ? { ...title, otherNames: ['Gezeiten'] } : title,
    );
    await start(foreign, { titles, catalogues: madeCatalogue() });
    await shown();
    await allQuiet(server);
    expect((await shown()).get('Gezeiten: Staffel 1: Salt and Silver')).toMatchObject({
      status: 'MATCHED',
      title: { imdbId: 'tt0000111' },
    });
  });

  it('are offered to a person where a source only says that they are alike, and stay as they were settled', async () => {
    await start(`Title,Date\n"The Kite","28/07/2020"\n`, { catalogues: madeCatalogue(), sources: ['imdb'] });
    await shown();
    await allQuiet(server);
    const before = (await shown()).get('The Kite');
    expect(before).toMatchObject({ status: 'AMBIGUOUS', title: { imdbId: null, imdb: null } });
    const candidate = before?.candidates.find(({ title }) => title.imdbId === 'tt0007002');
    const correct =
      'mutation ($input: CorrectMatchInput!) { correctMatch(input: $input) { match { status title { imdbId } } } }';
    const { data, errors } = await ask(server, correct, {
      input: { matchId: before?.id, titleId: candidate?.title.id },
    });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ correctMatch: { match: { status: 'CORRECTED', title: { imdbId: 'tt0007002' } } } });
    // The catalogue has no such work, and a later import has its strings matched anew.
    await clientOf(server).importHistory(Buffer.from(`Title,Date\n"The Kite","28/07/2020"\n"The Kite","02/08/2021"\n`));
    await allQuiet(server);
    expect((await shown()).get('The Kite')).toMatchObject({
      status: 'CORRECTED',
      title: { imdbId: 'tt0007002', imdb: { rating: expect.any(Number) } },
    });
  });

  it('are no answer where a source refuses, and are asked again', async () => {
    let isRefusing = true;
    await start(`Title,Date\n"The Kite Maker","28/07/2020"\n`, {
      sources: ['imdb'],
      plan: (site) => (site === 'imdbSuggestion' && isRefusing ? 'TOO_MANY' : 'OK'),
    });
    expect(statesOf((await shown()).get('The Kite Maker'))).toEqual({ IMDB: 'BLOCKED', WIKIDATA: 'DISABLED' });
    isRefusing = false;
    await server.database.sql.query(`UPDATE enrichment SET retry_at = now() WHERE kind = 'imdb-offers'`);
    await server.database.sql.query('UPDATE source_host SET next_at = now(), open_until = NULL');
    await shown();
    await allQuiet(server);
    expect((await shown()).get('The Kite Maker')).toMatchObject({ status: 'MATCHED', title: { imdbId: 'tt0007002' } });
  });

  it('of a whole history are looked up behind, and then the facts of what they turned out to be are read', async () => {
    await start(history, { catalogues: madeCatalogue() });
    const [profile] = await clientOf(server).profiles();
    const id = profile?.id ?? '';
    const { pending } = await clientOf(server).enrichProfile(id);
    expect(pending).toBe(3 * 2);
    for (let last = -1, now = 0; last !== now; last = now, now = origin.requests.length) {
      await allQuiet(server);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const asked = origin.requests.length;
    const then = await shown('imdb { rating } wikipedia { summary }');
    expect(then.get('The Kite Maker')).toMatchObject({
      status: 'MATCHED',
      title: { imdb: { rating: expect.any(Number) }, wikipedia: { summary: expect.any(String) } },
    });
    expect(then.get('Nobody Has Heard of This')?.status).toBe('UNMATCHED');
    expect(origin.requests.length).toBe(asked);
    expect(askedTwice(requestsTo('imdbSuggestion', 'wikipedia', 'imdb'))).toEqual([]);
  });

  it('are everybody’s once they are answered', async () => {
    await start(history, { catalogues: madeCatalogue() });
    await shown();
    await allQuiet(server);
    const asked = origin.requests.length;
    const asThem = (request: Request) => server.fetch(request, { account: 'somebody else' });
    await createClient({ url: 'http://embedded.invalid', fetch: asThem }).importHistory(Buffer.from(history));
    await allQuiet(server);
    const { data } = await ask(
      { ...server, fetch: asThem },
      '{ viewer { profiles { matches(first: 20) { nodes { rawTitle title { imdb { rating } } } } } } }',
    );
    expect(JSON.stringify(data)).toContain('"rawTitle":"The Kite Maker","title":{"imdb":{"rating":');
    expect(origin.requests.length).toBe(asked);
  });

  const first = 'Lantern Bay: Season 1: The First Night';
  const second = 'Lantern Bay: Season 1: The Second Night';
  const send = (title: string, day: string) =>
    clientOf(server).importHistory(Buffer.from(`Title,Date\n"${title}","${day}"\n`), { dateOrder: 'DAY_FIRST' });

  it.each([
    ['without a catalogue', undefined],
    ['with one', madeCatalogue()],
  ])(
    'stay known to strings that come later, and when those go that they were looked up for (%s)',
    async (_, catalogues) => {
      await start('', { catalogues });
      const { id: earlier } = await send(first, '13/07/2020');
      await allQuiet(server);
      await shown();
      await allQuiet(server);
      await send(second, '29/07/2020');
      await allQuiet(server);
      const both = await shown();
      expect(both.get(first)?.status).toBe('MATCHED');
      expect(both.get(second)).toMatchObject({ status: 'MATCHED', title: { imdb: { rating: expect.any(Number) } } });
      await clientOf(server).deleteImport(earlier);
      await allQuiet(server);
      expect([...(await shown()).values()].map(({ rawTitle, status }) => [rawTitle, status])).toEqual([
        [second, 'MATCHED'],
      ]);
      await send(first, '13/07/2020');
      await allQuiet(server);
      expect((await shown()).get(first)?.status).toBe('MATCHED');
    },
  );

  it('are of no title once a person says so, and of one again when that is taken back, without a catalogue', async () => {
    await start(`Title,Date\n"The Kite Maker","28/07/2020"\n`);
    await shown();
    await allQuiet(server);
    const match = (await shown()).get('The Kite Maker');
    expect(match?.status).toBe('MATCHED');
    const settle = (mutation: string, input: object) =>
      ask(
        server,
        `mutation ($input: ${mutation}Input!) { ${mutation.charAt(0).toLowerCase()}${mutation.slice(1)}(input: $input) { match { status } } }`,
        { input },
      );
    await settle('CorrectMatch', { matchId: match?.id, titleId: null });
    expect((await shown()).get('The Kite Maker')).toMatchObject({ status: 'CORRECTED', title: { imdb: null } });
    await settle('ResetMatch', { matchId: match?.id });
    expect((await shown()).get('The Kite Maker')).toMatchObject({
      status: 'MATCHED',
      title: { imdbId: 'tt0007002', imdb: { rating: expect.any(Number) } },
    });
  });

  it('stay known in the language in which they were looked up', async () => {
    const titles = originTitles(madeWorks).map((title) =>
      title.name === 'Tidewater' ? { ...title, otherNames: ['Gezeiten'] } : title,
    );
    const foreign = 'Gezeiten: Staffel 1: Salt and Silver';
    await start(`Title,Date\n"${foreign}","13/07/2020"\n`, {
      titles,
      catalogues: madeCatalogue(),
      sources: ['wikidata'],
    });
    const [profile] = await clientOf(server).profiles();
    const speak = (language: string) =>
      ask(server, 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { profile { id } } }', {
        input: { profileId: profile?.id, language },
      });
    await speak('de');
    await shown();
    await allQuiet(server);
    await speak('fr');
    await send('Gezeiten: Staffel 1: The Long Thaw', '14/07/2020');
    await allQuiet(server);
    expect([...(await shown()).values()].map(({ status }) => status)).toEqual(['MATCHED', 'MATCHED']);
  });

  it('titles are found by an id of IMDb that no catalogue knows', async () => {
    await start(history);
    const { data } = await ask(
      server,
      '{ known: title(imdbId: "tt0007003") { name kind year imdb { rating } } unknown: title(imdbId: "tt0009999") { name } }',
    );
    expect(data).toMatchObject({
      known: { name: 'The Kite Maker Returns', kind: 'MOVIE', year: 2017, imdb: { rating: expect.any(Number) } },
      unknown: null,
    });
  });
});
