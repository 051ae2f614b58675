import { join } from 'node:path';
import { createOriginals, type Originals } from '@watchprint/lake';

/** The lake of a home. */
export const lakeOf = (home: string): string => join(home, 'lake');

/** The uploads that are kept in a home. */
export const originalsOf = (home: string): Originals => createOriginals(join(lakeOf(home), 'uploads'));
