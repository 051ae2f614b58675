import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A home with an embedded database that is up to date and empty. */
    embeddedHome: string;
  }
}

/** Makes an embedded database once for the test run, which takes seconds: each test that wants one begins with a copy. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'watchprint-empty-home-'));
  // In a process of its own: the database's thread cannot be started from where Vitest runs this.
  const make = `import { openDatabase } from '@watchprint/database';
    await (await openDatabase({ home: process.argv[1] })).close();`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', make, home];
  await promisify(execFile)(process.execPath, args, { cwd: join(import.meta.dirname, '..') });
  provide('embeddedHome', home);
  return () => rm(home, { recursive: true, force: true });
}
