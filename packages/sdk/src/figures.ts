import type { CalendarUnit, Dimension, Figure, Person } from './types.ts';

/** A title as figures name it. */
export interface FigureTitle {
  readonly id: string;
  readonly name: string;
  readonly kind: 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';
  readonly year: number | null;
  /** Of an episode, like its numbers; those are null where nothing says them. */
  readonly series?: { readonly id: string; readonly name: string };
  readonly seasonNumber?: number | null;
  readonly episodeNumber?: number | null;
}

/** Dates are `2020-07-28`, instants RFC 3339 in UTC; seconds are null where the files do not say. */
interface Watched {
  readonly viewings: number;
  readonly secondsWatched: number | null;
}

export type SeriesState = 'IN_PROGRESS' | 'ALMOST_DONE' | 'CAUGHT_UP' | 'FINISHED' | 'ABANDONED';

/** Shares of the viewings in the period, 0 to 1. */
export interface Coverage {
  readonly matched: number;
  readonly withDuration: number;
  readonly withTimeOfDay: number;
  readonly withGenres: number;
  readonly withImdb: number;
  readonly withRottenTomatoes: number;
}

interface EveningTimes {
  readonly evenings: number;
  readonly lateNights: number;
  /** Minutes after the midnight before; past 1440 after the next one. */
  readonly medianStartMinute: number | null;
  readonly medianEndMinute: number | null;
}

interface ReleaseYears {
  readonly viewings: number;
  readonly medianYears: number | null;
  readonly newShare: number | null;
}

interface RatingCounts {
  readonly down: number;
  readonly up: number;
  readonly twoUp: number;
  readonly stars: number;
}

interface RankedItem extends Watched {
  readonly key: string;
  readonly label: string;
  readonly share: number;
}

/**
 * Every figure of a profile that `Client.analytics` does not answer with, by its name in the API. docs/analytics.md of the repository has the
 * definition of each, which it also carries itself.
 */
export interface Figures {
  readonly coverage: Coverage;
  readonly streaks: Figure & {
    readonly longestDays: number;
    readonly longestFrom: string | null;
    readonly longestTo: string | null;
    readonly currentDays: number;
  };
  readonly longestDays: Figure & {
    readonly items: readonly (Watched & { readonly day: string; readonly titles: number })[];
  };
  readonly sessions: Figure & {
    readonly count: number;
    readonly medianSeconds: number | null;
    readonly longestSeconds: number | null;
    readonly longestStartedAt: string | null;
    readonly medianViewings: number | null;
  };
  readonly marathons: Figure & {
    readonly count: number;
    readonly items: readonly (Watched & {
      readonly startedAt: string;
      readonly endedAt: string;
      readonly mostOf: FigureTitle | null;
    })[];
  };
  readonly evenings: Figure &
    EveningTimes & {
      readonly byWeekday: readonly (EveningTimes & { readonly weekday: number })[];
      readonly latestOn: string | null;
      readonly latestEndMinute: number | null;
    };
  /** Of `day`, today unless given. */
  readonly onThisDay: Figure & {
    readonly items: readonly (Watched & { readonly day: string; readonly titles: readonly FigureTitle[] })[];
  };
  /** Of `dimension`, GENRE unless given. */
  readonly diversity: Figure & {
    readonly normalisedEntropy: number | null;
    readonly effectiveValues: number | null;
    readonly values: number;
    readonly points: readonly {
      readonly start: string;
      readonly normalisedEntropy: number | null;
      readonly values: number;
    }[];
  };
  /** Of `dimension`, GENRE unless given; by `unit`, MONTH or YEAR. */
  readonly taste: Figure & {
    readonly starts: readonly string[];
    readonly items: readonly { readonly key: string; readonly label: string; readonly shares: readonly number[] }[];
  };
  readonly peoplePairs: Figure & {
    readonly items: readonly {
      readonly people: readonly Person[];
      readonly titles: readonly FigureTitle[];
      readonly viewings: number;
    }[];
  };
  readonly releases: Figure &
    ReleaseYears & {
      readonly medianDays: number | null;
      readonly filmsWithDay: number;
      readonly years: readonly (ReleaseYears & { readonly year: number })[];
    };
  readonly binges: Figure & {
    readonly count: number;
    readonly items: readonly {
      readonly seriesName: string;
      readonly series: FigureTitle | null;
      readonly watchedOn: string;
      readonly episodes: number;
      readonly secondsWatched: number | null;
    }[];
  };
  /** Of `state`, any unless given. */
  readonly series: Figure & {
    readonly items: readonly {
      readonly series: FigureTitle;
      readonly state: SeriesState;
      readonly episodesWatched: number;
      readonly episodesTotal: number | null;
      readonly lastWatchedOn: string;
      readonly daysSince: number;
      readonly lastTitle: FigureTitle;
      readonly nextEpisode: {
        readonly id: string;
        readonly name: string;
        readonly seasonNumber: number | null;
        readonly episodeNumber: number | null;
      } | null;
    }[];
  };
  readonly unfinishedFilms: Figure & {
    readonly items: readonly {
      readonly title: FigureTitle;
      readonly lastWatchedOn: string;
      readonly daysSince: number;
      readonly secondsWatched: number;
      /** Where it was stopped last; null where the file does not say. */
      readonly positionSeconds: number | null;
      readonly runtimeSeconds: number;
    }[];
  };
  readonly rewatches: Figure & {
    readonly count: number;
    readonly items: readonly { readonly title: FigureTitle; readonly times: number; readonly lastWatchedOn: string }[];
  };
  readonly travel: Figure & {
    readonly home: string | null;
    readonly count: number;
    readonly items: readonly {
      readonly country: string;
      readonly from: string;
      readonly to: string;
      readonly viewings: number;
    }[];
  };
  readonly otherProfiles: readonly (Figure & {
    readonly other: { readonly id: string; readonly name: string } | null;
    readonly sharedTitles: number;
    readonly overlap: number | null;
    readonly hourOverlap: number | null;
    readonly hours: readonly number[];
    readonly otherHours: readonly number[];
    readonly items: readonly {
      readonly title: FigureTitle;
      readonly viewings: number;
      readonly otherViewings: number;
    }[];
  })[];
  readonly criticsAndYou: Figure & {
    readonly titles: number;
    readonly withCritics: number | null;
    readonly withAudience: number | null;
    readonly withImdb: number | null;
    readonly likedAgainstCritics: readonly FigureTitle[];
    readonly dislikedAgainstCritics: readonly FigureTitle[];
  };
  readonly acclaimedUnseen: Figure & {
    readonly items: readonly {
      readonly imdbId: string;
      readonly name: string;
      readonly kind: 'MOVIE' | 'SERIES';
      readonly year: number | null;
      readonly rating: number;
      readonly voteCount: number;
    }[];
  };
  /** Of `region`, the server's unless given. */
  readonly top10AndYou: Figure & {
    readonly region: string;
    readonly titlesCharted: number;
    readonly titlesCompared: number;
    readonly medianLagDays: number | null;
    readonly items: readonly {
      readonly title: FigureTitle;
      readonly chartedOn: string;
      readonly weeks: number;
      readonly firstWatchedOn: string;
      readonly lagDays: number;
    }[];
  };
  readonly spending: Figure & {
    readonly currencies: readonly {
      readonly currency: string;
      readonly total: number;
      readonly charges: number;
      readonly perHour: number | null;
      readonly profile: number;
      readonly unused: number;
      readonly months: readonly { readonly start: string; readonly total: number }[];
      readonly titles: readonly { readonly title: FigureTitle; readonly cost: number }[];
    }[];
  };
  readonly myList: Figure & {
    readonly added: number;
    readonly watchedAfter: number;
    readonly watchedBefore: number;
    readonly neverWatched: number;
    readonly medianDays: number | null;
    readonly waiting: readonly { readonly rawTitle: string; readonly addedOn: string }[];
  };
  readonly searches: Figure & {
    readonly searches: number;
    readonly ledToPlay: number;
    readonly medianSecondsToPlay: number | null;
    readonly queries: readonly { readonly query: string; readonly searches: number }[];
  };
  readonly openings: Figure & {
    readonly visits: number;
    readonly withPlay: number;
    readonly medianSecondsToPlay: number | null;
    readonly longestSecondsToPlay: number | null;
  };
  readonly pauses: Figure & {
    readonly playbacks: number;
    readonly secondsPlayed: number;
    readonly pauses: number;
    readonly jumps: number;
    readonly medianPauseSeconds: number | null;
    readonly pausesPerHour: number | null;
    readonly jumpsPerHour: number | null;
  };
  readonly ratings: Figure &
    RatingCounts & {
      readonly meanStars: number | null;
      readonly years: readonly (RatingCounts & { readonly year: number })[];
    };
  /** With the period from `otherFrom` to `otherTo`. */
  readonly comparedWith: Figure & {
    readonly numbers: readonly { readonly name: string; readonly here: number | null; readonly there: number | null }[];
    readonly genres: readonly { readonly genre: string; readonly here: number; readonly there: number }[];
  };
  /** Of `year`, this one unless given. */
  readonly yearInReview: Figure & {
    readonly year: number;
    readonly totals: Watched & { readonly activeDays: number; readonly titles: number };
    readonly busiestMonth: (Watched & { readonly start: string }) | null;
    readonly longestDay: (Watched & { readonly day: string; readonly titles: number }) | null;
    readonly streaks: { readonly longestDays: number; readonly longestFrom: string | null };
    readonly binge: { readonly seriesName: string; readonly episodes: number; readonly watchedOn: string } | null;
    readonly series: readonly RankedItem[];
    readonly films: readonly RankedItem[];
    readonly genres: readonly RankedItem[];
    readonly newTitles: number;
    readonly firstTitle: FigureTitle | null;
    readonly lastTitle: FigureTitle | null;
  };
}

export type FigureName = keyof Figures;

/** What some of the figures take; the others pass it over. */
export interface FigureArguments {
  /** How many items of each list. Default: as the API has it. */
  readonly first?: number;
  readonly dimension?: Dimension;
  readonly unit?: CalendarUnit;
  readonly day?: string;
  readonly year?: number;
  readonly state?: SeriesState;
  /** ISO 3166-1 alpha-2. */
  readonly region?: string;
  /** MOVIE or SERIES, of what is acclaimed. */
  readonly kind?: 'MOVIE' | 'SERIES';
  readonly otherFrom?: string;
  readonly otherTo?: string;
}

const figure = 'definition coverage unknownBecause';
const title = '{ id name kind year ... on Episode { seasonNumber episodeNumber series { id name } } }';
const watched = 'viewings secondsWatched';
const ranked = `{ key label ${watched} share }`;
const evening = 'evenings lateNights medianStartMinute medianEndMinute';
const counts = 'down up twoUp stars';

/** What is asked for each; variables are declared by those that stand in it. */
const selections: Readonly<Record<FigureName, string>> = {
  coverage: 'coverage { matched withDuration withTimeOfDay withGenres withImdb withRottenTomatoes }',
  streaks: `streaks { ${figure} longestDays longestFrom longestTo currentDays }`,
  longestDays: `longestDays(first: $first) { ${figure} items { day ${watched} titles } }`,
  sessions: `sessions { ${figure} count medianSeconds longestSeconds longestStartedAt medianViewings }`,
  marathons: `marathons(first: $first) { ${figure} count items { startedAt endedAt ${watched} mostOf ${title} } }`,
  evenings: `evenings { ${figure} ${evening} byWeekday { weekday ${evening} } latestOn latestEndMinute }`,
  onThisDay: `onThisDay(day: $day) { ${figure} items { day ${watched} titles ${title} } }`,
  diversity: `diversity(dimension: $dimension, unit: $unit) { ${figure} normalisedEntropy effectiveValues values points { start normalisedEntropy values } }`,
  taste: `taste(dimension: $dimension, unit: $unit, first: $first) { ${figure} starts items { key label shares } }`,
  peoplePairs: `peoplePairs(first: $first) { ${figure} items { people { name imdbId } titles ${title} viewings } }`,
  releases: `releases { ${figure} viewings medianYears newShare medianDays filmsWithDay years { year viewings medianYears newShare } }`,
  binges: `binges(first: $first) { ${figure} count items { seriesName series { id name kind year } watchedOn episodes secondsWatched } }`,
  series: `series(state: $state, first: $first) { ${figure} items { series { id name kind year } state episodesWatched episodesTotal lastWatchedOn daysSince lastTitle ${title} nextEpisode { id name seasonNumber episodeNumber } } }`,
  unfinishedFilms: `unfinishedFilms(first: $first) { ${figure} items { title ${title} lastWatchedOn daysSince secondsWatched positionSeconds runtimeSeconds } }`,
  rewatches: `rewatches(first: $first) { ${figure} count items { title ${title} times lastWatchedOn } }`,
  travel: `travel(first: $first) { ${figure} home count items { country from to viewings } }`,
  otherProfiles: `otherProfiles(first: $first) { ${figure} other { id name } sharedTitles overlap hourOverlap hours otherHours items { title ${title} viewings otherViewings } }`,
  criticsAndYou: `criticsAndYou { ${figure} titles withCritics withAudience withImdb likedAgainstCritics ${title} dislikedAgainstCritics ${title} }`,
  acclaimedUnseen: `acclaimedUnseen(kind: $kind, first: $first) { ${figure} items { imdbId name kind year rating voteCount } }`,
  top10AndYou: `top10AndYou(region: $region) { ${figure} region titlesCharted titlesCompared medianLagDays items { title ${title} chartedOn weeks firstWatchedOn lagDays } }`,
  spending: `spending(first: $first) { ${figure} currencies { currency total charges perHour profile unused months { start total } titles { title ${title} cost } } }`,
  myList: `myList(first: $first) { ${figure} added watchedAfter watchedBefore neverWatched medianDays waiting { rawTitle addedOn } }`,
  searches: `searches(first: $first) { ${figure} searches ledToPlay medianSecondsToPlay queries { query searches } }`,
  openings: `openings { ${figure} visits withPlay medianSecondsToPlay longestSecondsToPlay }`,
  pauses: `pauses { ${figure} playbacks secondsPlayed pauses jumps medianPauseSeconds pausesPerHour jumpsPerHour }`,
  ratings: `ratings { ${figure} ${counts} meanStars years { year ${counts} } }`,
  comparedWith: `comparedWith(period: $other) { ${figure} numbers { name here there } genres { genre here there } }`,
  yearInReview: `yearInReview(year: $year) { ${figure} year totals { ${watched} activeDays titles } busiestMonth { start ${watched} } longestDay { day ${watched} titles } streaks { longestDays longestFrom } binge { seriesName episodes watchedOn } series ${ranked} films ${ranked} genres ${ranked} newTitles firstTitle ${title} lastTitle ${title} }`,
};

export const figureNames = Object.keys(selections) as readonly FigureName[];

const variableTypes: Readonly<Record<string, string>> = {
  first: 'Int',
  dimension: 'Dimension!',
  unit: 'CalendarUnit',
  day: 'Date!',
  year: 'Int!',
  state: 'SeriesState',
  region: 'String',
  kind: 'TitleKind',
  other: 'PeriodInput!',
};

/** One document for several figures: of variables it declares those that they take. */
export function figuresDocument(names: readonly FigureName[]): string {
  const asked = names.map((name) => selections[name]).join('\n    ');
  const declared = Object.entries(variableTypes).filter(([name]) => new RegExp(`\\$${name}\\b`).test(asked));
  const variables = ['$profile: ID!', '$period: PeriodInput', ...declared.map(([name, type]) => `$${name}: ${type}`)];
  return `query Figures(${variables.join(', ')}) {
  node(id: $profile) { ... on Profile { analytics(period: $period) {
    ${asked}
  } } }
}`;
}
