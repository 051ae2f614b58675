/** Runs `matchGroups` in a thread of its own: matching many strings would hold up every request, and the database, meanwhile. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type CatalogueFiles, openCatalogueFiles } from '@watchprint/lake';
import { type GroupOfStrings, matchGroups, type Outcomes } from './match-groups.ts';

/** Groups to match, and where to answer: whoever asks says there when the next outcomes are wanted, and closes it at the end. */
export interface GroupsToMatch {
  readonly groups: readonly GroupOfStrings[];
  readonly answers: MessagePort;
}

/** A thread that is ended from outside while DuckDB is at work takes the process with it: it is asked to end. */
export type ToThread = GroupsToMatch | 'end';

export type FromThread =
  | { readonly kind: 'outcomes'; readonly outcomes: Outcomes }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: unknown };

if (parentPort === null) throw new Error('This module runs as a thread of its own');

// Whoever started this has the same state open, and so it stays on disk.
const catalogue = await openCatalogueFiles(workerData as CatalogueFiles);

// One after another: each takes the memory of its groups and of what the catalogue knows of them.
let last: Promise<unknown> = Promise.resolve();
parentPort.on('message', async (message: ToThread) => {
  if (message === 'end') {
    await catalogue.close();
    process.exit();
  }
  const wanted = wantedFrom(message.answers);
  last = last.then(() => answer(message, wanted));
});

async function answer({ groups, answers }: GroupsToMatch, wanted: AsyncIterator<void>): Promise<void> {
  const tell = (message: FromThread) => answers.postMessage(message);
  try {
    // Nobody waits for it any more.
    if ((await wanted.next()).done === true) return;
    for await (const outcomes of matchGroups(groups, catalogue)) {
      tell({ kind: 'outcomes', outcomes });
      if ((await wanted.next()).done === true) return;
    }
    tell({ kind: 'end' });
  } catch (error) {
    tell({ kind: 'failed', error });
  }
}

/** Something whenever more is wanted, until nothing is; heard from now on, also while others have their turn. */
function wantedFrom(answers: MessagePort): AsyncGenerator<void> {
  let wanted = 0;
  let isOver = false;
  let wake = () => {};
  answers.on('message', () => {
    wanted += 1;
    wake();
  });
  answers.once('close', () => {
    isOver = true;
    wake();
  });
  return (async function* () {
    for (;;) {
      while (wanted === 0 && !isOver)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (isOver) return;
      wanted -= 1;
      yield;
    }
  })();
}
