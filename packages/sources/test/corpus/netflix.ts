import { netflixFalcorEpisodes } from '../../src/netflix/netflix-falcor-episodes.ts';
import { listedTitles, netflixFalcorTitles } from '../../src/netflix/netflix-falcor-titles.ts';
import { netflixMetadata } from '../../src/netflix/netflix-metadata.ts';
import type { NetflixEpisode } from '../../src/netflix/netflix-seasons.ts';
import { netflixTitle } from '../../src/netflix/netflix-title.ts';
import { netflixTop10 } from '../../src/netflix/netflix-top10.ts';
import { begins, type CapturedSource, type Expected, first, listOf, pageCaptures } from './capture.ts';

const typeOf = (kind: string | null) => (kind === 'SERIES' ? 'show' : kind === 'MOVIE' ? 'movie' : null);

const episodeFields = (episode: NetflixEpisode | undefined): Expected => ({
  id: Number(episode?.netflixId),
  seq: episode?.episodeNumber,
  title: episode?.name,
  runtime: episode?.runtimeSeconds,
});

const top10 = (files: string, list: string) =>
  pageCaptures(netflixTop10, {
    files,
    key: () => list,
    fields({ columns, rows }) {
      const weeks = [...new Set(rows.flatMap(({ week }) => week ?? []))].sort();
      return {
        columns,
        row_count: rows.length,
        first_row: rows[0],
        last_row: rows.at(-1),
        weeks: weeks.length > 0 ? weeks.length : null,
        latest_week: weeks.at(-1) ?? null,
      };
    },
  });

export const capturedNetflix: CapturedSource = {
  name: 'Netflix',
  mappings: [
    pageCaptures(netflixTitle, {
      files: 'netflix/title_page_head_',
      hasAddress: false,
      // The capture does not say which id it is of.
      key: () => 'AU/99000001',
      fields: ({ name }) => ({ title: name }),
    }),
    pageCaptures(netflixMetadata, {
      files: 'netflix/metadata_',
      key: ({ netflix_id }) => String(netflix_id),
      fields: (facts, { expected }) => ({
        netflix_id: Number(facts.netflixId),
        type: typeOf(facts.kind),
        title: facts.name,
        synopsis_starts: begins(facts.synopsis, expected.synopsis_starts),
        maturity: facts.maturityRating,
        season_count: facts.seasons?.length,
        seasons: facts.seasons?.map(({ netflixId, seasonNumber, name, year, episodes }) => ({
          id: Number(netflixId),
          seq: seasonNumber,
          title: name,
          year,
          episode_count: episodes.length,
        })),
        first_episode: episodeFields(facts.seasons?.[0]?.episodes[0]),
        last_episode: episodeFields(facts.seasons?.at(-1)?.episodes.at(-1)),
      }),
    }),
    pageCaptures(netflixFalcorEpisodes, {
      files: 'netflix/falcor_season_episodes_',
      key: () => '70155589',
      fields({ seasons }) {
        const episode = seasons[0]?.episodes[0];
        return {
          season_count: seasons.length,
          seasons: seasons.map(({ netflixId, episodes }) => ({
            season_id: Number(netflixId),
            episode_count: episodes.length,
          })),
          first_episode: { id: Number(episode?.netflixId), title: episode?.name, available: episode?.available },
        };
      },
    }),
    pageCaptures(netflixFalcorTitles, {
      files: 'netflix/falcor_titles_',
      key: (expected) => String(listOf(expected.first)[0]?.netflix_id),
      fields(facts, { expected, body }) {
        const [, ...others] = listedTitles(body);
        const titles = [facts, ...others];
        return {
          title_count: titles.length,
          first: first(titles, expected.first)?.map(({ netflixId, kind, name, episodeCount, genres }) => ({
            netflix_id: Number(netflixId),
            type: typeOf(kind),
            title: name,
            episode_count: episodeCount,
            // What is expected stops at three; one of the titles has four.
            genres: genres?.slice(0, 3),
          })),
        };
      },
    }),
    top10('netflix/top10_all_weeks_global_', 'all-weeks-global'),
    top10('netflix/top10_most_popular_', 'most-popular'),
  ],
  exceptions: [
    {
      files: 'netflix/title_page_head_',
      fields: ['title_source'],
      reason: 'says in words where the title stands',
    },
    {
      files: 'netflix/top10_',
      fields: ['first_row', 'last_row'],
      reason: 'a field that is empty or N/A is read as null, and compared so',
      compared: (row) =>
        Object.fromEntries(
          Object.entries(row as Expected).map(([name, field]) => [
            name,
            field === 'N/A' || field === '' ? null : field,
          ]),
        ),
    },
  ],
  unverified: [
    'a whole public page of a title, and its JSON-LD: of the one that was captured there are four lines',
    'where a title that a region does not have leads to',
    'metadata of a film',
  ],
};
