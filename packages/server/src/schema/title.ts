import { queryFromInfo } from '@pothos/plugin-prisma';
import { idsOfSeries } from '@watchprint/database';
import type { TitleKind as StoredKind } from '@watchprint/database/prisma';
import { imdbNotice } from '@watchprint/lake';
import type { GraphQLResolveInfo } from 'graphql';
import { badInput } from '../bad-input.ts';
import type { Context } from '../context.ts';
import type { OtherId } from '../enriching/find-by-id.ts';
import { builder } from './builder.ts';
import { findsNode, Node } from './node.ts';
import { imdbIdForm, publicId, readPublicId } from './public-id.ts';

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
    year: t.exposeInt('year', {
      nullable: true,
      description: 'Year of first release; null where it was only read from a string.',
    }),
    imdbId: t.exposeString('imdbId', {
      nullable: true,
      description: 'Null where it was only read from a string, and for seasons.',
    }),
    sourceNotice: t.string({
      nullable: true,
      description: 'What is to be shown with it, where it is from a catalogue that asks for that.',
      select: { accountId: true },
      resolve: ({ accountId }) => (accountId === null ? imdbNotice : null),
    }),
  }),
});

builder.prismaObject('Title', {
  variant: 'Movie',
  interfaces: [Node, Title],
  select: { id: true, kind: true },
  fields: (t) => ({ runtimeMinutes: t.exposeInt('runtimeMinutes', { nullable: true }) }),
});

export const Series = builder.prismaObject('Title', {
  variant: 'Series',
  interfaces: [Node, Title],
  select: { id: true, kind: true },
  fields: (t) => ({ endYear: t.exposeInt('endYear', { nullable: true }) }),
});

type Nested = (all: true) => { select?: object; include?: object } | true;

/** The catalogue's series of a title, and of one that was only read the series that its strings were matched to. */
const seriesSelection = (_args: unknown, _context: unknown, nested: never) => {
  const series = (nested as Nested)(true);
  return { series, catalogueSeries: series };
};

function seriesOf(part: object): never {
  const { series, catalogueSeries } = part as { series: object | null; catalogueSeries: object | null };
  return (catalogueSeries ?? series) as never;
}

/** A season that was only read shows what it was joined to. */
const seasonSelection = (_args: unknown, _context: unknown, nested: never) => {
  const joinedTo = (nested as Nested)(true);
  const own = joinedTo === true ? {} : joinedTo;
  return {
    season:
      own.select === undefined ? { include: { ...own.include, joinedTo } } : { select: { ...own.select, joinedTo } },
  };
};

function seasonOf(episode: object): never {
  const { season } = episode as { season: { joinedTo?: object | null } | null };
  return (season?.joinedTo ?? season) as never;
}

const Season = builder.prismaObject('Title', {
  variant: 'Season',
  interfaces: [Node, Title],
  select: { id: true, kind: true, seriesId: true },
  fields: (t) => ({
    series: t.field({
      type: Series,
      select: seriesSelection as never,
      resolve: seriesOf,
    }),
    seasonNumber: t.exposeInt('seasonNumber', { nullable: true }),
  }),
});

export const Episode = builder.prismaObject('Title', {
  variant: 'Episode',
  interfaces: [Node, Title],
  select: { id: true, kind: true },
  fields: (t) => ({
    series: t.field({
      type: Series,
      select: seriesSelection as never,
      resolve: seriesOf,
    }),
    season: t.field({
      type: Season,
      nullable: true,
      select: seasonSelection as never,
      resolve: seasonOf,
    }),
    seasonNumber: t.exposeInt('seasonNumber', {
      nullable: true,
      description: 'In the catalogue’s numbering; Netflix’s until the title is joined to it.',
    }),
    episodeNumber: t.exposeInt('episodeNumber', { nullable: true }),
    netflixLabel: t.exposeString('netflixLabel', {
      nullable: true,
      description:
        'The season as it stands in the string. Of a title of the catalogue, which is everybody’s, only where it is asked for by way of a viewing or a match.',
    }),
    runtimeMinutes: t.exposeInt('runtimeMinutes', { nullable: true }),
  }),
});

builder.prismaObjectField(Series, 'seasons', (t) =>
  t.prismaField({
    type: [Season],
    description:
      'All that the catalogue knows; of a series that was only read, those that its strings name. By number; seasons without one last, by name.',
    resolve: async (query, { id }, _args, { account, loaders }) => {
      const asked = { ...query };
      await loaders.parts.load(id);
      return account.prisma.title.findMany({
        ...asked,
        where: { id: idsOfSeries(id), seriesId: id, kind: 'SEASON' },
        orderBy: [{ seasonNumber: { sort: 'asc', nulls: 'last' } }, { name: 'asc' }, { id: 'asc' }],
      });
    },
  }),
);

builder.prismaObjectField(Season, 'episodes', (t) =>
  t.prismaField({
    type: [Episode],
    description:
      'All that the catalogue knows; of a season that was only read, those that its strings name. By number; episodes without one last, by name.',
    resolve: async (query, { id, seriesId }, _args, { account, loaders }) => {
      const asked = { ...query };
      if (seriesId !== null) await loaders.parts.load(seriesId);
      return account.prisma.title.findMany({
        ...asked,
        where: { id: idsOfSeries(id), seasonId: id, kind: 'EPISODE' },
        orderBy: [{ episodeNumber: { sort: 'asc', nulls: 'last' } }, { name: 'asc' }, { id: 'asc' }],
      });
    },
  }),
);

async function findTitle(
  where: { readonly id: string } | { readonly imdbId: string },
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { prisma } = context.account;
  const query = queryFromInfo({ context, info, typeName: 'Title' });
  const known = await prisma.title.findFirst({ where, select: { id: true, joinedToId: true } });
  if (known === null) return null;
  const title = await prisma.title.findUnique({ ...query, where: { id: known.joinedToId ?? known.id } });
  return title && { ...title, __typename: typeNames[title.kind] };
}

findsNode('Title', (id, context, info) => findTitle({ id }, context, info));

/** A title by IMDb's id: one that is stored, else one that the catalogue knows, which is stored then. */
async function findByImdbId(imdbId: string, context: Context, info: GraphQLResolveInfo) {
  return (
    (await findTitle({ imdbId }, context, info)) ??
    ((await storeFromCatalogue(imdbId, context)) || (await storeFromSources(imdbId, context))
      ? findTitle({ imdbId }, context, info)
      : null)
  );
}

/** Has a film, series or episode stored that the catalogue knows. @returns whether it does. */
export async function storeFromCatalogue(imdbId: string, context: Context): Promise<boolean> {
  const query = { select: { id: true } };
  const found = await context.catalogues.use(async (catalogue) => {
    if (catalogue === null) return null;
    const work = (await catalogue.works([imdbId])).get(imdbId);
    return work === undefined ? catalogue.episode(imdbId) : { series: work, episode: null };
  });
  if (found === null) return false;
  const { series, episode } = found;
  await context.loaders.sharedTitle.load({ work: series, query });
  if (episode !== null) await context.loaders.sharedEpisode.load({ seriesId: series.id, episode });
  return true;
}

/** Has a film or series stored that no catalogue knows, and a source does. @returns whether one does. */
async function storeFromSources(imdbId: string, { facts, loaders }: Context): Promise<boolean> {
  const work = await facts.workOf(imdbId);
  if (work !== null) await loaders.sharedTitle.load({ work, query: { select: { id: true } } });
  return work !== null;
}

builder.queryField('title', (t) =>
  t.field({
    type: Title,
    nullable: true,
    description: `One title, by its id here or by its id in another catalogue: exactly one argument. Null for an id that is malformed, of
something else, or somebody else’s. By IMDb’s id: a film, a series or an episode of the catalogue, what is stored already, or a film or series that IMDb or Wikidata knows. By an id of
Wikidata, Rotten Tomatoes (\`m/the_matrix\`, \`tv/dark\`) or Netflix: the film or series that Wikidata says has it, which is asked where that is not
known; null also while it has not answered.`,
    args: {
      id: t.arg.id(),
      imdbId: t.arg.string(),
      wikidataId: t.arg.string(),
      rottenTomatoesId: t.arg.string(),
      netflixId: t.arg.string(),
    },
    resolve: async (_root, args, context, info) => {
      const given = Object.values(args).filter((value) => value != null);
      if (given.length !== 1)
        throw badInput('Give exactly one of id, imdbId, wikidataId, rottenTomatoesId and netflixId.');
      // As `titles(search)` takes it: with spaces around it, and in either case.
      const imdbId = args.imdbId?.trim().toLowerCase();
      if (imdbId != null) return imdbIdForm.test(imdbId) ? findByImdbId(imdbId, context, info) : null;
      const other = otherIdIn(args);
      if (other !== null) {
        const found = await context.facts.imdbIdOf(other);
        return found !== null && imdbIdForm.test(found) ? findByImdbId(found, context, info) : null;
      }
      const read = args.id == null ? null : readPublicId(args.id);
      return read?.kind === 'Title' ? findTitle({ id: read.id }, context, info) : null;
    },
  }),
);

function otherIdIn(args: {
  readonly wikidataId?: string | null | undefined;
  readonly rottenTomatoesId?: string | null | undefined;
  readonly netflixId?: string | null | undefined;
}): OtherId | null {
  for (const property of ['wikidataId', 'rottenTomatoesId', 'netflixId'] as const) {
    const id = args[property]?.trim();
    if (id != null) return { property, id };
  }
  return null;
}
