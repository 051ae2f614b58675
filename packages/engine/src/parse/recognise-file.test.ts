import { describe, expect, it } from 'vitest';
import { dayOf, inMemory, readAll, recogniseHistory, text } from './test-files.ts';

describe('a history', () => {
  const expected = [
    ['Salt; again, and again', dayOf('2020-02-13')],
    ['Thaw', dayOf('2020-02-12')],
  ];
  const titlesAndDays = async (content: string) => {
    const { rows, rejected } = await readAll(text(content));
    expect(rejected).toEqual([]);
    return rows.map(({ rawTitle, day }) => [rawTitle, day]);
  };

  it.each([
    ['sep=;\r\nTitle;Date\r\n"Salt; again, and again";13/02/2020\r\nThaw;12/02/2020\r\n'],
    ['"sep=,"\nTitle,Date\n"Salt; again, and again",13/02/2020\nThaw,12/02/2020\n'],
    ['\n\nSEP=\t;;\n\nTitle\tDate\nSalt; again, and again\t13/02/2020\nThaw\t12/02/2020\n'],
    ['sep=^\nTitle^Date\nSalt; again, and again^13/02/2020\nThaw^12/02/2020\n'],
    // What the line says is not what the file does.
    ['sep=;\nTitle,Date\n"Salt; again, and again",13/02/2020\nThaw,12/02/2020\n'],
  ])('is read below a line that names its delimiter: %j', async (content) => {
    expect(await titlesAndDays(content)).toEqual(expected);
  });

  it('says on which line a row stands below such a line, and rejects nothing above the header', async () => {
    const { rows, rejected } = await readAll(text('sep=";"\nTitle;Date\nSalt;13/02/2020\n'));
    expect([rows.map(({ line }) => line), rejected]).toEqual([[3], []]);
  });

  it.each([
    ['"Title,Date";;\n"""Salt; again, and again"",13/02/2020";;\n"Thaw,12/02/2020";;\n'],
    ['"""Title"",""Date"""\n"""Salt; again, and again"",""13/02/2020"""\n"""Thaw"",""12/02/2020"""\n'],
    ['"Title,Date",,\n"""Salt; again, and again"",13/02/2020",,\n"Thaw,12/02/2020",\n'],
  ])('is read where a spreadsheet put whole rows into quotes, the header too: %j', async (content) => {
    expect(await titlesAndDays(content)).toEqual(expected);
  });

  it('has no row unwrapped beside which something else stands', async () => {
    const { rows, rejected } = await readAll(text('Title,Date\nSalt,13/02/2020\n"Thaw,12/02/2020",x,y\n'));
    expect([rows.length, rejected]).toMatchObject([1, [{ line: 3 }]]);
  });

  it('is recognised as plain data', async () => {
    const recognised = await recogniseHistory(text('Title,Date\nSalt,13/02/2020\n'));
    expect(JSON.parse(JSON.stringify(recognised))).toStrictEqual(recognised);
  });
});

describe.each([
  ['nothing', '', 'FILE_EMPTY'],
  ['blank lines', '\n\n', 'FILE_EMPTY'],
  ['a page', '<!doctype html><title>Sign in</title>', 'FORMAT_UNKNOWN'],
  ['another table', 'Name,Price\nBread,3\n', 'FORMAT_UNKNOWN'],
  ['a delimiter and nothing else', 'sep=;\n', 'FILE_EMPTY'],
  ['a header alone', 'Title,Date\n', 'FILE_EMPTY'],
])('%s', (_what, content, code) => {
  it('is refused with a code', async () => {
    await expect(readAll(text(content))).rejects.toMatchObject({ code });
  });
});

it('says what is wrong with the first row where no row can be read', async () => {
  await expect(readAll(text('Title,Date\n"Salt" x,13/02/2020\n"Thaw" y,12/02/2020\n'))).rejects.toMatchObject({
    code: 'FORMAT_UNKNOWN',
    line: 2,
    found: expect.stringContaining('text follows the quote that closes a field'),
  });
  await expect(readAll(text('Title,Date\nSalt,13/02/2020,more\n'))).rejects.toMatchObject({
    line: 2,
    found: expect.stringContaining('has 3 fields where the header has 2'),
  });
});

it('calls what is no text by that name', async () => {
  const picture = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080600000000', 'hex');
  await expect(readAll(inMemory(picture, 16))).rejects.toMatchObject({
    code: 'FORMAT_UNKNOWN',
    message: expect.stringContaining('a file that is no text'),
  });
});
