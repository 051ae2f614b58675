import { isAscii } from 'node:buffer';
import { guessEncoding } from './guess-encoding.ts';

/** Bytes of lines with more than ASCII that are looked at: some thousand titles. */
const tellingBytes = 64 * 1024;
/** Where a line is longer, what follows counts as another. */
const longestLine = 16 * 1024;

/**
 * The encoding of a history, as a label of the Encoding Standard.
 *
 * @param start the file's first bytes.
 */
export async function findEncoding(open: () => AsyncIterable<Uint8Array>, start: Uint8Array): Promise<string> {
  const utf16 = utf16Of(start);
  if (utf16 !== null) return utf16;
  // Strictly, over the whole file: an accent of another encoding may stand in its last line.
  if (await isUtf8(open())) return 'utf-8';
  const lines = await tellingLines(open());
  // One broken title makes no other encoding of a file, and a line of another one is hardly ever UTF-8 by accident.
  const valid = lines.filter(isUtf8Line).length;
  return valid * 2 > lines.length ? 'utf-8' : guessEncoding(Buffer.concat(lines));
}

/** By byte order mark, or by the zero bytes between the letters of the header, which is English in every language. */
function utf16Of(start: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const head = [...start.subarray(0, 16)];
  if (head.length < 16) return null;
  if (head.every((byte, at) => (byte === 0) === (at % 2 === 1))) return 'utf-16le';
  if (head.every((byte, at) => (byte === 0) === (at % 2 === 0))) return 'utf-16be';
  return null;
}

async function isUtf8(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  // Where a chunk ends in the middle of a character, the next must be decoded, whatever it holds.
  let isBetweenCharacters = true;
  try {
    for await (const chunk of bytes) {
      if (!(isBetweenCharacters && isAscii(chunk))) decoder.decode(chunk, { stream: true });
      isBetweenCharacters = (chunk.at(-1) ?? 0) < 0x80;
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function isUtf8Line(line: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(line);
    return true;
  } catch {
    return false;
  }
}

/** Lines that hold more than ASCII, until there are enough: most titles are ASCII, and say nothing. */
async function tellingLines(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const lines: Uint8Array[] = [];
  let length = 0;
  let rest = Buffer.alloc(0);
  let isTelling = false;
  for await (const chunk of bytes) {
    const text = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let at = rest.length; at < text.length; at += 1) {
      const byte = text[at] as number;
      if (byte >= 0x80) isTelling = true;
      if (byte !== 10 && byte !== 13 && at - from < longestLine) continue;
      if (isTelling) {
        lines.push(text.subarray(from, at + 1));
        length += at + 1 - from;
        if (length >= tellingBytes) return lines;
      }
      from = at + 1;
      isTelling = false;
    }
    rest = text.subarray(from);
  }
  if (isTelling) lines.push(rest);
  return lines;
}
