import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { JsonValue, LakeAnswer } from '@watchprint/lake';
import { parse } from 'csv-parse/sync';
import { expect, it, vi } from 'vitest';
import { writeCsv, writeJson, writeTable } from './answer-formats.ts';

type Write = (answer: LakeAnswer, out: PassThrough) => Promise<void>;

async function written(write: Write, columns: string[], rows: readonly JsonValue[][]): Promise<string> {
  const out = new PassThrough({ highWaterMark: 100 });
  const all = text(out);
  async function* each() {
    yield* rows;
  }
  await write({ columns, rows: each(), notices: [] }, out);
  out.end();
  return all;
}

const rows: JsonValue[][] = [
  ['Paper "Moons", again', 12, null, ['a', null], { b: true }],
  ['비상선언\nSecond line', -1.5, '', [], {}],
];
const columns = ['title', 'n', 'x', 'list', 'struct'];

it('CSV has every row, text as it is, nothing for null, and JSON for what has parts', async () => {
  const csv = await written(writeCsv, columns, rows);
  expect(parse(csv)).toEqual([
    columns,
    ['Paper "Moons", again', '12', '', '["a",null]', '{"b":true}'],
    ['비상선언\nSecond line', '-1.5', '', '[]', '{}'],
  ]);
  const many = Array.from({ length: 2500 }, (_, number) => [number]);
  expect(parse(await written(writeCsv, ['n'], many))).toHaveLength(2501);
});

it('JSON is one array of objects, with a name for each column', async () => {
  expect(JSON.parse(await written(writeJson, columns, rows))).toEqual(
    rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))),
  );
  expect(JSON.parse(await written(writeJson, ['a', 'a', 'a_1', 'a'], [[1, 2, 3, 4]]))).toEqual([
    { a: 1, a_1: 2, a_1_1: 3, a_2: 4 },
  ]);
  expect(JSON.parse(await written(writeJson, ['a'], []))).toEqual([]);
  const many = Array.from({ length: 2500 }, (_, number) => [number]);
  expect(JSON.parse(await written(writeJson, ['n'], many))).toHaveLength(2500);
});

it('a table has its columns below one another, each value in one line, and the first rows only', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(
    (
      await written(
        writeTable,
        ['title', 'n'],
        [
          ['비상', 5],
          ['Red\nClay', -10],
          ['x'.repeat(80), null],
        ],
      )
    ).split('\n'),
  ).toEqual([
    `title${' '.repeat(55)}    n`,
    `${'─'.repeat(60)}  ───`,
    `비상${' '.repeat(56)}    5`,
    `Red Clay${' '.repeat(52)}  -10`,
    `${'x'.repeat(59)}…`,
    '',
  ]);
  expect(said).toHaveBeenLastCalledWith('3 rows\n');
  const many = Array.from({ length: 1001 }, (_, number) => [number]);
  expect((await written(writeTable, ['n'], many)).trimEnd().split('\n')).toHaveLength(1002);
  expect(said).toHaveBeenLastCalledWith(expect.stringContaining('The first 1000 rows'));
  expect(await written(writeTable, ['explain_key', 'explain_value'], [['plan', '┌─┐\n└─┘']])).toBe('┌─┐\n└─┘\n');
  said.mockRestore();
});
