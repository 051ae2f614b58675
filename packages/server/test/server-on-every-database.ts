import { type Database, openDatabase } from '@watchprint/database';
import { type Client, createClient } from '@watchprint/sdk';
import { describe } from 'vitest';
import { databaseKinds, newPlace } from '../../database/test/databases.ts';
import type { GivenConfig } from '../src/config.ts';
import type { CatalogueKeeper } from '../src/matching/catalogue-keeper.ts';
import { createServer, type ServerOptions, type WatchprintServer } from '../src/server.ts';

export interface ServerOfTest extends WatchprintServer {
  /** What the server has open, to look behind it. */
  readonly database: Database;
  readonly home: string;
}

type OpenServer = (
  catalogues?: CatalogueKeeper,
  isMatching?: boolean,
  config?: GivenConfig,
  options?: Pick<ServerOptions, 'readerLimits'>,
) => Promise<ServerOfTest>;

/** Runs a suite against a server on each database that we support, empty at first. */
export function onEveryServer(name: string, suite: (open: OpenServer) => void): void {
  describe.each(databaseKinds)(`${name} (%s)`, (kind) => {
    suite(async (catalogues, isMatching = true, given = {}, options = {}) => {
      const place = await newPlace(kind);
      const { home } = place;
      const database = await openDatabase(place);
      const config = { home, logLevel: 'silent', port: 0, sources: [], ...given };
      const server = await createServer({
        ...options,
        database,
        config,
        isMatching,
        ...(catalogues && { catalogues }),
      });
      return { ...server, database, home };
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

/** Waits until an account's strings are matched. @returns how that ended. */
export async function matched(server: WatchprintServer): Promise<string> {
  for (;;) {
    const { data } = await ask(server, '{ viewer { matching { status } } }');
    const status = (data as unknown as { viewer: { matching: { status: string } | null } }).viewer.matching?.status;
    if (status === undefined || status === 'COMPLETED' || status === 'FAILED' || status === 'WAITING')
      return status ?? 'NONE';
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
