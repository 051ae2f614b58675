import { freshPages, type RefusedPage, refusedPages, rememberRefusals, type Sql } from '@watchprint/database';
import { retryAtAfter } from '@watchprint/engine';
import {
  type Ask,
  type FactKind,
  factKinds,
  type Page,
  type PageResult,
  type Reader,
  type Reading,
} from '@watchprint/sources';
import type { Recall } from './page-keeper.ts';

export interface AskPagesOptions {
  readonly sql: Sql;
  readonly reader: Reader;
  /** Finds answers that came before a process died and were not kept as facts. */
  readonly recall: Recall;
}

/** How one kind of facts asks for its pages, and what was not asked for. */
export interface PagesAsked {
  readonly ask: Ask;
  /** Keys of pages that were there and not read now. */
  readonly known: ReadonlySet<string>;
}

/**
 * Asks sources for no more than has to be asked: what another kind keeps and what came before a process died is taken from there, and a page
 * that turned somebody away is left alone.
 * @param since When the first was wanted of those that a process had and did not end; null: there are none.
 * @param now As of when refusals count.
 */
export function askPages(
  { sql, reader, recall }: AskPagesOptions,
  kind: FactKind<unknown>,
  since: Date | null,
  now: Date,
): PagesAsked {
  const known = new Set<string>();
  const ask: Ask = async (page, keys, options) => {
    const stored = await knownPages(sql, kind, page, keys);
    for (const key of stored?.readings.keys() ?? []) known.add(key);
    const remembered = stored ?? (since === null ? null : await recall(page, keys, since));
    const unknown = remembered === null ? keys : keys.filter((key) => !remembered.readings.has(key));
    const refused = await refusedResult(sql, page, unknown);
    // One title needs all of its pages: where one refuses, the others are no help yet.
    const left =
      refused !== null && kind.batch === 1 ? [] : unknown.filter((key) => refused?.readings.has(key) !== true);
    const asked = left.length > 0 ? await reader.read(page, left, options) : null;
    for (const answered of [asked, remembered]) if (answered !== null) await rememberIn(sql, page, answered, now);
    return together([asked, refused, remembered].filter((result) => result !== null));
  };
  return { ask, known };
}

/** The first says the most of how it went. */
function together<Facts>(results: readonly PageResult<Facts>[]): PageResult<Facts> {
  const [first] = results;
  const readings = new Map(results.flatMap((result) => [...result.readings]));
  const fetchedAt = results.find((result) => result.fetchedAt !== null)?.fetchedAt ?? null;
  return { ...(first ?? nothing), readings, fetchedAt };
}

const nothing: Omit<PageResult<never>, 'readings'> = { code: null, retryAt: null, fetchedAt: null, validators: null };

/** Of pages that another kind keeps, those that are there. */
async function knownPages<Facts>(
  sql: Sql,
  { reuses }: FactKind<unknown>,
  page: Page<Facts>,
  keys: readonly string[],
): Promise<PageResult<Facts> | null> {
  if (reuses?.page !== page) return null;
  const rows = await freshPages(sql, reuses.kind, keys);
  if (rows.length === 0) return null;
  const readings = new Map(
    rows.map(({ pageKey, facts }) => [pageKey, { status: 'FOUND', facts: facts as Facts }] as const),
  );
  return { ...nothing, readings, fetchedAt: rows[0]?.fetchedAt ?? null };
}

/** Pages that several kinds are read from. Of others the facts themselves remember that they were refused. */
const sharedPages: ReadonlySet<Page<unknown>> = new Set(
  factKinds
    .flatMap(({ page, absencePage }) => [page, ...(absencePage === undefined ? [] : [absencePage])])
    .filter((page, place, all) => all.indexOf(page) !== place),
);

async function refusedResult<Facts>(
  sql: Sql,
  page: Page<Facts>,
  keys: readonly string[],
): Promise<PageResult<Facts> | null> {
  if (!sharedPages.has(page) || keys.length === 0) return null;
  const rows = await refusedPages(sql, page, keys);
  if (rows.length === 0) return null;
  const readings = new Map(
    rows.map(({ key, errorCode, reason, until }) => {
      const retryAfterMs = Math.max(0, until.getTime() - Date.now());
      return [key, { status: 'BLOCKED', reason, code: errorCode as RefusalCode, retryAfterMs }] as const;
    }),
  );
  const last = rows.reduce((one, other) => (one.until < other.until ? other : one));
  return { ...nothing, readings, retryAt: last.until };
}

/** As it was remembered. */
type RefusalCode = Extract<Reading<unknown>, { status: 'BLOCKED' }>['code'];

async function rememberIn(sql: Sql, page: Page<unknown>, result: PageResult<unknown>, now: Date): Promise<void> {
  // Where nothing was answered it was not the page that refused.
  if (!sharedPages.has(page) || result.fetchedAt === null) return;
  const refused = [...result.readings].flatMap(([key, reading]): RefusedPage[] => {
    if (reading.status !== 'BLOCKED') return [];
    const errorCode = reading.code ?? 'CHALLENGE';
    const until = result.retryAt ?? retryAtAfter(errorCode, now);
    return [{ key, errorCode, reason: reading.reason, until }];
  });
  await rememberRefusals(sql, page, refused);
}
