import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    conditions: ['development'],
    // Node loads this copy for our dependencies; a second one would not know its errors.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  ssr: { resolve: { conditions: ['development', 'node'], externalConditions: ['node'] } },
  test: {
    globalSetup: ['./scripts/postgres-for-tests.ts', './scripts/temporary-folder-for-tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'examples/*/**/*.test.ts'],
  },
});
