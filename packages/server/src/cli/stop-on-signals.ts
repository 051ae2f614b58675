import { say } from './output.ts';

/** The first Ctrl-C ends in order, a second one at once; neither may harm what is in use. */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      say('Stopping');
      controller.abort();
    });
  return controller.signal;
}
