import type { ReadString } from '../read/read-titles.ts';
import type { EpisodesOf, FoundWorks, SeriesToMatch } from './find-works.ts';
import type { Correction } from './match.ts';
import { type RowsOf, type WeighedSeries, weighSeriesName } from './weigh-candidates.ts';
import { namedWork } from './weigh-work.ts';

/** Series that a person settled by one of their strings. */
export interface CorrectedSeries {
  /** The settled series whose name a string has; null where there is none. */
  seriesOf(string: ReadString): WeighedSeries | null;
}

/**
 * Strings that are read with the same name of a series follow the one that a person settled: where the season is marked, the name
 * before it; else the longest name that was settled. Where two were settled as different series, nothing follows. Of strings that are
 * read as films those follow that begin with a name that the catalogue has for the series, or with the name of one of its episodes behind it.
 */
export function followCorrections(
  series: readonly SeriesToMatch[],
  found: FoundWorks,
  episodesOf: EpisodesOf,
  rowsOf: RowsOf,
  corrections: ReadonlyMap<string, Correction>,
): CorrectedSeries {
  const settled = series.flatMap(({ name, works, listed }): WeighedSeries[] => {
    const ids = new Set(
      name.members.flatMap(({ string, leftOut }) => {
        const correction = corrections.get(string.rawTitle);
        return correction?.workId == null || leftOut > 0 ? [] : correction.workId;
      }),
    );
    const [id] = ids;
    const work = id === undefined || ids.size > 1 ? undefined : found.work(id);
    if (work === undefined || work.kind !== 'SERIES') return [];
    const way = works.find((one) => one.work.id === id) ?? namedWork(work, null, 'NONE');
    return [weighSeriesName({ name, works: [way], listed }, episodesOf, rowsOf)];
  });
  const seriesOf = new Map<ReadString, WeighedSeries>();
  // The longest last: it takes the place of those that it goes on from.
  for (const one of settled.sort((a, b) => a.name.name.length - b.name.name.length))
    for (const { string, leftOut } of one.candidates.length > 0 ? one.name.members : [])
      if (leftOut === 0) seriesOf.set(string, one);
  return { seriesOf: (string) => seriesOf.get(string) ?? null };
}
