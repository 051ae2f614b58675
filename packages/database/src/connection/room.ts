import { statfs } from 'node:fs/promises';

/** The disk of the database has too little room left for what was asked. */
export class DiskFullError extends Error {
  override readonly name = 'DiskFullError';
  readonly code = 'DISK_FULL';
  readonly retryable = true;
}

/** Whether a statement failed, or was not begun, because the disk of the database is full. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof DiskFullError || (error instanceof Error && (error as { code?: unknown }).code === '53100');

/**
 * Bytes that must be free before the embedded database is given more rows: its log of writes grows to 96 MB whatever is written,
 * and undoing an import is written there too. Where that log finds no room, PostgreSQL ends and undoes nothing.
 */
const roomForRows = 128e6;

/** @throws {DiskFullError} where the embedded database should not be given more rows. */
export async function checkRoom(home: string): Promise<void> {
  const { bavail, bsize } = await statfs(home);
  const free = bavail * bsize;
  if (free < roomForRows)
    throw new DiskFullError(
      `The disk of the database has ${Math.floor(free / 1e6)} MB free; an import needs ${roomForRows / 1e6}.`,
    );
}
