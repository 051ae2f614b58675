import { LANGUAGES } from './languages.ts';
import { createNames, type Names } from './names.ts';
import { alongPoints, hash, unit, weighted } from './random.ts';

export type WorkKind =
  | 'movie'
  | 'short'
  | 'video'
  | 'tvSeries'
  | 'tvMiniSeries'
  | 'tvMovie'
  | 'tvSpecial'
  | 'tvShort'
  | 'videoGame';

/** Parts of all titles, as they are said to be in IMDb's files. */
export const KIND_SHARES = {
  tvEpisode: 0.765,
  short: 0.092,
  movie: 0.06,
  video: 0.0262,
  tvSeries: 0.0243,
  tvMovie: 0.0127,
  tvMiniSeries: 0.0057,
  tvSpecial: 0.0043,
  videoGame: 0.0032,
  tvShort: 0.0009,
} as const;

/** The best known works, from which histories are drawn, are films and series. */
const POPULAR_KINDS = { movie: 0.6, tvSeries: 0.3, tvMiniSeries: 0.06, tvMovie: 0.02, tvSpecial: 0.02 } as const;

/** [place by votes, votes] of films and series of the corpus's catalogue, then down to the five that IMDb asks for. */
const VOTES_BY_PLACE = [
  [0, 2_684_317],
  [100, 604_030],
  [1000, 164_238],
  [5000, 26_091],
  [10_000, 8000],
  [30_000, 1500],
  [100_000, 250],
  [864_000, 5],
] as const;

/** [share of series, episodes], from the longest, of the 2,642 series in the corpus's catalogue. */
const EPISODES_OF_POPULAR = [
  [0, 1100],
  [0.01, 336],
  [0.05, 171],
  [0.1, 112],
  [0.25, 47],
  [0.5, 18],
  [0.75, 8],
  [1, 4],
] as const;
/** Episodes a season there: half the seasons have up to 12, one in ten 24 or more. */
const SEASON_SIZES = [6, 6, 8, 8, 8, 10, 10, 10, 12, 12, 13, 13, 16, 20, 22, 22, 24, 26] as const;

/** How many works take their name from the list of common ones. A guess: the corpus has only works that somebody knows. */
const COMMON_NAMES = { popular: 0.03, others: 0.5 };
/** Popular works with the name of a better known one. With it as many share a name among themselves as in the corpus. */
const REMAKES = 0.105;
/** Other works with the name of a popular one. A guess, as above. */
const NAMESAKES_OF_POPULAR = 0.012;
/** Works outside the catalogue with the name of one in it, as many as the corpus's first baseline takes for one. */
const NAMESAKES_OUTSIDE = 0.045;
/** Series whose episodes have numbers for names: 15 % in histories, and half of all episodes. */
const NUMBERED_SERIES = { popular: 0.15, others: 0.5 };

const languageBy = weighted(LANGUAGES.map(({ code, works }) => [code, works] as const));
const popularKindBy = weighted(Object.entries(POPULAR_KINDS) as [WorkKind, number][]);

export interface EpisodeNumber {
  readonly season: number;
  readonly number: number;
}

/**
 * All facts of a made-up catalogue, none of them stored. Works are numbered by popularity from 0 and episodes follow
 * them, those of a series side by side. Works from `works` on are of the same kind but in no catalogue.
 */
export class MadeWorks {
  readonly seed: number;
  /** Titles of every kind, episodes too. */
  readonly titles: number;
  readonly works: number;
  /** Works below this are popular: many alternative names, series with the corpus's lengths. */
  readonly popular: number;
  /** Works below this have votes. */
  readonly rated: number;
  readonly names: Names;
  /** Names below this number are common ones. */
  readonly commonNames: number;
  readonly #otherKindBy: (share: number) => WorkKind;
  /** The works that are series, and the first episode of each, counted from the first of all. */
  readonly #series: Uint32Array;
  readonly #firstEpisodes: Uint32Array;
  readonly #seriesOfEpisode: Uint32Array;

  /** @throws {RangeError} below 500 titles, among which some kinds would be missing. */
  constructor(seed: number, titles: number) {
    if (!(titles >= 500)) throw new RangeError(`a made-up catalogue has at least 500 titles, not ${titles}`);
    this.seed = seed;
    this.titles = titles;
    this.names = createNames(seed);
    const episodes = Math.round(titles * KIND_SHARES.tvEpisode);
    this.works = titles - episodes;
    this.popular = Math.floor(this.works * 0.015 + Math.min(this.works * 0.2, 2000));
    this.rated = Math.max(this.popular, Math.floor(this.works * 0.3));
    this.commonNames = Math.max(1, Math.floor(this.works * 0.12));
    const { tvEpisode: _, ...shares } = KIND_SHARES;
    const popular: Partial<Record<string, number>> = POPULAR_KINDS;
    this.#otherKindBy = weighted(
      Object.entries(shares).map(([kind, share]) => [
        kind as WorkKind,
        Math.max(0, share * titles - (popular[kind] ?? 0) * this.popular),
      ]),
    );

    const series: number[] = [];
    for (let work = 0; work < this.works; work += 1) if (this.isSeries(work)) series.push(work);
    this.#series = Uint32Array.from(series);
    const sizes = series.map((work) => this.#wantedEpisodes(work));
    const known = series.findIndex((work) => work >= this.popular);
    const popularSum = sum(sizes.slice(0, known));
    const factor = Math.max(0, episodes - popularSum) / sum(sizes.slice(known));
    this.#firstEpisodes = new Uint32Array(series.length + 1);
    this.#seriesOfEpisode = new Uint32Array(episodes);
    let next = 0;
    for (const [place, size] of sizes.entries()) {
      this.#firstEpisodes[place] = next;
      // Rounded along the sum, so that all together come out right.
      const wanted = place < known ? size : size * factor + 0.5;
      const end = place === sizes.length - 1 ? episodes : Math.min(episodes, next + Math.floor(wanted));
      this.#seriesOfEpisode.fill(place, next, end);
      next = end;
    }
    this.#firstEpisodes[series.length] = episodes;
  }

  kind(work: number): WorkKind {
    const share = unit(this.seed, work, 20);
    return work < this.popular || work >= this.works ? popularKindBy(share) : this.#otherKindBy(share);
  }

  isSeries(work: number): boolean {
    const kind = this.kind(work);
    return kind === 'tvSeries' || kind === 'tvMiniSeries';
  }

  language(work: number): string {
    return languageBy(unit(this.seed, work, 21));
  }

  /** Works with one number have one name, in every language. */
  nameNumber(work: number): number {
    const share = unit(this.seed, work, 22);
    const place = unit(this.seed, work, 23);
    const isPopular = work < this.popular;
    if (work < this.works) {
      if (isPopular && work > 0 && share < REMAKES) return this.nameNumber(Math.floor(place * work));
      if (!isPopular && share < NAMESAKES_OF_POPULAR) return this.nameNumber(Math.floor(place * place * this.popular));
      const common = isPopular ? COMMON_NAMES.popular : COMMON_NAMES.others;
      if (share > 1 - common) return Math.floor(place * place * this.commonNames);
    }
    const isOutside = work >= this.works;
    if (isOutside && share < NAMESAKES_OUTSIDE) {
      return this.nameNumber(this.popular + Math.floor(place * (this.works - this.popular)));
    }
    return this.commonNames + work;
  }

  /** The name in a language; works outside the catalogue have long ones, which nothing in it has by chance. */
  nameIn(work: number, language: string): string {
    const number = this.nameNumber(work);
    return this.names.work(language, number, this.commonNames, number >= this.commonNames + this.works);
  }

  /** Mostly English, or as it was called at home, in Latin letters. */
  primaryName(work: number): string {
    const language = this.language(work);
    return language === 'en' || unit(this.seed, work, 24) < 0.5 ? this.nameIn(work, 'en') : this.originalName(work);
  }

  originalName(work: number): string {
    const language = this.language(work);
    const romanised = !isLatin(language) && unit(this.seed, work, 25) < 0.95;
    return this.nameIn(work, romanised ? 'romanised' : language);
  }

  /** Null for the many without votes. */
  votes(work: number): number | null {
    if (work >= this.rated) return null;
    return Math.floor(alongPoints(VOTES_BY_PLACE, work) * (0.8 + 0.4 * unit(this.seed, work, 26))) + 5;
  }

  /** The first year; more and more of them, until 2026. */
  year(work: number): number {
    const share = unit(this.seed, work, 27);
    const isKnown = work < this.popular || work >= this.works;
    return isKnown ? 2025 - Math.floor(45 * share ** 2.5) : 2026 - Math.floor(100 * share ** 2.2);
  }

  /** The work behind a place among the series, which are in the order of their popularity. */
  seriesWork(place: number): number {
    return this.#series[place] ?? 0;
  }

  /** The place of a series among them; the work must be one. */
  seriesPlace(work: number): number {
    let [low, high] = [0, this.#series.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#series[middle] ?? 0) < work) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  seriesOfEpisode(episode: number): number {
    return this.#seriesOfEpisode[episode] ?? 0;
  }

  firstEpisode(place: number): number {
    return this.#firstEpisodes[place] ?? 0;
  }

  episodesOf(place: number): number {
    return (this.#firstEpisodes[place + 1] ?? 0) - (this.#firstEpisodes[place] ?? 0);
  }

  /** How many a work outside the catalogue would have. */
  outsideEpisodes(work: number): number {
    return Math.floor(this.#wantedEpisodes(work));
  }

  /** Episodes a season: 250 for daily ones. */
  seasonSize(work: number, episodes: number): number {
    if (this.kind(work) === 'tvMiniSeries') return Math.max(1, episodes);
    return episodes > 1200 ? 250 : (SEASON_SIZES[hash(this.seed, work, 28) % SEASON_SIZES.length] ?? 10);
  }

  numberOf(work: number, episodes: number, index: number): EpisodeNumber {
    const size = this.seasonSize(work, episodes);
    return { season: Math.floor(index / size) + 1, number: (index % size) + 1 };
  }

  hasNumberedEpisodes(work: number): boolean {
    const isKnown = work < this.popular || work >= this.works;
    return unit(this.seed, work, 29) < (isKnown ? NUMBERED_SERIES.popular : NUMBERED_SERIES.others);
  }

  /** What the catalogue calls an episode that has a name; the number of the episode makes it another in each series. */
  episodeName(work: number, index: number): string {
    if (index === 0 && unit(this.seed, work, 30) < 0.06) return 'Pilot';
    return this.names.episode(this.episodeLanguage(work), hash(this.seed, work, index + 100));
  }

  episodeLanguage(work: number): string {
    const language = this.language(work);
    if (language === 'en' || unit(this.seed, work, 31) < 0.7) return 'en';
    return isLatin(language) ? language : 'romanised';
  }

  #wantedEpisodes(work: number): number {
    const share = unit(this.seed, work, 32);
    if (this.kind(work) === 'tvMiniSeries') return 3 + Math.floor(share * 7);
    if (work < this.popular || work >= this.works) return Math.floor(alongPoints(EPISODES_OF_POPULAR, share));
    // A few soaps and talk shows have thousands.
    return Math.min(14_000, 5 * (1 - share) ** (-1 / 1.15));
  }
}

export function isLatin(language: string): boolean {
  return LATIN.has(language);
}
const LATIN = new Set(LANGUAGES.filter(({ latin }) => latin).map(({ code }) => code));

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
