import { queryFromInfo } from '@pothos/plugin-prisma';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize, placeOf } from './connection.ts';
import { Import } from './import.ts';
import { findsNode, Node } from './node.ts';
import { Profile } from './profile-ref.ts';
import { publicId, uuid } from './public-id.ts';

const ImportConnection = connectionOf('Import', Import);

const isPlace = (place: unknown): place is readonly [number, string] =>
  Array.isArray(place) &&
  place.length === 2 &&
  Number.isSafeInteger(place[0]) &&
  Math.abs(place[0]) < 8.64e15 &&
  typeof place[1] === 'string' &&
  uuid.test(place[1]);

export const Account = builder.prismaObject('Account', {
  interfaces: [Node],
  select: { id: true },
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => publicId('Account', id) }),
    name: t.exposeString('name', { description: '`local` on a loopback server without sign-in.' }),
    profiles: t.relation('profiles', {
      type: Profile,
      query: { where: { deletingSince: null }, orderBy: [{ name: 'asc' }, { id: 'asc' }] },
    }),
    imports: t.field({
      type: ImportConnection,
      description: 'Newest first.',
      args: { first: t.arg.int(), after: t.arg.string() },
      resolve: async (_account, { first, after }, context, info) => {
        const size = pageSize(first);
        let beyond = {};
        if (after !== null && after !== undefined) {
          const [createdAt, id] = placeOf(after, isPlace);
          beyond = {
            OR: [{ createdAt: { lt: new Date(createdAt) } }, { createdAt: new Date(createdAt), id: { lt: id } }],
          };
        }
        const rows = await context.account.prisma.import.findMany({
          ...queryFromInfo({ context, info, typeName: 'Import', paths: [['nodes'], ['edges', 'node']] }),
          where: beyond,
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take: size + 1,
        });
        return pageOf(
          rows.slice(0, size) as never[],
          rows.length > size,
          after,
          (row: { createdAt: Date; id: string }) => [row.createdAt.getTime(), row.id],
          () => context.account.prisma.import.count(),
        ) as never;
      },
    }),
  }),
});

findsNode('Account', async (id, context, info) => {
  const account = await context.account.prisma.account.findUnique({
    ...queryFromInfo({ context, info, typeName: 'Account' }),
    where: { id },
  });
  return account && { ...account, __typename: 'Account' };
});

builder.queryField('viewer', (t) =>
  t.prismaField({
    type: Account,
    description: 'The account the caller is signed in to. On a loopback server without sign-in, the one local account.',
    resolve: (query, _root, _args, { account }) =>
      account.prisma.account.findUniqueOrThrow({ ...query, where: { id: account.accountId } }),
  }),
);
