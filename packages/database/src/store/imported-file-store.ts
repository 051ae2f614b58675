/**
 * The place of the file of an import that rows of a table count for, where a statement has the import as `counts.import_id`: the
 * first, where an archive has several of one table.
 * @param table As the statement has it.
 */
export const firstFileOf = (table: string): string =>
  `SELECT min(place) FROM imported_file first
   WHERE first.account_id = $1::uuid AND first.import_id = counts.import_id AND first.use = 'USED'
     AND first.export_table = ${table}`;
