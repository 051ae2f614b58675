import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { type AccountSql, accountRows, exportedTables } from '@watchprint/database';

/** Grows by one whenever a reader of the last one could go wrong. */
export const exportVersion = 1;

/**
 * Writes an account as one JSON object: an array a table, a row a line, and at the end how many rows each has, so that whoever
 * reads it can tell that it is whole.
 */
export async function writeJson(account: AccountSql, out: Writable): Promise<void> {
  const head = { format: 'watchprint-export', version: exportVersion, exportedAt: new Date().toISOString() };
  await write(out, JSON.stringify(head).slice(0, -1));
  const counts: Record<string, number> = {};
  for (const table of exportedTables) {
    let count = 0;
    await write(out, `,\n"${table.name}":[`);
    for await (const rows of accountRows(account, table)) {
      await write(out, `${count === 0 ? '' : ','}\n${rows.join(',\n')}`);
      count += rows.length;
    }
    counts[table.name] = count;
    await write(out, ']');
  }
  await write(out, `,\n"counts":${JSON.stringify(counts)}}\n`);
}

async function write(out: Writable, text: string): Promise<void> {
  const gone = () => new Error('Whoever received the export has gone');
  if (out.destroyed) throw gone();
  if (out.write(text)) return;
  const waiting = new AbortController();
  const events = ['drain', 'close'].map((event) => once(out, event, { signal: waiting.signal }));
  await Promise.race(events);
  waiting.abort();
  await Promise.allSettled(events);
  if (out.destroyed) throw gone();
}
