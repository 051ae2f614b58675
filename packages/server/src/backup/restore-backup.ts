import { type Database, type DumpToLoad, loadTables } from '@watchprint/database';
import { type Archive, ArchiveError, type Originals, openArchive, type ReceivedOriginal } from '@watchprint/lake';
import { removeUnlessUsed } from '../importing/keep-originals.ts';
import { type Manifest, manifestPath, manifestSchema, originalPath, tablePath } from './manifest.ts';
import { Measure } from './write-backup.ts';

/** The file is no backup, or not all of one. */
export class BackupDamagedError extends Error {
  override readonly name = 'BackupDamagedError';
  readonly code = 'BACKUP_DAMAGED';
}

/** A backup of which every byte was found as it had been written. */
export interface Backup {
  readonly manifest: Manifest;
  readonly zip: Archive;
}

/**
 * Opens a backup and reads all of it once, before anything is changed for it.
 * @throws {BackupDamagedError} saying what is wrong with it.
 */
export async function openBackup(path: string): Promise<Backup> {
  const zip = await openArchive(path, ourOwn).catch(asDamaged);
  try {
    const manifest = await readManifest(zip, path);
    for (const { name, ...expected } of manifest.tables) await compare(zip, tablePath(name), expected);
    for (const expected of manifest.originals) await compare(zip, originalPath(expected.sha256), expected);
    return { manifest, zip };
  } catch (error) {
    zip.close();
    return asDamaged(error);
  }
}

function asDamaged(error: unknown): never {
  throw error instanceof ArchiveError ? new BackupDamagedError(error.message) : error;
}

/** What a backup unpacks to is as large as it is. */
const ourOwn = { entries: Infinity, bytes: Infinity, ratio: Infinity };

/** An entry's bytes. @throws {BackupDamagedError} when there is none of that name. */
function read(zip: Archive, path: string): AsyncIterable<Uint8Array> {
  const entry = zip.entries.find((one) => one.path === path);
  if (entry === undefined) throw new BackupDamagedError(`${path} is missing`);
  return entry.open();
}

/** A manifest of more is none of ours. */
const longestManifest = 64 * 1024 * 1024;

async function readManifest(zip: Archive, path: string): Promise<Manifest> {
  if ((zip.entries.find((one) => one.path === manifestPath)?.bytes ?? longestManifest) >= longestManifest)
    throw new BackupDamagedError(`${path} is no backup of Watchprint: it has no ${manifestPath}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of read(zip, manifestPath)) chunks.push(chunk);
  let written: unknown;
  try {
    written = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BackupDamagedError(`${manifestPath} in ${path} is no JSON`);
  }
  const { version } = (written ?? {}) as { version?: unknown };
  const parsed = manifestSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BackupDamagedError(
    `${path} is no backup that this Watchprint can read (version ${version}): ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

async function compare(
  zip: Archive,
  path: string,
  expected: { readonly bytes: number; readonly sha256: string; readonly rows?: number },
): Promise<void> {
  const measure = new Measure();
  for await (const _chunk of measure.through(read(zip, path))) if (measure.bytes > expected.bytes) break;
  if (measure.bytes !== expected.bytes || measure.sha256 !== expected.sha256)
    throw new BackupDamagedError(`${path} is not what was backed up: its size or checksum is another`);
  if (expected.rows !== undefined && measure.rows !== expected.rows)
    throw new BackupDamagedError(`${path} has ${measure.rows} rows in place of ${expected.rows}`);
}

/**
 * Puts a backup in the place of all that database and originals have. What fails before its end leaves what was.
 * @throws {NotEmptyError} when there is something, unless it may be replaced.
 * @throws {MigrationUnknownError} when a later Watchprint made the backup.
 */
export async function restoreBackup(
  { manifest, zip }: Backup,
  database: Database,
  originals: Originals,
  mayReplace: boolean,
): Promise<void> {
  const before = await database.sql.query<{ sha256: string }>('SELECT DISTINCT sha256 FROM import');
  const received: ReceivedOriginal[] = [];
  const added: string[] = [];
  const dump: DumpToLoad = { ...manifest, read: (table) => read(zip, tablePath(table)) };
  try {
    await loadTables(database, dump, mayReplace, async (sql) => {
      for (const { sha256 } of manifest.originals) {
        const one = await originals.receive(read(zip, originalPath(sha256)));
        received.push(one);
        if (one.sha256 !== sha256) throw new BackupDamagedError(`${originalPath(sha256)} is another file`);
      }
      // This home has the files now, whichever had them before; and whoever was reading one is gone.
      await sql.query('UPDATE import SET lake_id = $1::uuid WHERE sha256 = ANY($2::text[])', [
        await originals.id(),
        manifest.originals.map(({ sha256 }) => sha256),
      ]);
      await sql.query(
        `UPDATE import SET status = 'QUEUED', leased_by = NULL, leased_until = NULL WHERE status = 'RUNNING'`,
      );
      // Last: were this process to die while it copies, they would be originals that no import has and no deletion finds.
      for (const one of received) {
        if (!(await originals.has(one.sha256))) added.push(one.sha256);
        await one.keep();
      }
    });
  } catch (error) {
    for (const sha256 of added) await originals.remove(sha256);
    throw error;
  } finally {
    for (const one of received) await one.discard();
  }
  for (const { sha256 } of before) await removeUnlessUsed(database, originals, sha256);
}
