import { queryFromInfo } from '@pothos/plugin-prisma';
import type { Prisma } from '@watchprint/database/prisma';
import { builder } from './builder.ts';
import { Match, shownTitle, withNetflixLabel } from './match.ts';
import { findsNode, Node } from './node.ts';
import { Profile } from './profile-ref.ts';
import { publicId } from './public-id.ts';
import { Title } from './title.ts';

const msPerDay = 86_400_000;

export const Viewing = builder.prismaObject('Viewing', {
  description: 'One row of a history that is no trailer or the like.',
  interfaces: [Node],
  select: { id: true, orderedAt: true },
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => publicId('Viewing', id) }),
    profile: t.relation('profile', { type: Profile }),
    rawTitle: t.string({
      description: 'As it stands in the file.',
      select: { match: { select: { rawTitle: true } } },
      resolve: ({ match }) => match.rawTitle,
    }),
    title: t.field({
      type: Title,
      nullable: true,
      description: 'What the string was read or matched as. Null when it cannot be read as anything.',
      select: (_args, _context, nestedSelection) =>
        ({ match: { select: shownTitle(nestedSelection as never) } }) as never,
      resolve: (viewing) => withNetflixLabel((viewing as unknown as { match: object }).match),
    }),
    match: t.relation('match', { type: Match }),
    watchedOn: t.field({
      type: 'Date',
      description: 'The day in the profile’s time zone.',
      select: { watchedOn: true },
      resolve: ({ watchedOn }) => watchedOn.getTime() / msPerDay,
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Null where the file has days only.',
      select: { occurrence: true },
      resolve: ({ occurrence, orderedAt }) => (occurrence === 0 ? orderedAt : null),
    }),
    secondsWatched: t.int({
      nullable: true,
      description: 'Null where the file does not say. Never estimated.',
      select: { seconds: true },
      resolve: ({ seconds }) => (seconds < 0 ? null : seconds),
    }),
    positionSeconds: t.exposeInt('positionSeconds', {
      nullable: true,
      description: 'Where in the title it was stopped: Netflix’s bookmark. Null where the file does not say.',
    }),
    accidental: t.exposeBoolean('accidental', {
      description: 'Played by itself with nobody acting, or for under a minute: left out of the figures.',
    }),
    device: t.exposeString('device', { nullable: true }),
    country: t.exposeString('country', { nullable: true, description: 'ISO 3166-1 alpha-2.' }),
  }),
});

/** Trailers, and rows that another row stands for, are no viewings. */
export const isViewing = { supplemental: false, covered: false } satisfies Prisma.ViewingWhereInput;

findsNode('Viewing', async (id, context, info) => {
  const viewing = await context.account.prisma.viewing.findFirst({
    ...queryFromInfo({ context, info, typeName: 'Viewing' }),
    where: { id: BigInt(id), ...isViewing },
  });
  return viewing && { ...viewing, __typename: 'Viewing' };
});
