import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syncWithCatalogue } from '@watchprint/lake';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { ask, clientOf, matched } from '../../test/server-on-every-database.ts';
import { createServer } from '../server.ts';
import { createCatalogueKeeper } from './catalogue-keeper.ts';

const log = pino({ level: 'silent' });
const newFolder = () => mkdtemp(join(tmpdir(), 'catalogue-'));

const sync = (lake: string, from: string) => syncWithCatalogue({ lake, dataset: 'imdb', from });

/** IMDb's files with one film. */
async function oneFilm(id: string, name: string): Promise<string> {
  const folder = await newFolder();
  const none = '\\N';
  const table = (file: string, ...rows: readonly string[][]) =>
    writeFile(join(folder, file), rows.map((row) => `${row.join('\t')}\n`).join(''));
  await table(
    'title.basics.tsv',
    [
      'tconst',
      'titleType',
      'primaryTitle',
      'originalTitle',
      'isAdult',
      'startYear',
      'endYear',
      'runtimeMinutes',
      'genres',
    ],
    [id, 'movie', name, name, '0', '2015', none, '96', 'Drama'],
  );
  await table('title.ratings.tsv', ['tconst', 'averageRating', 'numVotes'], [id, '7.1', '50000']);
  return folder;
}

it('has no catalogue until one is synced, then always the newest, and keeps one open for who works with it', async () => {
  const lake = await newFolder();
  const keeper = createCatalogueKeeper(lake, log);
  expect(await keeper.version()).toBeNull();
  expect(await keeper.use(async (catalogue) => catalogue)).toBeNull();
  await sync(lake, await oneFilm('tt0000201', 'Paper Moons'));
  // Seen when it is looked at again.
  expect(await keeper.version()).toBeNull();
  const first = await keeper.refresh();
  expect(first).toMatch(/version=/);
  await keeper.use(async (catalogue) => {
    expect(catalogue?.version).toBe(first);
    expect(catalogue?.notice).toContain('IMDb');
    await sync(lake, await oneFilm('tt0000202', 'Red Clay'));
    const second = await keeper.refresh();
    expect(second).not.toBe(first);
    await keeper.use(async (newer) => {
      expect(newer?.version).toBe(second);
      expect([...((await newer?.works(['tt0000201', 'tt0000202'])) ?? [])].map(([id]) => id)).toEqual(['tt0000202']);
    });
    expect([...((await catalogue?.works(['tt0000201', 'tt0000202'])) ?? [])].map(([id]) => id)).toEqual(['tt0000201']);
  });
  await keeper.close();
});

it('is asked for its newest state by a preview, whatever was open', async () => {
  const home = await newFolder();
  await sync(join(home, 'lake'), await oneFilm('tt0000201', 'Paper Moons'));
  const server = await createServer({ config: { home, logLevel: 'silent', port: 0 } });
  await clientOf(server).importHistory(new TextEncoder().encode('Title,Date\n"Red Clay","17/02/2021"\n'), {
    fileName: 'history.csv',
    profileName: 'Ada',
  });
  expect(await matched(server)).toBe('COMPLETED');
  await sync(join(home, 'lake'), await oneFilm('tt0000202', 'Red Clay'));
  const { data } = await ask(server, 'mutation { previewRematch { changes { statuses { from to strings } } } }');
  expect(data?.previewRematch).toEqual({
    changes: { statuses: [{ from: 'UNMATCHED', to: 'MATCHED', strings: 1 }] },
  });
  await server.close();
});

it.runIf(corpus !== null)(
  'matches a real history with a real catalogue, down to episodes that the series has',
  async () => {
    const home = await newFolder();
    await sync(join(home, 'lake'), join(corpus ?? '', 'catalogue'));
    const server = await createServer({ config: { home, logLevel: 'silent', port: 0 } });
    const client = clientOf(server);
    await client.importHistory(join(corpus ?? '', 'netflix', 'history-en-us-1.csv'));
    expect(await matched(server)).toBe('COMPLETED');
    const [profile] = await client.profiles();
    const counts: Record<string, number> = {};
    const numbered: { readonly id: string; readonly series: string }[] = [];
    for await (const { status, title, confidence, evidence, candidates } of client.matches(profile?.id ?? '')) {
      counts[status] = (counts[status] ?? 0) + 1;
      expect(evidence.length).toBeGreaterThan(0);
      expect(confidence !== null).toBe(status === 'MATCHED');
      if (status === 'AMBIGUOUS') expect(candidates.length).toBeGreaterThan(0);
      if (title?.imdbId != null && title.episodeNumber != null)
        numbered.push({ id: title.id, series: title.series?.id ?? '' });
    }
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect((counts.MATCHED ?? 0) / all).toBeGreaterThan(0.6);
    expect(counts.READ ?? 0).toBe(0);
    expect(numbered.length).toBeGreaterThan(0);
    for (const { id, series } of numbered.slice(0, 5)) {
      const { data } = await ask(
        server,
        'query($id: ID!) { title(id: $id) { ... on Series { seasons { episodes { id } } } } }',
        { id: series },
      );
      expect(JSON.stringify(data)).toContain(id);
    }
    await server.close();
  },
  300_000,
);
