import { compareKey } from '../compare-key.ts';
import type { CatalogueWork, FoundWork, ListedTitle } from './catalogue.ts';
import { editDistance } from './find-episode.ts';
import { articleOf, catalogueKey, differInArticle, hasOtherArticle, splitQualifier } from './names/catalogue-key.ts';
import { countryBehind } from './names/country-in-name.ts';
import { numbersIn, type SharedWords, wordsOf } from './names/name-words.ts';
import { canBeSaidAs, soundKey } from './names/sound-key.ts';
import type { Agreement } from './netflix/listed-titles.ts';
import type { SeriesEvidence } from './series-evidence.ts';

/** How the name in a string and the name that a catalogue has compare. */
export type NameCloseness =
  /** But for case, accents and punctuation the same, and what the work is mostly called. */
  | 'SAME'
  /** Likewise, and what it is called somewhere. */
  | 'ALTERNATIVE'
  /** But for articles, numerals, spelling. */
  | 'ALIKE'
  /** Netflix's own lists say that it is called so. */
  | 'NETFLIX'
  /** A source offers it for the name, and does not say that it is called so. */
  | 'OFFERED'
  /** It sounds alike. */
  | 'SOUND'
  /** They share words that few names have. */
  | 'WORDS'
  /** It is only a part of the name asked for. */
  | 'PART'
  /** The name asked for is what stands before its colon. */
  | 'HEAD'
  /** Nothing: the episodes alone led there. */
  | 'NONE';

export function closenessOf(asked: string, isWhole: boolean, { name, nameKind }: FoundWork): NameCloseness {
  if (nameKind === 'HEAD') return isWhole ? 'HEAD' : 'PART';
  if (!isWhole) return 'PART';
  if (nameKind === 'SOUND' || nameKind === 'NETFLIX' || nameKind === 'OFFERED') return nameKind;
  if (compareKey(splitQualifier(asked).name) !== compareKey(splitQualifier(name).name)) return 'ALIKE';
  return nameKind === 'ALTERNATIVE' ? 'ALTERNATIVE' : 'SAME';
}

/** What speaks for and against one work, as numbers: the terms of a sum. */
export type Features = Readonly<Record<string, number>>;

/** But for case and spaces the same, punctuation included: "What/If" is not "What If...?". */
const isIdentical = (asked: string, found: FoundWork | null) =>
  found !== null &&
  found.nameKind !== 'ALTERNATIVE' &&
  found.nameKind !== 'HEAD' &&
  withoutSpaces(asked) === withoutSpaces(found.name);
const withoutSpaces = (name: string) =>
  name.normalize('NFKC').toLowerCase().replace(/\s+/gu, '').replace(/[’‘]/gu, "'");

/** Works without a year came out about when they were registered, or before. By how many years that was after it was watched. */
const yearsToCome = ({ year, registeredYear }: CatalogueWork, watchedYear: number | null): number =>
  year !== null || registeredYear === null || watchedYear === null ? 0 : Math.max(0, registeredYear - watchedYear);
/** That year is one year wrong at times; from so many on, it is another work. */
const FEW_TO_COME = 1;
const TOO_MANY_TO_COME = 3;

/** Whether it came out after it was watched. */
const cameOutLater = (work: CatalogueWork, watchedYear: number | null): boolean =>
  (work.year !== null && watchedYear !== null && work.year > watchedYear) ||
  yearsToCome(work, watchedYear) >= TOO_MANY_TO_COME;

/** Where nobody says how many rated a work that a source offers for the very name: few watch on Netflix what hardly anybody knows. */
const VOTERS_OF_AN_OFFERED_WORK = 1000;
const popularity = ({ voteCount }: CatalogueWork) => Math.log10(1 + (voteCount ?? VOTERS_OF_AN_OFFERED_WORK));
const flag = (is: boolean) => (is ? 1 : 0);

/** A work, and how it came to be a candidate. */
export interface NamedWork {
  readonly work: CatalogueWork;
  /** Null where only the episodes led to it, or a person. */
  readonly found: FoundWork | null;
  readonly closeness: NameCloseness;
  /** What words the two names have in common, where nothing else of them is alike; else null. */
  readonly words: (SharedWords & { readonly rarity: number }) | null;
}

/** A work that more than single words lead to. */
export const namedWork = (work: CatalogueWork, found: FoundWork | null, closeness: NameCloseness): NamedWork => ({
  work,
  found,
  closeness,
  words: null,
});

/** Of a key: the mark before it and three consonants. */
const SHORTEST_SOUND = 4;

/** Of the letters of two names in one script: with more that differ, "Arremesso Final" has the consonants of "All in the Family". */
const FURTHEST_APART = 0.42;

/** How far two names that sound alike are apart as they are written; in two scripts only the first letters tell. */
function soundFeatures(kind: 'film' | 'series', asked: string, { found, closeness }: NamedWork): Features {
  if (closeness !== 'SOUND' || found === null) return {};
  const [one, other] = [catalogueKey(asked), catalogueKey(found.name)];
  const length = Math.max(one.length, other.length);
  const isForeign = !/^[a-z0-9]+$/.test(one);
  const apart = isForeign ? 0 : editDistance(one, other, length) / length;
  return {
    // Each further consonant that agrees makes chance some times less likely.
    [`${kind}SoundLength`]: (soundKey(asked) ?? '').length - SHORTEST_SOUND,
    [`${kind}SoundForeign`]: flag(isForeign),
    [`${kind}SoundDisagrees`]: flag(
      numbersIn(wordsOf(asked)) !== numbersIn(wordsOf(found.name)) ||
        !canBeSaidAs(asked, found.name) ||
        apart > FURTHEST_APART,
    ),
    [`${kind}SoundApart`]: apart,
  };
}

/**
 * With less, words that are the same are of two names: "Escape Plan: The Extractors" is no "Escape Plan", and "Hard to Kill" no
 * "Hard Kill": in one language two words are not enough. One word is enough for a
 * series of which there are some strings: its episodes speak too.
 */
const fewestAgreeing = (kind: 'film' | 'series', isSameLanguage: boolean, evidence: SeriesEvidence | undefined) =>
  kind === 'film' ? (isSameLanguage ? 2.5 : 1.05) : (evidence?.asked ?? 0) >= STRINGS_THAT_SPEAK ? 0.6 : 1.2;
const STRINGS_THAT_SPEAK = 5;

/** Whether the episodes themselves say that it is this series, whatever its name. */
const isShownByEpisodes = (evidence: SeriesEvidence | undefined) =>
  evidence !== undefined && (evidence.named > 1 || (evidence.fullSeasons > 1 && evidence.overfullSeasons === 0));

/** What words alone say, where they are all that is alike. */
function wordFeatures(kind: 'film' | 'series', { closeness, words }: NamedWork, evidence?: SeriesEvidence): Features {
  if (closeness !== 'WORDS' || words === null) return {};
  const { alike, lacking, unknown, left, isSameLanguage } = words;
  const agreement =
    alike - (isSameLanguage && kind === 'film' ? 2 : 1) * (1.25 * lacking + 0.75 * left) - 0.5 * unknown;
  return {
    [`${kind}WordsShared`]: 1,
    [`${kind}Rarity`]: words.rarity,
    [`${kind}WordsAgree`]: Math.max(-1, Math.min(agreement, 4)),
    [`${kind}WordsDisagree`]: flag(
      (agreement < fewestAgreeing(kind, isSameLanguage, evidence) ||
        words.numbersDiffer ||
        (kind === 'film' && words.beginsApart)) &&
        !isShownByEpisodes(evidence),
    ),
    [`${kind}NumbersDiffer`]: flag(words.numbersDiffer),
  };
}

const addsArticle = (asked: string, { closeness, found }: NamedWork): boolean =>
  closeness === 'ALIKE' && found !== null && hasOtherArticle(asked, found.name);

const isFarFetched = (closeness: NameCloseness) =>
  closeness === 'PART' ||
  closeness === 'HEAD' ||
  closeness === 'WORDS' ||
  closeness === 'OFFERED' ||
  closeness === 'NONE';

/**
 * What Netflix's own lists say of a work. What they have under the very name is hardly one of another name, and that it came out then says
 * nothing for it.
 */
function listedFeatures(
  kind: 'film' | 'series',
  { closeness, found, words }: NamedWork,
  { listed }: FilmAsked | SeriesAsked,
  agreement: Agreement | null,
  isShown: boolean,
): Features {
  if (listed.length === 0) return {};
  const isOther =
    isFarFetched(closeness) ||
    closeness === 'SOUND' ||
    (kind === 'film' &&
      closeness === 'ALIKE' &&
      found !== null &&
      listed.every((title) => differInArticle(found.name, title.name)));
  const agrees = agreement?.year !== false && (agreement?.year || agreement?.runtime) === true;
  return {
    [`${kind}Listed`]: flag(agrees && (!isOther || closeness === 'HEAD')),
    [`${kind}ListedApart`]: flag(agreement?.year === false && !isShown),
    [`${kind}ListedWords`]: flag(words !== null && words.lacking + words.unknown > 0),
    [`${kind}NameListedApart`]: flag(
      (agreement?.year === false || (agreement?.runtime === false && !agrees)) &&
        closeness !== 'SAME' &&
        closeness !== 'ALTERNATIVE' &&
        !isShown,
    ),
    // Netflix's other name of a film leads to all that are called so.
    [`${kind}NetflixUnproved`]: flag(closeness === 'NETFLIX' && agreement !== null && !agrees),
    [`${kind}ListedElse`]: flag(isOther && !(agrees && closeness === 'HEAD')),
    [`${kind}OtherRuntime`]: flag(agreement?.runtime === false),
  };
}

/** How little is left of a name that its work has with an article: "Queen" is not often "The Queen", and "Umbrella Academy" is. */
function lostArticle(asked: string, { closeness, found }: NamedWork): number {
  if (closeness !== 'ALIKE' || found === null || articleOf(found.name) === null || articleOf(asked) !== null) return 0;
  return 1 / compareKey(asked).split(' ').length;
}

export interface FilmAsked {
  readonly name: string;
  /** Year of the first viewing; null where not known. */
  readonly watchedYear: number | null;
  /** The longest that anybody watched it; null where not known. */
  readonly longestSeconds: number | null;
  /** What Netflix's own lists have under the name, of what the string may be (`titlesMeant`). */
  readonly listed: readonly ListedTitle[];
}

/** Null where it cannot be: it came out after it was watched. */
export function featuresOfFilm(asked: FilmAsked, way: NamedWork, agreement: Agreement | null): Features | null {
  const { work, found, closeness } = way;
  const { year: stated } = splitQualifier(asked.name);
  if (cameOutLater(work, asked.watchedYear)) return null;
  const gap = work.year === null || asked.watchedYear === null ? null : asked.watchedYear - work.year;
  const watchedShare =
    asked.longestSeconds === null || work.runtimeMinutes === null
      ? null
      : asked.longestSeconds / 60 / work.runtimeMinutes;
  return {
    film: 1,
    filmAlternative: flag(closeness === 'ALTERNATIVE' || found?.isAlternative === true),
    filmAlike: flag(closeness === 'ALIKE'),
    filmArticle: flag(addsArticle(asked.name, way)),
    filmLostArticle: lostArticle(asked.name, way),
    filmNetflix: flag(closeness === 'NETFLIX'),
    filmSound: flag(closeness === 'SOUND'),
    ...soundFeatures('film', asked.name, way),
    ...wordFeatures('film', way),
    filmOffered: flag(closeness === 'OFFERED'),
    filmPart: flag(closeness === 'PART'),
    filmHead: flag(closeness === 'HEAD'),
    filmIdentical: flag(isIdentical(asked.name, found)),
    filmNotYet: flag(yearsToCome(work, asked.watchedYear) > FEW_TO_COME),
    filmUnrated: flag(work.voteCount === 0),
    filmVotes: popularity(work),
    filmNew: flag(gap !== null && gap <= 2),
    filmOld: gap === null ? 0 : Math.min(gap, 60) / 20,
    filmYearUnknown: flag(work.year === null),
    filmWords: Math.log2(compareKey(asked.name).length),
    filmMinor: flag(work.minor),
    filmTooShort: flag(watchedShare !== null && watchedShare > 1.15),
    filmMuchTooShort: flag(watchedShare !== null && watchedShare > 1.6),
    filmWhole: flag(watchedShare !== null && watchedShare > 0.85 && watchedShare <= 1.05),
    ...listedFeatures('film', way, asked, agreement, false),
    filmStatedYear: stated === null || work.year === null ? 0 : Math.abs(stated - work.year) <= 1 ? 1 : -1,
  };
}

export interface SeriesAsked {
  readonly name: string;
  /** Year of the first viewing of any of its strings; null where not known. */
  readonly watchedYear: number | null;
  /** What Netflix's own lists have under the name, of what the string may be (`titlesMeant`). */
  readonly listed: readonly ListedTitle[];
  /** Whether an older work of about this name is a candidate too. */
  readonly isLater: boolean;
}

/** Null where it cannot be: it came out after it was watched, or the two names end with two countries. */
export function featuresOfSeries(
  asked: SeriesAsked,
  way: NamedWork,
  evidence: SeriesEvidence,
  hasEpisodes: boolean,
  agreement: Agreement | null,
): Features | null {
  const { work, found, closeness } = way;
  const { watchedYear } = asked;
  if (cameOutLater(work, watchedYear)) return null;
  const { country } = splitQualifier(asked.name);
  const [countryAsked, countryFound] = isFarFetched(closeness) ? [asked.name, work.name].map(countryBehind) : [];
  if (countryAsked != null && countryFound != null && countryAsked !== countryFound) return null;
  const share = (count: number) => (evidence.asked === 0 ? 0 : count / evidence.asked);
  return {
    series: 1,
    seriesAlternative: flag(closeness === 'ALTERNATIVE'),
    seriesAlike: flag(closeness === 'ALIKE'),
    seriesArticle: flag(addsArticle(asked.name, way) && !isShownByEpisodes(evidence)),
    seriesLostArticle: lostArticle(asked.name, way),
    seriesNetflix: flag(closeness === 'NETFLIX'),
    seriesSound: flag(closeness === 'SOUND'),
    ...soundFeatures('series', asked.name, way),
    ...wordFeatures('series', way, evidence),
    seriesOffered: flag(closeness === 'OFFERED' && !isShownByEpisodes(evidence)),
    seriesPart: flag(closeness === 'PART'),
    seriesHead: flag(closeness === 'HEAD'),
    seriesUnnamed: flag(closeness === 'NONE'),
    seriesVotes: popularity(work),
    seriesMinor: flag(work.minor),
    // Many of few strings: some names of a long list of strings are in any long series.
    seriesNamed: Math.log2(1 + Math.min(evidence.named, 15)) * share(evidence.named),
    seriesUnseen: share(evidence.unseen),
    seriesUnseenElsewhere: share(evidence.unseenElsewhere),
    seriesNumbered: share(evidence.numbered),
    seriesContradicted: share(evidence.contradicted),
    seriesOutside: share(evidence.outside),
    seriesBeyond: share(evidence.beyond),
    seriesFull: Math.min(evidence.fullSeasons, 4),
    seriesOverfull: Math.min(evidence.overfullSeasons, 4),
    ...listedFeatures('series', way, asked, agreement, isShownByEpisodes(evidence)),
    seriesIdentical: flag(isIdentical(asked.name, found)),
    seriesNotYet: flag(yearsToCome(work, watchedYear) > FEW_TO_COME),
    // Where two countries made one, Netflix names the country of each; the American is the later one.
    seriesCountry:
      country === null
        ? flag(countryAsked != null && countryFound != null)
        : flag(/^U\.?S/u.test(country) === asked.isLater),
    seriesNoEpisodes: flag(!hasEpisodes),
  };
}
