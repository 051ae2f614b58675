import type { CatalogueWork, FoundWork } from './catalogue.ts';
import { MOST_WORKS_OF_A_WORD } from './name-keys.ts';
import { type NameWord, shareWords, type WordsOfNames, wordKeys } from './name-words.ts';
import type { NamedWork } from './weigh-work.ts';

/** So many works that share words are compared word by word, and so many of those are weighed. */
const MOST_COMPARED = 12;
const MOST_WEIGHED = 8;

/** A work, and how rare what it shares is: words summed, or the rarest two together. */
interface Sharing {
  readonly one: FoundWork;
  words: number;
  pair: number;
}

/**
 * Works that have words of a name, or two together, that few works have; those first that share most.
 * @param found What the catalogue has under `wordKeys` of the name, at least.
 */
export function worksByWords(
  name: string,
  kind: CatalogueWork['kind'],
  found: ReadonlyMap<string, readonly FoundWork[]>,
  wordsOfNames: WordsOfNames,
): NamedWork[] {
  const isInUse = (word: NameWord) =>
    word.keys.some((key) => found.get(`#${key}`)?.some((one) => isPrimary(one) && has(one.name, word)));
  const has = (other: string, { text }: NameWord) => wordsOfNames.of(other).some((word) => word.text === text);
  const likely = sharing(name, kind, found)
    .sort((one, other) => worthOf(other) - worthOf(one))
    .slice(0, MOST_COMPARED);
  const compared = likely.map((likely) => {
    const { one } = likely;
    const shared = shareWords({ asked: name, found: one.name, primary: one.work.name, isInUse }, wordsOfNames);
    const words = { ...shared, rarity: rarityOf(likely) };
    return { one, words, worth: 6 * words.share + words.rarity + 3 * popularity(one) };
  });
  return compared
    .sort((one, other) => other.worth - one.worth)
    .slice(0, MOST_WEIGHED)
    .map(({ one, words }) => ({ work: one.work, found: one, closeness: 'WORDS', words }));
}

function sharing(
  name: string,
  kind: CatalogueWork['kind'],
  found: ReadonlyMap<string, readonly FoundWork[]>,
): Sharing[] {
  const shared = new Map<string, Sharing>();
  for (const key of wordKeys(name)) {
    const works = found.get(key) ?? [];
    const rarity = Math.log2((1 + MOST_WORKS_OF_A_WORD) / Math.max(1, works.length));
    for (const one of works) {
      if (one.work.kind !== kind || one.nameKind !== 'WORD') continue;
      const of = shared.get(one.work.id) ?? { one, words: 0, pair: 0 };
      shared.set(one.work.id, of);
      if (key.includes(' ')) of.pair = Math.max(of.pair, rarity);
      else of.words += rarity;
    }
  }
  return [...shared.values()];
}

const isPrimary = ({ nameKind, name, work }: FoundWork) => nameKind === 'WORD' && name === work.name;
const popularity = ({ work }: FoundWork) => Math.log10(1 + work.voteCount);
const rarityOf = ({ words, pair }: Sharing) => Math.max(words, pair);
const worthOf = (shared: Sharing) => rarityOf(shared) + 2 * popularity(shared.one);
