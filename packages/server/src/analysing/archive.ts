import { type AccountStore, readExportRows, readNames, type StoredExportRow } from '@watchprint/database';
import {
  type ArchiveRows,
  type BillingRow,
  dayOfDate,
  type HistoryColumns,
  type PlaybackEvent,
  worksByName,
} from '@watchprint/engine';

const tables = ['RATINGS', 'MY_LIST', 'SEARCH_HISTORY', 'CLICKSTREAM', 'PLAYBACK_EVENTS'];
const secondsPerDay = 86_400;

/** Rows of the other tables of a profile's exports, with the works of its history that they are about. */
export async function readArchive(
  account: AccountStore,
  profileId: string,
  history: HistoryColumns,
): Promise<ArchiveRows> {
  const rows = await readExportRows(account, profileId, tables);
  const archive: { -readonly [Name in keyof ArchiveRows]: ArchiveRows[Name][number][] } = {
    ratings: [],
    myList: [],
    searches: [],
    clicks: [],
    playbacks: [],
  };
  if (rows.length === 0) return archive;
  const workOf = worksByName(history, await readNames(account, profileId));
  for (const [table, at, rawTitle, details] of rows) {
    if (at === null) continue;
    const work = workOf(rawTitle);
    if (table === 'RATINGS')
      archive.ratings.push({
        at,
        work,
        rawTitle: rawTitle ?? '',
        // Netflix writes thumbs beside the stars of old, which nobody gave.
        thumbs: details.type === 'star' ? null : numberIn(details.thumbs),
        stars: details.type === 'star' ? numberIn(details.stars) : null,
      });
    // The table has days, kept as noon.
    if (table === 'MY_LIST')
      archive.myList.push({ day: Math.floor(at / secondsPerDay), work, rawTitle: rawTitle ?? '' });
    if (table === 'SEARCH_HISTORY')
      archive.searches.push({ at, work, query: textIn(details.query), action: textIn(details.action) });
    if (table === 'CLICKSTREAM') archive.clicks.push({ at, level: textIn(details.navigationLevel) ?? '' });
    if (table === 'PLAYBACK_EVENTS')
      archive.playbacks.push({ at, rawTitle, events: (details.events ?? []) as readonly PlaybackEvent[] });
  }
  return archive;
}

/** What the account was billed. */
export async function readBilling(account: AccountStore): Promise<readonly BillingRow[]> {
  const rows = await readExportRows(account, null, ['BILLING']);
  return rows.flatMap(([, at, , details]: StoredExportRow): BillingRow[] =>
    at === null
      ? []
      : [
          {
            day: Math.floor(at / secondsPerDay),
            gross: textIn(details.gross),
            currency: textIn(details.currency),
            servicePeriodStart: dayIn(details.servicePeriodStart),
            servicePeriodEnd: dayIn(details.servicePeriodEnd),
            transactionType: textIn(details.transactionType),
            status: textIn(details.status),
            invoiceResult: textIn(details.invoiceResult),
          },
        ],
  );
}

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const dayIn = (value: unknown): number | null => dayOfDate(textIn(value) ?? '');
