import { queryFromInfo } from '@pothos/plugin-prisma';
import type { Prisma } from '@watchprint/database/prisma';
import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize, placeOf } from './connection.ts';
import { Profile } from './profile-ref.ts';
import { requireId } from './public-id.ts';
import { TitleKind } from './title.ts';
import { isViewing, Viewing } from './viewing.ts';

const msPerDay = 86_400_000;

const ViewingFilter = builder.inputType('ViewingFilter', {
  description: 'Days are inclusive. A filter by a series’ or season’s id includes its episodes.',
  fields: (t) => ({
    from: t.field({ type: 'Date' }),
    to: t.field({ type: 'Date' }),
    kind: t.field({ type: TitleKind }),
    titleId: t.id(),
    search: t.string({ description: 'Part of the string as it stands in the file, whatever its case.' }),
    includeAccidental: t.boolean(),
  }),
});

const ViewingConnection = connectionOf('Viewing', Viewing);

type Place = readonly [orderedAt: number, id: string];

const isPlace = (place: unknown): place is Place =>
  Array.isArray(place) &&
  place.length === 2 &&
  Number.isSafeInteger(place[0]) &&
  Math.abs(place[0]) < 8.64e15 &&
  typeof place[1] === 'string' &&
  /^\d{1,18}$/.test(place[1]);

function matching(filter: typeof ViewingFilter.$inferInput | null | undefined): Prisma.ViewingWhereInput {
  const where: Prisma.ViewingWhereInput = { ...isViewing };
  if (filter === null || filter === undefined) return { ...where, accidental: false };
  if (filter.includeAccidental !== true) where.accidental = false;
  const from = filter.from ?? null;
  const to = filter.to ?? null;
  if (from !== null && to !== null && from > to)
    throw new GraphQLError('from lies after to.', { extensions: { code: 'BAD_USER_INPUT' } });
  if (from !== null || to !== null)
    where.watchedOn = {
      ...(from === null ? {} : { gte: new Date(from * msPerDay) }),
      ...(to === null ? {} : { lte: new Date(to * msPerDay) }),
    };
  const match: Prisma.MatchWhereInput = {};
  if (typeof filter.search === 'string' && filter.search !== '')
    match.rawTitle = { contains: filter.search, mode: 'insensitive' };
  const title: Prisma.TitleWhereInput = {};
  if (filter.kind) title.kind = filter.kind;
  if (filter.titleId) {
    const id = requireId(filter.titleId, 'Title');
    title.OR = [{ id }, { seriesId: id }, { seasonId: id }];
  }
  if (Object.keys(title).length > 0) match.title = title;
  if (Object.keys(match).length > 0) where.match = match;
  return where;
}

builder.prismaObjectField(Profile, 'viewings', (t) =>
  t.field({
    type: ViewingConnection,
    description: 'Newest first. Those of one day that came without times stand in the order of their file.',
    args: { filter: t.arg({ type: ViewingFilter }), first: t.arg.int(), after: t.arg.string() },
    resolve: async (profile, { filter, first, after }, context, info) => {
      const size = pageSize(first);
      const where = { accountId: profile.accountId, profileId: profile.id, ...matching(filter) };
      let beyond: Prisma.ViewingWhereInput = {};
      if (after !== null && after !== undefined) {
        const [orderedAt, id] = placeOf(after, isPlace);
        const instant = new Date(orderedAt);
        beyond = {
          orderedAt: { lte: instant },
          OR: [{ orderedAt: { lt: instant } }, { orderedAt: instant, id: { gt: BigInt(id) } }],
        };
      }
      const rows = await context.database.prisma.viewing.findMany({
        ...queryFromInfo({ context, info, typeName: 'Viewing', paths: [['nodes'], ['edges', 'node']] }),
        where: { AND: [where, beyond] },
        orderBy: [{ orderedAt: 'desc' }, { id: 'asc' }],
        take: size + 1,
      });
      return pageOf(
        rows as never[],
        size,
        after,
        (row: { orderedAt: Date; id: bigint }) => [row.orderedAt.getTime(), String(row.id)],
        () => context.database.prisma.viewing.count({ where }),
      ) as never;
    },
  }),
);
