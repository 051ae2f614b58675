import { UnknownLayoutError } from '../page.ts';

export const isImdbId = (text: string | null | undefined): text is string => /^tt\d{7,10}$/.test(text ?? '');

export const personIdOf = (text: string | null | undefined): string | null =>
  /^nm\d{7,10}$/.test(text ?? '') ? (text ?? null) : null;

/** The title whose page, or whose list of episodes, stands at an address or path. */
export function titleIdIn(address: string): string | null {
  const [path = ''] = address.split(/[?#]/, 1);
  const [, imdbId] = /\/title\/(tt\d{7,10})(?:\/(?:reference|episodes))?\/?$/.exec(path) ?? [];
  return imdbId ?? null;
}

/**
 * IMDb merges titles and sends the old id's page to the new one: another id than was asked for is right where the answer
 * came from that id's address.
 * @throws {UnknownLayoutError} for the page of another title.
 */
export function checkTitle(ownId: string, askedId: string, address: string): void {
  if (ownId !== askedId && titleIdIn(address) !== ownId)
    throw new UnknownLayoutError(`The page is of ${ownId}, not of ${askedId}`);
}
