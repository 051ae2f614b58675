import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPages } from '@watchprint/lake';
import {
  createMemorySchedule,
  createReader,
  decodeBody,
  originIn,
  type Page,
  type Reading,
  readAnswer,
} from '@watchprint/sources';
import { defineCommand } from 'citty';
import packageJson from '../../package.json' with { type: 'json' };
import { type Config, readConfig } from '../config.ts';
import { keepIn } from '../enriching/page-keeper.ts';
import { contactMissing, usualGapMs } from '../enriching/source-switches.ts';
import { lakeOf } from '../home.ts';
import { fail, print, refuseUnknownOptions, UsageError } from './output.ts';
import { addressOf, keyFor, namesOfSources, pageByKey, pageInFile, pagesOf } from './source-pages.ts';
import { stopOnSignals } from './stop-on-signals.ts';

const options = {
  from: { type: 'string', description: 'A saved page; nobody is asked' },
} as const;

export const sourceReadCommand = defineCommand({
  meta: {
    name: 'read',
    description:
      'Reads one page of a source with its parser, from the web or a saved file, and prints what it says as JSON.',
  },
  args: {
    source: {
      type: 'positional',
      required: true,
      description: `${namesOfSources.join(', ')}; imdb/suggestion for one kind of its pages`,
    },
    key: {
      type: 'positional',
      required: true,
      description: 'tt0133093, Q83495, "The Matrix", m/the_matrix, 20557937 …',
    },
    ...options,
  },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      const config = readConfig(process.env);
      const pages = pagesOf(args.source);
      const said =
        args.from === undefined
          ? await readFromWeb(pageByKey(pages, args.key, config, null), config)
          : await readFromFile(pages, args.key, args.from, config);
      print(JSON.stringify(said, null, 2));
      process.exit(said.status === 'FOUND' || said.status === 'NOT_FOUND' ? 0 : 1);
    } catch (error) {
      fail(error);
    }
  },
});

/** What is printed: which page, and what it says. */
interface Said {
  readonly source: string;
  readonly kind: string;
  readonly key: string;
  readonly status: Reading<unknown>['status'] | 'UNCHANGED';
  /** Of a failure. */
  readonly code?: string;
}

const shapeOf = ({ source, kind }: Page<unknown>, key: string) => ({ source, kind, key });

async function readFromFile(
  pages: readonly Page<unknown>[],
  text: string,
  file: string,
  config: Config,
): Promise<Said> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  });
  const body = decodeBody(bytes, undefined);
  const recognised = pageInFile(pages, body);
  const own = recognised === null ? null : keyFor(recognised, text, config, body);
  if (recognised !== null && own === null)
    throw new UsageError(
      `${file} is ${recognised.source}/${recognised.kind}, whose keys are ${recognised.keys}: not ${text}`,
    );
  const { page, key } =
    recognised !== null && own !== null ? { page: recognised, key: own } : pageByKey(pages, text, config, body);
  // Only the page itself was saved: what its request would have been is the nearest to its address.
  const url = addressOf(page, key, config) ?? '';
  const reading = readAnswer(page, { url, status: 200, headers: {}, body }, [key]).get(key);
  if (reading === undefined) throw new Error(`The parser of ${page.source}/${page.kind} says nothing`);
  return { ...shapeOf(page, key), ...reading };
}

async function readFromWeb(
  { page, key }: { readonly page: Page<unknown>; readonly key: string },
  config: Config,
): Promise<Said> {
  if (addressOf(page, key, config) === null)
    throw new UsageError(
      `${page.source}/${page.kind} is never asked for: it can be read with --from, where somebody has it`,
    );
  const missing = contactMissing(page.source, config.sourceContact);
  if (missing !== null) throw new UsageError(missing.message);
  const lake = createPages(join(lakeOf(config.home), 'pages'));
  const reader = createReader({
    version: packageJson.version,
    contact: config.sourceContact ?? null,
    schedule: createMemorySchedule(),
    originOf: (asked, keys) => originIn(config.sites, asked, keys),
    gapOf: (source) => usualGapMs(source, config.sourceGaps),
    keep: keepIn(lake),
  });
  try {
    const { readings, code } = await reader.read(page, [key], { signal: stopOnSignals() });
    const reading = readings.get(key);
    if (reading === undefined) throw new Error(`The parser of ${page.source}/${page.kind} says nothing`);
    return { ...shapeOf(page, key), ...(code === null ? {} : { code }), ...reading };
  } finally {
    await reader.close();
    await lake.close();
  }
}
