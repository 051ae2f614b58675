import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { killSyncs, startSync } from '../../../lake/test/kill-syncs.ts';
import { markedImdb, packed, writeFiles } from '../../../lake/test/made-imdb.ts';
import { startOrigin } from '../../../lake/test/origin.ts';
import { rowsOfMark, wholeVersion } from '../../../lake/test/whole-version.ts';
import { runCommand } from '../../test/run-command.ts';

// A dozen processes, one after the other.
describe('watchprint lake sync', { timeout: 240_000 }, () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'watchprint-sync-'));
  });

  const run = (...args: string[]) => runCommand(['lake', 'sync', ...args], { WATCHPRINT_HOME: home });

  it('says what it does line by line, what it did, and what IMDb asks for', async () => {
    const files = join(home, 'files');
    await writeFiles(files, packed(markedImdb(1, 30)));
    const done = await run('imdb', '--from', files);
    expect(done).toMatchObject({ status: 0, out: expect.stringContaining('  title_basics: 30 rows\n') });
    expect(done.out).toContain('Information courtesy of IMDb (https://www.imdb.com). Used with permission.');
    expect(done.out).toContain('personal and non-commercial use');
    expect(done.said).toContain(
      'Reading title.akas.tsv.gz\nWriting title.akas.tsv.gz as Parquet\ntitle_akas: 30 rows\n',
    );
    await writeFile(join(files, 'title.crew.tsv'), 'null');
    expect(await run('imdb', '--from', files)).toMatchObject({
      status: 1,
      out: expect.stringContaining('title_basics: 30 rows'),
      said: expect.stringContaining('not taken: title.crew.tsv begins with "null"'),
    });
  });

  it('refuses what cannot be meant, and says where files come from that it cannot fetch', async () => {
    for (const [args, said] of [
      [['imbd'], 'One of imdb, netflix-top10, netflix-engagement (USAGE)'],
      [['imdb', '--form', 'x'], 'There is no option --form'],
      [['imdb', '--from', join(home, 'nowhere')], 'nowhere is not there (NOTHING_TO_SYNC)'],
      [['netflix-top10', '--from', fileURLToPath(new URL('.', import.meta.url))], 'expected lists as .tsv or .tsv.gz'],
      [['netflix-engagement'], 'give their folder with --from (NO_DOWNLOAD)'],
    ] as const)
      expect(await run(...args)).toMatchObject({ status: 1, said: expect.stringContaining(said) });
  });

  it('can be stopped with Ctrl-C: what was in use still is, and nothing is left', async () => {
    const rows = 60_000;
    const origin = await startOrigin();
    try {
      for (const [mark, signal] of [
        [1, null],
        [2, 'SIGINT'],
      ] as const) {
        for (const [name, content] of Object.entries(markedImdb(mark, rowsOfMark(mark, rows))))
          origin.files.set(`${name}.gz`, { body: gzipSync(content, { level: 1 }), etag: `"${mark}"` });
        const { child, began, ended, lines } = startSync(home, origin.url, inject('command'));
        await began;
        if (signal !== null) child.kill(signal);
        expect((await ended)[0]).toBe(signal === null ? 0 : 130);
        if (signal !== null) expect(lines.join('\n')).toContain('Stopped. What was in use before still is');
      }
      expect(await wholeVersion(join(home, 'lake'), rows)).toBe(1);
      const left = await readdir(join(home, 'lake', 'bulk', 'imdb'));
      expect(left.filter((name) => /unfinished|lock/.test(name))).toEqual([]);
    } finally {
      await origin.close();
    }
  });

  it('is killed three times while somebody reads, and one whole version is in use each time', async () => {
    const { killed } = await killSyncs(home, { kills: 3, rows: 40_000, command: inject('command') });
    expect(killed.filter(({ wasOver }) => !wasOver)).toHaveLength(3);
    expect((await readdir(join(home, 'lake', 'bulk', 'imdb'))).filter((name) => /^unfinished|lock/.test(name))).toEqual(
      [],
    );
  });
});
