/** Text as PostgreSQL can hold it: it has no NUL. */
export const storableText = (text: string): string => text.replaceAll('\0', '\u{FFFD}');

/** JSON as PostgreSQL's jsonb can hold it: without NUL, and without halves of characters. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storableText(wellFormed(part)) : part));

/** Halves of surrogate pairs replaced. Node 20 has `toWellFormed`, which the language level here does not know yet. */
const wellFormed = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\u{FFFD}');
