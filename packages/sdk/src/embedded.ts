import { createServer, type ServerOptions } from '@watchprint/server';
import { type Client, clientOver } from './client.ts';
import { ArgumentError, ClientClosedError } from './errors.ts';
import { createTransport } from './transport.ts';

export interface EmbeddedClientOptions extends ServerOptions {
  /** Whose account the client is for, where the program has several people. Default `local`. */
  readonly account?: string;
}

export interface EmbeddedClient extends Client {
  /**
   * The same engine for another account: what a program with people of its own hands to each of them. The account is opened when it
   * is seen for the first time, and none sees anything of another. Costs nothing: make one a request.
   *
   * @param account what the program calls this person: its own user id, say. From 1 to 200 characters, and for good.
   * @returns a client that ends with this one; closing it alone ends nothing else.
   * @example
   * const profiles = await watchprint.as(`user-${request.user.id}`).profiles();
   */
  as(account: string): Client;
}

/**
 * A client with the whole engine in this process: no port, no second service. Needs `@watchprint/server` installed beside it.
 * Call `close()` when done: until then the process does not end by itself.
 *
 * @throws an error with code `HOME_LOCKED` (retryable) when the home is open already, in this process or another; with code `CONFIG`,
 *   naming each, when a setting is wrong.
 * @throws {ArgumentError} when `account` is no name of one.
 */
export async function createEmbeddedClient(options: EmbeddedClientOptions = {}): Promise<EmbeddedClient> {
  const { account: own = 'local', ...serverOptions } = options;
  checkAccount(own);
  const server = await createServer(serverOptions);
  let isClosed = false;
  const transportFor = (account: string) =>
    createTransport({ url: 'http://embedded.invalid', fetch: (request) => server.fetch(request, { account }) });
  const client = clientOver(transportFor(own), async () => {
    isClosed = true;
    await server.close();
  });
  return {
    ...client,
    as(account) {
      checkAccount(account);
      if (isClosed) throw new ClientClosedError();
      return clientOver(transportFor(account), async () => {});
    },
  };
}

function checkAccount(account: unknown): void {
  if (typeof account !== 'string' || account.trim() === '' || account.length > 200 || /\p{Cc}/u.test(account))
    throw new ArgumentError(`account is a name of 1 to 200 characters, not ${JSON.stringify(account)}`);
}
