import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import type { Database } from '../open-database.ts';
import { copyRows, stageRows } from './copy.ts';
import { type CopiedTable, RowWriter, wantedRows } from './copy-rows.ts';

const table = {
  name: 'copied',
  columns: {
    flag: 'bool',
    small: 'int2',
    whole: 'int4',
    words: 'text',
    id: 'uuid',
    day: 'date',
    instant: 'timestamptz',
  },
} as const satisfies CopiedTable;

onEveryDatabase('copied rows', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await database.sql.execute(`CREATE TABLE copied (place serial, flag bool, small int2, whole int4 UNIQUE, words text, id uuid,
      day date, instant timestamptz)`);
  });
  afterAll(() => database.close());

  const stored = () =>
    database.sql.query(
      `SELECT flag, small, whole, words, id::text, day - date '1970-01-01' AS day, extract(epoch FROM instant)::float8 AS instant
       FROM copied ORDER BY place`,
    );

  function rowsOf(parts: readonly (readonly (readonly (string | number | boolean | null)[])[])[]) {
    const writer = new RowWriter(table);
    for (const part of parts) {
      for (const row of part) writer.add(row);
      writer.endPart();
    }
    return writer.finish();
  }

  // What PostgreSQL's text can hold: no NUL, no half of a character.
  const texts = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !text.includes('\0'));
  const row = fc.tuple(
    fc.option(fc.boolean()),
    fc.option(fc.integer({ min: -32_768, max: 32_767 })),
    fc.constant(null),
    fc.option(texts),
    fc.option(fc.uuid()),
    fc.option(fc.integer({ min: -100_000, max: 100_000 })),
    fc.option(fc.integer({ min: -8_000_000_000, max: 8_000_000_000 })),
  );

  it('arrive as they were sent, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (sent) => {
        await database.sql.query('DELETE FROM copied');
        await database.sql.transaction((sql) => copyRows(sql, table, wantedRows(rowsOf([sent]))));
        expect((await stored()).map((found) => Object.values(found as object))).toEqual(sent);
      }),
      { numRuns: 50 },
    );
  });

  it('have room for text that takes three bytes a character', async () => {
    const sent = [6000, 3000, 9000].map((length) => [null, null, null, 'あ'.repeat(length), null, null, null]);
    await database.sql.query('DELETE FROM copied');
    await database.sql.transaction((sql) => copyRows(sql, table, wantedRows(rowsOf([sent]))));
    expect((await stored()).map((found) => Object.values(found as object))).toEqual(sent);
  });

  const numbered = (whole: number) => [null, null, whole, null, null, null, null];
  const wholes = async () => (await stored()).map((found) => (found as { whole: number }).whole);

  it('can be sent without some of their parts', async () => {
    const rows = rowsOf([[1, 2].map(numbered), [], [3].map(numbered), [4, 5].map(numbered)]);
    const arrived = async (isWanted: (part: number) => boolean) => {
      await database.sql.query('DELETE FROM copied');
      await database.sql.transaction((sql) => copyRows(sql, table, wantedRows(rows, isWanted)));
      return wholes();
    };
    expect(await arrived(() => true)).toEqual([1, 2, 3, 4, 5]);
    expect(await arrived((part) => part % 2 === 0)).toEqual([1, 2, 3]);
    expect(await arrived((part) => part === 3)).toEqual([4, 5]);
    expect(await arrived((part) => part === 1)).toEqual([]);
  });

  it('are refused as a whole, and the connection goes on', async () => {
    await database.sql.query('DELETE FROM copied');
    const many = Array.from({ length: 20_000 }, (_, place) => numbered(place % 19_999));
    const refused = database.sql.transaction((sql) => copyRows(sql, table, wantedRows(rowsOf([many]))));
    await expect(refused).rejects.toMatchObject({ code: '23505' });
    const unknown = { name: 'no_such_table', columns: table.columns };
    const nowhere = database.sql.transaction((sql) => copyRows(sql, unknown, wantedRows(rowsOf([many]))));
    await expect(nowhere).rejects.toMatchObject({ code: '42P01' });
    expect(await wholes()).toEqual([]);
  });

  it('come back as they are, however many', async () => {
    await database.sql.query('DELETE FROM copied');
    const lines = Array.from({ length: 60_000 }, (_, number) => `${number}\t${'word '.repeat(number % 40)}${number}\n`);
    await database.sql.transaction(async (sql) => {
      await sql.copy('COPY copied (whole, words) FROM STDIN', [Buffer.from(lines.join(''))]);
      const rows = await sql.copyOut('COPY (SELECT whole, words FROM copied ORDER BY whole) TO STDOUT');
      expect(rows.toString()).toBe(lines.join(''));
      expect(await sql.copyOut('COPY (SELECT FROM copied WHERE false) TO STDOUT')).toHaveLength(0);
    });
    const refused = database.sql.transaction((sql) => sql.copyOut('COPY (SELECT nope) TO STDOUT'));
    await expect(refused).rejects.toMatchObject({ code: '42703' });
    expect(await database.sql.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('are put aside for one transaction only', async () => {
    const rows = wantedRows(rowsOf([[7].map(numbered)]));
    const count = () =>
      database.sql.transaction(async (sql) => {
        const staged = await stageRows(sql, table, rows);
        return sql.query(`SELECT count(*)::int AS rows FROM ${staged}`);
      });
    expect(await count()).toEqual([{ rows: 1 }]);
    expect(await count()).toEqual([{ rows: 1 }]);
  });
});
