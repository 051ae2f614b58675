import {
  type Diversity as DiversityShape,
  diversity,
  type PeoplePair as PeoplePairShape,
  type PeoplePairs as PeoplePairsShape,
  peoplePairs,
  type RankingItem as RankingItemShape,
  type Ranking as RankingShape,
  type Releases as ReleasesShape,
  ranking,
  releases,
  type Taste as TasteShape,
  type TasteValue as TasteValueShape,
  taste,
} from '@watchprint/engine';
import type { AnalyticsOfPeriod } from '../../analysing/analytics-of-period.ts';
import { badInput } from '../../bad-input.ts';
import { builder } from '../builder.ts';
import { Person } from '../imdb-facts.ts';
import { publicId } from '../public-id.ts';
import { Title } from '../title.ts';
import { Analytics } from './analytics.ts';
import { Dimension } from './dimension.ts';
import { CalendarUnit, Figure, limitOf } from './figure.ts';
import { type FigureTitle, listed, shownTitle, shownTitles, titleAt, workAt } from './figure-title.ts';

export type ShownItem = RankingItemShape & { readonly title: FigureTitle | null };

export const RankingItem = builder.objectRef<ShownItem>('RankingItem').implement({
  fields: (t) => ({
    key: t.string({
      description: 'Stable: an id, a code or the word itself.',
      resolve: ({ key, titleId }) => (titleId === null ? key : publicId('Title', titleId)),
    }),
    label: t.exposeString('label'),
    title: t.field({
      type: Title,
      nullable: true,
      description: 'Null where the ranking is of something else, such as devices.',
      resolve: (item, _args, context, info) =>
        item.title === null ? null : shownTitle(item, item.title, context, info),
    }),
    viewings: t.exposeInt('viewings'),
    secondsWatched: t.exposeInt('secondsWatched', { nullable: true }),
    share: t.exposeFloat('share', { description: 'Of the viewings the dimension is known for, 0 to 1.' }),
  }),
});

/** With the titles that items are. */
export function shownItems(of: AnalyticsOfPeriod, items: readonly RankingItemShape[]): ShownItem[] {
  const { history } = of;
  return items.map((item) => ({ ...item, title: titleOf(item) }));

  function titleOf({ titleId, place }: RankingItemShape): FigureTitle | null {
    if (titleId === null) return null;
    return history.works[place]?.id === titleId ? workAt(history, place) : titleAt(history, place);
  }
}

export const titleOfItem = { name: 'title', titlesOf: ({ title }: ShownItem) => (title === null ? [] : [title]) };

const Ranking = builder
  .objectRef<Omit<RankingShape, 'items'> & { readonly items: readonly ShownItem[] }>('Ranking')
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      items: t.field({
        type: [RankingItem],
        resolve: ({ items }, _args, context, info) => listed(items, context, info, titleOfItem),
      }),
    }),
  });

const DiversityPoint = builder.objectRef<DiversityShape['points'][number]>('DiversityPoint').implement({
  fields: (t) => ({
    start: t.expose('start', { type: 'Date' }),
    normalisedEntropy: t.exposeFloat('normalisedEntropy', { nullable: true }),
    values: t.exposeInt('values'),
  }),
});

const Diversity = builder.objectRef<DiversityShape>('Diversity').implement({
  interfaces: [Figure],
  fields: (t) => ({
    normalisedEntropy: t.exposeFloat('normalisedEntropy', {
      nullable: true,
      description: '0: all of one value. 1: all that the whole history has, equally often.',
    }),
    effectiveValues: t.exposeFloat('effectiveValues', {
      nullable: true,
      description: 'So many values, watched equally often, would be as diverse.',
    }),
    values: t.exposeInt('values'),
    points: t.field({
      type: [DiversityPoint],
      description: 'How it moved, oldest first; units without viewings are left out.',
      resolve: ({ points }) => [...points],
    }),
  }),
});

const TasteValue = builder.objectRef<TasteValueShape>('TasteValue').implement({
  fields: (t) => ({
    key: t.string({ resolve: ({ key, titleId }) => (titleId === null ? key : publicId('Title', titleId)) }),
    label: t.exposeString('label'),
    shares: t.floatList({
      description: 'Of the viewings the dimension is known for, 0 to 1, in each unit of `starts`.',
      resolve: ({ shares }) => [...shares],
    }),
  }),
});

const Taste = builder.objectRef<TasteShape>('Taste').implement({
  interfaces: [Figure],
  fields: (t) => ({
    starts: t.field({ type: ['Date'], description: 'Oldest first.', resolve: ({ starts }) => [...starts] }),
    items: t.field({ type: [TasteValue], resolve: ({ items }) => [...items] }),
  }),
});

type ShownPair = Omit<PeoplePairShape, 'works'> & { readonly titles: readonly FigureTitle[] };

const PeoplePair = builder.objectRef<ShownPair>('PeoplePair').implement({
  fields: (t) => ({
    people: t.field({ type: [Person], description: 'Two, by name.', resolve: ({ people }) => [...people] }),
    titles: t.field({
      type: [Title],
      description: 'What they made together and was watched, the most watched first.',
      resolve: (item, _args, context, info) => shownTitles(item, item.titles, context, info),
    }),
    viewings: t.exposeInt('viewings'),
  }),
});

const PeoplePairs = builder
  .objectRef<Omit<PeoplePairsShape, 'items'> & { readonly items: readonly ShownPair[] }>('PeoplePairs')
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      items: t.field({
        type: [PeoplePair],
        resolve: ({ items }, _args, context, info) =>
          listed(items, context, info, { name: 'titles', titlesOf: ({ titles }) => titles }),
      }),
    }),
  });

const ReleaseYears = builder.interfaceRef<Omit<ReleasesShape['years'][number], 'year'>>('ReleaseYears').implement({
  fields: (t) => ({
    viewings: t.exposeInt('viewings', { description: 'Whose year of release is known.' }),
    medianYears: t.exposeFloat('medianYears', { nullable: true, description: 'From release to watching.' }),
    newShare: t.exposeFloat('newShare', {
      nullable: true,
      description: 'Watched in the year of their release, 0 to 1.',
    }),
  }),
  resolveType: () => {
    throw new Error('No field answers with bare ReleaseYears');
  },
});

const YearOfReleases = builder.objectRef<ReleasesShape['years'][number]>('YearOfReleases').implement({
  interfaces: [ReleaseYears],
  fields: (t) => ({ year: t.exposeInt('year', { description: 'Of watching.' }) }),
});

const Releases = builder.objectRef<ReleasesShape>('Releases').implement({
  interfaces: [Figure, ReleaseYears],
  fields: (t) => ({
    medianDays: t.exposeFloat('medianDays', {
      nullable: true,
      description: 'Of films whose day of release a source says.',
    }),
    filmsWithDay: t.exposeInt('filmsWithDay', { description: 'Viewings of such films.' }),
    years: t.field({ type: [YearOfReleases], description: 'Oldest first.', resolve: ({ years }) => [...years] }),
  }),
});

/** One point a day of years, each over thousands of values, is nothing that anybody reads. */
function coarse(unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR' | null | undefined): 'MONTH' | 'YEAR' {
  if (unit === 'DAY' || unit === 'WEEK') throw badInput('unit must be MONTH or YEAR here.');
  return unit ?? 'YEAR';
}

builder.objectFields(Analytics, (t) => ({
  top: t.field({
    type: Ranking,
    nullable: true,
    description: 'The most watched, by one dimension.',
    args: { dimension: t.arg({ type: Dimension, required: true }), first: t.arg.int() },
    resolve: (of, { dimension, first }) => {
      const limit = limitOf(first);
      return of.ofPart('facts', `top ${dimension} ${limit}`, (period, facts) => {
        const figure = ranking(period, facts, dimension, limit);
        return { ...figure, items: shownItems(of, figure.items) };
      });
    },
  }),
  diversity: t.field({
    type: Diversity,
    nullable: true,
    description: 'How evenly viewings are spread over the values of a dimension, and how that moved.',
    args: { dimension: t.arg({ type: Dimension, required: true }), unit: t.arg({ type: CalendarUnit }) },
    resolve: (of, { dimension, unit }) => {
      const by = coarse(unit);
      return of.ofPart('facts', `diversity ${dimension} ${by}`, (period, facts) =>
        diversity(period, facts, dimension, by),
      );
    },
  }),
  taste: t.field({
    type: Taste,
    nullable: true,
    description: 'What share the most watched values of a dimension had in each month or year.',
    args: {
      dimension: t.arg({ type: Dimension, required: true }),
      unit: t.arg({ type: CalendarUnit }),
      first: t.arg.int({ defaultValue: 10 }),
    },
    resolve: (of, { dimension, unit, first }) => {
      const by = coarse(unit);
      const limit = limitOf(first);
      return of.ofPart('facts', `taste ${dimension} ${by} ${limit}`, (period, facts) =>
        taste(period, facts, dimension, by, limit),
      );
    },
  }),
  peoplePairs: t.field({
    type: PeoplePairs,
    nullable: true,
    description: 'People who made several of the watched titles together.',
    args: { first: t.arg.int({ defaultValue: 20 }) },
    resolve: (of, { first }) => {
      const limit = limitOf(first);
      return of.ofPart('facts', `peoplePairs ${limit}`, (period, facts) => {
        const figure = peoplePairs(period, facts, limit);
        const shown = ({ works, ...pair }: PeoplePairShape) => ({
          ...pair,
          titles: works.map((work) => workAt(of.history, work)),
        });
        return { ...figure, items: figure.items.map(shown) };
      });
    },
  }),
  releases: t.field({
    type: Releases,
    nullable: true,
    description: 'New against old: how long after its release something was watched.',
    resolve: (of) => of.ofPart('facts', 'releases', releases),
  }),
}));
