import { compareKey } from '../../compare-key.ts';

/** Languages that histories are in, as BCP 47 has them. */
const LANGUAGES =
  'en es fr de it pt pt-PT nl da sv nb fi is pl cs sk hu ro bg hr sl sr el tr ru uk ar he hi ja ko zh zh-Hant th vi id ms'.split(
    ' ',
  );
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Codes of no country that have a name all the same: the United Nations, pseudo-regions. */
const NO_COUNTRY = new Set(['UN', 'XA', 'XB', 'ZZ', 'EU', 'EZ', 'QO']);
const SHORT: Readonly<Record<string, string>> = {
  america: 'US',
  us: 'US',
  'u s': 'US',
  usa: 'US',
  'u s a': 'US',
  england: 'GB',
  uk: 'GB',
  'u k': 'GB',
};

/** A code that is none any more is what took its place. */
const canonical = (code: string) => (Intl.getCanonicalLocales(`und-${code}`)[0] ?? '').slice('und-'.length);

let byName: ReadonlyMap<string, string> | null = null;

/** Codes of countries (ISO 3166-1) by their names in all these languages, which ICU knows (Unicode CLDR). */
function countriesByName(): ReadonlyMap<string, string> {
  if (byName !== null) return byName;
  const found = new Map(Object.entries(SHORT));
  for (const language of LANGUAGES)
    for (const style of ['long', 'short'] as const) {
      const names = new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
      for (const first of LETTERS)
        for (const second of LETTERS) {
          const code = first + second;
          const name = NO_COUNTRY.has(code) ? undefined : names.of(code);
          const key = name === undefined ? '' : compareKey(name);
          if (key !== '' && !found.has(key)) found.set(key, canonical(code));
        }
    }
  byName = found;
  return found;
}

const BEHIND = /(?:\s?:\s|：|\s[-–—]\s)(?<part>[^:：]+)$/u;

/** The country that a name ends with behind a colon or a dash: "Criminal: Allemagne" and "Criminal - Germany" both have DE. */
export function countryBehind(name: string): string | null {
  const part = BEHIND.exec(name)?.groups?.part;
  return part === undefined ? null : (countriesByName().get(compareKey(part)) ?? null);
}
