import { join } from 'node:path';
import { openDatabase } from '@watchprint/database';
import { createPages, reparse } from '@watchprint/lake';
import { defineCommand } from 'citty';
import { readConfig } from '../config.ts';
import { pageParserOf, reparseOrder } from '../enriching/reparse-pages.ts';
import { lakeOf } from '../home.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from './output.ts';
import { stopOnSignals } from './stop-on-signals.ts';

export const lakeReparseCommand = defineCommand({
  meta: {
    name: 'reparse',
    description: "Reads a source's stored pages again with today's parser; the source is asked nothing.",
  },
  args: {
    source: {
      type: 'positional',
      required: true,
      description: 'Whose pages: imdb, wikidata, wikipedia, rotten-tomatoes, netflix-pages, justwatch, or all',
    },
  },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, {});
      const config = readConfig(process.env);
      const pages = createPages(join(lakeOf(config.home), 'pages'), {
        onDamage: ({ file, offset }) => say(`${file} is damaged at ${offset}: what is there is left out`),
      });
      const sources = args.source === 'all' ? reparseOrder : [args.source];
      const [unknown] = sources.filter((source) => !reparseOrder.includes(source));
      if (unknown !== undefined)
        throw new UsageError(
          `No parser reads the pages of ${unknown} (${await count(pages.entries(unknown))} stored): there are parsers of ${reparseOrder.join(', ')}, or all`,
        );
      const database = await openDatabase({
        url: config.databaseUrl,
        home: config.home,
        command: 'watchprint lake reparse',
      });
      let allFailed = 0;
      try {
        for (const source of sources) {
          const { read, failed } = await reparse(pages, source, pageParserOf(database.sql, source), {
            signal: stopOnSignals(),
            onProgress: ({ read, failed }) => {
              if ((read + failed) % 1000 === 0) say(`${source}: ${read} pages read, ${failed} could not be`);
            },
            onFailure: ({ entry, error }) =>
              say(`${entry.url} of ${entry.fetchedAt.toISOString()}: ${reasonOf(error)}`),
          });
          print(`${source}: ${read} pages read again, ${failed} could not be`);
          allFailed += failed;
        }
      } finally {
        await database.close();
      }
      process.exit(allFailed === 0 ? 0 : 1);
    } catch (error) {
      fail(error);
    }
  },
});

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let number = 0;
  for await (const _ of items) number += 1;
  return number;
}
