import { LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { AcclaimedWork, ImdbDatasetFacts, Person } from '@watchprint/engine';
import { datasetFolder, pinVersion, readCurrent } from '../bulk/versions.ts';
import { openDuckDb, sqlText } from '../duckdb.ts';
import { seriesTypes, workTypes } from './title-types.ts';

/** What IMDb's datasets in the lake say of some titles. */
export interface ImdbDatasetAnswer {
  /** Which state of the datasets said it. */
  readonly version: string;
  /** When they were taken from IMDb. */
  readonly knownAt: Date;
  /** By IMDb id; titles that the datasets lack are not there. */
  readonly facts: ReadonlyMap<string, ImdbDatasetFacts>;
}

/** Which state of IMDb's datasets is there; null where they were never synced. Costs the reading of a small file. */
export async function imdbDatasetVersion(lake: string): Promise<string | null> {
  return (await readCurrent(datasetFolder(lake, 'imdb')))?.version ?? null;
}

/**
 * Looks titles up in IMDb's datasets: rating, votes, genres, runtime and, where the tables with people were synced, who made them.
 * Many at once cost hardly more than one.
 * @param lake Its folder.
 * @returns null where the datasets were never synced.
 */
export async function readImdbDatasets(lake: string, imdbIds: readonly string[]): Promise<ImdbDatasetAnswer | null> {
  const imdb = await pinVersion(datasetFolder(lake, 'imdb'));
  if (imdb === null) return null;
  try {
    const { version, createdAt, tables } = imdb.current;
    const knownAt = new Date(tables.title_basics?.sources.at(-1)?.readAt ?? createdAt);
    const duckdb = await openDuckDb({ memoryLimit: '512MB' });
    try {
      const { connection } = duckdb;
      const ask = async (sql: string, wanted: readonly string[]) =>
        wanted.length === 0
          ? []
          : (
              await connection.runAndReadAll(sql, { wanted: listValue([...wanted]) }, { wanted: LIST(VARCHAR) })
            ).getRowObjectsJson();
      const from = (table: string, key: string) => {
        const path = imdb.table(table);
        return path === null
          ? null
          : `(FROM read_parquet(${sqlText(path)}, hive_partitioning = false) WHERE ${key} IN (SELECT unnest($wanted)))`;
      };
      const [basics, ratings, crew, principals] = (
        ['title_basics', 'title_ratings', 'title_crew', 'title_principals'] as const
      ).map((table) => from(table, 'tconst'));
      if (basics == null) return { version, knownAt, facts: new Map() };
      const titles = await ask(
        `SELECT tconst, titleType, primaryTitle, originalTitle, startYear, endYear, runtimeMinutes, genres,
           ${ratings == null ? 'NULL AS averageRating, NULL AS numVotes' : 'averageRating, numVotes'}
         FROM ${basics} ${ratings == null ? '' : `LEFT JOIN ${ratings} USING (tconst)`}`,
        imdbIds,
      );
      const credits: Credit[] = [
        ...(crew == null
          ? []
          : await ask(
              `SELECT tconst, unnest(directors) AS nconst, generate_subscripts(directors, 1) AS ordering, 'director' AS role FROM ${crew}`,
              imdbIds,
            )),
        ...(principals == null
          ? []
          : await ask(
              `SELECT tconst, nconst, ordering, CASE WHEN job ILIKE 'creat%' THEN 'creator' ELSE 'cast' END AS role FROM ${principals}
               WHERE job ILIKE 'creat%' OR category IN ('actor', 'actress', 'self')`,
              imdbIds,
            )),
      ].map((row) => row as unknown as Credit);
      const names = from('name_basics', 'nconst');
      const people = new Map(
        (names === null
          ? []
          : await ask(`SELECT nconst, primaryName FROM ${names}`, [...new Set(credits.map(({ nconst }) => nconst))])
        ).map(({ nconst, primaryName }) => [String(nconst), primaryName === null ? null : String(primaryName)]),
      );
      const has = { directors: crew != null && names !== null, principals: principals != null && names !== null };
      const creditsOf = new Map<string, Credit[]>();
      for (const credit of credits) creditsOf.set(credit.tconst, [...(creditsOf.get(credit.tconst) ?? []), credit]);
      return {
        version,
        knownAt,
        facts: new Map(
          titles.map((row) => {
            const title = row as unknown as TitleRow;
            const own = creditsOf.get(title.tconst) ?? [];
            const inRole = (role: Credit['role'], isKnown: boolean) => (isKnown ? peopleIn(own, role, people) : null);
            return [
              title.tconst,
              {
                imdbId: title.tconst,
                titleType: title.titleType,
                name: title.primaryTitle,
                originalName: title.originalTitle,
                year: title.startYear,
                endYear: title.endYear,
                runtimeMinutes: title.runtimeMinutes,
                genres: title.genres,
                rating: title.averageRating,
                voteCount: title.numVotes,
                directors: inRole('director', has.directors),
                creators: inRole('creator', has.principals),
                cast: inRole('cast', has.principals),
              },
            ];
          }),
        ),
      };
    } finally {
      duckdb.close();
    }
  } finally {
    await imdb.release();
  }
}

/** Voters from whom on a rating counts, and the rating that those who are lacking are taken to give: IMDb's own formula. */
const VOTERS = 25_000;
const MEAN_RATING = 7;
const MOST_ACCLAIMED = 2_000;

/**
 * The films and series that IMDb's voters rate highest, the best first: (v·R + m·C) / (v + m).
 * @param lake Its folder.
 * @returns null where the datasets with ratings were never synced.
 */
export async function readAcclaimedWorks(lake: string): Promise<readonly AcclaimedWork[] | null> {
  const imdb = await pinVersion(datasetFolder(lake, 'imdb'));
  if (imdb === null) return null;
  try {
    const [basics, ratings] = [imdb.table('title_basics'), imdb.table('title_ratings')];
    if (basics === null || ratings === null) return null;
    const duckdb = await openDuckDb({ memoryLimit: '512MB' });
    try {
      const rows = await duckdb.connection.runAndReadAll(
        `SELECT tconst, titleType IN (${seriesTypes}), primaryTitle, startYear::INTEGER, averageRating::DOUBLE, numVotes::INTEGER
         FROM read_parquet(${sqlText(ratings)}) ratings JOIN read_parquet(${sqlText(basics)}) basics USING (tconst)
         WHERE numVotes >= ${VOTERS} AND titleType IN (${workTypes}) AND primaryTitle IS NOT NULL
         ORDER BY (numVotes * averageRating + ${VOTERS} * ${MEAN_RATING}) / (numVotes + ${VOTERS}) DESC, numVotes DESC, tconst
         LIMIT ${MOST_ACCLAIMED}`,
      );
      return rows.getRows().map(([imdbId, isSeries, name, year, rating, voteCount]) => ({
        imdbId: String(imdbId),
        kind: isSeries === true ? 'SERIES' : 'MOVIE',
        name: String(name),
        year: year as number | null,
        rating: rating as number,
        voteCount: voteCount as number,
      }));
    } finally {
      duckdb.close();
    }
  } finally {
    await imdb.release();
  }
}

interface TitleRow {
  readonly tconst: string;
  readonly titleType: string;
  readonly primaryTitle: string | null;
  readonly originalTitle: string | null;
  readonly startYear: number | null;
  readonly endYear: number | null;
  readonly runtimeMinutes: number | null;
  readonly genres: readonly string[] | null;
  readonly averageRating: number | null;
  readonly numVotes: number | null;
}

interface Credit {
  readonly tconst: string;
  readonly nconst: string;
  readonly ordering: number;
  readonly role: 'director' | 'creator' | 'cast';
}

/** Each once, in their order; a person whose name the datasets lack is left out. */
function peopleIn(
  credits: readonly Credit[],
  role: Credit['role'],
  names: ReadonlyMap<string, string | null>,
): readonly Person[] | null {
  const people = new Map<string, Person>();
  for (const { nconst } of credits.filter((one) => one.role === role).sort((a, b) => a.ordering - b.ordering)) {
    const name = names.get(nconst) ?? null;
    if (name !== null) people.set(nconst, { name, imdbId: nconst });
  }
  // The datasets list principals only, so that none stands there says nothing.
  return people.size === 0 ? null : [...people.values()];
}
