import {
  type AccountStore,
  type GroupToMatch,
  headOfId,
  lookUpsOf,
  readEnrichments,
  type SharedTitle,
  type SqlConnection,
  type StoredLookUp,
  storedTitles,
} from '@watchprint/database';
import type { CatalogueWork, OfferedWork } from '@watchprint/engine';
import { offerKinds } from '@watchprint/sources';
import { factsIn } from '../enriching/facts-in.ts';
import { nameOf } from '../enriching/row-loader.ts';

/** Works that strings may be beside those of the catalogue. */
export interface WorksBeside {
  /** What sources offered, by the names that they were asked for. */
  readonly offers: readonly (readonly [name: string, works: readonly OfferedWork[]])[];
  /** What a person said that some are. */
  readonly named: readonly CatalogueWork[];
}

export type GroupWithWorks = GroupToMatch & { readonly beside?: WorksBeside };

/** Puts beside each group what sources offered for the names that the account looked up, and what its corrections name. */
export async function withWorksBeside(
  account: AccountStore,
  sql: SqlConnection,
  groups: readonly GroupToMatch[],
): Promise<readonly GroupWithWorks[]> {
  const heads = new Set(groups.map(headOf));
  const lookUps = (await lookUpsOf(account)).filter(({ matchId }) => heads.has(headOfId(matchId)));
  const workIds = groups.flatMap(({ corrections }) => [...corrections.values()].flatMap(({ workId }) => workId ?? []));
  if (lookUps.length === 0 && workIds.length === 0) return groups;
  const named = await storedTitles(sql, workIds);
  const offers = await offersFor(sql, lookUps);
  return groups.map((group) => {
    const head = headOf(group);
    return {
      ...group,
      beside: {
        offers: lookUps.flatMap(({ name, matchId }) => {
          const works = headOfId(matchId) === head ? (offers.get(name) ?? []) : [];
          return works.length === 0 ? [] : [[name, works] as const];
        }),
        named: [...group.corrections.values()].flatMap(({ workId }) => workOf(named.get(workId ?? '')) ?? []),
      },
    };
  });
}

const headOf = ({ strings: [first] }: GroupToMatch) => headOfId(first?.id ?? '');

/** A film or series as a catalogue has it; null for what is another title, or none. */
function workOf(title: SharedTitle | undefined): CatalogueWork | null {
  if (title?.imdbId == null || (title.kind !== 'MOVIE' && title.kind !== 'SERIES')) return null;
  const { imdbId: id, kind, name, year, endYear, runtimeMinutes, voteCount } = title;
  return { id, kind, minor: false, name, year, endYear, registeredYear: null, runtimeMinutes, voteCount };
}

/** What is stored of what each source offers for names, in whichever language they were looked up; the surest source first. */
async function offersFor(
  sql: SqlConnection,
  lookUps: readonly StoredLookUp[],
): Promise<ReadonlyMap<string, readonly OfferedWork[]>> {
  const asked = lookUps.flatMap(({ name, languages }) =>
    offerKinds.flatMap((kind) =>
      [...new Set(languages.map((language) => kind.subjectFor(name, language)))].map((subject) => ({
        name,
        kind,
        subject,
      })),
    ),
  );
  if (asked.length === 0) return new Map();
  const keys = asked.map(({ kind, subject }) => ({ kind: kind.kind, subject }));
  const rows = new Map((await readEnrichments(sql, keys)).map((row) => [nameOf(row), row]));
  const offers = new Map<string, OfferedWork[]>();
  for (const { name, kind, subject } of asked) {
    const facts = factsIn(rows.get(nameOf({ kind: kind.kind, subject })) ?? null);
    if (facts !== null) offers.set(name, [...(offers.get(name) ?? []), ...kind.offersIn(facts)]);
  }
  return offers;
}
