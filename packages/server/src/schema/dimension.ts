import { builder } from './builder.ts';

/** What a history can be ranked and filtered by. */
export const Dimension = builder.enumType('Dimension', { values: ['TITLE', 'SERIES', 'DEVICE', 'PLACE'] as const });
