import { readFile, writeFile } from 'node:fs/promises';
import { predictTitles } from '@watchprint/engine';
import { defineCommand } from 'citty';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { fail, say } from './output.ts';

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
    context: { type: 'string', description: 'Other rows of the same histories; may be given several times' },
    out: { type: 'string', required: true, description: 'Where the predictions go, as CSV' },
  },
  async run({ args, rawArgs }) {
    try {
      const rows = await readTable(args.titles);
      const context: string[] = [];
      for (const file of valuesOf('context', rawArgs))
        for (const row of await readTable(file)) context.push(row.title ?? '');
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
  return parse(await readFile(path), {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase().replaceAll(' ', '_')),
  }) as Record<string, string>[];
}
