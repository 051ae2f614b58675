import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeOld } from '../originals.ts';
import { BulkError } from './bulk-error.ts';
import { replaceFile, syncAll, syncPath } from './durable.ts';
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.ts';

export type DatasetName = 'imdb' | 'netflix-top10' | 'netflix-engagement';

/** Where rows came from. */
export interface BulkSource {
  /** The file's name, without folders. */
  readonly name: string;
  readonly url: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bytes: number;
  /** ISO 8601: when it was read. */
  readonly readAt: string;
}

/** A line that could not be read. */
export interface RejectedLine {
  readonly file: string;
  /** From 1; the header counts. */
  readonly line: number;
  readonly reason: string;
}

export interface BulkTable {
  /** Path inside the version's folder. */
  readonly file: string;
  readonly bytes: number;
  readonly rows: number;
  /** Lines of the files of its last sync that could not be read; the first hundred are `rejected`. */
  readonly rowsRejected: number;
  readonly rejected: readonly RejectedLine[];
  readonly sources: readonly BulkSource[];
}

/** `current.json`: which version of a dataset is in use, and what is in it. */
export interface BulkVersion {
  readonly format: 'watchprint-bulk';
  readonly formatVersion: 1;
  readonly dataset: DatasetName;
  /** The name of its folder, `version=20261128T120000Z-1f2e3d4c`. */
  readonly version: string;
  /** The one before, which stays until the next swap. */
  readonly previous: string | null;
  readonly createdAt: string;
  /** What was built from the tables besides: the name of the last step, null without one. */
  readonly finishedAs: string | null;
  readonly tables: Readonly<Record<string, BulkTable>>;
  /** What is to be shown wherever its rows are. */
  readonly notice: string | null;
}

/** Sources of a table that grows: of those with one name, the later one. */
export const joinSources = (
  before: readonly BulkSource[] | undefined,
  now: readonly BulkSource[],
): readonly BulkSource[] => [
  ...new Map([...(before ?? []), ...now].map((source) => [source.name, source] as const)).values(),
];

const currentFile = (folder: string) => join(folder, 'current.json');
const pinFolder = (folder: string) => join(folder, 'pins');

/** @param folder The lake's. */
export const datasetFolder = (folder: string, dataset: DatasetName): string => join(folder, 'bulk', dataset);

/**
 * The version in use; null where there is none yet.
 * @param folder The dataset's.
 * @throws {BulkError} BULK_BROKEN when what is there was not written by us.
 */
export async function readCurrent(folder: string): Promise<BulkVersion | null> {
  const text = await readFile(currentFile(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const current = JSON.parse(text) as BulkVersion;
    if (current.format === 'watchprint-bulk' && current.formatVersion === 1 && isVersion(current.version))
      return current;
  } catch {
    // Said below.
  }
  throw new BulkError(
    'BULK_BROKEN',
    `${currentFile(folder)} is not as this Watchprint writes it: remove it, and sync the dataset again`,
  );
}

const isVersion = (name: unknown): name is string =>
  typeof name === 'string' && /^version=\d{8}T\d{6}Z-[0-9a-f]{8}$/.test(name);

/** A version that stays where it is until it is released, whatever is synced meanwhile. */
export interface PinnedVersion {
  readonly current: BulkVersion;
  /** Its folder, absolute. */
  readonly folder: string;
  /** The Parquet file of a table; null where the dataset has none. */
  table(name: string): string | null;
  release(): Promise<void>;
}

/**
 * Pins the version in use; null where there is none yet.
 *
 * The pin is written before the version is looked up once more. A version that is in use then was not yet given up when the pin was
 * there, so whoever removes old ones sees it.
 */
export async function pinVersion(folder: string): Promise<PinnedVersion | null> {
  for (;;) {
    const asked = await readCurrent(folder);
    if (asked === null) return null;
    const pin = await writePin(folder, asked.version);
    const current = await readCurrent(folder);
    if (current?.version !== asked.version) {
      await rm(pin, { force: true });
      continue;
    }
    const path = join(folder, current.version);
    return {
      current,
      folder: path,
      table: (name) => (Object.hasOwn(current.tables, name) ? join(path, current.tables[name]?.file ?? '') : null),
      release: () => rm(pin, { force: true }),
    };
  }
}

async function writePin(folder: string, version: string): Promise<string> {
  const path = join(pinFolder(folder), `${version}.${randomUUID()}.json`);
  const written = `${path}.new`;
  try {
    await mkdir(pinFolder(folder), { recursive: true, mode: 0o700 });
    await writeFile(written, JSON.stringify(thisProcess()), { mode: 0o600 });
    await rename(written, path);
  } catch (error) {
    // Where nothing can be written, nobody syncs either.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EROFS' && code !== 'EACCES') throw error;
  }
  return path;
}

/** A version that is being written. Nobody sees it before it is put in place. */
export interface UnfinishedVersion {
  /** Its folder, absolute. */
  readonly folder: string;
  /** Puts it in the place of the one in use. From then on it is the one that is found. */
  swapIn(content: Pick<BulkVersion, 'dataset' | 'tables' | 'finishedAs' | 'notice'>): Promise<BulkVersion>;
  discard(): Promise<void>;
}

/** Begins a version. Whoever does has the lock of the dataset. @param folder The dataset's. */
export async function beginVersion(folder: string, now = new Date()): Promise<UnfinishedVersion> {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const version = `version=${stamp}-${randomBytes(4).toString('hex')}`;
  const unfinished = join(folder, `unfinished-${version.slice('version='.length)}`);
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  return {
    folder: unfinished,
    async swapIn(content) {
      // Its files first, then their names, then its own: a current.json never names what a power cut can take away.
      await syncAll(unfinished);
      const previous = await readCurrent(folder).catch(() => null);
      await rename(unfinished, join(folder, version));
      await syncPath(folder);
      const current: BulkVersion = {
        format: 'watchprint-bulk',
        formatVersion: 1,
        version,
        previous: previous?.version ?? null,
        createdAt: now.toISOString(),
        ...content,
      };
      await replaceFile(currentFile(folder), `${JSON.stringify(current, null, 2)}\n`);
      return current;
    },
    discard: () => rm(unfinished, { recursive: true, force: true }),
  };
}

/**
 * Removes what nobody needs: versions that a sync which died left unfinished, and those that are neither in use, nor the one before,
 * nor pinned by a living process. Whoever does this has the lock of the dataset.
 */
export async function removeOldVersions(folder: string): Promise<void> {
  const current = await readCurrent(folder);
  const kept = new Set([current?.version, current?.previous, ...(await pinnedVersions(folder))]);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (/^(unfinished|removed)-/.test(name) || /^current\.json\./.test(name))
      await rm(path, { recursive: true, force: true });
    else if (isVersion(name) && !kept.has(name)) {
      // Gone at once, not file by file: a folder with the name of a version is always whole.
      const removed = join(folder, `removed-${name.slice('version='.length)}`);
      await rename(path, removed);
      await rm(removed, { recursive: true, force: true });
    }
  }
}

/** Versions that living processes have pinned; the pins of dead ones are removed. */
async function pinnedVersions(folder: string): Promise<string[]> {
  const versions: string[] = [];
  for (const name of await readdir(pinFolder(folder)).catch(() => [] as string[])) {
    const path = join(pinFolder(folder), name);
    // One that is just being written; its writer looks again once it is there.
    if (!name.endsWith('.json')) {
      await removeOld(path, 60_000);
      continue;
    }
    const holder = await readFile(path, 'utf8')
      .then((text) => JSON.parse(text) as ProcessIdentity)
      .catch(() => null);
    const version = name.slice(0, name.indexOf('.'));
    if (holder !== null && isAlive(holder)) versions.push(version);
    else await rm(path, { force: true });
  }
  return versions;
}
