import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitFields } from './split-fields.ts';

describe('splitFields', () => {
  it('reads what csv-parse reads, and leaves to it what csv-parse refuses', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a ",;é\n]{1,14}$/),
        fc.constantFrom(',', ';'),
        fc.boolean(),
        (text, delimiter, isWhole) => {
          // Half of them made so that they are well quoted: by chance few are.
          const record = isWhole
            ? text
                .split(delimiter)
                .map((field) => `"${field.replaceAll('"', '""')}"`)
                .join(delimiter)
            : text.replaceAll('\n', ' ');
          let expected: string[] | null = null;
          try {
            [expected = null] = parse(record, { delimiter, relax_column_count: true }) as unknown as string[][];
          } catch {
            // Refused.
          }
          expect(splitFields(record, delimiter)).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
