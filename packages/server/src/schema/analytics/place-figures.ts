import {
  type ProfileOverlap as ProfileOverlapShape,
  profileOverlap,
  type SharedWork as SharedWorkShape,
  type Stay as StayShape,
  type Travel as TravelShape,
  travel,
} from '@watchprint/engine';
import { mostProfiles } from '../../analysing/analyses.ts';
import { builder } from '../builder.ts';
import { Profile } from '../profile-ref.ts';
import { Title } from '../title.ts';
import { Analytics } from './analytics.ts';
import { Figure, limitOf } from './figure.ts';
import { type FigureTitle, listed, shownTitle, workAt } from './figure-title.ts';

const Stay = builder.objectRef<StayShape>('Stay').implement({
  fields: (t) => ({
    country: t.exposeString('country', { description: 'ISO 3166-1 alpha-2.' }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date' }),
    viewings: t.exposeInt('viewings'),
  }),
});

const Travel = builder.objectRef<TravelShape>('Travel').implement({
  interfaces: [Figure],
  fields: (t) => ({
    home: t.exposeString('home', { nullable: true, description: 'ISO 3166-1 alpha-2.' }),
    count: t.exposeInt('count', { description: 'However many are listed.' }),
    items: t.field({ type: [Stay], resolve: ({ items }) => [...items] }),
  }),
});

type ShownShared = SharedWorkShape & { readonly title: FigureTitle };

const SharedTitle = builder.objectRef<ShownShared>('SharedTitle').implement({
  fields: (t) => ({
    title: t.field({
      type: Title,
      resolve: (item, _args, context, info) => shownTitle(item, item.title, context, info),
    }),
    viewings: t.exposeInt('viewings'),
    otherViewings: t.exposeInt('otherViewings'),
  }),
});

type ShownOverlap = Omit<ProfileOverlapShape, 'items'> & {
  readonly otherId: string;
  readonly items: readonly ShownShared[];
};

const ProfileOverlap = builder.objectRef<ShownOverlap>('ProfileOverlap').implement({
  interfaces: [Figure],
  fields: (t) => ({
    other: t.prismaField({
      type: Profile,
      nullable: true,
      description: 'Null once it is gone.',
      resolve: (query, { otherId }, _args, { account }) =>
        account.prisma.profile.findFirst({ ...query, where: { id: otherId } }),
    }),
    sharedTitles: t.exposeInt('sharedWorks', { description: 'Films and series that both watched.' }),
    overlap: t.exposeFloat('overlap', {
      nullable: true,
      description: 'Of the films and series that either watched, 0 to 1.',
    }),
    hourOverlap: t.exposeFloat('hourOverlap', {
      nullable: true,
      description: '1: both watch at the same hours of the day. 0: never.',
    }),
    hours: t.floatList({ description: '24 shares of this profile’s viewings.', resolve: ({ hours }) => [...hours] }),
    otherHours: t.floatList({ resolve: ({ otherHours }) => [...otherHours] }),
    items: t.field({
      type: [SharedTitle],
      description: 'By the smaller of the two numbers of viewings.',
      resolve: ({ items }, _args, context, info) =>
        listed(items, context, info, { name: 'title', titlesOf: ({ title }) => [title] }),
    }),
  }),
});

builder.objectFields(Analytics, (t) => ({
  travel: t.field({
    type: Travel,
    nullable: true,
    description: 'Stays in other countries, the latest first.',
    args: { first: t.arg.int() },
    resolve: (of, { first }) => {
      const limit = limitOf(first);
      return of.ofHistory(`travel ${limit}`, (period) => travel(period, limit));
    },
  }),
  otherProfiles: t.field({
    type: [ProfileOverlap],
    nullable: true,
    description: `What this profile has in common with each other one of the account’s first ${mostProfiles}, by name.`,
    args: { first: t.arg.int({ defaultValue: 10, description: 'Shared titles that are listed of each.' }) },
    resolve: async (of, { first }) => {
      const limit = limitOf(first);
      const others = (await of.profiles()).filter(({ id }) => id !== of.profileId);
      return others.map(({ id, analysis }) =>
        of.ofHistory(
          `otherProfiles ${id} ${limit}`,
          (period) => {
            const figure = profileOverlap(period, analysis.history.in(of.period), limit);
            const shown = (one: SharedWorkShape) => ({ ...one, title: workAt(of.history, one.work) });
            return { ...figure, otherId: id, items: figure.items.map(shown) };
          },
          [analysis],
        ),
      );
    },
  }),
}));
