import {
  type GroupToMatch,
  type MatchedGroup,
  type MatchOutcome,
  type SharedTitle,
  sharedEpisode,
  sharedWork,
} from '@watchprint/database';
import { type Catalogue, type CatalogueWork, type Correction, type Match, matchTitles } from '@watchprint/engine';

/** What is kept of a candidate: enough to show it, and to store it once somebody asks. */
export interface KeptCandidate {
  readonly work: CatalogueWork;
  readonly confidence: number;
  readonly evidence: readonly string[];
}

/** So many are kept of a string, the best. */
const mostCandidates = 10;

/** Groups with what the matcher makes of them, and the titles that this names, which are to be stored first. */
export interface MatchedGroups {
  readonly groups: readonly MatchedGroup[];
  readonly titles: readonly SharedTitle[];
}

/** Matches whole groups with the catalogue. */
export async function matchGroups(groups: readonly GroupToMatch[], catalogue: Catalogue): Promise<MatchedGroups> {
  const strings = groups.flatMap((group) =>
    group.strings.map(({ rawTitle, firstYear, longestSeconds }) => ({
      rawTitle,
      watchedYear: firstYear,
      longestSeconds,
    })),
  );
  const corrections = new Map(groups.flatMap((group) => [...group.corrections]));
  const matches = await matchTitles(strings, catalogue, { corrections });
  const settled = await catalogue.works([...corrections.values()].flatMap(({ workId }) => workId ?? []));
  const titles: SharedTitle[] = [];
  const matched = groups.map((group) => {
    const outcomes = group.strings.map(({ id, rawTitle }) => {
      const match = matches.get(rawTitle);
      if (match === undefined) throw new Error(`The matcher has no answer for ${rawTitle}`);
      const { parents, ...outcome } = outcomeOf(id, match, corrections.get(rawTitle), settled);
      titles.push(...parents);
      return outcome;
    });
    return { ...group, outcomes };
  });
  return { groups: matched, titles };
}

type OutcomeWithParents = MatchOutcome & { readonly parents: readonly SharedTitle[] };

function outcomeOf(
  id: string,
  match: Match,
  correction: Correction | undefined,
  settled: ReadonlyMap<string, CatalogueWork>,
): OutcomeWithParents {
  const { episode, confidence, evidence } = match;
  // A trailer is asked of no catalogue; what a person says of it counts all the same.
  const isOnlyRead = correction !== undefined && match.status === 'READ';
  const work = isOnlyRead ? (settled.get(correction.workId ?? '') ?? null) : match.work;
  const parents = work === null ? [] : [sharedWork(work)];
  if (work !== null && episode !== null) parents.push(...sharedEpisode(work.id, episode));
  return {
    id,
    status: isOnlyRead ? 'CORRECTED' : match.status,
    title: parents.at(-1) ?? null,
    confidence,
    evidence: isOnlyRead ? ['a person settled it'] : evidence,
    candidates: match.candidates
      .slice(0, mostCandidates)
      .map(({ work, confidence, evidence }): KeptCandidate => ({ work, confidence, evidence })),
    parents,
  };
}
