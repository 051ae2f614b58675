import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type SqlConnection } from '@watchprint/database';
import { createClient } from '@watchprint/sdk';
import { afterEach, expect, inject, it } from 'vitest';
import { newPlace, newPostgresDatabase } from '../../../database/test/databases.ts';
import { type SourceOrigin, startSourceOrigin, usualPlan } from '../../../sources/test/source-origin.ts';
import {
  allRead,
  askedTwice,
  environmentFor,
  gapsOf,
  impatient,
  manyWorks,
  originTitles,
} from '../../test/enriching-server.ts';
import { madeCatalogue } from '../../test/made-catalogue.ts';
import { clientOf } from '../../test/server-on-every-database.ts';
import { startServer } from '../../test/server-process.ts';
import { syncedLake } from '../../test/synced-lake.ts';
import { createServer } from '../server.ts';

const titles = 200;
const clients = 50;
const gapMs = 10;
const works = manyWorks(titles);

/** Four sources of every title, and Wikidata, by which two of them are found. */
const query = `{ titles(search: "Made Up", first: 200) { nodes { imdbId imdb { rating plot } wikipedia { summary } rottenTomatoes { tomatometer }
  netflix { url } enrichments { source status } } } }`;

interface Answer {
  readonly titles: {
    readonly nodes: { imdbId: string; imdb: object | null; enrichments: { source: string; status: string }[] }[];
  };
}

let origin: SourceOrigin;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await origin.close();
});

const begin = async (delayMs: number) => {
  origin = await startSourceOrigin({ titles: originTitles(works), plan: usualPlan, delayMs });
};

/** What each title's enrichments are in the end, by the origin's plan. */
function statuses({ titles: { nodes } }: Answer, source: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { enrichments } of nodes)
    for (const one of enrichments) if (one.source === source) counts[one.status] = (counts[one.status] ?? 0) + 1;
  return counts;
}

/** @param notFound What a title is that IMDb has no page of: with the datasets it is known all the same. */
const planned = (site: 'imdb', notFound: 'NOT_FOUND' | 'FRESH') => {
  const of = { OK: 'FRESH', NOT_FOUND: notFound, CHALLENGE: 'BLOCKED', TOO_MANY: 'BLOCKED' } as const;
  const counts: Record<string, number> = {};
  for (const { id } of works) counts[of[usualPlan(site, id)]] = (counts[of[usualPlan(site, id)]] ?? 0) + 1;
  return counts;
};

const config = () => ({
  sites: origin.sites,
  sources: ['imdb', 'wikidata', 'wikipedia', 'rotten-tomatoes', 'netflix'] as const,
  sourceContact: 'somebody@example.org',
  sourceGaps: gapsOf(gapMs),
});

/** Statements about enrichment, by what they begin with. */
function counting(sql: SqlConnection): { sql: SqlConnection; statements: string[] } {
  const statements: string[] = [];
  return {
    statements,
    sql: {
      ...sql,
      query: (text, values) => {
        if (/\benrichment\b/.test(text)) statements.push(text);
        return sql.query(text, values);
      },
    },
  };
}

it('fifty clients who ask for 200 titles at once have each page read exactly once', async () => {
  await begin(100);
  const place = await newPlace('embedded');
  const database = await openDatabase(place);
  const counted = counting(database.sql);
  const server = await createServer({
    database: { ...database, sql: counted.sql },
    catalogues: madeCatalogue(works),
    config: { ...config(), home: place.home, logLevel: 'silent' },
    readerLimits: { firstPauseMs: 50 },
  });
  closing.push(() => server.close());
  const client = clientOf(server);
  const first = await Promise.all(Array.from({ length: clients }, () => client.query<Answer>(query)));
  // Nobody waited for the end: pages take a tenth of a second each, and there are hundreds.
  for (const answer of first) expect(answer.titles.nodes).toHaveLength(titles);
  await allRead({ database } as never);
  expect(askedTwice(origin.requests)).toEqual([]);
  expect(impatient(origin.requests, gapMs)).toEqual([]);
  expect(origin.requests.filter(({ site, answered }) => site === 'imdb' && answered !== 'ROBOTS')).toHaveLength(titles);

  const before = origin.requests.length;
  // The worker looks whether there is more to read until it finds nothing; then it is still for a while.
  do {
    counted.statements.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (counted.statements.length > 0);
  const second = await client.query<Answer>(query);
  expect(origin.requests).toHaveLength(before);
  // No more than one for each of the four sources, and one for the state of all.
  expect(new Set(counted.statements.map((text) => text.slice(0, 6)))).toEqual(new Set(['SELECT']));
  expect(counted.statements.length).toBeLessThanOrEqual(5);
  expect(statuses(second, 'IMDB')).toEqual(planned('imdb', 'NOT_FOUND'));
  expect(statuses(second, 'WIKIPEDIA').PENDING).toBeUndefined();
  expect(statuses(second, 'ROTTEN_TOMATOES').PENDING).toBeUndefined();
});

it('two processes with one PostgreSQL are as polite as one', async () => {
  // Manners do not depend on it, and the suite need not wait.
  await begin(20);
  const url = await newPostgresDatabase();
  const { SOURCES, SOURCE_CONTACT, SOURCE_GAPS, ...before } = process.env;
  Object.assign(process.env, environmentFor(origin.sites, config().sources, gapMs));
  closing.push(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, { SOURCES });
    if (SOURCE_CONTACT !== undefined) process.env.SOURCE_CONTACT = SOURCE_CONTACT;
    if (SOURCE_GAPS !== undefined) process.env.SOURCE_GAPS = SOURCE_GAPS;
  });
  const open = async () => {
    const home = await mkdtemp(join(tmpdir(), 'home-'));
    await syncedLake(works, join(home, 'lake'));
    const server = await startServer(home, url, inject('command'));
    closing.push(() => server.stop());
    return createClient({ url: server.url });
  };
  const both = [await open(), await open()];
  await Promise.all(Array.from({ length: clients }, (_, place) => both[place % 2]?.query<Answer>(query)));
  const database = await openDatabase({ home: tmpdir(), url, command: 'a test' });
  closing.push(() => database.close());
  await allRead({ database } as never);
  expect(askedTwice(origin.requests)).toEqual([]);
  expect(impatient(origin.requests, gapMs)).toEqual([]);
  const before2 = origin.requests.length;
  const [one, other] = await Promise.all(both.map((client) => client.query<Answer>(query)));
  expect(origin.requests).toHaveLength(before2);
  expect(statuses(one as Answer, 'IMDB')).toEqual(planned('imdb', 'FRESH'));
  expect(one).toEqual(other);
});
