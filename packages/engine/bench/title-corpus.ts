import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

type Row = Readonly<Record<string, string>>;

/** A labelled title string; the columns are described in the README of the labelled set. */
export interface LabelledTitle extends Row {
  readonly title: string;
  readonly kind: string;
}

export function labelledTitles(corpus: string): LabelledTitle[] {
  return rowsOf(join(corpus, 'titles', 'labelled.csv')).flatMap((row) =>
    row.title === undefined || row.kind === undefined ? [] : [{ ...row, title: row.title, kind: row.kind }],
  );
}

/** The titles of all histories of the corpus, without the rows that a file itself calls supplemental. */
export function contextTitles(corpus: string): string[] {
  const folder = join(corpus, 'netflix');
  return readdirSync(folder)
    .filter((file) => /^(?:history|activity)-.*\.csv$/.test(file) && !file.includes('mangled'))
    .flatMap((file) => rowsOf(join(folder, file)))
    .flatMap((row) => (row.Title && !row['Supplemental Video Type'] ? [row.Title] : []));
}

/** A string's half of the labelled set: rules were tuned on half 0 and only checked on half 1. */
export function halfOf(title: string): 0 | 1 {
  let hash = 7;
  for (const character of title) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return hash % 2 === 0 ? 0 : 1;
}

function rowsOf(file: string): Row[] {
  return parse(readFileSync(file, 'utf8'), { columns: true, bom: true, relax_column_count: true, relax_quotes: true });
}
