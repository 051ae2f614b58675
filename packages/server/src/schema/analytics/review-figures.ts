import {
  type ComparedGenre as ComparedGenreShape,
  type ComparedNumber as ComparedNumberShape,
  comparePeriods,
  dayFromDate,
  type PeriodComparison as PeriodComparisonShape,
  type YearInReview as YearInReviewShape,
  yearInReview,
} from '@watchprint/engine';
import { badInput } from '../../bad-input.ts';
import { builder } from '../builder.ts';
import { Title } from '../title.ts';
import { Analytics, PeriodInput, periodOf } from './analytics.ts';
import { Figure } from './figure.ts';
import { type FigureTitle, shownTitle, titleAt, workAt } from './figure-title.ts';
import { Binge, type ShownBinge } from './series-figures.ts';
import { LongestDay, Streaks, TimelinePoint, WatchTotals } from './time-figures.ts';
import { RankingItem, type ShownItem, shownItems } from './title-figures.ts';

const ComparedName = builder.enumType('ComparedName', {
  values: [
    'DAYS',
    'VIEWINGS',
    'SECONDS_WATCHED',
    'ACTIVE_DAYS',
    'TITLES',
    'MOVIES',
    'SERIES',
    'EPISODES',
    'LONGEST_STREAK',
    'SITTINGS',
    'MEDIAN_SITTING_SECONDS',
  ] as const,
});

const ComparedNumber = builder.objectRef<ComparedNumberShape>('ComparedNumber').implement({
  fields: (t) => ({
    name: t.expose('name', { type: ComparedName }),
    here: t.exposeFloat('here', { nullable: true, description: 'Of the period that was asked for.' }),
    there: t.exposeFloat('there', { nullable: true, description: 'Of the other.' }),
  }),
});

const ComparedGenre = builder.objectRef<ComparedGenreShape>('ComparedGenre').implement({
  description: 'Shares of the viewings whose genre is known, 0 to 1.',
  fields: (t) => ({
    genre: t.exposeString('genre'),
    here: t.exposeFloat('here'),
    there: t.exposeFloat('there'),
  }),
});

const PeriodComparison = builder.objectRef<PeriodComparisonShape>('PeriodComparison').implement({
  interfaces: [Figure],
  fields: (t) => ({
    numbers: t.field({ type: [ComparedNumber], resolve: ({ numbers }) => [...numbers] }),
    genres: t.field({
      type: [ComparedGenre],
      description: 'By how much the share changed, most first.',
      resolve: ({ genres }) => [...genres],
    }),
  }),
});

type ShownReview = Omit<YearInReviewShape, 'binge' | 'series' | 'films' | 'firstTitle' | 'lastTitle'> & {
  readonly binge: ShownBinge | null;
  readonly series: readonly ShownItem[];
  readonly films: readonly ShownItem[];
  readonly firstTitle: FigureTitle | null;
  readonly lastTitle: FigureTitle | null;
};

const YearInReview = builder.objectRef<ShownReview>('YearInReview').implement({
  interfaces: [Figure],
  fields: (t) => ({
    year: t.exposeInt('year'),
    totals: t.expose('totals', { type: WatchTotals }),
    busiestMonth: t.expose('busiestMonth', { type: TimelinePoint, nullable: true }),
    longestDay: t.expose('longestDay', { type: LongestDay, nullable: true }),
    streaks: t.expose('streaks', { type: Streaks }),
    binge: t.expose('binge', { type: Binge, nullable: true, description: 'The largest.' }),
    series: t.field({
      type: [RankingItem],
      description: 'The five most watched.',
      resolve: ({ series }) => [...series],
    }),
    films: t.field({ type: [RankingItem], description: 'The five most watched.', resolve: ({ films }) => [...films] }),
    genres: t.field({
      type: [RankingItem],
      description: 'The five most watched.',
      resolve: ({ genres }) => genres.map((genre) => ({ ...genre, title: null })),
    }),
    newTitles: t.exposeInt('newTitles', { description: 'Films and series watched for the first time.' }),
    firstTitle: t.field({
      type: Title,
      nullable: true,
      resolve: (item, _args, context, info) => shownTitle(item, item.firstTitle, context, info),
    }),
    lastTitle: t.field({
      type: Title,
      nullable: true,
      resolve: (item, _args, context, info) => shownTitle(item, item.lastTitle, context, info),
    }),
  }),
});

builder.objectFields(Analytics, (t) => ({
  comparedWith: t.field({
    type: PeriodComparison,
    nullable: true,
    description: 'The main numbers of this period beside those of another.',
    args: { period: t.arg({ type: PeriodInput, required: true }) },
    resolve: (of, { period: given }) => {
      const other = periodOf(given);
      return of.ofPart('facts', `comparedWith ${other.from} ${other.to}`, (period, facts) =>
        comparePeriods(period, of.analysis.history.in(other), facts),
      );
    },
  }),
  yearInReview: t.field({
    type: YearInReview,
    nullable: true,
    description: 'One calendar year, whatever the period is.',
    args: { year: t.arg.int({ required: true }) },
    resolve: (of, { year }) => {
      const from = dayFromDate(year, 1, 1);
      const to = dayFromDate(year, 12, 31);
      if (!(year >= 1970 && year <= 9999) || from === null || to === null)
        throw badInput('year must be from 1970 to 9999.');
      return of.ofPart('facts', `yearInReview ${year}`, (_, facts): ShownReview => {
        const { binge, series, films, firstTitle, lastTitle, ...review } = yearInReview(
          of.analysis.history.in({ from, to }),
          year,
          facts,
        );
        const shown = (place: number | null) => (place === null ? null : titleAt(of.history, place));
        return {
          ...review,
          binge: binge && { ...binge, series: workAt(of.history, binge.work) },
          series: shownItems(of, series),
          films: shownItems(of, films),
          firstTitle: shown(firstTitle),
          lastTitle: shown(lastTitle),
        };
      });
    },
  }),
}));
