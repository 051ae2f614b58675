import type { Database } from '@watchprint/database';
import type { Originals } from '@watchprint/lake';

/** Held from before an original is kept until its import can be seen, and from before it is looked up until it is gone. */
export const lockOriginal = (sha256: string) =>
  `pg_advisory_xact_lock(hashtextextended('watchprint original ' || ${sha256}, 0))::text`;

/** Originals are shared: another account may have sent the same file, or be sending it. */
export async function removeUnlessUsed({ sql }: Database, originals: Originals, sha256: string): Promise<void> {
  await sql.transaction(async (open) => {
    await open.query(`SELECT ${lockOriginal('$1')}`, [sha256]);
    const uses = await open.query('SELECT 1 AS one FROM import WHERE sha256 = $1 AND original_kept LIMIT 1', [sha256]);
    if (uses.length === 0) await originals.remove(sha256);
  });
}
