import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { markedImdb } from './made-imdb.ts';
import { type Origin, startOrigin } from './origin.ts';
import { rowsOfMark, wholeVersion } from './whole-version.ts';

export interface KilledSync {
  readonly mark: number;
  /** What the sync said last; null when it was killed before it said anything. */
  readonly lastLine: string | null;
  readonly afterMs: number;
  /** It had ended before it could be killed. */
  readonly wasOver: boolean;
  /** The mark of what is in use afterwards. */
  readonly inUse: number;
  /** How often somebody read all of the version in use meanwhile. */
  readonly reads: number;
}

/**
 * `watchprint lake sync imdb` in a home, from an origin of ours; its lines as they come.
 * @param command what Node runs for the watchprint command.
 */
export function startSync(home: string, url: string, command: readonly string[]) {
  const child = spawn(process.execPath, [...command, 'lake', 'sync', 'imdb'], {
    env: { ...process.env, WATCHPRINT_HOME: home, IMDB_DATASETS_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const began = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        resolve();
      });
    child.once('exit', () => resolve());
  });
  return { child, lines, began, ended: once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]> };
}

/**
 * Lets one sync end, then kills others with SIGKILL, each after another share of the time that the first one took, while
 * somebody reads, and looks after each whether what is in use is one whole version; lets a last one end.
 * @throws where it is not.
 */
export async function killSyncs(
  home: string,
  { kills, rows, command, random = Math.random, tell = () => {} }: KillOptions,
): Promise<{ killed: KilledSync[]; lastMark: number }> {
  const lake = `${home}/lake`;
  const origin = await startOrigin();
  try {
    offer(origin, 1, rows);
    const start = () => startSync(home, origin.url, command);
    const first = start();
    await first.began;
    const began = Date.now();
    await endsWell(first);
    let wholeMs = Date.now() - began;
    let inUse = await wholeVersion(lake, rows);
    if (inUse !== 1) throw new Error(`After the first sync ${inUse} is in use`);
    const killed: KilledSync[] = [];
    let mark = 1;
    let done = 0;
    // One that was over before its moment came does not count.
    while (done < kills && mark < kills * 10) {
      mark += 1;
      offer(origin, mark, rows);
      // Random, but spread over all of a sync: so the end, where versions change, has its share.
      const one = await killOne(home, start(), (wholeMs * (done + random())) / kills, rows);
      if (one.wasOver) wholeMs *= 0.8;
      else done += 1;
      // Only ever forward, and to nothing but what was offered.
      if (one.inUse !== inUse && one.inUse !== mark) throw new Error(`${one.inUse} is in use after a sync of ${mark}`);
      inUse = one.inUse;
      const result = { mark, ...one };
      killed.push(result);
      tell(result);
    }
    const lastMark = mark + 1;
    offer(origin, lastMark, rows);
    await endsWell(start());
    if ((await wholeVersion(lake, rows)) !== lastMark) throw new Error('The last sync is not in use');
    return { killed, lastMark };
  } finally {
    await origin.close();
  }
}

export interface KillOptions {
  readonly kills: number;
  /** Of each table; more make a sync longer. */
  readonly rows: number;
  /** What Node runs for the watchprint command. */
  readonly command: readonly string[];
  readonly random?: () => number;
  readonly tell?: (killed: KilledSync) => void;
}

function offer(origin: Origin, mark: number, rows: number): void {
  for (const [name, content] of Object.entries(markedImdb(mark, rowsOfMark(mark, rows))))
    origin.files.set(`${name}.gz`, { body: gzipSync(content, { level: 1 }), etag: `"${mark}"` });
}

async function endsWell({ ended, lines }: ReturnType<typeof startSync>): Promise<void> {
  const [code] = await ended;
  if (code !== 0) throw new Error(`A sync ended with ${code}: ${lines.join('\n')}`);
}

async function killOne(
  home: string,
  { child, lines, began, ended }: ReturnType<typeof startSync>,
  afterMs: number,
  rows: number,
): Promise<Omit<KilledSync, 'mark'>> {
  await began;
  let reads = 0;
  let isOver = false;
  const reading = (async () => {
    while (!isOver) {
      await wholeVersion(`${home}/lake`, rows);
      reads += 1;
    }
  })();
  try {
    await Promise.race([sleep(afterMs), ended, reading]);
    child.kill('SIGKILL');
    const [, signal] = await ended;
    const lastLine = lines.at(-1) ?? null;
    const inUse = (await wholeVersion(`${home}/lake`, rows)) ?? 0;
    return { lastLine, afterMs: Math.round(afterMs), wasOver: signal !== 'SIGKILL', inUse, reads };
  } finally {
    isOver = true;
    child.kill('SIGKILL');
    await reading;
  }
}
