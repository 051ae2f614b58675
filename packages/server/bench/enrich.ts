/**
 * How long somebody waits for what sources say of 200 titles: asked for the first time of a server that has just started, by one and by fifty
 * at once, and when all of it is known. The server is the built one; the sources are a local origin that answers after a tenth of a second.
 *   node --conditions=development --import tsx packages/server/bench/enrich.ts [--on embedded|postgres] [--corpus DIR]
 * With the corpus its catalogue and Netflix's lists of Australia are in the lake, else a catalogue of made-up titles.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { syncWithCatalogue } from '@watchprint/lake';
import { createClient } from '@watchprint/sdk';
import { stringify } from 'csv-stringify/sync';
import { corpus } from '../../../scripts/corpus.ts';
import { syncCorpusCatalogue } from '../../../scripts/match-report.ts';
import { startPostgres } from '../../../scripts/postgres.ts';
import { type OriginTitle, startSourceOrigin, usualPlan } from '../../sources/test/source-origin.ts';
import { environmentFor, manyWorks, originTitles } from '../test/enriching-server.ts';
import { build, type ServerProcess, startServer } from '../test/server-process.ts';
import { syncedLake } from '../test/synced-lake.ts';

const { values } = parseArgs({
  options: {
    on: { type: 'string', multiple: true, default: ['embedded', 'postgres'] },
    corpus: { type: 'string' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const titlesAsked = 200;
const clients = 50;
const repeats = 20;
const gapMs = 50;
const folder = mkdtempSync(join(tmpdir(), 'watchprint-enrich-bench-'));
const given = values.corpus ?? corpus;

/** 200 titles to be watched, the best known first, and the lake that knows them. */
async function makeLake(): Promise<readonly OriginTitle[]> {
  if (given === null) {
    const works = manyWorks(titlesAsked);
    await syncedLake(works, join(folder, 'lake'));
    return originTitles(works);
  }
  await syncCorpusCatalogue(folder, given);
  const lists = join(folder, 'lists');
  mkdirSync(lists);
  await copyFile(
    join(given, 'netflix/public-data/top10-countries-2022-02-head-and-au.tsv'),
    join(lists, 'all-weeks-countries.tsv'),
  );
  await syncWithCatalogue({ lake: join(folder, 'lake'), dataset: 'netflix-top10', from: lists });
  const table = async (name: string) =>
    (await readFile(join(given, 'catalogue', name), 'utf8')).split('\n').map((line) => line.split('\t'));
  const votes = new Map((await table('title.ratings.tsv')).map(([id = '', , count]) => [id, Number(count)]));
  const names = new Set<string>();
  return (await table('title.basics.tsv'))
    .flatMap(([id = '', type, name = '', , , year]): OriginTitle[] =>
      type === 'movie' ? [{ id, kind: 'MOVIE', name, year: Number(year) || null }] : [],
    )
    .sort((one, other) => (votes.get(other.id) ?? 0) - (votes.get(one.id) ?? 0))
    .filter(({ name }) => names.size !== names.add(name).size)
    .slice(0, titlesAsked);
}

const fields = `title { imdb { rating plot } wikipedia { summary } rottenTomatoes { tomatometer } netflix { available url }
  enrichments { source status } }`;

interface Answer {
  readonly node: { readonly matches: { readonly nodes: { readonly title: Record<string, unknown> | null }[] } };
}

async function asking({ url }: ServerProcess): Promise<() => Promise<{ ms: number; known: number }>> {
  const client = createClient({ url });
  const [profile] = await client.profiles();
  const query = `query ($id: ID!) { node(id: $id) { ... on Profile { matches(first: ${titlesAsked}) { nodes { ${fields} } } } } }`;
  return async () => {
    const began = performance.now();
    const { node } = await client.query<Answer>(query, { id: profile?.id });
    const known = node.matches.nodes.filter(({ title }) => title?.imdb != null && title.wikipedia != null).length;
    return { ms: performance.now() - began, known };
  };
}

async function allRead(server: ServerProcess): Promise<void> {
  const client = createClient({ url: server.url });
  const [profile] = await client.profiles();
  while ((await client.enrichProfile(profile?.id ?? '', { sources: [] })).pending > 0) await pause(500);
}

const middle = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
const inMs = (time: number) => `${Math.round(time)} ms`;

async function measure(
  on: string,
  titles: readonly OriginTitle[],
  url: string | undefined,
  crowd: boolean,
): Promise<void> {
  const home = mkdtempSync(join(folder, 'home-'));
  symlinkSync(join(folder, 'lake'), join(home, 'lake'));
  const rows = titles.map(({ name }) => ({ Title: name, Date: '28/07/2026' }));
  let server = await startServer(home, url, build);
  const client = createClient({ url: server.url });
  await client.importHistory(Buffer.from(stringify(rows, { header: true })), { dateOrder: 'DAY_FIRST' });
  while ((await client.matching())?.status !== 'COMPLETED') await pause(100);
  await server.stop();
  server = await startServer(home, url, build);
  const ask = await asking(server);
  if (crowd) {
    // One that has been up for a while.
    await pause(5000);
    const all = await Promise.all(Array.from({ length: clients }, ask));
    const times = all.map(({ ms }) => ms);
    say(
      `${on}: first answers to ${clients} at once: ${inMs(Math.min(...times))} to ${inMs(Math.max(...times))}, ${inMs(middle(times))} in the middle`,
    );
  } else {
    const { ms, known } = await ask();
    say(`${on}: first answer: ${inMs(ms)}, with ${known} of ${titles.length} known by then`);
    await allRead(server);
    const times: number[] = [];
    for (let time = 0; time < repeats; time += 1) times.push((await ask()).ms);
    say(`${on}: all known: ${inMs(middle(times))} (middle of ${repeats}), ${inMs(Math.max(...times))} at most`);
    await server.stop();
    server = await startServer(home, url, build);
    say(
      `${on}: all known, first answer of a server that has just started: ${inMs((await (await asking(server))()).ms)}`,
    );
  }
  await server.stop();
}

const titles = await makeLake();
const origin = await startSourceOrigin({ titles, plan: usualPlan, delayMs: 100 });
Object.assign(
  process.env,
  environmentFor(origin.sites, ['imdb', 'wikidata', 'wikipedia', 'rotten-tomatoes', 'netflix'], gapMs),
);

try {
  say(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
  say(
    `${titles.length} titles × 4 sources, ${given === null ? 'a made-up catalogue' : 'the corpus’s catalogue and lists'}; the budget is 2 s`,
  );
  for (const on of values.on)
    for (const crowd of [false, true]) {
      const postgres = on === 'postgres' ? await startPostgres() : null;
      await measure(on, titles, postgres?.url, crowd);
      await postgres?.stop();
    }
} finally {
  await origin.close();
  rmSync(folder, { recursive: true, force: true });
}
