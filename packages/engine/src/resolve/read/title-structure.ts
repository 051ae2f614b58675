import { compareKey } from '../compare-key.ts';
import { type Marker, readMarker, splitEpisodeSuffix } from './markers.ts';

/** A title string taken apart, before anything is decided. */
export interface TitleStructure {
  /** The whole string, cleaned for display. */
  readonly name: string;
  /** What ": " separates; a colon with a space before it belongs to a name (French " : "). */
  readonly segments: readonly string[];
  /** The segments as they compare across spellings; only those before the season where one is marked. */
  readonly keys: readonly string[];
  /** Marker of each segment; the first segment is always a name. */
  readonly markers: readonly (Marker | null)[];
  /** "(Episode 5)" at the end, already taken off the last segment. */
  readonly suffix: { readonly text: string; readonly number: number } | null;
}

const PRINTABLE = /^[!-~]+(?: [!-~]+)*$/;
const INVISIBLE = /[\p{Cc}\p{Cf}]+/gu;
/** Joins emoji and letters of Indic and Persian words, so it is not noise there. */
const JOINERS = /\p{L}[\u200c\u200d]\p{L}/u;
const SPACES = /\s+/gu;

/** NFC, without control and direction marks, every run of odd spaces one space, trimmed. */
export function cleanTitle(rawTitle: string): string {
  if (PRINTABLE.test(rawTitle)) return rawTitle;
  const spaced = rawTitle.normalize('NFC').replace(SPACES, ' ');
  const keepJoiners = JOINERS.test(spaced);
  const visible = spaced.replace(INVISIBLE, (marks) => (keepJoiners ? marks.replace(/[^\u200c\u200d]/gu, '') : ''));
  return visible.replace(SPACES, ' ').trim();
}

/** Takes a cleaned string apart. `headKey` may remember the keys of heads, which many strings share. */
export function readStructure(name: string, headKey: (head: string) => string = compareKey): TitleStructure {
  const suffix = splitEpisodeSuffix(name);
  const segments: string[] = [];
  const markers: (Marker | null)[] = [];
  for (const piece of pieces(suffix ? suffix.rest : name)) {
    const text = piece.text.trim();
    const marker = segments.length === 0 ? null : readMarker(text);
    const last = segments.length - 1;
    // "Saison 4 : Percy" is a season and what follows it, however French sets its colons.
    const isPartOfLast = piece.soft && !isSeason(marker) && !isSeason(markers[last]);
    // "Young Sheldon: : Season 1".
    if (last >= 0 && text === '') continue;
    if (last >= 0 && isPartOfLast) {
      segments[last] = `${segments[last]}${piece.separator}${text}`.trimEnd();
      // "Chapitre 1 : Cubes" is still a numbered chapter, and a part that has a name is one too.
      const label = markers[last];
      if (label?.kind === 'PART') markers[last] = { kind: 'EPISODE', number: label.number };
      continue;
    }
    segments.push(text);
    markers.push(marker);
  }
  return {
    name,
    segments,
    keys: keysOf(segments, markers, headKey),
    markers,
    suffix: suffix && { text: suffix.suffix, number: suffix.number },
  };
}

const isSeason = (marker: Marker | null | undefined): boolean =>
  marker?.kind === 'SEASON' || marker?.kind === 'LIMITED';

function keysOf(
  segments: readonly string[],
  markers: readonly (Marker | null)[],
  headKey: (head: string) => string,
): string[] {
  const keys: string[] = [];
  for (const [position, segment] of segments.entries()) {
    // Nothing after a season is ever compared, and most strings have one.
    if (isSeason(markers[position])) break;
    keys.push(position === 0 ? headKey(segment) : compareKey(segment));
  }
  return keys;
}

interface Piece {
  readonly text: string;
  /** What stood before this piece. */
  readonly separator: string;
  /** True where the colon looks like part of a name. */
  readonly soft: boolean;
}

const HARD_TO_SPLIT = / : |：/u;
const SEPARATOR = /( ?)(: |：\s?)/gu;

function pieces(text: string): Piece[] {
  if (!HARD_TO_SPLIT.test(text))
    return text.split(': ').map((piece) => ({ text: piece, separator: ': ', soft: false }));
  const found: Piece[] = [];
  let start = 0;
  let separator = '';
  let soft = false;
  for (const match of text.matchAll(SEPARATOR)) {
    found.push({ text: text.slice(start, match.index), separator, soft });
    separator = match[0];
    soft = match[1] !== '' || separator.startsWith('：');
    start = match.index + separator.length;
  }
  found.push({ text: text.slice(start), separator, soft });
  return found;
}
