import { dimensions } from '@watchprint/engine';
import { builder } from '../builder.ts';

/** What a history can be ranked and filtered by. */
export const Dimension = builder.enumType('Dimension', { values: dimensions });
