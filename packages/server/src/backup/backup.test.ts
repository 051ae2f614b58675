import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type Database, openDatabase, storedTables } from '@watchprint/database';
import { openArchive, ZipWriter } from '@watchprint/lake';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseKind, type DatabasePlace, databaseKinds, newPlace } from '../../../database/test/databases.ts';
import { clientOf } from '../../test/server-on-every-database.ts';
import { originalsOf } from '../home.ts';
import { createServer } from '../server.ts';
import { manifestPath } from './manifest.ts';
import { openBackup, restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const header =
  'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n';
const played = (profile: string, start: string, title: string) =>
  `${profile},${start},00:40:00,,${title},,TV,,Not latest view,GB (United Kingdom)\n`;
const activity =
  header +
  played('Ada', '2021-03-13 20:00:00', 'Tidewater: Season 1: Salt (Episode 1)') +
  played('Bo', '2021-03-12 20:00:00', 'あの日の光') +
  played('Bo', 'soon', 'a row\\that cannot be read');
const bytes = (text: string) => new TextEncoder().encode(text);

const newFolder = () => mkdtemp(join(tmpdir(), 'watchprint-backup-'));

async function within<Result>(place: DatabasePlace, work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = await openDatabase(place);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Every row of every table, and every original; not which store of originals has them, which a restore cannot keep. */
async function contentOf(place: DatabasePlace, database: Database): Promise<unknown> {
  const tables: Record<string, string[]> = {};
  for (const { name } of await storedTables(database.sql, database.migrations)) {
    const rows = await database.sql.query<{ row: string }>(
      `SELECT (to_jsonb(stored) - 'lake_id')::text AS row FROM "${name}" stored ORDER BY 1`,
    );
    tables[name] = rows.map(({ row }) => row);
  }
  const folder = join(place.home, 'lake', 'uploads');
  const originals: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []))
    if (/^[0-9a-f]{64}$/.test(entry.name))
      originals.push(
        createHash('sha256')
          .update(await readFile(join(entry.parentPath, entry.name)))
          .digest('hex'),
      );
  const [next] = await database.sql.query<{ next: string }>(
    `SELECT nextval(pg_get_serial_sequence('viewing', 'id'))::text AS next`,
  );
  return { tables, originals: originals.sort(), next };
}

async function backUp(place: DatabasePlace, database: Database): Promise<string> {
  const path = join(await newFolder(), 'backup.zip');
  const out = new PassThrough();
  const written = writeFile(path, out);
  await Promise.all([written, writeBackup(database, originalsOf(place.home), out)]);
  return path;
}

async function restore(path: string, place: DatabasePlace, database: Database, mayReplace = false): Promise<void> {
  const backup = await openBackup(path);
  try {
    await restoreBackup(backup, database, originalsOf(place.home), mayReplace);
  } finally {
    backup.zip.close();
  }
}

/** A place in which something was imported. */
async function filled(kind: DatabaseKind, content = activity): Promise<DatabasePlace> {
  const place = await newPlace(kind);
  const server = await createServer({ config: { ...place, databaseUrl: place.url, logLevel: 'silent', port: 0 } });
  await clientOf(server).importHistory(bytes(content), { fileName: 'ViewingActivity.csv' });
  await clientOf(server).importHistory(bytes(content), { fileName: 'again.csv' });
  await server.close();
  return place;
}

/** A backup of an embedded database, and what was in that: made once, for all tests that want no other. */
let kept: Promise<{ path: string; content: unknown }> | undefined;
async function backUpEmbedded() {
  const source = await filled('embedded');
  return within(source, async (database) => ({
    path: await backUp(source, database),
    content: await contentOf(source, database),
  }));
}
function ofEmbedded(): NonNullable<typeof kept> {
  kept ??= backUpEmbedded();
  return kept;
}

// What PostgreSQL's text can hold: no NUL, no half of a character.
const text = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('\\N', '\\.', '\t', 'a\nb', '\r', '\\', ''))
  .filter((value) => !value.includes('\0'));

describe.each(databaseKinds.flatMap((from) => databaseKinds.map((to) => ({ from, to }))))(
  'a backup from $from to $to',
  ({ from, to }) => {
    it('restores every row, whatever it holds, every file, and what numbers come next', async () => {
      const source = await filled(from);
      const target = await newPlace(to);
      await within(source, (full) =>
        within(target, async (empty) => {
          const row = fc.record({
            content: text,
            details: fc.jsonValue(),
            at: fc.option(fc.integer({ min: -1e9, max: 4e9 })),
          });
          await fc.assert(
            fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
              const [one] = await full.sql.query<{ account: string; import: string }>(
                'SELECT account_id::text AS account, id::text AS import FROM import LIMIT 1',
              );
              const owner = [one?.account ?? '', one?.import ?? ''];
              await full.sql.query('DELETE FROM export_row');
              await full.sql.query('DELETE FROM rejected_row WHERE line < 0');
              for (const [place, { content, details, at }] of rows.entries()) {
                await full.sql.query(
                  `INSERT INTO rejected_row (account_id, import_id, file_name, line, reason, content)
                 VALUES ($1::uuid, $2::uuid, $3, $4, $3, $3)`,
                  [...owner, content, -1 - place],
                );
                await full.sql.query(
                  `INSERT INTO export_row (account_id, id, import_id, export_table, at, raw_title, details)
                 VALUES ($1::uuid, gen_random_uuid(), $2::uuid, 'RATINGS', to_timestamp($3::float8), $4, $5::text::jsonb)`,
                  [...owner, at, content, JSON.stringify(details).replaceAll('\\u0000', '')],
                );
              }
              const path = await backUp(source, full);
              await restore(path, target, empty, true);
              expect(await contentOf(target, empty)).toEqual(await contentOf(source, full));
            }),
            { numRuns: 6 },
          );
        }),
      );
      // And a server goes on with it: the same file adds nothing, another one does.
      const server = await createServer({
        config: { ...target, databaseUrl: target.url, logLevel: 'silent', port: 0 },
      });
      const client = clientOf(server);
      expect(await client.importHistory(bytes(activity))).toMatchObject({ rowsImported: 0, rowsDuplicate: 2 });
      const more = header + played('Ada', '2022-01-01 20:00:00', 'Red Clay');
      expect(await client.importHistory(bytes(more))).toMatchObject({ rowsImported: 1 });
      expect((await client.profiles()).map(({ name }) => name)).toEqual(['Ada', 'Bo']);
      await server.close();
    });
  },
);

describe.each(databaseKinds)('a backup of a server at work (%s)', (kind) => {
  it('has the files of the imports that are in it, whatever is imported or deleted meanwhile', async () => {
    const source = await filled(kind);
    const path = await within(source, async (database) => {
      const originals = originalsOf(source.home);
      const [gone] = await database.sql.query<{ sha256: string }>('SELECT DISTINCT sha256 FROM import');
      const { sql } = database;
      const meanwhile: Database = {
        ...database,
        sql: {
          ...sql,
          async transaction(work, isolation) {
            const result = await sql.transaction(work, isolation);
            // Its tables are read: now one import goes, and another comes.
            const kept = await originals.receive([bytes('Title,Date\n"Late","28/07/2020"\n')] as never);
            await kept.keep();
            await sql.query('UPDATE import SET sha256 = $1', [kept.sha256]);
            await originals.remove(gone?.sha256 ?? '');
            return result;
          },
        },
      };
      const written = await backUp(source, meanwhile);
      const backup = await openBackup(written);
      backup.zip.close();
      expect(backup.manifest.missingOriginals).toEqual([gone?.sha256]);
      expect(backup.manifest.originals).toEqual([]);
      return written;
    });
    const target = await newPlace(kind);
    await within(target, (database) => restore(path, target, database));
    // Nobody’s file is left in it that no import knows, and no deletion would find.
    const left = await readdir(join(target.home, 'lake', 'uploads'), { recursive: true });
    expect(left.filter((name) => /[0-9a-f]{64}$/.test(name))).toEqual([]);
  });
});

describe.each(databaseKinds)('a restore (%s)', (kind) => {
  it('refuses to take the place of what is there, unless it is told to, and then leaves nothing of it', async () => {
    const { path, content } = await ofEmbedded();
    const other = await filled(kind, header + played('Cleo', '2020-01-01 20:00:00', 'Paper Moons'));
    await within(other, async (database) => {
      const before = await contentOf(other, database);
      await expect(restore(path, other, database)).rejects.toMatchObject({ code: 'NOT_EMPTY' });
      expect({ ...((await contentOf(other, database)) as object), next: null }).toEqual({
        ...(before as object),
        next: null,
      });
      await restore(path, other, database, true);
      const after = await contentOf(other, database);
      expect(after).toEqual(content);
      expect(JSON.stringify(after)).not.toContain('Cleo');
    });
  });

  it('takes a database for empty in which a server only opened its account', async () => {
    const { path } = await ofEmbedded();
    const target = await newPlace(kind);
    await (await createServer({ config: { ...target, databaseUrl: target.url, logLevel: 'silent' } })).close();
    await within(target, (database) => restore(path, target, database));
    const server = await createServer({ config: { ...target, databaseUrl: target.url, logLevel: 'silent' } });
    expect((await clientOf(server).profiles()).map(({ name }) => name)).toEqual(['Ada', 'Bo']);
    await server.close();
  });

  it('leaves tables alone that are not ours', async () => {
    const source = await filled(kind);
    await within(source, async (database) => {
      await database.sql.execute('CREATE TABLE somebody_elses (account_id uuid, word text)');
      await database.sql.execute(`INSERT INTO somebody_elses SELECT id, 'theirs' FROM account`);
      const path = await backUp(source, database);
      await restore(path, source, database, true);
      expect(await database.sql.query('SELECT word FROM somebody_elses')).toEqual([{ word: 'theirs' }]);
    });
  });

  it('brings an older backup up to date, and refuses one of a later Watchprint', async () => {
    const { path } = await ofEmbedded();
    const target = await newPlace(kind);
    await within(target, async (database) => {
      const later = `ALTER TABLE profile ADD COLUMN mood text NOT NULL DEFAULT 'calm';
        CREATE TABLE "mood" (account_id uuid PRIMARY KEY)`;
      const migrations = [
        ...database.migrations,
        { name: '99990101000000_later', script: later, checksum: 'a'.repeat(64) },
      ];
      await restore(path, target, { ...database, migrations });
      expect(await database.sql.query('SELECT DISTINCT mood FROM profile')).toEqual([{ mood: 'calm' }]);
      const newer = await backUp(target, { ...database, migrations });
      const before = await database.sql.query('SELECT * FROM profile ORDER BY id');
      await expect(restore(newer, target, database, true)).rejects.toMatchObject({
        code: 'MIGRATION_UNKNOWN',
        message: expect.stringContaining('99990101000000_later'),
      });
      expect(await database.sql.query('SELECT * FROM profile ORDER BY id')).toEqual(before);
    });
  });

  it('leaves no file that no import knows when its process dies while it copies them', async () => {
    const source = await filled('embedded');
    const server = await createServer({ config: { ...source, logLevel: 'silent', port: 0 } });
    await clientOf(server).importHistory(bytes('Title,Date\n"Salt","28/07/2020"\n'), { fileName: 'history.csv' });
    await server.close();
    const path = await within(source, (database) => backUp(source, database));
    const target = await newPlace(kind);
    await within(target, async (database) => {
      const backup = await openBackup(path);
      expect(backup.manifest.originals).toHaveLength(2);
      const originals = originalsOf(target.home);
      let copied = 0;
      const dying = {
        ...originals,
        receive(stream: AsyncIterable<Uint8Array>) {
          copied += 1;
          return copied === 2 ? Promise.reject(new Error('it dies')) : originals.receive(stream);
        },
        // The dead tidy nothing up.
        remove: async () => {},
      };
      await expect(restoreBackup(backup, database, dying, false)).rejects.toThrow('it dies');
      backup.zip.close();
    });
    const left = await readdir(join(target.home, 'lake', 'uploads'), { recursive: true });
    expect(left.filter((name) => /[0-9a-f]{64}$/.test(name))).toEqual([]);
    await within(target, (database) => restore(path, target, database));
    const restored = await readdir(join(target.home, 'lake', 'uploads'), { recursive: true });
    expect(restored.filter((name) => /[0-9a-f]{64}$/.test(name))).toHaveLength(2);
    expect(restored.filter((name) => /unfinished./.test(name))).toEqual([]);
  });

  it('leaves what was when it fails at its end', async () => {
    const { path } = await ofEmbedded();
    const other = await filled(kind, header + played('Cleo', '2020-01-01 20:00:00', 'Paper Moons'));
    await within(other, async (database) => {
      const before = await contentOf(other, database);
      const backup = await openBackup(path);
      const failing = { ...originalsOf(other.home), id: () => Promise.reject(new Error('the disk is gone')) };
      await expect(restoreBackup(backup, database, failing, true)).rejects.toThrow('the disk is gone');
      // One whose manifest promises another row than the table has, with all checksums right.
      const [table] = backup.manifest.tables.filter(({ name }) => name === 'viewing');
      Object.assign(table ?? {}, { rows: 1 + (table?.rows ?? 0) });
      await expect(restoreBackup(backup, database, originalsOf(other.home), true)).rejects.toMatchObject({
        code: 'DUMP_MISMATCH',
      });
      backup.zip.close();
      expect({ ...((await contentOf(other, database)) as object), next: null }).toEqual({
        ...(before as object),
        next: null,
      });
    });
  });
});

describe('a broken backup', () => {
  let path: string;
  beforeAll(async () => {
    ({ path } = await ofEmbedded());
  });

  const refusal = async (content: Uint8Array) => {
    const broken = join(await newFolder(), 'broken.zip');
    await writeFile(broken, content);
    return openBackup(broken).then(
      async ({ zip }) => {
        zip.close();
        return null;
      },
      (error: unknown) => error as Error & { code?: string },
    );
  };

  /** What each entry of a zip says, by its name. */
  async function entriesOf(file: string): Promise<Record<string, string>> {
    const zip = await openArchive(file, { ratio: Infinity });
    const entries: Record<string, string> = {};
    for (const { path: name, open } of zip.entries) {
      const hash = createHash('sha256');
      for await (const chunk of open()) hash.update(chunk);
      entries[name] = hash.digest('hex');
    }
    zip.close();
    return entries;
  }

  /** The same zip with some entries changed; null leaves one out. */
  async function changed(change: (name: string, content: string) => string | null): Promise<Buffer> {
    const zip = await openArchive(path, { ratio: Infinity });
    const out = new PassThrough();
    const written = (async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of out) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    })();
    const writer = new ZipWriter(out);
    for (const { path: name, open } of zip.entries) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of open()) chunks.push(chunk);
      const next = change(name, Buffer.concat(chunks).toString('utf8'));
      if (next !== null) await writer.add(name, [next]);
    }
    await writer.end();
    out.end();
    zip.close();
    return written;
  }

  it('is refused wherever it is cut off', async () => {
    const content = await readFile(path);
    expect(await refusal(content)).toBeNull();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: content.length - 1 }), async (length) => {
        expect(await refusal(content.subarray(0, length))).toMatchObject({ code: 'BACKUP_DAMAGED' });
      }),
      { numRuns: 40, examples: [[0], [content.length - 1]] },
    );
  });

  it('is refused with any byte changed that changes what would be restored', async () => {
    const content = await readFile(path);
    const entries = await entriesOf(path);
    const end = content.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: end - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const other = Buffer.from(content);
        other[at] = (other[at] as number) ^ by;
        const refused = await refusal(other);
        if (refused !== null) {
          expect(refused).toMatchObject({ code: 'BACKUP_DAMAGED' });
          return;
        }
        // A byte of a head whose copy in the directory is the one that is read, or one that deflate does not use.
        const broken = join(await newFolder(), 'broken.zip');
        await writeFile(broken, other);
        expect(await entriesOf(broken)).toEqual(entries);
      }),
      { numRuns: 150 },
    );
  });

  it('is refused when somebody changed it and made the zip anew, saying what is wrong', async () => {
    const swap = (wanted: string, from: RegExp, to: string) =>
      changed((name, content) => (name === wanted ? content.replace(from, to) : content));
    const refusals = [
      [await swap('tables/viewing.copy', /2021-03-13/, '2021-03-14'), 'tables/viewing.copy is not what was backed up'],
      [await swap('tables/viewing.copy', /^.*\n/, ''), 'tables/viewing.copy is not what was backed up'],
      [await swap(manifestPath, /"version": 1/, '"version": 2'), 'version 2'],
      [await swap(manifestPath, /"rows": 2,/, '"rows": 3,'), 'rows in place of 3'],
      [await swap(manifestPath, /"name": "viewing"/, '"name": "viewing; DROP TABLE x"'), 'tables'],
      [await changed((name, content) => (name === 'tables/match.copy' ? null : content)), 'tables/match.copy'],
      [await changed((name, content) => (name === manifestPath ? null : content)), manifestPath],
      [await changed((name, content) => (name.startsWith('originals/') ? `${content}x` : content)), 'originals/'],
      [Buffer.from('Title,Date\n'), 'cannot be read'],
    ] as const;
    for (const [content, says] of refusals)
      expect(await refusal(content)).toMatchObject({ code: 'BACKUP_DAMAGED', message: expect.stringContaining(says) });
    expect((await stat(path)).size).toBeGreaterThan(1000);
  });
});
