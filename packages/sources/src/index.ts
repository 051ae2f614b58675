export type {
  AlsoTold,
  Ask,
  FactKind,
  FindItem,
  Outcome,
  Subject,
} from './fact-kind.ts';
export { imdb } from './imdb/imdb.ts';
export { imdbFacts } from './imdb/imdb-facts.ts';
export { imdbOffers } from './imdb/imdb-offers.ts';
export { justWatchFacts } from './justwatch/justwatch-facts.ts';
export { netflix } from './netflix/netflix.ts';
export { netflixTitleFacts } from './netflix/netflix-facts.ts';
export { askedName, type OfferKind } from './offer-kind.ts';
export type { Page, Reading } from './page.ts';
export { decodeBody, readAnswer } from './read-answer.ts';
export { answerOf } from './reader/exchange.ts';
export type { PageResult, Validators } from './reader/page-result.ts';
export {
  createReader,
  type KeptExchange,
  type Reader,
  type ReaderLimits,
  userAgent,
} from './reader/reader.ts';
export { createMemorySchedule, type Schedule, type StoredRobots, type Turn, type Wait } from './reader/schedule.ts';
export { rottenTomatoesFacts } from './rotten-tomatoes/rotten-tomatoes-facts.ts';
export { originIn, realSites, type Sites } from './sites.ts';
export type { Source } from './source.ts';
export { allPages, factKinds, offerKinds, sourceIds, sourceOf, sources } from './sources.ts';
export { wikidataCodeFacts, wikidataItemFacts, wikidataLookupFacts } from './wikidata/wikidata-facts.ts';
export { wikidataOffers } from './wikidata/wikidata-offers.ts';
export { wikipediaInfoboxFacts, wikipediaSummaryFacts } from './wikipedia/wikipedia-facts.ts';
