import type { AnalysedPeriod } from '../analysed-history.ts';
import type { TitleKind } from '../history-columns.ts';
import { kinds } from '../title-columns.ts';

export const noFinishKnown =
  'Whether anything was finished needs time watched, which the files do not say, or runtimes, which the catalogue lacks.';

/** Of the viewings of some titles, for how many it is known whether the title was finished. */
export function finishKnown(
  { whole, byTitle }: AnalysedPeriod,
  asked: readonly TitleKind[],
): { readonly known: number; readonly of: number } {
  let known = 0;
  let of = 0;
  const { kind, runtimeSeconds } = whole.titleColumns;
  const wanted = asked.map((name) => kinds[name]);
  for (let place = 0; place < kind.length; place += 1) {
    if (!wanted.includes(kind[place] as number)) continue;
    of += byTitle.viewings[place] as number;
    if (!Number.isNaN(runtimeSeconds[place])) known += byTitle.timed[place] as number;
  }
  return { known, of };
}
