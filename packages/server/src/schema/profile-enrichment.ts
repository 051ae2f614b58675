import type { AccountStore } from '@watchprint/database';
import type { EnrichmentProgress as EnrichmentProgressShape } from '../enriching/profile-enrichment.ts';
import { sourceIdOf } from '../enriching/source-names.ts';
import { builder } from './builder.ts';
import { SourceName } from './enrichment.ts';
import { notFound, requireId } from './public-id.ts';

const EnrichmentProgress = builder.objectRef<EnrichmentProgressShape>('EnrichmentProgress').implement({
  description:
    'Facts of a profile’s titles that were ever asked for: of each title one of each source, and of each season that was watched its own of Rotten Tomatoes.',
  fields: (t) => ({
    total: t.exposeInt('total', { description: '= done + failed + pending.' }),
    done: t.exposeInt('done', { description: 'Known, or known not to be there.' }),
    failed: t.exposeInt('failed', {
      description: 'Blocked or failed; asked again when somebody asks after their `nextReadAt`.',
    }),
    pending: t.exposeInt('pending'),
  }),
});

const EnrichProfileInput = builder.inputType('EnrichProfileInput', {
  fields: (t) => ({
    profileId: t.id({ required: true }),
    sources: t.field({ type: [SourceName], description: 'All that are switched on, unless some are named.' }),
  }),
});

const EnrichProfilePayload = builder
  .objectRef<{ readonly progress: EnrichmentProgressShape }>('EnrichProfilePayload')
  .implement({
    fields: (t) => ({ progress: t.field({ type: EnrichmentProgress, resolve: ({ progress }) => progress }) }),
  });

/** @throws a GraphQL error with code NOT_FOUND */
async function requireProfile({ prisma }: AccountStore, publicId: string): Promise<{ id: string; language: string }> {
  const id = requireId(publicId, 'Profile');
  const profile = await prisma.profile.findFirst({ where: { id }, select: { language: true } });
  if (profile === null) throw notFound('Profile');
  return { id, language: profile.language ?? 'en' };
}

builder.mutationField('enrichProfile', (t) =>
  t.field({
    type: EnrichProfilePayload,
    description:
      'Starts reading the sources for everything this profile has watched that is missing or out of date, the most watched first. It goes on behind, and after a restart.',
    args: { input: t.arg({ type: EnrichProfileInput, required: true }) },
    resolve: async (_root, { input }, { account, profileEnrichment }) => {
      const { id, language } = await requireProfile(account, input.profileId);
      const sources = input.sources?.map(sourceIdOf) ?? null;
      return { progress: await profileEnrichment.start(account, id, language, sources) };
    },
  }),
);

builder.subscriptionField('enrichmentProgress', (t) =>
  t.field({
    type: EnrichmentProgress,
    description: 'How far enrichment of this profile’s titles is, until nothing is pending: at most once a second.',
    args: { profileId: t.arg.id({ required: true }) },
    subscribe: async (_root, { profileId }, { account, profileEnrichment }) => {
      const { id, language } = await requireProfile(account, profileId);
      return profileEnrichment.watch(account, id, language);
    },
    resolve: (progress) => progress as EnrichmentProgressShape,
  }),
);
