import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type ApiToken, createToken, findToken, type NewToken, type SqlConnection } from '@watchprint/database';
import { v7 as uuidv7 } from 'uuid';
import { type Caller, UnauthenticatedError } from './caller.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** `wp_`, the public id, and 32 random bytes. The prefix lets scanners of leaked secrets know it. */
const form = /^wp_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/;

/** Makes a token. @returns the token itself, which is nowhere kept, beside what is. */
export async function issueToken(
  sql: SqlConnection,
  asked: Omit<NewToken, 'id' | 'sha256'>,
): Promise<{ token: string; kept: ApiToken }> {
  const id = uuidv7();
  const token = `wp_${id.replaceAll('-', '')}_${randomBytes(32).toString('base64url')}`;
  return { token, kept: await createToken(sql, { ...asked, id, sha256: sha256(token) }) };
}

/** What a token is compared with that there is none of: it takes as long. */
const nothing = sha256('');

/** Whose a token is. @throws {UnauthenticatedError} */
export async function callerOfToken(sql: SqlConnection, token: string): Promise<Caller> {
  const [, ...id] = form.exec(token) ?? [];
  if (id.length === 0) throw new UnauthenticatedError('bad');
  // Found by its public part, so that no look-up depends on the secret one; that is compared in constant time.
  const found = await findToken(sql, id.join('-'));
  const isSame = timingSafeEqual(Buffer.from(found?.sha256 ?? nothing, 'hex'), Buffer.from(sha256(token), 'hex'));
  if (found === null || !isSame) throw new UnauthenticatedError('bad');
  await found.markUsed();
  return { accountId: found.accountId, mayWrite: found.scope === 'FULL' };
}
