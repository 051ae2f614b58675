import { seasonPosition } from '../read/group-evidence.ts';
import { numberInName } from '../read/markers.ts';
import type { TitleReading } from '../read/title-reading.ts';
import type { TitleStructure } from '../read/title-structure.ts';
import type { AskedEpisode } from './find-episode.ts';

/** What a string says of an episode, if its first `seriesEnd` segments are the series. */
export interface AskedOfSeries extends AskedEpisode {
  /** Netflix's words for the season; null where there are none. */
  readonly seasonLabel: string | null;
  /** Whether the season is the only one: a limited series. */
  readonly isOnlySeason: boolean;
  /** Whether it is a part, a volume or a book: those are often not what a catalogue counts as a season. */
  readonly isPart: boolean;
  /** The words, without numbers, that Netflix puts around a season and an episode: strings with the same are of one language. */
  readonly language: string;
  /** Which of the names leaves what before it as the season's: "Coven", of "Coven: The Axeman Cometh". */
  readonly labels: readonly (string | null)[];
}

export function askedOfSeries(structure: TitleStructure, reading: TitleReading, seriesEnd: number): AskedOfSeries {
  const { segments, markers, suffix } = structure;
  const marked = seasonPosition(structure);
  const season = marked >= seriesEnd ? marked : 0;
  const first = season > 0 ? season + 1 : seriesEnd;
  const label = season > 0 ? segments.slice(seriesEnd, season + 1).join(': ') : null;
  const series = segments.slice(0, seriesEnd).join(': ');
  const names: string[] = [];
  const labels: (string | null)[] = [];
  const add = (name: string, before: string | null) => {
    if (name === '' || names.includes(name)) return;
    names.push(name);
    labels.push(before);
  };
  for (let start = first; start < segments.length; start += 1) {
    const before = start > seriesEnd ? segments.slice(seriesEnd, start).join(': ') : null;
    add(segments.slice(start).join(': '), label ?? before);
  }
  for (const name of [...names]) {
    const at = names.indexOf(name);
    const dashed = name.search(/\s[-–—]\s/u);
    if (dashed > 0) add(name.slice(dashed + 3), labels[at] ?? null);
  }
  const agrees = reading.kind === 'EPISODE';
  const numbered = markers.slice(first).find((marker) => marker?.kind === 'EPISODE' && marker.number !== null);
  return {
    seasonLabel: label,
    isOnlySeason: season > 0 && markers[season]?.kind === 'LIMITED',
    isPart: season > 0 && markers[season]?.kind === 'PART',
    language: wordsOnly(`${label ?? ''} ${suffix?.text ?? ''}`),
    seasonNumber: season > 0 ? (markers[season]?.number ?? null) : seasonByName(series, structure, seriesEnd),
    names,
    labels,
    episodeNumber:
      suffix?.number ??
      (agrees ? reading.episodeNumber : (numbered?.number ?? null)) ??
      numberBeforeName(names[0] ?? ''),
  };
}

const wordsOnly = (text: string) =>
  text
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase();

/** "第四話 雨、逃げ出した後", "第拾参話 使徒、侵入": the old numerals too. */
const COUNTED = /^第\s*(?<number>[0-9０-９]+|[〇一二三四五六七八九十百壱弐参拾]+)\s*[話回集章]/u;
const KANJI = '〇一二三四五六七八九';
const OLD_KANJI: Readonly<Record<string, string>> = { 壱: '一', 弐: '二', 参: '三', 拾: '十' };

function numberBeforeName(name: string): number | null {
  const written = COUNTED.exec(name)?.groups?.number;
  if (written === undefined) return null;
  const digits = written.normalize('NFKC');
  if (/^\d+$/.test(digits)) return Number(digits);
  let [total, digit] = [0, 0];
  for (const character of [...digits].map((one) => OLD_KANJI[one] ?? one)) {
    const unit = character === '十' ? 10 : character === '百' ? 100 : 0;
    if (unit > 0) {
      total += (digit || 1) * unit;
      digit = 0;
    } else digit = digit * 10 + KANJI.indexOf(character);
  }
  return total + digit;
}

/** "Stranger Things: Stranger Things 4: …". */
function seasonByName(series: string, { segments }: TitleStructure, seriesEnd: number): number | null {
  return segments.length > seriesEnd + 1 ? numberInName(series, segments[seriesEnd] ?? '') : null;
}

const SLASH = /\s*\/\s*/u;

/** Two stories in one: "Ready Pet Go! / Chickens in the Mist". */
export function partsOfDouble(name: string): readonly string[] {
  const parts = name.split(SLASH).filter((part) => part !== '');
  return parts.length > 1 ? parts : [];
}
