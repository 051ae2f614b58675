import pg from 'pg';
import { vi } from 'vitest';

/** Statements that read tables. The worker's, which come whenever they like, lock, write or tidy. */
function reads([statement]: readonly unknown[]): boolean {
  const text = typeof statement === 'string' ? statement : (statement as { text?: string }).text;
  return /^\s*SELECT\b[\s\S]*\bFROM\b/i.test(text ?? '');
}

/**
 * What some work costs: how many statements read tables, and how many rows the one that brings most brings. Both databases are
 * spoken to by node-postgres, so that every statement passes here.
 */
export async function costOf(work: () => Promise<void>): Promise<{ statements: number; mostRows: number }> {
  const rows: number[] = [];
  const original = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  const count = (result: pg.QueryResult | undefined) => {
    rows.push(result?.rows.length ?? 0);
    return result;
  };
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    if (!reads(given)) return original.apply(this, given);
    // A pool asks with a callback, everybody else for a promise.
    const callback = given.at(-1);
    if (typeof callback === 'function')
      given[given.length - 1] = (error: Error | null, result?: pg.QueryResult) => {
        count(result);
        callback(error, result);
      };
    const answer = original.apply(this, given);
    return answer instanceof Promise ? answer.then(count) : answer;
  } as never);
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  if (rows.length === 0) throw new Error('No statement was seen: nothing was counted');
  return { statements: rows.length, mostRows: Math.max(...rows) };
}
