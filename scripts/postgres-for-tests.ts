import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL that tests may make databases in. */
    postgresUrl: string;
  }
}

/** Starts a real PostgreSQL for the test run, or uses TEST_DATABASE_URL. */
export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    provide('postgresUrl', given);
    return undefined;
  }
  const postgres = await startPostgres(['-c', 'fsync=off', '-c', 'max_connections=200']);
  provide('postgresUrl', postgres.url);
  return postgres.stop;
}
