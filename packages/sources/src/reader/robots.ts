import robotsParser from 'robots-parser';
import type { StoredRobots } from './schedule.ts';

/** Which of a robots.txt's groups are meant for us. */
export const robotName = 'Watchprint';

/** RFC 9309, 2.4: not longer than a day. */
const keptForMs = 24 * 3_600_000;
/** One that could not be had is looked for again sooner. */
const unreachableForMs = 10 * 60_000;

/** Whether it has to be read again. */
export const isRobotsOld = ({ status, fetchedAt }: StoredRobots, now: Date): boolean =>
  now.getTime() - fetchedAt.getTime() > (isUnreachable(status) ? unreachableForMs : keptForMs);

/** RFC 9309, 2.3.1.3 and 2.3.1.4: 400 to 499 means that there are no rules; what is not there at all forbids everything. */
const isUnreachable = (status: number | null) => status === null || status === 429 || status >= 500 || status < 200;

export type RobotsVerdict =
  | { readonly may: true /** What it asks for between two requests, in milliseconds. */; readonly gapMs: number }
  | { readonly may: false; readonly because: 'ROBOTS_FORBIDS' | 'ROBOTS_UNREACHABLE' };

/** The longest gap that a robots.txt can ask for: with more, we would rather not be asked. */
const longestGapMs = 60_000;

export function robotsVerdict({ status, text }: StoredRobots, url: string): RobotsVerdict {
  if (isUnreachable(status)) return { may: false, because: 'ROBOTS_UNREACHABLE' };
  if (status === null || status > 299) return { may: true, gapMs: 0 };
  const robots = robotsParser(new URL('/robots.txt', url).href, text);
  if (robots.isAllowed(url, robotName) === false) return { may: false, because: 'ROBOTS_FORBIDS' };
  const seconds = Number(robots.getCrawlDelay(robotName) ?? 0);
  return { may: true, gapMs: Number.isNaN(seconds) ? 0 : Math.min(longestGapMs, Math.max(0, seconds * 1000)) };
}

/** RFC 9309, 2.5: so much of it at least is read. */
const mostCharacters = 512 * 1024;

/**
 * What of a robots.txt is kept: the beginning of one that does not end, and of the names of a group those that can be ours and one of the
 * others. Very many names before very many rules would take their product to read.
 */
export function shortRobots(text: string): string {
  const lines = text.slice(0, mostCharacters).split(/\r\n|\r|\n/);
  // Half a rule is another rule.
  if (text.length > mostCharacters) lines.pop();
  const names = new Set<string>();
  const isKept = (line: string): boolean => {
    const [, field = '', value = ''] = /^([^#:]*):([^#]*)/.exec(line) ?? [];
    if (field.trim() === '') return true;
    if (field.trim().toLowerCase() !== 'user-agent') {
      names.clear();
      return true;
    }
    const [product = ''] = value.trim().toLowerCase().split('/');
    const name = product === '*' || product.trim() === robotName.toLowerCase() ? product.trim() : 'another';
    const isNew = !names.has(name);
    names.add(name);
    return isNew;
  };
  return lines.filter(isKept).join('\n');
}
