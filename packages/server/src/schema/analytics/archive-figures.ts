import {
  type MyListEntry as MyListEntryShape,
  type MyListFigure as MyListShape,
  myList,
  type Openings as OpeningsShape,
  openings,
  type Pauses as PausesShape,
  pauses,
  type RatingCounts as RatingCountsShape,
  type Ratings as RatingsShape,
  ratingsGiven,
  type Searches as SearchesShape,
  type SpendingOf as SpendingOfShape,
  type Spending as SpendingShape,
  searches,
  spending,
} from '@watchprint/engine';
import { builder } from '../builder.ts';
import { Title } from '../title.ts';
import { Analytics } from './analytics.ts';
import { Figure, limitOf } from './figure.ts';
import { type FigureTitle, listed, shownTitle, workAt } from './figure-title.ts';

const MonthOfSpending = builder.objectRef<SpendingOfShape['months'][number]>('MonthOfSpending').implement({
  fields: (t) => ({ start: t.expose('start', { type: 'Date' }), total: t.exposeFloat('total') }),
});

interface ShownCost {
  readonly title: FigureTitle;
  readonly cost: number;
}

const TitleCost = builder.objectRef<ShownCost>('TitleCost').implement({
  fields: (t) => ({
    title: t.field({
      type: Title,
      resolve: (item, _args, context, info) => shownTitle(item, item.title, context, info),
    }),
    cost: t.exposeFloat('cost'),
  }),
});

type ShownSpending = Omit<SpendingOfShape, 'works'> & { readonly titles: readonly ShownCost[] };

const SpendingInCurrency = builder.objectRef<ShownSpending>('SpendingInCurrency').implement({
  description: 'Amounts in the currency’s own unit, to two places.',
  fields: (t) => ({
    currency: t.exposeString('currency', { description: 'As it stands in the file: AUD.' }),
    total: t.exposeFloat('total'),
    charges: t.exposeInt('charges'),
    perHour: t.exposeFloat('perHour', {
      nullable: true,
      description: 'Of all profiles together; null where nothing was watched in what was paid for.',
    }),
    profile: t.exposeFloat('profile', { description: 'This profile’s part, by time watched.' }),
    unused: t.exposeInt('unused', { description: 'Charges in whose service period nobody watched anything.' }),
    months: t.field({ type: [MonthOfSpending], description: 'Oldest first.', resolve: ({ months }) => [...months] }),
    titles: t.field({
      type: [TitleCost],
      description: 'Films and series of this profile, the most expensive first.',
      resolve: ({ titles }, _args, context, info) =>
        listed(titles, context, info, { name: 'title', titlesOf: ({ title }) => [title] }),
    }),
  }),
});

const Spending = builder
  .objectRef<Omit<SpendingShape, 'currencies'> & { readonly currencies: readonly ShownSpending[] }>('Spending')
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      currencies: t.field({ type: [SpendingInCurrency], resolve: ({ currencies }) => [...currencies] }),
    }),
  });

const MyListEntry = builder.objectRef<MyListEntryShape>('MyListEntry').implement({
  fields: (t) => ({
    rawTitle: t.exposeString('rawTitle'),
    addedOn: t.expose('addedOn', { type: 'Date' }),
  }),
});

const MyList = builder.objectRef<MyListShape>('MyList').implement({
  interfaces: [Figure],
  fields: (t) => ({
    added: t.exposeInt('added'),
    watchedAfter: t.exposeInt('watchedAfter', { description: 'On the day they were added or later.' }),
    watchedBefore: t.exposeInt('watchedBefore', { description: 'Before that alone.' }),
    neverWatched: t.exposeInt('neverWatched'),
    medianDays: t.exposeFloat('medianDays', { nullable: true, description: 'From adding to watching.' }),
    waiting: t.field({
      type: [MyListEntry],
      description: 'Never watched, longest on the list first.',
      resolve: ({ waiting }) => [...waiting],
    }),
  }),
});

const SearchWord = builder.objectRef<SearchesShape['queries'][number]>('SearchWord').implement({
  fields: (t) => ({ query: t.exposeString('query'), searches: t.exposeInt('searches') }),
});

const Searches = builder.objectRef<SearchesShape>('Searches').implement({
  interfaces: [Figure],
  fields: (t) => ({
    searches: t.exposeInt('searches'),
    ledToPlay: t.exposeInt('ledToPlay'),
    medianSecondsToPlay: t.exposeFloat('medianSecondsToPlay', { nullable: true }),
    queries: t.field({
      type: [SearchWord],
      description: 'What was typed most, in small letters.',
      resolve: ({ queries }) => [...queries],
    }),
  }),
});

const Openings = builder.objectRef<OpeningsShape>('Openings').implement({
  interfaces: [Figure],
  fields: (t) => ({
    visits: t.exposeInt('visits'),
    withPlay: t.exposeInt('withPlay'),
    medianSecondsToPlay: t.exposeFloat('medianSecondsToPlay', { nullable: true }),
    longestSecondsToPlay: t.exposeFloat('longestSecondsToPlay', { nullable: true }),
  }),
});

const Pauses = builder.objectRef<PausesShape>('Pauses').implement({
  interfaces: [Figure],
  fields: (t) => ({
    playbacks: t.exposeInt('playbacks'),
    secondsPlayed: t.exposeInt('secondsPlayed'),
    pauses: t.exposeInt('pauses'),
    jumps: t.exposeInt('jumps', { description: 'Forwards or backwards.' }),
    medianPauseSeconds: t.exposeFloat('medianPauseSeconds', { nullable: true }),
    pausesPerHour: t.exposeFloat('pausesPerHour', { nullable: true }),
    jumpsPerHour: t.exposeFloat('jumpsPerHour', { nullable: true }),
  }),
});

const RatingCounts = builder.interfaceRef<RatingCountsShape>('RatingCounts').implement({
  fields: (t) => ({
    down: t.exposeInt('down'),
    up: t.exposeInt('up'),
    twoUp: t.exposeInt('twoUp', { description: 'Two thumbs up.' }),
    stars: t.exposeInt('stars', { description: 'Ratings of one to five stars, from before there were thumbs.' }),
  }),
  resolveType: () => {
    throw new Error('No field answers with bare RatingCounts');
  },
});

const YearOfRatings = builder.objectRef<RatingsShape['years'][number]>('YearOfRatings').implement({
  interfaces: [RatingCounts],
  fields: (t) => ({ year: t.exposeInt('year') }),
});

const Ratings = builder.objectRef<RatingsShape>('Ratings').implement({
  interfaces: [Figure, RatingCounts],
  fields: (t) => ({
    meanStars: t.exposeFloat('meanStars', { nullable: true }),
    years: t.field({ type: [YearOfRatings], description: 'Oldest first.', resolve: ({ years }) => [...years] }),
  }),
});

builder.objectFields(Analytics, (t) => ({
  spending: t.field({
    type: Spending,
    nullable: true,
    description: 'What the account paid, and what watching cost of that. From the archive.',
    args: { first: t.arg.int({ defaultValue: 20, description: 'Titles that are listed.' }) },
    resolve: async (of, { first }) => {
      const limit = limitOf(first);
      const [profiles, billing] = await Promise.all([of.profiles(), of.part('billing')]);
      const histories = profiles.map(({ analysis }) => analysis.history);
      return of.ofHistory(
        `spending ${limit}`,
        (period) => {
          const figure = spending(period, billing, histories, limit);
          const currencies = figure.currencies.map(({ works, ...one }) => ({
            ...one,
            titles: works.map(({ work, cost }) => ({ title: workAt(of.history, work), cost })),
          }));
          return { ...figure, currencies };
        },
        [billing, ...histories],
      );
    },
  }),
  myList: t.field({
    type: MyList,
    nullable: true,
    description: 'From My List to watching. From the archive.',
    args: { first: t.arg.int({ defaultValue: 20 }) },
    resolve: (of, { first }) => {
      const limit = limitOf(first);
      return of.ofPart('archive', `myList ${limit}`, (period, archive) => myList(period, archive.myList, limit));
    },
  }),
  searches: t.field({
    type: Searches,
    nullable: true,
    description: 'From searching to watching. From the archive.',
    args: { first: t.arg.int({ defaultValue: 20 }) },
    resolve: (of, { first }) => {
      const limit = limitOf(first);
      return of.ofPart('archive', `searches ${limit}`, (period, archive) => searches(period, archive.searches, limit));
    },
  }),
  openings: t.field({
    type: Openings,
    nullable: true,
    description: 'From opening Netflix to watching. From the archive.',
    resolve: (of) => of.ofPart('archive', 'openings', (period, archive) => openings(period, archive.clicks)),
  }),
  pauses: t.field({
    type: Pauses,
    nullable: true,
    description: 'Pauses and jumps while watching. From the archive.',
    resolve: (of) => of.ofPart('archive', 'pauses', (period, archive) => pauses(period, archive.playbacks)),
  }),
  ratings: t.field({
    type: Ratings,
    nullable: true,
    description: 'Thumbs and stars given. From the archive.',
    resolve: (of) => of.ofPart('archive', 'ratings', (period, archive) => ratingsGiven(period, archive.ratings)),
  }),
}));
