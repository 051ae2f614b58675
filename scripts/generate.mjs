// Makes the generated code: Prisma's client and Pothos' types. Needs no download beyond the npm registry.
import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const prisma = fileURLToPath(new URL('../node_modules/prisma/build/index.js', import.meta.url));

// `prisma generate` insists on a schema engine that it does not run; any executable satisfies it, and nothing is fetched.
const { status } = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
  cwd: root,
  env: {
    ...process.env,
    // The Pothos generator is found by name.
    PATH: `${fileURLToPath(new URL('../node_modules/.bin', import.meta.url))}${delimiter}${process.env.PATH}`,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
  },
  stdio: ['ignore', process.env.CI ? 'inherit' : 'ignore', 'inherit'],
});
process.exit(status ?? 1);
