import { supplementalTitle } from '../../parse/supplemental-title.ts';
import { decideReading, film, unmarkedEpisode } from './decide-reading.ts';
import { NO_EVIDENCE, seasonPosition } from './group-evidence.ts';
import type { TitleReading } from './title-reading.ts';
import { cleanTitle, readStructure, type TitleStructure } from './title-structure.ts';

const PLACEHOLDER = /^(?:NullCompleteVideo|.*(?:^|: )VideoEpisode|[:：\s]*)$/u;
const NO_SERIES = /^\s*[:：]\s/u;

/** The possible readings of one string by itself, likeliest first. Never empty. */
export function readTitle(rawTitle: string): TitleReading[] {
  const fixed = fixedReading(rawTitle);
  if ('kind' in fixed) return [fixed];
  const likeliest = decideReading(fixed, NO_EVIDENCE);
  const readings = [likeliest];
  if (seasonPosition(fixed) > 0 || fixed.suffix || fixed.segments.length === 1) return readings;
  for (let seriesEnd = 1; seriesEnd < fixed.segments.length; seriesEnd += 1) {
    for (let labelEnd = seriesEnd; labelEnd < fixed.segments.length; labelEnd += 1) {
      readings.push(unmarkedEpisode(fixed, seriesEnd, labelEnd, 'possible where a show leaves out its season'));
    }
  }
  readings.push(film(fixed, 'films hold colons too'));
  return distinct(readings);
}

/** What needs no other string: unreadable and supplemental ones are read; all others are only taken apart. */
export function fixedReading(rawTitle: string, headKey?: (head: string) => string): TitleReading | TitleStructure {
  const name = cleanTitle(rawTitle);
  if (PLACEHOLDER.test(name)) {
    return { kind: 'UNREADABLE', evidence: [name === '' ? 'the title is blank' : `“${name}” is a placeholder`] };
  }
  if (NO_SERIES.test(name)) return { kind: 'UNREADABLE', evidence: ['the name before the colon is missing'] };
  const words = supplementalTitle(name);
  if (words !== null) return { kind: 'SUPPLEMENTAL', name, evidence: [`“${words}” names a trailer or the like`] };
  return readStructure(name, headKey);
}

function distinct(readings: readonly TitleReading[]): TitleReading[] {
  const seen = new Set<string>();
  return readings.filter(({ evidence, ...reading }) => {
    const key = JSON.stringify(reading);
    return !seen.has(key) && seen.add(key) && evidence.length > 0;
  });
}
