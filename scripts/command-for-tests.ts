import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** What Node runs for the watchprint command: a build of the sources as they are. */
    command: string[];
  }
}

const server = join(import.meta.dirname, '../packages/server');

/** Builds the command once for the test run: from its sources, which are translated as they are read, each start of it takes seconds more. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Where it finds the packages that it needs, and no other tool finds it.
  await mkdir(join(server, 'node_modules'), { recursive: true });
  const folder = await mkdtemp(join(server, 'node_modules/.command-for-tests-'));
  const build = () => promisify(execFile)('npx', ['tsup', '--no-dts', '--out-dir', folder], { cwd: server });
  await build();
  project.provide('command', [join(folder, 'command.js')]);
  project.onTestsRerun(async () => void (await build()));
  return () => rm(folder, { recursive: true, force: true });
}
