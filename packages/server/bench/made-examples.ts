import { join } from 'node:path';
import {
  type Catalogue,
  catalogueKey,
  type FoundWork,
  type Match,
  matchTitles,
  type StringToMatch,
} from '@watchprint/engine';
import { openDuckDb, sqlText } from '@watchprint/lake';
import type { Example } from '../../engine/bench/fit-confidence.ts';
import { compareKey } from '../../engine/src/resolve/compare-key.ts';
import type { Choice } from '../../engine/src/resolve/match/choose-reading.ts';
import type { Features } from '../../engine/src/resolve/match/weigh-work.ts';

/**
 * Of the strings of a history so many lack in a catalogue that is not whole, beside one that it has: of films more, as Netflix changes
 * them more often. Namesakes count for less, for they do lack less where the catalogue is whole.
 */
const LACKING = { series: 0.06, film: 0.2 };
const NAMESAKE = 0.3;
/** How much the strings of histories count beside labels, which somebody read; and names that were made up by leaving them out. */
const OF_HISTORIES = 0.25;
const OF_OTHER_NAMES = 0.15;

/** How strings were matched, and by what each was decided. */
export interface Matched {
  readonly matches: ReadonlyMap<string, Match>;
  readonly choices: ReadonlyMap<string, Choice>;
}

export async function matchAll(strings: readonly StringToMatch[], catalogue: Catalogue): Promise<Matched> {
  const choices = new Map<string, Choice>();
  const matches = await matchTitles(strings, catalogue, {
    observe: (rawTitle, choice) => choices.set(rawTitle, choice),
  });
  return { matches, choices };
}

export const exampleOf = (
  group: string,
  title: string,
  choice: Choice,
  rightId: string | null,
  weight: number,
): Example => ({
  group,
  title,
  choices: choice.candidates.map(({ features }) => features),
  right: rightId === null ? -1 : choice.candidates.findIndex(({ work }) => work.id === rightId),
  weight,
});

/** A catalogue that finds only some of what it has. */
const finding = (catalogue: Catalogue, isFound: (one: FoundWork) => boolean): Catalogue => ({
  ...catalogue,
  find: async (keys) => new Map([...(await catalogue.find(keys))].map(([key, found]) => [key, found.filter(isFound)])),
});

/** A catalogue without some works. */
function catalogueWithout(catalogue: Catalogue, hidden: ReadonlySet<string>): Catalogue {
  const kept = (ids: readonly string[]) => ids.filter((id) => !hidden.has(id));
  return {
    ...finding(catalogue, ({ work }) => !hidden.has(work.id)),
    seriesWithEpisode: async (keys) =>
      new Map([...(await catalogue.seriesWithEpisode(keys))].map(([key, ids]) => [key, kept(ids)])),
    works: (ids) => catalogue.works(kept(ids)),
  };
}

const FAR_FETCHED = ['WordsShared', 'Sound', 'Part', 'Head', 'Unnamed'];
const isFarFetched = (features: Features) =>
  FAR_FETCHED.some((name) => features[`film${name}`] || features[`series${name}`]);

/** Counts an example for which the catalogue lacks the work. */
function lacking(example: Example): Example {
  const isSeries = example.choices.some(({ series }) => series === 1);
  const weight = example.weight * (isSeries ? LACKING.series : LACKING.film);
  const hasNamesake = example.choices.some((features) => !isFarFetched(features));
  return { ...example, right: -1, weight: hasNamesake ? weight * NAMESAKE : weight };
}

/** Labelled strings with all their works taken out, so that none of what is offered is right. */
export async function lackingLabels(
  examples: readonly Example[],
  hidden: ReadonlySet<string>,
  strings: readonly StringToMatch[],
  catalogue: Catalogue,
): Promise<Example[]> {
  const { choices } = await matchAll(strings, catalogueWithout(catalogue, hidden));
  return examples.flatMap((example) => {
    const choice = choices.get(example.title);
    return choice === undefined ? [] : lacking(exampleOf(example.group, example.title, choice, null, example.weight));
  });
}

/**
 * Films and series of histories, each as it was matched, and once more with all of them taken out of the catalogue. Nobody read them: what
 * is matched wrongly stands here as right, some in a hundred.
 * @param labelled Groups of labels: what is held out there must not be known from here.
 */
export async function examplesOfHistories(
  { matches, choices }: Matched,
  labelled: ReadonlySet<string>,
  strings: readonly StringToMatch[],
  catalogue: Catalogue,
): Promise<Example[]> {
  const hidden = new Set([...matches.values()].flatMap(({ work }) => (work === null ? [] : work.id)));
  const without = await matchAll(strings, catalogueWithout(catalogue, hidden));
  const seen = new Set(labelled);
  const examples: Example[] = [];
  for (const [rawTitle, { reading, work }] of matches) {
    const group = compareKey(reading.kind === 'EPISODE' ? reading.seriesName : rawTitle);
    const [choice, other] = [choices.get(rawTitle), without.choices.get(rawTitle)];
    if (work === null || choice === undefined || other === undefined || seen.has(group)) continue;
    seen.add(group);
    examples.push(exampleOf(group, rawTitle, choice, work.id, OF_HISTORIES));
    examples.push(lacking(exampleOf(group, rawTitle, other, null, OF_HISTORIES)));
  }
  return examples;
}

/** Regions whose names are English, or whose the datasets do not say. */
const ENGLISH = ['US', 'GB', 'CA', 'AU', 'IN', 'XWW'];
const FEWEST_VOTES = 1000;
/** So many of a film's names are asked for, one at a time. */
const MOST_NAMES = 3;
const WATCHED = 2021;

/**
 * Films asked for by what they are called elsewhere, with that name taken out of the catalogue: what is left of it must be known again by its
 * sound or its words. And once more with the film itself taken out.
 */
export async function examplesOfOtherNames(lake: string, catalogue: Catalogue): Promise<Example[]> {
  const names = await otherNames(lake);
  const examples: Example[] = [];
  for (let round = 0; round < MOST_NAMES; round += 1) {
    const asked = new Map(
      [...names].flatMap(([id, all]) => {
        const name = all[round];
        return name === undefined ? [] : [[name, id] as const];
      }),
    );
    const strings = [...asked.keys()].map((rawTitle) => ({ rawTitle, watchedYear: WATCHED, longestSeconds: null }));
    const hiddenKeys = new Map([...asked].map(([name, id]) => [id, catalogueKey(name)]));
    const nameless = finding(catalogue, ({ work, name }) => hiddenKeys.get(work.id) !== catalogueKey(name));
    for (const [source, isThere] of [
      [nameless, true],
      [catalogueWithout(catalogue, new Set(asked.values())), false],
    ] as const)
      for (const [name, choice] of (await matchAll(strings, source)).choices) {
        const id = asked.get(name) ?? '';
        const example = exampleOf(id, name, choice, isThere ? id : null, OF_OTHER_NAMES);
        // Two films may share a name, of which one was taken out here: that says nothing of how often one lacks.
        if (choice.reading.kind === 'MOVIE' && example.choices.every(isFarFetched)) examples.push(example);
      }
  }
  return examples;
}

/** Names of well-known films in other languages, each under another key than what it is mostly called. */
async function otherNames(lake: string): Promise<Map<string, string[]>> {
  const duckdb = await openDuckDb();
  const table = (name: string) => `read_parquet(${sqlText(join(lake, 'bulk', 'imdb', '*', `${name}.parquet`))})`;
  const rows = await duckdb.connection.runAndReadAll(
    `SELECT aka.titleId, aka.title, basics.primaryTitle, basics.originalTitle
     FROM ${table('title_akas')} aka JOIN ${table('title_basics')} basics ON basics.tconst = aka.titleId
       JOIN ${table('title_ratings')} ratings ON ratings.tconst = aka.titleId
     WHERE numVotes >= ${FEWEST_VOTES} AND titleType = 'movie' AND region NOT IN (${ENGLISH.map(sqlText).join(', ')})
     ORDER BY aka.titleId, hash(aka.title), aka.title`,
  );
  duckdb.close();
  const names = new Map<string, string[]>();
  for (const [id, title, ...own] of rows.getRows().map((row) => row.map(String)) as [string, string, ...string[]][]) {
    const of = names.get(id) ?? [];
    const keys = new Set([...own, ...of].map(catalogueKey));
    if (!keys.has(catalogueKey(title))) names.set(id, [...of, title]);
  }
  return names;
}
