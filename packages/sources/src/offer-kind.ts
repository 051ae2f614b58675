import type { OfferedWork } from '@watchprint/engine';
import type { FactKind } from './fact-kind.ts';

/** What a source offers for a name. Its subjects are names: `subjectOf` is given one in place of an id. */
export interface OfferKind<Facts> extends FactKind<Facts> {
  /** A name in a language, as it is stored: of two that are the same question only one is asked. */
  subjectFor(name: string, language: string): string;
  /** Films and series among it, the likeliest first. */
  offersIn(facts: Facts): readonly OfferedWork[];
  /** The name that a subject is of, as `askedName` has it. */
  nameIn(subject: string): string;
}

/** A name as it is looked for: spaces and case tell nothing, and what is longer than any title is cut off. */
export const askedName = (name: string): string =>
  Array.from(
    name
      .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim()
      .toLowerCase()
      // Small letters may be made of two that are one.
      .normalize('NFC'),
  )
    .slice(0, longestName)
    .join('')
    .trim();

/** IMDb takes no longer text, which counts a letter beyond the first 65,536 as two. */
const longestName = 100;
