import { defineConfig } from 'vitest/config';

/** What others install: the tarballs of `npm pack`, in folders outside of the repository, on two versions of Node. */
export default defineConfig({
  test: {
    globalSetup: ['./test/packed/setup.ts'],
    include: ['test/packed/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
