/**
 * How long it takes to export (also into curated tables), back up, restore and delete a large account, how much memory, and how long somebody else waits for an
 * answer meanwhile. Server and command are the built ones. Linux only (/proc).
 *   node --conditions=development --import tsx packages/server/bench/keep.ts [--rows 1000000] [--on embedded|postgres]
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Client, createClient } from '@watchprint/sdk';
import { startPostgres } from '../../../scripts/postgres.ts';
import { build, type ServerProcess, startServer } from '../test/server-process.ts';
import { writeActivity } from './made-activity.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    on: { type: 'string', multiple: true, default: ['embedded', 'postgres'] },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'watchprint-keep-'));
const file = join(folder, 'ViewingActivity.csv');
const say = (line: string) => void process.stdout.write(`${line}\n`);
const command = fileURLToPath(new URL('../dist/command.js', import.meta.url));
const megabytes = (path: string) => `${(statSync(path).size / 1e6).toFixed(0)} MB`;
const megabytesIn = (path: string) => {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  return `${(bytes / 1e6).toFixed(0)} MB`;
};

interface Place {
  readonly home: string;
  readonly url: string | undefined;
}

/** Megabytes that a process has resident, or has had at most; 0 once it has ended. */
function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs some work of a server, and says what it cost. */
async function measure(what: string, { pid, url }: ServerProcess, work: () => Promise<string>): Promise<void> {
  await pause(2000);
  const idle = memoryOf(pid, 'VmRSS');
  let peak = idle;
  let longest = 0;
  let isOver = false;
  const sampling = setInterval(() => {
    peak = Math.max(peak, memoryOf(pid, 'VmRSS'));
  }, 20);
  const asking = (async () => {
    const other = createClient({ url });
    while (!isOver) {
      const began = performance.now();
      await other.query('{ viewer { imports(first: 1) { nodes { id } } } }');
      longest = Math.max(longest, performance.now() - began);
      await pause(50);
    }
  })();
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  isOver = true;
  await asking;
  clearInterval(sampling);
  say(
    `${what}: ${seconds.toFixed(1)} s; idle ${idle.toFixed(0)} MB, peak ${peak.toFixed(0)} MB; another waited at most ${(longest / 1000).toFixed(1)} s; ${result}`,
  );
}

/** Runs the command, and says what it cost. */
async function runCommand(what: string, { home, url }: Place, args: readonly string[]): Promise<void> {
  const began = performance.now();
  const env = { ...process.env, WATCHPRINT_HOME: home, DATABASE_URL: url ?? '' };
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid ?? 0, 'VmHWM'));
  }, 20);
  const status = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(sampling);
  if (status !== 0) throw new Error(`${what} failed: ${said}`);
  say(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s; peak of the command ${peak.toFixed(0)} MB`);
}

async function whileServing(place: Place, work: (server: ServerProcess, client: Client) => Promise<void>) {
  const server = await startServer(place.home, place.url ?? '', build);
  try {
    await work(server, createClient({ url: server.url }));
  } finally {
    await server.stop();
  }
}

interface Counts {
  readonly before: { rows: number }[];
  readonly after: { rows: number }[];
}
const sum = (counts: readonly { rows: number }[]) => counts.reduce((total, { rows }) => total + rows, 0);
const difference = ({ before, after }: Counts) => `${sum(before)} rows before, ${sum(after)} after`;
const counts = 'before { rows } after { rows }';

async function measureAll(kind: string, first: Place, second: Place): Promise<void> {
  const json = join(folder, 'export.json');
  const zip = join(folder, 'export.zip');
  const backup = join(folder, `${kind}.zip`);
  const curated = join(folder, `${kind}-curated`);
  const lakeExport = ['lake', 'export', curated, '--account', 'local'];
  await whileServing(first, async (_server, client) => {
    const { rowsImported } = await client.importHistory(file);
    if (rowsImported !== Number(values.rows)) throw new Error(`${rowsImported} rows were imported`);
    await pause(5000);
  });
  await whileServing(first, async (server, client) => {
    const download = async (format: 'json' | 'csv', path: string) => {
      await pipeline(Readable.fromWeb((await client.exportAccount({ format })) as never), createWriteStream(path));
      return megabytes(path);
    };
    await measure(`${kind}: export as JSON`, server, () => download('json', json));
    await measure(`${kind}: export as CSV`, server, () => download('csv', zip));
    await measure(`${kind}: backup while serving`, server, async () => {
      await runCommand(`${kind}: the command of that`, first, ['backup', backup]);
      return megabytes(backup);
    });
    await measure(`${kind}: lake export while serving`, server, async () => {
      await runCommand(`${kind}: the command of that`, first, lakeExport);
      return megabytesIn(curated);
    });
  });
  rmSync(backup);
  await runCommand(`${kind}: lake export`, first, lakeExport);
  await runCommand(`${kind}: backup`, first, ['backup', backup]);
  await runCommand(`${kind}: restore`, second, ['restore', backup]);
  await whileServing(second, (server, client) =>
    measure(`${kind}: deleteProfile`, server, async () => {
      const [profile] = await client.profiles();
      const document = `mutation($id: ID!) { deleteProfile(input: { profileId: $id }) { ${counts} } }`;
      const answer = await client.query<{ deleteProfile: Counts }>(document, { id: profile?.id });
      return difference(answer.deleteProfile);
    }),
  );
  await whileServing(first, (server, client) =>
    measure(`${kind}: deleteAccount`, server, async () => {
      const document = `mutation { deleteAccount(input: { confirm: "local" }) { ${counts} } }`;
      return difference((await client.query<{ deleteAccount: Counts }>(document)).deleteAccount);
    }),
  );
}

try {
  await writeActivity(file, Number(values.rows));
  say(`${values.rows} rows, ${megabytes(file)}; ${cpus()[0]?.model} × ${cpus().length}; Node ${process.version}`);
  for (const kind of values.on) {
    const homes = ['first', 'second'].map((name) => join(folder, `${kind}-${name}`));
    const postgres = kind === 'postgres' ? [await startPostgres(), await startPostgres()] : [];
    try {
      const [first, second] = homes.map((home, place) => ({ home, url: postgres[place]?.url })) as [Place, Place];
      await measureAll(kind, first, second);
    } finally {
      for (const one of postgres) await one.stop();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
