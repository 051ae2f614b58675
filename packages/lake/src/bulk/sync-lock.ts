import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BulkError } from './bulk-error.ts';
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.ts';

interface Holder extends ProcessIdentity {
  readonly token: string;
}

/**
 * Takes a dataset for one sync. A holder that has died does not count.
 * @returns gives it back.
 * @throws {BulkError} SYNC_RUNNING when a living process has it, or this one already does.
 */
export async function lockDataset(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'sync.lock');
  const mine: Holder = { ...thisProcess(), token: randomUUID() };
  const written = `${path}.${mine.token}`;
  await writeFile(written, JSON.stringify(mine), { mode: 0o600, flush: true });
  try {
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      if (await gotNew(written, path)) return () => release(path, mine);
      const holder = await readHolder(path);
      if (holder === null) continue;
      if (isAlive(holder))
        throw new BulkError(
          'SYNC_RUNNING',
          `A sync of this dataset is running already: process ${holder.pid} on ${holder.host} (${path})`,
        );
      await removeDead(path, holder);
    }
  } finally {
    await rm(written, { force: true });
  }
  throw new BulkError('SYNC_RUNNING', `${path} could not be taken: it keeps changing`);
}

/** The lock gets its name when it is written: nobody ever sees half of one. */
async function gotNew(written: string, path: string): Promise<boolean> {
  try {
    await link(written, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a dead process. Of several that try, one may: the folder made here is the right to, and whoever has it looks
 * again before it removes anything.
 */
async function removeDead(path: string, dead: Holder): Promise<void> {
  const turn = `${path}.takeover-${dead.token}`;
  try {
    await mkdir(turn);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 20));
    // Its turn takes milliseconds: one that is older belongs to a process that died in it.
    const { mtimeMs } = await stat(turn).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > longestTurnMs) await rm(turn, { recursive: true, force: true });
    return;
  }
  try {
    if ((await readHolder(path))?.token === dead.token) await rm(path, { force: true });
  } finally {
    await rm(turn, { recursive: true, force: true });
  }
}

const longestTurnMs = 10_000;

async function release(path: string, mine: Holder): Promise<void> {
  if ((await readHolder(path))?.token === mine.token) await rm(path, { force: true });
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    // A file that is no lock of ours holds nothing.
    return { token: 'unreadable', pid: -1, host: thisProcess().host, processStart: null };
  }
}
