import { moveToTimeZone } from '@watchprint/database';
import { GraphQLError } from 'graphql';
import { timeZoneSchema } from '../config.ts';
import { pairRows } from '../importing/pair-rows.ts';
import { builder } from './builder.ts';
import { Profile } from './profile-ref.ts';
import { notFound, requireId } from './public-id.ts';

const UpdateProfileInput = builder.inputType('UpdateProfileInput', {
  fields: (t) => ({ profileId: t.id({ required: true }), name: t.string(), timeZone: t.string() }),
});

const UpdateProfilePayload = builder.objectRef<{ id: string }>('UpdateProfilePayload').implement({
  fields: (t) => ({
    profile: t.prismaField({
      type: Profile,
      resolve: (query, { id }, _args, { database, accountId }) =>
        database.prisma.profile.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId, id } } }),
    }),
  }),
});

const bad = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

builder.mutationField('updateProfile', (t) =>
  t.field({
    type: UpdateProfilePayload,
    args: { input: t.arg({ type: UpdateProfileInput, required: true }) },
    resolve: async (_root, { input }, { database, accountId }) => {
      const id = requireId(input.profileId, 'Profile');
      const where = { accountId_id: { accountId, id } };
      const profile = await database.prisma.profile.findUnique({ where });
      if (profile === null) throw notFound('Profile');
      const name = input.name?.trim();
      if (name !== undefined) {
        if (name === '' || name.length > 200) throw bad('name must have from 1 to 200 characters.');
        const taken = await database.prisma.profile.findUnique({ where: { accountId_name: { accountId, name } } });
        if (taken !== null && taken.id !== id) throw bad('Another profile of the account has that name.');
      }
      if (input.timeZone && !timeZoneSchema.safeParse(input.timeZone).success)
        throw bad('timeZone must be an IANA time zone such as Australia/Sydney.');
      if (name !== undefined) await database.prisma.profile.update({ where, data: { name } });
      if (input.timeZone) {
        await moveToTimeZone(database.sql, accountId, id, input.timeZone);
        await pairRows(database, accountId);
      }
      return { id };
    },
  }),
);
