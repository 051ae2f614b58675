import { z } from 'zod';
import { parsed } from '../html.ts';
import { found, singlePage, UnknownLayoutError } from '../page.ts';
import { count, soft, text } from '../soft-fields.ts';
import { idOf, type NetflixEpisode, type NetflixSeason, neverAsked } from './netflix-seasons.ts';

/** What Netflix tells a signed-in member of a title. */
export interface NetflixMetadata {
  readonly netflixId: string;
  readonly name: string;
  readonly kind: 'MOVIE' | 'SERIES' | null;
  readonly synopsis: string | null;
  readonly maturityRating: string | null;
  /** Of a film. */
  readonly year: number | null;
  /** Of a film. */
  readonly runtimeSeconds: number | null;
  /** Of a series, in the order of the file: some list the newest first. */
  readonly seasons: readonly NetflixSeason[] | null;
}

const episode = z.object({
  id: soft(idOf),
  episodeId: soft(idOf),
  seq: count,
  title: text,
  synopsis: text,
  runtime: count,
});
const season = z.object({
  id: soft(idOf),
  seq: count,
  title: text,
  year: count,
  episodes: z.array(z.unknown()).nullish().catch(null),
});
const metadata = z.object({
  video: z.object({
    id: soft(idOf),
    type: text,
    title: text,
    synopsis: text,
    rating: text,
    year: count,
    runtime: count,
    seasons: z.array(z.unknown()).nullish().catch(null),
  }),
});

/**
 * The JSON that Netflix's own player asks for (`memberapi/…/metadata?movieid=`), keyed by the id of the title, or of a season or
 * episode in it. Only signed-in members get it: it is never asked for, and read from files that somebody has.
 */
export const netflixMetadata = singlePage<NetflixMetadata>({
  source: 'netflix-pages',
  kind: 'metadata',
  keys: 'Netflix id (80057281)',
  isKey: (key) => idOf(key) !== null,
  policy: 'robots',
  types: ['application/json', 'text/json', 'text/plain'],
  request: neverAsked,
  recognises: (body) => /^\s*\{/.test(body) && metadata.safeParse(parsed(body)).data?.video.id != null,
  read({ body }, key) {
    const { video } = metadata.parse(parsed(body));
    if (video.id === null || video.title === null)
      throw new UnknownLayoutError('Metadata of Netflix without id or title');
    const seasons = video.seasons?.flatMap(seasonOf) ?? null;
    const ids = [
      video.id,
      ...(seasons ?? []).flatMap(({ netflixId, episodes }) => [netflixId, ...episodes.map((of) => of.netflixId)]),
    ];
    if (!ids.includes(key)) throw new UnknownLayoutError(`Asked for ${key}, and the file is of ${video.id}`);
    const isFilm = video.type === 'movie';
    return found({
      netflixId: video.id,
      name: video.title,
      kind: isFilm ? 'MOVIE' : video.type === 'show' ? 'SERIES' : null,
      synopsis: video.synopsis,
      maturityRating: video.rating,
      year: isFilm ? video.year : null,
      runtimeSeconds: isFilm ? video.runtime : null,
      seasons,
    });
  },
});

/** Without its id a season or an episode is nothing that a history could be matched with. */
function seasonOf(value: unknown): NetflixSeason[] {
  const { data } = season.safeParse(value);
  if (data === undefined || data.id === null) return [];
  const episodes = data.episodes?.flatMap(episodeOf) ?? [];
  return [{ netflixId: data.id, seasonNumber: data.seq, name: data.title, year: data.year, episodes }];
}

function episodeOf(value: unknown): NetflixEpisode[] {
  const { data } = episode.safeParse(value);
  const netflixId = data?.id ?? data?.episodeId ?? null;
  if (data === undefined || netflixId === null) return [];
  const { seq, title, synopsis, runtime } = data;
  return [{ netflixId, episodeNumber: seq, name: title, synopsis, runtimeSeconds: runtime, available: null }];
}
