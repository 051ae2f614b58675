import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Who has the embedded database open. */
export interface LockHolder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the system's own words: tells it from another that got the same number. */
  readonly processStart: string | null;
  readonly command: string;
  /** Where it answers, once it does. */
  readonly url: string | null;
}

/** The embedded database is open already, in another process or this one; two would lose each other's rows without a word. */
export class HomeLockedError extends Error {
  override readonly name = 'HomeLockedError';
  readonly code = 'HOME_LOCKED';
  readonly retryable = true;
  readonly holder: LockHolder;
  constructor(folder: string, holder: LockHolder) {
    const at = holder.url === null ? '' : `, at ${holder.url}`;
    let advice = holder.url === null ? 'Try again when it has ended.' : 'Stop it, or talk to it instead.';
    if (holder.pid === process.pid && holder.host === hostname())
      advice = 'That is this process: use the client or server that it has open, or close that first.';
    super(`${folder} is in use by process ${holder.pid} on ${holder.host} (${holder.command})${at}. ${advice}`);
    this.holder = holder;
  }
}

export interface HomeLock {
  /** Tells others where this process answers. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

const lockFile = (home: string) => join(home, 'lock.json');

/** Who holds a home at the moment; null when nobody does, or when the holder has died. */
export async function homeHolder(home: string): Promise<LockHolder | null> {
  const holder = await readHolder(home);
  return holder !== null && isAlive(holder) ? holder : null;
}

/**
 * Takes a home for this process alone.
 * @throws {HomeLockedError} when a living process has it.
 */
export async function lockHome(home: string, command: string): Promise<HomeLock> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const mine: LockHolder = {
    token: randomUUID(),
    pid: process.pid,
    host: hostname(),
    processStart: processStart(process.pid),
    command,
    url: null,
  };
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (await createExclusively(lockFile(home), JSON.stringify(mine))) return held(home, mine);
    const holder = await readHolder(home);
    if (holder === null) continue;
    if (isAlive(holder)) throw new HomeLockedError(home, holder);
    await removeDead(home, holder);
  }
  throw new Error(`${lockFile(home)} could not be taken: it keeps changing`);
}

function held(home: string, mine: LockHolder): HomeLock {
  return {
    async announce(url) {
      const next = `${lockFile(home)}.${mine.token}`;
      await writeFile(next, JSON.stringify({ ...mine, url }), { mode: 0o600 });
      await rename(next, lockFile(home));
    },
    async release() {
      const holder = await readHolder(home);
      if (holder?.token === mine.token) await rm(lockFile(home), { force: true });
    },
  };
}

/**
 * Removes the lock of a dead process. Of several that try, one may: the folder made here is the right to,
 * and whoever has it looks again before it removes anything.
 */
async function removeDead(home: string, dead: LockHolder): Promise<void> {
  const turn = join(home, `lock.takeover-${dead.token}`);
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
    const still = await readHolder(home);
    if (still?.token === dead.token) await rm(lockFile(home), { force: true });
  } finally {
    await rm(turn, { recursive: true, force: true });
  }
}

const longestTurnMs = 10_000;

async function createExclusively(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(content);
    await file.sync();
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(home: string): Promise<LockHolder | null> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    try {
      return JSON.parse(await readFile(lockFile(home), 'utf8')) as LockHolder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      // Just being written: look again.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  // Its writer died between creating and filling it.
  return { token: 'unreadable', pid: -1, host: hostname(), processStart: null, command: 'unknown', url: null };
}

function isAlive(holder: LockHolder): boolean {
  // Another machine's processes cannot be seen from here, so its word stands.
  if (holder.host !== hostname()) return true;
  if (holder.pid <= 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const start = processStart(holder.pid);
  return start === null || holder.processStart === null || start === holder.processStart;
}

/** Field 22 of /proc/PID/stat; null where the system has no such file. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
