/**
 * How long the server keeps others waiting while it matches a large history, and what the matching costs then. The server is the
 * built one, in a process of its own, which measures its event loop.
 *   npm run build; npm run bench:answering -- [--strings 60000] [--titles 120000] [--on embedded|postgres] [--lake DIR] [--corpus DIR]
 * The strings and the catalogue are made up. --lake: one with a catalogue of --titles made-up titles that is there already. --corpus: its
 * histories, a profile each, and its catalogue in their place.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { syncWithCatalogue } from '@watchprint/lake';
import { type Client, createClient } from '@watchprint/sdk';
import { stringify } from 'csv-stringify/sync';
import { syncCorpusCatalogue } from '../../../scripts/match-report.ts';
import { startPostgres } from '../../../scripts/postgres.ts';
import { writeMadeCatalogue } from '../../lake/bench/made-catalogue.ts';
import { madeTitles } from '../../lake/bench/made-titles.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    strings: { type: 'string', default: '60000' },
    titles: { type: 'string', default: '120000' },
    on: { type: 'string', multiple: true, default: ['embedded', 'postgres'] },
    lake: { type: 'string' },
    corpus: { type: 'string' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** What the server measured of itself: milliseconds, bytes. */
interface Measured {
  readonly delay: readonly [p50: number, p99: number, max: number];
  readonly processor: number;
  readonly peak: number;
}

/** The server's process: listens, and says on request what it measured since it was told to begin. */
async function serve(home: string, databaseUrl: string | undefined): Promise<void> {
  const built = new URL('../dist/index.js', import.meta.url).href;
  const { createServer } = (await import(built)) as typeof import('../src/index.ts');
  const loop: IntervalHistogram = monitorEventLoopDelay({ resolution: 5 });
  const server = await createServer({ config: { home, port: 0, logLevel: 'warn', databaseUrl } });
  const url = await server.listen();
  let before = process.cpuUsage();
  process.on('message', async (message) => {
    if (message === 'begin') {
      loop.enable();
      before = process.cpuUsage();
    } else if (message === 'measure') {
      const { user, system } = process.cpuUsage(before);
      const inMs = (nanoseconds: number) => nanoseconds / 1e6;
      const delay = [inMs(loop.percentile(50)), inMs(loop.percentile(99)), inMs(loop.max)] as const;
      process.send?.({
        delay,
        processor: (user + system) / 1000,
        peak: process.resourceUsage().maxRSS * 1024,
      } satisfies Measured);
    } else {
      await server.close();
      process.exit(0);
    }
  });
  process.send?.(url);
}

async function whileServing<Result>(
  home: string,
  databaseUrl: string | undefined,
  work: (client: Client, url: string, child: ChildProcess) => Promise<Result>,
): Promise<Result> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['serve', home, databaseUrl ?? ''], {
    execArgv: ['--import', 'tsx'],
  });
  const [url] = (await once(child, 'message')) as [string];
  try {
    return await work(createClient({ url }), url, child);
  } finally {
    child.send('stop');
    await once(child, 'exit');
  }
}

/** Asks for next to nothing, again and again. @returns how long each answer took, in milliseconds. */
function askAll(url: string, signal: AbortSignal): Promise<number[]> {
  const waits: number[] = [];
  const body = JSON.stringify({ query: '{ __typename }' });
  return (async () => {
    while (!signal.aborted) {
      const began = performance.now();
      await (
        await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      ).text();
      waits.push(performance.now() - began);
      await pause(5);
    }
    return waits;
  })();
}

interface Matching {
  readonly status: string;
  readonly stringsTotal: number;
  readonly startedAt: string;
  readonly finishedAt: string;
}

async function measure(kind: string, folder: string): Promise<void> {
  const home = mkdtempSync(join(folder, 'home-'));
  const postgres = kind === 'postgres' ? await startPostgres() : null;
  try {
    // Without a catalogue the strings wait for one.
    await whileServing(home, postgres?.url, importAll);
    symlinkSync(join(folder, 'lake'), join(home, 'lake', 'bulk'));
    await whileServing(home, postgres?.url, async (client, url, child) => {
      const ask = async () =>
        (
          await client.query<{ viewer: { matching: Matching } }>(
            '{ viewer { matching { status stringsTotal startedAt finishedAt } } }',
          )
        ).viewer.matching;
      // The first answer is slow for reasons of its own: Prisma is loaded for it.
      let matching = await ask();
      child.send('begin');
      const stopping = new AbortController();
      const asking = askAll(url, stopping.signal);
      while (matching.status !== 'COMPLETED') {
        if (matching.status === 'FAILED') throw new Error('matching failed');
        await pause(250);
        matching = await ask();
      }
      stopping.abort();
      const waits = (await asking).sort((one, other) => one - other);
      child.send('measure');
      const [{ delay, processor, peak }] = (await once(child, 'message')) as [Measured];
      const seconds = (Date.parse(matching.finishedAt) - Date.parse(matching.startedAt)) / 1000;
      const of = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] as number;
      const three = (times: readonly number[]) => times.map((time) => time.toFixed(time < 10 ? 1 : 0)).join(', ');
      say(
        `| ${kind} | ${matching.stringsTotal} | ${seconds.toFixed(1)} s, ${Math.round(matching.stringsTotal / seconds)} a second | ${(processor / 1000).toFixed(1)} s ` +
          `| ${three([of(0.5), of(0.99), of(1)])} ms of ${waits.length} | ${three(delay)} ms | ${Math.round(peak / 1e6)} MB |`,
      );
    });
  } finally {
    await postgres?.stop();
    rmSync(home, { recursive: true });
  }
}

async function importAll(client: Client): Promise<void> {
  if (values.corpus === undefined) {
    const file = join(root, 'history.csv');
    writeFileSync(file, madeHistory(Number(values.strings), Number(values.titles)));
    await client.importHistory(file, { profileName: 'Ada' });
    return;
  }
  const files = join(values.corpus, 'netflix');
  // Some are damaged, or have dates that a person must settle.
  for (const name of readdirSync(files).filter((name) => /^(?:history|activity)-.*\.csv$/.test(name)))
    await client.importHistory(join(files, name), { profileName: name }).catch(() => {});
}

function madeHistory(strings: number, titles: number): string {
  const days = new Map<string, string>();
  // Some of the strings are drawn twice.
  for (const { title, watched_on: day } of madeTitles({ strings: Math.ceil(strings * 1.2), titles, seed: 1 }))
    if (days.size < strings) days.set(title, day);
  return stringify([...days], { header: true, columns: ['Title', 'Date'], quoted: true });
}

let root = '';
if (process.send !== undefined && process.argv[2] === 'serve')
  await serve(process.argv[3] as string, process.argv[4] || undefined);
else {
  root = mkdtempSync(join(tmpdir(), 'watchprint-answering-'));
  try {
    if (values.corpus !== undefined) await syncCorpusCatalogue(join(root, 'corpus'), values.corpus);
    else if (values.lake === undefined) {
      await writeMadeCatalogue(join(root, 'files'), { titles: Number(values.titles), seed: 1 });
      await syncWithCatalogue({ lake: join(root, 'made'), dataset: 'imdb', from: join(root, 'files') });
    }
    const lake = values.corpus !== undefined ? join(root, 'corpus', 'lake') : (values.lake ?? join(root, 'made'));
    symlinkSync(join(lake, 'bulk'), join(root, 'lake'));
    say(`${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}\n`);
    say(
      '| database | strings | matched in | processor time | wait for an answer: p50, p99, most | event loop: p50, p99, most | peak memory |',
    );
    say('|---|---|---|---|---|---|---|');
    for (const kind of values.on) await measure(kind, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
