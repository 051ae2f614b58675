import { storableJson, storableText } from '../batch/storable-text.ts';
import type { Sql, SqlConnection } from '../connection/sql.ts';
import { thisTransaction } from './changed-facts-store.ts';
import type { EnrichmentKey } from './enrichment-store.ts';
import { lookUpsAnswered } from './look-up-store.ts';

/** Facts that this process has taken on to read. */
export interface EnrichmentJob extends EnrichmentKey {
  readonly item: string | null;
  readonly about: object;
  /** Of the last answer: the page that it was, and the page's ETag and Last-Modified. */
  readonly answer: 'FOUND' | 'NOT_FOUND' | null;
  readonly pageKey: string | null;
  readonly validators: object | null;
  readonly wantedAt: Date;
  /** How often it was taken on, this time included. */
  readonly attempts: number;
  readonly priority: number;
  /** How Wikidata's item stands, where it is needed; all null where it was never asked for. */
  readonly itemAnswer: 'FOUND' | 'NOT_FOUND' | null;
  readonly itemFacts: unknown;
  readonly itemFailure: 'BLOCKED' | 'FAILED' | null;
  readonly itemError: string | null;
  readonly itemRetryAt: Date | null;
}

/** What came of it. */
export interface EnrichmentResult extends EnrichmentKey {
  /** UNCHANGED: what is known holds. Null: there is no answer, and a failure. */
  readonly answer: 'FOUND' | 'NOT_FOUND' | 'UNCHANGED' | null;
  readonly facts: unknown;
  readonly pageKey: string | null;
  readonly validators: object | null;
  readonly fetchedAt: Date | null;
  readonly freshUntil: Date | null;
  readonly failure: 'BLOCKED' | 'FAILED' | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly retryAt: Date | null;
}

/** Notices to who waits: the payload is a JSON list of `[kind, subject, subject …]`. */
export const enrichedChannel = 'watchprint_enriched';

/** Longer than any request may take, its retries included; what a process that died had is then taken on by another. */
const leaseSeconds = 90;

export interface EnrichmentQueue {
  /** The next of a kind, those first that somebody waits for. What needs an item of Wikidata that is still to be read is not among them. */
  claim(workerId: string, kind: string, limit: number, mostPriority?: number): Promise<EnrichmentJob[]>;
  /**
   * Whether there is something to claim all the same, after nothing could be: rows that somebody was just asking for are passed over, and
   * nobody tells when they are free again.
   */
  hasDue(kind: string): Promise<boolean>;
  /**
   * Keeps what came of some, and tells who waits. What another process has taken over meanwhile is left as it is.
   * @param answered names that something was found under, whose strings are then to be matched: likewise or not at all.
   */
  save(workerId: string, results: readonly EnrichmentResult[], answered?: readonly string[]): Promise<void>;
  /**
   * Puts back what a process has.
   * @param as `untouched`; `begun`: something of it was done, and whoever takes it on looks what; `failed`: likewise, and that was an attempt.
   */
  giveBack(
    workerId: string,
    kind: string,
    subjects: readonly string[],
    as?: 'untouched' | 'begun' | 'failed',
  ): Promise<void>;
  /** Has jobs wait until the lease ends, for work that goes on. */
  renew(workerId: string, kind: string, subjects: readonly string[]): Promise<void>;
  /** Frees what earlier processes held; only where no other process can be at work. */
  releaseAll(): Promise<void>;
}

/** Rows of a kind, `$2` or as it is given, that nobody works on and whose item is settled. */
const due = (kind: string) => `waiting.kind = ${kind} AND waiting.wanted_at IS NOT NULL
  AND (waiting.leased_until IS NULL OR waiting.leased_until < now())
  AND (waiting.item IS NULL OR NOT EXISTS (
    SELECT FROM enrichment needed WHERE needed.kind = 'wikidata-item' AND needed.subject = waiting.item
      AND needed.wanted_at IS NOT NULL AND needed.answer IS NULL))`;

export function createEnrichmentQueue(sql: SqlConnection): EnrichmentQueue {
  return {
    async hasDue(kind) {
      const [row] = await sql.query<{ has: boolean }>(
        `SELECT EXISTS (SELECT FROM enrichment waiting WHERE ${due('$1')}) AS has`,
        [kind],
      );
      return row?.has === true;
    },
    claim: (workerId, kind, limit, mostPriority = 2 ** 31 - 1) =>
      sql.query<EnrichmentJob>(
        `WITH due AS (
           SELECT waiting.kind, waiting.subject FROM enrichment waiting
           WHERE ${due('$2')} AND waiting.priority <= $5::int
           ORDER BY waiting.priority, waiting.wanted_at, waiting.subject LIMIT $3::int FOR UPDATE SKIP LOCKED),
         taken AS (
           UPDATE enrichment SET leased_by = $1::uuid, leased_until = now() + make_interval(secs => $4::int),
             attempts = least(attempts + 1, 1000)
           FROM due WHERE enrichment.kind = due.kind AND enrichment.subject = due.subject
           RETURNING enrichment.*)
         SELECT taken.kind, taken.subject, taken.item, taken.about, taken.answer::text, taken.page_key AS "pageKey", taken.validators, taken.wanted_at AS "wantedAt",
           taken.attempts::int, taken.priority, item.answer::text AS "itemAnswer", item.facts AS "itemFacts",
           item.failure::text AS "itemFailure", item.error_message AS "itemError", item.retry_at AS "itemRetryAt"
         FROM taken LEFT JOIN enrichment item ON item.kind = 'wikidata-item' AND item.subject = taken.item
         ORDER BY taken.priority, taken.wanted_at, taken.subject`,
        [workerId, kind, limit, leaseSeconds, mostPriority],
      ),
    async save(workerId, results, answered = []) {
      // A notice has room for so much.
      const saveAll = async (open: Sql) => {
        for (const some of inNotices(results)) await save(open, workerId, some);
      };
      if (answered.length === 0) return saveAll(sql);
      await sql.transaction(async (open) => {
        await saveAll(open);
        await lookUpsAnswered(open, answered);
      });
    },
    async giveBack(workerId, kind, subjects, as = 'untouched') {
      await sql.query(
        `UPDATE enrichment SET leased_by = NULL, leased_until = NULL, attempts = CASE $4
           WHEN 'untouched' THEN greatest(attempts - 1, 0) WHEN 'begun' THEN least(attempts, 1) ELSE attempts END
         WHERE kind = $2 AND subject = ANY($3::text[]) AND leased_by = $1::uuid`,
        [workerId, kind, subjects, as],
      );
    },
    async renew(workerId, kind, subjects) {
      await sql.query(
        `UPDATE enrichment SET leased_until = now() + make_interval(secs => $4::int)
         WHERE kind = $2 AND subject = ANY($3::text[]) AND leased_by = $1::uuid`,
        [workerId, kind, subjects, leaseSeconds],
      );
    },
    async releaseAll() {
      await sql.query('UPDATE enrichment SET leased_by = NULL, leased_until = NULL WHERE leased_by IS NOT NULL');
    },
  };
}

/** PostgreSQL's notices have up to 8,000 bytes. */
const mostInNotice = 6000;

function* inNotices(results: readonly EnrichmentResult[]): Generator<EnrichmentResult[]> {
  let some: EnrichmentResult[] = [];
  let bytes = 0;
  for (const result of results) {
    const own = Buffer.byteLength(JSON.stringify([result.kind, result.subject]));
    if (bytes + own > mostInNotice && some.length > 0) {
      yield some;
      some = [];
      bytes = 0;
    }
    some.push(result);
    bytes += own;
  }
  yield some;
}

async function save(sql: Sql, workerId: string, given: readonly EnrichmentResult[]): Promise<void> {
  if (given.length === 0) return;
  // In the order in which those who want them come, or each might wait for the other.
  const results = [...given].sort((one, other) => (one.kind + one.subject < other.kind + other.subject ? -1 : 1));
  const json = (value: unknown) => (value === null ? null : storableJson(value));
  const time = (date: Date | null) => date?.toISOString() ?? null;
  const columns = {
    kind: ['text', results.map(({ kind }) => kind)],
    subject: ['text', results.map(({ subject }) => subject)],
    answer: ['text', results.map(({ answer }) => answer)],
    facts: ['text', results.map(({ facts }) => json(facts))],
    page_key: ['text', results.map(({ pageKey }) => pageKey && storableText(pageKey))],
    validators: ['text', results.map(({ validators }) => json(validators))],
    fetched_at: ['text', results.map(({ fetchedAt }) => time(fetchedAt))],
    fresh_until: ['text', results.map(({ freshUntil }) => time(freshUntil))],
    failure: ['text', results.map(({ failure }) => failure)],
    error_code: ['text', results.map(({ errorCode }) => errorCode)],
    error_message: ['text', results.map(({ errorMessage }) => errorMessage && storableText(errorMessage))],
    retry_at: ['text', results.map(({ retryAt }) => time(retryAt))],
  } as const;
  const arrays = Object.values(columns).map(([type], index) => `$${index + 3}::${type}[]`);
  // A refusal or a failure is no answer, and leaves the one that is there.
  const answered = (column: string, value: string) =>
    `${column} = CASE WHEN given.answer IN ('FOUND', 'NOT_FOUND') THEN ${value} ELSE enrichment.${column} END`;
  await sql.query(
    `WITH saved AS (
       UPDATE enrichment SET
         ${answered('answer', 'given.answer::"EnrichmentAnswer"')},
         ${answered('facts', `CASE WHEN given.answer = 'FOUND' THEN given.facts::jsonb ELSE enrichment.facts END`)},
         ${answered(
           'changed_in',
           `CASE WHEN enrichment.answer::text = given.answer AND (given.answer <> 'FOUND' OR enrichment.facts = given.facts::jsonb)
             THEN enrichment.changed_in ELSE ${thisTransaction} END`,
         )},
         ${answered('page_key', 'given.page_key')},
         ${answered('validators', 'given.validators::jsonb')},
         ${answered('fetched_at', 'given.fetched_at::timestamptz')},
         fresh_until = CASE WHEN given.answer IS NULL THEN enrichment.fresh_until ELSE given.fresh_until::timestamptz END,
         failure = given.failure::"EnrichmentFailure", error_code = given.error_code, error_message = given.error_message,
         failed_at = CASE WHEN given.failure IS NULL THEN NULL ELSE now() END, retry_at = given.retry_at::timestamptz,
         wanted_at = NULL, leased_by = NULL, leased_until = NULL, attempts = 0
       FROM unnest(${arrays.join(', ')}) AS given(${Object.keys(columns).join(', ')})
       WHERE enrichment.kind = given.kind AND enrichment.subject = given.subject AND enrichment.leased_by = $1::uuid
       RETURNING enrichment.kind, enrichment.subject)
     SELECT pg_notify($2, jsonb_agg(told)::text)
     FROM (SELECT jsonb_build_array(kind) || jsonb_agg(subject) AS told FROM saved GROUP BY kind) AS one HAVING count(*) > 0`,
    [workerId, enrichedChannel, ...Object.values(columns).map(([, values]) => values)],
  );
}
