import type { Sql } from '../connection/sql.ts';
import { openAccount } from './account-directory.ts';

export type TokenScope = 'FULL' | 'READ';

/** What is kept of a token; never the token. */
export interface ApiToken {
  readonly id: string;
  readonly account: string;
  readonly scope: TokenScope;
  readonly name: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** To the hour. */
  readonly lastUsedAt: Date | null;
}

export interface NewToken {
  readonly id: string;
  readonly sha256: string;
  /** Opened when there is none of that name. */
  readonly account: string;
  readonly scope: TokenScope;
  readonly name: string | null;
  readonly expiresInDays: number | null;
}

/** Keeps a new token's hash. */
export async function createToken(sql: Sql, token: NewToken): Promise<ApiToken> {
  const { id, sha256, account, scope, name, expiresInDays } = token;
  await sql.query(
    `INSERT INTO api_token (account_id, id, sha256, scope, name, expires_at)
     VALUES ($1::uuid, $2::uuid, $3, $4::"TokenScope", $5, now() + make_interval(days => $6::int))`,
    [await openAccount(sql, account), id, sha256, scope, name, expiresInDays],
  );
  const [kept] = await tokens(sql, 'WHERE token.id = $1::uuid', [id]);
  if (kept === undefined) throw new Error('The token was revoked while it was made');
  return kept;
}

/** Every token of every account that is not being deleted, oldest first. */
export const listTokens = (sql: Sql): Promise<ApiToken[]> => tokens(sql, 'ORDER BY account.name, token.id', []);

/** @returns whether there was one of that id. */
export async function revokeToken(sql: Sql, id: string): Promise<boolean> {
  return (await sql.query('DELETE FROM api_token WHERE id = $1::uuid RETURNING 1', [id])).length > 0;
}

/** Whose a token is, and what it hashes to. */
export interface TokenOwner {
  readonly accountId: string;
  readonly sha256: string;
  readonly scope: TokenScope;
}

/** The token of a public id, unless it has expired or its account is being deleted; its hash is for the caller to compare. */
export async function findToken(sql: Sql, id: string): Promise<(TokenOwner & { markUsed(): Promise<void> }) | null> {
  const [found] = await sql.query<TokenOwner & { isStale: boolean }>(
    `SELECT account_id::text AS "accountId", sha256, scope::text,
       coalesce(last_used_at < now() - interval '1 hour', true) AS "isStale"
     FROM api_token WHERE id = $1::uuid AND (expires_at IS NULL OR expires_at > now())
       AND NOT EXISTS (SELECT FROM account WHERE account.id = account_id AND deleting_since IS NOT NULL)`,
    [id],
  );
  if (found === undefined) return null;
  const { isStale, ...owner } = found;
  return {
    ...owner,
    async markUsed() {
      if (isStale)
        await sql.query('UPDATE api_token SET last_used_at = now() WHERE account_id = $1::uuid AND id = $2::uuid', [
          owner.accountId,
          id,
        ]);
    },
  };
}

const tokens = (sql: Sql, rest: string, values: readonly string[]): Promise<ApiToken[]> =>
  sql.query(
    `SELECT token.id::text, account.name AS account, token.scope::text, token.name, token.created_at AS "createdAt",
       token.expires_at AS "expiresAt", token.last_used_at AS "lastUsedAt"
     FROM api_token token JOIN account ON account.id = token.account_id AND account.deleting_since IS NULL ${rest}`,
    values,
  );
