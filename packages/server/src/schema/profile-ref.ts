import { queryFromInfo } from '@pothos/plugin-prisma';
import { builder } from './builder.ts';
import { findsNode, Node } from './node.ts';
import { publicId } from './public-id.ts';

export const Profile = builder.prismaObject('Profile', {
  interfaces: [Node],
  select: { id: true, timeZone: true },
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => publicId('Profile', id) }),
    name: t.exposeString('name'),
    timeZone: t.exposeString('timeZone', { description: 'IANA time zone that days and hours are counted in.' }),
    timeZoneAssumed: t.exposeBoolean('timeZoneAssumed', {
      description: 'True while nobody has set it: then it follows the rows’ main country, else the region.',
    }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'ISO 639 code of the language that texts are wanted in; null while nobody has set it: English.',
    }),
  }),
});

findsNode('Profile', async (id, context, info) => {
  const profile = await context.account.prisma.profile.findFirst({
    ...queryFromInfo({ context, info, typeName: 'Profile' }),
    where: { id },
  });
  return profile && { ...profile, __typename: 'Profile' };
});
