import { openDatabase } from '@watchprint/database';
import { defineCommand } from 'citty';
import { type Config, readConfig } from '../config.ts';
import { askAdminSocket } from '../sign-in/admin-socket.ts';
import { administerTokens, type ListedToken, type TokenAnswer, type TokenRequest } from '../sign-in/token-admin.ts';
import { settledHolder } from './open-client.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from './output.ts';

const createOptions = {
  account: { type: 'string', required: true, description: 'Whose; opened when there is none of that name' },
  scope: { type: 'string', description: 'full (the default), or read: it may change nothing' },
  name: { type: 'string', description: 'What it is for' },
  expires: { type: 'string', description: 'Days until it ends; without it, it does not' },
} as const;

const create = defineCommand({
  meta: { name: 'create', description: 'Makes a token and shows it, once.' },
  args: createOptions,
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, createOptions);
      const scope = { full: 'FULL', read: 'READ' }[args.scope ?? 'full'];
      if (scope !== 'FULL' && scope !== 'READ') throw new UsageError('--scope is full or read');
      const expiresInDays = args.expires === undefined ? null : Number(args.expires);
      if (expiresInDays !== null && !(Number.isInteger(expiresInDays) && expiresInDays >= 1 && expiresInDays <= 36_500))
        throw new UsageError('--expires is a number of days, from 1 to 36500');
      const { account, name = null } = args;
      const { token, tokens } = await administer({ do: 'create', account, scope, name, expiresInDays });
      for (const kept of tokens ?? []) say(described(kept));
      say('This is the only time that it is shown. Send it as “Authorization: Bearer …”, or as WATCHPRINT_TOKEN:');
      print(token ?? '');
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});

const listOptions = { json: { type: 'boolean', description: 'As JSON' } } as const;

const list = defineCommand({
  meta: { name: 'list', description: 'Shows which tokens there are; none of them itself.' },
  args: listOptions,
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, listOptions);
      const { tokens = [] } = await administer({ do: 'list' });
      if (args.json) print(JSON.stringify(tokens, null, 2));
      else for (const token of tokens) print(described(token));
      if (tokens.length === 0) say('There are no tokens');
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});

const revoke = defineCommand({
  meta: { name: 'revoke', description: 'Ends a token at once.' },
  args: { id: { type: 'positional', required: true, description: 'Its id, as list shows it' } },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, {});
      const { revoked } = await administer({ do: 'revoke', id: args.id });
      if (!revoked) throw new UsageError(`There is no token with the id ${args.id}: watchprint token list shows them`);
      say(`${args.id} opens nothing any more`);
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});

export const tokenCommand = defineCommand({
  meta: { name: 'token', description: 'Tokens that programs sign in with, where AUTH=tokens.' },
  subCommands: { create, list, revoke },
});

/** Asks the database, or whoever has it open: an embedded one belongs to one process. */
async function administer(request: TokenRequest): Promise<TokenAnswer> {
  const config = readConfig(process.env);
  if (config.databaseUrl === 'memory:')
    throw new UsageError('DATABASE_URL is memory: no token could be kept for another process');
  if (config.databaseUrl === undefined) {
    if ((await settledHolder(config.home)) !== null) return askAdminSocket(config.home, request);
    // A token of another home than the server's opens nothing.
    say(`No server has ${config.home} open: opening it here`);
  }
  return ofDatabase(config, request);
}

async function ofDatabase({ home, databaseUrl }: Config, request: TokenRequest): Promise<TokenAnswer> {
  const database = await openDatabase({ url: databaseUrl, home, command: 'watchprint token' });
  try {
    return await administerTokens(database.sql, request);
  } finally {
    await database.close();
  }
}

function described({ id, account, scope, name, createdAt, expiresAt, lastUsedAt }: ListedToken): string {
  const day = (instant: string | null, otherwise: string) => instant?.slice(0, 10) ?? otherwise;
  const about = name === null ? '' : ` “${name}”`;
  return `${id}  ${account}  ${scope.toLowerCase()}${about}  made ${day(createdAt, '')}, ends ${day(expiresAt, 'never')}, last used ${day(lastUsedAt, 'never')}`;
}
