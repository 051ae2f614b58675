/**
 * How much memory an import takes: the highest resident set of the server while it imports a file, above that of the same
 * server, reopened and idle. The server is the built one. Linux only (/proc).
 *   node --import tsx packages/server/bench/memory.ts [--megabytes 200] [--on embedded|postgres] [--file activity|history]
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient } from '@watchprint/sdk';
import { startPostgres } from '../../../scripts/postgres.ts';
import { build, startServer } from '../test/server-process.ts';
import { writeActivity, writeHistory } from './made-activity.ts';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    on: { type: 'string', multiple: true, default: ['embedded', 'postgres'] },
    file: { type: 'string', multiple: true, default: ['activity'] },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'watchprint-memory-'));
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Megabytes that a process has resident. */
function residentOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function measure(kind: string, file: string): Promise<void> {
  const home = mkdtempSync(join(folder, 'home-'));
  const postgres = kind === 'postgres' ? await startPostgres() : null;
  try {
    await (await startServer(home, postgres?.url, build)).stop();
    const server = await startServer(home, postgres?.url, build);
    try {
      const client = createClient({ url: server.url });
      await client.profiles();
      await pause(3000);
      const idle = residentOf(server.pid);
      let peak = idle;
      const sampling = setInterval(() => {
        peak = Math.max(peak, residentOf(server.pid));
      }, 50);
      const done = await client.importHistory(file, { profileName: 'Ada' });
      clearInterval(sampling);
      const above = (peak - idle).toFixed(0);
      say(
        `${kind}: ${done.rowsImported} rows; idle ${idle.toFixed(0)} MB, peak ${peak.toFixed(0)} MB: ${above} MB above`,
      );
    } finally {
      await server.stop();
    }
  } finally {
    await postgres?.stop();
    rmSync(home, { recursive: true });
  }
}

try {
  say(`${cpus()[0]?.model} × ${cpus().length}; Node ${process.version}`);
  const bytes = Number(values.megabytes) * 1e6;
  for (const name of values.file) {
    const write = name === 'history' ? writeHistory : writeActivity;
    const file = join(folder, `${name}.csv`);
    // Rows are of even length: a tenth tells how many make the size.
    await write(file, 10_000);
    await write(file, Math.ceil((10_000 * bytes) / statSync(file).size));
    say(`${name} file of ${(statSync(file).size / 1e6).toFixed(0)} MB`);
    for (const kind of values.on) await measure(kind, file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
