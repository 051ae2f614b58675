import { mkdtempSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { reportTask, together } from '../../../../scripts/recommend-report.ts';
import { runCommand } from '../../test/run-command.ts';

const title = (id: string, genre: string, votes: number) => ({
  id,
  title: `Film ${id}`,
  year: 2000,
  genres: [genre],
  keywords: [],
  votes,
  score: 7,
});
const usual = {
  'task.json': [{ task: 'made', shared: false }],
  'catalog.jsonl': Array.from({ length: 40 }, (_, index) =>
    title(`f${index}`, index % 2 === 0 ? 'War' : 'Comedy', 1000 - index),
  ),
  // Later lines may be earlier events; those of one moment are in the order of seq.
  'events.jsonl': [
    ...[10, 12, 14, 16, 18, 20].map((film, seq) => ({ user: 'a', item: `f${film}`, ts: 1_000_000 + seq, seq })),
    { user: 'b', item: 'f11', ts: 5, seq: 0 },
  ],
  'queries.jsonl': [
    { user: 'b', k: 3, now: 2_000_000 },
    { user: 'a', k: 5, now: 1_000_100 },
  ],
};

async function folderWith(files: Partial<Record<keyof typeof usual, readonly unknown[]>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'task-'));
  for (const [name, rows] of Object.entries({ ...usual, ...files }))
    if (rows !== undefined)
      await writeFile(
        join(folder, name),
        rows.map((row) => (typeof row === 'string' ? `${row}\n` : `${JSON.stringify(row)}\n`)).join(''),
      );
  return folder;
}

const recommend = (folder: string, out = join(folder, 'out.jsonl')) =>
  runCommand(['recommend', '--task', folder, '--out', out], { WATCHPRINT_HOME: join(folder, 'home') });

describe('watchprint recommend', () => {
  it('answers every query in its order, and makes nothing else', async () => {
    const folder = await folderWith({});
    const { status, said } = await recommend(folder);
    expect(said).toContain('40 titles, 7 events of 2 users, 2 queries');
    expect(status).toBe(0);
    const answers = (await readFile(join(folder, 'out.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ user, items }) => [user, items.length])).toEqual([
      ['b', 3],
      ['a', 5],
    ]);
    // Six films of war, and nothing else is known to differ but votes.
    expect(answers[1].items.every((id: string) => Number(id.slice(1)) % 2 === 0)).toBe(true);
    expect((await readdir(folder)).sort()).toEqual([...Object.keys(usual), 'out.jsonl'].sort());
  });

  it.each([
    [
      'an unknown title',
      {
        'events.jsonl': [
          { user: 'a', item: 'f1', ts: 1 },
          { user: 'a', item: 'x9', ts: 2 },
        ],
      },
      'events.jsonl, line 2: x9 is no title of catalog.jsonl',
    ],
    ['a line that is no JSON', { 'queries.jsonl': ['{"user":'] }, 'queries.jsonl, line 1: '],
    [
      'a title twice',
      { 'catalog.jsonl': [title('f1', 'War', 1), '', title('f1', 'War', 1)] },
      'catalog.jsonl, line 3: there is another title with the id f1',
    ],
    ['a missing moment', { 'queries.jsonl': [{ user: 'a', k: 3 }] }, 'queries.jsonl, line 1: now: '],
    ['a task that does not say who may learn', { 'task.json': [{ task: 'made' }] }, 'task.json: shared: '],
    ['a missing file', { 'events.jsonl': undefined }, 'events.jsonl cannot be read: ENOENT'],
  ])('says where there is %s, and writes nothing', async (_, files, message) => {
    const folder = await folderWith(files);
    const { status, said } = await recommend(folder);
    expect(said).toContain(message);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
    expect(await readdir(folder)).not.toContain('out.jsonl');
  });

  it('refuses to write over a file of the task', async () => {
    const folder = await folderWith({});
    const { status, said } = await recommend(folder, join(folder, 'events.jsonl'));
    expect(said).toContain('would overwrite a file of the task');
    expect(status).toBe(1);
    expect(await readFile(join(folder, 'events.jsonl'), 'utf8')).toContain('f11');
  });
});

// What docs/recommender.md says, with some room; 600 users make a hundredth of difference by chance.
describe.skipIf(corpus === null)('on the ratings of the corpus', () => {
  const report = (...args: string[]) => reportTask(corpus as string, inject('command'), ...args);

  it('finds the last of every user', { timeout: 600_000 }, async () => {
    const { watchprint, watched } = await report('last-out');
    expect(watchprint['HR@10']).toBeGreaterThanOrEqual(0.138);
    expect(watchprint['NDCG@10']).toBeGreaterThanOrEqual(0.076);
    expect(watchprint['HR@10']).toBeGreaterThan(3 * watched['HR@10']);
  });

  it('finds twice what votes do for a person alone', { timeout: 600_000 }, async () => {
    const { watchprint, votes } = await report('solo');
    expect(watchprint['Recall@10']).toBeGreaterThanOrEqual(2 * votes['Recall@10']);
  });

  it('finds more than popularity after a moment of which nobody knows more', { timeout: 600_000 }, async () => {
    const cuts = [await report('time-cut', '0.6'), await report('time-cut', '0.8'), await report('time-cut', '0.9')];
    const own = together(cuts.map(({ watchprint }) => watchprint));
    const watched = together(cuts.map((one) => one.watched));
    expect(own['HR@10']).toBeGreaterThan(watched['HR@10']);
    expect(own['NDCG@10']).toBeGreaterThan(watched['NDCG@10']);
  });
});
