import type { Figure as FigureShape } from '@watchprint/engine';
import { badInput } from '../../bad-input.ts';
import { builder } from '../builder.ts';

export const Figure = builder.interfaceRef<FigureShape>('Figure').implement({
  fields: (t) => ({
    definition: t.exposeString('definition', { description: 'What is counted, in a sentence.' }),
    coverage: t.exposeFloat('coverage', {
      nullable: true,
      description:
        'Share of the period’s viewings that it rests on, 0 to 1; where the definition says so, of what else it is made of. Null: there is nothing that it could rest on.',
    }),
    unknownBecause: t.exposeString('unknownBecause', {
      nullable: true,
      description: 'Why there is no figure; null where there is one.',
    }),
  }),
  resolveType: () => {
    throw new Error('No field answers with a bare Figure');
  },
});

/** How many items of a list are asked for. @throws bad input. */
export function limitOf(first: number | null | undefined): number {
  const limit = first ?? 50;
  if (limit < 0 || limit > 500) throw badInput('first must be from 0 to 500.');
  return limit;
}

export const CalendarUnit = builder.enumType('CalendarUnit', { values: ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const });
