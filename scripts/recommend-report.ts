import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface TaskScores {
  readonly users: number;
  readonly 'HR@10': number;
  readonly 'NDCG@10': number;
  readonly 'Recall@10': number;
}

export interface TaskReport {
  readonly watchprint: TaskScores;
  /** Titles by how many users of the task watched them. */
  readonly watched: TaskScores;
  /** Titles by how many people rated them. */
  readonly votes: TaskScores;
  readonly seconds: number;
}

/**
 * Answers one of the corpus' recommendation tasks with the command, and scores it with the corpus' own scorer, beside two orders that
 * know nobody.
 * @param command what Node runs for it.
 * @param args of the corpus' maker: `last-out`, `time-cut 0.8`, `solo`.
 */
export async function reportTask(
  corpusFolder: string,
  command: readonly string[],
  ...args: string[]
): Promise<TaskReport> {
  const ratings = join(corpusFolder, 'ratings');
  const folder = mkdtempSync(join(tmpdir(), 'recommend-task-'));
  const [kind = '', ...rest] = args;
  try {
    await run(process.execPath, [join(ratings, 'make-task.mjs'), kind, folder, ...rest]);
    const score = async (answers: string): Promise<TaskScores> => {
      const { stdout } = await run(process.execPath, [join(ratings, 'score-task.mjs'), folder, answers]);
      return JSON.parse(stdout) as TaskScores;
    };
    const own = join(folder, 'watchprint.jsonl');
    const began = performance.now();
    await run(process.execPath, [...command, 'recommend', '--task', folder, '--out', own]);
    const seconds = (performance.now() - began) / 1000;
    const { watched, votes } = await baselinesOf(folder);
    return {
      watchprint: await score(own),
      watched: await score(watched),
      votes: await score(votes),
      seconds,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Scores of several tasks as if they were one. */
export function together(scores: readonly TaskScores[]): TaskScores {
  const users = scores.reduce((sum, one) => sum + one.users, 0);
  const mean = (name: Exclude<keyof TaskScores, 'users'>) =>
    scores.reduce((sum, one) => sum + one[name] * one.users, 0) / users;
  return { users, 'HR@10': mean('HR@10'), 'NDCG@10': mean('NDCG@10'), 'Recall@10': mean('Recall@10') };
}

async function baselinesOf(folder: string): Promise<{ watched: string; votes: string }> {
  const lines = async <Row>(name: string) =>
    (await readFile(join(folder, `${name}.jsonl`), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
  const titles = await lines<{ id: string; votes: number | null }>('catalog');
  const seen = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const { user, item } of await lines<{ user: string; item: string }>('events')) {
    seen.set(user, (seen.get(user) ?? new Set()).add(item));
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  const queries = await lines<{ user: string }>('queries');
  const write = async (name: string, countOf: (title: { id: string; votes: number | null }) => number) => {
    const order = [...titles].sort((one, other) => countOf(other) - countOf(one));
    const answers = queries.map(({ user }) => {
      const items: string[] = [];
      for (const { id } of order) {
        if (items.length === 20) break;
        if (!seen.get(user)?.has(id)) items.push(id);
      }
      return `${JSON.stringify({ user, items })}\n`;
    });
    const path = join(folder, `${name}.jsonl`);
    await writeFile(path, answers.join(''));
    return path;
  };
  return {
    watched: await write('by-watched', ({ id }) => counts.get(id) ?? 0),
    votes: await write('by-votes', ({ votes }) => votes ?? 0),
  };
}
