import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Prediction } from '@watchprint/engine';
import { type OpenCatalogue, openCatalogue } from '@watchprint/lake';
import { defineCommand } from 'citty';
import { stringify } from 'csv-stringify/sync';
import { readConfig } from '../config.ts';
import { lakeOf } from '../home.ts';
import { fail, refuseUnknownOptions, say, UsageError } from './output.ts';
import { predictRows } from './predict-rows.ts';
import { readContext, readTable, type TitlesFile, watchedOn } from './titles-file.ts';

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
    description:
      'Reads title strings: what film, or series, season and episode each is, and which of the catalogue’s, where one was synced.',
  },
  args: {
    titles: {
      type: 'positional',
      required: true,
      description: 'A CSV with a column Title; Date, watched_on or Start Time say when it was watched',
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
      const titles = rows.map((row) => row.title ?? '');
      const contexts: TitlesFile[] = [];
      for (const file of contextFiles)
        await readContext(file).then(
          (context) => contexts.push(context),
          // One file that has no titles takes nothing away from the others.
          (error: unknown) => {
            if (!(error instanceof UsageError)) throw error;
            say(`left out: ${error.message}`);
          },
        );
      const catalogue = await openCatalogue(lakeOf(readConfig(process.env).home));
      try {
        const predictions = await predictRows(rows, contexts, catalogue);
        const lines = predictions.map((prediction, index) => ({
          ...prediction,
          title: titles[index],
          watched_on: watchedOn(rows[index] ?? {}),
        }));
        await writeFile(args.out, stringify(lines, { header: true, columns }));
        sayResult(predictions, contexts, args.out, catalogue);
      } finally {
        await catalogue?.close();
      }
    } catch (error) {
      fail(error);
    }
  },
});

function sayResult(
  predictions: readonly Prediction[],
  contexts: readonly TitlesFile[],
  out: string,
  catalogue: OpenCatalogue | null,
): void {
  const rows = contexts.reduce((sum, { strings }) => sum + strings.length, 0);
  const matched = predictions.filter((prediction) => prediction.imdb_title_id !== '').length;
  say(`${predictions.length} titles read with ${rows} rows of context; predictions are in ${out}`);
  if (catalogue === null) say('No catalogue: watchprint lake sync imdb brings one, and titles get their ids');
  else say(`${matched} matched with the catalogue`);
  if (catalogue?.notice) say(catalogue.notice);
}

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
