import { arrayElements } from './array-literal.ts';
import { headOfId, nameId } from './name-id.ts';

/** A title as a string was read: its parents are named by their keys. */
export interface TitleToSave {
  readonly key: string;
  readonly kind: 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';
  readonly name: string;
  readonly seriesKey: string | null;
  readonly seasonKey: string | null;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  readonly netflixLabel: string | null;
}

/** What a string was read as. */
export interface StringReading {
  /** Parents first; the last is what the string stands for. None: it cannot be read as anything. */
  readonly titles: readonly TitleToSave[];
  readonly evidence: readonly string[];
}

/** How strings become titles: the engine's part of it. */
export interface StringReader {
  /** Strings of one group are read together. */
  group(rawTitle: string): string;
  /** One reading a string, in their order; it depends only on which strings of its group are given. */
  read(rawTitles: readonly string[]): readonly StringReading[];
}

/**
 * A string by its name alone. Ids follow from names, so rows can point at a string or a title that is yet to be written; those
 * of one group begin alike, which tells the group.
 */
export interface StringToSave {
  readonly id: string;
  readonly rawTitle: string;
}

/** Columns of a table in the order of the statement that inserts them, each as the elements of an array literal. */
export type LaidOutColumns = readonly string[];

/** Strings with their readings, and the titles that these name, as they go into the store. */
export interface LaidOutStrings {
  readonly strings: LaidOutColumns;
  readonly titles: LaidOutColumns;
}

/** Groups of strings, read among those that they came with: one group, or several that name one and the same title. */
export interface PreparedGroups extends LaidOutStrings {
  /** What the ids of each group begin with. */
  readonly groups: readonly string[];
  readonly rawTitles: readonly string[];
}

export function stringToSave(rawTitle: string, reader: StringReader): StringToSave {
  return { id: nameId(reader.group(rawTitle), rawTitle), rawTitle };
}

/** The order in which strings are read: where two spell a name, the first of them names the title, whichever came first. */
export const inReadingOrder = <Item extends { readonly rawTitle: string }>(strings: readonly Item[]): Item[] =>
  [...strings].sort((one, other) => (one.rawTitle < other.rawTitle ? -1 : 1));

/** Reads strings that the account may lack, and lays them out. What that takes is done before any transaction begins. */
export function prepareStrings(
  accountId: string,
  strings: readonly StringToSave[],
  reader: StringReader,
): PreparedGroups[] {
  const ordered = inReadingOrder(strings);
  const readings = reader.read(ordered.map(({ rawTitle }) => rawTitle));
  const together = new Partition();
  const groupOfTitle = new Map<string, string>();
  for (const [index, { id }] of ordered.entries()) {
    const group = headOfId(id);
    for (const { key } of (readings[index] as StringReading).titles) {
      const other = groupOfTitle.get(key);
      if (other === undefined) groupOfTitle.set(key, group);
      else if (other !== group) together.join(other, group);
    }
  }
  const members = new Map<string, { strings: StringToSave[]; readings: StringReading[] }>();
  for (const [index, string] of ordered.entries()) {
    const name = together.nameOf(headOfId(string.id));
    const of = members.get(name) ?? { strings: [], readings: [] };
    members.set(name, of);
    of.strings.push(string);
    of.readings.push(readings[index] as StringReading);
  }
  return [...members.values()].map(({ strings, readings }) => ({
    groups: [...new Set(strings.map(({ id }) => headOfId(id)))],
    rawTitles: strings.map(({ rawTitle }) => rawTitle),
    ...layOutStrings(accountId, strings, readings),
  }));
}

/** Which names belong together. */
class Partition {
  readonly #joined = new Map<string, string>();

  join(one: string, other: string): void {
    const names = [this.nameOf(one), this.nameOf(other)].sort();
    if (names[0] !== names[1]) this.#joined.set(names[1] as string, names[0] as string);
  }

  /** One name that stands for all that belong together. */
  nameOf(name: string): string {
    let current = name;
    for (let next = this.#joined.get(current); next !== undefined; next = this.#joined.get(current)) current = next;
    return current;
  }
}

/** What a string stands for, as it is stored. */
export interface StoredReading {
  readonly titleId: string | null;
  /** Lines. */
  readonly evidence: string;
}

export function storedReading(accountId: string, { titles, evidence }: StringReading): StoredReading {
  const own = titles.at(-1);
  return { titleId: own === undefined ? null : titleIdOf(accountId, own), evidence: evidence.join('\n') };
}

const titleIdOf = (accountId: string, { key, seriesKey }: TitleToSave): string =>
  nameId(`${accountId}/${seriesKey ?? key}`, key);

/** Lays out strings and their readings, in their order. */
export function layOutStrings(
  accountId: string,
  strings: readonly StringToSave[],
  readings: readonly StringReading[],
): LaidOutStrings {
  const titles = distinctTitles(readings);
  const ids = new Map(titles.map((title) => [title.key, titleIdOf(accountId, title)]));
  const idOrNull = (key: string | null) => (key === null ? null : (ids.get(key) ?? null));
  return {
    strings: [
      strings.map(({ id }) => id),
      strings.map(({ rawTitle }) => rawTitle),
      readings.map(({ titles }) => idOrNull(titles.at(-1)?.key ?? null)),
      readings.map(({ evidence }) => evidence.join('\n')),
    ].map(arrayElements),
    titles: [
      titles.map(({ key }) => idOrNull(key)),
      titles.map(({ kind }) => kind),
      titles.map(({ name }) => name),
      titles.map(({ seriesKey }) => idOrNull(seriesKey)),
      titles.map(({ seasonKey }) => idOrNull(seasonKey)),
      titles.map(({ seasonNumber }) => seasonNumber),
      titles.map(({ episodeNumber }) => episodeNumber),
      titles.map(({ netflixLabel }) => netflixLabel),
    ].map(arrayElements),
  };
}

/** The first of each key. */
function distinctTitles(readings: readonly StringReading[]): TitleToSave[] {
  const titles = new Map<string, TitleToSave>();
  for (const reading of readings)
    for (const title of reading.titles) if (!titles.has(title.key)) titles.set(title.key, title);
  return [...titles.values()];
}
