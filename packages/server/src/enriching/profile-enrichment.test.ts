import { join } from 'node:path';
import { createPages, reparse } from '@watchprint/lake';
import { afterEach, expect, inject, it } from 'vitest';
import { type OriginOptions, type SourceOrigin, startSourceOrigin } from '../../../sources/test/source-origin.ts';
import { allRead, askedTwice, gapsOf, originTitles } from '../../test/enriching-server.ts';
import { madeCatalogue, madeWorks } from '../../test/made-catalogue.ts';
import { ask, clientOf, matched, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';
import type { GivenConfig } from '../config.ts';
import { createServer } from '../server.ts';
import { pageParserOf, reparseOrder } from './reparse-pages.ts';

/** Two seasons of one series, more often than anything else, and two films. */
const history = `Title,Date
"Tidewater: Season 1: Salt and Silver","28/07/2020"
"Tidewater: Season 1: The Long Thaw","29/07/2020"
"Tidewater: Season 2: Ashes of Winter","30/07/2020"
"Paper Moons","31/07/2020"
"Glass Lantern","01/08/2020"
`;

interface Progress {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly pending: number;
}

onEveryServer('enriching a profile', (open) => {
  let server: ServerOfTest;
  let origin: SourceOrigin;
  afterEach(async () => {
    await server?.close();
    await origin?.close();
  });

  const config = (): GivenConfig => ({
    sites: origin.sites,
    sources: ['imdb', 'wikidata', 'wikipedia', 'rotten-tomatoes'],
    sourceContact: 'somebody@example.org',
    sourceGaps: gapsOf(1),
    sourceBudgetMs: 20_000,
  });
  const readerLimits = { retryDelayMs: 10, firstPauseMs: 20 };

  async function start(options: Partial<OriginOptions> = {}): Promise<string> {
    origin = await startSourceOrigin({ titles: originTitles(madeWorks), ...options });
    server = await open(madeCatalogue(), true, config(), { readerLimits });
    const client = clientOf(server);
    await client.importHistory(Buffer.from(history));
    expect(await matched(server)).toBe('COMPLETED');
    const [profile] = await client.profiles();
    return profile?.id ?? '';
  }

  async function enrich(profileId: string, sources?: string[]): Promise<Progress> {
    const { data, errors } = await ask(
      server,
      'mutation ($input: EnrichProfileInput!) { enrichProfile(input: $input) { progress { total done failed pending } } }',
      { input: { profileId, sources } },
    );
    expect(errors).toBeUndefined();
    return (data as unknown as { enrichProfile: { progress: Progress } }).enrichProfile.progress;
  }

  const requestsTo = (site: string) =>
    origin.requests.filter((request) => request.site === site && request.answered !== 'ROBOTS');

  it('reads everything that was watched, the most watched first, and nothing twice', async () => {
    const profileId = await start({ delayMs: 20 });
    const begun = await enrich(profileId);
    expect(begun.total).toBe(begun.done + begun.failed + begun.pending);
    expect(begun.pending).toBeGreaterThan(0);
    await allRead(server);
    // Of three works: Wikidata, Wikipedia, Rotten Tomatoes, IMDb’s page (there are no datasets); of two seasons Rotten Tomatoes; of three episodes IMDb.
    expect(await enrich(profileId)).toEqual({ total: 3 * 4 + 2 + 3, done: 17, failed: 0, pending: 0 });
    const paths = requestsTo('rottenTomatoes').map(({ key }) => key);
    expect(paths.slice(0, 3)).toEqual(['tv/t101', 'tv/t101/s01', 'tv/t101/s02']);
    expect(paths.slice(3).sort()).toEqual(['m/t201', 'm/t502']);
    expect(askedTwice(origin.requests)).toEqual([]);
  });

  it('asks the sources that are named, and Wikidata by which they are found', async () => {
    const profileId = await start();
    await enrich(profileId, ['ROTTEN_TOMATOES']);
    await allRead(server);
    expect(new Set(origin.requests.map(({ site }) => site))).toEqual(
      new Set(['wikidata', 'wikidataQuery', 'rottenTomatoes']),
    );
  });

  it('tells how far it is until nothing is pending', async () => {
    const profileId = await start({ delayMs: 60 });
    await enrich(profileId);
    const response = await server.fetch(
      new Request('http://embedded.invalid/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({
          query: 'subscription ($id: ID!) { enrichmentProgress(profileId: $id) { total done failed pending } }',
          variables: { id: profileId },
        }),
      }),
    );
    const told = [...(await response.text()).matchAll(/"enrichmentProgress":(\{[^}]*\})/g)].map(
      ([, json = '']) => JSON.parse(json) as Progress,
    );
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toEqual({ total: 17, done: 17, failed: 0, pending: 0 });
    for (const [place, progress] of told.entries())
      expect(progress.done).toBeGreaterThanOrEqual(told[place - 1]?.done ?? 0);
  });

  it('goes on after a restart with what was left, asking nothing twice', async () => {
    const profileId = await start({ delayMs: 30 });
    await enrich(profileId);
    while (requestsTo('rottenTomatoes').length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    const { home, database } = server;
    const url = database.kind === 'embedded' ? undefined : await urlOf(server);
    const stopped = performance.now();
    await server.close();
    const begun = origin.requests.length;
    expect(begun).toBeLessThan(30);
    const again = await createServer({
      config: { ...config(), home, databaseUrl: url, logLevel: 'silent' },
      catalogues: madeCatalogue(),
      readerLimits,
    });
    try {
      const client = clientOf(again);
      for (;;) {
        const { enrichProfile } = await client.query<{ enrichProfile: { progress: Progress } }>(
          `mutation { enrichProfile(input: { profileId: "${profileId}", sources: [] }) { progress { total done failed pending } } }`,
        );
        if (enrichProfile.progress.pending === 0) {
          expect(enrichProfile.progress).toMatchObject({ done: 17, failed: 0 });
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(origin.requests.length).toBeGreaterThan(begun);
      // What was being asked when it stopped got no answer, or nobody took it, and is asked again.
      const whole = origin.requests.filter(
        ({ isWhole, startedAt, endedAt }) => isWhole && !(startedAt < stopped && endedAt > stopped - 10),
      );
      expect(askedTwice(whole)).toEqual([]);
    } finally {
      await again.close();
    }
  });

  it('has the same facts after all stored pages were read again, and asks nobody', async () => {
    const profileId = await start();
    await enrich(profileId);
    await allRead(server);
    const { sql } = server.database;
    const stored = () =>
      sql.query(
        `SELECT kind, subject, answer::text, facts, page_key, fetched_at FROM enrichment
         WHERE page_key IS NOT NULL AND kind <> 'wikidata-lookup' ORDER BY kind, subject`,
      );
    const before = await stored();
    expect(before.length).toBeGreaterThan(10);
    const requests = origin.requests.length;
    const pages = createPages(join(server.home, 'lake', 'pages'));
    const readAll = async () => {
      for (const source of reparseOrder)
        expect((await reparse(pages, source, pageParserOf(sql, source))).failed).toBe(0);
    };
    await sql.query(`UPDATE enrichment SET facts = '{}' WHERE answer = 'FOUND'`);
    await readAll();
    expect(await stored()).toEqual(before);
    // Also where nothing but the pages is left.
    await sql.query('DELETE FROM enrichment');
    await readAll();
    expect(await stored()).toEqual(before);
    expect(origin.requests).toHaveLength(requests);
  });

  it('refuses a profile of nobody', async () => {
    await start();
    const { errors } = await ask(
      server,
      'mutation { enrichProfile(input: { profileId: "eA" }) { progress { total } } }',
    );
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

/** Where the database of a server is that was handed it open. */
async function urlOf({ database }: ServerOfTest): Promise<string> {
  const [row] = await database.sql.query<{ name: string }>('SELECT current_database()::text AS name');
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${row?.name}`;
  return url.href;
}
