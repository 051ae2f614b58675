import { type AccountStore, unknownTitles } from '@watchprint/database';
import { type CatalogueWork, type OfferedWork, offeredWork, type WikidataItem } from '@watchprint/engine';
import { imdbOffers, offerKinds, wikidataItemFacts, wikidataOffers } from '@watchprint/sources';
import DataLoader from 'dataloader';
import type { Matching } from '../matching/matching.ts';
import type { Enricher, Patience } from './enricher.ts';
import { factsIn } from './facts-in.ts';
import { askedOffers, lookUp } from './look-ups.ts';
import { type EnrichedTitle, enrichedTitle, unknownTitle, wholeIdOf } from './title-subjects.ts';

/** What titles are that no catalogue knows: sources are asked for their names, and the matcher decides. */
export interface TitleIdentities {
  /** What a title without an id turned out to be; itself where nobody knows it, or not yet. */
  identify(title: EnrichedTitle): Promise<EnrichedTitle>;
  /** The same without asking anybody: as it stands now. */
  reread(title: EnrichedTitle): Promise<EnrichedTitle>;
  /** What sources say that an id of IMDb is of: a film or series. Null: nobody knows, or not yet. */
  workOf(imdbId: string): Promise<CatalogueWork | null>;
}

export interface IdentitiesOptions {
  readonly account: AccountStore;
  readonly enricher: Enricher;
  readonly matching: Matching;
  readonly patience: Patience;
  readonly language: () => Promise<string>;
}

export function createTitleIdentities({
  account,
  enricher,
  matching,
  patience,
  language,
}: IdentitiesOptions): TitleIdentities {
  const byId = { cacheKeyFn: ({ id }: EnrichedTitle) => id };

  async function rereadAll(titles: readonly EnrichedTitle[]): Promise<EnrichedTitle[]> {
    const rows = await account.prisma.title.findMany({
      where: { id: { in: titles.map(({ id }) => id) } },
      select: { ...enrichedTitle, joinedTo: { select: enrichedTitle } },
    });
    const now = new Map(rows.map(({ joinedTo, ...row }) => [row.id, joinedTo ?? row]));
    return titles.map((title) => now.get(title.id) ?? title);
  }

  async function identifyAll(titles: readonly EnrichedTitle[]): Promise<EnrichedTitle[]> {
    const unknown = await unknownTitles(account, [...new Set(titles.flatMap((title) => wholeIdOf(title) ?? []))]);
    const own = await language();
    const offers = askedOffers(unknown, own);
    if (offers.length === 0) return rereadAll(titles);
    const due = await lookUp(account, enricher, offers, own, patience);
    if (due.length > 0) await matching.matchDue(account, due);
    return rereadAll(titles);
  }

  const identified = new DataLoader<EnrichedTitle, EnrichedTitle, string>(identifyAll, byId);
  const reread = new DataLoader<EnrichedTitle, EnrichedTitle, string>(rereadAll, { ...byId, cache: false });
  const isAsked = () => offerKinds.some((kind) => enricher.switches.disabledKind(kind) === null);
  return {
    identify: async (title) => (isAsked() ? identified.load(title) : title),
    reread: (title) => reread.load(title),
    async workOf(imdbId) {
      const asked = { subject: { imdbId }, about: unknownTitle };
      const suggested = await enricher.load(
        imdbOffers,
        new Map([[imdbOffers.subjectOf(asked.subject), asked]]),
        patience,
      );
      for (const row of suggested.values()) {
        const work = withId(imdbId, imdbOffers.offersIn(factsIn(row) ?? []));
        if (work !== null) return work;
      }
      const items = await enricher.load(wikidataItemFacts, new Map([[imdbId, asked]]), patience);
      const item = factsIn<WikidataItem>(items.get(imdbId) ?? null);
      return item && withId(imdbId, wikidataOffers.offersIn([{ item, matchedName: null }]));
    },
  };
}

function withId(imdbId: string, offers: readonly OfferedWork[]): CatalogueWork | null {
  const offer = offers.find((one) => one.imdbId === imdbId);
  return offer === undefined ? null : offeredWork(offer);
}
