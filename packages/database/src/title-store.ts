import { nameId, nameNumber } from './name-id.ts';
import type { Sql } from './sql.ts';

/** A title as a string was read: its parents are named by their keys. */
export interface TitleToSave {
  readonly key: string;
  readonly kind: 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';
  readonly name: string;
  readonly seriesKey: string | null;
  readonly seasonKey: string | null;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  readonly netflixLabel: string | null;
}

/** What a string was read as. */
export interface StringReading {
  /** Parents first; the last is what the string stands for. None: it cannot be read as anything. */
  readonly titles: readonly TitleToSave[];
  readonly evidence: readonly string[];
}

/** How strings become titles: the engine's part of it. */
export interface StringReader {
  /** Strings of one group are read together. */
  group(rawTitle: string): string;
  /** One reading a string, in their order; it depends only on which strings of its group are given. */
  read(rawTitles: readonly string[]): readonly StringReading[];
}

/** Ids follow from names, so rows can point at a string or a title that is yet to be written. */
const matchIdOf = (group: string, rawTitle: string): string => nameId(group, rawTitle);
const titleIdOf = (accountId: string, { key, seriesKey }: TitleToSave): string =>
  nameId(`${accountId}/${seriesKey ?? key}`, key);

export interface StoredString {
  readonly id: string;
  readonly rawTitle: string;
  readonly groupKey: string;
  readonly titleId: string | null;
  readonly evidence: string;
}

/**
 * Whoever changes an account's strings holds this until its transaction ends: a group is read as all its strings stand, so two
 * must not change it at once.
 */
export async function lockAccount(sql: Sql, accountId: string): Promise<void> {
  await sql.query('SELECT 1 AS one FROM account WHERE id = $1::uuid FOR UPDATE', [accountId]);
}

/** A string on its way into the store, read among those that it came with. */
export interface PreparedString extends StoredString {
  readonly reading: StringReading;
}

/** Reads strings that the account may lack. What that takes is done before any transaction begins. */
export function prepareStrings(rawTitles: readonly string[], reader: StringReader): PreparedString[] {
  // In one order, whichever came first: where two spell a name, the first of them names the title.
  const strings = [...rawTitles].sort();
  const readings = reader.read(strings);
  return strings.map((rawTitle, index) => {
    const group = reader.group(rawTitle);
    const reading = readings[index] as StringReading;
    return {
      id: matchIdOf(group, rawTitle),
      rawTitle,
      groupKey: nameNumber(group),
      titleId: null,
      evidence: '',
      reading,
    };
  });
}

/** Adds those strings that the account lacks, and reads anew every group that has others already. Needs the lock. */
export async function addStrings(
  sql: Sql,
  accountId: string,
  prepared: readonly PreparedString[],
  reader: StringReader,
): Promise<void> {
  if (prepared.length === 0) return;
  const stored = await stringsOfGroups(sql, accountId, new Set(prepared.map(({ groupKey }) => groupKey)));
  const isStored = new Set(stored.map(({ id }) => id));
  const known = new Set(stored.map(({ groupKey }) => groupKey));
  const alone = prepared.filter(({ groupKey }) => !known.has(groupKey));
  await saveReadings(sql, accountId, [], alone, new Map(alone.map(({ id, reading }) => [id, reading])));
  const fresh = prepared.filter(({ groupKey, id }) => known.has(groupKey) && !isStored.has(id));
  const grown = new Set(fresh.map(({ groupKey }) => groupKey));
  const members = stored.filter(({ groupKey }) => grown.has(groupKey));
  await readAndSave(sql, accountId, members, fresh, reader);
}

/** Reads some groups anew, as they stand now. Needs the lock. */
export async function rereadGroups(
  sql: Sql,
  accountId: string,
  groupKeys: ReadonlySet<string>,
  reader: StringReader,
): Promise<void> {
  if (groupKeys.size === 0) return;
  await readAndSave(sql, accountId, await stringsOfGroups(sql, accountId, groupKeys), [], reader);
}

function stringsOfGroups(sql: Sql, accountId: string, groupKeys: ReadonlySet<string>): Promise<StoredString[]> {
  return sql.query<StoredString>(
    `SELECT id::text, raw_title AS "rawTitle", group_key::text AS "groupKey", title_id::text AS "titleId",
       array_to_string(evidence, E'\\n') AS evidence
     FROM match WHERE account_id = $1::uuid AND group_key = ANY($2::bigint[])`,
    [accountId, [...groupKeys]],
  );
}

/** Reads stored and new strings of some groups together. */
async function readAndSave(
  sql: Sql,
  accountId: string,
  stored: readonly StoredString[],
  fresh: readonly StoredString[],
  reader: StringReader,
): Promise<void> {
  const strings = [...stored, ...fresh].sort((a, b) => (a.rawTitle < b.rawTitle ? -1 : 1));
  const readings = reader.read(strings.map(({ rawTitle }) => rawTitle));
  const byId = new Map(strings.map(({ id }, index) => [id, readings[index] as StringReading]));
  await saveReadings(sql, accountId, stored, fresh, byId);
}

/**
 * Writes the new strings, and of the stored those that are read otherwise now.
 * @param readings By the ids of the stored and the new, in the order of the strings.
 */
async function saveReadings(
  sql: Sql,
  accountId: string,
  stored: readonly StoredString[],
  fresh: readonly StoredString[],
  readings: ReadonlyMap<string, StringReading>,
): Promise<void> {
  if (readings.size === 0) return;
  const titles = new Map<string, TitleToSave>();
  const read = new Map<string, { titleId: string | null; evidence: string }>();
  const ids = new Map<string, string>();
  for (const [id, reading] of readings) {
    for (const title of reading.titles)
      if (!titles.has(title.key)) {
        titles.set(title.key, title);
        ids.set(title.key, titleIdOf(accountId, title));
      }
    const own = reading.titles.at(-1);
    read.set(id, { titleId: (own && ids.get(own.key)) ?? null, evidence: reading.evidence.join('\n') });
  }
  await saveTitles(sql, accountId, [...titles.values()], ids);
  // In the order of their ids, each page of the index is visited once.
  const inOrder = [...fresh].sort((a, b) => (a.id < b.id ? -1 : 1));
  await insertStrings(sql, accountId, inOrder, read);
  const changed = stored.filter(({ id, titleId, evidence }) => {
    const now = read.get(id);
    return now?.titleId !== titleId || now.evidence !== evidence;
  });
  await updateStrings(sql, accountId, changed, read);
  const left = changed.filter(({ id, titleId }) => read.get(id)?.titleId !== titleId);
  await removeUnusedTitles(
    sql,
    accountId,
    left.flatMap(({ titleId }) => titleId ?? []),
  );
}

type Read = ReadonlyMap<string, { readonly titleId: string | null; readonly evidence: string }>;

async function insertStrings(sql: Sql, accountId: string, strings: readonly StoredString[], read: Read): Promise<void> {
  if (strings.length === 0) return;
  await sql.query(
    `INSERT INTO match (account_id, id, raw_title, group_key, title_id, evidence)
     SELECT $1::uuid, id, raw_title, group_key, title_id, string_to_array(evidence, E'\\n')
     FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::uuid[], $6::text[])
       AS given(id, raw_title, group_key, title_id, evidence)`,
    [
      accountId,
      strings.map(({ id }) => id),
      strings.map(({ rawTitle }) => rawTitle),
      strings.map(({ groupKey }) => groupKey),
      strings.map(({ id }) => read.get(id)?.titleId ?? null),
      strings.map(({ id }) => read.get(id)?.evidence ?? ''),
    ],
  );
}

async function updateStrings(sql: Sql, accountId: string, strings: readonly StoredString[], read: Read): Promise<void> {
  if (strings.length === 0) return;
  await sql.query(
    `UPDATE match SET title_id = given.title_id, evidence = string_to_array(given.evidence, E'\\n')
     FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS given(id, title_id, evidence)
     WHERE match.account_id = $1::uuid AND match.id = given.id`,
    [
      accountId,
      strings.map(({ id }) => id),
      strings.map(({ id }) => read.get(id)?.titleId ?? null),
      strings.map(({ id }) => read.get(id)?.evidence ?? ''),
    ],
  );
}

async function saveTitles(
  sql: Sql,
  accountId: string,
  titles: readonly TitleToSave[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  if (titles.length === 0) return;
  const sorted = titles
    .map((title) => ({ ...title, id: ids.get(title.key) as string }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const idOrNull = (key: string | null) => (key === null ? null : (ids.get(key) ?? null));
  await sql.query(
    `INSERT INTO title (account_id, id, kind, name, series_id, season_id, season_number, episode_number, netflix_label)
     SELECT $1::uuid, id, kind::"TitleKind", name, series_id, season_id, season_number, episode_number, netflix_label
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::int[], $8::int[], $9::text[])
       AS given(id, kind, name, series_id, season_id, season_number, episode_number, netflix_label)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, season_number = excluded.season_number,
       episode_number = excluded.episode_number, netflix_label = excluded.netflix_label
     WHERE (title.name, title.season_number, title.episode_number, title.netflix_label)
       IS DISTINCT FROM (excluded.name, excluded.season_number, excluded.episode_number, excluded.netflix_label)`,
    [
      accountId,
      sorted.map(({ id }) => id),
      sorted.map(({ kind }) => kind),
      sorted.map(({ name }) => name),
      sorted.map(({ seriesKey }) => idOrNull(seriesKey)),
      sorted.map(({ seasonKey }) => idOrNull(seasonKey)),
      sorted.map(({ seasonNumber }) => seasonNumber),
      sorted.map(({ episodeNumber }) => episodeNumber),
      sorted.map(({ netflixLabel }) => netflixLabel),
    ],
  );
}

/** Removes those of the titles that no string stands for any more and that have no parts left; then their parents likewise. */
export async function removeUnusedTitles(sql: Sql, accountId: string, titleIds: readonly string[]): Promise<void> {
  let candidates = [...new Set(titleIds)];
  while (candidates.length > 0) {
    const removed = await sql.query<{ seriesId: string | null; seasonId: string | null }>(
      `WITH needed AS MATERIALIZED (
         SELECT title_id FROM match WHERE account_id = $1::uuid AND title_id = ANY($2::uuid[]))
       DELETE FROM title WHERE account_id = $1::uuid AND id = ANY($2::uuid[])
         AND NOT EXISTS (SELECT FROM needed WHERE needed.title_id = title.id)
         AND NOT EXISTS (
           SELECT FROM title part WHERE part.series_id = coalesce(title.series_id, title.id)
             AND title.id IN (part.series_id, part.season_id))
       RETURNING series_id::text AS "seriesId", season_id::text AS "seasonId"`,
      [accountId, candidates],
    );
    candidates = [...new Set(removed.flatMap(({ seriesId, seasonId }) => [seriesId ?? [], seasonId ?? []].flat()))];
  }
}
