import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CuratedError } from './curated-error.ts';
import { type CuratedDictionary, readDictionary } from './dictionary.ts';
import { curatedFolder, replacedOf } from './export-folder.ts';

/** An export of curated tables, to be read. */
export interface OpenedExport {
  /** Absolute, links followed. */
  readonly folder: string;
  readonly dictionary: CuratedDictionary;
}

/**
 * The export that is named, or else the one in the lake; null where none is named and there is none.
 * @throws {CuratedError} EXPORT_BROKEN
 */
export async function openExport(lake: string, named: string | undefined): Promise<OpenedExport | null> {
  const place = resolve(named ?? curatedFolder(lake));
  // Behind: what a process that died while it put another in its place left there.
  for (const path of [place, replacedOf(place)]) {
    const folder = await realpath(path).catch(() => null);
    if (folder === null) continue;
    const dictionary = await readDictionary(folder);
    if (dictionary !== null) return { folder, dictionary };
    break;
  }
  if (named === undefined) return null;
  throw new CuratedError('EXPORT_BROKEN', `There is no export in ${place}: watchprint lake export writes one`);
}
