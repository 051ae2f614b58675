// Enriches real histories from a local origin that refuses by plan, kills the server on the way, and looks whether every title ended as planned,
// nothing was asked twice, and stored pages read again give the same facts.
//   npm run crash-test:enrich [-- --kills 5 --delay 100]
// The histories and the catalogue are those of the corpus (CORPUS, else ../shared/corpus).
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '@watchprint/database';
import { createPages, reparse, syncWithCatalogue } from '@watchprint/lake';
import { createClient } from '../packages/sdk/src/index.ts';
import { pageParserOf, reparseOrder } from '../packages/server/src/enriching/reparse-pages.ts';
import { environmentFor } from '../packages/server/test/enriching-server.ts';
import { startServer } from '../packages/server/test/server-process.ts';
import {
  type OriginRequest,
  type OriginTitle,
  startSourceOrigin,
  usualPlan,
} from '../packages/sources/test/source-origin.ts';
import { corpus } from './corpus.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '5' }, delay: { type: 'string', default: '100' } },
});
const histories = [
  'history-en-us-2.csv',
  'history-nl-1.csv',
  'history-fr-1.csv',
  'activity-gb-1.csv',
  'activity-au-extract-1.csv',
];
const say = (line: string) => void process.stdout.write(`${line}\n`);
if (corpus === null) throw new Error('There is no corpus');

const home = await mkdtemp(join(tmpdir(), 'watchprint-enrich-'));
const origin = await startSourceOrigin({
  titles: await titlesOfCatalogue(corpus),
  plan: usualPlan,
  delayMs: Number(values.delay),
});
const gapMs = 10;
Object.assign(
  process.env,
  environmentFor(origin.sites, ['imdb', 'wikidata', 'wikipedia', 'rotten-tomatoes', 'netflix', 'netflix-pages'], gapMs),
);
/** The last whole answer of each key. */
const lastOf = new Map<string, OriginRequest>();
let failures = 0;
const check = (what: string, isTrue: boolean) => {
  say(`${isTrue ? 'yes' : 'NO '}  ${what}`);
  if (!isTrue) failures += 1;
};
try {
  await syncWithCatalogue({ lake: join(home, 'lake'), dataset: 'imdb', from: join(corpus, 'catalogue') });
  const kills = await enrichAndKill();
  await inspect(kills);
} finally {
  await origin.close();
  await rm(home, { recursive: true, force: true });
}
process.exit(failures === 0 ? 0 : 1);

/** @returns when the server was killed, as the origin's clock has it. */
async function enrichAndKill(): Promise<number[]> {
  const kills: number[] = [];
  const began = Date.now();
  let server = await startServer(home, undefined);
  let client = createClient({ url: server.url });
  for (const [place, name] of histories.entries())
    await client.importHistory(join(corpus as string, 'netflix', name), { profileName: `History ${place + 1}` });
  while ((await client.matching())?.status !== 'COMPLETED') await sleep(200);
  for (const { id } of await client.profiles()) await client.enrichProfile(id);
  const left = async () => {
    let pending = 0;
    for (const { id } of await client.profiles()) pending += (await client.enrichProfile(id, { sources: [] })).pending;
    return pending;
  };
  const all = await left();
  say(`${all} facts to read, of ${(await client.profiles()).length} profiles`);
  while (kills.length < Number(values.kills)) {
    // At about equal shares of the work.
    while ((await left()) > all * (1 - (kills.length + 1) / (Number(values.kills) + 1))) await sleep(500);
    await server.kill();
    kills.push(performance.now());
    say(`killed after ${origin.requests.length} requests, ${Math.round((Date.now() - began) / 1000)} s`);
    server = await startServer(home, undefined);
    client = createClient({ url: server.url });
  }
  while ((await left()) > 0) await sleep(1000);
  say(`all read after ${origin.requests.length} requests, ${Math.round((Date.now() - began) / 1000)} s`);
  await server.stop();
  return kills;
}

interface Row {
  readonly kind: string;
  readonly subject: string;
  readonly answer: string | null;
  readonly failure: string | null;
  readonly wanted: boolean;
}

async function inspect(kills: readonly number[]): Promise<void> {
  const database = await openDatabase({ home, url: undefined, command: 'crash-test:enrich' });
  try {
    const { sql } = database;
    const rows = await sql.query<Row>(
      `SELECT kind, subject, answer::text, failure::text, wanted_at IS NOT NULL AS wanted FROM enrichment
       WHERE kind IN ('wikidata-item', 'wikipedia-summary', 'rotten-tomatoes', 'netflix-title')`,
    );
    const counts = new Map<string, number>();
    const wrong: string[] = [];
    for (const row of rows) {
      const is = row.wanted ? 'PENDING' : (row.failure ?? row.answer ?? 'UNREAD');
      counts.set(`${row.kind} ${is}`, (counts.get(`${row.kind} ${is}`) ?? 0) + 1);
      const planned = plannedOf(row.kind, row.subject);
      if (is !== planned) wrong.push(`${row.kind} ${row.subject} is ${is}, planned ${planned}`);
    }
    for (const [name, count] of [...counts].sort()) say(`     ${name}: ${count}`);
    for (const one of wrong.slice(0, 10)) say(`     ${one}`);
    check(`all ${rows.length} ended as the origin planned`, wrong.length === 0);
    const twice = askedTwice(kills);
    say(`     asked again because the process died while the answer was on its way: ${twice.unavoidable}`);
    for (const one of twice.avoidable.slice(0, 10)) say(`     ${one}`);
    check('nothing else was asked twice', twice.avoidable.length === 0);
    const stored = () =>
      sql.query(
        `SELECT kind, subject, answer::text, facts, page_key, fetched_at::text FROM enrichment WHERE page_key IS NOT NULL
         AND kind NOT IN ('wikidata-lookup', 'wikidata-offers', 'imdb-dataset') ORDER BY kind, subject`,
      );
    const before = JSON.stringify(await stored());
    await sql.query(
      `UPDATE enrichment SET facts = '{}' WHERE answer = 'FOUND' AND kind NOT IN ('wikidata-offers', 'imdb-dataset')`,
    );
    const pages = createPages(join(home, 'lake', 'pages'));
    let read = 0;
    for (const source of reparseOrder) read += (await reparse(pages, source, pageParserOf(sql, source))).read;
    check(`${read} stored pages read again give the same facts`, before === JSON.stringify(await stored()));
  } finally {
    await database.close();
  }
}

/** What the origin answered last of a key, by its log: of several in one request the first decided on a refusal. */
function answered(site: string, key: string): 'FOUND' | 'NOT_FOUND' | 'BLOCKED' | null {
  const request = lastRequests().get(`${site} ${key}`);
  if (request === undefined) return null;
  if (request.answered === 'CHALLENGE' || request.answered === 'TOO_MANY') return 'BLOCKED';
  return usualPlan(site as never, key) === 'NOT_FOUND' ? 'NOT_FOUND' : 'FOUND';
}

function lastRequests(): Map<string, OriginRequest> {
  if (lastOf.size === 0)
    for (const request of origin.requests)
      if (request.isWhole) for (const key of request.key.split('|')) lastOf.set(`${request.site} ${key}`, request);
  return lastOf;
}

function plannedOf(kind: string, subject: string): string | null {
  const [work = '', part = ''] = subject.split(/[ /]/);
  const number = Number(work.slice(2));
  const ids = answered('wikidataQuery', `P345=${work}`);
  // The site leaves nothing out of what is asked for by its own ids.
  const refused = lastRequests().get(`wikidata Q${number}`)?.answered;
  const page = refused === 'CHALLENGE' || refused === 'TOO_MANY' ? 'BLOCKED' : 'FOUND';
  // What came with a name is not asked for by its id.
  const item = ids === 'FOUND' || ids === null ? page : ids;
  if (kind === 'wikidata-item' || item !== 'FOUND') return item;
  if (kind === 'wikipedia-summary') return answered('wikipedia', `Article ${number}`);
  if (kind === 'netflix-title') return answered('netflix', `AU/${number}`);
  const film = lastRequests().get(`rottenTomatoes m/t${number}`);
  if (subject.includes('/')) return answered('rottenTomatoes', `tv/t${number}/s${part.padStart(2, '0')}`);
  return answered('rottenTomatoes', film === undefined ? `tv/t${number}` : `m/t${number}`);
}

function askedTwice(kills: readonly number[]): { unavoidable: number; avoidable: string[] } {
  const seen = new Map<string, OriginRequest>();
  let unavoidable = 0;
  const avoidable: string[] = [];
  for (const request of origin.requests) {
    if (request.answered === 'ROBOTS') continue;
    for (const key of request.key.split('|')) {
      const name = `${request.site} ${key}`;
      const first = seen.get(name);
      // An answer that was sent within a tenth of a second before the end may not have come into the lake.
      const wasLost =
        first !== undefined && kills.some((kill) => first.startedAt < kill && !(first.endedAt < kill - 100));
      if (first !== undefined && wasLost) unavoidable += 1;
      else if (first !== undefined)
        avoidable.push(`${name}, again after ${Math.round(request.startedAt - first.endedAt)} ms`);
      seen.set(name, request);
    }
  }
  return { unavoidable, avoidable };
}

async function titlesOfCatalogue(folder: string): Promise<OriginTitle[]> {
  const [, ...lines] = (await readFile(join(folder, 'catalogue', 'title.basics.tsv'), 'utf8')).split('\n');
  return lines.flatMap((line) => {
    const [id = '', type, name = '', , , year] = line.split('\t');
    const kind = type === 'movie' ? 'MOVIE' : type === 'tvSeries' || type === 'tvMiniSeries' ? 'SERIES' : null;
    return kind === null ? [] : [{ id, kind, name, year: year === '\\N' ? null : Number(year) } as const];
  });
}
