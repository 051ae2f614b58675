import { renameProfile, setThresholds, setTimeZone } from '@watchprint/database';
import { badInput, requireName } from '../bad-input.ts';
import { timeZoneSchema } from '../config.ts';
import { pairRows } from '../importing/pair-rows.ts';
import { builder } from './builder.ts';
import { Profile } from './profile-ref.ts';
import { notFound, requireId } from './public-id.ts';
import { requireThresholds, ThresholdsInput } from './thresholds.ts';
import { requireLanguage } from './wikipedia-facts.ts';

const UpdateProfileInput = builder.inputType('UpdateProfileInput', {
  fields: (t) => ({
    profileId: t.id({ required: true }),
    name: t.string(),
    timeZone: t.string(),
    thresholds: t.field({ type: ThresholdsInput, description: 'Where figures draw their lines.' }),
    language: t.string({ description: 'ISO 639 code of the language that texts are wanted in: `pt`.' }),
  }),
});

const UpdateProfilePayload = builder.objectRef<{ id: string }>('UpdateProfilePayload').implement({
  fields: (t) => ({
    profile: t.prismaField({
      type: Profile,
      resolve: (query, { id }, _args, { account }) =>
        account.prisma.profile.findFirstOrThrow({ ...query, where: { id } }),
    }),
  }),
});

builder.mutationField('updateProfile', (t) =>
  t.field({
    type: UpdateProfilePayload,
    args: { input: t.arg({ type: UpdateProfileInput, required: true }) },
    resolve: async (_root, { input }, { account }) => {
      const id = requireId(input.profileId, 'Profile');
      const profile = await account.prisma.profile.findFirst({ where: { id } });
      if (profile === null) throw notFound('Profile');
      const name = input.name == null ? undefined : requireName(input.name, 'name');
      if (input.timeZone != null && !timeZoneSchema.safeParse(input.timeZone).success)
        throw badInput('timeZone must be an IANA time zone such as Australia/Sydney.');
      const thresholds = input.thresholds == null ? undefined : requireThresholds(input.thresholds);
      const language = input.language == null ? undefined : requireLanguage(input.language, 'language');
      if (name !== undefined && !(await renameProfile(account, id, name)))
        throw badInput('Another profile of the account has that name.');
      if (language !== undefined) await account.prisma.profile.updateMany({ where: { id }, data: { language } });
      if (thresholds !== undefined) await setThresholds(account, id, thresholds);
      if (input.timeZone) {
        await setTimeZone(account, id, input.timeZone);
        await pairRows(account);
      }
      return { id };
    },
  }),
);
