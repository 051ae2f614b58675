// Kills the server with SIGKILL while it reads an import, again and again, and looks whether anything acknowledged was lost.
//   npm run crash-test [-- --kills 20 --rows 60000 --on embedded --on postgres]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Client, createClient } from '../packages/sdk/src/index.ts';
import { writeActivity } from '../packages/server/bench/made-activity.ts';
import { type LogLine, type ServerProcess, startServer } from '../packages/server/test/server-process.ts';
import { startPostgres } from './postgres.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    rows: { type: 'string', default: '60000' },
    on: { type: 'string', multiple: true, default: ['embedded', 'postgres'] },
  },
});
const kills = Number(values.kills);
const rows = Number(values.rows);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'watchprint-crash-'));
let failures = 0;
try {
  for (const kind of values.on) await crash(kind);
} finally {
  await rm(folder, { recursive: true, force: true });
}
say(failures === 0 ? 'Every acknowledged import ended whole.' : `${failures} imports did not end whole.`);
process.exit(failures === 0 ? 0 : 1);

async function crash(kind: string): Promise<void> {
  const home = join(folder, kind);
  const postgres = kind === 'postgres' ? await startPostgres() : null;
  try {
    for (let round = 1; round <= kills; round += 1) {
      // Two of each round are acknowledged: one is being read when the process dies, one waits behind it.
      const files = [
        { profile: `Read ${round}`, path: join(folder, `${round}-read.csv`), rows },
        { profile: `Waiting ${round}`, path: join(folder, `${round}-waiting.csv`), rows: 1000 },
      ];
      for (const file of files) await writeActivity(file.path, file.rows, file.profile);
      const server = await startServer(home, postgres?.url);
      const client = createClient({ url: server.url });
      const ids: string[] = [];
      for (const { path } of files) ids.push((await client.importHistory(path, { wait: false })).id);
      const batches = await killWhileRunning(server, client, ids[0] ?? '', round);
      const again = await startServer(home, postgres?.url);
      const after = createClient({ url: again.url });
      const whole: boolean[] = [];
      for (const [index, file] of files.entries()) whole.push(await endedWhole(after, ids[index] ?? '', file));
      failures += whole.filter((one) => !one).length;
      const resumed = again.log.find(({ msg, attempt }) => msg === 'import running' && attempt === 2);
      say(
        `${kind} ${round}: killed while RUNNING at ${batches} rows; went on from batch ${resumed?.fromBatch}; ` +
          `both imports whole: ${whole.every(Boolean) ? 'yes' : 'NO'}`,
      );
      await again.stop();
      for (const { path } of files) await rm(path);
    }
  } finally {
    await postgres?.stop();
  }
}

/** Waits until the log says that the import runs, lets it get further by a share that differs each round, and kills. */
async function killWhileRunning(server: ServerProcess, client: Client, id: string, round: number): Promise<number> {
  const runs = ({ msg }: LogLine) => msg === 'import running';
  if (!server.log.some(runs))
    await new Promise<void>((resolve) => server.onLine((line) => void (runs(line) && resolve())));
  const share = (round % 10) / 14;
  let last = await client.import(id);
  while (last?.status === 'RUNNING' && last.rowsRead < rows * share) {
    await new Promise((resolve) => setTimeout(resolve, 10 + round));
    last = await client.import(id);
  }
  await server.kill();
  if (server.log.some(({ msg }) => msg === 'import completed'))
    throw new Error('The import was over before it could be killed: give --rows more');
  return last?.rowsRead ?? 0;
}

/** Waits for the import to end; then counts and listed viewings must be all that the file has. */
async function endedWhole(
  client: Client,
  id: string,
  { profile, rows }: { profile: string; rows: number },
): Promise<boolean> {
  let done = await client.import(id);
  while (done !== null && done.status !== 'COMPLETED' && done.status !== 'FAILED') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    done = await client.import(id);
  }
  if (done?.status !== 'COMPLETED' || done.rowsRead !== rows || done.rowsImported !== rows) {
    say(`  ${profile}: ${JSON.stringify(done)}`);
    return false;
  }
  const { viewer } = await client.query<{
    viewer: { profiles: { name: string; viewings: { totalCount: number } }[] };
  }>('{ viewer { profiles { name viewings(first: 1, filter: { includeAccidental: true }) { totalCount } } } }');
  const listed = viewer.profiles.find(({ name }) => name === profile)?.viewings.totalCount;
  if (listed !== rows) say(`  ${profile}: ${listed} viewings listed of ${rows}`);
  return listed === rows;
}
