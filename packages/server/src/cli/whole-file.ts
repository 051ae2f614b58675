import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { UsageError } from './output.ts';

/** @throws {UsageError} before anything is begun whose end would find no place. */
export async function refuseExisting(path: string): Promise<void> {
  if (path === '-') throw new UsageError('It is written to a file, which is there only when it is whole: name one');
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  await file?.close();
  if (file !== null) throw new UsageError(`${path} is there already; name another file`);
  const folder = await stat(dirname(path)).catch(() => null);
  if (!folder?.isDirectory()) throw new UsageError(`${dirname(path)} is no folder to write ${basename(path)} to`);
}

/**
 * Writes a file that is there only when all of it is on disk, and that nobody but its owner may read.
 * @returns its size in bytes.
 * @throws {UsageError} when somebody else is writing it, or has died doing so.
 */
export async function writeWhole(path: string, content: AsyncIterable<Uint8Array>): Promise<number> {
  const partial = `${path}.partial`;
  // One that is there may be anybody's, and lead anywhere.
  const file = await open(partial, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new UsageError(
      `${partial} is there: another command is writing it, or one that died left it. Remove it then`,
    );
  });
  try {
    await file.chmod(0o600);
    let bytes = 0;
    for await (const chunk of content) {
      await file.writeFile(chunk);
      bytes += chunk.length;
    }
    await file.sync();
    await file.close();
    await rename(partial, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync();
    await folder.close();
    return bytes;
  } finally {
    await file.close().catch(() => {});
    await rm(partial, { force: true });
  }
}
