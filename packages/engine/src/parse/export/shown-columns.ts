import { RowFields } from './row-fields.ts';
import type { TableDefinition } from './table-definitions.ts';

/** The columns of a table that are read whole. Of a row that is rejected nothing else may be seen, or kept: it may be a secret. */
export function shownColumns({ read, readInPart = [] }: TableDefinition): ReadonlySet<string> {
  const asked = new AskedFor();
  read(asked);
  return new Set(['profile name', ...asked.columns].filter((column) => !readInPart.includes(column)));
}

/** A row of empty fields, which remembers what it was asked for. */
class AskedFor extends RowFields {
  readonly columns = new Set<string>();

  constructor() {
    super(new Map(), 'YEAR_FIRST', 0);
  }

  override text(column: string): null {
    this.columns.add(column);
    return null;
  }

  override required(column: string): string {
    this.columns.add(column);
    return '';
  }
}
