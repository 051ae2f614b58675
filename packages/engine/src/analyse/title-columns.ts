import type { HistoryColumns, TitleKind } from './history-columns.ts';

/** What figures ask of titles for every row, as columns by place: objects would cost ten times as much to walk through. */
export interface TitleColumns {
  readonly kind: Uint8Array;
  /** Place of the film or series; -1 where none is known. */
  readonly work: Int32Array;
  /** Of a film or an episode, which has its series' where the catalogue gives it none; NaN where none is known, and for whole series. */
  readonly runtimeSeconds: Float64Array;
  /** Of release; -1 where none is known. */
  readonly year: Int32Array;
}

/** What `kind` has in place of words. */
export const kinds: Readonly<Record<TitleKind, number>> = { MOVIE: 0, SERIES: 1, SEASON: 2, EPISODE: 3 };

export function titleColumnsOf({ titles, works }: HistoryColumns): TitleColumns {
  const kind = new Uint8Array(titles.length);
  const work = new Int32Array(titles.length);
  const runtimeSeconds = new Float64Array(titles.length).fill(Number.NaN);
  const year = new Int32Array(titles.length);
  for (let place = 0; place < titles.length; place += 1) {
    const title = titles[place];
    if (title === undefined) continue;
    kind[place] = kinds[title.kind];
    work[place] = title.work;
    year[place] = title.year ?? -1;
    if (title.kind !== 'MOVIE' && title.kind !== 'EPISODE') continue;
    const minutes = title.runtimeMinutes ?? works[title.work]?.runtimeMinutes ?? 0;
    // Catalogues have zeros.
    if (minutes > 0) runtimeSeconds[place] = minutes * 60;
  }
  return { kind, work, runtimeSeconds, year };
}
