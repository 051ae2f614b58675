import {
  type AccountStore,
  type DueLookUp,
  dueLookUps,
  type EnrichmentRow,
  type LookUp,
  saveLookUps,
  type UnknownTitle,
} from '@watchprint/database';
import { askedName, offerKinds } from '@watchprint/sources';
import type { AskedFacts } from './asked-facts.ts';
import type { Enricher, Patience } from './enricher.ts';

/** A name that is looked up, and what is asked of each source for it. */
export interface AskedOffers extends LookUp {
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

/**
 * Asks the sources for names that an account looks up.
 * @returns those whose strings are now to be matched: something is offered for them, and they were not matched with that.
 */
export async function lookUp(
  account: AccountStore,
  enricher: Enricher,
  offers: readonly AskedOffers[],
  language: string,
  patience: Patience,
): Promise<DueLookUp[]> {
  // Before anybody is asked: whoever keeps the answer has the strings matched, should this process die.
  await saveLookUps(account, offers, language);
  const rows: EnrichmentRow[] = [];
  await Promise.all(
    offerKinds.map(async (kind) => {
      const asked = new Map(offers.map((one) => [kind.subjectFor(one.name, language), one.asked]));
      rows.push(...(await enricher.load(kind, asked, patience)).values());
    }),
  );
  return dueLookUps(account, namesFound(rows));
}

/** Names that something is offered for. */
export function namesFound(rows: readonly EnrichmentRow[]): string[] {
  const found = rows.filter(({ answer }) => answer === 'FOUND');
  const nameOf = ({ kind, subject }: EnrichmentRow) => offerKinds.find((one) => one.kind === kind)?.nameIn(subject);
  return [...new Set(found.flatMap((row) => nameOf(row) ?? []))];
}
