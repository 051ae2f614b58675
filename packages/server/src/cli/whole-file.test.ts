import { mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWhole } from './whole-file.ts';

const content = async function* (...parts: string[]) {
  for (const part of parts) yield new TextEncoder().encode(part);
};

describe('a file that is written whole', () => {
  it('takes the place of nobody’s unfinished one, and follows none elsewhere', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'watchprint-whole-'));
    const elsewhere = join(folder, 'diary.txt');
    await writeFile(elsewhere, 'mine');
    await symlink(elsewhere, join(folder, 'a.zip.partial'));
    await writeFile(join(folder, 'b.zip.partial'), 'half of');
    for (const name of ['a.zip', 'b.zip'])
      await expect(writeWhole(join(folder, name), content('new'))).rejects.toMatchObject({
        code: 'USAGE',
        message: expect.stringContaining(`${name}.partial`),
      });
    expect(await readFile(elsewhere, 'utf8')).toBe('mine');
    expect(await readFile(join(folder, 'b.zip.partial'), 'utf8')).toBe('half of');
  });

  it('is there once of two that are written at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'watchprint-whole-'));
    const path = join(folder, 'out.json');
    const parts = ['a'.repeat(100_000), 'b'.repeat(100_000)];
    const [first, second] = await Promise.allSettled(
      [parts, parts].map((each, at) => writeWhole(path, content(...(at === 0 ? each : [...each, 'more'])))),
    );
    expect([first?.status, second?.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(await readFile(path, 'utf8')).toBe(parts.join('') + (first?.status === 'fulfilled' ? '' : 'more'));
    expect(await readdir(folder)).toEqual(['out.json']);
  });
});
