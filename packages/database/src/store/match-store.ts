import { headOfId } from '../batch/name-id.ts';
import type { AccountSql, AccountStore, AccountTransaction } from './account-store.ts';
import { type CorrectionToSave, correctionsOf } from './correction-store.ts';
import { historyChanged } from './history-version-store.ts';
import type { SharedTitle } from './shared-title-store.ts';
import { idRanges, lockAccount } from './title-store.ts';

export type MatchStatus = 'READ' | 'MATCHED' | 'AMBIGUOUS' | 'UNMATCHED' | 'CORRECTED';

/** A string with what its matching rests on, and what it is taken for now. */
export interface StringWithMatch {
  readonly id: string;
  readonly rawTitle: string;
  readonly firstYear: number | null;
  readonly longestSeconds: number | null;
  readonly status: MatchStatus;
  readonly catalogueTitleId: string | null;
  /** What it shows: of the catalogue, else as it was read. */
  readonly shownName: string | null;
  readonly matchedWith: string | null;
  /** What it was read as. */
  readonly read: TitlePlace | null;
}

/** A title, and what it is part of. */
type TitlePlace = Pick<SharedTitle, 'id' | 'kind' | 'seriesId' | 'seasonId'>;

/** Strings that are matched together. */
export interface GroupToMatch {
  readonly strings: readonly StringWithMatch[];
  /** What people said of some of them, by the string. */
  readonly corrections: ReadonlyMap<string, CorrectionToSave>;
}

/** What a string was found to be. */
export interface MatchOutcome {
  readonly id: string;
  readonly status: MatchStatus;
  /** What was accepted, and is stored; of an episode that the catalogue lacks, its series. */
  readonly title: SharedTitle | null;
  readonly confidence: number | null;
  readonly evidence: readonly string[];
  /** A list, as JSON. */
  readonly candidates: string;
}

/** A group with what was found for its strings, in their order. */
export interface MatchedGroup extends GroupToMatch {
  readonly outcomes: readonly MatchOutcome[];
}

/** Strings that are settled together: the embedded database answers nobody else meanwhile. */
const settledTogether = 20_000;

/**
 * Brings what the rows of each string tell up to date: the year of the first, and the longest that one was watched. Strings of which
 * they tell another thing than before are to be matched anew.
 */
export async function settleWhatRowsTell(account: AccountSql, together = settledTogether): Promise<void> {
  const [count] = await account.query<{ strings: number }>(
    'SELECT count(*)::int AS strings FROM match WHERE account_id = $1::uuid',
  );
  const parts = Math.ceil((count?.strings ?? 0) / together);
  for (let part = 0; part < parts; part += 1)
    await account.query(
      `UPDATE match SET first_year = told.first_year, longest_seconds = told.longest_seconds, matched_with = NULL
       FROM (
         SELECT match_id, extract(year FROM min(watched_on))::smallint AS first_year, nullif(max(seconds), -1) AS longest_seconds
         FROM viewing WHERE account_id = $1::uuid AND NOT supplemental AND match_id >= $2::uuid AND ($3::uuid IS NULL OR match_id < $3::uuid)
         GROUP BY match_id) told
       WHERE match.account_id = $1::uuid AND match.id = told.match_id
         AND (match.first_year, match.longest_seconds) IS DISTINCT FROM (told.first_year, told.longest_seconds)`,
      [idAt(part / parts), part + 1 === parts ? null : idAt((part + 1) / parts)],
    );
}

/** The id below which a share of all ids is: they are hashes, and so spread evenly. */
const idAt = (share: number): string =>
  `${Math.floor(share * 2 ** 32)
    .toString(16)
    .padStart(8, '0')}-0000-0000-0000-000000000000`;

/** How many strings are not matched with this matcher and catalogue, and how many of them were matched with another. */
export async function countStale(
  account: AccountSql,
  matchedWith: string,
): Promise<{ readonly strings: number; readonly matchedBefore: number }> {
  const [count] = await account.query<{ strings: number; matchedBefore: number }>(
    `SELECT count(*)::int AS strings, count(matched_with)::int AS "matchedBefore" FROM match
     WHERE account_id = $1::uuid AND matched_with IS DISTINCT FROM $2`,
    [matchedWith],
  );
  if (count === undefined) throw new Error('count(*) answered no row');
  return count;
}

/**
 * The next groups that have a string which is not matched with this matcher and catalogue, in the order of their ids; whole, so
 * that there may be more strings than asked for.
 * @param after What an earlier page ended with.
 */
export async function staleGroups(
  account: AccountSql,
  matchedWith: string,
  after: string | null,
  limit: number,
): Promise<{ readonly groups: readonly GroupToMatch[]; readonly last: string | null }> {
  const stale = await account.query<{ id: string }>(
    `SELECT id::text FROM match WHERE account_id = $1::uuid AND id > $2::uuid AND matched_with IS DISTINCT FROM $3
     ORDER BY match.id LIMIT $4::int`,
    [after ?? '00000000-0000-0000-0000-000000000000', matchedWith, limit],
  );
  const heads = [...new Set(stale.map(({ id }) => headOfId(id)))];
  if (heads.length === 0) return { groups: [], last: null };
  const groups = await groupsToMatch(account, heads);
  const last = idRanges(heads.slice(-1))[1][0] as string;
  return { groups, last };
}

/** The group that a string is of. */
export async function groupOf(account: AccountSql, matchId: string): Promise<GroupToMatch> {
  const [group] = await groupsOf(account, [matchId]);
  return group ?? { strings: [], corrections: new Map() };
}

/** The groups that some strings are of, each once. */
export const groupsOf = (account: AccountSql, matchIds: readonly string[]): Promise<GroupToMatch[]> =>
  groupsToMatch(account, [...new Set(matchIds.map(headOfId))]);

/** Title after title: a planner without fresh statistics would go through all titles for each page of groups. */
async function groupsToMatch(account: AccountSql, heads: readonly string[]): Promise<GroupToMatch[]> {
  const strings = await account.query<Omit<StringWithMatch, 'read'> & Record<`read${string}`, string | null>>(
    `SELECT match.id::text, raw_title AS "rawTitle", first_year::int AS "firstYear", longest_seconds AS "longestSeconds",
       status::text, catalogue_title_id::text AS "catalogueTitleId", shown.name AS "shownName", matched_with AS "matchedWith",
       read.id::text AS "readId", read.kind::text AS "readKind", read.series_id::text AS "readSeriesId",
       read.season_id::text AS "readSeasonId"
     FROM unnest($2::uuid[], $3::uuid[]) AS wanted(first, last) CROSS JOIN LATERAL (
       SELECT * FROM match WHERE account_id = $1::uuid AND id BETWEEN wanted.first AND wanted.last OFFSET 0) match
     LEFT JOIN LATERAL (SELECT * FROM title WHERE title.id = match.title_id OFFSET 0) read ON true
     LEFT JOIN LATERAL (SELECT * FROM title WHERE title.id = match.shown_title_id OFFSET 0) shown ON true
     ORDER BY match.id`,
    idRanges(heads),
  );
  const corrections = await correctionsOf(
    account,
    strings.map(({ rawTitle }) => rawTitle),
  );
  interface Gathered {
    readonly strings: StringWithMatch[];
    readonly corrections: Map<string, CorrectionToSave>;
  }
  const groups = new Map<string, Gathered>();
  for (const { readId, readKind, readSeriesId, readSeasonId, ...string } of strings) {
    const head = headOfId(string.id);
    const group: Gathered = groups.get(head) ?? { strings: [], corrections: new Map() };
    groups.set(head, group);
    const read = { id: readId, kind: readKind, seriesId: readSeriesId, seasonId: readSeasonId } as TitlePlace;
    group.strings.push({ ...string, read: readId === null ? null : read } as StringWithMatch);
    const correction = corrections.get(string.rawTitle);
    if (correction !== undefined) group.corrections.set(string.rawTitle, correction);
  }
  return [...groups.values()];
}

/**
 * Writes what was found for groups, unless they are others now than when they were matched: then they stay as they are, to be
 * matched anew. The titles of the outcomes must be stored.
 * @param change What else is to be changed with it, before the groups are looked at.
 * @returns how many groups were written.
 */
export function saveMatches(
  account: AccountStore,
  groups: readonly MatchedGroup[],
  matchedWith: string,
  change: (sql: AccountTransaction) => Promise<void> = async () => {},
): Promise<number> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    await change(sql);
    const heads = groups.flatMap(({ strings: [first] }) => (first === undefined ? [] : headOfId(first.id)));
    const now = new Map((await groupsToMatch(sql, heads)).map((group) => [stateOf(group), group]));
    const same = groups.filter((group) => now.has(stateOf(group)));
    await saveOutcomes(sql, same, matchedWith);
    await joinTitles(sql, same);
    return same.length;
  });
}

/** Differs when anything does that a group's matching rests on. */
const stateOf = ({ strings, corrections }: GroupToMatch): string =>
  JSON.stringify([
    strings.map(({ id, firstYear, longestSeconds, read }) => [id, firstYear, longestSeconds, read?.id]),
    [...corrections.values()].map(({ rawTitle, workId, episodeId }) => [rawTitle, workId, episodeId]).sort(),
  ]);

/** Whether the catalogue's title tells more than the one that was read: the series alone does not, of one of its episodes. */
const isShown = (title: TitlePlace, read: TitlePlace | null) =>
  title.kind !== 'SERIES' || (read?.kind !== 'EPISODE' && read?.kind !== 'SEASON');

async function saveOutcomes(sql: AccountSql, groups: readonly MatchedGroup[], matchedWith: string): Promise<void> {
  const rows = groups.flatMap(({ strings, outcomes }) =>
    outcomes.map((outcome, index) => {
      const read = strings[index]?.read ?? null;
      const { title } = outcome;
      return { ...outcome, shown: title !== null && isShown(title, read) ? title.id : (read?.id ?? null) };
    }),
  );
  if (rows.length === 0) return;
  const [changed] = await sql.query(
    `SELECT FROM match JOIN unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS given(id, title, shown) USING (id)
     WHERE match.account_id = $1::uuid
       AND (match.catalogue_title_id, match.shown_title_id) IS DISTINCT FROM (given.title, given.shown) LIMIT 1`,
    [rows.map(({ id }) => id), rows.map(({ title }) => title?.id ?? null), rows.map(({ shown }) => shown)],
  );
  if (changed !== undefined) await historyChanged(sql, 'all');
  await sql.query(
    `UPDATE match SET status = given.status::"MatchStatus", catalogue_title_id = given.title, shown_title_id = given.shown,
       confidence = given.confidence, match_evidence = given.evidence, candidates = given.candidates::jsonb, matched_with = $2::text
     FROM unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::float8[], $8::text[], $9::text[])
       AS given(id, status, title, shown, confidence, evidence, candidates)
     WHERE match.account_id = $1::uuid AND match.id = given.id`,
    [
      matchedWith,
      rows.map(({ id }) => id),
      rows.map(({ status }) => status),
      rows.map(({ title }) => title?.id ?? null),
      rows.map(({ shown }) => shown),
      rows.map(({ confidence }) => confidence),
      rows.map(({ evidence }) => evidence.join('\n')),
      rows.map(({ candidates }) => candidates),
    ],
  );
}

/**
 * Joins the titles that a group's strings were read as to the catalogue's, where all strings of one say the same; others are on
 * their own again.
 */
async function joinTitles(sql: AccountSql, groups: readonly MatchedGroup[]): Promise<void> {
  const joined = new Said();
  const seriesOf = new Said();
  for (const { strings, outcomes } of groups)
    for (const [index, { title }] of outcomes.entries()) {
      const read = strings[index]?.read ?? null;
      if (read === null) continue;
      const series = title?.kind === 'SERIES' ? title.id : (title?.seriesId ?? null);
      joined.say(read.id, title !== null && isShown(title, read) ? title.id : null);
      joined.say(read.seriesId, series);
      joined.say(read.seasonId, title?.seasonId ?? null);
      for (const part of read.seriesId === null ? [] : [read.id, read.seasonId]) seriesOf.say(part, series);
    }
  if (joined.ids.length === 0) return;
  const changed = await sql.query(
    `UPDATE title SET joined_to_id = given.joined, catalogue_series_id = given.series
     FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS given(id, joined, series)
     WHERE title.account_id = $1::uuid AND title.id = given.id
       AND (title.joined_to_id, title.catalogue_series_id) IS DISTINCT FROM (given.joined, given.series) RETURNING 1 AS one`,
    [joined.ids, joined.ids.map((id) => joined.unanimous(id)), joined.ids.map((id) => seriesOf.unanimous(id))],
  );
  if (changed.length > 0) await historyChanged(sql, 'all');
}

/** What strings say of titles that several of them share. */
class Said {
  readonly #said = new Map<string, Set<string | null>>();

  say(id: string | null, target: string | null): void {
    if (id !== null) this.#said.set(id, (this.#said.get(id) ?? new Set()).add(target));
  }

  get ids(): string[] {
    return [...this.#said.keys()];
  }

  /** Null where they differ. */
  unanimous(id: string): string | null {
    const [target = null, ...others] = this.#said.get(id) ?? [];
    return others.length === 0 ? target : null;
  }
}
