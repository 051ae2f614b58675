import { type CopiedRows, type CopiedTable, RowWriter, SpareMemory } from '../connection/copy-rows.ts';
import type { PlaceOfBatch, RejectedRowToSave } from './place-of-batch.ts';
import type { PreparedExportRows } from './prepared-export-rows.ts';
import {
  type PreparedStrings,
  prepareStrings,
  type StringReader,
  type StringToSave,
  stringToSave,
} from './prepared-strings.ts';

/** One row on its way into the store. Its string is known by its match. */
export interface ViewingToSave {
  readonly profileId: string;
  readonly rawTitle: string;
  /** Seconds since 1970: the instant, or noon UTC of the day where the file has days only. */
  readonly orderedAt: number;
  /** Days since 1970, in the profile's time zone. */
  readonly watchedOn: number;
  /** From 1 where the file has days only, else 0. */
  readonly occurrence: number;
  /** -1 where the file does not say. */
  readonly seconds: number;
  /** Where in the title it was stopped. */
  readonly positionSeconds: number | null;
  readonly accidental: boolean;
  readonly supplemental: boolean;
  readonly device: string | null;
  readonly country: string | null;
}

export interface BatchToSave extends PlaceOfBatch {
  readonly rows: readonly ViewingToSave[];
  readonly rejected: readonly RejectedRowToSave[];
}

/** Strings remembered between batches: a file's repeats stand close together. */
const rememberedStrings = 20_000;

/** A batch of viewings, and all that can be made of it without the database: plain values, which a thread can hand to another. */
export interface PreparedViewings extends Omit<BatchToSave, 'rows'> {
  readonly kind: 'VIEWINGS';
  readonly rowCount: number;
  /** How many of the rows are trailers and the like. */
  readonly supplementalCount: number;
  /** Whose rows they are. */
  readonly profileIds: readonly string[];
  readonly strings: PreparedStrings;
  /** Rows of `viewing`. */
  readonly viewings: CopiedRows;
}

export type PreparedBatch = PreparedViewings | PreparedExportRows;

/** The memory that a batch's rows are in, where they are laid out already. */
export const memoryOf = (batch: PreparedBatch): ArrayBuffer[] =>
  batch.kind === 'EXPORT_ROWS'
    ? []
    : [batch.strings.strings, batch.strings.titles, batch.viewings].map(({ bytes }) => bytes.buffer as ArrayBuffer);

export const viewingTable = {
  name: 'viewing',
  columns: {
    account_id: 'uuid',
    import_id: 'uuid',
    profile_id: 'uuid',
    match_id: 'uuid',
    ordered_at: 'timestamptz',
    seconds: 'int4',
    position_seconds: 'int4',
    occurrence: 'int2',
    watched_on: 'date',
    accidental: 'bool',
    supplemental: 'bool',
    device: 'text',
    country: 'text',
  },
} as const satisfies CopiedTable;

/** Prepares the viewings of one import: reads their strings, lays out their rows. No database needed. */
export class ViewingPreparer {
  readonly #accountId: string;
  readonly #reader: StringReader;
  /** Strings that are stored, or will be before the next batch is. */
  readonly #known = new Map<string, StringToSave>();
  readonly #spare: SpareMemory;

  constructor(accountId: string, reader: StringReader, spare = new SpareMemory()) {
    this.#accountId = accountId;
    this.#reader = reader;
    this.#spare = spare;
  }

  prepare({ rows, ...batch }: BatchToSave): PreparedViewings {
    if (this.#known.size > rememberedStrings) this.#known.clear();
    const added: StringToSave[] = [];
    const viewings = new RowWriter(viewingTable, this.#spare);
    for (const row of rows) {
      let string = this.#known.get(row.rawTitle);
      if (string === undefined) {
        string = stringToSave(row.rawTitle, this.#reader);
        this.#known.set(row.rawTitle, string);
        added.push(string);
      }
      viewings.add([
        this.#accountId,
        batch.importId,
        row.profileId,
        string.id,
        row.orderedAt,
        row.seconds,
        row.positionSeconds,
        row.occurrence,
        row.watchedOn,
        row.accidental,
        row.supplemental,
        row.device,
        row.country,
      ]);
    }
    viewings.endPart();
    return {
      kind: 'VIEWINGS',
      ...batch,
      rowCount: rows.length,
      supplementalCount: rows.filter(({ supplemental }) => supplemental).length,
      profileIds: [...new Set(rows.map(({ profileId }) => profileId))],
      strings: prepareStrings(this.#accountId, added, this.#reader, this.#spare),
      viewings: viewings.finish(),
    };
  }
}
