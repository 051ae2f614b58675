import type { RottenTomatoesPage } from '@watchprint/engine';
import { urlOf } from '../netflix/netflix-address.ts';

const path = /(?:^|\/)(m\/[\w-]+|tv\/[\w-]+(?:\/s\d{1,4}(?:\/e\d{1,4})?)?)\/?$/i;

/** Whether a text is the path of a film, series, season or episode, and no more than that. */
export const isTitlePath = (key: string): boolean => path.exec(key)?.[1] === key;

/**
 * `m/dune_2021`, in small letters, of `https://www.rottentomatoes.com/m/dune_2021` or `/m/dune_2021`; null for an address of
 * something else. A mirror's may have more before it.
 */
export function titlePathIn(address: unknown): string | null {
  if (typeof address !== 'string') return null;
  const pathname = urlOf(address)?.pathname ?? (address.startsWith('/') ? address.replace(/[?#].*$/s, '') : null);
  return pathname === null ? null : (path.exec(pathname)?.[1]?.toLowerCase() ?? null);
}

/** `tv/dark` of `tv/dark/s01`. */
export const workOf = (titlePath: string): string => titlePath.split('/', 2).join('/').toLowerCase();

/** Which season and episode of its series, `1/4` of `tv/dark/s01/e04`; empty for a series, or a film. */
export const partOf = (titlePath: string): string =>
  titlePath
    .split('/')
    .slice(2)
    .map((part) => Number(part.slice(1)))
    .join('/');

/** Null for an episode. */
export function kindOfPath(titlePath: string): RottenTomatoesPage['kind'] {
  const parts = titlePath.split('/');
  if (parts[0] === 'm') return 'MOVIE';
  return parts.length === 2 ? 'SERIES' : parts.length === 3 ? 'SEASON' : null;
}
