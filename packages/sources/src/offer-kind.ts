import type { OfferedWork } from '@watchprint/engine';
import type { FactKind } from './fact-kind.ts';

/** What a source offers for a name: its `subjectOf` is given the name in place of an id. */
export interface OfferKind<Facts> extends FactKind<Facts> {
  /** Films and series among it, the likeliest first. */
  offersIn(facts: Facts): readonly OfferedWork[];
  /** The name that a subject is of, as `askedName` has it. */
  nameIn(subject: string): string;
}

/** A name as it is looked for: spaces and case tell nothing, and what is longer than any title is cut off. */
export const askedName = (name: string): string =>
  Array.from(
    name
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim()
      .toLowerCase(),
  )
    .slice(0, longestName)
    .join('')
    .trim();

/** IMDb takes no longer text. */
const longestName = 100;
