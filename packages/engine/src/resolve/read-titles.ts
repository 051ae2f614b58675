import { compareKey } from './compare-key.ts';
import { decideReading } from './decide-reading.ts';
import { gatherEvidence } from './group-evidence.ts';
import { fixedReading } from './read-title.ts';
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

/**
 * Reads many strings, those of one group together.
 * @returns one reading a string, in the order given. A reading depends only on which strings of its group were given.
 */
export function readTitles(rawTitles: readonly string[]): TitleReading[] {
  const readings = new Map<string, TitleReading>();
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
    const fixed = fixedReading(rawTitle, headKey);
    if ('kind' in fixed) {
      readings.set(rawTitle, fixed);
      continue;
    }
    const key = headKey(headOf(fixed.name)) || headKey(fixed.name);
    const group = groups.get(key);
    if (group) group.push({ rawTitle, structure: fixed });
    else groups.set(key, [{ rawTitle, structure: fixed }]);
  }
  for (const members of groups.values()) {
    const evidence = gatherEvidence(members.map(({ structure }) => structure));
    for (const { rawTitle, structure } of members) readings.set(rawTitle, decideReading(structure, evidence));
  }
  return rawTitles.map(
    (rawTitle) => readings.get(rawTitle) ?? { kind: 'UNREADABLE', evidence: ['the title is blank'] },
  );
}
