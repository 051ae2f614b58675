import type { StringReader } from '@watchprint/database/prepare';
import { readTitles, titleGroup, titlesOfReading } from '@watchprint/engine';

/** The engine's grammar, as the store asks for it. */
export const stringReader: StringReader = {
  group: titleGroup,
  read: (rawTitles) =>
    readTitles(rawTitles).map((reading) => ({ titles: titlesOfReading(reading), evidence: reading.evidence })),
};
