import { randomUUID } from 'node:crypto';
import {
  createEnrichmentQueue,
  type Database,
  type EnrichmentJob,
  type EnrichmentResult,
  enrichedChannel,
  type FactsToSave,
  isConnectionLost,
  releaseTurns,
  saveFacts,
  wantEnrichments,
  wantedChannel,
  wantFoundByItem,
} from '@watchprint/database';
import { type AboutTitle, freshForMs, retryAtAfter, type WikidataItem } from '@watchprint/engine';
import {
  type FactKind,
  factKinds,
  type Outcome,
  offerKinds,
  type Reader,
  type Validators,
  wikidataItemFacts,
} from '@watchprint/sources';

import type { Logger } from 'pino';
import { type Bell, createBell } from '../importing/bell.ts';
import { askPages } from './ask-pages.ts';
import type { Recall } from './page-keeper.ts';
import { priorities } from './priorities.ts';
import type { SourceSwitches } from './source-switches.ts';

export interface EnrichmentWorker {
  /** Looks whether there is something to do now: sources were switched. */
  wake(): void;
  stop(): Promise<void>;
}

export interface EnrichmentWorkerOptions {
  readonly reader: Reader;
  /** Finds answers that came before a process died and were not kept as facts. */
  readonly recall: Recall;
  readonly switches: SourceSwitches;
  readonly log: Logger;
  /** Called in this process when facts are there, whoever read them. */
  readonly onEnriched: (kind: string, subjects: readonly string[]) => void;
}

/** How often to look for what another process left behind; new work announces itself. */
const lookEveryMs = 20_000;
const renewEveryMs = 20_000;
/** Titles that are read at once where nobody waits for them. */
const mostBehind = 20;
/** How soon to look again for what somebody had locked. */
const lookAgainMs = 10;
const afterFailureMs = 30_000;
/** How long to leave a database alone that was lost. */
const afterLossMs = 500;
/** What broke off so often, or brought its process down, is given up. */
const mostAttempts = 5;
/** A host that is left alone for no longer is waited for; otherwise those who wait are told. */
const worthWaitingMs = 15 * 60_000;

/** Reads what is wanted, a kind of facts beside the other, until stopped; what it has then is put back. */
export async function startEnrichmentWorker(
  database: Database,
  { reader, recall, switches, log, onEnriched }: EnrichmentWorkerOptions,
): Promise<EnrichmentWorker> {
  const workerId = randomUUID();
  const { sql } = database;
  const queue = createEnrichmentQueue(sql);
  if (database.kind === 'embedded') {
    await queue.releaseAll();
    await releaseTurns(sql);
  }
  // A process may have died between keeping an item and telling those that it was needed by.
  await wantFoundByItem(sql, null);
  const stopping = new AbortController();
  const { signal } = stopping;
  const bells = new Map<string, Bell>(factKinds.map(({ kind }) => [kind, createBell()]));
  const ring = (kinds: Iterable<string>) => {
    for (const kind of kinds) bells.get(kind)?.ring();
  };
  const ringAll = () => ring(bells.keys());
  const needingItems = factKinds.filter(({ needsItem }) => needsItem).map(({ kind }) => kind);
  const stopListening = await Promise.all([
    sql.listen(wantedChannel, (kinds) => (kinds === null ? ringAll() : ring(kinds.split(' ')))),
    sql.listen(enrichedChannel, (payload) => {
      if (payload === null) return ringAll();
      for (const [kind, ...subjects] of JSON.parse(payload) as string[][]) {
        if (kind === undefined) continue;
        if (kind === 'wikidata-item') ring(needingItems);
        onEnriched(kind, subjects);
      }
    }),
  ]);

  async function loop(kind: FactKind<unknown>): Promise<void> {
    const bell = bells.get(kind.kind) as Bell;
    while (!signal.aborted) {
      try {
        const waitMs = switches.disabledKind(kind) === null ? await workOnce(kind) : lookEveryMs;
        if (waitMs > 0) await bell.heard(waitMs);
      } catch (error) {
        if (signal.aborted) return;
        log.error({ kind: kind.kind, err: error }, 'facts could not be read or kept');
        await bell.heard(isConnectionLost(error) ? afterLossMs : afterFailureMs);
      }
    }
  }

  /** @returns how long to wait before the next, in milliseconds. */
  async function workOnce(kind: FactKind<unknown>): Promise<number> {
    const waiting = await queue.claim(workerId, kind.kind, kind.batch, priorities.profile - 1);
    if (waiting.length > 0) return work(kind, waiting);
    // A short while's work: somebody may begin to wait meanwhile.
    const behind = await queue.claim(workerId, kind.kind, Math.min(kind.batch, mostBehind));
    if (behind.length > 0) return work(kind, behind);
    return (await queue.hasDue(kind.kind)) ? lookAgainMs : lookEveryMs;
  }

  async function work(kind: FactKind<unknown>, jobs: readonly EnrichmentJob[]): Promise<number> {
    const subjects = jobs.map(({ subject }) => subject);
    const renewing = setInterval(() => void queue.renew(workerId, kind.kind, subjects).catch(() => {}), renewEveryMs);
    try {
      const now = new Date();
      const results: EnrichmentResult[] = [];
      const byKey = new Map<string, EnrichmentJob[]>();
      const lacking: EnrichmentJob[] = [];
      for (const job of jobs) {
        const prepared = prepare(kind, job, now);
        if (prepared === 'ITEM_LACKING') lacking.push(job);
        else if (typeof prepared !== 'string') results.push(prepared);
        else byKey.set(prepared, [...(byKey.get(prepared) ?? []), job]);
      }
      // Known at once, and others may wait for it: a page takes its time.
      await queue.save(workerId, results);
      // The item may have come while they were looked at.
      await wantFoundByItem(sql, itemsOf(jobs, results));
      if (lacking.length > 0) await wantItems(kind, lacking);
      if (byKey.size === 0) return 0;
      const { ask, known } = askPages({ sql, reader, recall }, kind, interruptedSince(jobs), now);
      const [first] = jobs;
      const outcomes = await kind.read([...byKey.keys()], ask, {
        signal,
        priority: -(first?.priority ?? 0),
        validators: validatorsFor(kind, first, byKey),
      });
      const held = heldFor(outcomes.values());
      const done: EnrichmentResult[] = [];
      const back: string[] = [];
      for (const [key, own] of byKey)
        for (const job of own) {
          const outcome = outcomes.get(key);
          if (held > 0 && outcome !== undefined && isHeld(outcome)) back.push(job.subject);
          else done.push(resultOf(kind, job, key, outcome, now));
        }
      await keepAlso(alsoTold(kind, outcomes.values(), now).filter(({ pageKey }) => !known.has(pageKey)));
      const offers = offerKinds.find((one) => one.kind === kind.kind);
      const answered = offers === undefined ? [] : done.filter(({ answer }) => answer === 'FOUND');
      await queue.save(
        workerId,
        done,
        answered.flatMap(({ subject }) => offers?.nameIn(subject) ?? []),
      );
      if (kind.kind === wikidataItemFacts.kind) await wantFoundByItem(sql, subjects);
      if (back.length > 0) await queue.giveBack(workerId, kind.kind, back);
      return held;
    } catch (error) {
      await queue.giveBack(workerId, kind.kind, subjects, signal.aborted ? 'begun' : 'failed').catch(() => {});
      throw error;
    } finally {
      clearInterval(renewing);
    }
  }

  async function keepAlso(told: readonly FactsToSave[]): Promise<void> {
    if (told.length === 0) return;
    await saveFacts(sql, told, true);
    await sql.notify(enrichedChannel, JSON.stringify(told.map(({ kind, subject }) => [kind, subject])));
    const items = told.filter(({ kind }) => kind === wikidataItemFacts.kind);
    await wantFoundByItem(
      sql,
      items.map(({ subject }) => subject),
    );
  }

  /** They wait for Wikidata's item, and nobody had asked for that: Wikidata was off for a while. */
  async function wantItems(kind: FactKind<unknown>, jobs: readonly EnrichmentJob[]): Promise<void> {
    await wantEnrichments(
      sql,
      jobs.map(({ item, about, priority }) => ({
        kind: wikidataItemFacts.kind,
        subject: item ?? '',
        item: null,
        about,
        priority,
      })),
    );
    await queue.giveBack(
      workerId,
      kind.kind,
      jobs.map(({ subject }) => subject),
    );
  }

  const loops = factKinds.map(loop);
  return {
    wake: ringAll,
    async stop() {
      stopping.abort();
      ringAll();
      await Promise.all(loops);
      for (const stop of stopListening) await stop();
    },
  };
}

/** Items that some of these were given up for want of. */
function itemsOf(jobs: readonly EnrichmentJob[], results: readonly EnrichmentResult[]): string[] {
  const givenUp = new Set(results.flatMap(({ subject, errorCode }) => (errorCode === itemNeeded ? subject : [])));
  return jobs.flatMap(({ subject, item }) => (givenUp.has(subject) && item !== null ? item : []));
}

const itemNeeded = 'WIKIDATA_NEEDED';

/** What pages said of other kinds. */
function alsoTold(kind: FactKind<unknown>, outcomes: Iterable<Outcome<unknown>>, now: Date): FactsToSave[] {
  const told: FactsToSave[] = [];
  for (const { reading, fetchedAt: at } of outcomes) {
    const fetchedAt = at ?? now;
    for (const { nature, ...one } of reading.status === 'FOUND' ? (kind.also?.(reading.facts) ?? []) : [])
      told.push({
        ...one,
        item: null,
        answer: 'FOUND',
        fetchedAt,
        freshUntil: new Date(fetchedAt.getTime() + freshForMs(nature, 'FOUND', one.about, now)),
      });
  }
  return told;
}

/** When the first of those was wanted that a process had and did not end. */
function interruptedSince(jobs: readonly EnrichmentJob[]): Date | null {
  const times = jobs.filter(({ attempts }) => attempts > 1).map(({ wantedAt }) => wantedAt.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

const failed = (
  { kind, subject }: Pick<EnrichmentJob, 'kind' | 'subject'>,
  failure: 'BLOCKED' | 'FAILED',
  errorCode: string,
  errorMessage: string,
  retryAt: Date,
): EnrichmentResult => ({ ...unanswered, kind, subject, failure, errorCode, errorMessage, retryAt });

const unanswered = {
  answer: null,
  facts: null,
  pageKey: null,
  validators: null,
  fetchedAt: null,
  freshUntil: null,
  failure: null,
  errorCode: null,
  errorMessage: null,
  retryAt: null,
} as const;

/** Of the page that is asked for now, and of no other: "unchanged" would be said of that. */
function validatorsFor(
  kind: FactKind<unknown>,
  job: EnrichmentJob | undefined,
  byKey: ReadonlyMap<string, unknown>,
): Validators | null {
  const isKnown = kind.batch === 1 && job?.answer === 'FOUND' && job.pageKey !== null && byKey.has(job.pageKey);
  return isKnown ? (job.validators as Validators | null) : null;
}

/** What to ask for, or what is known without asking. */
function prepare(kind: FactKind<unknown>, job: EnrichmentJob, now: Date): string | EnrichmentResult {
  if (job.attempts > mostAttempts)
    return failed(
      job,
      'FAILED',
      'GIVEN_UP',
      `Given up after ${mostAttempts} attempts: each broke off; the log says why.`,
      retryAtAfter('GIVEN_UP', now),
    );
  const item = job.itemFacts as WikidataItem | null;
  const about = job.about as AboutTitle;
  if (kind.needsItem && job.itemAnswer === null && job.itemFailure === null) return 'ITEM_LACKING';
  if (kind.needsItem && job.itemAnswer === null)
    return failed(
      job,
      job.itemFailure ?? 'FAILED',
      itemNeeded,
      `It is found by way of Wikidata, which has not answered${job.itemError === null ? '' : `: ${job.itemError}`}.`,
      // No longer than the item itself.
      job.itemRetryAt ?? now,
    );
  const noPage = (errorCode: string, errorMessage: string): EnrichmentResult => ({
    ...unanswered,
    kind: job.kind,
    subject: job.subject,
    answer: 'NOT_FOUND',
    fetchedAt: now,
    freshUntil: new Date(now.getTime() + freshForMs(kind.nature, 'NOT_FOUND', about, now)),
    errorCode,
    errorMessage,
  });
  if (kind.needsItem && job.itemAnswer === 'NOT_FOUND')
    return noPage('NO_ITEM', 'Wikidata, by which it is found, has no such title.');
  const key = kind.keyOf(job.subject, kind.needsItem ? item : null, about);
  // What others wrote down may be no key at all: then there is no such page either.
  const isKey = key !== null && (kind.page.isKey(key) || kind.absencePage?.isKey(key) === true);
  return isKey ? key : noPage('NO_ID', 'Nobody knows of such a page.');
}

function resultOf(
  kind: FactKind<unknown>,
  job: EnrichmentJob,
  pageKey: string,
  outcome: Outcome<unknown> | undefined,
  now: Date,
): EnrichmentResult {
  if (outcome === undefined)
    return failed(
      job,
      'FAILED',
      'SOURCE_CHANGED',
      'The answer says nothing of it.',
      retryAtAfter('SOURCE_CHANGED', now),
    );
  const { reading, code, retryAt, validators } = outcome;
  const fetchedAt = outcome.fetchedAt ?? now;
  const { subject } = job;
  const freshUntil = (answer: 'FOUND' | 'NOT_FOUND') =>
    new Date(fetchedAt.getTime() + freshForMs(kind.nature, answer, job.about as AboutTitle, now));
  const answered = {
    ...unanswered,
    kind: job.kind,
    subject,
    pageKey: outcome.pageKey ?? pageKey,
    validators,
    fetchedAt,
  };
  switch (reading.status) {
    case 'FOUND':
      return { ...answered, answer: 'FOUND', facts: reading.facts, freshUntil: freshUntil('FOUND') };
    case 'NOT_FOUND':
      return { ...answered, answer: 'NOT_FOUND', validators: null, freshUntil: freshUntil('NOT_FOUND') };
    case 'UNCHANGED':
      return { ...answered, answer: 'UNCHANGED', freshUntil: freshUntil('FOUND') };
    default: {
      const failure = reading.status === 'BLOCKED' ? 'BLOCKED' : 'FAILED';
      // Of several in one request each has its own way to fail.
      const own = reading.status === 'BLOCKED' ? reading.code : undefined;
      const errorCode = own ?? code ?? (failure === 'BLOCKED' ? 'CHALLENGE' : 'SOURCE_CHANGED');
      const after = 'retryAfterMs' in reading ? reading.retryAfterMs : undefined;
      const ownRetryAt = after === undefined ? null : new Date(Date.now() + after);
      return failed(
        job,
        failure,
        errorCode,
        sentence(reading.reason),
        retryAt ?? ownRetryAt ?? retryAtAfter(errorCode, now),
      );
    }
  }
}

const sentence = (reason: string) =>
  `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${/[.!?]$/.test(reason) ? '' : '.'}`;

const isHeld = ({ code, retryAt }: Outcome<unknown>) =>
  (code === 'CIRCUIT_OPEN' || code === 'HOST_PAUSED') &&
  retryAt !== null &&
  retryAt.getTime() - Date.now() < worthWaitingMs;

/** How long the host is left alone, where that is worth waiting for, in milliseconds; else 0. */
function heldFor(outcomes: Iterable<Outcome<unknown>>): number {
  let until = 0;
  for (const outcome of outcomes) if (isHeld(outcome)) until = Math.max(until, outcome.retryAt?.getTime() ?? 0);
  return until === 0 ? 0 : Math.max(1, until - Date.now());
}
