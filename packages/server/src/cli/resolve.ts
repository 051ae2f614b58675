import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { predictTitles } from '@watchprint/engine';
import { defineCommand } from 'citty';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { fail, refuseUnknownOptions, say, UsageError } from './output.ts';

/** The columns that the scorer of labelled titles reads. */
const columns = [
  'title',
  'watched_on',
  'kind',
  'series',
  'season',
  'episode',
  'imdb_title_id',
  'imdb_episode_id',
  'confidence',
];

const options = {
  context: { type: 'string', description: 'Other rows of the same histories; may be given several times' },
  out: { type: 'string', required: true, description: 'Where the predictions go, as CSV' },
} as const;

export const resolveCommand = defineCommand({
  meta: {
    name: 'resolve',
    description: 'Reads title strings alone: what film, or series, season and episode each is.',
  },
  args: {
    titles: {
      type: 'positional',
      required: true,
      description: 'A CSV with a column title (and watched_on, if there is one)',
    },
    ...options,
  },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      const contextFiles = valuesOf('context', rawArgs);
      if ([args.titles, ...contextFiles].some((file) => resolve(file) === resolve(args.out)))
        throw new UsageError(`--out ${args.out} would overwrite a file that is read`);
      const rows = await readTable(args.titles);
      const context: string[] = [];
      for (const file of contextFiles) for (const row of await readTable(file)) context.push(row.title ?? '');
      const titles = rows.map((row) => row.title ?? '');
      const predictions = predictTitles(titles, context).map((prediction, index) => ({
        ...prediction,
        title: titles[index],
        watched_on: rows[index]?.watched_on ?? '',
      }));
      await writeFile(args.out, stringify(predictions, { header: true, columns }));
      say(`${predictions.length} titles read with ${context.length} rows of context; predictions are in ${args.out}`);
    } catch (error) {
      fail(error);
    }
  },
});

/** Every value of an option that may be repeated, also several after one another: `--context A.csv B.csv`. */
function valuesOf(name: string, rawArgs: readonly string[]): string[] {
  const values: string[] = [];
  let isOpen = false;
  for (const argument of rawArgs) {
    if (argument.startsWith('--')) {
      isOpen = argument === `--${name}`;
      if (argument.startsWith(`--${name}=`)) values.push(argument.slice(name.length + 3));
    } else if (isOpen) values.push(argument);
  }
  return values;
}

/** Rows with lower-case column names, so that histories (Title) and label files (title) read alike. */
async function readTable(path: string): Promise<Record<string, string>[]> {
  const rows = parse(await readFile(path), {
    bom: true,
    // Files put together from several have several line ends.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase().replaceAll(' ', '_')),
    on_record: (row: Record<string, string>) => {
      if (!('title' in row))
        throw new UsageError(`${path} has no column named title; found ${Object.keys(row).join(', ').slice(0, 100)}`);
      return row;
    },
  });
  return rows as Record<string, string>[];
}
