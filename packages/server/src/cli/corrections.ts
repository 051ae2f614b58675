import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Client } from '@watchprint/sdk';
import { defineCommand } from 'citty';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { imdbIdForm } from '../schema/public-id.ts';
import { openClient, tokenOption } from './open-client.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from './output.ts';
import { refuseExisting, writeWhole } from './whole-file.ts';

const imdbId = z.string().trim().toLowerCase().regex(imdbIdForm).nullable();
/** One line of the file: nothing of whose string it is, nor when it was watched. */
const correction = z
  .strictObject({ rawTitle: z.string().min(1), imdbId, imdbEpisodeId: imdbId })
  .refine((one) => one.imdbId !== null || one.imdbEpisodeId === null);
type Correction = z.infer<typeof correction>;

const options = { token: tokenOption } as const;
const file = { type: 'positional', required: true } as const;
/** In one request. */
const sentAtOnce = 500;

const exportCommand = defineCommand({
  meta: { name: 'export', description: 'Writes what was said that strings are, as lines of JSON.' },
  args: { file: { ...file, description: 'The file to write; none may be there' }, ...options },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      await refuseExisting(args.file);
      const client = await openClient(readConfig(process.env), 'watchprint corrections', args.token);
      const lines: string[] = [];
      try {
        for await (const one of corrections(client)) lines.push(`${JSON.stringify(one)}\n`);
      } finally {
        await client.close();
      }
      await writeWhole(args.file, Readable.from([Buffer.from(lines.sort().join(''))]));
      print(`${args.file}: ${lines.length} corrections`);
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});

async function* corrections(client: Client): AsyncGenerator<Correction> {
  interface Page {
    viewer: { corrections: { nodes: Correction[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
  }
  for (let after: string | null = null; ; ) {
    const { viewer }: Page = await client.query(
      `query($after: String) { viewer { corrections(first: 500, after: $after) {
         nodes { rawTitle imdbId imdbEpisodeId } pageInfo { hasNextPage endCursor } } } }`,
      { after },
    );
    yield* viewer.corrections.nodes;
    if (!viewer.corrections.pageInfo.hasNextPage) return;
    after = viewer.corrections.pageInfo.endCursor;
  }
}

const importCommand = defineCommand({
  meta: {
    name: 'import',
    description: 'Keeps what such a file says, also of strings that no import has had yet; matching follows.',
  },
  args: { file: { ...file, description: 'The file to read' }, ...options },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      const { corrections: read, repeated } = await readCorrections(args.file);
      const unknown = new Set<string>();
      const client = await openClient(readConfig(process.env), 'watchprint corrections', args.token);
      try {
        for (let start = 0; start < read.length; start += sentAtOnce) {
          const { importCorrections } = await client.query<{ importCorrections: { unknownImdbIds: string[] } }>(
            'mutation($input: ImportCorrectionsInput!) { importCorrections(input: $input) { unknownImdbIds } }',
            { input: { corrections: read.slice(start, start + sentAtOnce) } },
          );
          for (const id of importCorrections.unknownImdbIds) unknown.add(id);
        }
      } finally {
        await client.close();
      }
      print(`${args.file}: ${read.length} corrections kept`);
      if (repeated > 0)
        say(`${repeated} of its lines are of strings that a later line is of too: the last of each counts`);
      if (unknown.size > 0)
        say(
          `No film or series of the catalogue, or no episode of the series beside it, has the id ${[...unknown].join(', ')}: kept, and the string has no such title until one does`,
        );
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});

/** The last of each string. @throws {UsageError} naming the first line that is none; then nothing is kept. */
async function readCorrections(path: string): Promise<{ corrections: Correction[]; repeated: number }> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} ${error.code === 'ENOENT' ? 'is not there' : `cannot be read: ${error.code}`}`);
  });
  const last = new Map<string, Correction>();
  let lines = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    lines += 1;
    try {
      const one = correction.parse(JSON.parse(line));
      last.set(one.rawTitle, one);
    } catch {
      throw new UsageError(
        `${path}, line ${index + 1}: expected {"rawTitle": "…", "imdbId": "tt…" or null, "imdbEpisodeId": "tt…" or null}, and with an episode its series`,
      );
    }
  }
  return { corrections: [...last.values()], repeated: lines - last.size };
}

export const correctionsCommand = defineCommand({
  meta: {
    name: 'corrections',
    description: 'What people said that strings are, as a small file without anything personal.',
  },
  subCommands: { export: exportCommand, import: importCommand },
});
