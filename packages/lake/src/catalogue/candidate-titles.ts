import type { CandidateTitle } from '@watchprint/engine';
import { datasetFolder, pinVersion } from '../bulk/versions.ts';
import { openDuckDb, sqlText } from '../duckdb.ts';
import { seriesTypes, workTypes } from './title-types.ts';

/** A film or series that may be recommended, as IMDb's datasets have it. People are by their IMDb ids. */
export interface CatalogueCandidate extends CandidateTitle {
  readonly kind: 'MOVIE' | 'SERIES';
  /** Of a series, of one episode. */
  readonly runtimeMinutes: number | null;
}

/** Of a title, so many of those who are billed. */
const billed = 10;

/**
 * The films and series that most people rated, the most voted first.
 * @param lake Its folder.
 * @param most How many at most.
 * @returns null where the datasets with ratings were never synced.
 */
export async function readCandidateTitles(lake: string, most: number): Promise<readonly CatalogueCandidate[] | null> {
  const imdb = await pinVersion(datasetFolder(lake, 'imdb'));
  if (imdb === null) return null;
  try {
    const table = (name: string) => {
      const path = imdb.table(name);
      return path === null ? null : `read_parquet(${sqlText(path)}, hive_partitioning = false)`;
    };
    const [basics, ratings, crew, principals] = ['title_basics', 'title_ratings', 'title_crew', 'title_principals'].map(
      table,
    );
    if (basics == null || ratings == null) return null;
    const duckdb = await openDuckDb({ memoryLimit: '512MB' });
    try {
      const credits = [
        ...(crew == null ? [] : [`SELECT tconst, unnest(directors) AS nconst FROM ${crew}`]),
        ...(principals == null
          ? []
          : [
              `SELECT tconst, nconst FROM ${principals} WHERE ordering <= ${billed} AND (job ILIKE 'creat%' OR category IN ('actor', 'actress', 'director'))`,
            ]),
      ].join(' UNION ALL ');
      const rows = await duckdb.connection.runAndReadAll(
        `WITH candidate AS (
           SELECT tconst, titleType IN (${seriesTypes}) AS isSeries, primaryTitle, startYear::INTEGER AS year,
             runtimeMinutes::INTEGER AS runtime, genres, averageRating::DOUBLE AS score, numVotes::INTEGER AS votes
           FROM ${ratings} rating JOIN ${basics} basic USING (tconst)
           WHERE titleType IN (${workTypes}) AND primaryTitle IS NOT NULL AND isAdult IS NOT TRUE
           ORDER BY numVotes DESC, tconst LIMIT ${most}
         )${
           credits === ''
             ? ', person AS (SELECT NULL::VARCHAR AS tconst, NULL::VARCHAR[] AS people LIMIT 0)'
             : `, person AS (
           SELECT tconst, list_sort(list_distinct(list(nconst))) AS people FROM (${credits}) WHERE tconst IN (SELECT tconst FROM candidate) GROUP BY tconst
         )`
         }
         SELECT candidate.*, coalesce(people, []) AS people FROM candidate LEFT JOIN person USING (tconst) ORDER BY votes DESC, tconst`,
      );
      return rows.getRowObjectsJson().map((row) => ({
        id: String(row.tconst),
        kind: row.isSeries === true ? 'SERIES' : 'MOVIE',
        name: String(row.primaryTitle),
        year: row.year as number | null,
        runtimeMinutes: row.runtime as number | null,
        votes: row.votes as number | null,
        score: row.score as number | null,
        genres: (row.genres ?? []) as string[],
        people: (row.people ?? []) as string[],
        keywords: [],
        countries: [],
        languages: [],
      }));
    } finally {
      duckdb.close();
    }
  } finally {
    await imdb.release();
  }
}
