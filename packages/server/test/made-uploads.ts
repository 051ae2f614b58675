// Uploads of every kind that somebody might send, made by fast-check: tables, mangled tables, archives of them, and noise.
import fc from 'fast-check';
import { faultyArchives, zip } from '../../lake/test/archives.ts';

/** What is made of a seed: the same again. */
export interface MadeUpload {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const tables: Record<string, readonly string[]> = {
  'NetflixViewingHistory.csv': ['Title', 'Date'],
  'ViewingActivity.csv': [
    ...['Profile Name', 'Start Time', 'Duration', 'Attributes', 'Title', 'Supplemental Video Type', 'Device Type'],
    ...['Bookmark', 'Latest Bookmark', 'Country'],
  ],
  'Ratings.csv': ['Profile Name', 'Title Name', 'Rating Type', 'Star Value', 'Thumbs Value', 'Event Utc Ts'],
  'MyList.csv': ['Profile Name', 'Title Name', 'Country', 'Utc Title Add Date'],
  'SearchHistory.csv': ['Profile Name', 'Query Typed', 'Displayed Name', 'Action', 'Is Kids', 'Utc Timestamp'],
  'PlaybackRelatedEvents.csv': ['Profile Name', 'Title Description', 'Device', 'Playback Start Utc Ts', 'Playtraces'],
  'Clickstream.csv': ['Profile Name', 'Source', 'Navigation Level', 'Webpage Url', 'Click Utc Ts'],
  'BillingHistory.csv': ['Transaction Date', 'Item Price Amt', 'Currency', 'Gross Sale Amt', 'Next Billing Date'],
  'Devices.csv': ['Profile Name', 'Esn', 'Device Type', 'Acct First Playback Date', 'Profile Last Playback Date'],
  'Profiles.csv': ['Profile Name', 'Email Address', 'Profile Creation Time', 'Maturity Level', 'Has Auto Playback'],
  'IpAddresses.csv': ['Esn', 'Country', 'Ip', 'Ts'],
  'Other.csv': ['Name', 'Price'],
};

const two = (number: number) => String(number).padStart(2, '0');
const date = fc
  .tuple(fc.integer({ min: 2005, max: 2031 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
  .chain(([year, month, day]) =>
    fc.constantFrom(
      `${year}-${two(month)}-${two(day)}`,
      `${day}/${month}/${year}`,
      `${month}/${day}/${year % 100}`,
      `${two(day)}.${two(month)}.${year}`,
      `${year}-${two(month)}-${two(day)} 20:15:00`,
      `${year}-${two(month)}-${two(day)}T20:15:00.123Z`,
      `${year}年${month}月${day}日`,
    ),
  );
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('Ada', 'Bo', 'thumb', '2', '0', '-1', '9.99', 'true', 'AU (Australia)', '') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('Tidewater: Season 2: Salt (Episode 3)', 'Paper Moons', 'シーズン2: 塩', 'A: B: C: D'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('00:40:00', '404:10:36', '0 days 00:30:00', 'NULL', '=1+1', "'; DROP TABLE x;--"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('[{"eventType":"start","sessionOffsetMs":1}]', '[[[[', '{"a":1}', 'https://x/y?z'),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 700 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\0', '\u{feff}', '\u{200b}', '"', '""', ',', ';', '\r', '\n', '\t', '\u{d800}'),
  },
);

const cell = (column: string) =>
  /Date|Time|Ts$/.test(column) && column !== 'Duration'
    ? fc.oneof({ weight: 9, arbitrary: date }, { weight: 1, arbitrary: word })
    : word;

const quoted = (text: string, always: boolean, delimiter: string) =>
  always || text.includes('"') || text.includes('\n') || text.includes(delimiter)
    ? `"${text.replaceAll('"', '""')}"`
    : text;

/** A table as Netflix or a spreadsheet would write it, more or less. */
const table = fc
  .record({
    name: fc.constantFrom(...Object.keys(tables)),
    delimiter: fc.constantFrom(',', ',', ',', ';', '\t', '|'),
    lineBreak: fc.constantFrom('\n', '\n', '\r\n', '\r', '\r\r\n'),
    quotes: fc.boolean(),
    start: fc.constantFrom('', '', '', '\u{feff}', 'sep=;\n', '\n\n'),
    end: fc.constantFrom('', '\n', ';;\n', '"', ',,,,\n'),
    encoding: fc.constantFrom('utf8', 'utf8', 'utf8', 'latin1', 'utf16le'),
  })
  .chain((shape) => {
    const columns = tables[shape.name] as readonly string[];
    const rows = fc.array(fc.tuple(...columns.map(cell)), { maxLength: 12 });
    return fc
      .tuple(rows, fc.shuffledSubarray([...columns], { minLength: Math.max(1, columns.length - 1) }))
      .map(([cells, order]) => {
        const line = (fields: readonly string[]) =>
          fields.map((field) => quoted(field, shape.quotes, shape.delimiter)).join(shape.delimiter);
        const places = order.map((column) => columns.indexOf(column));
        const lines = [order, ...cells.map((fields) => places.map((place) => fields[place] as string))].map(line);
        const text = `${shape.start}${lines.join(shape.lineBreak)}${shape.lineBreak}${shape.end}`;
        return { fileName: shape.name, bytes: new Uint8Array(Buffer.from(text, shape.encoding as BufferEncoding)) };
      });
  });

/** Bytes that were changed, lost, doubled or put in. */
const damage = fc.array(
  fc.tuple(fc.constantFrom('change', 'cut', 'double', 'insert'), fc.nat(), fc.uint8Array({ maxLength: 8 })),
  { maxLength: 4 },
);

function damaged(bytes: Uint8Array, damages: readonly (readonly [string, number, Uint8Array])[]): Uint8Array {
  let result = Buffer.from(bytes);
  for (const [kind, place, what] of damages) {
    const at = result.length === 0 ? 0 : place % result.length;
    if (kind === 'change') result.set(what.subarray(0, result.length - at), at);
    else if (kind === 'cut') result = Buffer.concat([result.subarray(0, at), result.subarray(at + what.length * 9)]);
    else if (kind === 'double') result = Buffer.concat([result.subarray(0, at), result.subarray(at >> 1)]);
    else result = Buffer.concat([result.subarray(0, at), what, result.subarray(at)]);
  }
  return new Uint8Array(result);
}

const path = fc.constantFrom(
  '',
  'CONTENT_INTERACTION/',
  'netflix-report/A/',
  '../',
  '/',
  'a\\b\\',
  '__MACOSX/._',
  'é/',
);

const archive = fc
  .tuple(fc.array(fc.tuple(path, table), { maxLength: 6 }), fc.boolean())
  .map(([entries, compress]) => ({ entries, compress }));

interface Entries {
  readonly entries: readonly (readonly [string, MadeUpload])[];
  readonly compress: boolean;
}

async function packed({ entries, compress }: Entries): Promise<MadeUpload> {
  const files = Object.fromEntries(
    // Names that a packer refuses are given by the archives with a fault.
    entries.map(([folder, { fileName, bytes }]) => [
      `${/^(\.\.|\/|a\\)/.test(folder) ? '' : folder}${fileName}`,
      bytes,
    ]),
  );
  return { fileName: 'netflix-report.zip', bytes: await zip(files, { compress }) };
}

const faults = Object.values(
  await faultyArchives('ViewingActivity.csv', 'Title,Start Time,Duration\nPaper Moons,2021-03-13 20:00:00,00:40:00\n'),
).map(({ archive: bytes }) => bytes);

/** One upload; the same for the same seed. */
export async function madeUpload(seed: number): Promise<MadeUpload> {
  const one = <Value>(arbitrary: fc.Arbitrary<Value>, offset = 0): Value =>
    fc.sample(arbitrary, { seed: seed * 4 + offset, numRuns: 1 })[0] as Value;
  const kind = seed % 10;
  if (kind < 4) return one(table);
  if (kind < 6) {
    const { fileName, bytes } = one(table);
    return { fileName, bytes: damaged(bytes, one(damage, 1)) };
  }
  if (kind < 8) return packed(one(archive));
  if (kind === 8) {
    const { fileName, bytes } = await packed(one(archive));
    return { fileName, bytes: damaged(bytes, one(damage, 1)) };
  }
  const noise = one(fc.oneof(fc.constantFrom(...faults), fc.uint8Array({ maxLength: 2000 })));
  return { fileName: one(fc.string({ unit: 'binary', maxLength: 60 }), 1), bytes: damaged(noise, one(damage, 2)) };
}
