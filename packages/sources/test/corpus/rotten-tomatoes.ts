import type { RottenTomatoesPage } from '@watchprint/engine';
import { jsonLd, openPage, tidy } from '../../src/html.ts';
import { netflixIdIn } from '../../src/netflix/netflix-address.ts';
import { readAnswer } from '../../src/read-answer.ts';
import { linkedTitles } from '../../src/rotten-tomatoes/linked-title.ts';
import { detailsList } from '../../src/rotten-tomatoes/page-details.ts';
import { linkedCritics, pageScores } from '../../src/rotten-tomatoes/page-scores.ts';
import { rottenTomatoesBrowse } from '../../src/rotten-tomatoes/rotten-tomatoes-browse.ts';
import { rottenTomatoesMedia } from '../../src/rotten-tomatoes/rotten-tomatoes-media.ts';
import { rottenTomatoesSearch } from '../../src/rotten-tomatoes/rotten-tomatoes-search.ts';
import { begins, type CapturedSource, type Expected, first, listOf, pageCaptures } from './capture.ts';

const mediaFields = (facts: RottenTomatoesPage, expected: Expected): Expected => ({
  title: facts.name,
  year: facts.year,
  url_path: `/${facts.rottenTomatoesId}`,
  media_type: facts.kind === 'MOVIE' ? 'Movie' : facts.kind,
  tomatometer: facts.tomatometer,
  tomatometer_state: facts.certifiedFresh ? 'certified-fresh' : null,
  tomatometer_certified: facts.certifiedFresh,
  critic_reviews: facts.criticReviewCount,
  critic_average_of_10: facts.criticAverage,
  audience_score: facts.audienceScore,
  audience_score_type: facts.audienceScoreType,
  audience_average_of_5: facts.audienceAverage,
  audience_ratings_text: facts.audienceRatingCount,
  content_rating: facts.certificate,
  genres: facts.genres,
  directors: facts.directors,
  date_created: facts.releaseDate,
  runtime_minutes: facts.runtimeMinutes,
  ems_id: facts.emsId,
  netflix_id: Number(facts.netflixId),
  watch_options: facts.netflixId === null ? [] : [{ name: 'Netflix', url: facts.netflixId }],
  synopsis_starts: begins(facts.synopsis, expected.synopsis_starts),
  critics_consensus_starts: begins(facts.consensus, expected.critics_consensus_starts),
  audience_consensus_starts: begins(facts.audienceConsensus, expected.audience_consensus_starts),
});

/** The places that a page's facts are taken from, each by itself. */
function placeFields(body: string): Expected {
  const page = openPage(body);
  const linked = linkedTitles(jsonLd(page))[0] ?? null;
  const details = [...detailsList(page)].map(([label, values]) => [label, values.join(', ')]);
  page('#score-details-json').remove();
  const board = pageScores(page, null);
  return {
    title_json_ld: linked?.name,
    json_ld_rating: String(linkedCritics(linked)?.share),
    score_board_attributes: {
      tomatometerscore: String(board.critics?.share),
      audiencescore: String(board.audience?.share),
    },
    details_list: Object.fromEntries(details),
  };
}

/** Of a file of JSON-LD, in which blocks of several pages stand by their paths. */
function blockFields(body: string, path: string): Expected | undefined {
  const key = path.slice(1);
  const reading = readAnswer(rottenTomatoesMedia, { url: '', status: 200, headers: {}, body }, [key]).get(key);
  if (reading?.status !== 'FOUND') return undefined;
  const { kind, name, releaseDate, seasonCount } = reading.facts;
  return {
    '@type': kind === 'MOVIE' ? 'Movie' : 'TVSeries',
    name,
    dateCreated: releaseDate,
    numberOfSeasons: seasonCount,
  };
}

export const capturedRottenTomatoes: CapturedSource = {
  name: 'Rotten Tomatoes',
  mappings: [
    pageCaptures(rottenTomatoesMedia, {
      files: 'rottentomatoes/m_',
      key: ({ url_path }) => String(url_path).slice(1),
      fields: (facts, { expected, body }) => ({ ...mediaFields(facts, expected), ...placeFields(body) }),
    }),
    pageCaptures(rottenTomatoesBrowse, {
      files: 'rottentomatoes/jsonld_film_tv_browse_',
      hasAddress: false,
      key: () => 'movies_at_home',
      fields: ({ name, items }, { expected, body }) => ({
        ...Object.fromEntries(Object.keys(expected).map((path) => [path, blockFields(body, path)])),
        '/browse/movies_at_home': {
          '@type': 'ItemList',
          name,
          items: items.map((item) => item.name),
        },
      }),
    }),
    pageCaptures(rottenTomatoesBrowse, {
      files: 'rottentomatoes/browse_in_theaters_',
      key: () => 'movies_in_theaters/sort:top_box_office',
      fields({ name, items }, { expected }) {
        const listed = items.map((item) => ({
          name: tidy(item.name),
          url_path: `/${item.rottenTomatoesId}`,
          tomatometer: item.tomatometer,
        }));
        return {
          list_name: name,
          item_count: items.length,
          first: first(listed, expected.first),
          last: listed.at(-1),
        };
      },
    }),
    pageCaptures(rottenTomatoesSearch, {
      files: 'rottentomatoes/search_top_gun_',
      key: ({ query }) => String(query),
      fields: ({ rows }) => ({
        results: rows.map(({ rottenTomatoesId, name, year, tomatometer, certifiedFresh }) => ({
          title: name,
          url_path: `/${rottenTomatoesId}`,
          release_year: rottenTomatoesId.startsWith('m/') ? year : null,
          start_year: rottenTomatoesId.startsWith('tv/') ? year : null,
          tomatometer,
          certified: certifiedFresh,
        })),
      }),
    }),
    pageCaptures(rottenTomatoesSearch, {
      files: 'rottentomatoes/search_fight_club_2019',
      key: () => 'fight club',
      fields: ({ filmCount, rows }, { expected }) => ({
        movie_count: filmCount,
        first: first(rows, expected.first)?.map(({ name, year, rottenTomatoesId, tomatometer }) => ({
          title: name,
          year,
          url_path: `/${rottenTomatoesId}`,
          tomatometer,
        })),
      }),
    }),
  ],
  exceptions: [
    { files: 'rottentomatoes/m_', fields: ['layout'], reason: 'which of the layouts it is: no fact of the title' },
    {
      files: 'rottentomatoes/m_frankenstein',
      fields: ['audience_score_all', 'audience_score_verified'],
      reason: 'of the two shares of viewers the one that the page shows is kept, with its type',
    },
    {
      files: 'rottentomatoes/m_frankenstein',
      fields: ['watch_options'],
      reason: 'of the addresses where to watch, Netflix’s alone is read, and of it the id, which is compared',
      compared: (options) => listOf(options).map(({ name, url }) => ({ name, url: netflixIdIn(url) })),
    },
    {
      files: 'rottentomatoes/jsonld_film_tv_browse_',
      fields: [
        ...['/m/shawshank_redemption.items', '/tv/breaking_bad.items'],
        ...['/browse/movies_at_home.dateCreated', '/browse/movies_at_home.numberOfSeasons'],
      ],
      reason: 'empty: lists alone have items, and titles alone dates and seasons',
    },
    {
      files: 'rottentomatoes/search_top_gun_',
      fields: ['query'],
      reason: 'no fact: what was asked for, which the rows do not repeat',
    },
  ],
  unverified: [
    'HTML of a series, season or episode: of one series there is JSON-LD, without a score',
    'pages with too few reviews for a score',
    'score boards of 2022 to 2024, with numbers or objects for text',
    'rows of series in a search',
    'old paths, and where they lead',
  ],
};
