import { queryFromInfo } from '@pothos/plugin-prisma';
import { idsOfSeries } from '@watchprint/database';
import type { TitleKind as StoredKind } from '@watchprint/database/prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { badInput } from '../bad-input.ts';
import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { findsNode, Node } from './node.ts';
import { publicId, readPublicId } from './public-id.ts';

export const TitleKind = builder.enumType('TitleKind', { values: ['MOVIE', 'SERIES', 'SEASON', 'EPISODE'] as const });

const typeNames: Record<StoredKind, 'Movie' | 'Series' | 'Season' | 'Episode'> = {
  MOVIE: 'Movie',
  SERIES: 'Series',
  SEASON: 'Season',
  EPISODE: 'Episode',
};

export const Title = builder.prismaInterface('Title', {
  description:
    'Its id stays good: when a title that was only read from a string is joined to the catalogue, the old id answers with the joined one.',
  interfaces: [Node],
  select: { id: true, kind: true },
  resolveType: ({ kind }) => typeNames[kind],
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => publicId('Title', id) }),
    name: t.exposeString('name'),
    kind: t.expose('kind', { type: TitleKind }),
  }),
});

builder.prismaObject('Title', {
  variant: 'Movie',
  interfaces: [Node, Title],
  select: { id: true, kind: true },
  fields: () => ({}),
});

const Series = builder.prismaObject('Title', {
  variant: 'Series',
  interfaces: [Node, Title],
  select: { id: true, kind: true },
  fields: () => ({}),
});

const Season = builder.prismaObject('Title', {
  variant: 'Season',
  interfaces: [Node, Title],
  select: { id: true, kind: true },
  fields: (t) => ({
    series: t.relation('series', { type: Series, nullable: false, onNull: 'error' }),
    seasonNumber: t.exposeInt('seasonNumber', { nullable: true }),
  }),
});

const Episode = builder.prismaObject('Title', {
  variant: 'Episode',
  interfaces: [Node, Title],
  select: { id: true, kind: true },
  fields: (t) => ({
    series: t.relation('series', { type: Series, nullable: false, onNull: 'error' }),
    season: t.relation('season', { type: Season, nullable: true }),
    seasonNumber: t.exposeInt('seasonNumber', {
      nullable: true,
      description: 'In the catalogue’s numbering; Netflix’s until the title is joined to it.',
    }),
    episodeNumber: t.exposeInt('episodeNumber', { nullable: true }),
    netflixLabel: t.exposeString('netflixLabel', { nullable: true }),
  }),
});

builder.prismaObjectField(Series, 'seasons', (t) =>
  t.prismaField({
    type: [Season],
    description: 'Those that its strings name, by number; seasons without one last, by name.',
    resolve: (query, { id }, _args, { account }) =>
      account.prisma.title.findMany({
        ...query,
        where: { id: idsOfSeries(id), seriesId: id, kind: 'SEASON' },
        orderBy: [{ seasonNumber: { sort: 'asc', nulls: 'last' } }, { name: 'asc' }, { id: 'asc' }],
      }),
  }),
);

builder.prismaObjectField(Season, 'episodes', (t) =>
  t.prismaField({
    type: [Episode],
    description: 'Those that its strings name, by number; episodes without one last, by name.',
    resolve: (query, { id }, _args, { account }) =>
      account.prisma.title.findMany({
        ...query,
        where: { id: idsOfSeries(id), seasonId: id, kind: 'EPISODE' },
        orderBy: [{ episodeNumber: { sort: 'asc', nulls: 'last' } }, { name: 'asc' }, { id: 'asc' }],
      }),
  }),
);

async function findTitle(id: string, context: Context, info: GraphQLResolveInfo) {
  const title = await context.account.prisma.title.findUnique({
    ...queryFromInfo({ context, info, typeName: 'Title' }),
    where: { id },
  });
  return title && { ...title, __typename: typeNames[title.kind] };
}

findsNode('Title', findTitle);

builder.queryField('title', (t) =>
  t.field({
    type: Title,
    nullable: true,
    description: 'One title by its id; null for an id that is malformed, of something else, or somebody else’s.',
    args: { id: t.arg.id() },
    resolve: (_root, { id }, context, info) => {
      if (!id) throw badInput('Give an id.');
      const read = readPublicId(id);
      return read?.kind === 'Title' ? findTitle(read.id, context, info) : null;
    },
  }),
);
