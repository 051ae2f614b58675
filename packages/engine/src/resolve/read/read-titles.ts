import { compareKey } from '../compare-key.ts';
import { decideReading } from './decide-reading.ts';
import { gatherEvidence } from './group-evidence.ts';
import { fixedReading } from './read-title.ts';
import { titlesOfReading } from './reading-titles.ts';
import type { TitleReading } from './title-reading.ts';
import { cleanTitle, type TitleStructure } from './title-structure.ts';

const HEAD_END = / ?: |\s?：/u;

/**
 * Key of the strings that must be read together: the name before the first separator, as names compare.
 * Empty for blank strings only.
 */
export function titleGroup(rawTitle: string): string {
  const name = cleanTitle(rawTitle);
  return compareKey(headOf(name)) || compareKey(name);
}

function headOf(name: string): string {
  const end = name.search(HEAD_END);
  return end < 0 ? name : name.slice(0, end);
}

/** A string taken apart, and what its group makes of it. */
export interface ReadString {
  readonly rawTitle: string;
  readonly structure: TitleStructure;
  readonly reading: TitleReading;
}

/** Strings by what they can be read as: those that need no other string, and groups that are read together. */
export interface ReadGroups {
  readonly fixed: ReadonlyMap<string, TitleReading>;
  readonly groups: readonly (readonly ReadString[])[];
}

/**
 * Reads many strings, those of one group together.
 * @returns one reading a string, in the order given. A reading depends only on which strings of its group were given.
 */
export function readTitles(rawTitles: readonly string[]): TitleReading[] {
  const { fixed, groups } = readGroups(rawTitles);
  const readings = new Map(fixed);
  for (const group of groups) for (const { rawTitle, reading } of group) readings.set(rawTitle, reading);
  return rawTitles.map(
    (rawTitle) => readings.get(rawTitle) ?? { kind: 'UNREADABLE', evidence: ['the title is blank'] },
  );
}

/** Likewise, with the parts that each string was taken apart into. */
export function readGroups(rawTitles: readonly string[]): ReadGroups {
  const fixed = new Map<string, TitleReading>();
  const groups = new Map<string, { rawTitle: string; structure: TitleStructure }[]>();
  // Most strings share their head with others, and making keys is dear.
  const keys = new Map<string, string>();
  const headKey = (head: string) => {
    let key = keys.get(head);
    if (key === undefined) {
      key = compareKey(head);
      keys.set(head, key);
    }
    return key;
  };
  for (const rawTitle of new Set(rawTitles)) {
    const read = fixedReading(rawTitle, headKey);
    if ('kind' in read) {
      fixed.set(rawTitle, read);
      continue;
    }
    const key = headKey(headOf(read.name)) || headKey(read.name);
    const group = groups.get(key);
    if (group) group.push({ rawTitle, structure: read });
    else groups.set(key, [{ rawTitle, structure: read }]);
  }
  return { fixed, groups: [...groups.values()].map(readGroup) };
}

function readGroup(members: readonly { rawTitle: string; structure: TitleStructure }[]): ReadString[] {
  const evidence = gatherEvidence(members.map(({ structure }) => structure));
  const decided = members.map((member) => ({ ...member, reading: decideReading(member.structure, evidence) }));
  const numbers = numbersInBrackets(decided);
  return decided.map(({ rawTitle, structure, reading }) => {
    const stated = numbers.size === 0 || structure.suffix ? undefined : numbers.get(keyOf(reading));
    return { rawTitle, structure, reading: withNumber(reading, stated) };
  });
}

interface Decided {
  readonly structure: TitleStructure;
  readonly reading: TitleReading;
}

/** What a reading stands for; empty where that is no episode. */
const keyOf = (reading: TitleReading) =>
  reading.kind === 'EPISODE' ? (titlesOfReading(reading).at(-1)?.key ?? '') : '';

/** Episodes whose number some string gives in brackets; those that two number differently are left out. */
function numbersInBrackets(decided: readonly Decided[]): Map<string, number> {
  const numbers = new Map<string, number>();
  if (decided.every(({ structure }) => structure.suffix)) return numbers;
  const contested = new Set<string>();
  for (const { structure, reading } of decided) {
    if (!structure.suffix) continue;
    const key = keyOf(reading);
    if ((numbers.get(key) ?? structure.suffix.number) !== structure.suffix.number) contested.add(key);
    numbers.set(key, structure.suffix.number);
  }
  for (const key of ['', ...contested]) numbers.delete(key);
  return numbers;
}

/** A number in brackets is Netflix's own; one in a name ("Chapter 27") may count otherwise. */
function withNumber(reading: TitleReading, stated: number | undefined): TitleReading {
  if (stated === undefined || reading.kind !== 'EPISODE' || reading.episodeNumber === stated) return reading;
  const evidence = [...reading.evidence, `another row gives the same episode the number ${stated} in brackets`];
  return { ...reading, episodeNumber: stated, evidence };
}
