/** Runs `matchGroups` in a thread of its own: matching many strings would hold up every request, and the database, meanwhile. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type CatalogueFiles, openCatalogueFiles } from '@watchprint/lake';
import { type GroupOfStrings, matchGroups, type Outcomes } from './match-groups.ts';

/** Groups to match, and where to answer: whoever asks says there when the next outcomes are wanted, and closes it at the end. */
export interface ToThread {
  readonly groups: readonly GroupOfStrings[];
  readonly answers: MessagePort;
}

export type FromThread =
  | { readonly kind: 'outcomes'; readonly outcomes: Outcomes }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: unknown };

if (parentPort === null) throw new Error('This module runs as a thread of its own');

// Whoever started this has the same state open, and so it stays on disk.
const catalogue = await openCatalogueFiles(workerData as CatalogueFiles);

// One after another: each takes the memory of its groups and of what the catalogue knows of them.
let last: Promise<unknown> = Promise.resolve();
const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
  const result = last.then(work);
  last = result.catch(() => {});
  return result;
};

parentPort.on('message', ({ groups, answers }: ToThread) => {
  const tell = (message: FromThread) => answers.postMessage(message);
  const matched = matchGroups(groups, catalogue);
  let isFirst = true;
  const next = async () => {
    // All is worked out before the first; what comes then is only laid out.
    const { value, done } = isFirst ? await inTurn(async () => matched.next()) : await matched.next();
    isFirst = false;
    tell(done === true ? { kind: 'end' } : { kind: 'outcomes', outcomes: value });
  };
  answers.on('message', () => {
    next().catch((error: unknown) => tell({ kind: 'failed', error }));
  });
  // Nobody waits for it any more.
  answers.once('close', () => void matched.return(undefined));
});
