import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const sample = fileURLToPath(
  new URL('../../examples/sample-history/NetflixViewingHistory.csv', import.meta.url),
);

/** The environment of somebody who has never seen this repository: npm tells its scripts where they are, and its commands. */
export function strangersEnvironment(node: string = process.execPath): NodeJS.ProcessEnv {
  const ours =
    /^(npm_(lifecycle|package|command|execpath|config_(local_)?prefix)|INIT_CWD|NODE_OPTIONS|NODE_ENV|VITEST|TEST$|DATABASE_URL)/;
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...environment, PATH: [dirname(node), ...path].join(delimiter) };
}

/** Runs a program to its end. @returns what it printed. @throws when it fails, with what it said. */
export async function run(
  command: string,
  args: readonly string[],
  { node, env, ...options }: { cwd: string; node?: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
  const environment = { ...strangersEnvironment(node), ...env };
  const { stdout } = await promisify(execFile)(command, args, {
    ...options,
    env: environment,
    maxBuffer: 64 * 1024 ** 2,
  }).catch((error: { stdout: string; stderr: string; message: string }) => {
    throw new Error(`${error.message}\n${error.stdout}${error.stderr}`);
  });
  return stdout;
}

/** Prints for whoever reads the log of a run, with a heading that says of what it is. */
export function show(of: string, printed: string): void {
  process.stdout.write(`── ${of}\n${printed.trimEnd().replaceAll(/^/gm, '   ')}\n`);
}

export interface Serving {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it has said until now. */
  said(): string;
  /** @returns once the server itself has ended, which is not when npx has. */
  ended(): Promise<void>;
  /** Ends whatever is left of it, npx or not. */
  sweep(): void;
}

/** `npx watchprint serve` in a folder that has it installed. Whoever starts it sends it a signal and waits for its end. */
export async function serve(folder: string, node: string, home: string): Promise<Serving> {
  const options: SpawnOptions = {
    cwd: folder,
    env: { ...strangersEnvironment(node), WATCHPRINT_HOME: home, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'pipe'],
    // A group of its own, as a terminal gives each command.
    detached: true,
  };
  const child = spawn('npx', ['watchprint', 'serve'], options);
  const sweep = () => {
    try {
      process.kill(-(child.pid as number), 'SIGKILL');
    } catch {
      // Nothing is left.
    }
  };
  const lines: string[] = [];
  const stderr = child.stderr as NodeJS.ReadableStream;
  // The server holds this end of it, also when npx is gone.
  const closed = once(stderr, 'close');
  const url = await new Promise<string>((resolve, reject) => {
    closed.then(() => reject(new Error(`The server ended:\n${lines.join('\n')}`)), reject);
    createInterface({ input: stderr }).on('line', (line) => {
      lines.push(line);
      const [, found] = /Watchprint is at (\S+)\/graphql/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return { url, process: child, said: () => lines.join('\n'), ended: async () => void (await closed), sweep };
}
