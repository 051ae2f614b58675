import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  type Database,
  dropWanted,
  type EnrichmentKey,
  type EnrichmentRow,
  readEnrichments,
  readSourceHealth,
  type SourceHealth,
  updateSourceRow,
  type WantedEnrichment,
  wantEnrichments,
} from '@watchprint/database';
import { isDue } from '@watchprint/engine';
import { createPages } from '@watchprint/lake';
import {
  createReader,
  type FactKind,
  factKinds,
  originIn,
  type ReaderLimits,
  type Source,
  sources,
  wikidataItemFacts,
} from '@watchprint/sources';
import type { Logger } from 'pino';
import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../config.ts';
import { lakeOf } from '../home.ts';
import type { AskedFacts } from './asked-facts.ts';
import { createDatasetFacts, type DatasetFacts } from './dataset-facts.ts';
import { startEnrichmentWorker } from './enrichment-worker.ts';
import { keepIn, recallFrom } from './page-keeper.ts';
import { priorities } from './priorities.ts';
import { nameOf, rowLoader } from './row-loader.ts';
import { createSharedSchedule } from './shared-schedule.ts';
import { createSourceSwitches, type Disabled, type SourceSwitches } from './source-switches.ts';

export interface Patience {
  /** Until when to wait for what is not known at all, as `Date.now()` has it; what takes longer goes on behind. */
  readonly deadline: number;
  /** Called before it waits. */
  readonly onWait: () => void;
}

/** Reads what sources say of titles when it is asked for, and keeps it. */
export interface Enricher {
  readonly lake: string;
  readonly switches: SourceSwitches;
  readonly datasets: DatasetFacts;
  /** What is stored, without asking anybody; those who ask at once are answered by one statement. */
  stored(keys: readonly EnrichmentKey[]): Promise<EnrichmentRow[]>;
  /**
   * What is known of some; what is not, or is out of date, is read. In one statement where all is known and fresh.
   * @param asked by the subjects that `kind.subjectOf` gives.
   */
  load(
    kind: FactKind<unknown>,
    asked: ReadonlyMap<string, AskedFacts>,
    patience: Patience,
  ): Promise<ReadonlyMap<string, EnrichmentRow>>;
  /** Has some read behind, the least priority first. */
  want(wanted: readonly WantedEnrichment[]): Promise<void>;
  /** Each source, and how it is doing. */
  sources(): Promise<SourceState[]>;
  /** Switches a source, in all processes and for good. */
  updateSource(id: string, change: { readonly enabled?: boolean; readonly gapMs?: number }): Promise<void>;
  /** Calls back whenever facts are there; the answer stops it. */
  onEnriched(told: () => void): () => void;
  close(): Promise<void>;
}

export interface SourceState extends Omit<SourceHealth, 'source'> {
  readonly source: Source;
  readonly disabled: Disabled | null;
  readonly gapMs: number;
}

export interface EnricherOptions {
  /** @internal For tests. */
  readonly readerLimits?: Partial<ReaderLimits> | undefined;
}

export async function createEnricher(
  database: Database,
  home: string,
  config: Pick<Config, 'sites' | 'sources' | 'sourceGaps' | 'sourceContact'>,
  log: Logger,
  { readerLimits }: EnricherOptions = {},
): Promise<Enricher> {
  const { sql } = database;
  const lake = lakeOf(home);
  const pages = createPages(join(lake, 'pages'), {
    onDamage: ({ file, offset, error }) => log.warn({ file, offset, err: error }, 'a stored page is damaged'),
  });
  let wake = () => {};
  const switches = await createSourceSwitches(sql, config, log, () => wake());
  const reader = createReader({
    version: packageJson.version,
    contact: config.sourceContact ?? null,
    schedule: createSharedSchedule(sql, randomUUID()),
    originOf: (page, keys) => originIn(config.sites, page, keys),
    gapOf: switches.gapMs,
    keep: keepIn(pages),
    ...(readerLimits === undefined ? {} : { limits: readerLimits }),
  });
  const rows = rowLoader<EnrichmentRow>((keys) => readEnrichments(sql, keys), setImmediate);
  async function stored(keys: readonly EnrichmentKey[]): Promise<EnrichmentRow[]> {
    const all = await rows.loadMany(keys);
    return all.flatMap((row) => {
      if (row instanceof Error) throw row;
      return row ?? [];
    });
  }

  /** What somebody is about to want: others who ask for it meanwhile need not. */
  const wanting = new Map<string, Promise<void>>();
  async function want(wanted: readonly WantedEnrichment[]): Promise<void> {
    const keyOf = (one: WantedEnrichment) => `${nameOf(one)} ${one.priority}`;
    const others = wanted.flatMap((one) => wanting.get(keyOf(one)) ?? []);
    const own = wanted.filter((one) => !wanting.has(keyOf(one)));
    const sent = wantEnrichments(sql, own);
    for (const one of own) wanting.set(keyOf(one), sent);
    try {
      await Promise.all([sent, ...new Set(others)]);
    } finally {
      for (const one of own) wanting.delete(keyOf(one));
    }
  }

  /** Who waits for what: `kind subject`. */
  const waiting = new Map<string, Set<() => void>>();
  const listeners = new Set<() => void>();
  const worker = await startEnrichmentWorker(database, {
    reader,
    recall: recallFrom(pages),
    switches,
    log,
    onEnriched(kind, subjects) {
      for (const subject of subjects) for (const heard of waiting.get(`${kind} ${subject}`) ?? []) heard();
      for (const told of listeners) told();
    },
  });
  wake = worker.wake;

  /** Hears of those that are read from now on. */
  function listen(kind: string, subjects: Iterable<string>) {
    const left = new Set(subjects);
    let done = () => {};
    const own: (readonly [name: string, heard: () => void])[] = [...left].map((subject) => [
      `${kind} ${subject}`,
      () => {
        left.delete(subject);
        if (left.size === 0) done();
      },
    ]);
    for (const [name, heard] of own) waiting.set(name, (waiting.get(name) ?? new Set()).add(heard));
    return {
      /** Resolves when all of these were heard of, or time is up. */
      async heard(subjects: Iterable<string>, deadline: number): Promise<void> {
        const wanted = new Set(subjects);
        for (const subject of left) if (!wanted.has(subject)) left.delete(subject);
        const milliseconds = deadline - Date.now();
        if (left.size === 0 || milliseconds <= 0) return;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          done = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      },
      stop() {
        for (const [name, heard] of own) {
          const set = waiting.get(name);
          set?.delete(heard);
          if (set?.size === 0) waiting.delete(name);
        }
      },
    };
  }

  return {
    lake,
    switches,
    datasets: createDatasetFacts(sql, lake),
    stored,
    async load(kind, asked, { deadline, onWait }) {
      const keys = [...asked.keys()].map((subject) => ({ kind: kind.kind, subject }));
      // Before it is looked: what is read in between is heard of.
      const news = listen(kind.kind, asked.keys());
      try {
        const rows = new Map((await stored(keys)).map((row) => [row.subject, row]));
        if (switches.disabledKind(kind) !== null) return rows;
        const now = new Date();
        const due = [...asked].filter(([subject]) => isDue(rows.get(subject) ?? null, now));
        const unknown = [...asked].filter(([subject]) => {
          const row = rows.get(subject) ?? null;
          return (row?.answer ?? null) === null && (isDue(row, now) || row?.isWanted === true);
        });
        const unknownSubjects = new Set(unknown.map(([subject]) => subject));
        await want([
          // Those that somebody else has asked for behind go first now.
          ...unknown.flatMap(([subject, given]) => wantedOf(kind, subject, given, priorities.waiting)),
          ...due
            .filter(([subject]) => !unknownSubjects.has(subject))
            .flatMap(([subject, given]) => wantedOf(kind, subject, given, priorities.outOfDate)),
        ]);
        if (unknown.length === 0) return rows;
        onWait();
        await news.heard(unknownSubjects, deadline);
        for (const row of await stored(unknown.map(([subject]) => ({ kind: kind.kind, subject }))))
          rows.set(row.subject, row);
        return rows;
      } finally {
        news.stop();
      }
    },
    want,
    async sources() {
      const health = new Map((await readSourceHealth(sql)).map((one) => [one.source, one]));
      return sources.map((source) => ({
        pagesRead: 0,
        lastReadAt: null,
        openUntil: null,
        ...health.get(source.id),
        source,
        disabled: switches.disabled(source.id),
        gapMs: switches.gapMs(source.id),
      }));
    },
    async updateSource(id, change) {
      await updateSourceRow(sql, id, change);
      await switches.refresh();
      // What is switched off is waited for by nobody.
      if (change.enabled === false)
        await dropWanted(
          sql,
          factKinds
            // Nor what is found by way of it.
            .filter(({ source, needsItem }) => source === id || (needsItem && id === wikidataItemFacts.source))
            .map(({ kind }) => kind),
        );
    },
    onEnriched(told) {
      listeners.add(told);
      return () => listeners.delete(told);
    },
    async close() {
      await switches.close();
      await worker.stop();
      await reader.close();
      await pages.close();
    },
  };
}

/** What is to be read for some facts: Wikidata's item too, where they are found by it. */
export function wantedOf(
  kind: FactKind<unknown>,
  subject: string,
  { subject: { imdbId }, about }: AskedFacts,
  priority: number,
): WantedEnrichment[] {
  const own = { kind: kind.kind, subject, item: kind.needsItem ? imdbId : null, about, priority };
  if (!kind.needsItem) return [own];
  return [{ kind: wikidataItemFacts.kind, subject: imdbId, item: null, about, priority }, own];
}
