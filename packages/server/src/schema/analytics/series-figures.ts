import {
  type Binge as BingeShape,
  type Binges as BingesShape,
  binges,
  type Rewatches as RewatchesShape,
  type Rewatch as RewatchShape,
  rewatches,
  type SeriesProgress as SeriesProgressShape,
  seriesProgress,
  type UnfinishedFilm as UnfinishedFilmShape,
  unfinishedFilms,
} from '@watchprint/engine';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { Episode, Series, Title } from '../title.ts';
import { Analytics } from './analytics.ts';
import { Figure, limitOf } from './figure.ts';
import { askedOf, type FigureTitle, listed, shownTitle, titleAt, workAt } from './figure-title.ts';

export type ShownBinge = BingeShape & { readonly series: FigureTitle };

export const Binge = builder.objectRef<ShownBinge>('Binge').implement({
  fields: (t) => ({
    series: t.field({
      type: Series,
      nullable: true,
      resolve: (item, _args, context, info) => shownTitle(item, item.series, context, info, 'Series'),
    }),
    seriesName: t.string({ resolve: ({ series }) => series.name }),
    watchedOn: t.expose('day', { type: 'Date' }),
    episodes: t.exposeInt('episodes'),
    secondsWatched: t.exposeInt('secondsWatched', { nullable: true }),
  }),
});

const Binges = builder
  .objectRef<Omit<BingesShape, 'items'> & { readonly items: readonly ShownBinge[] }>('Binges')
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      count: t.exposeInt('count', { description: 'However many are listed.' }),
      items: t.field({
        type: [Binge],
        resolve: ({ items }, _args, context, info) =>
          listed(items, context, info, { name: 'series', typeName: 'Series', titlesOf: ({ series }) => [series] }),
      }),
    }),
  });

const SeriesState = builder.enumType('SeriesState', {
  values: {
    IN_PROGRESS: {},
    ALMOST_DONE: {},
    CAUGHT_UP: { description: 'All that had come out by then, and the catalogue has later ones.' },
    FINISHED: {},
    ABANDONED: {},
  } as const,
});

type ShownProgress = SeriesProgressShape & {
  readonly series: FigureTitle;
  readonly last: FigureTitle;
  readonly next?: object | null;
};

const SeriesProgress = builder.objectRef<ShownProgress>('SeriesProgress').implement({
  fields: (t) => ({
    series: t.field({
      type: Series,
      resolve: (item, _args, context, info) => shownTitle(item, item.series, context, info, 'Series'),
    }),
    state: t.expose('state', { type: SeriesState }),
    episodesWatched: t.exposeInt('episodesWatched'),
    episodesTotal: t.exposeInt('episodesTotal', {
      nullable: true,
      description: 'Null where the catalogue has no episode list.',
    }),
    lastWatchedOn: t.expose('lastWatchedOn', { type: 'Date' }),
    daysSince: t.exposeInt('daysSince', {
      description: 'From then to the last day of the history, or of the period where that ends before.',
    }),
    lastTitle: t.field({
      type: Title,
      description: 'What was watched last: the episode after which an abandoned series was left.',
      resolve: (item, _args, context, info) => shownTitle(item, item.last, context, info),
    }),
    nextEpisode: t.field({
      type: Episode,
      nullable: true,
      description: 'The first not watched from the last one on: that itself, where it was left in the middle.',
      resolve: ({ next }) => (next ?? null) as never,
    }),
  }),
});

/** Episodes that nobody watched are none of the history's: all of their series are stored where they were not. */
async function withNextEpisodes(
  items: readonly ShownProgress[],
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ShownProgress[]> {
  const query = askedOf(context, info, 'Episode', 'nextEpisode');
  const wanted = items.flatMap(({ nextEpisode, series }) => (nextEpisode === null ? [] : [{ nextEpisode, series }]));
  if (query === null || wanted.length === 0) return [...items];
  await context.loaders.parts.loadMany(wanted.map(({ series }) => series.id));
  const rows = await context.account.prisma.title.findMany({
    select: { ...query.select, imdbId: true },
    where: { imdbId: { in: wanted.map(({ nextEpisode }) => nextEpisode.imdbId) } },
  });
  const byId = new Map(rows.map((row) => [row.imdbId, row]));
  return items.map((item) => ({ ...item, next: byId.get(item.nextEpisode?.imdbId ?? '') ?? null }));
}

const SeriesProgressList = builder
  .objectRef<Omit<ReturnType<typeof seriesProgress>, 'items'> & { readonly items: readonly ShownProgress[] }>(
    'SeriesProgressList',
  )
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      items: t.field({
        type: [SeriesProgress],
        resolve: async ({ items }, _args, context, info) => {
          const shown = await listed(
            items,
            context,
            info,
            { name: 'series', typeName: 'Series', titlesOf: ({ series }) => [series] },
            { name: 'lastTitle', titlesOf: ({ last }) => [last] },
          );
          return withNextEpisodes(shown, context, info);
        },
      }),
    }),
  });

type ShownFilm = UnfinishedFilmShape & { readonly film: FigureTitle };

const UnfinishedFilm = builder.objectRef<ShownFilm>('UnfinishedFilm').implement({
  fields: (t) => ({
    title: t.field({
      type: Title,
      resolve: (item, _args, context, info) => shownTitle(item, item.film, context, info),
    }),
    lastWatchedOn: t.expose('lastWatchedOn', { type: 'Date' }),
    daysSince: t.exposeInt('daysSince'),
    secondsWatched: t.exposeInt('secondsWatched', { description: 'In the last play.' }),
    positionSeconds: t.exposeInt('positionSeconds', {
      nullable: true,
      description: 'Where it was stopped last; null where the file does not say.',
    }),
    runtimeSeconds: t.exposeInt('runtimeSeconds'),
  }),
});

const UnfinishedFilms = builder
  .objectRef<Omit<ReturnType<typeof unfinishedFilms>, 'items'> & { readonly items: readonly ShownFilm[] }>(
    'UnfinishedFilms',
  )
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      items: t.field({
        type: [UnfinishedFilm],
        resolve: ({ items }, _args, context, info) =>
          listed(items, context, info, { name: 'title', titlesOf: ({ film }) => [film] }),
      }),
    }),
  });

type ShownRewatch = Omit<RewatchShape, 'title'> & { readonly title: FigureTitle };

const Rewatch = builder.objectRef<ShownRewatch>('Rewatch').implement({
  fields: (t) => ({
    title: t.field({
      type: Title,
      resolve: (item, _args, context, info) => shownTitle(item, item.title, context, info),
    }),
    times: t.exposeInt('times'),
    lastWatchedOn: t.expose('lastWatchedOn', { type: 'Date' }),
  }),
});

const Rewatches = builder
  .objectRef<Omit<RewatchesShape, 'items'> & { readonly items: readonly ShownRewatch[] }>('Rewatches')
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      count: t.exposeInt('count', { description: 'However many are listed.' }),
      items: t.field({
        type: [Rewatch],
        resolve: ({ items }, _args, context, info) =>
          listed(items, context, info, { name: 'title', titlesOf: ({ title }) => [title] }),
      }),
    }),
  });

builder.objectFields(Analytics, (t) => ({
  binges: t.field({
    type: Binges,
    nullable: true,
    args: { first: t.arg.int() },
    resolve: (of, { first }) => {
      const limit = limitOf(first);
      return of.ofHistory(`binges ${limit}`, (period) => {
        const figure = binges(period, limit);
        const shown = (binge: BingeShape) => ({ ...binge, series: workAt(of.history, binge.work) });
        return { ...figure, items: figure.items.map(shown) };
      });
    },
  }),
  series: t.field({
    type: SeriesProgressList,
    nullable: true,
    description: 'How far the series of the period had come by its end, the latest watched first.',
    args: { state: t.arg({ type: SeriesState }), first: t.arg.int() },
    resolve: (of, { state, first }) => {
      const limit = limitOf(first);
      return of.ofPart('episodes', `series ${state ?? ''} ${limit}`, (period, lists) => {
        const figure = seriesProgress(period, lists, state ?? null, limit);
        const shown = (one: SeriesProgressShape) => ({
          ...one,
          series: workAt(of.history, one.work),
          last: titleAt(of.history, one.lastTitle),
        });
        return { ...figure, items: figure.items.map(shown) };
      });
    },
  }),
  unfinishedFilms: t.field({
    type: UnfinishedFilms,
    nullable: true,
    description: 'Films left in the middle, the latest first.',
    args: { first: t.arg.int() },
    resolve: (of, { first }) => {
      const limit = limitOf(first);
      return of.ofHistory(`unfinishedFilms ${limit}`, (period) => {
        const figure = unfinishedFilms(period, limit);
        const shown = (one: UnfinishedFilmShape) => ({ ...one, film: titleAt(of.history, one.title) });
        return { ...figure, items: figure.items.map(shown) };
      });
    },
  }),
  rewatches: t.field({
    type: Rewatches,
    nullable: true,
    args: { first: t.arg.int() },
    resolve: (of, { first }) => {
      const limit = limitOf(first);
      return of.ofHistory(`rewatches ${limit}`, (period) => {
        const figure = rewatches(period, limit);
        const shown = (one: RewatchShape) => ({ ...one, title: titleAt(of.history, one.title) });
        return { ...figure, items: figure.items.map(shown) };
      });
    },
  }),
}));
