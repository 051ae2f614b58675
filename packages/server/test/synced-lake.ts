import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syncWithCatalogue } from '@watchprint/lake';
import type { MemoryWork } from '../../engine/test/memory-catalogue.ts';
import { writeFiles } from '../../lake/test/made-imdb.ts';

/** A lake with these works, from files in IMDb's layout. @param lake One that is there, which is synced anew. */
export async function syncedLake(works: readonly MemoryWork[], lake?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'watchprint-lake-'));
  const from = join(folder, 'from');
  const cell = (value: string | number | null | undefined) => String(value ?? '\\N');
  const table = (header: string, rows: readonly (readonly (string | number | null | undefined)[])[]) =>
    [header.replaceAll(' ', '\t'), ...rows.map((row) => row.map(cell).join('\t'))].map((line) => `${line}\n`).join('');
  const episodes = works.flatMap((series) => (series.episodes ?? []).map((episode) => ({ series, episode })));
  await writeFiles(from, {
    'title.basics.tsv': table(
      'tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres',
      [
        ...works.map(({ id, kind, name, originalName, year, endYear, runtimeMinutes }) => {
          const type = kind === 'SERIES' ? 'tvSeries' : 'movie';
          return [id, type, name, originalName ?? name, 0, year, endYear, runtimeMinutes, 'Drama'];
        }),
        ...episodes.map(({ episode: { id, name, year, runtimeMinutes } }) => {
          return [id, 'tvEpisode', name ?? 'Episode', name ?? 'Episode', 0, year, null, runtimeMinutes, 'Drama'];
        }),
      ],
    ),
    'title.akas.tsv': table(
      'titleId ordering title region language types attributes isOriginalTitle',
      works.flatMap(({ id, otherNames = [] }) =>
        otherNames.map((name, place) => [id, place + 1, name, 'DE', null, null, null, 0]),
      ),
    ),
    'title.episode.tsv': table(
      'tconst parentTconst seasonNumber episodeNumber',
      episodes.map(({ series, episode }) => [episode.id, series.id, episode.seasonNumber, episode.episodeNumber]),
    ),
    'title.ratings.tsv': table(
      'tconst averageRating numVotes',
      works.filter(({ voteCount }) => voteCount > 0).map(({ id, voteCount }) => [id, 7, voteCount]),
    ),
  });
  const target = lake ?? join(folder, 'lake');
  await syncWithCatalogue({ lake: target, dataset: 'imdb', from });
  return target;
}
