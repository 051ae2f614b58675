import type { AnalysedPeriod } from '../analysed-history.ts';
import type { TitleOfHistory } from '../history-columns.ts';
import { runtimeSeconds } from '../session/plays.ts';

export const noFinishKnown =
  'Whether anything was finished needs time watched, which the files do not say, or runtimes, which the catalogue lacks.';

/** Of the viewings of some titles, for how many it is known whether the title was finished. */
export function finishKnown(
  { history, byTitle }: AnalysedPeriod,
  isAsked: (title: TitleOfHistory) => boolean,
): { readonly known: number; readonly of: number } {
  let known = 0;
  let of = 0;
  for (const [place, title] of history.titles.entries()) {
    if (!isAsked(title)) continue;
    of += byTitle.viewings[place] as number;
    if (runtimeSeconds(history, place) !== null) known += byTitle.timed[place] as number;
  }
  return { known, of };
}
