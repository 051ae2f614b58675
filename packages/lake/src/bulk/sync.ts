import { copyFile, link, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openDuckDb } from '../duckdb.ts';
import { BulkError, refuseStopped } from './bulk-error.ts';
import { type Dataset, datasets } from './datasets.ts';
import { type DownloadOptions, download } from './download.ts';
import type { BuiltTables, InputFile, RefusedFile, SyncProgress } from './input-file.ts';
import { lockDataset } from './sync-lock.ts';
import {
  type BulkSource,
  type BulkVersion,
  beginVersion,
  type DatasetName,
  datasetFolder,
  type PinnedVersion,
  pinVersion,
  removeOldVersions,
} from './versions.ts';

export interface SyncOptions {
  /** The lake's folder. */
  readonly lake: string;
  readonly dataset: DatasetName;
  /** A folder of files at hand, or one such file. Without one they are downloaded. */
  readonly from?: string | undefined;
  /** Another place to download from than the source's own. */
  readonly origin?: string | undefined;
  /** Who asks: `watchprint/1.2.0 (mail address or page of whoever runs this copy)`. */
  readonly userAgent?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined;
  /** Builds what rests on all tables of the new version, in its folder, before it is in use. */
  readonly finish?: ((folder: string) => Promise<void>) | undefined;
  /** The name of what `finish` builds. A version with another one is finished anew, also where no file has changed. */
  readonly finishedAs?: string | undefined;
  readonly memoryLimit?: string | undefined;
  readonly threads?: number | undefined;
  readonly retryDelays?: readonly number[] | undefined;
  readonly stallMs?: number | undefined;
}

export interface SyncResult {
  /** What is in use now. */
  readonly current: BulkVersion;
  /** Nothing was new, so the version is the one from before. */
  readonly isUnchanged: boolean;
  /** Tables that were made now; the others are as they were. */
  readonly renewed: readonly string[];
  readonly refused: readonly RefusedFile[];
  /** Files that the source does not have. */
  readonly missing: readonly string[];
}

/**
 * Brings a dataset up to date: files come, are checked and become Parquet in a version of their own, which is put in the place of
 * the one in use at one stroke. Whatever fails or dies before leaves that one in use.
 * @throws {BulkError} with a code.
 */
export async function syncDataset(options: SyncOptions): Promise<SyncResult> {
  const dataset = datasets[options.dataset];
  const folder = datasetFolder(options.lake, dataset.name);
  const unlock = await lockDataset(folder);
  try {
    await removeOldVersions(folder);
    const before = await pinVersion(folder);
    try {
      const result = await renew(dataset, folder, before, options);
      // The versions before are looked after once the pin is gone; a failure of that is no failure of the sync.
      await before?.release();
      if (!result.isUnchanged) await removeOldVersions(folder);
      return result;
    } finally {
      await before?.release();
    }
  } finally {
    await unlock();
  }
}

async function renew(
  dataset: Dataset,
  folder: string,
  before: PinnedVersion | null,
  options: SyncOptions,
): Promise<SyncResult> {
  const downloads = join(folder, 'downloads');
  const { files, missing } =
    options.from === undefined
      ? await downloadAll(dataset, before, downloads, options)
      : { files: await filesIn(options.from, dataset), missing: [] };
  const finishedAs = options.finish === undefined ? null : (options.finishedAs ?? null);
  const isFinished = before !== null && (options.finish === undefined || before.current.finishedAs === finishedAs);
  if (files.length === 0 && before !== null && isFinished) {
    if (options.from === undefined) await rm(downloads, { recursive: true, force: true });
    return { current: before.current, isUnchanged: true, renewed: [], refused: [], missing };
  }
  if (files.length === 0 && before === null)
    throw new BulkError('NOTHING_TO_SYNC', `The source has none of the files: ${missing.join(', ')}`);
  const version = await beginVersion(folder);
  try {
    const { tables, refused } = await build(dataset, files, version.folder, before, options);
    const renewed = Object.keys(tables);
    if (files.length > 0 && renewed.length === 0) {
      // Garbage that was downloaded is not kept for the next time.
      if (options.from === undefined) await rm(downloads, { recursive: true, force: true });
      throw new BulkError('NOTHING_TO_SYNC', refused.map(({ reason }) => reason).join('\n'));
    }
    for (const reason of shrunkTables(before, tables)) options.onProgress?.({ step: 'doubt', reason });
    const all = { ...(await carryOver(before, renewed, version.folder)), ...tables };
    refuseStopped(options.signal);
    if (options.finish !== undefined) {
      options.onProgress?.({ step: 'finish' });
      await options.finish(version.folder);
    }
    refuseStopped(options.signal);
    const current = await version.swapIn({
      dataset: dataset.name,
      tables: all,
      finishedAs,
      notice: dataset.notice,
    });
    options.onProgress?.({ step: 'swap', version: current.version });
    if (options.from === undefined) await rm(downloads, { recursive: true, force: true });
    return { current, isUnchanged: false, renewed, refused, missing };
  } finally {
    await version.discard();
  }
}

async function build(
  dataset: Dataset,
  files: readonly InputFile[],
  folder: string,
  before: PinnedVersion | null,
  { signal, onProgress = () => {}, memoryLimit, threads }: SyncOptions,
): Promise<BuiltTables> {
  if (files.length === 0) return { tables: {}, refused: [] };
  const temporaryFolder = join(folder, 'temporary');
  await mkdir(temporaryFolder, { recursive: true, mode: 0o700 });
  const duckdb = await openDuckDb({
    temporaryFolder,
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(threads === undefined ? {} : { threads }),
  });
  const interrupt = () => duckdb.connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const { connection } = duckdb;
    return await dataset.build({ files, folder, temporaryFolder, before, connection, signal, tell: onProgress });
  } catch (error) {
    // What DuckDB says about being interrupted is nobody's concern.
    refuseStopped(signal);
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    duckdb.close();
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}

/** Files of a folder that may be the dataset's, by name; or the one that is meant. */
async function filesIn(from: string, dataset: Dataset): Promise<InputFile[]> {
  const found = await stat(from).catch(() => null);
  if (found === null) throw new BulkError('NOTHING_TO_SYNC', `${from} is not there`);
  const names = found.isDirectory() ? (await readdir(from)).sort() : [''];
  const files: InputFile[] = [];
  for (const name of names) {
    const path = name === '' ? from : join(from, name);
    const { size, mtime } = await stat(path);
    if (name !== '' && !(dataset.fileNames.test(name) && (await stat(path)).isFile())) continue;
    files.push({
      path,
      source: {
        name: path.split(/[\\/]/).at(-1) ?? path,
        url: null,
        etag: null,
        lastModified: mtime.toUTCString(),
        bytes: size,
        readAt: new Date().toISOString(),
      },
    });
  }
  if (files.length === 0)
    throw new BulkError('NOTHING_TO_SYNC', `${from} has no file of ${dataset.name}: expected ${dataset.fileKinds}`);
  return files;
}

async function downloadAll(
  dataset: Dataset,
  before: PinnedVersion | null,
  folder: string,
  { origin, userAgent = 'watchprint', signal, onProgress = () => {}, retryDelays, stallMs }: SyncOptions,
): Promise<{ files: InputFile[]; missing: string[] }> {
  const at = origin ?? dataset.origin;
  if (at === null)
    throw new BulkError(
      'NO_DOWNLOAD',
      'No lasting address of Netflix\' engagement reports ("What We Watched") is known: download them by hand, and give their folder with --from',
    );
  const options: DownloadOptions = {
    folder,
    userAgent,
    signal,
    tell: onProgress,
    ...(retryDelays === undefined ? {} : { retryDelays }),
    ...(stallMs === undefined ? {} : { stallMs }),
  };
  const known = knownSources(before);
  const files: InputFile[] = [];
  const missing: string[] = [];
  for (const offer of dataset.offers(at)) {
    const got = await download(offer, known.get(offer.url) ?? null, options);
    if (got === 'UNCHANGED') onProgress({ step: 'unchanged', file: offer.name });
    else if (got === 'MISSING') {
      missing.push(offer.name);
      onProgress({ step: 'missing', file: offer.name });
    } else files.push(got);
  }
  return { files, missing };
}

/** Lists and datasets grow. One that has lost so much of its rows was hardly whole. */
const LEAST_LEFT = 0.8;

function shrunkTables(before: PinnedVersion | null, tables: BuiltTables['tables']): string[] {
  return Object.entries(tables).flatMap(([name, { rows }]) => {
    const had = before?.current.tables[name]?.rows ?? 0;
    if (rows >= had * LEAST_LEFT) return [];
    return `${name} has ${rows} rows, and had ${had} before: the file may not be whole. Sync again with the whole one`;
  });
}

/** What the version in use has of each address. */
function knownSources(before: PinnedVersion | null): Map<string, BulkSource> {
  const sources = Object.values(before?.current.tables ?? {}).flatMap((table) => table.sources);
  return new Map(sources.flatMap((source) => (source.url === null ? [] : [[source.url, source] as const])));
}

/** Tables that nothing new came for: the same files, in the new version too. */
async function carryOver(
  before: PinnedVersion | null,
  renewed: readonly string[],
  folder: string,
): Promise<BulkVersion['tables']> {
  const kept: Record<string, BulkVersion['tables'][string]> = {};
  for (const [name, table] of Object.entries(before?.current.tables ?? {})) {
    if (renewed.includes(name)) continue;
    const from = before?.table(name) as string;
    // Where a file can have one name only, it is copied.
    await link(from, join(folder, table.file)).catch(() => copyFile(from, join(folder, table.file)));
    kept[name] = table;
  }
  return kept;
}
