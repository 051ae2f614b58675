import { headOfId, idsWithHead } from '../batch/name-id.ts';
import {
  layOutStrings,
  layOutTitles,
  matchTable,
  type PreparedStrings,
  readInGroups,
  type StoredReading,
  type StringReader,
  type StringReading,
  type StringToSave,
  storedReading,
  stringToSave,
  titleTable,
} from '../batch/prepared-strings.ts';
import { columnList } from '../connection/copy.ts';
import { wantedRows } from '../connection/copy-rows.ts';
import type { AccountSql, AccountTransaction } from './account-store.ts';
import { historyChanged } from './history-version-store.ts';

interface StoredString extends StringToSave, StoredReading {}

/**
 * Whoever changes an account's strings holds this until its transaction ends: a group is read as all its strings stand, so two
 * must not change it at once.
 * @param commit Whether whoever commits waits for the disk. A batch need not: an import that lost its last ones reads them again,
 *   and nobody is told that it is complete before a later commit has taken them along.
 */
export async function lockAccount(
  sql: AccountSql,
  commit: 'reaches the disk' | 'reaches the disk with a later one' = 'reaches the disk',
): Promise<void> {
  const also = commit === 'reaches the disk' ? 'true' : "set_config('synchronous_commit', 'off', true)";
  await sql.query(`SELECT ${also} FROM account WHERE id = $1::uuid FOR UPDATE`);
}

/** Adds those strings that the account lacks, and reads anew every group that has others already. Needs the lock. */
export async function addStrings(
  sql: AccountTransaction,
  { parts, strings, titles }: PreparedStrings,
  reader: StringReader,
): Promise<void> {
  if (parts.length === 0) return;
  const stored = await stringsOfGroups(
    sql,
    parts.map(({ group }) => group),
  );
  const isStored = new Set(stored.map(({ id }) => id));
  const known = new Set(stored.map(({ id }) => headOfId(id)));
  const isAlone = (part: number) => !known.has((parts[part] as { group: string }).group);
  await sql.copy(titleTable, wantedRows(titles, isAlone));
  await sql.copy(matchTable, wantedRows(strings, isAlone));
  const fresh = parts
    .filter((_, part) => !isAlone(part))
    .flatMap(({ rawTitles }) => rawTitles.map((rawTitle) => stringToSave(rawTitle, reader)))
    .filter(({ id }) => !isStored.has(id));
  const grown = new Set(fresh.map(({ id }) => headOfId(id)));
  const members = stored.filter(({ id }) => grown.has(headOfId(id)));
  await readAndSave(sql, members, fresh, reader);
}

/** A string that was removed. */
export interface RemovedString {
  readonly id: string;
  readonly titleId: string | null;
}

/** Once strings are removed: reads what is left of their groups anew, and removes titles that nothing uses. Needs the lock. */
export async function settleRemovedStrings(
  sql: AccountTransaction,
  removed: readonly RemovedString[],
  reader: StringReader,
): Promise<void> {
  const groups = new Set(removed.map(({ id }) => headOfId(id)));
  if (groups.size > 0) await readAndSave(sql, await stringsOfGroups(sql, [...groups]), [], reader);
  await removeUnusedTitles(
    sql,
    removed.flatMap(({ titleId }) => titleId ?? []),
  );
}

/** One group after another: asked for all at once, a planner without fresh statistics reads the whole table instead. */
function stringsOfGroups(sql: AccountSql, groups: readonly string[]): Promise<StoredString[]> {
  return sql.query<StoredString>(
    `SELECT id::text, raw_title AS "rawTitle", title_id::text AS "titleId", evidence
     FROM unnest($2::uuid[], $3::uuid[]) AS wanted(first, last) CROSS JOIN LATERAL (
       SELECT * FROM match WHERE account_id = $1::uuid AND id BETWEEN wanted.first AND wanted.last OFFSET 0) match`,
    idRanges(groups),
  );
}

/** The first and the last id behind each head. */
export function idRanges(heads: readonly string[]): readonly [string[], string[]] {
  const ranges = heads.map(idsWithHead);
  return [ranges.map(([first]) => first), ranges.map(([, last]) => last)];
}

/** Reads stored and new strings of some groups; writes the new, and of the stored those that are read otherwise now. */
async function readAndSave(
  sql: AccountTransaction,
  stored: readonly StoredString[],
  fresh: readonly StringToSave[],
  reader: StringReader,
): Promise<void> {
  const groups = readInGroups([...stored, ...fresh], reader);
  const isFresh = new Set(fresh.map(({ id }) => id));
  const added = groups.map(({ group, strings, readings }) => ({
    group,
    strings: strings.filter(({ id }) => isFresh.has(id)),
    readings: readings.filter((_, index) => isFresh.has((strings[index] as StringToSave).id)),
  }));
  await saveTitles(sql, wantedRows(layOutTitles(sql.accountId, groups)));
  await sql.copy(matchTable, wantedRows(layOutStrings(sql.accountId, added)));
  const before = new Map(stored.map((string) => [string.id, string]));
  const changed = groups.flatMap(({ group, strings, readings }) =>
    strings.flatMap(({ id }, index) => {
      const was = before.get(id);
      const now = storedReading(sql.accountId, group, readings[index] as StringReading);
      const isAsBefore = was === undefined || (was.titleId === now.titleId && was.evidence === now.evidence);
      return isAsBefore ? [] : { id, ...now, was: was.titleId };
    }),
  );
  await updateStrings(sql, changed);
  await matchAnew(
    sql,
    stored.map(({ id }) => id),
  );
  // What strings of a group that is another now are taken for, and what their series is called, may be others for every profile.
  if (stored.length > 0) await historyChanged(sql, 'all');
  const left = changed.flatMap(({ titleId, was }) => (was === titleId ? [] : (was ?? [])));
  await removeUnusedTitles(sql, left);
}

async function updateStrings(
  sql: AccountSql,
  strings: readonly ({ readonly id: string } & StoredReading)[],
): Promise<void> {
  if (strings.length === 0) return;
  // What the matcher said was said of another reading; what a person said stays.
  const isSettled = "(match.status = 'CORRECTED' OR match.title_id IS NOT DISTINCT FROM given.title_id)";
  const ifSettled = (column: string) => `${column} = CASE WHEN ${isSettled} THEN match.${column} END`;
  await sql.query(
    `UPDATE match SET title_id = given.title_id, evidence = given.evidence,
       status = CASE WHEN ${isSettled} THEN match.status ELSE 'READ' END,
       shown_title_id = CASE WHEN ${isSettled} AND match.shown_title_id = match.catalogue_title_id
         THEN match.shown_title_id ELSE given.title_id END,
       ${['catalogue_title_id', 'match_evidence', 'confidence', 'candidates'].map(ifSettled).join(', ')}
     FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS given(id, title_id, evidence)
     WHERE match.account_id = $1::uuid AND match.id = given.id`,
    [strings.map(({ id }) => id), strings.map(({ titleId }) => titleId), strings.map(({ evidence }) => evidence)],
  );
}

/** Has those of some strings matched again that the account has, with the rest of their groups. */
export async function stringsToMatchAnew(
  sql: AccountSql,
  rawTitles: readonly string[],
  reader: StringReader,
): Promise<void> {
  await matchAnew(
    sql,
    rawTitles.map((rawTitle) => stringToSave(rawTitle, reader).id),
  );
}

/** Strings of a group that is another now are to be matched again: what each is taken for may rest on the others. */
async function matchAnew(sql: AccountSql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    'UPDATE match SET matched_with = NULL WHERE account_id = $1::uuid AND id = ANY($2::uuid[]) AND matched_with IS NOT NULL',
    [ids],
  );
}

/** Adds titles, and changes those that are there. */
async function saveTitles(sql: AccountTransaction, rows: readonly Uint8Array[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = columnList(titleTable);
  await sql.query(
    `INSERT INTO title (${columns}) SELECT ${columns} FROM ${await sql.stage(titleTable, rows)} WHERE account_id = $1::uuid
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, season_number = excluded.season_number,
       episode_number = excluded.episode_number, netflix_label = excluded.netflix_label
     WHERE (title.name, title.season_number, title.episode_number, title.netflix_label)
       IS DISTINCT FROM (excluded.name, excluded.season_number, excluded.episode_number, excluded.netflix_label)`,
  );
}

/** The ids among which all of a series are, its seasons and episodes too, told by any of them: no index on the parent is needed. */
export function idsOfSeries(titleId: string): { readonly gte: string; readonly lte: string } {
  const [gte, lte] = idsWithHead(headOfId(titleId));
  return { gte, lte };
}

/** Removes those of the titles that no string stands for any more and that have no parts left; then their parents likewise. */
async function removeUnusedTitles(sql: AccountSql, titleIds: readonly string[]): Promise<void> {
  let candidates = [...new Set(titleIds)];
  while (candidates.length > 0) {
    const removed = await sql.query<{ seriesId: string | null; seasonId: string | null }>(
      `WITH needed AS MATERIALIZED (
         SELECT title_id FROM match WHERE account_id = $1::uuid AND title_id = ANY($2::uuid[]))
       DELETE FROM title USING unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS candidate(id, first, last)
       WHERE account_id = $1::uuid AND title.id = candidate.id
         AND NOT EXISTS (SELECT FROM needed WHERE needed.title_id = title.id)
         AND (kind IN ('MOVIE', 'EPISODE') OR NOT EXISTS (
           SELECT FROM (SELECT * FROM title part WHERE part.id BETWEEN candidate.first AND candidate.last OFFSET 0) part
           WHERE title.id IN (part.series_id, part.season_id)))
       RETURNING series_id::text AS "seriesId", season_id::text AS "seasonId"`,
      [candidates, ...idRanges(candidates.map(headOfId))],
    );
    candidates = [...new Set(removed.flatMap(({ seriesId, seasonId }) => [seriesId ?? [], seasonId ?? []].flat()))];
  }
}
