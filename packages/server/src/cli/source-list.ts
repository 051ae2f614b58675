import { sourceOf } from '@watchprint/sources';
import { defineCommand } from 'citty';
import { readConfig } from '../config.ts';
import { sourceIdOf } from '../enriching/source-names.ts';
import { openClient, tokenOption } from './open-client.ts';
import { fail, print, refuseUnknownOptions } from './output.ts';

const options = { token: tokenOption } as const;

interface ListedSource {
  readonly name: string;
  readonly enabled: boolean;
  readonly errorMessage: string | null;
  readonly circuit: string;
  readonly retryAt: string | null;
  readonly pagesRead: number;
  readonly lastReadAt: string | null;
  readonly gapMilliseconds: number;
}

export const sourceListCommand = defineCommand({
  meta: { name: 'list', description: 'Which sources are on, and how each is doing.' },
  args: options,
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      const client = await openClient(readConfig(process.env), 'watchprint source list', args.token);
      try {
        const { sources } = await client.query<{ sources: ListedSource[] }>(
          '{ sources { name enabled errorMessage circuit retryAt pagesRead lastReadAt gapMilliseconds } }',
        );
        for (const source of sources) print(lineOf(source));
      } finally {
        await client.close();
      }
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});

function lineOf({
  name,
  enabled,
  errorMessage,
  circuit,
  retryAt,
  pagesRead,
  lastReadAt,
  gapMilliseconds,
}: ListedSource): string {
  const id = sourceIdOf(name);
  if (enabled && sourceOf(id).pages.length === 0) return `${id.padEnd(16)} on; nobody is asked for it`;
  const state = !enabled
    ? `off: ${errorMessage}`
    : circuit === 'OPEN'
      ? `left alone until ${retryAt}`
      : `on, a request every ${gapMilliseconds / 1000} s`;
  const read = pagesRead === 0 ? 'nothing read yet' : `${pagesRead} pages read, the last ${lastReadAt}`;
  return `${id.padEnd(16)} ${state}; ${read}`;
}
