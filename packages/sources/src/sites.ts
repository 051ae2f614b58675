import type { Page } from './source.ts';

/** Where each site is. `{language}` stands for the language of a Wikipedia. */
export interface Sites {
  readonly imdb: string;
  readonly imdbSuggestion: string;
  readonly wikidata: string;
  /** Wikidata's query service. */
  readonly wikidataQuery: string;
  readonly wikipedia: string;
  readonly rottenTomatoes: string;
  readonly netflix: string;
  readonly justWatch: string;
}

export const realSites: Sites = {
  imdb: 'https://www.imdb.com',
  imdbSuggestion: 'https://v3.sg.media-imdb.com',
  wikidata: 'https://www.wikidata.org',
  wikidataQuery: 'https://query.wikidata.org',
  wikipedia: 'https://{language}.wikipedia.org',
  rottenTomatoes: 'https://www.rottentomatoes.com',
  netflix: 'https://www.netflix.com',
  justWatch: 'https://apis.justwatch.com',
};

const siteOf: Readonly<Record<string, keyof Sites>> = {
  imdb: 'imdb',
  'imdb/suggestion': 'imdbSuggestion',
  wikidata: 'wikidata',
  'wikidata/ids': 'wikidataQuery',
  wikipedia: 'wikipedia',
  'rotten-tomatoes': 'rottenTomatoes',
  'netflix-pages': 'netflix',
  justwatch: 'justWatch',
};

/** The origin that has a page, for these keys; without a slash at its end. */
export function originIn(sites: Sites, { source, kind }: Page<unknown>, keys: readonly string[]): string {
  const site = siteOf[`${source}/${kind}`] ?? siteOf[source];
  if (site === undefined) throw new Error(`Nobody says where ${source} is`);
  // A Wikipedia's keys begin with its language; a site of one language has no place for it.
  const [, language = 'en'] = /^([a-z][a-z0-9-]{0,30}):/.exec(keys[0] ?? '') ?? [];
  return sites[site].replace('{language}', language).replace(/\/+$/, '');
}
