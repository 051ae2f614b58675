import { PassThrough } from 'node:stream';
import { curatedTablesFor, hasDatabase, openDatabase } from '@watchprint/database';
import { type CuratedProgress, curatedFolder, refuseExport, termsOfImdb, writeCuratedExport } from '@watchprint/lake';
import { defineCommand } from 'citty';
import { type Config, readConfig } from '../config.ts';
import { lakeOf } from '../home.ts';
import { accountFor, readRowFrames, writeRowFrames } from '../lake-export/row-frames.ts';
import { curatedRowsFromAdminSocket } from '../sign-in/admin-socket.ts';
import { settledHolder } from './open-client.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from './output.ts';
import { stopOnSignals, stoppedByUser } from './stop-on-signals.ts';

const options = {
  account: {
    type: 'string',
    description: 'Whose viewings, ratings and all strings too: a name (local, without sign-in) or an id',
  },
} as const;

export const lakeExportCommand = defineCommand({
  meta: { name: 'export', description: 'Writes titles, matches, facts and ratings as Parquet, with a dictionary.' },
  args: {
    dir: { type: 'positional', required: true, description: 'The folder: none, an empty one, or an earlier export' },
    ...options,
  },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      if (args._.length !== 1 || args.dir === '') throw new UsageError('Which folder? One');
      if (args.dir === '-') throw new UsageError('An export is a folder: name one');
      if (args.account === '') throw new UsageError('--account needs a name or an id');
      const config = readConfig(process.env);
      if (config.databaseUrl === 'memory:') throw new UsageError('A database in memory has nothing to export');
      const lake = lakeOf(config.home);
      const stopped = stopOnSignals();
      const refuse = () => refuseExport(args.dir, config.home, lake, args.account !== undefined);
      await withRows(config, args.account ?? null, refuse, async ({ account, rows }) => {
        const { place, dictionary } = await writeCuratedExport({
          to: args.dir,
          home: config.home,
          lake,
          account,
          tables: curatedTablesFor(account?.id ?? null),
          rows,
          signal: stopped,
          onProgress: showProgress(),
        });
        const whose = account === null ? 'of no account' : `personal data of ${account.name}`;
        print(`${place}: ${whose}; its README.md says what each column means`);
        for (const { name, rows: count, files } of dictionary.tables)
          print(`  ${name}: ${count} rows, ${files.length} ${files.length === 1 ? 'file' : 'files'}`);
        const imdb = dictionary.sources.find(({ name }) => name === 'imdb');
        if (imdb?.version === null)
          say(
            'No catalogue is in the lake, so facts and ratings are those of pages alone: watchprint lake sync imdb brings one',
          );
        if (imdb?.notice) print(`${imdb.notice} For personal and non-commercial use: ${termsOfImdb}`);
        const inLake = place === curatedFolder(lake) ? '' : ` --export ${args.dir}`;
        say(`To ask it: watchprint lake query${inLake} 'SELECT * FROM curated.titles'`);
      });
      process.exit(0);
    } catch (error) {
      if ((error as { code?: string }).code !== 'STOPPED') fail(error);
      say((error as Error).message);
      process.exit(stoppedByUser);
    }
  },
});

type Rows = Awaited<ReturnType<typeof readRowFrames>>;

/**
 * Reads the database, or asks whoever has it open: an embedded one belongs to one process.
 * @param refuse What cannot be written is refused before anybody else is asked.
 */
async function withRows(
  config: Config,
  account: string | null,
  refuse: () => Promise<void>,
  work: (rows: Rows) => Promise<void>,
): Promise<void> {
  if (config.databaseUrl === undefined) {
    if ((await settledHolder(config.home)) !== null) {
      await refuse();
      say(`Asking the process that has ${config.home} open`);
      return work(await readRowFrames(await curatedRowsFromAdminSocket(config.home, account)));
    }
    // The home is a folder of where the command is called, unless it is set: to open one makes it.
    if (!(await hasDatabase(config.home)))
      throw new UsageError(
        `There is nothing in ${config.home} to export: set WATCHPRINT_HOME to the home that is meant`,
      );
  }
  const database = await openDatabase({
    url: config.databaseUrl,
    home: config.home,
    command: 'watchprint lake export',
  });
  try {
    const whose = await accountFor(database.sql, account);
    const frames = new PassThrough({ highWaterMark: 256 * 1024 });
    const written = writeRowFrames(database, whose, frames).then(
      () => void frames.end(),
      (error: Error) => void frames.destroy(error),
    );
    try {
      await work(await readRowFrames(frames));
    } finally {
      // What is not read to its end must not wait for a reader.
      frames.destroy();
      await written;
    }
  } finally {
    await database.close();
  }
}

/** How many rows apart two lines about the same table are. */
const rowsBetween = 100_000;

function showProgress(): (progress: CuratedProgress) => void {
  let shown = 0;
  return ({ step, table, rows }) => {
    if (step === 'table') {
      say(`Wrote ${table}`);
      return;
    }
    if (rows < shown) shown = 0;
    if (rows - shown < rowsBetween) return;
    shown = rows;
    say(`Reading ${table}: ${rows} rows`);
  };
}
