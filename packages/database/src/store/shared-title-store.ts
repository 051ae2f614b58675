import type { CatalogueEpisode, CatalogueWork } from '@watchprint/engine';
import { nameId } from '../batch/name-id.ts';
import type { Sql } from '../connection/sql.ts';

/** A title of the catalogue, as it is stored for everybody: nothing of any account is in it. */
export interface SharedTitle {
  /** Follows from the catalogue's ids; a series' begins like those of its seasons and episodes. */
  readonly id: string;
  readonly kind: 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';
  readonly name: string;
  /** Null for a season. */
  readonly imdbId: string | null;
  readonly seriesId: string | null;
  readonly seasonId: string | null;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  readonly year: number | null;
  readonly endYear: number | null;
  readonly runtimeMinutes: number | null;
  readonly voteCount: number | null;
}

/** The id of a film or series, by the catalogue's. */
export const sharedTitleId = (imdbId: string): string => nameId(headOf(imdbId), imdbId);

const headOf = (imdbId: string) => `imdb/${imdbId}`;

export function sharedWork({ id, kind, name, year, endYear, runtimeMinutes, voteCount }: CatalogueWork): SharedTitle {
  const isPart = { seriesId: null, seasonId: null, seasonNumber: null, episodeNumber: null };
  return { id: sharedTitleId(id), kind, name, imdbId: id, ...isPart, year, endYear, runtimeMinutes, voteCount };
}

/** An episode, behind its season where it has one. Episodes that the catalogue has no name of are called by their number. */
export function sharedEpisode(seriesImdbId: string, episode: CatalogueEpisode): SharedTitle[] {
  const head = headOf(seriesImdbId);
  const seriesId = sharedTitleId(seriesImdbId);
  const { id, name, seasonNumber, episodeNumber, year, runtimeMinutes } = episode;
  const ofBoth = { seriesId, seasonNumber, endYear: null, voteCount: null };
  const season: SharedTitle | null =
    seasonNumber === null
      ? null
      : {
          ...ofBoth,
          id: nameId(head, `season/${seasonNumber}`),
          kind: 'SEASON',
          name: `Season ${seasonNumber}`,
          imdbId: null,
          seasonId: null,
          episodeNumber: null,
          year: null,
          runtimeMinutes: null,
        };
  const own: SharedTitle = {
    ...ofBoth,
    id: nameId(head, id),
    kind: 'EPISODE',
    name: name ?? (episodeNumber === null ? 'Episode' : `Episode ${episodeNumber}`),
    imdbId: id,
    seasonId: season?.id ?? null,
    episodeNumber,
    year,
    runtimeMinutes,
  };
  return season === null ? [own] : [season, own];
}

/** PostgreSQL's code for a row whose key another has. */
const uniqueViolation = '23505';
const piece = 5000;

/** Adds shared titles, and brings those that are there up to date. */
export async function saveSharedTitles(sql: Sql, titles: Iterable<SharedTitle>): Promise<void> {
  // In one order, or two who save the same would wait for each other.
  const distinct = [...new Map([...titles].map((title) => [title.id, title])).values()].sort((one, other) =>
    one.id < other.id ? -1 : 1,
  );
  for (let start = 0; start < distinct.length; start += piece) {
    const some = distinct.slice(start, start + piece);
    try {
      await savePiece(sql, some);
    } catch (error) {
      if ((error as { code?: string }).code !== uniqueViolation) throw error;
      // The catalogue has moved an episode to another series: the row of before is nobody's any more.
      await sql.query(
        `UPDATE title SET imdb_id = NULL FROM unnest($1::uuid[], $2::text[]) AS given(id, imdb_id)
         WHERE title.imdb_id = given.imdb_id AND title.id <> given.id`,
        [some.map(({ id }) => id), some.map(({ imdbId }) => imdbId)],
      );
      await savePiece(sql, some);
    }
  }
}

async function savePiece(sql: Sql, titles: readonly SharedTitle[]): Promise<void> {
  const columns = {
    id: ['uuid', titles.map(({ id }) => id)],
    kind: ['text', titles.map(({ kind }) => kind)],
    name: ['text', titles.map(({ name }) => name)],
    imdb_id: ['text', titles.map(({ imdbId }) => imdbId)],
    series_id: ['uuid', titles.map(({ seriesId }) => seriesId)],
    season_id: ['uuid', titles.map(({ seasonId }) => seasonId)],
    season_number: ['int', titles.map(({ seasonNumber }) => seasonNumber)],
    episode_number: ['int', titles.map(({ episodeNumber }) => episodeNumber)],
    year: ['smallint', titles.map(({ year }) => year)],
    end_year: ['smallint', titles.map(({ endYear }) => endYear)],
    runtime_minutes: ['int', titles.map(({ runtimeMinutes }) => runtimeMinutes)],
    vote_count: ['int', titles.map(({ voteCount }) => voteCount)],
  } as const;
  const names = Object.keys(columns);
  const changing = names.filter((name) => name !== 'id');
  const arrays = Object.values(columns).map(([type], index) => `$${index + 1}::${type}[]`);
  await sql.query(
    `INSERT INTO title (${names.join(', ')})
     SELECT ${names.map((name) => (name === 'kind' ? 'kind::"TitleKind"' : name)).join(', ')}
     FROM unnest(${arrays.join(', ')}) AS given(${names.join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}
     WHERE (${changing.map((name) => `title.${name}`).join(', ')})
       IS DISTINCT FROM (${changing.map((name) => `excluded.${name}`).join(', ')})`,
    Object.values(columns).map(([, values]) => values),
  );
}

/** Remembers that all seasons and episodes of these series are stored, as a state of the catalogue has them. */
export async function markEpisodesSaved(sql: Sql, seriesIds: readonly string[], version: string): Promise<void> {
  await sql.query('UPDATE title SET episodes_from = $2 WHERE id = ANY($1::uuid[]) AND account_id IS NULL', [
    seriesIds,
    version,
  ]);
}

/** Films, series and episodes that are stored for everybody, by their ids of IMDb. */
export async function storedTitles(sql: Sql, imdbIds: readonly string[]): Promise<ReadonlyMap<string, SharedTitle>> {
  if (imdbIds.length === 0) return new Map();
  const rows = await sql.query<SharedTitle & { readonly imdbId: string }>(
    `SELECT id::text, kind::text, name, imdb_id AS "imdbId", series_id::text AS "seriesId", season_id::text AS "seasonId",
       season_number AS "seasonNumber", episode_number AS "episodeNumber", year::int, end_year::int AS "endYear",
       runtime_minutes AS "runtimeMinutes", vote_count AS "voteCount"
     FROM title WHERE imdb_id = ANY($1::text[]) AND account_id IS NULL`,
    [imdbIds],
  );
  return new Map(rows.map((row) => [row.imdbId, row]));
}
