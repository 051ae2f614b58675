import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../test/databases.ts';
import { BinaryColumn, binaryArray, wantedParts } from './binary-array.ts';
import type { Database } from './open-database.ts';

onEveryDatabase('an array in binary', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.array(fc.option(values), { maxLength: 40 });
  // What PostgreSQL's text can hold: no NUL, no half of a character.
  const texts = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !text.includes('\0'));
  const arrays = fc.record({
    bool: orNull(fc.boolean()),
    int2: orNull(fc.integer({ min: -32_768, max: 32_767 })),
    int4: orNull(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    float8: orNull(fc.double({ noNaN: true })),
    text: orNull(texts),
    uuid: orNull(fc.uuid()),
  });

  it('arrives as it was sent, whatever its elements hold', async () => {
    await fc.assert(
      fc.asyncProperty(arrays, async (sent) => {
        const [row] = await database.sql.query(
          `SELECT $1::bool[] AS bool, $2::int2[] AS int2, $3::int4[] AS int4, $4::float8[] AS float8, $5::text[] AS text,
             $6::uuid[]::text[] AS uuid`,
          [
            binaryArray('bool', sent.bool),
            binaryArray('int2', sent.int2),
            binaryArray('int4', sent.int4),
            binaryArray('float8', sent.float8),
            binaryArray('text', sent.text),
            binaryArray('uuid', sent.uuid),
          ],
        );
        expect(row).toEqual(sent);
      }),
      { numRuns: 50 },
    );
  });

  it('can be sent without some of its parts', async () => {
    const column = new BinaryColumn('text');
    for (const part of [['a', 'b'], [], ['c'], ['d', null]]) {
      for (const element of part) column.add(element);
      column.endPart();
    }
    const parted = column.finish();
    const arrived = async (isWanted: (part: number) => boolean) =>
      (await database.sql.query('SELECT $1::text[] AS texts', [wantedParts(parted, isWanted)]))[0];
    expect(await arrived(() => true)).toEqual({ texts: ['a', 'b', 'c', 'd', null] });
    expect(await arrived((part) => part % 2 === 0)).toEqual({ texts: ['a', 'b', 'c'] });
    expect(await arrived((part) => part === 3)).toEqual({ texts: ['d', null] });
    expect(await arrived(() => false)).toEqual({ texts: [] });
  });
});
