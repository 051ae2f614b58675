import { loadHistory } from '@watchprint/database';
import {
  type Coverage as CoverageShape,
  coverage,
  createZone,
  type Figure as FigureShape,
  type HistoryColumns,
  type Period,
  type RankingItem as RankingItemShape,
  type Ranking as RankingShape,
  ranking,
  type TimelinePoint as TimelinePointShape,
  type Timeline as TimelineShape,
  timeline,
  type WatchTotals as WatchTotalsShape,
  type WeekHour as WeekHourShape,
  type WeekHours as WeekHoursShape,
  watchTotals,
  weekHours,
} from '@watchprint/engine';
import { badInput } from '../bad-input.ts';
import { builder } from './builder.ts';
import { Dimension } from './dimension.ts';
import { Profile } from './profile-ref.ts';
import { publicId } from './public-id.ts';
import { Title } from './title.ts';

interface AnalyticsShape {
  readonly history: HistoryColumns;
  readonly period: Period;
  readonly timeZone: string;
}

const Figure = builder.interfaceRef<FigureShape>('Figure').implement({
  fields: (t) => ({
    definition: t.exposeString('definition', { description: 'What is counted, in a sentence.' }),
    coverage: t.exposeFloat('coverage', {
      nullable: true,
      description: 'Share of the period’s viewings that it rests on, 0 to 1.',
    }),
    unknownBecause: t.exposeString('unknownBecause', {
      nullable: true,
      description: 'Why there is no figure; null where there is one.',
    }),
  }),
  resolveType: () => {
    throw new Error('No field answers with a bare Figure');
  },
});

const WatchTotals = builder.objectRef<WatchTotalsShape>('WatchTotals').implement({
  interfaces: [Figure],
  fields: (t) => ({
    viewings: t.exposeInt('viewings'),
    accidentalViewings: t.exposeInt('accidentalViewings'),
    secondsWatched: t.exposeInt('secondsWatched', { nullable: true, description: 'Null where no row says.' }),
    titles: t.exposeInt('titles'),
    movies: t.exposeInt('movies'),
    series: t.exposeInt('series'),
    episodes: t.exposeInt('episodes'),
    activeDays: t.exposeInt('activeDays'),
    firstWatchedOn: t.expose('firstWatchedOn', { type: 'Date', nullable: true }),
    lastWatchedOn: t.expose('lastWatchedOn', { type: 'Date', nullable: true }),
  }),
});

const Coverage = builder.objectRef<CoverageShape>('Coverage').implement({
  description: 'Shares of the viewings in the period, 0 to 1.',
  fields: (t) => ({
    matched: t.exposeFloat('matched', { description: 'Joined to the catalogue; READ does not count.' }),
    withDuration: t.exposeFloat('withDuration'),
    withTimeOfDay: t.exposeFloat('withTimeOfDay'),
  }),
});

const CalendarUnit = builder.enumType('CalendarUnit', { values: ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const });

const TimelinePoint = builder.objectRef<TimelinePointShape>('TimelinePoint').implement({
  fields: (t) => ({
    start: t.expose('start', { type: 'Date' }),
    viewings: t.exposeInt('viewings'),
    secondsWatched: t.exposeInt('secondsWatched', { nullable: true }),
  }),
});

const Timeline = builder.objectRef<TimelineShape>('Timeline').implement({
  interfaces: [Figure],
  fields: (t) => ({
    points: t.field({
      type: [TimelinePoint],
      description: 'Oldest first, no gaps.',
      resolve: ({ points }) => [...points],
    }),
  }),
});

const WeekHour = builder.objectRef<WeekHourShape>('WeekHour').implement({
  fields: (t) => ({
    weekday: t.exposeInt('weekday', { description: '1 Monday to 7 Sunday.' }),
    hour: t.exposeInt('hour'),
    viewings: t.exposeInt('viewings'),
    secondsWatched: t.exposeInt('secondsWatched', { nullable: true }),
  }),
});

const WeekHours = builder.objectRef<WeekHoursShape>('WeekHours').implement({
  interfaces: [Figure],
  fields: (t) => ({
    cells: t.field({
      type: [WeekHour],
      description: '168, Monday 00:00 first; none where the file has no times of day.',
      resolve: ({ cells }) => [...cells],
    }),
  }),
});

const RankingItem = builder.objectRef<RankingItemShape>('RankingItem').implement({
  fields: (t) => ({
    key: t.string({
      description: 'Stable: an id, a code or the word itself.',
      resolve: ({ key, titleId }) => (titleId === null ? key : publicId('Title', titleId)),
    }),
    label: t.exposeString('label'),
    title: t.prismaField({
      type: Title,
      nullable: true,
      description: 'Null where the ranking is of something else, such as devices.',
      resolve: (query, { titleId }, _args, { account }) => {
        // Read in any case: one that is not read counts as forgotten.
        const selection = { ...query };
        return titleId === null ? null : account.prisma.title.findUnique({ ...selection, where: { id: titleId } });
      },
    }),
    viewings: t.exposeInt('viewings'),
    secondsWatched: t.exposeInt('secondsWatched', { nullable: true }),
    share: t.exposeFloat('share', { description: 'Of the viewings the dimension is known for, 0 to 1.' }),
  }),
});

const Ranking = builder.objectRef<RankingShape>('Ranking').implement({
  interfaces: [Figure],
  fields: (t) => ({ items: t.field({ type: [RankingItem], resolve: ({ items }) => [...items] }) }),
});

const Analytics = builder.objectRef<AnalyticsShape>('Analytics').implement({
  description: 'A figure that fails is null and leaves the others alone.',
  fields: (t) => ({
    from: t.field({ type: 'Date', nullable: true, resolve: ({ period }) => period.from }),
    to: t.field({ type: 'Date', nullable: true, resolve: ({ period }) => period.to }),
    totals: t.field({
      type: WatchTotals,
      nullable: true,
      resolve: ({ history, period }) => watchTotals(history, period),
    }),
    coverage: t.field({
      type: Coverage,
      nullable: true,
      resolve: ({ history, period }) => coverage(history, period),
    }),
    timeline: t.field({
      type: Timeline,
      nullable: true,
      args: { unit: t.arg({ type: CalendarUnit, required: true }) },
      resolve: ({ history, period }, { unit }) => timeline(history, period, unit),
    }),
    weekHours: t.field({
      type: WeekHours,
      nullable: true,
      resolve: ({ history, period, timeZone }) => weekHours(history, period, createZone(timeZone)),
    }),
    top: t.field({
      type: Ranking,
      nullable: true,
      description: 'The most watched, by one dimension.',
      args: { dimension: t.arg({ type: Dimension, required: true }), first: t.arg.int() },
      resolve: ({ history, period }, { dimension, first }) => {
        const limit = first ?? 50;
        if (limit < 0 || limit > 500) throw badInput('first must be from 0 to 500.');
        return ranking(history, period, dimension, limit);
      },
    }),
  }),
});

const PeriodInput = builder.inputType('PeriodInput', {
  description: 'Days are inclusive; one that is left out leaves that end open.',
  fields: (t) => ({ from: t.field({ type: 'Date' }), to: t.field({ type: 'Date' }) }),
});

builder.prismaObjectField(Profile, 'analytics', (t) =>
  t.field({
    type: Analytics,
    nullable: true,
    args: { period: t.arg({ type: PeriodInput }) },
    resolve: async ({ id, timeZone }, { period }, { account }) => {
      const from = period?.from ?? null;
      const to = period?.to ?? null;
      if (from !== null && to !== null && from > to) throw badInput('from lies after to.');
      return { history: await loadHistory(account, id), period: { from, to }, timeZone };
    },
  }),
);
