import { type DatasetName, datasets, type SyncResult, syncWithCatalogue, termsOfImdb } from '@watchprint/lake';
import { defineCommand } from 'citty';
import packageJson from '../../package.json' with { type: 'json' };
import { type Config, readConfig } from '../config.ts';
import { lakeOf } from '../home.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from './output.ts';
import { stopOnSignals, stoppedByUser } from './stop-on-signals.ts';
import { showSync } from './sync-progress.ts';

const options = {
  from: { type: 'string', description: 'A folder with the files, or one of them, in place of a download' },
} as const;

export const lakeSyncCommand = defineCommand({
  meta: {
    name: 'sync',
    description: `Brings a bulk catalogue up to date: ${Object.keys(datasets).join(', ')}.`,
  },
  args: {
    dataset: { type: 'positional', required: true, description: Object.keys(datasets).join(', ') },
    ...options,
  },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      if (!isDataset(args.dataset)) throw new UsageError(`Which dataset? One of ${Object.keys(datasets).join(', ')}`);
      if (args._.length !== 1)
        throw new UsageError(
          `One dataset at a time: what is ${args._.slice(1).join(' ')}? A folder goes behind --from`,
        );
      if (args.from === '') throw new UsageError('--from needs a folder, or a file');
      const config = readConfig(process.env);
      const stopped = stopOnSignals();
      const display = showSync();
      const result = await syncWithCatalogue({
        lake: lakeOf(config.home),
        dataset: args.dataset,
        from: args.from,
        origin: originOf(config, args.dataset),
        userAgent: `watchprint/${packageJson.version}${config.sourceContact ? ` (${config.sourceContact})` : ''}`,
        signal: stopped,
        onProgress: display.tell,
      }).finally(display.end);
      sayResult(result);
      process.exit(result.refused.length === 0 ? 0 : 1);
    } catch (error) {
      if ((error as { code?: string }).code !== 'STOPPED') fail(error);
      say((error as Error).message);
      process.exit(stoppedByUser);
    }
  },
});

const isDataset = (name: string): name is DatasetName => Object.hasOwn(datasets, name);

const originOf = (config: Config, dataset: DatasetName): string | undefined =>
  ({ imdb: config.imdbDatasetsUrl, 'netflix-top10': config.netflixTop10Url, 'netflix-engagement': undefined })[dataset];

function sayResult({ current, isUnchanged, renewed, refused, missing }: SyncResult): void {
  if (isUnchanged) print(`${current.dataset}: nothing new since ${current.createdAt}`);
  else {
    print(`${current.dataset}: ${current.version} is in use`);
    for (const [name, { rows, rowsRejected, sources }] of Object.entries(current.tables)) {
      const faults = rowsRejected === 0 ? '' : `, ${rowsRejected} lines rejected`;
      const age = renewed.includes(name) ? '' : `, as it was on ${sources.at(-1)?.readAt.slice(0, 10)}`;
      print(`  ${name}: ${rows} rows${faults}${age}`);
    }
  }
  for (const { name, line, reason } of rejectedLines({ current, renewed })) say(`  ${name}, line ${line}: ${reason}`);
  for (const { reason, code } of refused) say(`  not taken: ${reason} (${code})`);
  for (const name of missing) say(`  the source has no ${name}`);
  if (current.notice !== null) print(`${current.notice} For personal and non-commercial use: ${termsOfImdb}`);
}

/** How many rejected lines of a table to show: enough to see what is wrong with a file. current.json has a hundred. */
const rejectedShown = 5;

const rejectedLines = ({ current, renewed }: Pick<SyncResult, 'current' | 'renewed'>) =>
  renewed.flatMap((table) =>
    (current.tables[table]?.rejected ?? [])
      .slice(0, rejectedShown)
      .map(({ file, line, reason }) => ({ name: file, line, reason })),
  );
