import { homeHolder, type LockHolder } from '@watchprint/database';
import { type Client, createClient } from '@watchprint/sdk';
import type { Config } from '../config.ts';
import { createServer, type ServerOptions } from '../server.ts';
import { say } from './output.ts';

/** Of every command that asks in somebody's name. */
export const tokenOption = {
  type: 'string',
  description: 'Whose account, where people sign in; better set as WATCHPRINT_TOKEN',
} as const;

/**
 * A client of the server that runs on this home; where none does, of one in this process, ended with the client.
 * @param given what stands behind `--token`: who is asking, where people sign in
 */
export async function openClient(
  config: Config,
  command: string,
  given: string | undefined,
  options: Pick<ServerOptions, 'isMatching'> = {},
): Promise<Client> {
  const token = given ?? (process.env.WATCHPRINT_TOKEN || undefined);
  if (config.databaseUrl === undefined) {
    const holder = await settledHolder(config.home);
    if (holder?.url) {
      say(`Using the server at ${holder.url}`);
      return createClient({ url: holder.url, token });
    }
    // The home is a folder of where the command is called, unless it is set: say so before rows go where nobody looks.
    if (holder === null) say(`No server has ${config.home} open: opening it here`);
  }
  const server = await createServer({ ...options, config: { ...config, logLevel: 'silent' }, command });
  const client = createClient({ url: 'http://embedded.invalid', token, fetch: (request) => server.fetch(request) });
  return { ...client, close: () => server.close() };
}

/** How long to wait for whoever has the home. */
const mostWaitMs = 60_000;

/** Who has a home, once it says where it answers: a server that is starting does soon, and another import ends. */
export async function settledHolder(home: string): Promise<LockHolder | null> {
  const began = Date.now();
  let holder = await homeHolder(home);
  if (holder !== null && holder.url === null)
    say(`Waiting for process ${holder.pid} (${holder.command}), which has ${home} open …`);
  while (holder !== null && holder.url === null && Date.now() - began < mostWaitMs) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    holder = await homeHolder(home);
  }
  return holder;
}
