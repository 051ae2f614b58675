import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import type { Database } from '../open-database.ts';
import { saveSharedTitles, sharedEpisode, sharedTitleId, sharedWork } from './shared-title-store.ts';

const work = (id: string, name: string, kind: 'MOVIE' | 'SERIES' = 'SERIES') => ({
  id,
  kind,
  minor: false,
  name,
  year: 2018,
  endYear: null,
  registeredYear: null,
  runtimeMinutes: null,
  voteCount: 10,
});
const episode = (id: string, episodeNumber: number | null, name: string | null) => ({
  id,
  seasonNumber: episodeNumber === null ? null : 1,
  episodeNumber,
  name,
  nameKeys: [],
  year: 2018,
  registeredYear: null,
  runtimeMinutes: 45,
});

onEveryDatabase('shared titles', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  const stored = () =>
    database.sql.query<{ id: string; name: string; imdb: string | null; series: string | null }>(
      `SELECT title.id::text, title.kind::text AS kind, title.name, title.imdb_id AS imdb, series.imdb_id AS series
       FROM title LEFT JOIN title series ON series.id = title.series_id ORDER BY title.imdb_id NULLS LAST, series.imdb_id`,
    );

  it('are stored once, however often they are saved, and follow the catalogue', async () => {
    const series = sharedWork(work('tt0000101', 'Tidewater'));
    const parts = [
      ...sharedEpisode('tt0000101', episode('tt0000111', 1, 'Salt')),
      ...sharedEpisode('tt0000101', episode('tt0000112', 2, null)),
      ...sharedEpisode('tt0000101', episode('tt0000113', null, null)),
    ];
    await Promise.all([
      saveSharedTitles(database.sql, [series, ...parts, series]),
      saveSharedTitles(database.sql, [...parts, series]),
    ]);
    expect(await stored()).toMatchObject([
      { id: sharedTitleId('tt0000101'), kind: 'SERIES', name: 'Tidewater', imdb: 'tt0000101', series: null },
      { kind: 'EPISODE', name: 'Salt', imdb: 'tt0000111', series: 'tt0000101' },
      { kind: 'EPISODE', name: 'Episode 2', imdb: 'tt0000112' },
      { kind: 'EPISODE', name: 'Episode', imdb: 'tt0000113' },
      { kind: 'SEASON', name: 'Season 1', imdb: null, series: 'tt0000101' },
    ]);
    const [before] = await stored();
    // It turned out to be a film.
    await saveSharedTitles(database.sql, [sharedWork(work('tt0000101', 'Tidewaters', 'MOVIE'))]);
    expect((await stored())[0]).toEqual({ ...before, kind: 'MOVIE', name: 'Tidewaters' });
  });

  it('let an episode move to another series: its id of IMDb is the later one’s', async () => {
    const series = sharedWork(work('tt0000201', 'Harbour Street'));
    await saveSharedTitles(database.sql, [series, ...sharedEpisode('tt0000201', episode('tt0000111', 4, 'Salt'))]);
    expect((await stored()).filter(({ imdb }) => imdb === 'tt0000111')).toMatchObject([{ series: 'tt0000201' }]);
    expect((await stored()).filter(({ name }) => name === 'Salt')).toHaveLength(2);
  });
});
