import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`packages/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      // Node loads this copy for our dependencies; a second one would not know its errors.
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      // The published packages from their sources, as tsconfig.json has it.
      { find: /^@watchprint\/(sdk|server)$/, replacement: source('$1/src/index.ts') },
      { find: /^@watchprint\/sdk\/embedded$/, replacement: source('sdk/src/embedded.ts') },
    ],
  },
  ssr: { resolve: { conditions: ['node'], externalConditions: ['node'] } },
  test: {
    // Left to itself it runs one file at a time on two cores, and most wait for a database or another process.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: [
      './scripts/postgres-for-tests.ts',
      './scripts/embedded-home-for-tests.ts',
      './scripts/command-for-tests.ts',
    ],
    setupFiles: ['./scripts/temporary-folder-for-tests.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    include: ['packages/*/{src,bench}/**/*.test.ts', 'scripts/**/*.test.ts', 'examples/*/**/*.test.ts'],
  },
});
