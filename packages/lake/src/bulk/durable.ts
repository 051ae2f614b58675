import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What was written to a file, or was named in a folder, is on disk afterwards. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Likewise of a folder and all that is in it. */
export async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncAll(path);
    else await syncPath(path);
  }
  await syncPath(folder);
}

/** Replaces a file: who reads it sees all of the old one or all of the new one, also after a power cut. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const next = `${path}.${randomUUID()}`;
  try {
    await writeFile(next, content, { mode: 0o600, flush: true });
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
  await syncPath(dirname(path));
}
