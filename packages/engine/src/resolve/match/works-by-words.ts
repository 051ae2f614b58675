import { type CatalogueWork, type FoundWork, votersOf } from './catalogue.ts';
import { MOST_WORKS_OF_A_WORD } from './names/name-keys.ts';
import { type NameWord, type SharedWords, shareWords, type WordsOfNames, wordKeys } from './names/name-words.ts';
import type { NamedWork } from './weigh-work.ts';

/** So many works that share words are compared word by word, and so many of those are weighed. */
const MOST_COMPARED = 12;
const MOST_WEIGHED = 8;

/** A work, and how rare what it shares is: words summed, or the rarest two together. */
interface Sharing {
  readonly one: FoundWork;
  /** All its names that were found. */
  readonly names: Set<string>;
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
    const { work } = likely.one;
    let best: { readonly found: FoundWork; readonly words: SharedWords } | null = null;
    for (const other of likely.names) {
      const words = shareWords({ asked: name, found: other, primary: work.name, isInUse }, wordsOfNames);
      if (best === null || words.share > best.words.share)
        best = { found: { work, name: other, nameKind: 'WORD' }, words };
    }
    const { found, words } = best as NonNullable<typeof best>;
    const rarity = rarityOf(likely);
    return { found, words: { ...words, rarity }, worth: 6 * words.share + rarity + 3 * popularity(found) };
  });
  return compared
    .sort((one, other) => other.worth - one.worth)
    .slice(0, MOST_WEIGHED)
    .map(({ found, words }) => ({ work: found.work, found, closeness: 'WORDS', words }));
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
      const of = shared.get(one.work.id) ?? { one, names: new Set([one.work.name]), words: 0, pair: 0 };
      shared.set(one.work.id, of);
      of.names.add(one.name);
      if (key.includes(' ')) of.pair = Math.max(of.pair, rarity);
      else of.words += rarity;
    }
  }
  return [...shared.values()];
}

const isPrimary = ({ nameKind, name, work }: FoundWork) => nameKind === 'WORD' && name === work.name;
const popularity = ({ work }: FoundWork) => Math.log10(1 + votersOf(work));
const rarityOf = ({ words, pair }: Sharing) => Math.max(words, pair);
const worthOf = (shared: Sharing) => rarityOf(shared) + 2 * popularity(shared.one);
