import { join } from 'node:path';
import { createPages, type PageParser, reparse } from '@watchprint/lake';
import { defineCommand } from 'citty';
import { readConfig } from '../config.ts';
import { lakeOf } from '../home.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from './output.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** The parser of each source. There is none yet: sources come with enrichment. */
const pageParsers: ReadonlyMap<string, PageParser> = new Map();

export const lakeReparseCommand = defineCommand({
  meta: {
    name: 'reparse',
    description: "Reads a source's stored pages again with today's parser; the source is asked nothing.",
  },
  args: { source: { type: 'positional', required: true, description: 'Whose pages' } },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, {});
      const pages = createPages(join(lakeOf(readConfig(process.env).home), 'pages'), {
        onDamage: ({ file, offset }) => say(`${file} is damaged at ${offset}: what is there is left out`),
      });
      const parser = pageParsers.get(args.source);
      if (parser === undefined) {
        const stored = await count(pages.entries(args.source));
        throw new UsageError(
          `No parser reads the pages of ${args.source} (${stored} stored): ${
            pageParsers.size === 0
              ? 'no source has one yet'
              : `there are parsers of ${[...pageParsers.keys()].join(', ')}`
          }`,
        );
      }
      const { read, failed } = await reparse(pages, args.source, parser, {
        signal: stopOnSignals(),
        onProgress: ({ read, failed }) => {
          if ((read + failed) % 1000 === 0) say(`${read} pages read, ${failed} could not be`);
        },
        onFailure: ({ entry, error }) => say(`${entry.url} of ${entry.fetchedAt.toISOString()}: ${reasonOf(error)}`),
      });
      print(`${args.source}: ${read} pages read again, ${failed} could not be`);
      process.exit(failed === 0 ? 0 : 1);
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
