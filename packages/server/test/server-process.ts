import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A line of the server's log. */
export interface LogLine {
  readonly msg: string;
  readonly importId?: string;
  readonly [field: string]: unknown;
}

export interface ServerProcess {
  readonly pid: number;
  readonly url: string;
  /** Everything logged so far. */
  readonly log: readonly LogLine[];
  onLine(listener: (line: LogLine) => void): void;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
/** As they are, translated while they are read. */
export const sources = ['--import', 'tsx', pathOf('../src/cli/main.ts')];
/** As it is installed; `npm run build` makes it. */
export const build = [pathOf('../dist/command.js')];

/**
 * `watchprint serve` as a process of its own, on a free port.
 * @param command what Node runs: the sources, the build, or what a test was given.
 * @param largestFile bytes, beyond which it cannot write: to the database that is a disk which is full.
 */
export async function startServer(
  home: string,
  databaseUrl: string | undefined,
  command: readonly string[] = sources,
  largestFile: number | null = null,
): Promise<ServerProcess> {
  // `ulimit` counts in blocks of 512 bytes.
  const limited = largestFile === null ? [] : ['sh', '-c', `ulimit -f ${largestFile / 512}; exec "$0" "$@"`];
  const [program = '', ...args] = [...limited, process.execPath, ...command, 'serve'];
  const child = spawn(program, args, {
    env: {
      ...process.env,
      WATCHPRINT_HOME: home,
      PORT: '0',
      LOG_LEVEL: 'info',
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const log: LogLine[] = [];
  const listeners: ((line: LogLine) => void)[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened`)));
    createInterface({ input: child.stderr }).on('line', (text) => {
      if (!text.startsWith('{')) return;
      const line = JSON.parse(text) as LogLine;
      log.push(line);
      for (const listener of listeners) listener(line);
      if (line.msg === 'listening') resolve(line.url as string);
    });
  });
  return {
    pid: child.pid as number,
    url,
    log,
    onLine: (listener) => void listeners.push(listener),
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
