import { renameSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { syncAll, syncPath } from '../bulk/durable.ts';
import { isAlive, type ProcessIdentity, thisProcess } from '../bulk/process-identity.ts';
import { CuratedError } from './curated-error.ts';
import { dictionaryFile, readDictionary, readmeFile } from './dictionary.ts';

/** The place in a lake for an export: the one that `lake query` reads by itself. @param lake The lake's folder. */
export const curatedFolder = (lake: string): string => join(lake, 'curated');

/** An export that is being written. Nobody sees it before it is put in place. */
export interface UnfinishedExport {
  /** Where it will be, absolute, links followed. */
  readonly place: string;
  /** Where it is written. */
  readonly folder: string;
  /** For what is needed while it is written; gone when it is put in place. */
  readonly scratch: string;
  /** Puts it in the place of the one that is there. */
  swapIn(): Promise<void>;
  discard(): Promise<void>;
}

const beside = (place: string, what: string) => join(dirname(place), `.${basename(place)}.${what}`);
/** Where an export is that is to be replaced, for the moment between two renames. */
export const replacedOf = (place: string): string => beside(place, 'replaced');

const ownerFile = 'process.json';
const scratchFolder = 'scratch';

/**
 * Begins an export, which is written beside its place and put there when it is whole.
 * @param given Where to: a folder that is not there, or is empty, or has an export with nothing of anybody else's in it.
 * @param home The home's folder: inside it there is one place for an export.
 * @param isPersonal Whether it is an account's: then it has no place in the lake, where no deletion would find it.
 * @throws {CuratedError} EXPORT_REFUSED, EXPORT_RUNNING
 */
export async function beginExport(
  given: string,
  home: string,
  lake: string,
  isPersonal: boolean,
): Promise<UnfinishedExport> {
  const place = await placeOf(given, home, lake, isPersonal);
  const folder = beside(place, 'unfinished');
  await takeTurn(place, folder);
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    // A process that died between its two renames.
    if (!(await exists(place)) && (await exists(replacedOf(place)))) await rename(replacedOf(place), place);
    await refuseForeign(place);
    const scratch = join(folder, scratchFolder);
    await mkdir(scratch, { mode: 0o700 });
    return { place, folder, scratch, swapIn: () => swapIn(place, folder), discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/**
 * What `beginExport` would refuse of a place, before anything is asked for an export. @throws {CuratedError} EXPORT_REFUSED
 */
export async function refuseExport(given: string, home: string, lake: string, isPersonal: boolean): Promise<void> {
  await refuseForeign(await placeOf(given, home, lake, isPersonal));
}

/** @throws {CuratedError} EXPORT_REFUSED */
async function placeOf(given: string, home: string, lake: string, isPersonal: boolean): Promise<string> {
  const named = resolve(given);
  const found = await lstat(named).catch(missing);
  if (found !== null) {
    const place = await realpath(named).catch(missing);
    if (place === null) throw refused(`${named} is a link to what is not there`);
    if (!(await stat(place)).isDirectory()) throw refused(`${named} is a file: an export is a folder`);
    if (dirname(place) === place || (await stat(dirname(place))).dev !== (await stat(place)).dev)
      throw refused(`${named} is the top of a disk, which no other folder can take the place of: name a folder in it`);
    await refuseInside(place, home, lake, isPersonal);
    return place;
  }
  if (named === curatedFolder(resolve(lake))) await mkdir(lake, { recursive: true, mode: 0o700 });
  const parent = await realpath(dirname(named)).catch(missing);
  if (parent === null || !(await stat(parent)).isDirectory())
    throw refused(`There is no folder ${dirname(named)} to write ${basename(named)} in`);
  const place = join(parent, basename(named));
  await refuseInside(place, home, lake, isPersonal);
  return place;
}

/** Home and lake have an order of their own. */
async function refuseInside(place: string, home: string, lake: string, isPersonal: boolean): Promise<void> {
  const [realHome, realLake] = (await Promise.all(
    [home, lake].map((path) => realpath(path).catch(() => resolve(path))),
  )) as [string, string];
  const own = curatedFolder(realLake);
  if (place === own && !isPersonal) return;
  for (const folder of [realHome, realLake])
    if (place === folder || place.startsWith(folder + sep))
      throw refused(
        isPersonal
          ? `${place} is inside ${folder}, where a deletion of the account would not find it: name a folder elsewhere`
          : `${place} is inside ${folder}, which Watchprint keeps in order itself: an export has its place there in ${own}, or anywhere else`,
      );
}

/** Makes the folder to write in; one that a process left which died is taken over. */
async function takeTurn(place: string, folder: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await mkdir(folder, { mode: 0o700 });
      await writeFile(join(folder, ownerFile), JSON.stringify(thisProcess()), { mode: 0o600 });
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
        throw refused(
          `Nothing can be written in ${dirname(place)}, where ${basename(place)} is made before it gets its name`,
          error,
        );
      if (code !== 'EEXIST') throw error;
    }
    const owner = await readFile(join(folder, ownerFile), 'utf8')
      .then((text) => JSON.parse(text) as ProcessIdentity)
      .catch(() => null);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: 0 }));
    // Without a word of its owner it is just being made, or was when its process died.
    if (owner === null ? Date.now() - mtimeMs < 10_000 : isAlive(owner))
      throw new CuratedError(
        'EXPORT_RUNNING',
        `${place} is being written already${owner === null ? '' : `, by process ${owner.pid} on ${owner.host}`} (${folder})`,
      );
    await rm(folder, { recursive: true, force: true });
  }
  throw new CuratedError('EXPORT_RUNNING', `${folder} could not be made: it keeps changing`);
}

/** What file managers leave in folders, and nobody misses. */
const leftByManagers = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** An export takes the place of an export, and of nothing else. @throws {CuratedError} EXPORT_REFUSED */
async function refuseForeign(place: string): Promise<void> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(missing);
  if (entries === null) return;
  const files = entries
    .filter((entry) => !entry.isDirectory() && !leftByManagers.has(entry.name))
    .map((entry) => relative(place, join(entry.parentPath, entry.name)).split(sep).join('/'));
  if (entries.length === 0) return;
  const before = await readDictionary(place).catch(() => null);
  if (before === null)
    throw refused(`${place} is not empty, and what is in it is no export of this Watchprint’s: name another folder`);
  const ours = new Set([
    dictionaryFile,
    readmeFile,
    ...before.tables.flatMap((table) => table.files.map(({ path }) => path)),
  ]);
  const foreign = files.find((path) => !ours.has(path));
  if (foreign !== undefined)
    throw refused(
      `${join(place, foreign)} is no part of the export that is there, and would be lost: move it elsewhere`,
    );
}

async function swapIn(place: string, folder: string): Promise<void> {
  await rm(join(folder, ownerFile), { force: true });
  await rm(join(folder, scratchFolder), { recursive: true, force: true });
  await syncAll(folder);
  // Somebody may have put something there meanwhile.
  await refuseForeign(place);
  const replaced = replacedOf(place);
  const isReplacing = await exists(place);
  if (isReplacing) await rm(replaced, { recursive: true, force: true });
  // Nothing runs between the two.
  if (isReplacing) renameSync(place, replaced);
  try {
    renameSync(folder, place);
  } catch (error) {
    if (isReplacing) renameSync(replaced, place);
    throw error;
  }
  await syncPath(dirname(place));
  await rm(replaced, { recursive: true, force: true });
}

const refused = (message: string, cause?: unknown) => new CuratedError('EXPORT_REFUSED', message, { cause });

function missing(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
  return null;
}

const exists = async (path: string) => (await lstat(path).catch(missing)) !== null;
