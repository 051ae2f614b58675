import {
  type AccountStore,
  type GroupToMatch,
  lookUpsOf,
  readEnrichments,
  type SqlConnection,
  storedWorks,
} from '@watchprint/database';
import type { CatalogueWork, OfferedWork } from '@watchprint/engine';
import { offerKinds } from '@watchprint/sources';
import { languageOf } from '../account/language-of.ts';
import { factsIn } from '../enriching/facts-in.ts';

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
  const matchIds = new Set(groups.flatMap(({ strings }) => strings.map(({ id }) => id)));
  const lookUps = (await lookUpsOf(account)).filter(({ matchId }) => matchIds.has(matchId));
  const workIds = groups.flatMap(({ corrections }) => [...corrections.values()].flatMap(({ workId }) => workId ?? []));
  if (lookUps.length === 0 && workIds.length === 0) return groups;
  const named = new Map((await storedWorks(sql, workIds)).map((work) => [work.id, work]));
  const offers = await offersFor(
    account,
    sql,
    lookUps.map(({ name }) => name),
  );
  return groups.map((group) => {
    const own = new Set(group.strings.map(({ id }) => id));
    return {
      ...group,
      beside: {
        offers: lookUps.flatMap(({ name, matchId }) => {
          const works = own.has(matchId) ? (offers.get(name) ?? []) : [];
          return works.length === 0 ? [] : [[name, works] as const];
        }),
        named: [...group.corrections.values()].flatMap(({ workId }) => named.get(workId ?? '') ?? []),
      },
    };
  });
}

/** What is stored of what each source offers for names, the surest source first. */
async function offersFor(
  account: AccountStore,
  sql: SqlConnection,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly OfferedWork[]>> {
  if (names.length === 0) return new Map();
  const languages = new Set([await languageOf(account), 'en']);
  const asked = names.flatMap((name) =>
    offerKinds.flatMap((kind) =>
      [...new Set([...languages].map((language) => kind.subjectOf({ imdbId: name, language })))].map((subject) => ({
        name,
        kind,
        subject,
      })),
    ),
  );
  const keys = asked.map(({ kind, subject }) => ({ kind: kind.kind, subject }));
  const rows = new Map((await readEnrichments(sql, keys)).map((row) => [`${row.kind} ${row.subject}`, row]));
  const offers = new Map<string, OfferedWork[]>();
  for (const { name, kind, subject } of asked) {
    const facts = factsIn(rows.get(`${kind.kind} ${subject}`) ?? null);
    if (facts !== null) offers.set(name, [...(offers.get(name) ?? []), ...kind.offersIn(facts)]);
  }
  return offers;
}
