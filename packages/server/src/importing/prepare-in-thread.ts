import { startThread } from '@watchprint/database';
import { memoryOf, type PreparedBatch } from '@watchprint/database/prepare';
import { EngineError } from '@watchprint/engine';
import type { ImportToPrepare, PreparingHost } from './prepare-batches.ts';
import type { FromThread, ToThread } from './preparing-thread.ts';

/** Batches that there are at once: while the database writes one, the next is there and a third is made. */
const atOnce = 3;
/** Megabytes for what lives shortly. Node's own measure has it collect the rows of every batch while they are still needed. */
const youngGeneration = 12;
/** Megabytes for the rest. Twenty are in use; days that do not stand together, and long rows, need more. */
const defaultOldGeneration = 256;

/** A file could not be read: said by the thread that read it, where the error itself stays behind. */
class FailedInThreadError extends EngineError {
  override readonly name = 'FailedInThreadError';
  readonly code: string;
  readonly retryable: boolean;

  constructor({ code, retryable, message }: { code: string; retryable: boolean; message: string }) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }
}

/** Its rows are more than can be told apart in the memory that reading may have: some millions. */
class FileTooLargeError extends EngineError {
  override readonly name = 'FileTooLargeError';
  readonly code = 'FILE_TOO_LARGE';
  readonly retryable = false;

  constructor(fileName: string | null, megabytes: number) {
    const where = fileName === null ? 'The upload' : `"${fileName}", or the file behind it,`;
    super(`${where} has more rows than can be read: ${megabytes} MB of memory were not enough`);
  }
}

/** `prepareBatches` in a thread of its own, which ends with the last batch or when nobody wants another. */
export async function* prepareInThread(
  job: ImportToPrepare,
  host: PreparingHost,
  { oldGeneration = defaultOldGeneration }: { oldGeneration?: number } = {},
): AsyncGenerator<PreparedBatch> {
  const thread = startThread(new URL('./preparing-thread.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration, maxOldGenerationSizeMb: oldGeneration },
  });
  const tell = (message: ToThread, handedOver: ArrayBuffer[] = []) => thread.postMessage(message, handedOver);
  const batches: PreparedBatch[] = [];
  let lastFile: string | null = null;
  let isOver = false;
  let failure: unknown = null;
  let wake = () => {};
  const end = (error: unknown) => {
    isOver = true;
    failure ??= error;
    wake();
  };
  const hear = async (message: FromThread) => {
    if (isOver) return;
    if (message.kind === 'batch') {
      batches.push(message.batch);
      lastFile = message.batch.fileName;
    } else if (message.kind === 'settled') await host.settled(message.dates);
    else if (message.kind === 'profile')
      tell({ kind: 'profile', profile: await host.openProfile(message.name, message.saidBy, message.country) });
    else if (message.kind === 'unused') await host.unused(message.place, message.use, message.note);
    else if (message.kind === 'failed') end(new FailedInThreadError(message));
    else end(null);
    wake();
  };
  // One message after another: what comes behind a question is not heard before its answer is there.
  let heard = Promise.resolve();
  thread.on('message', (message: FromThread) => {
    heard = heard.then(() => hear(message)).catch(end);
  });
  thread.once('error', (error: NodeJS.ErrnoException) =>
    end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FileTooLargeError(lastFile, oldGeneration) : error),
  );
  thread.once(
    'exit',
    () => void heard.then(() => end(isOver ? null : new Error('The thread that reads the file ended early'))),
  );
  try {
    tell({ kind: 'more', batches: atOnce, memory: [] });
    for (;;) {
      const batch = batches.shift();
      if (batch !== undefined) {
        yield batch;
        const memory = memoryOf(batch);
        tell({ kind: 'more', batches: 1, memory }, memory);
      } else if (isOver) break;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
    if (failure !== null) throw failure;
  } finally {
    await thread.terminate();
  }
}
