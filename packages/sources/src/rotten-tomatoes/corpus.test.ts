import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RottenTomatoesPage } from '@watchprint/engine';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { jsonLd, openPage, tidy } from '../html.ts';
import { netflixIdIn } from '../netflix/netflix-address.ts';
import { refusalOf } from '../refusal.ts';
import type { Answer, Page } from '../source.ts';
import { linkedTitles } from './linked-title.ts';
import { detailsList } from './page-details.ts';
import { linkedCritics, pageScores } from './page-scores.ts';
import { rottenTomatoesBrowse } from './rotten-tomatoes-browse.ts';
import { rottenTomatoesMedia } from './rotten-tomatoes-media.ts';
import { rottenTomatoesPages } from './rotten-tomatoes-pages.ts';
import { rottenTomatoesSearch } from './rotten-tomatoes-search.ts';

type Expected = Record<string, unknown>;

const pages = join(corpus ?? '', 'pages');
const files: readonly { readonly file: string; readonly expected: Expected }[] =
  corpus === null ? [] : JSON.parse(readFileSync(join(pages, 'expected.json'), 'utf8')).files;

const bodyOf = (file: string): string => readFileSync(join(pages, file), 'utf8');
const expectedOf = (file: string): Expected => files.find((of) => of.file === file)?.expected ?? {};
const saved = (body: string): Answer => ({ url: '', status: 200, headers: {}, body });

function factsOf<Facts>(page: Page<Facts>, body: string, key: string): Facts {
  const reading = page.read(saved(body), [key]).get(key);
  if (reading?.status !== 'FOUND') throw new Error(`${key} is ${reading?.status}`);
  return reading.facts;
}

/** Fields that the parser leaves alone on purpose. */
const leftOut: Record<string, string> = {
  layout: 'which of the layouts it is: no fact of the title',
  audience_score_all: 'of the two shares of viewers the one that the page shows is kept, with its type',
  audience_score_verified: 'as above',
};

/** What we make of each field of a film's page that is expected. */
const fieldsOfMedia: Record<string, (facts: RottenTomatoesPage, body: string, expected: unknown) => unknown> = {
  title: ({ name }) => name,
  title_json_ld: (_, body) => linkedIn(body)?.name,
  year: ({ year }) => year,
  url_path: ({ rottenTomatoesId }) => `/${rottenTomatoesId}`,
  media_type: ({ kind }) => (kind === 'MOVIE' ? 'Movie' : kind),
  tomatometer: ({ tomatometer }) => tomatometer,
  tomatometer_state: ({ certifiedFresh }) => (certifiedFresh ? 'certified-fresh' : null),
  tomatometer_certified: ({ certifiedFresh }) => certifiedFresh,
  critic_reviews: ({ criticReviewCount }) => criticReviewCount,
  critic_average_of_10: ({ criticAverage }) => criticAverage,
  audience_score: ({ audienceScore }) => audienceScore,
  audience_score_type: ({ audienceScoreType }) => audienceScoreType,
  audience_average_of_5: ({ audienceAverage }) => audienceAverage,
  audience_ratings_text: ({ audienceRatingCount }) => audienceRatingCount,
  content_rating: ({ certificate }) => certificate,
  genres: ({ genres }) => genres,
  directors: ({ directors }) => directors,
  date_created: ({ releaseDate }) => releaseDate,
  runtime_minutes: ({ runtimeMinutes }) => runtimeMinutes,
  ems_id: ({ emsId }) => emsId,
  netflix_id: ({ netflixId }) => Number(netflixId),
  synopsis_starts: ({ synopsis }, _, expected) => synopsis?.slice(0, String(expected).length),
  critics_consensus_starts: ({ consensus }, _, expected) => consensus?.slice(0, String(expected).length),
  audience_consensus_starts: ({ audienceConsensus }, _, expected) =>
    audienceConsensus?.slice(0, String(expected).length),
  json_ld_rating: (_, body) => String(linkedCritics(linkedIn(body))?.share),
  score_board_attributes: (_, body) => {
    const page = openPage(body);
    page('#score-details-json').remove();
    const { critics, audience } = pageScores(page, null);
    return { tomatometerscore: String(critics?.share), audiencescore: String(audience?.share) };
  },
  details_list: (_, body) =>
    Object.fromEntries([...detailsList(openPage(body))].map(([label, values]) => [label, values.join(', ')])),
  watch_options: ({ netflixId }, _, expected) =>
    (expected as { url: string }[]).filter(({ url }) => netflixIdIn(url) === netflixId),
};

const linkedIn = (body: string) => linkedTitles(jsonLd(openPage(body)))[0] ?? null;

describe.skipIf(corpus === null)('captured pages of Rotten Tomatoes', () => {
  it.each([
    ['rottentomatoes/m_host_2020_2021-03.html', 'm/host_2020'],
    ['rottentomatoes/m_frankenstein_2025_2026-06_excerpt.html', 'm/frankenstein_2025'],
    ['rottentomatoes/m_dune_2021_2026-10_excerpt.html', 'm/dune_2021'],
  ])('%s is read, every field', (file, key) => {
    const body = bodyOf(file);
    const facts = factsOf(rottenTomatoesMedia, body, key);
    const expected = Object.entries(expectedOf(file)).filter(([field]) => !(field in leftOut));
    expect(expected.length).toBeGreaterThan(10);
    expect(expected.map(([field, value]) => [field, fieldsOfMedia[field]?.(facts, body, value)])).toEqual(expected);
  });

  it('of a layout that an older one stands in, both say the same', () => {
    const body = bodyOf('rottentomatoes/m_frankenstein_2025_2026-06_excerpt.html');
    const broken = body.replace('{"audienceScore":{', '{"audienceScore":{{');
    const { criticAverage, audienceAverage, ...whole } = factsOf(rottenTomatoesMedia, body, 'm/frankenstein_2025');
    expect(factsOf(rottenTomatoesMedia, broken, 'm/frankenstein_2025')).toEqual({
      ...whole,
      criticAverage: null,
      audienceAverage: null,
    });
  });

  it('blocks of JSON-LD are read without their page', () => {
    const file = 'rottentomatoes/jsonld_film_tv_browse_2026-10_excerpt.json';
    const body = bodyOf(file);
    for (const [address, expected] of Object.entries(expectedOf(file) as Record<string, Expected>)) {
      const block = JSON.stringify(JSON.parse(body)[address]);
      if (address.startsWith('/browse/')) {
        for (const of of [body, block]) {
          const { name, items } = factsOf(rottenTomatoesBrowse, of, address.replace('/browse/', ''));
          expect({ ...expected, name, items: items.map((item) => item.name) }).toEqual(expected);
        }
      } else {
        for (const of of [body, block]) {
          const facts = factsOf(rottenTomatoesMedia, of, address.slice(1));
          expect({
            '@type': facts.kind === 'MOVIE' ? 'Movie' : 'TVSeries',
            name: facts.name,
            dateCreated: facts.releaseDate,
            numberOfSeasons: facts.seasonCount,
            items: [],
          }).toEqual(expected);
        }
      }
    }
  });

  it('the search page is read, every row', () => {
    const file = 'rottentomatoes/search_top_gun_2026-05_excerpt.html';
    const { query, results } = expectedOf(file) as { query: string; results: Expected[] };
    const { rows } = factsOf(rottenTomatoesSearch, bodyOf(file), query);
    expect(
      rows.map(({ rottenTomatoesId, name, year, tomatometer, certifiedFresh }) => ({
        title: name,
        url_path: `/${rottenTomatoesId}`,
        release_year: rottenTomatoesId.startsWith('m/') ? year : null,
        start_year: rottenTomatoesId.startsWith('tv/') ? year : null,
        tomatometer,
        certified: certifiedFresh,
      })),
    ).toEqual(results);
  });

  it('the search of 2019 is read', () => {
    const file = 'rottentomatoes/search_fight_club_2019-07_old_api.json';
    const { movie_count, first } = expectedOf(file) as { movie_count: number; first: Expected[] };
    const { filmCount, rows } = factsOf(rottenTomatoesSearch, bodyOf(file), 'fight club');
    expect(filmCount).toBe(movie_count);
    expect(rows).toHaveLength(7);
    expect(
      rows.slice(0, first.length).map(({ name, year, rottenTomatoesId, tomatometer }) => ({
        title: name,
        year,
        url_path: `/${rottenTomatoesId}`,
        tomatometer,
      })),
    ).toEqual(first);
  });

  it('the list is read, from the first to the last', () => {
    const file = 'rottentomatoes/browse_in_theaters_2025-02.html';
    const { list_name, item_count, first, last } = expectedOf(file) as {
      list_name: string;
      item_count: number;
      first: Expected[];
      last: Expected;
    };
    const { name, items } = factsOf(rottenTomatoesBrowse, bodyOf(file), 'movies_in_theaters/sort:top_box_office');
    const listed = items.map((item) => ({
      name: tidy(item.name),
      url_path: `/${item.rottenTomatoesId}`,
      tomatometer: item.tomatometer,
    }));
    expect({ name, count: items.length }).toEqual({ name: list_name, count: item_count });
    expect(listed.slice(0, first.length)).toEqual(first);
    expect(listed.at(-1)).toEqual(last);
  });

  it('every captured page is known by the right kind, and no other page by any', () => {
    const kinds: Record<string, string> = {
      'rottentomatoes/m_host_2020_2021-03.html': 'media',
      'rottentomatoes/m_frankenstein_2025_2026-06_excerpt.html': 'media',
      'rottentomatoes/m_dune_2021_2026-10_excerpt.html': 'media',
      'rottentomatoes/jsonld_film_tv_browse_2026-10_excerpt.json': 'browse',
      'rottentomatoes/browse_in_theaters_2025-02.html': 'browse',
      'rottentomatoes/search_top_gun_2026-05_excerpt.html': 'search',
      'rottentomatoes/search_fight_club_2019-07_old_api.json': 'search',
    };
    const all = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(?:html|json|txt)$/.test(file),
    );
    expect(all.length).toBeGreaterThan(50);
    for (const file of all) {
      const body = bodyOf(file);
      if (refusalOf(saved(body)) !== null) continue;
      const known = rottenTomatoesPages.filter((page) => page.recognises(body)).map(({ kind }) => kind);
      expect([file, known]).toEqual([file, kinds[file] === undefined ? [] : [kinds[file]]]);
    }
  });
});
