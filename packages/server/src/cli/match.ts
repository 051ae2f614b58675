import type { Client } from '@watchprint/sdk';
import { defineCommand } from 'citty';
import { SingleBar } from 'cli-progress';
import { readConfig } from '../config.ts';
import { openClient, tokenOption } from './open-client.ts';
import { fail, print, refuseUnknownOptions, say } from './output.ts';

const options = {
  'dry-run': { type: 'boolean', description: 'Only says what would change' },
  token: tokenOption,
} as const;

export const matchCommand = defineCommand({
  meta: {
    name: 'match',
    description: 'Matches the account’s strings with the catalogue where that is to be done, and says what it changes.',
  },
  args: options,
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      const isDryRun = args['dry-run'] ?? false;
      const client = await openClient(readConfig(process.env), 'watchprint match', args.token, {
        isMatching: !isDryRun,
      });
      const isDone = await (isDryRun ? preview(client) : match(client)).finally(() => client.close());
      process.exit(isDone ? 0 : 1);
    } catch (error) {
      fail(error);
    }
  },
});

interface Changes {
  readonly stringsCompared: number;
  readonly titlesChanged: number;
  readonly statuses: readonly { readonly from: string; readonly to: string; readonly strings: number }[];
  readonly examples: readonly {
    readonly rawTitle: string;
    readonly from: string;
    readonly to: string;
    readonly titleBefore: string | null;
    readonly titleAfter: string | null;
  }[];
}

const changesFields = `changes { workedOutAt stringsCompared titlesChanged statuses { from to strings }
  examples { rawTitle from to titleBefore titleAfter } }`;

const noCatalogue = 'There is no catalogue to match with: watchprint lake sync imdb brings one';

async function preview(client: Client): Promise<boolean> {
  const { previewRematch } = await client.query<{ previewRematch: { changes: Changes | null } }>(
    `mutation { previewRematch { ${changesFields} } }`,
  );
  if (previewRematch.changes === null) {
    say(noCatalogue);
    return false;
  }
  show(previewRematch.changes);
  return true;
}

async function match(client: Client): Promise<boolean> {
  const began = new Date();
  await client.query('mutation { rematch { matching { status } } }');
  const isDone = await untilMatched(client);
  const { viewer } = await client.query<{
    viewer: { matching: { changes: (Changes & { workedOutAt: string }) | null } };
  }>(`{ viewer { matching { ${changesFields} } } }`);
  const { changes } = viewer.matching;
  // That of an earlier run says nothing of this one.
  if (changes !== null && new Date(changes.workedOutAt) >= began) show(changes);
  return isDone;
}

const lookEveryMs = 200;

/** Waits until the account's strings are matched, and says how it ended. @returns false where nothing could be matched. */
export async function untilMatched(client: Client): Promise<boolean> {
  const bar = new SingleBar({ format: '{bar} {value} of {total} strings', noTTYOutput: false });
  let isShown = false;
  for (;;) {
    const matching = await client.matching();
    const { status, stringsTotal, stringsDone } = matching ?? { status: 'WAITING', stringsTotal: 0, stringsDone: 0 };
    if (status === 'RUNNING' && stringsTotal > 0 && process.stderr.isTTY) {
      if (!isShown) bar.start(stringsTotal, stringsDone);
      isShown = true;
      bar.setTotal(stringsTotal);
      bar.update(stringsDone);
    }
    if (status === 'QUEUED' || status === 'RUNNING') {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      continue;
    }
    if (isShown) bar.stop();
    if (status === 'WAITING') say(noCatalogue);
    else if (status === 'FAILED') say(`Matching failed: ${matching?.errorMessage} (${matching?.errorCode})`);
    else print(stringsTotal === 0 ? 'All strings were matched already' : `${stringsTotal} strings matched`);
    return status === 'COMPLETED';
  }
}

function show({ stringsCompared, titlesChanged, statuses, examples }: Changes): void {
  print(
    `${stringsCompared} strings compared; ${titlesChanged} get another title of the catalogue, or have none any more`,
  );
  for (const { from, to, strings } of statuses)
    print(`  ${strings} ${from === to ? `stay ${to}` : `from ${from} to ${to}`}`);
  for (const { rawTitle, from, to, titleBefore, titleAfter } of examples)
    print(`  ${rawTitle}: ${from} ${titleBefore ?? '–'} → ${to} ${titleAfter ?? '–'}`);
}
