import { v7 as uuidv7 } from 'uuid';
import type { Sql, SqlConnection } from './sql.ts';

export type StoredTitleKind = 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';

/** A title as a string was read: its parents are named by their keys. */
export interface TitleToSave {
  readonly key: string;
  readonly kind: StoredTitleKind;
  readonly name: string;
  readonly seriesKey: string | null;
  readonly seasonKey: string | null;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  readonly netflixLabel: string | null;
}

export interface ReadingToSave {
  readonly matchId: string;
  /** Null: the string cannot be read as anything. */
  readonly titleKey: string | null;
  readonly evidence: readonly string[];
}

export interface StoredString {
  readonly matchId: string;
  readonly rawTitle: string;
}

/** Keys of the next groups with a string that has not been read as its group stands now. */
export async function unreadGroups(sql: Sql, accountId: string, limit: number): Promise<string[]> {
  const rows = await sql.query<{ groupKey: string }>(
    `SELECT DISTINCT group_key AS "groupKey" FROM (
       SELECT group_key FROM match WHERE account_id = $1::uuid AND NOT read LIMIT $2::int) AS unread`,
    [accountId, limit],
  );
  return rows.map(({ groupKey }) => groupKey);
}

/** All strings of some groups: what is read together. */
export function stringsOfGroups(sql: Sql, accountId: string, groupKeys: readonly string[]): Promise<StoredString[]> {
  return sql.query<StoredString>(
    `SELECT id::text AS "matchId", raw_title AS "rawTitle" FROM match
     WHERE account_id = $1::uuid AND group_key = ANY($2::text[]) ORDER BY raw_title`,
    [accountId, groupKeys],
  );
}

/** Saves what strings were read as. `titles` names every title that a reading or another title refers to. */
export function saveReadings(
  connection: SqlConnection,
  accountId: string,
  titles: readonly TitleToSave[],
  readings: readonly ReadingToSave[],
): Promise<void> {
  return connection.transaction(async (sql) => {
    const ids = new Map<string, string>();
    for (const kinds of [['MOVIE', 'SERIES'], ['SEASON'], ['EPISODE']])
      await saveTitles(
        sql,
        accountId,
        titles.filter(({ kind }) => kinds.includes(kind)),
        ids,
      );
    await sql.query(
      `UPDATE match SET title_id = given.title_id, evidence = string_to_array(given.evidence, E'\\n'), read = true
       FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS given(id, title_id, evidence)
       WHERE match.account_id = $1::uuid AND match.id = given.id`,
      [
        accountId,
        readings.map(({ matchId }) => matchId),
        readings.map(({ titleKey }) => (titleKey === null ? null : (ids.get(titleKey) ?? null))),
        readings.map(({ evidence }) => evidence.join('\n')),
      ],
    );
  });
}

async function saveTitles(sql: Sql, accountId: string, titles: readonly TitleToSave[], ids: Map<string, string>) {
  if (titles.length === 0) return;
  const idOf = (key: string | null) => (key === null ? null : (ids.get(key) ?? null));
  const rows = await sql.query<{ id: string; key: string }>(
    `WITH given AS (
       SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::int[], $9::int[],
         $10::text[]) AS given(id, key, kind, name, series_id, season_id, season_number, episode_number, netflix_label)),
     made AS (
       INSERT INTO title (account_id, id, reading_key, kind, name, series_id, season_id, season_number, episode_number,
         netflix_label)
       SELECT $1::uuid, id, key, kind::"TitleKind", name, series_id, season_id, season_number, episode_number, netflix_label
       FROM given ON CONFLICT (account_id, reading_key) DO NOTHING RETURNING id, reading_key)
     SELECT id::text, reading_key AS key FROM made
     UNION ALL
     SELECT title.id::text, title.reading_key FROM title JOIN given ON title.reading_key = given.key
     WHERE title.account_id = $1::uuid`,
    [
      accountId,
      titles.map(() => uuidv7()),
      titles.map(({ key }) => key),
      titles.map(({ kind }) => kind),
      titles.map(({ name }) => name),
      titles.map(({ seriesKey }) => idOf(seriesKey)),
      titles.map(({ seasonKey }) => idOf(seasonKey)),
      titles.map(({ seasonNumber }) => seasonNumber),
      titles.map(({ episodeNumber }) => episodeNumber),
      titles.map(({ netflixLabel }) => netflixLabel),
    ],
  );
  for (const { id, key } of rows) ids.set(key, id);
}

/** Removes titles that were read from strings which are gone or are read otherwise now. */
export async function removeUnusedTitles(sql: Sql, accountId: string): Promise<void> {
  for (const kind of ['EPISODE', 'SEASON', 'SERIES', 'MOVIE'])
    await sql.query(
      `DELETE FROM title WHERE account_id = $1::uuid AND kind = $2::"TitleKind"
         AND NOT EXISTS (SELECT FROM match WHERE match.account_id = $1::uuid AND match.title_id = title.id)
         AND NOT EXISTS (SELECT FROM title child WHERE child.series_id = title.id)
         AND NOT EXISTS (SELECT FROM title child WHERE child.season_id = title.id)`,
      [accountId, kind],
    );
}
