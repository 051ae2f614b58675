/** What the command says, to the terminal; results go to standard output, everything else to standard error. */
export const say = (line: string) => void process.stderr.write(`${line}\n`);
export const print = (line: string) => void process.stdout.write(`${line}\n`);

/** Says what went wrong in one line and ends; anything unexpected keeps its trace. */
export function fail(error: unknown): never {
  const { code, message, stack } = error as { code?: unknown; message?: string; stack?: string };
  say(typeof code === 'string' ? `watchprint: ${message} (${code})` : (stack ?? String(error)));
  process.exit(1);
}

/** The command line cannot be meant. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}

/** Options that nobody reads are a slip: an import that ignored `--profil Ada` would go to the wrong profile. */
export function refuseUnknownOptions(rawArgs: readonly string[], known: object): void {
  for (const argument of rawArgs) {
    if (argument === '--') return;
    const [, name] = /^--?([^=]+)/.exec(argument) ?? [];
    if (name !== undefined && !(name in known))
      throw new UsageError(
        `There is no option ${argument.split('=')[0]}; expected ${
          Object.keys(known)
            .map((one) => `--${one}`)
            .join(', ') || 'none'
        }`,
      );
  }
}
