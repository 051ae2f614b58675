// As remote-types.ts, for the embedded entry and the server.
import type { Client } from '@watchprint/sdk';
import { createEmbeddedClient } from '@watchprint/sdk/embedded';
import { type Config, createServer, readConfig } from '@watchprint/server';

export async function use(): Promise<Response> {
  const { home }: Config = readConfig({});
  const embedded = await createEmbeddedClient({ config: { home } });
  const client: Client = embedded.as('user-1');
  // @ts-expect-error: a port is a number
  await createEmbeddedClient({ config: { port: '80' } });
  // @ts-expect-error: answers a promise
  client.profiles().length;
  const server = await createServer({ config: { databaseUrl: 'memory:' } });
  // @ts-expect-error: what a database is, is not published
  await createServer({ database: server });
  return server.fetch(new Request('http://here/graphql'));
}
