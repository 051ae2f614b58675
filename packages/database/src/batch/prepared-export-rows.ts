import type { Details, OtherTable } from '@watchprint/engine';
import { nameId } from './name-id.ts';
import type { PlaceOfBatch, RejectedRowToSave } from './place-of-batch.ts';

/** One row of another table of the export on its way into the store. */
export interface ExportRowToSave {
  readonly profileId: string | null;
  /** Seconds since 1970; null where the row does not say. */
  readonly at: number | null;
  readonly rawTitle: string | null;
  readonly details: Details;
}

/** A batch of rows of another table: plain values, which a thread can hand to another. */
export interface PreparedExportRows extends PlaceOfBatch {
  readonly kind: 'EXPORT_ROWS';
  readonly table: OtherTable;
  readonly rows: readonly (ExportRowToSave & { readonly id: string })[];
  readonly rejected: readonly RejectedRowToSave[];
}

/**
 * Among how many maps the hashes are dealt. One map of millions asks for all of its new size at once when it grows, and where that
 * is more than a thread may have, Node ends the whole process; what many small ones ask for ends the thread alone.
 */
const maps = 64;

/** Gives the rows of one table of one import their ids: the same row of a later export has the same. */
export class ExportRowPreparer {
  readonly #table: OtherTable;
  /** How many rows of this content there were, by the first 52 bits of its hash. */
  readonly #seen = Array.from({ length: maps }, () => new Map<number, number>());

  constructor(table: OtherTable) {
    this.#table = table;
  }

  prepare(rows: readonly ExportRowToSave[]): PreparedExportRows['rows'] {
    return rows.map((row) => {
      const content = JSON.stringify([row.at, row.rawTitle, row.details]);
      const head = `${this.#table}/${row.profileId}`;
      const id = nameId(head, content);
      const key = Number.parseInt(id.slice(20, 23) + id.slice(26), 16);
      const seen = this.#seen[key % maps] as Map<number, number>;
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      // Equal rows of one file are several: two devices of a kind, say.
      return { ...row, id: before === 0 ? id : nameId(head, `${content}/${before + 1}`) };
    });
  }
}
