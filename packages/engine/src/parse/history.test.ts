import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { dayOf, inMemory, readAll, text } from './test-files.ts';

describe('a history file', () => {
  it('is read whatever its delimiter, encoding, line ends and column order', async () => {
    const expected = [
      ['Salón México: Temporada 1: Año nuevo', dayOf('2020-07-28')],
      ['Dust & Daylight', dayOf('2020-07-03')],
    ];
    const shapes: Record<string, Uint8Array> = {
      'as it comes': Buffer.from(
        'Title,Date\n"Salón México: Temporada 1: Año nuevo","28/07/2020"\n"Dust & Daylight","03/07/2020"\n',
      ),
      'semicolons, CRLF, BOM': Buffer.from(
        '\u{FEFF}Date;Title\r\n28/7/2020;Salón México: Temporada 1: Año nuevo\r\n3/7/2020;Dust & Daylight\r\n',
      ),
      'tabs in UTF-16': Buffer.from(
        '\u{FEFF}Title\tDate\nSalón México: Temporada 1: Año nuevo\t28.07.20\nDust & Daylight\t03.07.20\n',
        'utf16le',
      ),
      'Windows-1252': Buffer.from(
        'Title,Date\r\nSalón México: Temporada 1: Año nuevo,28/07/2020\r\nDust & Daylight,03/07/2020',
        'latin1',
      ),
    };
    for (const [shape, bytes] of Object.entries(shapes)) {
      const { rows, rejected } = await readAll(inMemory(bytes, 7));
      expect([shape, rows.map(({ rawTitle, day }) => [rawTitle, day]), rejected]).toEqual([shape, expected, []]);
    }
  });

  it('comes back as it was written, however it is quoted and cut into chunks', async () => {
    const title = fc.stringMatching(/^[A-Za-z "',;:\n\téß日本]{0,20}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(title, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 50 }),
        async (titles, chunk) => {
          const lines = titles.map((name) => `"${name.replaceAll('"', '""')}","13/02/2020"\n`);
          const { rows, rejected } = await readAll(inMemory(Buffer.from(`Title,Date\n${lines.join('')}`), chunk));
          expect(rejected).toEqual([]);
          expect(rows.map(({ rawTitle }) => rawTitle)).toEqual(titles);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('says on which line each row begins, also after titles that span lines and blank lines', async () => {
    const { rows } = await readAll(text('Title,Date\n"Two\nlines","13/02/2020"\n\n"Next","13/02/2020"\n'));
    expect(rows.map(({ line }) => line)).toEqual([2, 5]);
  });

  it('takes rows of nothing but delimiters for blank lines, wherever they stand', async () => {
    const { rows, rejected } = await readAll(
      text(',\nTitle,Date\n,\n"Fog","13/02/2020"\n;;\n"Pier","12/02/2020"\n" ",\n'),
    );
    expect(rows.map(({ line, rawTitle }) => [line, rawTitle])).toEqual([
      [4, 'Fog'],
      [6, 'Pier'],
    ]);
    expect(rejected).toEqual([]);
  });

  it('reads what stands around values: spaces at quotes, tabs and no-break spaces at dates', async () => {
    const { rows, rejected } = await readAll(
      text('Title, Date\n"Fog, A", "13/02/2020"\n"Pier" ,"12/02/2020"\nBoat,"\t11/02/2020"\nRain,"\u00a010/02/2020"\n'),
    );
    expect(rejected).toEqual([]);
    expect(rows.map(({ rawTitle, day }) => [rawTitle, day])).toEqual([
      ['Fog, A', dayOf('2020-02-13')],
      ['Pier', dayOf('2020-02-12')],
      ['Boat', dayOf('2020-02-11')],
      ['Rain', dayOf('2020-02-10')],
    ]);
  });

  it('reads times and durations as data frames write them', async () => {
    const { rows, rejected } = await readAll(
      text(
        'Start Time,Duration,Title\n2020-07-28 10:00:00+00:00,0 days 00:30:00,Fog\n2020-07-27T10:00:00+00:00,1 days 00:00:01,Pier\n2020-07-26 10:00:00+02:00,0:30:00,Boat\n',
      ),
    );
    expect(rows.map(({ rawTitle, startedAt, secondsWatched }) => [rawTitle, startedAt, secondsWatched])).toEqual([
      ['Fog', Date.UTC(2020, 6, 28, 10) / 1000, 1800],
      ['Pier', Date.UTC(2020, 6, 27, 10) / 1000, 86_401],
    ]);
    // Another offset than that of UTC is not read as if it were none.
    expect(rejected).toMatchObject([{ line: 4 }]);
  });

  it('loses one broken row and nothing beside it', async () => {
    const { rows, rejected } = await readAll(
      text('Title,Date\n"Salt","13/02/2020"\n"Broken "quote","x"y\n"Thaw","12/02/2020"\n"No date","soon"\n"Ash"\n'),
    );
    expect(rows.map(({ rawTitle }) => rawTitle)).toEqual(['Salt', 'Thaw']);
    expect(rejected.map(({ line }) => line)).toEqual([3, 5, 6]);
    expect(rejected[1]?.reason).toContain('soon');
  });

  it('lets no stray quote swallow the rows after it', async () => {
    const { rows, rejected } = await readAll(
      text('Title,Date\n"A","28/07/2020"\n"B,27/07/2020\nC,26/07/2020\nD,25/07/2020\nE","24/07/2020"\nF,23/07/2020\n'),
    );
    expect(rows.map(({ rawTitle }) => rawTitle)).toEqual(['A', 'C', 'D', 'F']);
    expect(rejected.map(({ line }) => line)).toEqual([3, 6]);
  });

  it('reads lines that end in a return alone, or in two and a line feed', async () => {
    for (const lineBreak of ['\r', '\r\r\n']) {
      const lines = [
        'Title,Date',
        '"Salt","13/02/2020"',
        '"Thaw, again","12/02/2020"',
        'Ash,11/02/2020',
        '"A "b","x"',
        '',
      ];
      for (const chunk of [1, 7, 1000]) {
        const { rows, rejected } = await readAll(inMemory(Buffer.from(lines.join(lineBreak)), chunk));
        expect(rows.map(({ line, rawTitle }) => [line, rawTitle])).toEqual([
          [2, 'Salt'],
          [3, 'Thaw, again'],
          [4, 'Ash'],
        ]);
        expect(rejected).toMatchObject([{ line: 5 }]);
      }
    }
  });

  it('tells rejected rows in the order of the file, whatever is wrong with them', async () => {
    const { rejected } = await readAll(
      text('Title,Date\n"Salt","13/02/2020"\n"No date","soon"\n"a "b" c","x"\n"No date","never"\n"a "b" c","x"\n'),
      undefined,
      5000,
    );
    expect(rejected.map(({ line }) => line)).toEqual([3, 4, 5, 6]);
  });

  it('keeps empty titles as rows', async () => {
    const { rows } = await readAll(text('Title,Date\n"","13/02/2020"\n" ","13/02/2020"\n'));
    expect(rows.map(({ rawTitle }) => rawTitle)).toEqual(['', ' ']);
  });
});

describe('a viewing activity', () => {
  const header =
    'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country';

  it('is read by column name', async () => {
    const { rows, layout } = await readAll(
      text(
        '"Duration","Start Time","Profile Name","Country","Bookmark","Latest Bookmark","Supplemental Video Type","Attributes","Device Type","Title"\n' +
          '"101:00:05","2025-11-19 23:19:57","Ada","ZZ (Unknown Region)","01:31:00","01:31:00","","","Phone","Salt"\n',
      ),
    );
    expect(layout.format).toBe('NETFLIX_VIEWING_ACTIVITY');
    expect(rows).toEqual([
      {
        line: 2,
        rawTitle: 'Salt',
        profileName: 'Ada',
        day: null,
        startedAt: Date.parse('2025-11-19T23:19:57Z') / 1000,
        secondsWatched: 101 * 3600 + 5,
        positionSeconds: 5460,
        supplementalType: null,
        accidental: false,
        device: 'Phone',
        country: null,
      },
    ]);
  });

  it('tells what played by itself, and what was under a minute', async () => {
    const row = (attributes: string, duration: string) =>
      `Ada,2021-03-02 20:15:00,${duration},${attributes},Salt,,TV,,Not latest view,AU (Australia)\n`;
    const { rows } = await readAll(
      text(
        `${header}\n${row('', '00:01:00')}${row('', '00:00:59')}${row('Autoplayed: user action: None; ', '00:20:00')}${row('Autoplayed: user action: User_Interaction; ', '00:20:00')}`,
      ),
    );
    expect(rows.map(({ accidental }) => accidental)).toEqual([false, true, true, false]);
  });

  it.each([
    ['0:04:30', 270],
    ['101:00:05', 363_605],
    // What a spreadsheet left of it where its cells show minutes and seconds.
    ['04:30', 270],
    ['75:00', 4500],
    ['', null],
    [' ', null],
  ])('that lasted “%s” is read', async (duration, seconds) => {
    const { rows } = await readAll(text(`${header}\nAda,2021-03-02 20:15:00,${duration},,Salt,,TV,,,AU (Australia)\n`));
    expect(rows).toMatchObject([{ secondsWatched: seconds }]);
  });

  it.each(['an hour', '0:75:00', '0:04:61', '4', '1:2:3', '1:02:03:04', '04:', ':30', '-0:04:30'])(
    'that lasted “%s” is rejected: nothing is made up',
    async (duration) => {
      const { rows, rejected } = await readAll(
        text(`${header}\nAda,2021-03-02 20:15:00,${duration},,Salt,,TV,,,AU (Australia)\n`),
      );
      expect(rows).toEqual([]);
      expect(rejected).toMatchObject([{ line: 2, reason: `"${duration}" is no duration` }]);
    },
  );

  it('is rescued from a spreadsheet that wrapped lines in quotes and ended them in semicolons', async () => {
    const { rows, rejected } = await readAll(
      text(
        `${header};;\nAda,2021-03-02 20:15:00,00:45:10,,Salt,,TV,00:45:10,00:45:10,AU (Australia);;\n"Ada,2021-03-01 20:15:00,00:45:10,,""Salt, again"",,TV,00:45:10,00:45:10,AU (Australia)";;\n`,
      ),
    );
    expect(rejected).toEqual([]);
    expect(rows.map(({ rawTitle, country }) => [rawTitle, country])).toEqual([
      ['Salt', 'AU'],
      ['Salt, again', 'AU'],
    ]);
  });

  it('is refused without titles, saying so', async () => {
    await expect(readAll(text('Profile Name,Start Time,Duration\nAda,18.12.22 15:17,00:28:27\n'))).rejects.toThrow(
      /without Title/,
    );
  });
});

describe.skipIf(corpus === null)('every real file', async () => {
  const folder = join(corpus ?? '', 'netflix');
  const names =
    corpus === null ? [] : (await readdir(folder)).filter((name) => /^(history|activity)-.*\.csv$/.test(name));
  it.each(names.filter((name) => name !== 'activity-ch-resaved-1.csv'))('%s is read whole', async (name) => {
    const { rows, rejected } = await readAll(() => createReadStream(join(folder, name)));
    expect(rows.length).toBeGreaterThan(50);
    // The one line that nobody can tell apart: a comma inside quotes that the spreadsheet left unbalanced.
    expect(rejected).toHaveLength(name === 'activity-tr-mangled-1.csv' ? 1 : 0);
  });
  it('without titles is refused', async () => {
    await expect(readAll(() => createReadStream(join(folder, 'activity-ch-resaved-1.csv')))).rejects.toThrow(/Title/);
  });
});
