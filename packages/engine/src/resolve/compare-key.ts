const ASCII = /^[ -~]*$/;
const ASCII_NOISE = /[^a-z0-9]+/g;
const NOISE = /[^\p{L}\p{M}\p{N}]+/gu;
/** What may be left out in writing: accents, Hebrew points, Arabic vowels. Marks of other scripts spell the word. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;

/**
 * How names compare: without case, accents, punctuation, and with "&" as "and". A name of marks only ("!!!", emoji) keeps
 * its marks. Two strings with one key are read together, and names with one key are one title.
 */
export function compareKey(text: string): string {
  const plain = ASCII.test(text);
  const unaccented = plain ? text : text.normalize('NFKD').replace(ACCENTS, '');
  const noise = plain ? ASCII_NOISE : NOISE;
  const key = unaccented.toLowerCase().replaceAll('&', 'and').replace(noise, ' ').trim();
  return key === '' ? text.trim() : key;
}
