import { createServer, type ServerOptions } from '@watchprint/server';
import { type Client, clientOver } from './client.ts';
import { createTransport } from './transport.ts';

export type EmbeddedClientOptions = ServerOptions;

/**
 * A client with the whole engine in this process: no port, no second service. Needs `@watchprint/server` installed beside it.
 * Call `close()` when done.
 *
 * @throws an error with code `HOME_LOCKED` when another process has the home open.
 */
export async function createEmbeddedClient(options: EmbeddedClientOptions = {}): Promise<Client> {
  const server = await createServer(options);
  const transport = createTransport({ url: 'http://embedded.invalid', fetch: (request) => server.fetch(request) });
  return clientOver(transport, () => server.close());
}
