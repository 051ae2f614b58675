import { BinaryColumn, type PartedArray } from './binary-array.ts';
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

/** Rows of a table as its columns, in the order of the statement that inserts them, in parts. */
export type PartedColumns = readonly PartedArray[];

/** Strings with their readings, and the titles that these name, as they go into the store. */
interface LaidOutStrings {
  readonly strings: PartedColumns;
  readonly titles: PartedColumns;
}

/** Strings, read among those that they came with; each part is a group. */
export interface PreparedStrings extends LaidOutStrings {
  readonly parts: readonly PreparedGroup[];
}

interface PreparedGroup {
  /** What the ids of its strings begin with. */
  readonly group: string;
  readonly rawTitles: readonly string[];
}

export function stringToSave(rawTitle: string, reader: StringReader): StringToSave {
  return { id: nameId(reader.group(rawTitle), rawTitle), rawTitle };
}

/** Reads strings that the account may lack, and lays them out. What that takes is done before any transaction begins. */
export function prepareStrings(
  accountId: string,
  strings: readonly StringToSave[],
  reader: StringReader,
): PreparedStrings {
  const parts = readInGroups(strings, reader);
  return {
    parts: parts.map(({ group, strings }) => ({ group, rawTitles: strings.map(({ rawTitle }) => rawTitle) })),
    ...layOutStrings(accountId, parts),
  };
}

/** Strings of one group and their readings, in one order. */
export interface ReadGroup {
  readonly group: string;
  readonly strings: readonly StringToSave[];
  readonly readings: readonly StringReading[];
}

export function readInGroups(strings: readonly StringToSave[], reader: StringReader): ReadGroup[] {
  // Where two spell a name, the first of them names the title, whichever came first.
  const ordered = [...strings].sort((one, other) => (one.rawTitle < other.rawTitle ? -1 : 1));
  const readings = reader.read(ordered.map(({ rawTitle }) => rawTitle));
  const groups = new Map<string, { group: string; strings: StringToSave[]; readings: StringReading[] }>();
  for (const [index, string] of ordered.entries()) {
    const group = headOfId(string.id);
    const of = groups.get(group) ?? { group, strings: [], readings: [] };
    groups.set(group, of);
    of.strings.push(string);
    of.readings.push(readings[index] as StringReading);
  }
  return [...groups.values()];
}

/** What a string stands for, as it is stored. */
export interface StoredReading {
  readonly titleId: string | null;
  /** Lines. */
  readonly evidence: string;
}

export function storedReading(accountId: string, group: string, { titles, evidence }: StringReading): StoredReading {
  const own = titles.at(-1);
  return { titleId: own === undefined ? null : titleIdOf(accountId, group, own), evidence: evidence.join('\n') };
}

/** Titles are of their group alone: what one group's strings say cannot change another's. Joining them is a matcher's work. */
const titleIdOf = (accountId: string, group: string, { key, seriesKey }: TitleToSave): string =>
  nameId(`${accountId}/${group}/${seriesKey ?? key}`, key);

const stringColumns = ['uuid', 'text', 'uuid', 'text'] as const;
const titleColumns = ['uuid', 'text', 'text', 'uuid', 'uuid', 'int4', 'int4', 'text'] as const;

export function layOutStrings(accountId: string, groups: readonly ReadGroup[]): LaidOutStrings {
  const strings = stringColumns.map((type) => new BinaryColumn(type));
  const titles = titleColumns.map((type) => new BinaryColumn(type));
  for (const { group, strings: members, readings } of groups) {
    const ids = new Map<string, string>();
    const idOrNull = (key: string | null | undefined) => ids.get(key ?? '') ?? null;
    const distinct = distinctTitles(readings);
    for (const title of distinct) ids.set(title.key, titleIdOf(accountId, group, title));
    for (const title of distinct)
      addRow(titles, [
        idOrNull(title.key),
        title.kind,
        title.name,
        idOrNull(title.seriesKey),
        idOrNull(title.seasonKey),
        title.seasonNumber,
        title.episodeNumber,
        title.netflixLabel,
      ]);
    for (const [index, { id, rawTitle }] of members.entries()) {
      const reading = readings[index] as StringReading;
      addRow(strings, [id, rawTitle, idOrNull(reading.titles.at(-1)?.key), reading.evidence.join('\n')]);
    }
    for (const column of [...strings, ...titles]) column.endPart();
  }
  return { strings: strings.map((column) => column.finish()), titles: titles.map((column) => column.finish()) };
}

function addRow(columns: readonly BinaryColumn[], row: readonly (string | number | null)[]): void {
  for (const [place, value] of row.entries()) columns[place]?.add(value);
}

/** The first of each key. */
function distinctTitles(readings: readonly StringReading[]): TitleToSave[] {
  const titles = new Map<string, TitleToSave>();
  for (const reading of readings)
    for (const title of reading.titles) if (!titles.has(title.key)) titles.set(title.key, title);
  return [...titles.values()];
}
