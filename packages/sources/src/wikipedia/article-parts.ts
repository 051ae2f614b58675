import { tidy } from '../html.ts';
import { pathOf } from './page-title.ts';

/** Of plain text: the first line that is not empty, unless a section begins with it. */
export function firstParagraph(extract: string | null | undefined): string | null {
  const [, line] = /^\s*([^\n]+)/.exec(extract ?? '') ?? [];
  return line === undefined || /^=+ /.test(line) ? null : tidy(line);
}

export const wikidataIdIn = (value: string | null | undefined): string | null =>
  /^Q[1-9]\d{0,9}$/.test(value ?? '') ? (value ?? null) : null;

/** Null for what is no picture of Wikimedia's: one that is shown must be asked of nobody else. */
export function pictureAddress(address: string | null | undefined): string | null {
  return httpsAddress(address, '.wikimedia.org')?.href ?? null;
}

/** Null for what is no address of a Wikipedia: a link that is shown must lead nowhere else. */
export function wikipediaAddress(address: string | null | undefined): URL | null {
  return httpsAddress(address, '.wikipedia.org');
}

function httpsAddress(address: string | null | undefined, domain: string): URL | null {
  const url = URL.canParse(address ?? '') ? new URL(address ?? '') : null;
  return url?.protocol === 'https:' && url.hostname.endsWith(domain) ? url : null;
}

export const languageOf = (url: URL): string => url.hostname.split('.')[0] ?? '';

export const articleAddress = (language: string, title: string): string =>
  `https://${language}.wikipedia.org/wiki/${pathOf(title)}`;
