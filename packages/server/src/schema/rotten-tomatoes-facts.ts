import type { RottenTomatoesPage } from '@watchprint/engine';
import { rottenTomatoesFacts } from '@watchprint/sources';
import { enrichedTitle } from '../enriching/title-subjects.ts';
import { builder } from './builder.ts';
import { Title } from './title.ts';

const AudienceScoreType = builder.enumType('AudienceScoreType', {
  values: {
    VERIFIED: { description: 'Of those whose ticket was checked.' },
    ALL: {},
  } as const,
});

const RottenTomatoesFacts = builder
  .objectRef<RottenTomatoesPage & { readonly fetchedAt: Date }>('RottenTomatoesFacts')
  .implement({
    fields: (t) => ({
      tomatometer: t.exposeInt('tomatometer', {
        nullable: true,
        description: 'Share of positive critics’ reviews, 0 to 100.',
      }),
      criticReviewCount: t.exposeInt('criticReviewCount', { nullable: true }),
      criticAverage: t.exposeFloat('criticAverage', { nullable: true, description: 'Mean of critics, 0 to 10.' }),
      certifiedFresh: t.exposeBoolean('certifiedFresh', { nullable: true }),
      audienceScore: t.exposeInt('audienceScore', {
        nullable: true,
        description: 'Share of viewers who liked it, 0 to 100.',
      }),
      audienceScoreType: t.field({
        type: AudienceScoreType,
        nullable: true,
        description: 'Whose score that is.',
        resolve: ({ audienceScoreType }) => audienceScoreType,
      }),
      audienceAverage: t.exposeFloat('audienceAverage', { nullable: true, description: 'Mean of viewers, 0 to 5.' }),
      consensus: t.exposeString('consensus', { nullable: true }),
      certificate: t.exposeString('certificate', { nullable: true, description: 'Of the United States.' }),
      url: t.string({ resolve: ({ rottenTomatoesId }) => `https://www.rottentomatoes.com/${rottenTomatoesId}` }),
      fetchedAt: t.expose('fetchedAt', { type: 'DateTime' }),
    }),
  });

builder.prismaInterfaceField(Title, 'rottenTomatoes', (t) =>
  t.field({
    type: RottenTomatoesFacts,
    nullable: true,
    description: 'Of the film, the series or the season itself; of an episode, its series’.',
    select: enrichedTitle,
    resolve: async (title, _args, { facts }) => {
      const { whole, season } = await facts.subjects(title);
      const asked = title.kind === 'SEASON' ? season : whole;
      if (asked === null) return null;
      const row = await facts.facts(rottenTomatoesFacts).load(asked);
      if (row?.answer !== 'FOUND' || row.fetchedAt === null) return null;
      return { ...(row.facts as RottenTomatoesPage), fetchedAt: row.fetchedAt };
    },
  }),
);
