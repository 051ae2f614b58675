/** Milliseconds between two looks at who is left. */
const interval = 250;

/**
 * Calls back when npm or npx, which started this process, has ended without it. They run a command in a shell, and a SIGTERM
 * ends the two of them at once and never reaches the command: it would go on, hold the port and the home, and nobody would know.
 */
export function onLeftByNpm(listener: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    listener();
  }, interval);
  timer.unref();
}
