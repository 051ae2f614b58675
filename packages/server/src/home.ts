import { join } from 'node:path';
import { createOriginals, type Originals } from '@watchprint/lake';

/** The uploads that are kept in a home. */
export const originalsOf = (home: string): Originals => createOriginals(join(home, 'lake', 'uploads'));
