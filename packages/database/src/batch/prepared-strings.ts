import type { TitleOfReading } from '@watchprint/engine';
import { type CopiedRows, type CopiedTable, RowWriter, type SpareMemory } from '../connection/copy-rows.ts';
import { headOfId, nameId } from './name-id.ts';

/** What a string was read as. */
export interface StringReading {
  /** Parents first; the last is what the string stands for. None: it cannot be read as anything. */
  readonly titles: readonly TitleOfReading[];
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

/** Strings with their readings, and the titles that these name, as they go into the store; each part is a group. */
export interface PreparedStrings {
  readonly parts: readonly PreparedGroup[];
  /** Rows of `match` and of `title`. */
  readonly strings: CopiedRows;
  readonly titles: CopiedRows;
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
  spare?: SpareMemory,
): PreparedStrings {
  const parts = readInGroups(strings, reader);
  return {
    parts: parts.map(({ group, strings }) => ({ group, rawTitles: strings.map(({ rawTitle }) => rawTitle) })),
    strings: layOutStrings(accountId, parts, spare),
    titles: layOutTitles(accountId, parts, spare),
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
const titleIdOf = (accountId: string, group: string, { key, seriesKey }: TitleOfReading): string =>
  nameId(`${accountId}/${group}/${seriesKey ?? key}`, key);

export const matchTable = {
  name: 'match',
  columns: {
    account_id: 'uuid',
    id: 'uuid',
    raw_title: 'text',
    title_id: 'uuid',
    // Until it is matched, what it was read as is what it shows.
    shown_title_id: 'uuid',
    evidence: 'text',
  },
} as const satisfies CopiedTable;

export const titleTable = {
  name: 'title',
  columns: {
    account_id: 'uuid',
    id: 'uuid',
    kind: 'text',
    name: 'text',
    series_id: 'uuid',
    season_id: 'uuid',
    season_number: 'int4',
    episode_number: 'int4',
    netflix_label: 'text',
  },
} as const satisfies CopiedTable;

export function layOutStrings(accountId: string, groups: readonly ReadGroup[], spare?: SpareMemory): CopiedRows {
  const rows = new RowWriter(matchTable, spare);
  for (const { group, strings, readings } of groups) {
    for (const [index, { id, rawTitle }] of strings.entries()) {
      const { titleId, evidence } = storedReading(accountId, group, readings[index] as StringReading);
      rows.add([accountId, id, rawTitle, titleId, titleId, evidence]);
    }
    rows.endPart();
  }
  return rows.finish();
}

export function layOutTitles(accountId: string, groups: readonly ReadGroup[], spare?: SpareMemory): CopiedRows {
  const rows = new RowWriter(titleTable, spare);
  for (const { group, readings } of groups) {
    const titles = distinctTitles(readings);
    const ids = new Map(titles.map((title) => [title.key, titleIdOf(accountId, group, title)]));
    const idOrNull = (key: string | null) => ids.get(key ?? '') ?? null;
    for (const { key, kind, name, seriesKey, seasonKey, seasonNumber, episodeNumber, netflixLabel } of titles)
      rows.add([
        accountId,
        idOrNull(key),
        kind,
        name,
        idOrNull(seriesKey),
        idOrNull(seasonKey),
        seasonNumber,
        episodeNumber,
        netflixLabel,
      ]);
    rows.endPart();
  }
  return rows.finish();
}

/** The first of each key. */
function distinctTitles(readings: readonly StringReading[]): TitleOfReading[] {
  const titles = new Map<string, TitleOfReading>();
  for (const reading of readings)
    for (const title of reading.titles) if (!titles.has(title.key)) titles.set(title.key, title);
  return [...titles.values()];
}
