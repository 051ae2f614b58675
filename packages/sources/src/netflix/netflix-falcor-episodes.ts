import { z } from 'zod';
import { parsed } from '../html.ts';
import { found, singlePage, UnknownLayoutError } from '../page.ts';
import { count, soft, text } from '../soft-fields.ts';
import { idOf, type NetflixEpisode, type NetflixSeason, neverAsked } from './netflix-seasons.ts';

/** Seasons and episodes of a series. */
export interface NetflixEpisodes {
  /** The series', which the file does not name: that of the key. */
  readonly netflixId: string;
  readonly seasons: readonly NetflixSeason[];
}

const textInside = z.object({ text });
const playable = z.object({ isPlayable: z.boolean() });
const placed = z.object({ episode: count, season: count });
const episode = z.object({
  episodeId: soft(idOf),
  title: text,
  runtime: count,
  contextualSynopsis: soft((value) => textInside.safeParse(value).data?.text ?? null),
  availability: soft((value) => playable.safeParse(value).data?.isPlayable ?? null),
  summary: soft((value) => placed.safeParse(value).data ?? null),
});
const season = z.object({ seasonId: soft(idOf), episodes: z.array(z.unknown()) });

/**
 * Seasons and episodes from Netflix's catalogue (falcor), as resellers of it hand them out, keyed by the id of the series. Never
 * asked for; the file is taken for the key's, as it does not say which series it is of.
 */
export const netflixFalcorEpisodes = singlePage<NetflixEpisodes>({
  source: 'netflix-pages',
  kind: 'falcor-episodes',
  keys: 'Netflix id of the series (80057281)',
  isKey: (key) => idOf(key) !== null,
  policy: 'robots',
  types: ['application/json', 'text/json', 'text/plain'],
  request: neverAsked,
  recognises: (body) => /^\s*\[/.test(body) && seasonsIn(parsed(body)).length > 0,
  read({ body }, key) {
    const seasons = seasonsIn(parsed(body));
    if (seasons.length === 0) throw new UnknownLayoutError('No seasons of Netflix with episodes are in it');
    return found({ netflixId: key, seasons });
  },
});

const seasonsIn = (value: unknown): NetflixSeason[] => (Array.isArray(value) ? value.flatMap(seasonOf) : []);

function seasonOf(value: unknown): NetflixSeason[] {
  const { data } = season.safeParse(value);
  if (data === undefined || data.seasonId === null) return [];
  const read = data.episodes.flatMap(episodeOf);
  const seasonNumber = read.find((of) => of.seasonNumber !== null)?.seasonNumber ?? null;
  const episodes = read.map((of) => of.episode);
  return [{ netflixId: data.seasonId, seasonNumber, name: null, year: null, episodes }];
}

function episodeOf(value: unknown): { readonly seasonNumber: number | null; readonly episode: NetflixEpisode }[] {
  const { data } = episode.safeParse(value);
  if (data === undefined || data.episodeId === null) return [];
  return [
    {
      seasonNumber: data.summary?.season ?? null,
      episode: {
        netflixId: data.episodeId,
        episodeNumber: data.summary?.episode ?? null,
        name: data.title,
        synopsis: data.contextualSynopsis,
        runtimeSeconds: data.runtime,
        available: data.availability,
      },
    },
  ];
}
