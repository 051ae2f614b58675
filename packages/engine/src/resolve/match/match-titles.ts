import { type ReadString, readGroups } from '../read/read-titles.ts';
import type { Catalogue, CatalogueEpisode, ListedTitle } from './catalogue.ts';
import { type Choice, chooseReading } from './choose-reading.ts';
import { ACCEPTED, probabilities, WORTH_ASKING, WORTH_SHOWING } from './confidence.ts';
import { type CorrectedSeries, followCorrections } from './corrections.ts';
import { type EpisodesOf, type FoundWorks, findEpisodes, findWorks, type GroupToMatch } from './find-works.ts';
import type { Correction, Match, StringToMatch } from './match.ts';
import { evidenceFor, evidenceForEpisode } from './match-evidence.ts';
import { type RowsOf, type WeighedSeries, weighFilms, weighSeriesName } from './weigh-candidates.ts';

export interface MatchOptions {
  /** What a person settled, by the string. Other strings of the same series follow. */
  readonly corrections?: ReadonlyMap<string, Correction>;
  /** For measuring: told what each string was decided by. */
  readonly observe?: (rawTitle: string, choice: Choice) => void;
}

/** The names of so many groups are asked for at once: a catalogue reads all its names for a few or for many. */
const GROUPS_NAMED_AT_ONCE = 8_000;
/** And the episodes of so many: they are what fills memory. */
const GROUPS_AT_ONCE = 3000;

/**
 * Matches strings with a catalogue. A match depends on the strings of its group (`titleGroup`) alone, so all of a group must be given
 * together, and groups may be matched apart.
 * @returns one match a distinct string, by the string.
 */
export async function matchTitles(
  strings: readonly StringToMatch[],
  catalogue: Catalogue,
  { corrections = new Map(), observe }: MatchOptions = {},
): Promise<ReadonlyMap<string, Match>> {
  const byTitle = new Map(strings.map((string) => [string.rawTitle, string]));
  const { fixed, groups } = readGroups([...byTitle.keys()]);
  const matches = new Map<string, Match>();
  const nothing = { work: null, episode: null, confidence: null, candidates: [] };
  for (const [rawTitle, reading] of fixed)
    matches.set(rawTitle, { ...nothing, rawTitle, status: 'READ', reading, evidence: reading.evidence });
  const rowsOf: RowsOf = (rawTitle) => byTitle.get(rawTitle);
  for (const some of slices(groups, GROUPS_NAMED_AT_ONCE)) {
    const settled = correctionsOf(some, corrections);
    const found = await findWorks(some, settled, catalogue);
    for (const few of slices(found.groups, GROUPS_AT_ONCE)) {
      const episodesOf = await findEpisodes(few, settled, catalogue);
      for (const group of few)
        for (const match of matchGroup(group, { found, episodesOf, rowsOf, corrections: settled, observe }))
          matches.set(match.rawTitle, match);
    }
  }
  return matches;
}

function* slices<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

function correctionsOf(
  groups: readonly (readonly ReadString[])[],
  corrections: ReadonlyMap<string, Correction>,
): ReadonlyMap<string, Correction> {
  if (corrections.size === 0) return corrections;
  return new Map(
    groups.flat().flatMap(({ rawTitle }) => {
      const correction = corrections.get(rawTitle);
      return correction === undefined ? [] : [[rawTitle, correction] as const];
    }),
  );
}

/** What was first on Netflix may be a film there and an episode elsewhere: "Untold: Malice at the Palace". */
const isFilm = (listed: readonly ListedTitle[]) =>
  listed.some(({ kind, year }) => kind === 'MOVIE' && year === null) && !listed.some(({ kind }) => kind === 'SERIES');

/** What is known around a group. */
interface Known {
  readonly found: FoundWorks;
  readonly episodesOf: EpisodesOf;
  readonly rowsOf: RowsOf;
  readonly corrections: ReadonlyMap<string, Correction>;
  readonly observe: MatchOptions['observe'];
}

function matchGroup({ strings, series }: GroupToMatch, known: Known): Match[] {
  const { found, episodesOf, rowsOf, corrections, observe } = known;
  const weighed = series.map((one) => weighSeriesName(one, episodesOf, rowsOf));
  const corrected = followCorrections(series, found, episodesOf, rowsOf, corrections);
  return strings.map((string) => {
    const correction = corrections.get(string.rawTitle);
    const rows = rowsOf(string.rawTitle);
    const works = found.films(string);
    const listed = found.listed(string.structure.name);
    const films = works && weighFilms(string.structure.name, works, listed, rows);
    const isListedFilm = isFilm(listed);
    const free = chooseReading(string, { weighed, isSettled: false, isListedFilm }, films, found.votersOfFilm);
    const settled = corrected.seriesOf(string);
    const follows =
      settled !== null && (correction !== undefined || !isOfAnother(string, settled, free)) ? settled : null;
    const choice =
      follows === null
        ? free
        : chooseReading(string, { weighed: [follows], isSettled: true, isListedFilm }, films, found.votersOfFilm);
    observe?.(string.rawTitle, choice);
    return correction === undefined
      ? decide(string, choice, rows, choice.series !== null && choice.series === follows)
      : decideCorrected(string, choice, correction, corrected, known);
  });
}

/** Whether a string has the name of an episode of another series than the settled one, and of none of that: it does not follow. */
function isOfAnother(string: ReadString, settled: WeighedSeries, { shown, candidates }: Choice): boolean {
  const [one] = settled.candidates;
  const [other] = candidates;
  if (shown === null || !shown.answer.isTelling || other === undefined || other.logit < 0) return false;
  return other.work.id !== one?.work.id && !one?.evidence?.strings.get(string)?.answer.isTelling;
}

function decide(string: ReadString, choice: Choice, rows: StringToMatch | undefined, follows: boolean): Match {
  const { rawTitle, structure } = string;
  const { reading, shown } = choice;
  const asked = choice.series?.name.name ?? structure.name;
  const shares = follows ? [1] : probabilities(choice.candidates.map(({ logit }) => logit));
  const candidates = choice.candidates.map((candidate, index) => ({
    work: candidate.work,
    confidence: shares[index] ?? 0,
    evidence: follows ? ['a person settled another string of this series'] : evidenceFor(candidate, asked, rows),
  }));
  const [best] = candidates;
  if (best === undefined)
    return {
      rawTitle,
      status: 'UNMATCHED',
      reading,
      work: null,
      episode: null,
      confidence: null,
      evidence: [...reading.evidence, 'the catalogue has nothing of this name'],
      candidates,
    };
  const isAccepted = best.confidence >= ACCEPTED;
  const ofEpisode = isAccepted && shown !== null ? evidenceForEpisode(shown) : null;
  return {
    rawTitle,
    status: isAccepted ? 'MATCHED' : best.confidence >= WORTH_ASKING ? 'AMBIGUOUS' : 'UNMATCHED',
    reading,
    work: isAccepted ? best.work : null,
    episode: isAccepted ? (shown?.answer.episode ?? null) : null,
    confidence: best.confidence,
    evidence: [...reading.evidence, ...(isAccepted ? best.evidence : []), ...(ofEpisode === null ? [] : [ofEpisode])],
    candidates: candidates.filter(({ confidence }, place) => place === 0 || confidence >= WORTH_SHOWING),
  };
}

/** What a person said holds, and nothing else is offered. */
function decideCorrected(
  string: ReadString,
  choice: Choice,
  correction: Correction,
  corrected: CorrectedSeries,
  known: Known,
): Match {
  const { rawTitle } = string;
  const settled = { rawTitle, status: 'CORRECTED', reading: choice.reading, confidence: 1, candidates: [] } as const;
  const work = correction.workId === null ? undefined : known.found.work(correction.workId);
  if (work === undefined) {
    const evidence = [
      correction.workId === null
        ? 'a person said that it is none of them'
        : `a person said that it is ${correction.workId}, which the catalogue does not have now`,
    ];
    return { ...settled, work: null, episode: null, evidence };
  }
  const episode = episodeOf(string, correction, corrected, known.episodesOf);
  return { ...settled, work, episode, evidence: [`a person said that it is ${work.name} (${work.id})`] };
}

function episodeOf(
  string: ReadString,
  { workId, episodeId }: Correction,
  corrected: CorrectedSeries,
  episodesOf: EpisodesOf,
): CatalogueEpisode | null {
  if (workId === null) return null;
  if (episodeId !== null) return episodesOf(workId)?.episodes.find(({ id }) => id === episodeId) ?? null;
  return corrected.seriesOf(string)?.candidates[0]?.evidence?.strings.get(string)?.answer.episode ?? null;
}
