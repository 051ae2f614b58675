/** Ends a wait that lasts too long. */
export interface Stall {
  readonly signal: AbortSignal;
  /** Rejects when the signal comes. */
  readonly aborted: Promise<never>;
  touch(): void;
  hasStalled(): boolean;
  end(): void;
}

/** A signal that comes when nothing was heard for so long, or when the sync is stopped. */
export function stallAfter(milliseconds: number, signal: AbortSignal | undefined): Stall {
  const controller = new AbortController();
  let stalled = false;
  const stop = () => controller.abort();
  const timer = setTimeout(() => {
    stalled = true;
    stop();
  }, milliseconds);
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  // Where nobody waits for it any more, that is no error.
  aborted.catch(() => {});
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    aborted,
    touch: () => void timer.refresh(),
    hasStalled: () => stalled,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    },
  };
}

/** Ends early when it is stopped. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
  });
}
