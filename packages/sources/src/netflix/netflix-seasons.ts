/** An episode as Netflix lists it. */
export interface NetflixEpisode {
  readonly netflixId: string;
  readonly episodeNumber: number | null;
  /** In the language of the profile that asked. */
  readonly name: string | null;
  readonly synopsis: string | null;
  readonly runtimeSeconds: number | null;
  /** Whether it could be played where it was asked for. */
  readonly available: boolean | null;
}

/** A season; its id is of the same space as those of titles and episodes. */
export interface NetflixSeason {
  readonly netflixId: string;
  readonly seasonNumber: number | null;
  readonly name: string | null;
  readonly year: number | null;
  readonly episodes: readonly NetflixEpisode[];
}

/** Digits, from a number or from text. */
export function idOf(value: unknown): string | null {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && /^\d{1,12}$/.test(id) ? id : null;
}

/** Both hold what only members see, and the product asks nobody for a cookie. */
export function neverAsked(): never {
  throw new Error('Netflix shows this to signed-in members alone: it is read from a file that somebody saved');
}
