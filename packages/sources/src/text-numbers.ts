/** `2h 35m`, `57m`, `1hr 30min`, `PT2H16M`, `136 minutes` → minutes; null for anything else. */
export function minutesIn(text: string | null | undefined): number | null {
  // Without white space there is one way to read it.
  const plain = text === null || text === undefined || text.length > 60 ? '' : text.replace(/\s+/g, '').toLowerCase();
  const [whole, hours, minutes] =
    /^(?:pt)?(?:(\d{1,3})h(?:rs?|ours?)?\.?)?(?:(\d{1,4})m(?:ins?|inutes?)?\.?)?$/.exec(plain) ?? [];
  if (whole === undefined || (hours === undefined && minutes === undefined)) return null;
  return Number(hours ?? 0) * 60 + Number(minutes ?? 0);
}

/** A number as sites write it: `85`, `"85"`, `85%`, `1,956,171`, `7.60`; null for anything else, the empty text too. */
export function numberIn(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  const text = value
    .trim()
    .replace(/%$/, '')
    .replace(/,(?=\d{3}\b)/g, '');
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** A year that stands alone: `2021`. */
export function yearIn(text: string | null | undefined): number | null {
  const [, year] = /^\s*((?:18|19|20)\d\d)\s*$/.exec(text ?? '') ?? [];
  return year === undefined ? null : Number(year);
}
