import { MessageChannel, type Worker } from 'node:worker_threads';
import { startThread } from '@watchprint/database';
import type { CatalogueFiles } from '@watchprint/lake';
import type { GroupOfStrings, Outcomes } from './match-groups.ts';
import type { FromThread, ToThread } from './matching-thread.ts';

/** A thread that matches, started when it is first needed, and anew where it has ended. */
export interface MatchingThread {
  /**
   * `matchGroups` there; several who ask are answered in turn.
   * @param signal Ends it at once for whoever asks, with its reason.
   * @throws {GroupTooLargeError}
   * @throws {MatchingThreadEndedError} when it ended for another reason than these groups.
   */
  match(groups: readonly GroupOfStrings[], signal?: AbortSignal): AsyncGenerator<Outcomes>;
  /** Ends the thread, and with it whatever it is asked. */
  end(): Promise<void>;
}

/** Megabytes for what lives longer than a moment. DuckDB's own memory is not among it. */
const defaultOldGeneration = 1024;

/** Strings that belong together are more than can be matched in the memory that matching may have. */
export class GroupTooLargeError extends Error {
  override readonly name = 'GroupTooLargeError';
  readonly code = 'GROUP_TOO_LARGE';
  constructor(example: string, megabytes: number) {
    super(
      `Strings that begin like "${example}" are more than can be matched: ${megabytes} MB of memory were not enough`,
    );
  }
}

export class MatchingThreadEndedError extends Error {
  override readonly name = 'MatchingThreadEndedError';
  constructor(cause?: Error) {
    super('The thread that matches has ended', { cause });
  }
}

/** Somebody who waits for outcomes. */
interface Asker {
  readonly groups: readonly GroupOfStrings[];
  /** Whether all of theirs is worked out. */
  isMatched: boolean;
  fail(error: unknown): void;
}

/** @param files Of a catalogue that the caller has open for as long as it asks. */
export function createMatchingThread(
  files: CatalogueFiles,
  { oldGeneration = defaultOldGeneration }: { oldGeneration?: number } = {},
): MatchingThread {
  let running: Worker | null = null;
  const askers = new Set<Asker>();

  function start(): Worker {
    const thread = startThread(new URL('./matching-thread.ts', import.meta.url), {
      workerData: files,
      resourceLimits: { maxOldGenerationSizeMb: oldGeneration },
    });
    let failure: NodeJS.ErrnoException | undefined;
    thread.once('error', (error) => {
      failure = error;
    });
    thread.once('exit', () => {
      if (running === thread) running = null;
      const all = [...askers];
      askers.clear();
      if (failure?.code !== 'ERR_WORKER_OUT_OF_MEMORY') {
        for (const asker of all) asker.fail(failure ?? new MatchingThreadEndedError());
        return;
      }
      // It was at work for the one who has waited longest.
      const cause = all.find(({ isMatched }) => !isMatched);
      for (const asker of all)
        asker.fail(
          asker === cause
            ? new GroupTooLargeError(largestOf(asker.groups), oldGeneration)
            : new MatchingThreadEndedError(failure),
        );
    });
    return thread;
  }

  return {
    async *match(groups, signal) {
      signal?.throwIfAborted();
      const { port1: answers, port2: theirs } = new MessageChannel();
      let hear: (message: FromThread) => void = () => {};
      let refuse: (error: unknown) => void = () => {};
      let failure: { readonly error: unknown } | null = null;
      const asker: Asker = {
        groups,
        isMatched: false,
        fail(error) {
          failure ??= { error };
          refuse(error);
        },
      };
      const stop = () => asker.fail(signal?.reason);
      signal?.addEventListener('abort', stop, { once: true });
      answers.on('message', (message: FromThread) => hear(message));
      askers.add(asker);
      try {
        running ??= start();
        running.postMessage({ groups, answers: theirs } satisfies ToThread, [theirs]);
        for (;;) {
          const message = await new Promise<FromThread>((resolve, reject) => {
            if (failure !== null) reject(failure.error);
            [hear, refuse] = [resolve, reject];
            answers.postMessage('next');
          });
          asker.isMatched = true;
          if (message.kind === 'end') return;
          if (message.kind === 'failed') throw message.error;
          yield message.outcomes;
        }
      } finally {
        askers.delete(asker);
        signal?.removeEventListener('abort', stop);
        answers.close();
      }
    },
    async end() {
      const thread = running;
      if (thread === null) return;
      running = null;
      const ended = new Promise((resolve) => thread.once('exit', resolve));
      thread.postMessage('end' satisfies ToThread);
      await ended;
    },
  };
}

/** The first string of the group that has most. */
function largestOf(groups: readonly GroupOfStrings[]): string {
  const [largest] = [...groups].sort((one, other) => other.strings.length - one.strings.length);
  return largest?.strings[0]?.rawTitle ?? '';
}
