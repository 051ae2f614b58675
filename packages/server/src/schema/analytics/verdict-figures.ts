import {
  type AcclaimedUnseen as AcclaimedUnseenShape,
  type AcclaimedWork as AcclaimedWorkShape,
  acclaimedUnseen,
  type CriticsComparison as CriticsComparisonShape,
  criticsComparison,
  type Top10Comparison as Top10ComparisonShape,
  type Top10Title as Top10TitleShape,
  top10Comparison,
  verdictsOf,
} from '@watchprint/engine';
import { badInput } from '../../bad-input.ts';
import { builder } from '../builder.ts';
import { requireRegion } from '../netflix-facts.ts';
import { Title, TitleKind } from '../title.ts';
import { Analytics } from './analytics.ts';
import { Figure, limitOf } from './figure.ts';
import { type FigureTitle, listed, shownTitle, shownTitles, workAt } from './figure-title.ts';

type ShownComparison = Omit<CriticsComparisonShape, 'likedAgainstCritics' | 'dislikedAgainstCritics'> & {
  readonly liked: readonly FigureTitle[];
  readonly disliked: readonly FigureTitle[];
};

const CriticsComparison = builder.objectRef<ShownComparison>('CriticsComparison').implement({
  interfaces: [Figure],
  fields: (t) => ({
    titles: t.exposeInt('titles', {
      description: 'Titles with both a verdict of yours (thumbs, feedback, finished or abandoned) and a score.',
    }),
    withCritics: t.exposeFloat('withCritics', {
      nullable: true,
      description: 'Spearman’s rank correlation, -1 to 1; null under 10 titles.',
    }),
    withAudience: t.exposeFloat('withAudience', { nullable: true }),
    withImdb: t.exposeFloat('withImdb', { nullable: true }),
    likedAgainstCritics: t.field({
      type: [Title],
      description: 'Liked, with a Tomatometer under 60: the lowest first.',
      resolve: (item, _args, context, info) => shownTitles(item, item.liked, context, info),
    }),
    dislikedAgainstCritics: t.field({
      type: [Title],
      description: 'Disliked or abandoned, with a Tomatometer of 60 or more: the highest first.',
      resolve: (item, _args, context, info) => shownTitles(item, item.disliked, context, info),
    }),
  }),
});

const AcclaimedTitle = builder.objectRef<AcclaimedWorkShape>('AcclaimedTitle').implement({
  description: 'A film or series of the catalogue; `title(imdbId)` answers with it.',
  fields: (t) => ({
    imdbId: t.exposeString('imdbId'),
    name: t.exposeString('name'),
    kind: t.expose('kind', { type: TitleKind }),
    year: t.exposeInt('year', { nullable: true }),
    rating: t.exposeFloat('rating', { description: 'IMDb’s, 0 to 10.' }),
    voteCount: t.exposeInt('voteCount'),
  }),
});

const AcclaimedUnseen = builder.objectRef<AcclaimedUnseenShape>('AcclaimedUnseen').implement({
  interfaces: [Figure],
  fields: (t) => ({ items: t.field({ type: [AcclaimedTitle], resolve: ({ items }) => [...items] }) }),
});

type ShownCharted = Top10TitleShape & { readonly title: FigureTitle };

const ChartedTitle = builder.objectRef<ShownCharted>('ChartedTitle').implement({
  fields: (t) => ({
    title: t.field({
      type: Title,
      resolve: (item, _args, context, info) => shownTitle(item, item.title, context, info),
    }),
    chartedOn: t.expose('chartedOn', { type: 'Date', description: 'The Monday of its first week on a list.' }),
    weeks: t.exposeInt('weeks'),
    firstWatchedOn: t.expose('firstWatchedOn', { type: 'Date' }),
    lagDays: t.exposeInt('lagDays', { description: 'From first charting to first watching; negative: before.' }),
  }),
});

const Top10Comparison = builder
  .objectRef<Omit<Top10ComparisonShape, 'items'> & { readonly items: readonly ShownCharted[] }>('Top10Comparison')
  .implement({
    interfaces: [Figure],
    fields: (t) => ({
      region: t.exposeString('region'),
      titlesCharted: t.exposeInt('titlesCharted'),
      titlesCompared: t.exposeInt('titlesCompared', {
        description: 'Of the titles watched in the period that the lists cover, how many ever charted there.',
      }),
      medianLagDays: t.int({
        nullable: true,
        description: 'Median days from first charting to watching; negative: before it charted.',
        resolve: ({ medianLagDays }) => (medianLagDays === null ? null : Math.round(medianLagDays)),
      }),
      items: t.field({
        type: [ChartedTitle],
        description: 'Up to 100 of those that charted, the latest watched first.',
        resolve: ({ items }, _args, context, info) =>
          listed(items, context, info, { name: 'title', titlesOf: ({ title }) => [title] }),
      }),
    }),
  });

const mostCharted = 100;
const mostAgainst = 50;

builder.objectFields(Analytics, (t) => ({
  criticsAndYou: t.field({
    type: CriticsComparison,
    nullable: true,
    resolve: async (of) => {
      const [lists, archive] = await Promise.all([of.part('episodes'), of.part('archive')]);
      return of.ofPart(
        'facts',
        'criticsAndYou',
        (period, facts) => {
          const figure = criticsComparison(period, facts, verdictsOf(period, archive.ratings, lists));
          const shown = (works: readonly number[]) =>
            works.slice(0, mostAgainst).map((work) => workAt(of.history, work));
          return {
            ...figure,
            liked: shown(figure.likedAgainstCritics),
            disliked: shown(figure.dislikedAgainstCritics),
          };
        },
        [lists, archive],
      );
    },
  }),
  acclaimedUnseen: t.field({
    type: AcclaimedUnseen,
    nullable: true,
    description: 'What IMDb’s voters rate highest and this profile has never watched.',
    args: { kind: t.arg({ type: TitleKind, description: 'MOVIE or SERIES.' }), first: t.arg.int({ defaultValue: 20 }) },
    resolve: async (of, { kind, first }, { analyses }) => {
      const limit = limitOf(first);
      if (kind === 'SEASON' || kind === 'EPISODE') throw badInput('kind must be MOVIE or SERIES here.');
      const acclaimed = await analyses.acclaimed();
      return of.ofHistory(
        `acclaimedUnseen ${kind ?? ''} ${limit}`,
        (period) => acclaimedUnseen(period, acclaimed, kind ?? null, limit),
        [acclaimed],
      );
    },
  }),
  top10AndYou: t.field({
    type: Top10Comparison,
    nullable: true,
    args: { region: t.arg.string({ description: 'ISO 3166-1 alpha-2; the server’s unless given.' }) },
    resolve: async (of, args, { analyses, region: usual }) => {
      const region = args.region == null ? usual : requireRegion(args.region);
      const lists = await analyses.top10(region);
      return of.ofHistory(
        `top10AndYou ${region}`,
        (period) => {
          const figure = top10Comparison(period, lists, region, mostCharted);
          const shown = (one: Top10TitleShape) => ({ ...one, title: workAt(of.history, one.work) });
          return { ...figure, items: figure.items.map(shown) };
        },
        [lists],
      );
    },
  }),
}));
