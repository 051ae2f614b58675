import { hash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PreparedViewings } from '@watchprint/database/prepare';
import { createOriginals } from '@watchprint/lake';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ImportToPrepare, type PreparingHost, prepareBatches } from './prepare-batches.ts';
import { prepareInThread } from './prepare-in-thread.ts';
import { recogniseUpload } from './recognise-upload.ts';

const profiles = {
  Ada: { id: '0193a0b0-0000-7000-8000-00000000000a', timeZone: 'Europe/London' },
  Bo: { id: '0193a0b0-0000-7000-8000-00000000000b', timeZone: 'Asia/Tokyo' },
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

describe.each(Object.entries(ways))('preparing %s', (_, prepare) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watchprint-prepare-'));
  });

  async function kept(text: string): Promise<ImportToPrepare> {
    const originals = createOriginals(folder);
    const received = await originals.receive(
      (async function* () {
        yield new TextEncoder().encode(text);
      })(),
    );
    const { toRead: upload } = await recogniseUpload(received, 'ViewingActivity.csv');
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

/** Bytes as their hash: a thread hands them over as another kind of array, and their memory is used again. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, part) => {
      const bytes = part?.type === 'Buffer' ? part.data : ArrayBuffer.isView(part) ? [...(part as Uint8Array)] : null;
      return bytes === null ? part : hash('sha256', Buffer.from(bytes));
    }),
  );
