import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RejectedRow } from './history-row.ts';
import { type CsvRecord, readRecords } from './records.ts';
import type { OpenFile } from './table-shape.ts';
import { inMemory } from './test-files.ts';

const shape = { encoding: 'utf-8', delimiter: ',', columnCount: 2, columns: { date: 1 } };

describe('records', () => {
  it('accounts for every line of any text, and gives the same batches however it is cut into chunks', async () => {
    const line = fc.oneof(
      fc.constant('"Salt","13/02/2020"'),
      fc.constant('"Two\nlines","13/02/2020"'),
      fc.stringMatching(/^[ab",; 1]{1,12}$/),
    );
    const batchesOf = async (content: string, chunk: number) => {
      const batches: { records: CsvRecord[]; rejected: RejectedRow[] }[] = [];
      for await (const { records, rejected } of readRecords(inMemory(Buffer.from(content), chunk)(), shape, 4))
        batches.push({ records, rejected });
      return batches;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        async (lines, chunk) => {
          const content = `${lines.join('\n')}\n`;
          const whole = await batchesOf(content, 1 << 20);
          expect(await batchesOf(content, chunk)).toEqual(whole);
          const accounted = whole.flatMap(({ records, rejected }) => [
            ...records.flatMap(({ line: first, fields }) =>
              Array.from({ length: fields.join('').split('\n').length }, (_, over) => first + over),
            ),
            ...rejected.flatMap(({ line: first, content: kept }) =>
              Array.from({ length: kept.split('\n').length }, (_, over) => first + over),
            ),
          ]);
          expect(accounted.sort((a, b) => a - b)).toEqual(
            content
              .slice(0, -1)
              .split('\n')
              .map((_, index) => index + 1),
          );
        },
      ),
      // A line break between quotes that only close another.
      { numRuns: 500, examples: [[['"" "', '"', '"Two\nlines","13/02/2020"'], 1]] },
    );
  });

  it.each([
    ['a line', `"Salt","13/02/2020"\n${'x'.repeat(100_000)}\n"Thaw","13/02/2020"\n`, [2]],
    ['a record over lines', `"a\n${'x'.repeat(100_000)}","13/02/2020"\n"Thaw","13/02/2020"\n`, [1, 2]],
  ])('rejects %s over 64 KiB alike however it is cut into chunks', async (_what, content, lines) => {
    const rejectedOf = async (chunk: number) => {
      const rejected: RejectedRow[] = [];
      for await (const batch of readRecords(inMemory(Buffer.from(content), chunk)(), shape, 2))
        rejected.push(...batch.rejected);
      return rejected;
    };
    const whole = await rejectedOf(1 << 20);
    expect(whole.map(({ line }) => line)).toEqual(lines);
    for (const chunk of [1000, 4096, 70_000]) expect(await rejectedOf(chunk)).toEqual(whole);
  });

  it('keeps nothing of a line too long to be a row but its beginning', async () => {
    let asked = 0;
    const open: OpenFile = async function* () {
      yield Buffer.from('Title,Date\n"Salt","13/02/2020"\n');
      for (; asked < 200; asked += 1) yield Buffer.alloc(64 * 1024, 'x');
      yield Buffer.from('\n"Thaw","12/02/2020"\n');
    };
    const records: CsvRecord[] = [];
    const rejected: RejectedRow[] = [];
    for await (const batch of readRecords(open(), shape, 10)) {
      records.push(...batch.records);
      rejected.push(...batch.rejected);
    }
    expect(records.map(({ line }) => line)).toEqual([1, 2, 4]);
    expect(rejected).toMatchObject([{ line: 3 }]);
    expect(rejected[0]?.content.length).toBeLessThanOrEqual(2000);
  });
});
