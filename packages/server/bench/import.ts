/**
 * How long an import takes over HTTP, from the first byte sent to COMPLETED, beside the least that it could take. The server is
 * the built one.
 *   node --import tsx packages/server/bench/import.ts [--rows 1000000] [--runs 3] [--on embedded|postgres]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createClient } from '@watchprint/sdk';
import { startPostgres } from '../../../scripts/postgres.ts';
import { build, type LogLine, startServer } from '../test/server-process.ts';
import { writeActivity } from './made-activity.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '3' },
    on: { type: 'string', multiple: true, default: ['embedded', 'postgres'] },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'watchprint-bench-'));
const file = join(folder, 'ViewingActivity.csv');
const say = (line: string) => void process.stdout.write(`${line}\n`);

interface Run {
  readonly seconds: number;
  readonly stages: Readonly<Record<string, number>>;
}

/** The server, in a process of its own, on an empty database; the client is this process. */
async function importOnce(home: string, url: string | undefined): Promise<Run> {
  const server = await startServer(home, url, build);
  try {
    const client = createClient({ url: server.url });
    const began = performance.now();
    const done = await client.importHistory(file);
    const seconds = (performance.now() - began) / 1000;
    if (done.rowsImported !== Number(values.rows)) throw new Error(`${done.rowsImported} rows were imported`);
    const isEnd = ({ msg }: LogLine) => msg === 'import completed';
    // Said once the tables are tidied, after the import has ended for its client.
    const end =
      server.log.find(isEnd) ??
      (await new Promise<LogLine>((resolve) => server.onLine((line) => void (isEnd(line) && resolve(line)))));
    return { seconds, stages: end.stages as Record<string, number> };
  } finally {
    await server.stop();
  }
}

function floorOnce(home: string, url: string | undefined): number {
  const floor = fileURLToPath(new URL('import-floor.ts', import.meta.url));
  const given = url === undefined ? [file, home] : [file, home, url];
  const printed = execFileSync(process.execPath, ['--import', 'tsx', floor, ...given], {
    encoding: 'utf8',
  });
  return Number(printed) / 1000;
}

async function onEmptyDatabase<Result>(kind: string, work: (home: string, url: string | undefined) => Result) {
  const home = mkdtempSync(join(folder, 'home-'));
  // As PostgreSQL comes: every commit is forced to disk.
  const postgres = kind === 'postgres' ? await startPostgres() : null;
  try {
    return await work(home, postgres?.url);
  } finally {
    await postgres?.stop();
    rmSync(home, { recursive: true });
  }
}

try {
  await writeActivity(file, Number(values.rows));
  const megabytes = (statSync(file).size / 1e6).toFixed(0);
  say(`${values.rows} rows, ${megabytes} MB; ${cpus()[0]?.model} × ${cpus().length}; Node ${process.version}`);
  for (const kind of values.on) {
    const floors: number[] = [];
    const runs: Run[] = [];
    for (let run = 0; run < Number(values.runs); run += 1) {
      floors.push(await onEmptyDatabase(kind, floorOnce));
      runs.push(await onEmptyDatabase(kind, importOnce));
    }
    const best = runs.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    const floor = Math.min(...floors);
    say(`${kind}: floor ${floors.map((one) => one.toFixed(1)).join(', ')} s`);
    say(`${kind}: import ${runs.map(({ seconds }) => seconds.toFixed(1)).join(', ')} s, stages of the best in ms:`);
    say(`  ${JSON.stringify(best.stages)}`);
    say(`${kind}: ${(best.seconds / floor).toFixed(2)} times the floor, best of ${values.runs} each`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
