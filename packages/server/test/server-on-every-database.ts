import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@watchprint/sdk';
import { describe } from 'vitest';
import { newPostgresDatabase } from '../../database/test/databases.ts';
import { createServer, type WatchprintServer } from '../src/server.ts';

/** Runs a suite against a server on each database that we support, empty at first. */
export function onEveryServer(name: string, suite: (open: () => Promise<WatchprintServer>) => void): void {
  describe.each(['embedded', 'postgres'] as const)(`${name} (%s)`, (kind) => {
    suite(async () => {
      const databaseUrl = kind === 'embedded' ? 'memory:' : await newPostgresDatabase();
      const home = await mkdtemp(join(tmpdir(), 'watchprint-test-'));
      return createServer({ config: { home, databaseUrl, logLevel: 'silent', port: 0 } });
    });
  });
}

/** A client of a server that has no port. */
export const clientOf = (server: WatchprintServer): Client =>
  createClient({ url: 'http://embedded.invalid', fetch: (request) => server.fetch(request) });

interface Answer {
  readonly data?: Record<string, never>;
  readonly errors?: { message: string; extensions: { code: string } }[];
}

/** Asks a server, as a client does. */
export async function ask(server: WatchprintServer, query: string, variables: object = {}): Promise<Answer> {
  const response = await server.fetch(
    new Request('http://embedded.invalid/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    }),
  );
  return (await response.json()) as Answer;
}
