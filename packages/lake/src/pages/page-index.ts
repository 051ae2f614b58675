import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { type PageEntry, PageError, type PageExchange } from './exchange.ts';
import { type ReadExchange, readExchanges } from './warc-record.ts';

/** What lies beside a WARC file `x.warc.gz`: `x.cdxj`, a line a page. It says nothing that the WARC does not. */
export const indexOf = (file: string): string => file.replace(/\.warc\.gz$/, '.cdxj');

/** A file has a place where nothing can be read, and pages behind it. */
export interface Damage {
  readonly file: string;
  /** Up to where the pages before it reach. */
  readonly offset: number;
  readonly error: unknown;
}

export function entryOf(
  file: string,
  { exchange, digest, place, responsePlace }: Omit<ReadExchange, 'exchange'> & { exchange: PageExchange },
): PageEntry {
  const { source, kind, key, url, method, status, fetchedAt, body } = exchange;
  const type = exchange.responseHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const mime = type?.split(';')[0]?.trim().toLowerCase() || null;
  return {
    source,
    kind,
    key,
    url,
    method,
    status,
    mime,
    bytes: body.length,
    digest,
    fetchedAt,
    file,
    place,
    responsePlace,
  };
}

/** CDXJ as other programs read it (numbers as text, the place of the response), with what only we need behind it. */
export async function writeLine({ file, responsePlace, place, ...entry }: PageEntry): Promise<string> {
  const { getSurt } = await import('warcio/utils');
  const fetchedAt = entry.fetchedAt.toISOString();
  const fields = {
    url: entry.url,
    mime: entry.mime ?? 'unk',
    status: String(entry.status),
    digest: entry.digest.replace(/^sha256:/, ''),
    length: String(responsePlace.length),
    offset: String(responsePlace.offset),
    filename: basename(file),
    method: entry.method,
    source: entry.source,
    kind: entry.kind,
    key: entry.key,
    bytes: entry.bytes,
    fetched_at: fetchedAt,
    exchange_offset: place.offset,
    exchange_length: place.length,
  };
  return `${getSurt(entry.url)} ${fetchedAt.replace(/[-:T]/g, '').slice(0, 14)} ${JSON.stringify(fields)}\n`;
}

/** Null for what is no line of an index. */
function readLine(line: string, file: string): PageEntry | null {
  try {
    const fields = JSON.parse(line.slice(line.indexOf(' {') + 1));
    const entry: PageEntry = {
      source: fields.source,
      kind: fields.kind,
      key: fields.key,
      url: fields.url,
      method: fields.method,
      status: Number(fields.status),
      mime: fields.mime === 'unk' ? null : fields.mime,
      bytes: fields.bytes,
      digest: `sha256:${fields.digest}`,
      fetchedAt: new Date(fields.fetched_at),
      file,
      place: { offset: fields.exchange_offset, length: fields.exchange_length },
      responsePlace: { offset: Number(fields.offset), length: Number(fields.length) },
    };
    return Number.isInteger(entry.place.offset + entry.place.length) ? entry : null;
  } catch {
    return null;
  }
}

export interface EntryOptions {
  /** Leaves out entries whose line in the index does not contain one of these: most lines then need not be read. */
  readonly needle?: string;
  readonly onDamage?: ((damage: Damage) => void) | undefined;
  /** Is told where the index ends, before what it lacks is read from the WARC itself. */
  readonly onIndexed?: (end: number) => void;
}

/**
 * The pages of a WARC file in their order: from its index as far as that goes, and the rest (a process died before it wrote the
 * line; the index is gone) from the file itself.
 */
export async function* entriesOf(
  file: string,
  { needle, onDamage, onIndexed }: EntryOptions = {},
): AsyncIterable<PageEntry> {
  const { size } = await stat(file);
  let end = 0;
  let last: string | null = null;
  for await (const line of linesOf(indexOf(file))) {
    // A line that was cut off.
    if (!line.endsWith('}')) break;
    last = line;
    if (needle !== undefined && !line.includes(needle)) continue;
    const entry = readLine(line, file);
    // No line of ours, or one of more than the file has: the file is what counts.
    if (entry === null || reachOf(entry) > size) break;
    end = reachOf(entry);
    yield entry;
  }
  const lastEntry = last === null ? null : readLine(last, file);
  if (lastEntry !== null && reachOf(lastEntry) <= size) end = reachOf(lastEntry);
  onIndexed?.(end);
  if (end < size) for await (const read of scan(file, end, onDamage)) yield entryOf(file, read);
}

const reachOf = ({ place }: PageEntry) => place.offset + place.length;

/** Writes the index of a file anew where it lacks pages. @returns how many it lacked. */
export async function completeIndex(file: string): Promise<number> {
  let isIndexed = true;
  let lacking = 0;
  const partial = `${indexOf(file)}.partial-${process.pid}`;
  for await (const _ of entriesOf(file, { needle: '\0', onIndexed: () => (isIndexed = false) }))
    lacking += isIndexed ? 0 : 1;
  if (lacking === 0) return 0;
  const index = await open(partial, 'w', 0o600);
  try {
    for await (const entry of entriesOf(file)) await index.writeFile(await writeLine(entry));
    await index.sync();
    await index.close();
    await rename(partial, indexOf(file));
  } finally {
    await index.close().catch(() => {});
    await rm(partial, { force: true });
  }
  return lacking;
}

async function* linesOf(path: string): AsyncIterable<string> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return;
  yield* createInterface({ input: handle.createReadStream({ encoding: 'utf8' }), crlfDelay: Number.POSITIVE_INFINITY });
}

/**
 * Reads exchanges from the file itself. What a process was writing when it died stands at a file's end and is passed over;
 * behind any other damage it goes on with the next record that can be read.
 */
async function* scan(file: string, from: number, onDamage?: (damage: Damage) => void): AsyncIterable<ReadExchange> {
  const { size } = await stat(file);
  let start = from;
  let reached = from;
  let damage: Damage | null = null;
  while (reached < size) {
    let error: unknown = new PageError('PAGE_DAMAGED', `There is no page at ${reached} of ${file}`);
    try {
      for await (const read of readExchanges(createReadStream(file, { start }))) {
        if (damage !== null) onDamage?.(damage);
        damage = null;
        const moved = shifted(read, start);
        reached = moved.place.offset + moved.place.length;
        yield moved;
      }
    } catch (cause) {
      error = cause;
    }
    damage ??= { file, offset: reached, error };
    const next = await nextMember(file, Math.max(start + 1, reached));
    if (next === null) return;
    start = next;
  }
}

function shifted(read: ReadExchange, by: number): ReadExchange {
  const { place, responsePlace } = read;
  return {
    ...read,
    place: { ...place, offset: place.offset + by },
    responsePlace: { ...responsePlace, offset: responsePlace.offset + by },
  };
}

/** Where the next thing begins that may be a gzip member. */
async function nextMember(file: string, from: number): Promise<number | null> {
  const magic = Buffer.from([0x1f, 0x8b, 0x08]);
  let kept = Buffer.alloc(0);
  let offset = from;
  for await (const chunk of createReadStream(file, { start: from })) {
    const bytes = Buffer.concat([kept, chunk as Buffer]);
    const at = bytes.indexOf(magic);
    if (at >= 0) return offset + at;
    kept = bytes.subarray(Math.max(0, bytes.length - 2));
    offset += bytes.length - kept.length;
  }
  return null;
}
