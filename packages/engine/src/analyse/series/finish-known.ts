import type { AnalysedPeriod } from '../analysed-history.ts';
import { noRuntimeKnown } from '../figure.ts';
import type { TitleKind } from '../history-columns.ts';
import { kinds } from '../title-columns.ts';

const needed = 'Whether anything was finished needs time watched and runtimes';

/** Why it is known of nothing. */
export const noFinishKnown = ({ rows, history }: AnalysedPeriod): string =>
  rows.every((row) => (history.seconds[row] as number) < 0)
    ? `${needed}: the files do not say how long was watched.`
    : `${needed}. ${noRuntimeKnown}`;

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
