/** Text as PostgreSQL can hold it: it has no NUL. */
export const storableText = (text: string): string => text.replaceAll('\0', '\u{FFFD}');
