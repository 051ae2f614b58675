import { Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Bytes or text, as they come. */
export type Content = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** A zip that is written entry after entry, none of it held in memory. */
export class ZipWriter {
  readonly #zip = new ZipFile();
  readonly #out: Writable;
  readonly #written: Promise<void>;

  /** @param out Destroyed with an entry that fails; whoever opened it ends it. */
  constructor(out: Writable) {
    this.#out = out;
    // yazl's types know no more of it than that it can be read.
    this.#written = pipeline(this.#zip.outputStream as Readable, out, { end: false });
    this.#written.catch(() => {});
  }

  /** Adds a file, and waits until it is read. @throws what its content throws, or what became of whoever receives the zip. */
  async add(path: string, content: Content, { compress = true } = {}): Promise<void> {
    const source = Readable.from(content, { objectMode: false });
    const gone = () => source.destroy(new Error('Whoever received the zip has gone'));
    this.#out.once('close', gone);
    if (this.#out.destroyed) gone();
    // One: names and rows repeat so much that the highest level would save a tenth, and cost three times as long.
    this.#zip.addReadStream(source, path, { compress, ...(compress ? { compressionLevel: 1 } : {}), mode: 0o100600 });
    try {
      await finished(source, { writable: false });
    } catch (error) {
      this.#out.destroy(error as Error);
      throw error;
    } finally {
      this.#out.off('close', gone);
    }
  }

  /** Writes the directory, without which nobody takes the file for a zip, and waits until all of it is on its way. */
  async end(): Promise<void> {
    this.#zip.end();
    await this.#written;
  }
}
