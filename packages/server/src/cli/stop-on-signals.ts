import { say } from './output.ts';

/** What a shell says of a command that Ctrl-C ended. */
export const stoppedByUser = 130;

/** The first Ctrl-C ends in order, a second one at once; neither may harm what is in use. */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(stoppedByUser);
      say('Stopping');
      controller.abort();
    });
  return controller.signal;
}
