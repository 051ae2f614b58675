/**
 * What each kind of page says of a title, as its parser reads it (packages/sources) and as it is stored. Null: the page does not
 * say. An empty list: it says that there are none.
 */

/** Somebody who had part in a title. */
export interface Person {
  readonly name: string;
  /** `nm…`; null where the source names people only. */
  readonly imdbId: string | null;
}

/** IMDb's page of a film, series or episode. */
export interface ImdbTitlePage {
  readonly imdbId: string;
  /** As IMDb shows it in the language that was asked for. */
  readonly name: string;
  readonly originalName: string | null;
  /** IMDb's kind: movie, tvSeries, tvMiniSeries, tvEpisode, tvMovie, tvSpecial, video, short … */
  readonly titleType: string | null;
  readonly year: number | null;
  readonly endYear: number | null;
  /** 0 to 10; null where nobody rated it. */
  readonly rating: number | null;
  readonly voteCount: number | null;
  readonly runtimeMinutes: number | null;
  /** Of `certificateCountry`: IMDb shows that of the country that asks. */
  readonly certificate: string | null;
  /** ISO 3166-1 alpha-2, where the page says it. */
  readonly certificateCountry: string | null;
  readonly genres: readonly string[] | null;
  readonly plot: string | null;
  readonly directors: readonly Person[] | null;
  readonly creators: readonly Person[] | null;
  /** In the order of billing, as far as the page lists them. */
  readonly cast: readonly Person[] | null;
  readonly posterUrl: string | null;
  /** Metacritic's, 0 to 100. */
  readonly metascore: number | null;
  /** Of an episode. */
  readonly seriesImdbId: string | null;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  /** Of a series: how many seasons the page lists. */
  readonly seasonCount: number | null;
}

/** What IMDb's datasets say of a film, series or episode. */
export interface ImdbDatasetFacts {
  readonly imdbId: string;
  readonly titleType: string;
  readonly name: string | null;
  readonly originalName: string | null;
  readonly year: number | null;
  readonly endYear: number | null;
  readonly runtimeMinutes: number | null;
  readonly genres: readonly string[] | null;
  /** 0 to 10; null where nobody rated it. */
  readonly rating: number | null;
  readonly voteCount: number | null;
  readonly directors: readonly Person[] | null;
  readonly creators: readonly Person[] | null;
  /** In the order of billing. */
  readonly cast: readonly Person[] | null;
}

/** What Wikidata says that a title is, and under which ids others know it. */
export interface WikidataItem {
  /** `Q83495`. */
  readonly wikidataId: string;
  readonly imdbId: string | null;
  /** English, or the first language that there is. */
  readonly name: string | null;
  /** `m/the_matrix`, `tv/breaking_bad`. */
  readonly rottenTomatoesId: string | null;
  /** Digits. */
  readonly netflixId: string | null;
  readonly tmdbId: string | null;
  /** What it is an instance of, as ids of Wikidata: Q11424 is film. */
  readonly instanceOf: readonly string[];
  /** Of first publication. */
  readonly year: number | null;
  readonly runtimeMinutes: number | null;
  /** Of origin, as ids of Wikidata (Q30), which `WikidataCode` turns into codes. */
  readonly countryItems: readonly string[];
  readonly languageItems: readonly string[];
  /** Of Wikipedias, by language: `{ en: "The Matrix" }`. */
  readonly articles: Readonly<Record<string, string>>;
}

/** The code of a country or language of Wikidata. */
export interface WikidataCode {
  /** `Q30`. */
  readonly wikidataId: string;
  /** ISO 3166-1 alpha-2, in capitals. */
  readonly country: string | null;
  /** ISO 639-1, else 639-3, in small letters. */
  readonly language: string | null;
}

/** A film or series that a source has to offer for a name: what it is called there may be another name. */
export interface OfferedWork {
  readonly imdbId: string;
  readonly kind: 'MOVIE' | 'SERIES';
  /** A short, a video, a special: as `CatalogueWork` has it. */
  readonly minor: boolean;
  readonly name: string;
  /** What the source calls it too, and found it by; null where it does not say. */
  readonly otherName: string | null;
  readonly year: number | null;
  readonly endYear: number | null;
  readonly runtimeMinutes: number | null;
}

/** The beginning of a Wikipedia article. Text is CC BY-SA 4.0: `url` is to be shown with it. */
export interface WikipediaSummary {
  readonly pageTitle: string;
  /** ISO 639 code of the Wikipedia: `en`. */
  readonly language: string;
  readonly wikidataId: string | null;
  /** The article's own one-line description. */
  readonly description: string | null;
  /** First paragraph, plain text. */
  readonly summary: string | null;
  readonly thumbnailUrl: string | null;
  readonly url: string;
}

/** The box at the top of a Wikipedia article on a film or series, as it stands there. */
export interface WikipediaInfobox {
  readonly pageTitle: string;
  readonly directors: readonly string[] | null;
  readonly writers: readonly string[] | null;
  readonly producers: readonly string[] | null;
  readonly creators: readonly string[] | null;
  readonly starring: readonly string[] | null;
  readonly composers: readonly string[] | null;
  readonly genres: readonly string[] | null;
  readonly countries: readonly string[] | null;
  readonly languages: readonly string[] | null;
  /** `136 minutes`, `40–60 minutes`. */
  readonly runningTime: string | null;
  /** Of a film, or of a series' first episode: RFC 3339 full-date. */
  readonly releaseDate: string | null;
  readonly networks: readonly string[] | null;
  readonly productionCompanies: readonly string[] | null;
  readonly distributors: readonly string[] | null;
  readonly budget: string | null;
  readonly boxOffice: string | null;
  readonly seasonCount: number | null;
  readonly episodeCount: number | null;
}

/** Rotten Tomatoes' page of a film, series or season. */
export interface RottenTomatoesPage {
  /** Where the page was in the end: `m/dune_2021`, `tv/dark/s01`. */
  readonly rottenTomatoesId: string;
  /** Stays when the path changes. */
  readonly emsId: string | null;
  readonly name: string | null;
  readonly kind: 'MOVIE' | 'SERIES' | 'SEASON' | null;
  readonly year: number | null;
  /** Share of positive critics' reviews, 0 to 100; null where there are too few. */
  readonly tomatometer: number | null;
  readonly criticReviewCount: number | null;
  /** Mean of critics, 0 to 10. */
  readonly criticAverage: number | null;
  readonly certifiedFresh: boolean | null;
  /** Share of viewers who liked it, 0 to 100. */
  readonly audienceScore: number | null;
  /** Whose: of those whose ticket was checked, or of all. */
  readonly audienceScoreType: 'VERIFIED' | 'ALL' | null;
  /** Mean of viewers, 0 to 5. */
  readonly audienceAverage: number | null;
  /** A band, as it stands there: `1,000+ Verified Ratings`. */
  readonly audienceRatingCount: string | null;
  readonly consensus: string | null;
  readonly audienceConsensus: string | null;
  readonly synopsis: string | null;
  /** Of the United States. */
  readonly certificate: string | null;
  readonly genres: readonly string[] | null;
  readonly directors: readonly string[] | null;
  readonly runtimeMinutes: number | null;
  /** RFC 3339 full-date. */
  readonly releaseDate: string | null;
  readonly seasonCount: number | null;
  /** Of where to watch, in the United States: a check of ids, and no word on other regions. */
  readonly netflixId: string | null;
}

/** Netflix's public page of a title in one region. */
export interface NetflixTitlePage {
  readonly netflixId: string;
  /** ISO 3166-1 alpha-2. */
  readonly region: string;
  readonly name: string;
  readonly kind: 'MOVIE' | 'SERIES' | null;
  readonly synopsis: string | null;
  readonly maturityRating: string | null;
  readonly genres: readonly string[] | null;
  readonly year: number | null;
  readonly seasonCount: number | null;
  readonly cast: readonly string[] | null;
  readonly posterUrl: string | null;
}

/** Where a title can be watched in one country, by JustWatch. */
export interface JustWatchOffers {
  /** `tm305113`, `ts314377`. */
  readonly justWatchId: string;
  readonly imdbId: string | null;
  readonly name: string;
  readonly year: number | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Names of services whose subscription, with or without advertisements, includes it. */
  readonly includedIn: readonly string[];
  /** Of these, Netflix. */
  readonly onNetflix: boolean;
  readonly netflixId: string | null;
}
