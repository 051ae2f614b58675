import { join } from 'node:path';
import { openLakeQuery } from '@watchprint/lake';
import { defineCommand } from 'citty';
import { readConfig } from '../config.ts';
import { lakeOf } from '../home.ts';
import { writeCsv, writeJson, writeTable } from './answer-formats.ts';
import { fail, refuseUnknownOptions, say, UsageError } from './output.ts';
import { stopOnSignals, stoppedByUser } from './stop-on-signals.ts';

const options = {
  export: {
    type: 'string',
    description: 'A folder that lake export wrote: its tables are in the schema curated',
  },
  json: { type: 'boolean', description: 'An array of JSON objects; otherwise CSV, and on a terminal a table' },
} as const;

export const lakeQueryCommand = defineCommand({
  meta: {
    name: 'query',
    description: "Runs SQL (DuckDB's) over the lake, for reading. SHOW ALL TABLES says what there is.",
  },
  args: { sql: { type: 'positional', required: true, description: 'One SELECT' }, ...options },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      if (args._.length !== 1) throw new UsageError('The query is one argument: put it between quotes');
      const { home } = readConfig(process.env);
      // What is written next fails, and says so.
      process.stdout.on('error', () => {});
      const lake = await openLakeQuery(lakeOf(home), {
        temporaryFolder: join(home, 'temporary'),
        exported: args.export,
      });
      stopOnSignals().addEventListener('abort', () => lake.interrupt());
      try {
        for (const { schema, name, fault } of lake.tables)
          if (fault !== null) say(`${schema}.${name} cannot be read: ${fault}`);
        const answer = await lake.query(args.sql).catch((error: Error) => {
          const isCurated = /\bcurated\b/i.test(args.sql);
          if (isCurated && !lake.tables.some(({ schema }) => schema === 'curated'))
            say(
              'The schema curated is empty: watchprint lake export DIR writes its tables, and --export DIR names them here',
            );
          throw error;
        });
        const write = args.json ? writeJson : process.stdout.isTTY ? writeTable : writeCsv;
        await write(answer, process.stdout);
        for (const notice of answer.notices) say(notice);
      } finally {
        await lake.close();
      }
      process.exit(0);
    } catch (error) {
      // Whoever reads had enough: `| head`.
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'QUERY_STOPPED') fail(error);
      say(message);
      process.exit(stoppedByUser);
    }
  },
});
