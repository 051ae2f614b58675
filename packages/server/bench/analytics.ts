/**
 * What every figure of a profile costs: worked out anew (cold) and kept (warm), beside one SELECT of the same columns by the raw driver, in the
 * same database and run. Then a profile of a million viewings, and one among a thousand.
 *   node --conditions=development --import tsx packages/server/bench/analytics.ts [--rows 50000] [--many 1000000] [--profiles 1000] [--on embedded|postgres]
 */
import './production.ts';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Database, openDatabase } from '@watchprint/database';
import { createClient } from '@watchprint/sdk';
import { startPostgres } from '../../../scripts/postgres.ts';
import { openRawDriver } from '../../database/test/raw-driver.ts';
import type { MemoryWork } from '../../engine/test/memory-catalogue.ts';
import { everyFigure } from '../src/cli/analyse/every-figure.ts';
import { createServer, type WatchprintServer } from '../src/server.ts';
import { collectGarbage } from '../test/collect-garbage.ts';
import { syncedLake } from '../test/synced-lake.ts';
import { nthString, writeActivity } from './made-activity.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '50000' },
    many: { type: 'string', default: '1000000' },
    profiles: { type: 'string', default: '1000' },
    on: { type: 'string', multiple: true, default: ['embedded', 'postgres'] },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'watchprint-analytics-bench-'));
const repeats = 9;
const rowsOfOneOfMany = 5000;

const middle = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
const inMs = (times: readonly number[]) =>
  `${middle(times).toFixed(0)} ms (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)})`;

async function timed(work: () => Promise<unknown>, times = repeats): Promise<number[]> {
  const found: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    await work();
    found.push(performance.now() - began);
  }
  return found;
}

/** Bytes that the whole process has in use: what is only waiting to be collected is none. */
function liveBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** The catalogue that knows the titles of so many rows. */
function worksOf(rows: number): MemoryWork[] {
  const works = new Map<string, MemoryWork>();
  const made = (name: string, kind: MemoryWork['kind'], runtimeMinutes: number): MemoryWork => ({
    id: `tt${1_000_000 + works.size * 100}`,
    kind,
    minor: false,
    name,
    year: 1990 + (works.size % 35),
    endYear: null,
    registeredYear: null,
    runtimeMinutes,
    voteCount: 30_000 + works.size,
  });
  for (let number = 0; number < Math.ceil(rows * 0.45); number += 1) {
    const [name = '', season, episode] = nthString(number).split(': ');
    const work = works.get(name) ?? {
      ...made(name, season === undefined ? 'MOVIE' : 'SERIES', season ? 45 : 100),
      episodes: [],
    };
    works.set(name, work);
    if (season === undefined || episode === undefined) continue;
    const seasonNumber = Number(/\d+$/.exec(season)?.[0]);
    const episodeNumber = Number(/(\d+)\)$/.exec(episode)?.[1]);
    (work.episodes as unknown[]).push({
      id: `tt${Number(work.id.slice(2)) + 1 + (work.episodes?.length ?? 0)}`,
      seasonNumber,
      episodeNumber,
      name: episode.replace(/ \(Episode \d+\)$/, ''),
      nameKeys: [],
      year: work.year,
      registeredYear: null,
      runtimeMinutes: null,
    });
  }
  return [...works.values()];
}

interface Place {
  readonly name: string;
  readonly home: string;
  readonly url: string | undefined;
}

const open = (database: Database, home: string) =>
  createServer({ database, config: { home, sources: [], logLevel: 'silent' } });

async function importAndMatch(server: WatchprintServer, file: string): Promise<void> {
  const client = createClient({ url: 'http://embedded.invalid', fetch: (request) => server.fetch(request) });
  await client.importHistory(file);
  for (
    let status = '';
    status !== 'COMPLETED' && status !== 'WAITING';
    status = (await client.matching())?.status ?? ''
  )
    await pause(200);
}

/** Without the calendar: the timeline by month and year alone. */
const withoutDays = everyFigure.replace(/^ *(?:day|week): timeline.*$/gm, '');
/** Each field once: the timeline by month, the ranking by series. */
const eachOnce = withoutDays
  .replace(/^ *year: timeline.*$/m, '')
  .replaceAll(/\b(?!SERIES)[A-Z]+: top\([^)]*\) \{ \.\.\.R \}/g, '');

async function ask(server: WatchprintServer, id: string, query = everyFigure): Promise<string> {
  const variables = { id, day: '2024-12-24', year: 2024, other: { from: '2023-01-01', to: '2023-12-31' } };
  const response = await server.fetch(
    new Request('http://embedded.invalid/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    }),
  );
  const text = await response.text();
  if (text.includes('"errors"')) throw new Error(text.slice(0, 500));
  return text;
}

interface ProfileOfBench {
  readonly accountId: string;
  readonly id: string;
}
const profilesOf = (database: Database) =>
  database.sql.query<ProfileOfBench>(
    'SELECT account_id::text AS "accountId", id::text FROM profile ORDER BY created_at',
  );
const publicIdOf = ({ id }: ProfileOfBench) => Buffer.from(`Profile:${id}`).toString('base64url');

/** Cold: the profile's version is another, as after an import. */
async function figuresCost(database: Database, server: WatchprintServer, profile: ProfileOfBench, times = repeats) {
  const id = publicIdOf(profile);
  const began = performance.now();
  const bytes = (await ask(server, id)).length;
  const first = performance.now() - began;
  const cold: number[] = [];
  for (let time = 0; time < times; time += 1) {
    await database.sql.query(
      'UPDATE profile SET history_version = history_version + 1 WHERE account_id = $1::uuid AND id = $2::uuid',
      [profile.accountId, profile.id],
    );
    cold.push(...(await timed(() => ask(server, id), 1)));
  }
  return {
    first,
    cold,
    warm: await timed(() => ask(server, id), times * 3),
    warmWithoutDays: await timed(() => ask(server, id, withoutDays), times * 3),
    warmEachOnce: await timed(() => ask(server, id, eachOnce), times * 3),
    bytes,
  };
}

const ofViewing =
  'watched_on, ordered_at, occurrence, seconds, position_seconds, accidental, match_id, device, country';
const whose = 'account_id = $1::uuid AND profile_id = $2::uuid AND NOT supplemental AND NOT covered';
const narrow = `SELECT ${ofViewing} FROM viewing WHERE ${whose}`;
const same = `SELECT ${ofViewing}, match.catalogue_title_id, title.id, title.name, title.kind, title.season_number, title.episode_number,
    title.year, title.runtime_minutes, title.imdb_id, series.id, series.name, series.year, series.imdb_id
  FROM (SELECT * FROM viewing WHERE ${whose}) viewing
  JOIN match ON match.account_id = viewing.account_id AND match.id = match_id
  LEFT JOIN title ON title.id = match.shown_title_id
  LEFT JOIN title series ON series.id = coalesce(title.catalogue_series_id, title.series_id)`;

async function selectCost(place: Place, { accountId, id }: ProfileOfBench) {
  const driver = await openRawDriver(place);
  const select = (text: string) => timed(() => driver.select(text, [accountId, id]));
  const cost = { narrow: await select(narrow), same: await select(same) };
  await driver.close();
  return cost;
}

async function onePlace(place: Place, rows: number): Promise<void> {
  const file = join(folder, `ViewingActivity-${rows}.csv`);
  await writeActivity(file, rows);
  const database = await openDatabase({ home: place.home, url: place.url });
  const server = await open(database, place.home);
  await importAndMatch(server, file);
  const [profile] = await profilesOf(database);
  if (profile === undefined) throw new Error('The import made no profile');
  const before = process.memoryUsage().rss;
  const { first, cold, warm, warmWithoutDays, warmEachOnce, bytes } = await figuresCost(
    database,
    server,
    profile,
    rows > 200_000 ? 3 : repeats,
  );
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const memory = `${megabytes(process.memoryUsage().rss - before)}, ${megabytes(liveBytes())} in use`;
  await server.close();
  const select = await selectCost(place, profile);
  const ratio = middle(cold) / middle(select.same);
  say(
    `${place.name}, ${rows.toLocaleString('en')} viewings${rows > 200_000 ? ' without a catalogue' : ''}: SELECT of the viewings' columns ${inMs(select.narrow)}, of the same with their titles ${inMs(select.same)}; every figure, cold ${inMs(cold)}, that is ${ratio.toFixed(1)} times; the very first ${first.toFixed(0)} ms; warm ${inMs(warm)}, without days and weeks ${inMs(warmWithoutDays)}, each field once ${inMs(warmEachOnce)}; ${(bytes / 1000).toFixed(0)} kB of answer; memory +${memory}`,
  );
}

/** One profile alone, then the same among many others: each in an account of its own. */
async function amongMany(place: Place, profiles: number): Promise<void> {
  const file = join(folder, `ViewingActivity-${rowsOfOneOfMany}.csv`);
  await writeActivity(file, rowsOfOneOfMany);
  const database = await openDatabase({ home: place.home, url: place.url });
  // One that is opened later would match the others' strings meanwhile.
  const server = await open(database, place.home);
  await importAndMatch(server, file);
  const [profile] = await profilesOf(database);
  if (profile === undefined) throw new Error('The import made no profile');
  await figuresCost(database, server, profile);
  const alone = await figuresCost(database, server, profile);
  for (let made = 1; made < profiles; made += 1)
    await database.sql.transaction(async (sql) => {
      const [account] = await sql.query<{ id: string }>(
        `INSERT INTO account (id, name) VALUES (gen_random_uuid(), 'made ' || $1::text) RETURNING id::text`,
        [made],
      );
      const given = [account?.id ?? '', profile.accountId];
      await sql.query(
        `INSERT INTO profile (account_id, id, name, time_zone) SELECT $1::uuid, gen_random_uuid(), name, time_zone FROM profile WHERE account_id = $2::uuid`,
        given,
      );
      await sql.query(
        `INSERT INTO match (account_id, id, raw_title, status, catalogue_title_id, shown_title_id, evidence)
         SELECT $1::uuid, id, raw_title, status, catalogue_title_id, catalogue_title_id, evidence FROM match WHERE account_id = $2::uuid`,
        given,
      );
      await sql.query(
        `INSERT INTO viewing (account_id, profile_id, match_id, import_id, ordered_at, watched_on, occurrence, seconds, accidental, supplemental, covered, device, country)
         SELECT $1::uuid, (SELECT id FROM profile WHERE account_id = $1::uuid), match_id, import_id, ordered_at, watched_on, occurrence, seconds, accidental, supplemental, covered, device, country
         FROM viewing WHERE account_id = $2::uuid`,
        given,
      );
    });
  // What the database does behind a load of five million rows is no profile's cost.
  await database.sql.execute('VACUUM ANALYZE');
  await database.sql.execute('CHECKPOINT');
  await figuresCost(database, server, profile);
  const among = await figuresCost(database, server, profile);
  say(
    `${place.name}, ${rowsOfOneOfMany.toLocaleString('en')} viewings: alone cold ${inMs(alone.cold)}, warm ${inMs(alone.warm)}; among ${profiles.toLocaleString('en')} such profiles cold ${inMs(among.cold)}, warm ${inMs(among.warm)}`,
  );
  await server.close();
}

const lake = await syncedLake(worksOf(Number(values.rows)), join(folder, 'lake'));
say(
  `${cpus()[0]?.model}, ${cpus().length} processors, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
);
for (const on of values.on) {
  const postgres = async () => (on === 'postgres' ? startPostgres() : null);
  // To match 450,000 strings takes minutes, and is another benchmark's.
  const places: readonly { readonly withLake: boolean; readonly measure: (place: Place) => Promise<void> }[] = [
    { withLake: true, measure: (place) => onePlace(place, Number(values.rows)) },
    ...(Number(values.many) > 0
      ? [{ withLake: false, measure: (place: Place) => onePlace(place, Number(values.many)) }]
      : []),
    ...(Number(values.profiles) > 0
      ? [{ withLake: true, measure: (place: Place) => amongMany(place, Number(values.profiles)) }]
      : []),
  ];
  for (const { withLake, measure } of places) {
    const server = await postgres();
    const home = mkdtempSync(join(folder, 'home-'));
    if (withLake) symlinkSync(lake, join(home, 'lake'));
    await measure({ name: on, home, url: server?.url });
    await server?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
rmSync(folder, { recursive: true, force: true });
