import { listTokens, revokeToken, type SqlConnection } from '@watchprint/database';
import { z } from 'zod';
import { issueToken } from './api-token.ts';
import { checkAccountName } from './caller.ts';

/** What is asked about tokens, by whoever the home belongs to. */
export const tokenRequest = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('create'),
    account: z.string(),
    scope: z.enum(['FULL', 'READ']),
    name: z.string().max(200).nullable(),
    expiresInDays: z.number().int().min(1).max(36_500).nullable(),
  }),
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('revoke'), id: z.string() }),
]);

export type TokenRequest = z.infer<typeof tokenRequest>;

/** A token as it is listed: as JSON carries it. */
export interface ListedToken {
  readonly id: string;
  readonly account: string;
  readonly scope: 'FULL' | 'READ';
  readonly name: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

export interface TokenAnswer {
  /** The token itself: once, to who has it made. */
  readonly token?: string;
  readonly tokens?: readonly ListedToken[];
  readonly revoked?: boolean;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws {AccountNameError} */
export async function administerTokens(sql: SqlConnection, request: TokenRequest): Promise<TokenAnswer> {
  switch (request.do) {
    case 'create': {
      const { account, scope, name, expiresInDays } = request;
      checkAccountName(account);
      const { token, kept } = await issueToken(sql, { account, scope, name, expiresInDays });
      return { token, tokens: [JSON.parse(JSON.stringify(kept)) as ListedToken] };
    }
    case 'list':
      return { tokens: JSON.parse(JSON.stringify(await listTokens(sql))) as ListedToken[] };
    case 'revoke': {
      const id = request.id.toLowerCase();
      return { revoked: uuid.test(id) && (await revokeToken(sql, id)) };
    }
  }
}
