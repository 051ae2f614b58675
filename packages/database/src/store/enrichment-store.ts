import { storableJson, storableText } from '../batch/storable-text.ts';
import type { Sql } from '../connection/sql.ts';
import { thisTransaction } from './changed-facts-store.ts';

/** Which facts of which title. */
export interface EnrichmentKey {
  readonly kind: string;
  readonly subject: string;
}

/** What is stored of one kind of facts of one title. Dates are in UTC. */
export interface EnrichmentRow extends EnrichmentKey {
  readonly answer: 'FOUND' | 'NOT_FOUND' | null;
  readonly facts: unknown;
  /** What the source was asked for, in its own terms. */
  readonly pageKey: string | null;
  readonly fetchedAt: Date | null;
  readonly freshUntil: Date | null;
  readonly failure: 'BLOCKED' | 'FAILED' | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly retryAt: Date | null;
  readonly isWanted: boolean;
}

export type EnrichmentState = Omit<EnrichmentRow, 'facts'>;

/** @param more Further columns. */
const readRows = <Row>(sql: Sql, keys: readonly EnrichmentKey[], more = ''): Promise<Row[]> =>
  sql.query<Row>(
    `SELECT enrichment.kind, enrichment.subject, answer::text, page_key AS "pageKey", fetched_at AS "fetchedAt", fresh_until AS "freshUntil",
       failure::text, error_code AS "errorCode", error_message AS "errorMessage", retry_at AS "retryAt", wanted_at IS NOT NULL AS "isWanted"${more}
     FROM unnest($1::text[], $2::text[]) AS asked(kind, subject) JOIN enrichment USING (kind, subject)`,
    [keys.map(({ kind }) => kind), keys.map(({ subject }) => subject)],
  );

/** What is known of these, in one statement; what is not there was never asked for. */
export const readEnrichments = (sql: Sql, keys: readonly EnrichmentKey[]): Promise<EnrichmentRow[]> =>
  readRows(sql, keys, ', facts');

/** How these stand: the same without the facts, which take most of the time to read. */
export const readEnrichmentStates = (sql: Sql, keys: readonly EnrichmentKey[]): Promise<EnrichmentState[]> =>
  readRows(sql, keys);

/** The subject of Wikidata's item that has an id; null: none is known. */
export async function itemSubjectOf(
  sql: Sql,
  property: 'wikidataId' | 'rottenTomatoesId' | 'netflixId',
  id: string,
): Promise<string | null> {
  // The expression is the index's own.
  const [row] = await sql.query<{ subject: string }>(
    `SELECT subject FROM enrichment WHERE kind = 'wikidata-item' AND facts ->> '${property}' = $1 ORDER BY subject LIMIT 1`,
    [id],
  );
  return row?.subject ?? null;
}

/** The subject of Wikidata's item that has an article. */
export async function subjectOfArticle(sql: Sql, language: string, title: string): Promise<string | null> {
  const [row] = await sql.query<{ subject: string }>(
    `SELECT subject FROM enrichment WHERE kind = 'wikidata-item' AND facts -> 'articles' @> jsonb_build_object($1::text, $2::text)
     ORDER BY subject LIMIT 1`,
    [language, title],
  );
  return row?.subject ?? null;
}

export interface WantedEnrichment extends EnrichmentKey {
  /** The subject of Wikidata's item that it is found by; null where it needs none. */
  readonly item: string | null;
  readonly about: object;
  /** The least first. */
  readonly priority: number;
}

/** Notices to whoever reads the sources: the payload names the kinds that there is something to read of. */
export const wantedChannel = 'watchprint_enrichment_wanted';

/**
 * Has some read that are not known, or out of date, and not to be left alone after a failure. One that somebody waits for already goes no
 * later than it did.
 */
export async function wantEnrichments(sql: Sql, wanted: readonly WantedEnrichment[]): Promise<void> {
  // In one order, or two who want the same would wait for each other.
  const distinct = [...new Map(wanted.map((one) => [`${one.kind} ${one.subject}`, one])).values()].sort((one, other) =>
    one.kind + one.subject < other.kind + other.subject ? -1 : 1,
  );
  if (distinct.length > 0) await unlessDeadlocked(() => sendWanted(sql, distinct));
}

/** PostgreSQL's code for two who wait for each other. */
const deadlock = '40P01';

/** Once more if need be: others may hold rows in another order, seldom and for a moment. */
async function unlessDeadlocked(send: () => Promise<unknown>): Promise<void> {
  await send().catch((error: { code?: string }) => {
    if (error.code !== deadlock) throw error;
    return send();
  });
}

async function sendWanted(sql: Sql, distinct: readonly WantedEnrichment[]): Promise<void> {
  await sql.query(
    `WITH added AS (
       INSERT INTO enrichment (kind, subject, item, about, priority, wanted_at)
       SELECT kind, subject, item, about::jsonb, priority, now()
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[]) AS given(kind, subject, item, about, priority)
       ON CONFLICT (kind, subject) DO UPDATE SET about = excluded.about, item = excluded.item,
         priority = CASE WHEN enrichment.wanted_at IS NULL THEN excluded.priority
                         ELSE least(enrichment.priority, excluded.priority) END,
         attempts = CASE WHEN enrichment.wanted_at IS NULL THEN 0 ELSE enrichment.attempts END,
         wanted_at = coalesce(enrichment.wanted_at, now())
       WHERE CASE WHEN enrichment.wanted_at IS NOT NULL THEN enrichment.priority > excluded.priority
         ELSE (enrichment.fresh_until IS NULL OR enrichment.fresh_until <= now())
           AND (enrichment.failure IS NULL OR enrichment.retry_at IS NULL OR enrichment.retry_at <= now()) END
       RETURNING kind)
     SELECT pg_notify($6, string_agg(DISTINCT kind, ' ')) FROM added HAVING count(*) > 0`,
    [
      distinct.map(({ kind }) => kind),
      distinct.map(({ subject }) => subject),
      distinct.map(({ item }) => item),
      distinct.map(({ about }) => storableJson(about)),
      distinct.map(({ priority }) => priority),
      wantedChannel,
    ],
  );
}

/**
 * Has those read after all that were given up for want of Wikidata's item, where that is there now: it may come by another way, long before
 * they would be asked for again.
 * @param items subjects of items; null: of all.
 */
export async function wantFoundByItem(sql: Sql, items: readonly string[] | null): Promise<void> {
  if (items?.length === 0) return;
  await unlessDeadlocked(() =>
    sql.query(
      `WITH given_up AS (
         SELECT waiting.kind, waiting.subject FROM enrichment waiting
         WHERE ($1::text[] IS NULL OR waiting.item = ANY($1::text[])) AND waiting.error_code = 'WIKIDATA_NEEDED'
           AND waiting.wanted_at IS NULL
           AND EXISTS (SELECT FROM enrichment needed WHERE needed.kind = 'wikidata-item' AND needed.subject = waiting.item
             AND needed.answer IS NOT NULL)
         ORDER BY (waiting.kind || waiting.subject) COLLATE "C" FOR UPDATE),
       wanted AS (
         UPDATE enrichment SET wanted_at = now(), attempts = 0, failure = NULL, error_code = NULL, error_message = NULL, failed_at = NULL,
           retry_at = NULL
         FROM given_up WHERE enrichment.kind = given_up.kind AND enrichment.subject = given_up.subject RETURNING enrichment.kind)
       SELECT pg_notify($2, string_agg(DISTINCT kind, ' ')) FROM wanted HAVING count(*) > 0`,
      [items, wantedChannel],
    ),
  );
}

/** Nobody waits any more for kinds of a source that was switched off. @returns how many did. */
export async function dropWanted(sql: Sql, kinds: readonly string[]): Promise<number> {
  const dropped = await sql.query(
    `UPDATE enrichment SET wanted_at = NULL, leased_by = NULL, leased_until = NULL
     WHERE kind = ANY($1::text[]) AND wanted_at IS NOT NULL AND leased_by IS NULL RETURNING 1`,
    [kinds],
  );
  return dropped.length;
}

/** Facts that were come by without asking anybody: from a dataset in the lake, or a stored page. */
export interface FactsToSave extends EnrichmentKey {
  readonly item: string | null;
  readonly about: object;
  readonly answer: 'FOUND' | 'NOT_FOUND';
  readonly facts: unknown;
  readonly pageKey: string;
  readonly fetchedAt: Date;
  readonly freshUntil: Date;
}

/** What is stored of pages, and fresh. */
export function freshPages(
  sql: Sql,
  kind: string,
  pageKeys: readonly string[],
): Promise<{ readonly pageKey: string; readonly facts: unknown; readonly fetchedAt: Date }[]> {
  return sql.query(
    `SELECT page_key AS "pageKey", facts, fetched_at AS "fetchedAt" FROM enrichment
     WHERE kind = $1 AND page_key = ANY($2::text[]) AND answer = 'FOUND' AND fresh_until > now()`,
    [kind, pageKeys],
  );
}

/**
 * Puts facts in the place of what is known as of then or earlier; newer answers stay, and so does when they are to be read again.
 * @param isAnswer Whether they were read just now: then no refusal of before counts, and nobody need read them who is not at it already.
 */
export async function saveFacts(sql: Sql, facts: readonly FactsToSave[], isAnswer = false): Promise<void> {
  const distinct = [...new Map(facts.map((one) => [`${one.kind} ${one.subject}`, one])).values()].sort((one, other) =>
    one.kind + one.subject < other.kind + other.subject ? -1 : 1,
  );
  if (distinct.length === 0) return;
  await sql.query(
    `INSERT INTO enrichment (kind, subject, item, about, answer, facts, page_key, fetched_at, fresh_until, changed_in)
     SELECT kind, subject, item, about::jsonb, answer::"EnrichmentAnswer", facts::jsonb, page_key, fetched_at::timestamptz,
       fresh_until::timestamptz, ${thisTransaction}
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       AS given(kind, subject, item, about, answer, facts, page_key, fetched_at, fresh_until)
     ON CONFLICT (kind, subject) DO UPDATE SET answer = excluded.answer, facts = coalesce(excluded.facts, enrichment.facts),
       page_key = excluded.page_key, fetched_at = excluded.fetched_at,
       changed_in = CASE WHEN (enrichment.answer, enrichment.facts) IS NOT DISTINCT FROM (excluded.answer, coalesce(excluded.facts, enrichment.facts))
         THEN enrichment.changed_in ELSE excluded.changed_in END,
       wanted_at = CASE WHEN $10::boolean AND enrichment.leased_by IS NULL THEN NULL ELSE enrichment.wanted_at END,
       ${['failure', 'error_code', 'error_message', 'retry_at']
         .map((column) => `${column} = CASE WHEN $10::boolean THEN NULL ELSE enrichment.${column} END`)
         .join(', ')},
       fresh_until = CASE WHEN enrichment.fetched_at = excluded.fetched_at THEN enrichment.fresh_until ELSE excluded.fresh_until END
     WHERE enrichment.fetched_at IS NULL OR enrichment.fetched_at <= excluded.fetched_at`,
    [
      distinct.map(({ kind }) => kind),
      distinct.map(({ subject }) => subject),
      distinct.map(({ item }) => item),
      distinct.map(({ about }) => storableJson(about)),
      distinct.map(({ answer }) => answer),
      distinct.map((one) => (one.facts === null ? null : storableJson(one.facts))),
      distinct.map(({ pageKey }) => storableText(pageKey)),
      distinct.map(({ fetchedAt }) => fetchedAt.toISOString()),
      distinct.map(({ freshUntil }) => freshUntil.toISOString()),
      isAnswer,
    ],
  );
}

/** Subjects that a page was read for, with what is known of their titles. */
export function subjectsOfPage(
  sql: Sql,
  kind: string,
  pageKey: string,
): Promise<{ subject: string; item: string | null; about: object }[]> {
  return sql.query('SELECT subject, item, about FROM enrichment WHERE kind = $1 AND page_key = $2', [kind, pageKey]);
}
