import { matcherVersion } from '@watchprint/engine';

/** What matches are marked with; of another they are made anew. */
export const markOf = (catalogueVersion: string): string => `${matcherVersion} ${catalogueVersion}`;
