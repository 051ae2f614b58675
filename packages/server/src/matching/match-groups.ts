import {
  type MatchOutcome,
  type SharedTitle,
  type StringWithMatch,
  sharedEpisode,
  sharedWork,
} from '@watchprint/database';
import {
  type Catalogue,
  type CatalogueWork,
  type Correction,
  type Match,
  matchTitles,
  withOffers,
} from '@watchprint/engine';
import type { WorksBeside } from './works-beside.ts';

/** What is kept of a candidate: enough to show it, and to store it once somebody asks. */
export interface KeptCandidate {
  readonly work: CatalogueWork;
  readonly confidence: number;
  readonly evidence: readonly string[];
}

/** So many are kept of a string, the best. */
const mostCandidates = 10;

/** What the matcher asks of a group. */
export interface GroupOfStrings {
  readonly strings: readonly Pick<StringWithMatch, 'id' | 'rawTitle' | 'firstYear' | 'longestSeconds'>[];
  readonly corrections: ReadonlyMap<string, Correction>;
  readonly beside?: WorksBeside;
}

/** What the matcher makes of groups, and the titles that this names, each once, which are to be stored first. */
export interface Outcomes {
  /** A list a group, in the order of its strings. */
  readonly outcomes: readonly (readonly MatchOutcome[])[];
  readonly titles: readonly SharedTitle[];
}

/** Strings whose outcomes are made, handed over and written together: for so long nobody else is answered. */
const stringsTogether = 500;

/**
 * Matches whole groups with the catalogue, all of them at once. It needs no database, so it runs in this thread or in one of its own.
 * @returns what becomes of the groups, some of them at a time, in their order.
 */
export async function* matchGroups(groups: readonly GroupOfStrings[], own: Catalogue): AsyncGenerator<Outcomes> {
  const catalogue = withOffers(
    own,
    new Map(groups.flatMap(({ beside }) => beside?.offers ?? [])),
    groups.flatMap(({ beside }) => beside?.named ?? []),
  );
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
  for (const some of inPieces(groups)) {
    const titles = new Map<string, SharedTitle>();
    const outcomes = some.map((group) =>
      group.strings.map(({ id, rawTitle }) => {
        const match = matches.get(rawTitle);
        if (match === undefined) throw new Error(`The matcher has no answer for ${rawTitle}`);
        const { parents, ...outcome } = outcomeOf(id, match, corrections.get(rawTitle), settled);
        for (const title of parents) titles.set(title.id, title);
        return outcome;
      }),
    );
    yield { outcomes, titles: [...titles.values()] };
  }
}

function* inPieces(groups: readonly GroupOfStrings[]): Generator<readonly GroupOfStrings[]> {
  let piece: GroupOfStrings[] = [];
  let strings = 0;
  for (const group of groups) {
    piece.push(group);
    strings += group.strings.length;
    if (strings < stringsTogether) continue;
    yield piece;
    piece = [];
    strings = 0;
  }
  if (piece.length > 0) yield piece;
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
    candidates: JSON.stringify(
      match.candidates
        .slice(0, mostCandidates)
        .map(({ work, confidence, evidence }): KeptCandidate => ({ work, confidence, evidence })),
    ),
    parents,
  };
}
