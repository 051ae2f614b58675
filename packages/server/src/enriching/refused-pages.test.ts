import { afterEach, expect, it } from 'vitest';
import { type SourceOrigin, startSourceOrigin } from '../../../sources/test/source-origin.ts';
import { allQuiet, allRead, askedTwice, gapsOf, originTitles } from '../../test/enriching-server.ts';
import { madeCatalogue, madeWorks } from '../../test/made-catalogue.ts';
import { ask, clientOf, matched, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';

/** The series by its own name, and by one that the catalogue lacks and Wikidata has. */
const history = `Title,Date
"Tidewater: Season 1: Salt and Silver","28/07/2020"
"Gezeiten: Staffel 1: The Long Thaw","29/07/2020"
`;
const id = 'tt0000101';
const item = 'Q101';

interface Named {
  readonly rawTitle: string;
  readonly status: string;
  readonly title: { readonly id: string };
}

onEveryServer('a page that refused', (open) => {
  let server: ServerOfTest;
  let origin: SourceOrigin;
  let isRefusing = true;
  afterEach(async () => {
    await server?.close();
    await origin?.close();
  });

  async function start(): Promise<void> {
    isRefusing = true;
    origin = await startSourceOrigin({
      titles: originTitles(madeWorks).map((title) =>
        title.id === id ? { ...title, otherNames: ['Gezeiten'] } : title,
      ),
      plan: (site, key) => (site === 'wikidata' && key === item && isRefusing ? 'CHALLENGE' : 'OK'),
    });
    server = await open(madeCatalogue(), true, {
      sites: origin.sites,
      sources: ['wikidata', 'wikipedia'],
      sourceContact: 'somebody@example.org',
      sourceGaps: gapsOf(1),
      sourceBudgetMs: 20_000,
    });
    await clientOf(server).importHistory(Buffer.from(history));
    expect(await matched(server)).toBe('COMPLETED');
  }

  async function states(field: string): Promise<Record<string, { status: string; errorCode: string | null }>> {
    const { data, errors } = await ask(
      server,
      `{ ${field} { wikipedia { summary } enrichments { source status errorCode } } }`,
    );
    expect(errors).toBeUndefined();
    await allRead(server);
    const [title] = Object.values(data as object) as {
      enrichments: { source: string; status: string; errorCode: null }[];
    }[];
    return Object.fromEntries((title?.enrichments ?? []).map(({ source, ...state }) => [source, state]));
  }

  const byId = `title(imdbId: "${id}")`;
  async function byName(): Promise<Named | undefined> {
    const { data } = await ask(
      server,
      '{ viewer { profiles { matches(first: 9) { nodes { rawTitle status title { id } } } } } }',
    );
    const { viewer } = data as unknown as { viewer: { profiles: { matches: { nodes: Named[] } }[] } };
    const nodes = viewer.profiles.flatMap(({ matches }) => matches.nodes);
    return nodes.find(({ rawTitle }) => rawTitle.startsWith('Gezeiten'));
  }
  const itemRequests = () =>
    origin.requests.filter(({ site, key }) => site === 'wikidata' && key.split('|').includes(item));
  const forgetRefusal = () => server.database.sql.query('UPDATE refused_page SET until = now()');
  const lookAgain = () =>
    server.database.sql.query(`UPDATE enrichment SET retry_at = now() WHERE kind = 'wikidata-offers'`);

  it('is left alone by whatever else leads there, until the refusal is over', async () => {
    await start();
    expect(await states(byId)).toMatchObject({ WIKIDATA: { status: 'BLOCKED', errorCode: 'CHALLENGE' } });
    expect(itemRequests()).toHaveLength(1);
    isRefusing = false;
    const named = await byName();
    const found = await states(`title(id: "${named?.title.id}")`);
    expect(found).toMatchObject({ WIKIDATA: { status: 'BLOCKED', errorCode: 'CHALLENGE' } });
    expect(itemRequests()).toHaveLength(1);
    expect((await byName())?.status).toBe('UNMATCHED');
    const [left] = await server.database.sql.query<{ seconds: number }>(
      `SELECT extract(epoch FROM retry_at - now())::float8 AS seconds FROM enrichment WHERE kind = 'wikidata-offers'`,
    );
    // As long as the page's own refusal, and no longer.
    expect(left?.seconds).toBeGreaterThan(5.9 * 3600);
    expect(left?.seconds).toBeLessThanOrEqual(6 * 3600);
  });

  it('once it answers to a name gives its facts to what was given up for want of it, though nobody asks again', async () => {
    await start();
    expect(await states(byId)).toMatchObject({ WIKIPEDIA: { status: 'BLOCKED', errorCode: 'WIKIDATA_NEEDED' } });
    isRefusing = false;
    const named = await byName();
    await states(`title(id: "${named?.title.id}")`);
    await forgetRefusal();
    await lookAgain();
    await states(`title(id: "${named?.title.id}")`);
    await allQuiet(server);
    expect((await byName())?.status).toBe('MATCHED');
    const rows = await server.database.sql.query<{ kind: string; answer: string; failure: string | null }>(
      `SELECT kind, answer::text, failure::text FROM enrichment WHERE kind IN ('wikidata-item', 'wikipedia-summary') ORDER BY kind`,
    );
    expect(rows).toEqual([
      { kind: 'wikidata-item', answer: 'FOUND', failure: null },
      { kind: 'wikipedia-summary', answer: 'FOUND', failure: null },
    ]);
    expect(askedTwice(origin.requests).filter((one) => !one.startsWith('wikidata '))).toEqual([]);
    expect(itemRequests()).toHaveLength(2);
  });
});
