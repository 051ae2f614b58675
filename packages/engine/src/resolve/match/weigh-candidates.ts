import type { Candidate } from './candidate.ts';
import type { ListedTitle } from './catalogue.ts';
import { logitOf } from './confidence.ts';
import { layOutEpisodes } from './episode-list.ts';
import type { EpisodesOf, SeriesToMatch } from './find-works.ts';
import type { StringToMatch } from './match.ts';
import { agreementWith, titlesMeant } from './netflix/listed-titles.ts';
import { type AskedMember, askedMember, weighSeries } from './series-evidence.ts';
import type { SeriesName } from './series-names.ts';
import { type Features, featuresOfFilm, featuresOfSeries, type NamedWork, type SeriesAsked } from './weigh-work.ts';

/** A name that strings have for a series, and what it may be, the likeliest first. */
export interface WeighedSeries {
  readonly name: SeriesName;
  readonly candidates: readonly Candidate[];
}

export type RowsOf = (rawTitle: string) => StringToMatch | undefined;

const noEpisodes = layOutEpisodes([]);

/** Weighs what a series' name may be by all strings that have it. */
export function weighSeriesName(
  { name, works, listed }: SeriesToMatch,
  episodesOf: EpisodesOf,
  rowsOf: RowsOf,
): WeighedSeries {
  const yearOf = (rawTitle: string) => rowsOf(rawTitle)?.watchedYear ?? null;
  const years = name.members.flatMap(({ string }) => yearOf(string.rawTitle) ?? []);
  const watchedYear = years.length === 0 ? null : Math.min(...years);
  const namesakes = works.filter(
    ({ closeness }) => closeness !== 'PART' && closeness !== 'HEAD' && closeness !== 'NONE',
  );
  // What the name and the strings say does not depend on the candidate.
  const meant = titlesMeant(listed, name.name, watchedYear);
  const members = works.length === 0 ? [] : name.members.map(askedMember);
  const candidates = works.flatMap((way): Candidate[] => {
    const { work } = way;
    const isLater = work.year !== null && namesakes.some((one) => (one.work.year ?? Infinity) < (work.year as number));
    return weigh(members, way, { name: name.name, watchedYear, listed: meant, isLater }, episodesOf, yearOf);
  });
  return { name, candidates: candidates.sort((one, other) => other.logit - one.logit) };
}

function weigh(
  members: readonly AskedMember[],
  way: NamedWork,
  asked: SeriesAsked,
  episodesOf: EpisodesOf,
  yearOf: (rawTitle: string) => number | null,
): Candidate[] {
  const list = episodesOf(way.work.id);
  const evidence = weighSeries(members, list ?? noEpisodes, yearOf);
  const agreement = agreementWith(way.work, asked.listed);
  const features = featuresOfSeries(asked, way, evidence, list !== null, agreement);
  return features === null ? [] : [candidateOf(way, features, evidence, agreement)];
}

/** Weighs the films that a whole string may be. */
export function weighFilms(
  name: string,
  works: readonly NamedWork[],
  listed: readonly ListedTitle[],
  rows: StringToMatch | undefined,
): Candidate[] {
  const watchedYear = rows?.watchedYear ?? null;
  const meant = works.length === 0 ? [] : titlesMeant(listed, name, watchedYear);
  const asked = { name, listed: meant, watchedYear, longestSeconds: rows?.longestSeconds ?? null };
  return works
    .flatMap((way): Candidate[] => {
      const agreement = agreementWith(way.work, meant);
      const features = featuresOfFilm(asked, way, agreement);
      return features === null ? [] : [candidateOf(way, features, null, agreement)];
    })
    .sort((one, other) => other.logit - one.logit);
}

const candidateOf = (
  { work, found, closeness, words }: NamedWork,
  features: Features,
  evidence: Candidate['evidence'],
  agreement: Candidate['agreement'],
): Candidate => ({ work, found, closeness, words, features, logit: logitOf(features), agreement, evidence });
