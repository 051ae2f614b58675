import type { Details, DetailValue, ExportRecord, OtherTable } from './export-table.ts';
import { type RowFields, UnreadableFieldError } from './row-fields.ts';

/** How one table of the export is told from the others, and what is read of its rows. Column names in lower case. */
export interface TableDefinition {
  readonly table: OtherTable;
  /** Columns that together no other table has. Netflix adds columns over the years; these have stayed. */
  readonly signature: readonly string[];
  /** The column that orders the rows. */
  readonly dateColumn: string;
  /** Columns that are left alone on purpose, where it has some. */
  readonly leftAlone?: readonly string[];
  /** Columns of which only a part is read. */
  readonly readInPart?: readonly string[];
  /** @throws {UnreadableFieldError} */
  read(row: RowFields): Omit<ExportRecord, 'line' | 'profileName'>;
}

// What is not named here is not read: serial numbers of devices (Esn), addresses, cards, birth dates, e-mail.
export const tableDefinitions: readonly TableDefinition[] = [
  {
    table: 'RATINGS',
    signature: ['title name', 'rating type', 'event utc ts'],
    dateColumn: 'event utc ts',
    read: (row) => ({
      at: row.instant('event utc ts'),
      rawTitle: row.required('title name'),
      details: {
        type: row.required('rating type').toLowerCase(),
        // 1 to 5; 0 a rating taken back, -1 not interested, -2 not seen.
        stars: row.integer('star value'),
        // 0 not rated, 1 down, 2 up, 3 two thumbs up.
        thumbs: row.integer('thumbs value'),
        device: row.text('device model'),
      },
    }),
  },
  {
    table: 'MY_LIST',
    signature: ['title name', 'utc title add date'],
    dateColumn: 'utc title add date',
    read: (row) => ({
      at: row.instant('utc title add date'),
      rawTitle: row.required('title name'),
      // A name, in English: "Brazil".
      details: { country: row.text('country') },
    }),
  },
  {
    table: 'INDICATED_PREFERENCES',
    signature: ['show', 'has watched', 'is interested', 'event date'],
    dateColumn: 'event date',
    read: (row) => ({
      at: row.instant('event date'),
      rawTitle: row.required('show'),
      details: { hasWatched: row.flag('has watched'), isInterested: row.flag('is interested') },
    }),
  },
  {
    table: 'SEARCH_HISTORY',
    signature: ['query typed', 'displayed name', 'utc timestamp'],
    dateColumn: 'utc timestamp',
    read: (row) => ({
      at: row.instant('utc timestamp'),
      rawTitle: row.text('displayed name'),
      details: {
        query: row.text('query typed'),
        action: row.text('action'),
        section: row.text('section'),
        device: row.text('device'),
        country: row.text('country iso code'),
        isKids: row.flag('is kids'),
      },
    }),
  },
  {
    table: 'PLAYBACK_EVENTS',
    signature: ['title description', 'playback start utc ts', 'playtraces'],
    dateColumn: 'playback start utc ts',
    readInPart: ['playtraces'],
    read: (row) => ({
      at: row.instant('playback start utc ts'),
      rawTitle: row.text('title description'),
      details: { device: row.text('device'), country: row.text('country'), events: eventsOf(row.text('playtraces')) },
    }),
  },
  {
    table: 'CLICKSTREAM',
    signature: ['navigation level', 'click utc ts'],
    dateColumn: 'click utc ts',
    readInPart: ['webpage url', 'referrer url'],
    read: (row) => ({
      at: row.instant('click utc ts'),
      rawTitle: null,
      details: {
        source: row.text('source'),
        navigationLevel: row.text('navigation level'),
        page: pathOf(row.text('webpage url')),
        referrer: pathOf(row.text('referrer url')),
      },
    }),
  },
  {
    table: 'INTERACTIVE_TITLES',
    signature: ['title desc', 'selection type', 'choice segment id', 'utc timestamp'],
    dateColumn: 'utc timestamp',
    read: (row) => ({
      at: row.instant('utc timestamp'),
      rawTitle: row.required('title desc'),
      details: {
        selection: row.text('selection type'),
        choice: row.text('choice segment id'),
        hasWatched: row.flag('has watched'),
        source: row.text('source'),
      },
    }),
  },
  {
    table: 'GAME_SESSIONS',
    signature: ['game title', 'start time', 'duration'],
    dateColumn: 'start time',
    leftAlone: ['esn', 'ip'],
    read: (row) => ({
      at: row.instant('start time'),
      rawTitle: row.required('game title'),
      details: {
        // As it stands; the cover sheets do not say of which unit.
        duration: row.integer('duration'),
        version: row.text('game version'),
        platform: row.text('platform'),
        device: row.text('device type'),
        country: row.text('country'),
      },
    }),
  },
  {
    table: 'DEVICES',
    signature: ['device type', 'acct first playback date', 'profile last playback date'],
    dateColumn: 'profile last playback date',
    leftAlone: ['esn'],
    read: (row) => ({
      at: row.instant('profile last playback date') ?? row.instant('acct last playback date'),
      rawTitle: null,
      details: {
        device: row.text('device type'),
        accountFirstPlaybackAt: row.time('acct first playback date'),
        accountLastPlaybackAt: row.time('acct last playback date'),
        profileFirstPlaybackAt: row.time('profile first playback date'),
        profileLastPlaybackAt: row.time('profile last playback date'),
      },
    }),
  },
  {
    table: 'BILLING',
    signature: ['transaction date', 'currency', 'gross sale amt'],
    dateColumn: 'transaction date',
    leftAlone: ['payment type', 'mop last 4', 'mop creation date', 'mop pmt processor desc'],
    read: (row) => ({
      at: row.instant('transaction date'),
      rawTitle: null,
      details: {
        servicePeriodStart: row.date('service period start date'),
        servicePeriodEnd: row.date('service period end date'),
        description: row.text('description'),
        itemPrice: row.decimal('item price amt'),
        currency: row.text('currency'),
        tax: row.decimal('tax amt'),
        gross: row.decimal('gross sale amt'),
        transactionType: row.text('pmt txn type'),
        status: row.text('pmt status'),
        invoiceResult: row.text('final invoice result'),
        country: row.text('country'),
        nextBillingDate: row.date('next billing date'),
      },
    }),
  },
  {
    table: 'PROFILES',
    signature: ['profile name', 'profile creation time', 'maturity level'],
    dateColumn: 'profile creation time',
    leftAlone: [
      'email address',
      'game handle',
      'date of birth',
      'gender',
      'profile transferred from account',
      'profile transferred to account',
    ],
    read: (row) => {
      row.required('profile name');
      return {
        at: row.instant('profile creation time'),
        rawTitle: null,
        details: {
          maturityLevel: row.text('maturity level'),
          language: row.text('primary lang'),
          hasAutoPlayback: row.flag('has auto playback'),
          streamQuality: row.text('max stream quality'),
        },
      };
    },
  },
];

/** Of an address, the path alone, and of that what is a word or a number: the rest can sign somebody in. */
function pathOf(address: string | null): string | null {
  if (address === null) return null;
  const path = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const segments = path.split('/').filter((segment) => segment !== '');
  return `/${segments.map((segment) => (/^([a-z-]{1,24}|\d{1,12})$/i.test(segment) ? segment : '…')).join('/')}`;
}

/** What happened while something played; of each event what the cover sheet explains. */
function eventsOf(playtraces: string | null): readonly DetailValue[] {
  if (playtraces === null) return [];
  let events: unknown;
  try {
    events = JSON.parse(playtraces);
  } catch {
    throw new UnreadableFieldError('"playtraces" is no JSON');
  }
  if (!Array.isArray(events)) throw new UnreadableFieldError('"playtraces" is no list');
  return events.map((event: unknown): Details => {
    const { eventType, sessionOffsetMs, mediaOffsetMs } = (event ?? {}) as Record<string, unknown>;
    if (typeof eventType !== 'string' || !/^\w{1,40}$/.test(eventType))
      throw new UnreadableFieldError('"playtraces" holds what is no event');
    const milliseconds = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
    return {
      type: eventType,
      sessionOffsetMs: milliseconds(sessionOffsetMs),
      mediaOffsetMs: milliseconds(mediaOffsetMs),
    };
  });
}
