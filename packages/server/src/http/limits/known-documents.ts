import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Characters of documents that stay parsed: a hundred of an app's. They take 25 MB at most, when strangers make them of as many words as they can. */
const mostCharacters = 100_000;

/**
 * Documents that were parsed and are within the limits of their text, so that what apps ask again and again is checked, parsed and
 * validated once. Bounded by what documents take, where Yoga's own is by their number.
 */
export const createKnownDocuments = () =>
  new LRUCache<string, DocumentNode>({
    maxSize: mostCharacters,
    sizeCalculation: (_document, text) => text.length + 1,
  });

export type KnownDocuments = ReturnType<typeof createKnownDocuments>;

/** No error is kept: its text is none that an app asks again. */
export const noErrors = { get: () => undefined, set: () => undefined };
