import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, noViewings, type Statistic } from '../figure.ts';

export const acclaimedStatistic: Statistic = {
  definition:
    'Films and series that IMDb’s voters rate highest and of which this profile has no viewing, in the whole history.',
  formula:
    'The catalogue’s films and series with at least 25,000 votes by (v·R + m·C) / (v + m), R being the mean rating, v the votes, m = 25,000 and C = 7.0; those of which anything was watched are left out. Strings that were not joined to the catalogue cannot leave a title out: coverage is the share of viewings that were.',
  source: 'The weighted rating that IMDb publishes for its Top 250; C and m are ours.',
  needs: ['CATALOGUE'],
};

export interface AcclaimedWork {
  readonly imdbId: string;
  readonly kind: 'MOVIE' | 'SERIES';
  readonly name: string;
  readonly year: number | null;
  /** 0 to 10. */
  readonly rating: number;
  readonly voteCount: number;
}

export interface AcclaimedUnseen extends Figure {
  readonly items: readonly AcclaimedWork[];
}

/** @param acclaimed Of the whole catalogue, the best first; null: there is no catalogue, or it has no ratings. */
export function acclaimedUnseen(
  { whole, rows, history }: AnalysedPeriod,
  acclaimed: readonly AcclaimedWork[] | null,
  kind: AcclaimedWork['kind'] | null,
  limit: number,
): AcclaimedUnseen {
  const seen = new Set<string>();
  for (const work of whole.in({ from: null, to: null }).byWork.viewings.entries()) {
    const [place, viewings] = work;
    const imdbId = history.works[place]?.imdbId ?? null;
    if (viewings > 0 && imdbId !== null) seen.add(imdbId);
  }
  let matched = 0;
  for (const row of rows) matched += history.matched[row] as number;
  return {
    definition: acclaimedStatistic.definition,
    coverage: rows.length === 0 ? null : matched / rows.length,
    unknownBecause:
      rows.length === 0
        ? noViewings
        : acclaimed === null
          ? 'There is no catalogue with ratings: `watchprint lake sync imdb` brings it.'
          : null,
    items: (acclaimed ?? [])
      .filter((one) => !seen.has(one.imdbId) && (kind === null || one.kind === kind))
      .slice(0, limit),
  };
}
