import type { FactKind } from './fact-kind.ts';
import { imdbFacts } from './imdb/imdb-facts.ts';
import { imdbOffers } from './imdb/imdb-offers.ts';
import { imdbPages } from './imdb/imdb-pages.ts';
import { justWatchFacts } from './justwatch/justwatch-facts.ts';
import { justWatchPages } from './justwatch/justwatch-pages.ts';
import { netflixTitleFacts } from './netflix/netflix-facts.ts';
import { netflixPages } from './netflix/netflix-pages.ts';
import type { OfferKind } from './offer-kind.ts';
import { rottenTomatoesFacts } from './rotten-tomatoes/rotten-tomatoes-facts.ts';
import { rottenTomatoesPages } from './rotten-tomatoes/rotten-tomatoes-pages.ts';
import type { Page } from './source.ts';
import { wikidataCodeFacts, wikidataItemFacts, wikidataLookupFacts } from './wikidata/wikidata-facts.ts';
import { wikidataOffers } from './wikidata/wikidata-offers.ts';
import { wikidataPages } from './wikidata/wikidata-pages.ts';
import { wikipediaInfoboxFacts, wikipediaSummaryFacts } from './wikipedia/wikipedia-facts.ts';
import { wikipediaPages } from './wikipedia/wikipedia-pages.ts';

/** Every page that can be read, by a program or by hand. A new source adds its own here. */
export const allPages: readonly Page<unknown>[] = [
  ...imdbPages,
  ...wikidataPages,
  ...wikipediaPages,
  ...rottenTomatoesPages,
  ...netflixPages,
  ...justWatchPages,
];

/** Every kind of facts that is read when it is asked for. What others need comes first. */
export const factKinds: readonly FactKind<unknown>[] = [
  wikidataItemFacts,
  wikidataLookupFacts,
  wikidataCodeFacts,
  imdbOffers,
  wikidataOffers,
  wikipediaSummaryFacts,
  wikipediaInfoboxFacts,
  imdbFacts,
  rottenTomatoesFacts,
  netflixTitleFacts,
  justWatchFacts,
] as readonly FactKind<unknown>[];

/** What sources offer for names that a catalogue does not know; what the first says of a work counts. */
export const offerKinds: readonly OfferKind<unknown>[] = [imdbOffers, wikidataOffers] as readonly OfferKind<unknown>[];
