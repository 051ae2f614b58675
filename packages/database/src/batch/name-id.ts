import { hash } from 'node:crypto';

/**
 * An id that follows from a name: the same name, the same id, so that nobody has to look it up. Ids of names with the same head
 * begin alike, so that they stand together in an index: a batch of rows touches few of its pages. UUID version 8 over SHA-256
 * (RFC 9562, section 5.8 and appendix B.2); 60 bits are the head's, 62 the whole name's.
 */
export function nameId(head: string, name: string): string {
  const [first, second] = headDigits(head);
  const own = hash('sha256', name);
  const variant = ((Number.parseInt(own.charAt(0), 16) & 3) | 8).toString(16);
  return `${first}8${second}-${variant}${own.slice(1, 4)}-${own.slice(4, 16)}`;
}

/** What stands before and after the digit of the version. */
function headDigits(head: string): readonly [string, string] {
  const digits = hash('sha256', head);
  return [`${digits.slice(0, 8)}-${digits.slice(8, 12)}-`, digits.slice(12, 15)];
}

/** What all ids of names with one head begin with. Two heads may share it: only where that does no harm. */
export const headOfId = (id: string): string => id.slice(0, 18);

/** The lowest and the highest id that begin so. */
export const idsWithHead = (head: string): readonly [string, string] => [
  `${head}-8000-000000000000`,
  `${head}-bfff-ffffffffffff`,
];
