import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { JsonValue, LakeAnswer } from '@watchprint/lake';
import { stringify } from 'csv-stringify/sync';
import { say } from './output.ts';

/** Rows are written as they come; memory does not grow with them. */
export async function writeCsv({ columns, rows }: LakeAnswer, out: Writable): Promise<void> {
  await write(out, stringify([[...columns]]));
  for await (const batch of batches(rows)) await write(out, stringify(batch.map((row) => row.map(textOf))));
}

/** An array with an object a line. Of columns with one name, the later ones are called `name_1`, `name_2`. */
export async function writeJson({ columns, rows }: LakeAnswer, out: Writable): Promise<void> {
  const names = distinct(columns);
  let isFirst = true;
  await write(out, '[');
  for await (const batch of batches(rows)) {
    const lines = batch.map((row) =>
      JSON.stringify(Object.fromEntries(row.map((value, index) => [names[index], value]))),
    );
    await write(out, `${isFirst ? '' : ','}\n${lines.join(',\n')}`);
    isFirst = false;
  }
  await write(out, `${isFirst ? '' : '\n'}]\n`);
}

/** What somebody may want to look through. */
const rowsShown = 1000;
/** Characters of a column. */
const widest = 60;

/** For eyes: columns below one another, the first rows, long values cut off. */
export async function writeTable({ columns, rows }: LakeAnswer, out: Writable): Promise<void> {
  const shown: string[][] = [];
  let hasMore = false;
  for await (const row of rows) {
    if (shown.length === rowsShown) {
      hasMore = true;
      break;
    }
    // A plan is drawn over several lines.
    if (columns[0] === 'explain_key') await write(out, `${textOf(row[1] ?? null)}\n`);
    else shown.push(row.map((value) => cell(textOf(value))));
  }
  if (columns[0] === 'explain_key') return;
  const isNumber = columns.map((_, index) => shown.every((row) => /^-?[\d.e+-]*$/.test(row[index] as string)));
  const lines = [columns.map(cell), ...shown];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] as string))));
  const drawn = lines.map((line) =>
    line
      .map((text, index) => {
        const room = ' '.repeat((widths[index] as number) - widthOf(text));
        return isNumber[index] ? room + text : text + room;
      })
      .join('  ')
      .trimEnd(),
  );
  drawn.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  await write(out, `${drawn.join('\n')}\n`);
  say(
    hasMore
      ? `The first ${rowsShown} rows; all of them are written to a file or a pipe`
      : `${shown.length} ${shown.length === 1 ? 'row' : 'rows'}`,
  );
}

const textOf = (value: JsonValue): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

function cell(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ');
  return [...line].length > widest ? `${[...line].slice(0, widest - 1).join('')}…` : line;
}

/** Columns of a terminal: characters of East Asia take two, marks above others none. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/\p{M}/u.test(character) ? 0 : isWide.test(character) ? 2 : 1), 0);

const isWide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let given = name;
    for (let number = 1; taken.has(given); number += 1) given = `${name}_${number}`;
    taken.add(given);
    return given;
  });
}

async function* batches<Row>(rows: AsyncIterable<Row>): AsyncIterable<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < 1000) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function write(out: Writable, text: string): Promise<void> {
  if (out.errored) throw out.errored;
  if (!out.write(text)) await once(out, 'drain');
}
