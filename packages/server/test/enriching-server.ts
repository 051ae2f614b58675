import { sources as allSources, type Sites } from '@watchprint/sources';
import type { MemoryWork } from '../../engine/test/memory-catalogue.ts';
import type { OriginRequest, OriginTitle } from '../../sources/test/source-origin.ts';
import { variableOfSite } from '../src/source-settings.ts';
import type { ServerOfTest } from './server-on-every-database.ts';

/** So many made-up films and series, by turns: their ids in every source follow from the number in IMDb's. */
export const manyWorks = (count: number): MemoryWork[] =>
  Array.from({ length: count }, (_, place) => ({
    id: `tt${1_000_000 + place * 7}`,
    kind: place % 2 === 0 ? 'MOVIE' : 'SERIES',
    minor: false,
    name: `Made Up ${place}`,
    year: 1990 + (place % 30),
    endYear: place % 2 === 0 ? null : 1995 + (place % 30),
    registeredYear: null,
    runtimeMinutes: 90,
    voteCount: 1000 + place,
  }));

export const originTitles = (works: readonly MemoryWork[]): OriginTitle[] =>
  works.map(({ id, kind, name, year }) => ({ id, kind, name, year }));

/** The same gap for every source. */
export const gapsOf = (milliseconds: number): Record<string, number> =>
  Object.fromEntries(allSources.map(({ id }) => [id, milliseconds]));

/** The settings of a server process that asks an origin, as variables. */
export const environmentFor = (sites: Sites, sources: readonly string[], gapMs: number): Record<string, string> => ({
  SOURCES: sources.join(','),
  SOURCE_CONTACT: 'somebody@example.org',
  SOURCE_GAPS: Object.entries(gapsOf(gapMs))
    .map(([name, milliseconds]) => `${name}=${milliseconds}`)
    .join(','),
  ...Object.fromEntries(Object.entries(sites).map(([site, url]) => [variableOfSite(site), url])),
});

/** Waits until nothing is to be read any more. */
export async function allRead({ database }: Pick<ServerOfTest, 'database'>): Promise<void> {
  for (;;) {
    const [left] = await database.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM enrichment WHERE wanted_at IS NOT NULL',
    );
    if (left?.count === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until nothing is to be read or matched any more; strings that wait for a catalogue apart. */
export async function allQuiet({ database }: Pick<ServerOfTest, 'database'>): Promise<void> {
  for (;;) {
    await allRead({ database });
    const [left] = await database.sql.query<{ busy: boolean }>(
      `SELECT EXISTS (SELECT FROM look_up WHERE answered_at IS NOT NULL)
         OR EXISTS (SELECT FROM matching WHERE status = 'RUNNING')
         OR EXISTS (SELECT FROM matching WHERE status = 'QUEUED' AND matched_with IS NOT NULL) AS busy`,
    );
    if (left?.busy === false) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Requests to each host that began before the one before had ended, or too soon after it. */
export function impatient(requests: readonly OriginRequest[], gapMs: number): string[] {
  const complaints: string[] = [];
  for (const site of new Set(requests.map((request) => request.site))) {
    const own = requests.filter((request) => request.site === site).sort((a, b) => a.startedAt - b.startedAt);
    for (const [place, request] of own.entries()) {
      const before = own[place - 1];
      const gap = before === undefined ? Number.POSITIVE_INFINITY : request.startedAt - before.endedAt;
      if (gap < gapMs) complaints.push(`${site} ${request.path}: ${gap.toFixed(1)} ms after ${before?.path}`);
    }
  }
  return complaints;
}

/** What was asked for more than once, by site and key; robots.txt apart. */
export function askedTwice(requests: readonly OriginRequest[]): string[] {
  const seen = new Map<string, number>();
  for (const { site, key, answered } of requests)
    if (answered !== 'ROBOTS')
      for (const one of key.split('|')) seen.set(`${site} ${one}`, (seen.get(`${site} ${one}`) ?? 0) + 1);
  return [...seen].filter(([, times]) => times > 1).map(([name, times]) => `${name}: ${times} times`);
}
