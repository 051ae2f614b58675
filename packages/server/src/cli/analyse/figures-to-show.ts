import type { Analytics, Figures } from '@watchprint/sdk';

export type Totals = NonNullable<Analytics['totals']>;
type Timeline = NonNullable<Analytics['timeline']>;
type Ranking = NonNullable<Analytics['top']>;
export type Item = Ranking['items'][number];

/** What `everyFigure` answers, as far as the summary shows it: the client's figures, and some of them for several units and dimensions. */
export interface FiguresToShow extends Figures {
  readonly totals: Totals;
  readonly month: Timeline;
  readonly year: Timeline;
  readonly weekHours: NonNullable<Analytics['weekHours']>;
  readonly SERIES: Ranking;
  readonly GENRE: Ranking;
  readonly DECADE: Ranking;
  readonly COUNTRY: Ranking;
  readonly DEVICE: Ranking;
}
