/** What the command says, to the terminal; results go to standard output, everything else to standard error. */
export const say = (line: string) => void process.stderr.write(`${line}\n`);
export const print = (line: string) => void process.stdout.write(`${line}\n`);

/** Says what went wrong in one line and ends; anything unexpected keeps its trace. */
export function fail(error: unknown): never {
  const { code, message, stack } = error as { code?: unknown; message?: string; stack?: string };
  say(typeof code === 'string' ? `watchprint: ${message} (${code})` : (stack ?? String(error)));
  process.exit(1);
}
