/** A key that says its language: `en:The Matrix`. */
export interface LanguageKey {
  /** As in the address of that language's Wikipedia: `en`, `be-tarask`. */
  readonly language: string;
  readonly text: string;
}

/** MediaWiki takes no longer titles. */
const titleBytes = 255;
/** Nor does its search take longer queries. */
const queryLength = 300;

export function languageKey(key: string): LanguageKey | null {
  const [, language, text] = /^([a-z]{2,12}(?:-[a-z]{1,12}){0,3}):(\S(?:.*\S)?)$/su.exec(key) ?? [];
  // Lone surrogates have no UTF-8, so no address either.
  if (language === undefined || text === undefined || /[\p{Cc}\p{Cs}]/u.test(text)) return null;
  return { language, text };
}

/** Of an article. What MediaWiki has in no title is refused: `|` would be a second title, `..` another path. */
export function titleKey(key: string): LanguageKey | null {
  const parts = languageKey(key);
  if (parts === null || /[#<>[\]{}|]|^[:_]|_$|(?:^|\/)\.{1,2}(?:\/|$)/.test(parts.text)) return null;
  return new TextEncoder().encode(parts.text).length > titleBytes ? null : parts;
}

/** Of a search. */
export function queryKey(key: string): LanguageKey | null {
  const parts = languageKey(key);
  return parts === null || parts.text.length > queryLength ? null : parts;
}

export function partsOf(key: string, parse: (key: string) => LanguageKey | null): LanguageKey {
  const parts = parse(key);
  if (parts === null) throw new RangeError(`No key of a Wikipedia: ${JSON.stringify(key.slice(0, 100))}`);
  return parts;
}
