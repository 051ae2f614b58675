/** Decodes text that comes in pieces. */
interface PieceDecoder {
  /** The text of the next piece, without a character that only begins in it. */
  piece(bytes: Uint8Array): string;
  /** What is left after the last piece. */
  end(): string;
}

/** What Windows-1252 has at 0x80 to 0x9F, by the Encoding Standard; five of them are controls there too. */
const windows1252 = '€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ';

/**
 * A decoder for a label of the Encoding Standard.
 *
 * Several releases of Node 20 to 24 read Windows-1252 as Latin-1 (nodejs/node#56542), which turns each curly apostrophe, dash
 * and euro sign into a control; others read it well only in pieces. So those 32 characters are looked up here.
 */
export function pieceDecoder(encoding: string): PieceDecoder {
  const decoder = new TextDecoder(encoding);
  const repaired = decoder.encoding === 'windows-1252' ? withSigns : (text: string) => text;
  return {
    piece: (bytes) => repaired(decoder.decode(bytes, { stream: true })),
    end: () => repaired(decoder.decode()),
  };
}

/** The text of bytes that are all there. */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(bytes);
  return decoder.encoding === 'windows-1252' ? withSigns(text) : text;
}

const withSigns = (text: string) =>
  text.replace(/[\u{80}-\u{9f}]/gu, (control) => windows1252[control.charCodeAt(0) - 0x80] as string);
