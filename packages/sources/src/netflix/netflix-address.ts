/**
 * The id of a title of Netflix in an address of its site: of `/title/80057281`, `/au/title/80057281`, `/watch/80057281`; also in
 * one that a paid link carries (`…?u=https%3A%2F%2Fwww.netflix.com%2Ftitle%2F80057281`).
 */
export function netflixIdIn(address: unknown): string | null {
  const url = urlOf(address);
  if (url === null) return null;
  const carried = isNetflix(url) ? url : (urlOf(url.searchParams.get('u')) ?? urlOf(url.searchParams.get('r')));
  return carried !== null && isNetflix(carried) ? (titleAddress(carried)?.netflixId ?? null) : null;
}

export interface TitleAddress {
  readonly netflixId: string;
  /** Of the prefix, in capitals; null where there is none. */
  readonly region: string | null;
}

/** What the path of a title's page says; null for other pages. Hosts are not looked at: a mirror's are others. */
export function titleAddress({ pathname }: URL): TitleAddress | null {
  const [, region, netflixId] =
    /(?:^|\/([a-z]{2})(?:-[a-z]{2,3})?|\/[^/]+)\/(?:title|watch)\/(\d{1,12})\/?$/i.exec(pathname) ?? [];
  return netflixId === undefined ? null : { netflixId, region: region?.toUpperCase() ?? null };
}

/** An address of the web; null for the names of files and for no address at all. */
export function urlOf(address: unknown): URL | null {
  if (typeof address !== 'string' || !/^https?:/i.test(address) || !URL.canParse(address)) return null;
  return new URL(address);
}

const isNetflix = ({ hostname }: URL): boolean => /(?:^|\.)netflix\.com$/i.test(hostname);
