import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bomb, faultyArchives, renamed, zip } from '../test/archives.ts';
import { type ArchiveLimits, isArchive, openArchive } from './archive.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchprint-archive-'));
});

let number = 0;
async function kept(bytes: Uint8Array): Promise<string> {
  number += 1;
  const path = join(folder, String(number));
  await writeFile(path, bytes);
  return path;
}

/** Opens an archive and reads all of it. */
async function readAll(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<Record<string, string>> {
  const archive = await openArchive(await kept(bytes), limits);
  try {
    const files: Record<string, string> = {};
    for (const { path, bytes: size, open } of archive.entries) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of open()) chunks.push(chunk);
      files[path] = Buffer.concat(chunks).toString();
      expect(Buffer.concat(chunks).length).toBe(size);
    }
    return files;
  } finally {
    archive.close();
  }
}

/** Without the flag that says how the name of its one entry is written. */
function unsaid(archive: Buffer): Buffer {
  for (const at of [archive.indexOf('PK\u{3}\u{4}') + 6, archive.indexOf('PK\u{1}\u{2}') + 8])
    archive.writeUInt16LE(archive.readUInt16LE(at) & ~0x800, at);
  return archive;
}

const content = 'Title,Date\n"Paper Moons","28/07/2020"\n"Red Clay","27/07/2020"\n';

describe('an archive', () => {
  it.each([true, false])('is read entry by entry, as often as asked, packed: %s', async (compress) => {
    const files = { 'A/One.csv': content, 'Two.csv': '', 'Übersicht – a.pdf': '%PDF-1.4' };
    const bytes = await zip(files, { compress });
    expect(await isArchive(await kept(bytes))).toBe(true);
    expect(await readAll(bytes)).toEqual(files);
    const archive = await openArchive(await kept(bytes));
    const [first] = archive.entries;
    for (let round = 0; round < 3; round += 1) {
      let length = 0;
      for await (const chunk of first?.open() ?? []) length += chunk.length;
      expect(length).toBe(content.length);
    }
    archive.close();
  });

  it('has its files by folders whichever way they are told apart, and no folders', async () => {
    expect(Object.keys(await readAll(renamed(await zip({ 'A/One.csv': content }), 'A/One.csv', 'A\\One.csv')))).toEqual(
      ['A/One.csv'],
    );
    expect(Object.keys(await readAll(renamed(await zip({ Ax: '', 'A/One.csv': content }), 'Ax', 'A/')))).toEqual([
      'A/One.csv',
    ]);
  });

  it('has the names that macOS writes: in UTF-8, without saying so', async () => {
    const name = 'Kişisel/日本.csv';
    expect(Object.keys(await readAll(unsaid(await zip({ [name]: content }))))).toEqual([name]);
    // 0x82 is no UTF-8 there: then the name is what the format says, Code Page 437.
    const old = unsaid(await zip({ 'Relat_rio.csv': content }));
    for (const at of [old.indexOf('_rio'), old.lastIndexOf('_rio')]) old.writeUInt8(0x82, at);
    expect(Object.keys(await readAll(old))).toEqual(['Relatério.csv']);
  });

  it('may be empty, and is told from other files', async () => {
    expect(await readAll(await zip({}))).toEqual({});
    expect(await isArchive(await kept(await zip({})))).toBe(true);
    for (const other of ['', 'PK', content]) expect(await isArchive(await kept(Buffer.from(other)))).toBe(false);
  });

  it('stays within what it may unpack to', async () => {
    const files = { 'a.csv': content.repeat(10), 'b.csv': content.repeat(10) };
    const bytes = await zip(files);
    const size = content.length * 20;
    expect(await readAll(bytes, { bytes: size })).toEqual(files);
    await expect(readAll(bytes, { bytes: size - 1 })).rejects.toMatchObject({
      code: 'ARCHIVE_TOO_LARGE',
      entry: 'b.csv',
      message: expect.stringContaining(`over ${size - 1} bytes`),
    });
    // What unpacks to a thousand times its size is fine where that is little.
    expect(Object.keys(await readAll(await zip({ 'a.csv': bomb(4) })))).toEqual(['a.csv']);
  });
});

it('is refused with its fault and the entry that has it', async () => {
  const path = 'CONTENT_INTERACTION/ViewingActivity.csv';
  const faults = await faultyArchives(path, content);
  const found: Record<string, unknown> = {};
  for (const [fault, { archive, names }] of Object.entries(faults)) {
    const error = await readAll(archive).then(
      () => null,
      (reason: unknown) => reason as { code: string; message: string },
    );
    found[fault] = error?.message.includes(names) ? error.code : (error?.message ?? 'it was read');
  }
  expect(found).toEqual(Object.fromEntries(Object.entries(faults).map(([fault, { code }]) => [fault, code])));
});

it('never reads past a byte that was changed without saying so, or reads what was there', async () => {
  const files = { 'A/One.csv': content, 'Two.csv': content.repeat(20) };
  const bytes = await zip(files);
  let refused = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] as number) ^ 0x55;
    const read = await readAll(copy).catch((error: { code?: string }) => {
      expect(error.code).toMatch(/^ARCHIVE_/);
      return null;
    });
    if (read === null) refused += 1;
    // Names and dates may be changed; contents are the same.
    else expect(Object.values(read).sort()).toEqual(Object.values(files).sort());
  }
  expect(refused).toBeGreaterThan(bytes.length / 2);
});
