import { binaryArray } from './binary-array.ts';
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
  readonly accidental: boolean;
  readonly supplemental: boolean;
  readonly device: string | null;
  readonly country: string | null;
}

export interface RejectedRowToSave {
  readonly line: number;
  readonly reason: string;
  readonly content: string;
}

export interface BatchToSave {
  readonly importId: string;
  readonly workerId: string;
  readonly fileName: string;
  /** From 1. A batch that was saved before is not saved again. */
  readonly number: number;
  readonly rows: readonly ViewingToSave[];
  readonly rejected: readonly RejectedRowToSave[];
  readonly bytesRead: number;
}

/** Strings remembered between batches: a file's repeats stand close together. */
const rememberedStrings = 20_000;

/** A batch, and all that can be made of it without the database: plain values, which a thread can hand to another. */
export interface PreparedBatch extends Omit<BatchToSave, 'rows'> {
  readonly rowCount: number;
  /** How many of the rows are trailers and the like. */
  readonly supplementalCount: number;
  readonly strings: PreparedStrings;
  /** The rows as binary arrays, in the order of the statement that inserts them: their key, and the rest. */
  readonly keys: readonly Uint8Array[];
  readonly values: readonly Uint8Array[];
}

/** Prepares the batches of one import: reads their strings, lays out their rows. No database needed. */
export class BatchPreparer {
  readonly #accountId: string;
  readonly #reader: StringReader;
  /** Strings that are stored, or will be before the next batch is. */
  readonly #known = new Map<string, StringToSave>();

  constructor(accountId: string, reader: StringReader) {
    this.#accountId = accountId;
    this.#reader = reader;
  }

  prepare({ rows, ...batch }: BatchToSave): PreparedBatch {
    if (this.#known.size > rememberedStrings) this.#known.clear();
    const added: StringToSave[] = [];
    // Words that rows share are sent once, and rows name their places: most of a batch would be the same few words.
    const profiles = new Dictionary();
    const matches = new Dictionary();
    const devices = new Dictionary();
    const countries = new Dictionary();
    const matchPlaces: number[] = [];
    for (const { rawTitle } of rows) {
      let string = this.#known.get(rawTitle);
      if (string === undefined) {
        string = stringToSave(rawTitle, this.#reader);
        this.#known.set(rawTitle, string);
        added.push(string);
      }
      matchPlaces.push(matches.place(string.id));
    }
    const profilePlaces = rows.map((row) => profiles.place(row.profileId));
    const devicePlaces = rows.map((row) => devices.place(row.device));
    const countryPlaces = rows.map((row) => countries.place(row.country));
    const column = <Key extends keyof ViewingToSave>(key: Key) => rows.map((row) => row[key]);
    return {
      ...batch,
      rowCount: rows.length,
      supplementalCount: rows.filter(({ supplemental }) => supplemental).length,
      strings: prepareStrings(this.#accountId, added, this.#reader),
      keys: [
        binaryArray('uuid', profiles.words),
        binaryArray('uuid', matches.words),
        binaryArray('int4', profilePlaces),
        binaryArray('int4', matchPlaces),
        binaryArray('float8', column('orderedAt')),
        binaryArray('int4', column('seconds')),
        binaryArray('int2', column('occurrence')),
      ],
      values: [
        binaryArray('int4', column('watchedOn')),
        binaryArray('bool', column('accidental')),
        binaryArray('text', devices.words),
        binaryArray('text', countries.words),
        binaryArray('bool', column('supplemental')),
        binaryArray('int4', devicePlaces),
        binaryArray('int4', countryPlaces),
      ],
    };
  }
}

/** Distinct words in the order they came; places count from 1, as PostgreSQL's arrays do, and 0 is no word. */
class Dictionary {
  readonly words: string[] = [];
  readonly #places = new Map<string, number>();

  place(word: string | null): number {
    if (word === null) return 0;
    let place = this.#places.get(word);
    if (place === undefined) {
      place = this.words.push(word);
      this.#places.set(word, place);
    }
    return place;
  }
}
