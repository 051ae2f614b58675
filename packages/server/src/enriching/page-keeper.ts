import type { Pages } from '@watchprint/lake';
import { answerOf, type KeptExchange, type Page, type PageResult, type Reading, readAnswer } from '@watchprint/sources';

/** Looks for an answer that is in the lake and was not read any more. Null: there is none. */
export type Recall = <Facts>(
  page: Page<Facts>,
  keys: readonly string[],
  since: Date,
) => Promise<PageResult<Facts> | null>;

/** Every answer goes into the lake before anybody reads it. */
export const keepIn =
  (pages: Pages) =>
  async ({ key, ...exchange }: KeptExchange): Promise<void> => {
    await pages.append({ ...exchange, key: keyForLake(key) });
  };

/** Keys of pages are texts that people may have chosen. */
const keyForLake = (key: string) =>
  key
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .trim()
    .slice(0, 2000) || '-';

/** What was answered of some keys since then, whatever else was asked for in the same requests: a process died before it could keep the facts. */
export const recallFrom =
  (pages: Pages): Recall =>
  async <Facts>(page: Page<Facts>, keys: readonly string[], since: Date) => {
    const wanted = new Set(keys);
    const readings = new Map<string, Reading<Facts>>();
    let fetchedAt: Date | null = null;
    // Files of other processes are there too. A day is enough: what was wanted longer ago is asked for again.
    for await (const entry of pages.entries(page.source, { newestDayFirst: true })) {
      if (dayBefore(entry.fetchedAt, since)) break;
      if (entry.kind !== page.kind || entry.fetchedAt < since) continue;
      const asked = entry.key.split('|');
      if (!asked.some((key) => wanted.has(key))) continue;
      const exchange = await pages.read(entry);
      // A refusal is remembered too: to ask again at once is what it refused.
      for (const [key, reading] of readAnswer(page, answerOf(exchange), asked))
        if (wanted.has(key) && remembered.includes(reading.status)) readings.set(key, reading);
      fetchedAt = exchange.fetchedAt;
    }
    return readings.size === 0 ? null : { readings, code: null, retryAt: null, fetchedAt, validators: null };
  };

const remembered: readonly Reading<unknown>['status'][] = ['FOUND', 'NOT_FOUND', 'BLOCKED'];

const dayBefore = (date: Date, other: Date) => date.toISOString().slice(0, 10) < other.toISOString().slice(0, 10);
