import { hash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { PreparedBatch, PreparedViewings } from '@watchprint/database/prepare';
import { createOriginals } from '@watchprint/lake';
import { beforeAll, describe, expect, it } from 'vitest';
import { zip } from '../../../lake/test/archives.ts';
import { type ImportToPrepare, type PreparingHost, prepareBatches } from './prepare-batches.ts';
import { prepareInThread } from './prepare-in-thread.ts';
import { recogniseUpload } from './recognise-upload.ts';

const profiles = {
  Ada: { id: '0193a0b0-0000-7000-8000-00000000000a', timeZone: 'Europe/London' },
  Bo: { id: '0193a0b0-0000-7000-8000-00000000000b', timeZone: 'Asia/Tokyo' },
  Cy: { id: '0193a0b0-0000-7000-8000-00000000000c', timeZone: 'UTC' },
};
const header =
  'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n';
/** Two batches and a half, the header in the first, a row of each that cannot be read; two profiles. */
const activity =
  header +
  Array.from({ length: 12_500 }, (_, row) => {
    const profile = row % 3 === 0 ? 'Bo' : 'Ada';
    const day = String(28 - (row % 28)).padStart(2, '0');
    const start =
      row % 5000 === 7 ? 'yesterday' : `2024-0${1 + (row % 9)}-${day} 20:${String(row % 60).padStart(2, '0')}:00`;
    return `${profile},${start},00:40:00,,Tidewater: Season 1: Part of ${row % 700} (Episode 2),,Smart TV,,,AU (Australia)\n`;
  }).join('');

const ratingsHeader =
  'Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n';

/** What a host was asked, beside what it answers. */
function hostThatRemembers() {
  const asked: unknown[] = [];
  const host: PreparingHost = {
    settled: async (dates) => void asked.push(dates),
    unused: async (...file) => void asked.push(file),
    async openProfile(name, saidBy, country) {
      asked.push([name, saidBy, country]);
      return profiles[name as keyof typeof profiles];
    },
  };
  return { asked, host };
}

const ways = { 'in this thread': prepareBatches, 'in a thread of its own': prepareInThread };

/** The job of an upload that is kept in a folder of originals. */
async function jobFor(folder: string, fileName: string, content: Iterable<Uint8Array>): Promise<ImportToPrepare> {
  const received = await createOriginals(folder).receive(Readable.from(content));
  const { toRead: upload } = await recogniseUpload(received, fileName);
  await received.keep();
  return {
    accountId: '0193a0b0-0000-7000-8000-000000000001',
    importId: '0193a0b0-0000-7000-8000-000000000002',
    workerId: '0193a0b0-0000-7000-8000-000000000003',
    originals: folder,
    sha256: received.sha256,
    bytes: received.bytes,
    upload,
    askedDateOrder: null,
    profileName: null,
    batchesDone: 0,
  };
}

describe.each(Object.entries(ways))('preparing %s', (_, prepare) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watchprint-prepare-'));
  });

  const kept = (content: string | Uint8Array) => jobFor(folder, 'ViewingActivity.csv', [Buffer.from(content)]);

  async function batchesOf(job: ImportToPrepare, host: PreparingHost): Promise<PreparedViewings[]> {
    const batches: PreparedViewings[] = [];
    for await (const batch of prepare(job, host)) batches.push(plain(batch) as PreparedViewings);
    return batches;
  }

  it('gives the same batches, and asks its host for each profile once', async () => {
    const job = await kept(activity);
    const { asked, host } = hostThatRemembers();
    const batches = await batchesOf(job, host);
    expect(
      batches.map(({ number, rowCount, rejected }) => [number, rowCount, rejected.map(({ line }) => line)]),
    ).toEqual([
      [1, 4998, [9]],
      [2, 4999, [5009]],
      [3, 2500, [10_009]],
    ]);
    expect(asked).toEqual([
      { dateOrder: 'YEAR_FIRST', dateOrderReason: expect.stringContaining('four digits') },
      ['Bo', 'FILE', 'AU'],
      ['Ada', 'FILE', 'AU'],
    ]);
    const inProcess: unknown[] = [];
    for await (const batch of prepareBatches(job, hostThatRemembers().host)) inProcess.push(plain(batch));
    expect(batches).toEqual(inProcess);
  });

  it('goes on behind the batches that were saved before', async () => {
    const job = await kept(activity);
    const all = await batchesOf(job, hostThatRemembers().host);
    const rest = await batchesOf({ ...job, batchesDone: 2 }, hostThatRemembers().host);
    expect(rest.map(({ number }) => number)).toEqual([3]);
    expect(rest[0]?.viewings).toEqual(all[2]?.viewings);
  });

  it('goes from file to file of an archive, and goes on in any of them', async () => {
    const rating = (row: number) => `Cy,Tide ${row % 90},thumb,,${row % 3},TV,2024-01-02 03:04:05,\n`;
    const archive = await zip({
      'Ratings.csv': `${ratingsHeader}${Array.from({ length: 7000 }, (_, row) => rating(row)).join('')}`,
      'ViewingActivity.csv': activity,
      'Searches.csv': 'Query Typed,Displayed Name,Utc Timestamp\n',
      'Broken.csv': 'Title,Date\nSalt,soon\n',
    });
    const job = await kept(archive);
    const { asked, host } = hostThatRemembers();
    const batches: PreparedBatch[] = [];
    for await (const batch of prepare(job, host)) batches.push(plain(batch) as PreparedBatch);
    expect(
      batches.map((batch) => [
        batch.number,
        batch.fileName,
        batch.filePlace,
        batch.kind === 'VIEWINGS' ? batch.rowCount : batch.rows.length,
      ]),
    ).toEqual([
      [1, 'ViewingActivity.csv', 0, 4998],
      [2, 'ViewingActivity.csv', 0, 4999],
      [3, 'ViewingActivity.csv', 0, 2500],
      [4, 'Ratings.csv', 2, 4999],
      [5, 'Ratings.csv', 2, 2001],
      [6, 'Searches.csv', 3, 0],
    ]);
    expect(asked.filter((one) => typeof (one as unknown[])[0] === 'number')).toEqual([
      [1, 'UNREADABLE', expect.stringContaining('soon')],
      [3, 'EMPTY', 'The table has no rows.'],
    ]);
    const bytes = batches.map(({ bytesRead }) => bytesRead);
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
    expect(bytes.at(-1)).toBeLessThanOrEqual(job.bytes);
    const ids = batches.flatMap((batch) => (batch.kind === 'EXPORT_ROWS' ? batch.rows.map(({ id }) => id) : []));
    expect(new Set(ids).size).toBe(7000);
    for (const batchesDone of [2, 3, 4]) {
      const rest: PreparedBatch[] = [];
      for await (const batch of prepare({ ...job, batchesDone }, hostThatRemembers().host))
        rest.push(plain(batch) as PreparedBatch);
      expect(rest.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6].slice(batchesDone));
      expect(rest.filter(({ kind }) => kind === 'EXPORT_ROWS')).toEqual(
        batches.slice(batchesDone).filter(({ kind }) => kind === 'EXPORT_ROWS'),
      );
    }
  });

  it('opens no more profiles than any household ever had: rows of further ones are rejected', async () => {
    const row = (name: string) => `${name},2024-03-02 20:00:00,00:40:00,,Salt,,TV,,,AU (Australia)\n`;
    const rating = (name: string) => `${name},Salt,thumb,,2,TV,2024-01-02 03:04:05,\n`;
    const names = Array.from({ length: 202 }, (_, number) => `Profile ${number}`);
    const job = await kept(
      await zip({
        'ViewingActivity.csv': `${header}${names.map(row).join('')}${row('Profile 0')}`,
        'Ratings.csv': `${ratingsHeader}${names.map(rating).join('')}`,
      }),
    );
    const { host } = hostThatRemembers();
    let opened = 0;
    const openProfile = async () => {
      opened += 1;
      return profiles.Ada;
    };
    const rejected: unknown[] = [];
    for await (const batch of prepare(job, { ...host, openProfile }))
      rejected.push(...batch.rejected.map(({ line, reason }) => [batch.fileName, line, reason]));
    expect(opened).toBe(200);
    const reason = 'names a profile beyond the first 200 of this import';
    expect(rejected).toEqual([
      ['ViewingActivity.csv', 202, reason],
      ['ViewingActivity.csv', 203, reason],
      ['Ratings.csv', 202, reason],
      ['Ratings.csv', 203, reason],
    ]);
  });

  it('says what is wrong with a file', async () => {
    const job = await kept('Title,Date\n"Rent","01/02/2021"\n"Heat","01/02/2021"\n');
    await expect(batchesOf(job, hostThatRemembers().host)).rejects.toMatchObject({
      code: 'DATE_ORDER_NEEDED',
      message: expect.stringContaining('01/02/2021'),
    });
  });

  it('hands on what fails in its host', async () => {
    const job = await kept(activity);
    const { host } = hostThatRemembers();
    const failing = { ...host, openProfile: () => Promise.reject(new Error('the database is gone')) };
    await expect(batchesOf(job, failing)).rejects.toThrow('the database is gone');
  });

  it('ends when nobody wants another batch', async () => {
    const job = await kept(activity);
    for await (const { number } of prepare(job, hostThatRemembers().host)) {
      expect(number).toBe(1);
      break;
    }
  });
});

it('ends with a clear error, and not the process with it, where a table has more rows than memory', async () => {
  const parts = function* () {
    yield Buffer.from('Profile Name,Title Name,Country,Utc Title Add Date\n');
    for (let part = 0; part < 140; part += 1)
      yield Buffer.from(Array.from({ length: 10_000 }, (_, row) => `Ada,Tide ${part}.${row},,2020-01-01\n`).join(''));
  };
  const job = await jobFor(await mkdtemp(join(tmpdir(), 'watchprint-prepare-')), 'MyList.csv', parts());
  let read = 0;
  const reading = async () => {
    for await (const batch of prepareInThread(job, hostThatRemembers().host, { oldGeneration: 44 }))
      read += batch.kind === 'EXPORT_ROWS' ? batch.rows.length : 0;
  };
  await expect(reading()).rejects.toMatchObject({
    code: 'FILE_TOO_LARGE',
    message: expect.stringContaining('"MyList.csv"'),
  });
  expect(read).toBeGreaterThan(5000);
});

/** Bytes as their hash: a thread hands them over as another kind of array, and their memory is used again. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, part) => {
      const bytes = part?.type === 'Buffer' ? part.data : ArrayBuffer.isView(part) ? [...(part as Uint8Array)] : null;
      return bytes === null ? part : hash('sha256', Buffer.from(bytes));
    }),
  );
