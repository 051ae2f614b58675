import type { Client, DateOrder, Import } from '@watchprint/sdk';
import { defineCommand } from 'citty';
import { SingleBar } from 'cli-progress';
import { readConfig } from '../config.ts';
import { untilMatched } from './match.ts';
import { openClient, tokenOption } from './open-client.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from './output.ts';

const dateOrders: Record<string, DateOrder> = {
  'day-first': 'DAY_FIRST',
  'month-first': 'MONTH_FIRST',
  'year-first': 'YEAR_FIRST',
};

const options = {
  profile: { type: 'string', description: 'Whose history it is, for files that do not say' },
  'date-order': { type: 'string', description: Object.keys(dateOrders).join(', ') },
  'time-zone': { type: 'string', description: 'Time zone of profiles that this import creates' },
  token: tokenOption,
} as const;

export const importCommand = defineCommand({
  meta: {
    name: 'import',
    description: 'Reads NetflixViewingHistory.csv, a table of the personal-data export, or its zip archive.',
  },
  args: {
    file: { type: 'positional', required: true, description: 'One or more files' },
    ...options,
  },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      const asked = args['date-order'];
      const dateOrder = asked === undefined ? undefined : dateOrders[asked];
      if (asked !== undefined && dateOrder === undefined)
        throw new UsageError(`--date-order is one of ${Object.keys(dateOrders).join(', ')}`);
      const client = await openClient(readConfig(process.env), 'watchprint import', args.token);
      let failures = 0;
      for (const file of args._)
        failures += await importFile(client, file, {
          ...(args.profile === undefined ? {} : { profileName: args.profile }),
          ...(args['time-zone'] === undefined ? {} : { timeZone: args['time-zone'] }),
          ...(dateOrder === undefined ? {} : { dateOrder }),
        });
      // Where no server goes on with it, it would wait for the next one.
      if (failures < args._.length && (await client.matching())?.status !== 'WAITING') await untilMatched(client);
      await client.close();
      process.exit(failures === 0 ? 0 : 1);
    } catch (error) {
      fail(error);
    }
  },
});

/** @returns 1 when the file was not imported: the others still are. */
async function importFile(
  client: Client,
  file: string,
  options: { profileName?: string; timeZone?: string; dateOrder?: DateOrder },
): Promise<number> {
  const bar = new SingleBar({ format: '{bar} {percentage}% {rows} rows', stopOnComplete: false, noTTYOutput: false });
  let isShown = false;
  const onProgress = ({ bytesTotal, bytesRead, rowsRead }: Import) => {
    if (!process.stderr.isTTY) return;
    if (!isShown) bar.start(bytesTotal ?? 0, 0, { rows: 0 });
    isShown = true;
    bar.update(bytesRead, { rows: rowsRead });
  };
  try {
    const done = await client.importHistory(file, { ...options, onProgress });
    if (isShown) bar.stop();
    print(summary(file, done));
    for (const line of filesOf(done)) print(line);
    if (done.files.some(({ rowsRejected }) => rowsRejected > 0)) await sayRejected(client, done);
    return 0;
  } catch (error) {
    if (isShown) bar.stop();
    const { code, message } = error as { code?: string; message: string };
    say(`${file}: ${message}${code === undefined ? '' : ` (${code})`}`);
    if (code === 'DATE_ORDER_NEEDED') say(`  say which with --date-order ${Object.keys(dateOrders).join(' | ')}`);
    return 1;
  }
}

function summary(file: string, done: Import): string {
  // Its rows are no viewings: what became of it is said below.
  if (done.format === 'NETFLIX_EXPORT_TABLE') return `${file}:`;
  const rows = `${done.rowsRead} rows: ${done.rowsImported} imported (${done.rowsSupplemental} of them trailers and the like), ${done.rowsDuplicate} there already, ${done.rowsRejected} rejected`;
  return done.dateOrder === null
    ? `${file}: ${rows}.`
    : `${file}: ${rows}. Dates ${done.dateOrder}: ${done.dateOrderReason}`;
}

/** What became of each file of an archive, and of a table that is no history. */
const filesOf = ({ format, files }: Import): string[] =>
  format === 'NETFLIX_EXPORT' || format === 'NETFLIX_EXPORT_TABLE'
    ? files.map(({ path, use, rowsRead, rowsImported, note }) => {
        const rows = use === 'USED' ? `${rowsRead} rows, ${rowsImported} imported` : use.toLowerCase();
        return `  ${path}: ${rows}${note === null ? '' : `. ${note}`}`;
      })
    : [];

/** How many rejected rows to show: enough to see what is wrong with a file. */
const rejectedShown = 5;

async function sayRejected(client: Client, { id, format }: Import): Promise<void> {
  interface Answer {
    node: { rejectedRows: { totalCount: number; nodes: { fileName: string; line: number; reason: string }[] } };
  }
  const { node } = await client.query<Answer>(
    `query($id: ID!, $first: Int!) { node(id: $id) { ... on Import {
       rejectedRows(first: $first) { totalCount nodes { fileName line reason } } } } }`,
    { id, first: rejectedShown },
  );
  const { totalCount, nodes } = node.rejectedRows;
  for (const { fileName, line, reason } of nodes)
    say(`  ${format === 'NETFLIX_EXPORT' ? `${fileName}, ` : ''}line ${line}: ${reason}`);
  if (totalCount > rejectedShown)
    say(`  … and ${totalCount - rejectedShown} more: rejectedRows of the import has them all`);
}
