import { z } from 'zod';
import { parsed } from '../html.ts';
import { found, type Page, UnknownLayoutError } from '../page.ts';
import { count, names, soft, text } from '../soft-fields.ts';
import { idOf, neverAsked } from './netflix-seasons.ts';

/** A title as Netflix lists it in its catalogue. */
export interface NetflixListedTitle {
  readonly netflixId: string;
  readonly name: string;
  readonly kind: 'MOVIE' | 'SERIES' | null;
  readonly synopsis: string | null;
  readonly maturityRating: string | null;
  /** Of a film its release, of a series that of its newest season. */
  readonly releaseYear: number | null;
  readonly runtimeSeconds: number | null;
  readonly seasonCount: number | null;
  readonly episodeCount: number | null;
  readonly genres: readonly string[] | null;
  readonly cast: readonly string[] | null;
  readonly directors: readonly string[] | null;
  readonly creators: readonly string[] | null;
}

const maturity = z.object({ rating: z.object({ value: text }) });
const listed = z.object({
  summary: z.object({ id: soft(idOf), type: text }),
  jawSummary: z.object({
    title: text,
    synopsis: text,
    maturity: soft((value) => maturity.safeParse(value).data?.rating.value ?? null),
    releaseYear: count,
    runtime: count,
    seasonCount: count,
    episodeCount: count,
    genres: names,
    cast: names,
    directors: names,
    creators: names,
  }),
});

/**
 * Titles with summaries from Netflix's catalogue (falcor), as resellers of it hand them out: a list, or an object with `titles`.
 * Never asked for; one saved file has many titles.
 */
export const netflixFalcorTitles: Page<NetflixListedTitle> = {
  source: 'netflix-pages',
  kind: 'falcor-titles',
  keys: 'Netflix id (80057281)',
  isKey: (key) => idOf(key) !== null,
  batch: 100,
  policy: 'robots',
  types: ['application/json', 'text/json', 'text/plain'],
  request: neverAsked,
  recognises: (body) => /^\s*[[{]/.test(body) && titlesIn(parsed(body)).length > 0,
  read({ body }, keys) {
    const byId = new Map(listedTitles(body).map((title) => [title.netflixId, title]));
    return new Map(
      keys.flatMap((key) => {
        const title = byId.get(key);
        return title === undefined ? [] : [[key, found(title)] as const];
      }),
    );
  },
};

/** All that a file has. @throws {UnknownLayoutError} when it has none. */
export function listedTitles(body: string): readonly NetflixListedTitle[] {
  const titles = titlesIn(parsed(body));
  if (titles.length === 0) throw new UnknownLayoutError('No titles with a summary of Netflix are in it');
  return titles;
}

function titlesIn(value: unknown): NetflixListedTitle[] {
  const list = Array.isArray(value) ? value : (value as { titles?: unknown } | null)?.titles;
  return Array.isArray(list) ? list.flatMap(titleOf) : [];
}

function titleOf(value: unknown): NetflixListedTitle[] {
  const { data } = listed.safeParse(value);
  if (data === undefined || data.summary.id === null || data.jawSummary.title === null) return [];
  const { title, maturity: maturityRating, runtime: runtimeSeconds, ...rest } = data.jawSummary;
  const { id: netflixId, type } = data.summary;
  const kind = type === 'movie' ? 'MOVIE' : type === 'show' ? 'SERIES' : null;
  return [{ netflixId, name: title, kind, maturityRating, runtimeSeconds, ...rest }];
}
