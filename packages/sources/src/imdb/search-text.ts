import { UnknownLayoutError } from '../page.ts';

/** Whether a text can be searched for: something stands in it, and an address can have it. */
export const isSearchText = (text: string): boolean =>
  text.trim() !== '' && text.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(text);

/**
 * @param echo what the answer says that was searched for: in other letters, escaped, or cut off.
 * @throws {UnknownLayoutError} where it is another text.
 */
export function checkSearched(echo: string | null | undefined, text: string): void {
  if (echo == null) return;
  const [asked, answered] = [letters(text), letters(unescaped(echo))];
  if (!asked.startsWith(answered) && !answered.startsWith(asked))
    throw new UnknownLayoutError(`The answer is to another search: ${echo.slice(0, 100)}`);
}

const letters = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
