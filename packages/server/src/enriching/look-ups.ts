import {
  type AccountStore,
  type EnrichmentRow,
  readEnrichments,
  type SqlConnection,
  saveLookUps,
  type UnknownTitle,
} from '@watchprint/database';
import { askedName, offerKinds } from '@watchprint/sources';
import type { AskedFacts } from './asked-facts.ts';
import type { Enricher, Patience } from './enricher.ts';

/** What is asked of every source that offers works for names. */
export interface AskedOffers {
  /** As it is looked for. */
  readonly name: string;
  readonly matchId: string;
  readonly asked: AskedFacts;
}

/** How the names of films and series that were only read are looked up; none where a name has nothing to look for. */
export function askedOffers(titles: readonly UnknownTitle[], language: string): AskedOffers[] {
  return titles.flatMap(({ name, kind, matchId }) => {
    const own = askedName(name);
    if (own === '') return [];
    return {
      name: own,
      matchId,
      asked: { subject: { imdbId: own, language }, about: { name, kind, year: null, endYear: null } },
    };
  });
}

/** Asks the sources for names that an account looks up. @returns strings of which they have said something new to it. */
export async function lookUp(
  account: AccountStore,
  sql: SqlConnection,
  enricher: Enricher,
  offers: readonly AskedOffers[],
  patience: Patience,
): Promise<string[]> {
  const isNew = new Set(await saveLookUps(account, offers));
  const before = await offersOf(sql, offers);
  const after: EnrichmentRow[] = [];
  await Promise.all(
    offerKinds.map(async (kind) => {
      const asked = new Map(offers.map(({ asked }) => [kind.subjectOf(asked.subject), asked]));
      after.push(...(await enricher.load(kind, asked, patience)).values());
    }),
  );
  const known = new Set(before.filter(isFound).map(keyOf));
  const news = new Set(
    after.filter(isFound).flatMap((row) => {
      const name = nameOf(row);
      return isNew.has(name) || !known.has(keyOf(row)) ? name : [];
    }),
  );
  return offers.flatMap(({ name, matchId }) => (news.has(name) ? matchId : []));
}

/** What is stored of what sources offer for names. */
export const offersOf = (sql: SqlConnection, offers: readonly AskedOffers[]): Promise<EnrichmentRow[]> =>
  readEnrichments(
    sql,
    offerKinds.flatMap((kind) =>
      offers.map(({ asked }) => ({ kind: kind.kind, subject: kind.subjectOf(asked.subject) })),
    ),
  );

/** The name that a stored offer is for. */
export const nameOf = ({ kind, subject }: EnrichmentRow): string =>
  offerKinds.find((one) => one.kind === kind)?.nameIn(subject) ?? subject;

export const isFound = ({ answer }: EnrichmentRow): boolean => answer === 'FOUND';

const keyOf = ({ kind, subject }: EnrichmentRow) => `${kind} ${subject}`;
