import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When it began, in the system's own words; null where the system does not say. */
  readonly processStart: string | null;
}

// The lock of a home has the same few lines (packages/database): neither package may import the other.
export const thisProcess = (): ProcessIdentity => ({
  pid: process.pid,
  host: hostname(),
  processStart: processStart(process.pid),
});

/** Whether a process lives. One of another machine cannot be seen from here, so its word stands. */
export function isAlive({ pid, host, processStart: began }: ProcessIdentity): boolean {
  if (host !== hostname()) return true;
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const start = processStart(pid);
  return start === null || began === null || start === began;
}

/** Field 22 of /proc/PID/stat. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
