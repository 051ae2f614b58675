import type { Period } from '@watchprint/engine';
import { AnalyticsOfPeriod } from '../../analysing/analytics-of-period.ts';
import { badInput } from '../../bad-input.ts';
import { builder } from '../builder.ts';
import { Profile } from '../profile-ref.ts';

/** Its figures are defined beside this file, by what they are about. */
export const Analytics = builder.objectRef<AnalyticsOfPeriod>('Analytics').implement({
  description: 'A figure that fails is null and leaves the others alone.',
  fields: (t) => ({
    from: t.field({ type: 'Date', nullable: true, resolve: ({ period }) => period.from }),
    to: t.field({ type: 'Date', nullable: true, resolve: ({ period }) => period.to }),
  }),
});

export const PeriodInput = builder.inputType('PeriodInput', {
  description: 'Days are inclusive; one that is left out leaves that end open.',
  fields: (t) => ({ from: t.field({ type: 'Date' }), to: t.field({ type: 'Date' }) }),
});

export function periodOf(given: typeof PeriodInput.$inferInput | null | undefined): Period {
  const from = given?.from ?? null;
  const to = given?.to ?? null;
  if (from !== null && to !== null && from > to) throw badInput('from lies after to.');
  return { from, to };
}

builder.prismaObjectField(Profile, 'analytics', (t) =>
  t.field({
    type: Analytics,
    nullable: true,
    description:
      'Figures of the profile’s history. Titles are told apart by what strings were taken for; facts are those that are known: nothing is asked of the sources.',
    args: { period: t.arg({ type: PeriodInput }) },
    resolve: async ({ id }, { period }, { account, analyses }) => {
      const of = periodOf(period);
      const analysis = await analyses.of(account, id);
      return analysis && new AnalyticsOfPeriod(id, analysis, of, () => analyses.all(account));
    },
  }),
);
