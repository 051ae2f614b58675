import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the test run one temporary folder and removes it at the end: the databases that tests make take 300 MB a run. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'watchprint-tests-'));
  // TMPDIR is what Node asks first on POSIX systems, TEMP on Windows; the test processes inherit both.
  process.env.TMPDIR = folder;
  process.env.TEMP = folder;
  return () => rm(folder, { recursive: true, force: true });
}
