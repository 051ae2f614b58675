import { compareKey } from '../compare-key.ts';
import { seasonPosition, seriesLength } from '../read/group-evidence.ts';
import type { ReadString } from '../read/read-titles.ts';
import { headOfName } from './names/catalogue-key.ts';

/** A name that some strings of a group may have for a series, with those strings. */
export interface SeriesName {
  /** As it stands in the first of them. */
  readonly name: string;
  readonly members: readonly MemberOfSeries[];
  /** Under what else a catalogue may have it: without what stands before or behind a colon, or an owner's name. */
  readonly parts: readonly string[];
  /** The name without the studio's before it, "Daredevil" of "Marvel's Daredevil"; null where there is none. */
  readonly unowned: string | null;
}

export interface MemberOfSeries {
  readonly string: ReadString;
  /** How many of its segments are the series. */
  readonly seriesEnd: number;
  /** How many stand between them and the season, where one is marked. */
  readonly leftOut: number;
}

/** Every way to cut a series' name off the strings of one group. */
export function seriesNames(group: readonly ReadString[]): SeriesName[] {
  const names = new Map<string, { name: string; members: MemberOfSeries[] }>();
  for (const string of group) {
    for (const { seriesEnd, leftOut } of seriesEnds(string)) {
      const name = string.structure.segments.slice(0, seriesEnd).join(': ');
      const key = compareKey(name);
      const same = names.get(key);
      if (same) same.members.push({ string, seriesEnd, leftOut });
      else names.set(key, { name, members: [{ string, seriesEnd, leftOut }] });
    }
  }
  return [...names.values()].map(({ name, members }) => ({
    name,
    members,
    parts: partsOfName(name),
    unowned: STUDIO.test(name) ? withoutOwner(name) : null,
  }));
}

function seriesEnds({ structure, reading }: ReadString): { seriesEnd: number; leftOut: number }[] {
  const { segments, suffix } = structure;
  const season = seasonPosition(structure);
  if (season > 0) {
    // "Spartacus: Blood and Sand: Season 1": what stands before the season may be the series and a name of it.
    const last = seriesLength(structure, season);
    return Array.from({ length: last }, (_, index) => ({ seriesEnd: index + 1, leftOut: last - index - 1 }));
  }
  if (segments.length === 1) return suffix || reading.kind === 'EPISODE' ? [{ seriesEnd: 1, leftOut: 0 }] : [];
  return Array.from({ length: segments.length - 1 }, (_, index) => ({ seriesEnd: index + 1, leftOut: 0 }));
}

/** "Marvel's Daredevil", "DreamWorks' Dragons", "America's Prince". */
const OWNER = /^\p{Lu}[\p{L}.]*(?:[’']s|s[’'])\s+(?=\p{Lu})/u;
/** Those whose name before another changes nothing. */
const STUDIO = /^(?:Marvel|DC|DreamWorks|Disney|Pixar|Hasbro|Mattel|Nickelodeon|Netflix)[’']/u;

function withoutOwner(name: string): string | null {
  const unowned = name.replace(OWNER, '');
  return unowned === name ? null : unowned;
}

function partsOfName(name: string): string[] {
  const parts = new Set<string>();
  const head = headOfName(name);
  if (head !== null) parts.add(head);
  const [first, ...rest] = name.split(': ');
  if (rest.length > 0) {
    parts.add(rest.join(': '));
    parts.add(first ?? '');
    if (rest.length > 1) parts.add(rest[0] ?? '');
  }
  const unowned = withoutOwner(name);
  if (unowned !== null) parts.add(unowned);
  parts.delete('');
  parts.delete(name);
  return [...parts];
}
