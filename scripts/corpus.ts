import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Folder of real files that tests may read but the repository never holds: `CORPUS`, else ../shared/corpus.
 * Null where there is none; tests that need it are then reported as skipped.
 */
export const corpus: string | null =
  [process.env.CORPUS, fileURLToPath(new URL('../../shared/corpus', import.meta.url))].find(
    (path): path is string => path !== undefined && existsSync(join(path, 'netflix')),
  ) ?? null;
