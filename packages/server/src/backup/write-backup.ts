import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { type Database, dumpTables } from '@watchprint/database';
import { type Originals, ZipWriter } from '@watchprint/lake';
import { backupVersion, type Manifest, manifestPath, originalPath, tablePath } from './manifest.ts';

/**
 * Writes everything there is, of every account, as a zip: the tables as they stand at one instant, and the imported files.
 * @param out Ended when all of it is written, destroyed when it cannot be.
 */
export async function writeBackup(database: Database, originals: Originals, out: Writable): Promise<void> {
  try {
    const zip = new ZipWriter(out);
    const tables: Manifest['tables'] = [];
    const createdAt = new Date().toISOString();
    const {
      migrations,
      sequences,
      originals: kept,
    } = await dumpTables(database, async ({ name, columns }, content) => {
      const measure = new Measure();
      await zip.add(tablePath(name), measure.through(content));
      const { rows, bytes, sha256 } = measure;
      tables.push({ name, columns: [...columns], rows, bytes, sha256 });
    });
    const manifest: Manifest = {
      format: 'watchprint-backup',
      version: backupVersion,
      createdAt,
      migrations: [...migrations],
      tables,
      sequences: [...sequences],
      originals: [],
      missingOriginals: [],
    };
    for (const sha256 of kept) {
      const content = await originals.find(sha256);
      if (content === null) {
        manifest.missingOriginals.push(sha256);
        continue;
      }
      const measure = new Measure();
      try {
        await zip.add(originalPath(sha256), measure.through(content));
      } finally {
        content.destroy();
      }
      if (measure.sha256 !== sha256) throw new Error(`The original ${sha256} is not what it was when it was imported`);
      manifest.originals.push({ sha256, bytes: measure.bytes });
    }
    await zip.add(manifestPath, [JSON.stringify(manifest, null, 2)]);
    await zip.end();
    out.end();
  } catch (error) {
    out.destroy(error as Error);
    throw error;
  }
}

const lineFeed = 10;

/** What passes by: how much, how many lines, and its SHA-256, asked once when all of it has passed. */
export class Measure {
  bytes = 0;
  rows = 0;
  readonly #hash = createHash('sha256');
  #digest: string | null = null;

  async *through(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      this.#hash.update(chunk);
      this.bytes += chunk.length;
      for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) this.rows += 1;
      yield chunk;
    }
  }

  get sha256(): string {
    this.#digest ??= this.#hash.digest('hex');
    return this.#digest;
  }
}
