import {
  type Coverage as CoverageShape,
  coverage,
  type Evenings as EveningsShape,
  type EveningTimes as EveningTimesShape,
  evenings,
  type LongestDay as LongestDayShape,
  type LongestDays as LongestDaysShape,
  longestDays,
  type Marathon as MarathonShape,
  type Marathons as MarathonsShape,
  marathons,
  type OnThisDay as OnThisDayShape,
  onThisDay,
  type SameDay as SameDayShape,
  type SessionStats as SessionStatsShape,
  type Streaks as StreaksShape,
  sessionStats,
  streaks,
  type TimelinePoint as TimelinePointShape,
  type Timeline as TimelineShape,
  timeline,
  type WatchTotals as WatchTotalsShape,
  type WeekHour as WeekHourShape,
  type WeekHours as WeekHoursShape,
  watchTotals,
  weekHours,
} from '@watchprint/engine';
import { builder } from '../builder.ts';
import { Title } from '../title.ts';
import { Analytics } from './analytics.ts';
import { CalendarUnit, Figure, limitOf } from './figure.ts';
import { type FigureTitle, listed, shownTitle, shownTitles, titleAt, workAt } from './figure-title.ts';

const instantOf = (seconds: number) => new Date(seconds * 1000);

export const WatchTotals = builder.objectRef<WatchTotalsShape>('WatchTotals').implement({
  interfaces: [Figure],
  fields: (t) => ({
    viewings: t.exposeInt('viewings'),
    accidentalViewings: t.exposeInt('accidentalViewings'),
    accidentalSecondsWatched: t.exposeInt('accidentalSecondsWatched', {
      nullable: true,
      description: 'In those; secondsWatched is without. Null where none of them says.',
    }),
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
    withGenres: t.exposeFloat('withGenres'),
    withImdb: t.exposeFloat('withImdb', { description: 'With IMDb’s rating.' }),
    withRottenTomatoes: t.exposeFloat('withRottenTomatoes', {
      description: 'With a Tomatometer or an audience score.',
    }),
  }),
});

export const TimelinePoint = builder.objectRef<TimelinePointShape>('TimelinePoint').implement({
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
      resolve: ({ points }) => points as TimelinePointShape[],
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
      resolve: ({ cells }) => cells as WeekHourShape[],
    }),
  }),
});

export const Streaks = builder.objectRef<StreaksShape>('Streaks').implement({
  interfaces: [Figure],
  fields: (t) => ({
    longestDays: t.exposeInt('longestDays'),
    longestFrom: t.expose('longestFrom', { type: 'Date', nullable: true }),
    longestTo: t.expose('longestTo', { type: 'Date', nullable: true }),
    currentDays: t.exposeInt('currentDays', {
      description: 'Up to the last day of the history, not of the calendar.',
    }),
  }),
});

export const LongestDay = builder.objectRef<LongestDayShape>('LongestDay').implement({
  fields: (t) => ({
    day: t.expose('day', { type: 'Date' }),
    viewings: t.exposeInt('viewings'),
    secondsWatched: t.exposeInt('secondsWatched', { nullable: true }),
    titles: t.exposeInt('titles'),
  }),
});

const LongestDays = builder.objectRef<LongestDaysShape>('LongestDays').implement({
  interfaces: [Figure],
  fields: (t) => ({ items: t.field({ type: [LongestDay], resolve: ({ items }) => items as LongestDayShape[] }) }),
});

const SessionStats = builder.objectRef<SessionStatsShape>('SessionStats').implement({
  interfaces: [Figure],
  fields: (t) => ({
    count: t.exposeInt('count'),
    medianSeconds: t.exposeInt('medianSeconds', { nullable: true }),
    longestSeconds: t.exposeInt('longestSeconds', { nullable: true }),
    longestStartedAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ longestStartedAt }) => (longestStartedAt === null ? null : instantOf(longestStartedAt)),
    }),
    medianViewings: t.exposeFloat('medianViewings', { nullable: true }),
  }),
});

type ShownMarathon = MarathonShape & { readonly mostOf: FigureTitle | null };

const Marathon = builder.objectRef<ShownMarathon>('Marathon').implement({
  fields: (t) => ({
    startedAt: t.field({ type: 'DateTime', resolve: ({ startedAt }) => instantOf(startedAt) }),
    endedAt: t.field({ type: 'DateTime', resolve: ({ endedAt }) => instantOf(endedAt) }),
    viewings: t.exposeInt('viewings'),
    secondsWatched: t.exposeInt('secondsWatched'),
    mostOf: t.field({
      type: Title,
      nullable: true,
      description: 'The film or series that most of the time went to; null where no string could be read.',
      resolve: (item, _args, context, info) => shownTitle(item, item.mostOf, context, info),
    }),
  }),
});

const Marathons = builder
  .objectRef<Omit<MarathonsShape, 'items'> & { readonly items: readonly ShownMarathon[] }>('Marathons')
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      count: t.exposeInt('count', { description: 'However many are listed.' }),
      items: t.field({
        type: [Marathon],
        resolve: ({ items }, _args, context, info) =>
          listed(items, context, info, { name: 'mostOf', titlesOf: ({ mostOf }) => [mostOf ?? []].flat() }),
      }),
    }),
  });

const EveningTimes = builder.interfaceRef<EveningTimesShape>('EveningTimes').implement({
  description: 'Minutes are counted from the midnight before an evening: 00:30 is 1470.',
  fields: (t) => ({
    evenings: t.exposeInt('evenings', { description: 'With a viewing that began from 17:00 to 04:59.' }),
    lateNights: t.exposeInt('lateNights'),
    medianStartMinute: t.exposeInt('medianStartMinute', { nullable: true }),
    medianEndMinute: t.exposeInt('medianEndMinute', { nullable: true }),
  }),
  resolveType: () => {
    throw new Error('No field answers with bare EveningTimes');
  },
});

const WeekdayEvenings = builder.objectRef<EveningsShape['byWeekday'][number]>('WeekdayEvenings').implement({
  interfaces: [EveningTimes],
  fields: (t) => ({ weekday: t.exposeInt('weekday', { description: '1 Monday to 7 Sunday.' }) }),
});

const Evenings = builder.objectRef<EveningsShape>('Evenings').implement({
  interfaces: [Figure, EveningTimes],
  fields: (t) => ({
    byWeekday: t.field({
      type: [WeekdayEvenings],
      description: 'Seven, of Monday first.',
      resolve: ({ byWeekday }) => [...byWeekday],
    }),
    latestOn: t.expose('latestOn', { type: 'Date', nullable: true, description: 'The evening that ended latest.' }),
    latestEndMinute: t.exposeInt('latestEndMinute', { nullable: true }),
  }),
});

type ShownDay = Omit<SameDayShape, 'titles'> & { readonly titles: readonly FigureTitle[] };

const SameDay = builder.objectRef<ShownDay>('SameDay').implement({
  fields: (t) => ({
    day: t.expose('day', { type: 'Date' }),
    viewings: t.exposeInt('viewings'),
    secondsWatched: t.exposeInt('secondsWatched', { nullable: true }),
    titles: t.field({
      type: [Title],
      description: 'In the order in which they were first watched that day.',
      resolve: (item, _args, context, info) => shownTitles(item, item.titles, context, info),
    }),
  }),
});

const OnThisDay = builder
  .objectRef<Omit<OnThisDayShape, 'items'> & { readonly items: readonly ShownDay[] }>('OnThisDay')
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      items: t.field({
        type: [SameDay],
        resolve: ({ items }, _args, context, info) =>
          listed(items, context, info, { name: 'titles', titlesOf: ({ titles }) => titles }),
      }),
    }),
  });

builder.objectFields(Analytics, (t) => ({
  totals: t.field({ type: WatchTotals, nullable: true, resolve: (of) => of.ofHistory('totals', watchTotals) }),
  coverage: t.field({ type: Coverage, nullable: true, resolve: (of) => of.ofPart('facts', 'coverage', coverage) }),
  timeline: t.field({
    type: Timeline,
    nullable: true,
    description: 'By day it is the calendar.',
    args: { unit: t.arg({ type: CalendarUnit, required: true }) },
    resolve: (of, { unit }) => of.ofHistory(`timeline ${unit}`, (period) => timeline(period, unit)),
  }),
  weekHours: t.field({ type: WeekHours, nullable: true, resolve: (of) => of.ofHistory('weekHours', weekHours) }),
  streaks: t.field({ type: Streaks, nullable: true, resolve: (of) => of.ofHistory('streaks', streaks) }),
  longestDays: t.field({
    type: LongestDays,
    nullable: true,
    args: { first: t.arg.int({ defaultValue: 10 }) },
    resolve: (of, { first }) => {
      const limit = limitOf(first);
      return of.ofHistory(`longestDays ${limit}`, (period) => longestDays(period, limit));
    },
  }),
  sessions: t.field({ type: SessionStats, nullable: true, resolve: (of) => of.ofHistory('sessions', sessionStats) }),
  marathons: t.field({
    type: Marathons,
    nullable: true,
    args: { first: t.arg.int({ defaultValue: 10 }) },
    resolve: (of, { first }) => {
      const limit = limitOf(first);
      return of.ofHistory(`marathons ${limit}`, (period) => {
        const figure = marathons(period, limit);
        const shown = (one: MarathonShape) => ({
          ...one,
          mostOf: one.work === null ? null : workAt(of.history, one.work),
        });
        return { ...figure, items: figure.items.map(shown) };
      });
    },
  }),
  evenings: t.field({ type: Evenings, nullable: true, resolve: (of) => of.ofHistory('evenings', evenings) }),
  onThisDay: t.field({
    type: OnThisDay,
    nullable: true,
    description: 'This day of the year in other years.',
    args: { day: t.arg({ type: 'Date', required: true }) },
    resolve: (of, { day }) =>
      of.ofHistory(`onThisDay ${day}`, (period) => {
        const figure = onThisDay(period, day);
        const shown = (one: SameDayShape) => ({
          ...one,
          titles: one.titles.map((place) => titleAt(of.history, place)),
        });
        return { ...figure, items: figure.items.map(shown) };
      }),
  }),
}));
