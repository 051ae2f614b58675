import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WikipediaSummary } from '@watchprint/engine';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import type { Page, Reading } from '../source.ts';
import { type WikipediaPage, wikipediaInfobox } from './wikipedia-infobox.ts';
import { wikipediaPages } from './wikipedia-pages.ts';
import { wikipediaRestSummary } from './wikipedia-rest-summary.ts';
import { type WikipediaSearch, wikipediaSearch } from './wikipedia-search.ts';
import { wikipediaSummaries } from './wikipedia-summaries.ts';

interface Captured {
  readonly file: string;
  readonly url: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const folder = join(corpus ?? '', 'pages');
const captures: Captured[] =
  corpus === null ? [] : JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')).files;
const bodyOf = (file: string) => readFileSync(join(folder, file), 'utf8');

/** By file: which kind reads it, by which key. What is not here is no page of ours. */
const pages: Readonly<Record<string, { page: Page<unknown>; key: string }>> = {
  'wikipedia/html_the_matrix_2021.html': { page: wikipediaInfobox, key: 'en:The Matrix' },
  'wikipedia/html_the_umbrella_academy_tv_series_2021.html': {
    page: wikipediaInfobox,
    key: 'en:The Umbrella Academy (TV series)',
  },
  'wikipedia/html_nomadland_film_2021.html': { page: wikipediaInfobox, key: 'en:Nomadland (film)' },
  'wikipedia/html_wander_darkly_2021.html': { page: wikipediaInfobox, key: 'en:Wander Darkly' },
  'wikipedia/action_revision_html_avatar_2009_2024-01.json': { page: wikipediaInfobox, key: 'en:Avatar (2009 film)' },
  'wikipedia/action_pageprops_avatar_2009_2024-01.json': { page: wikipediaSummaries, key: 'en:Avatar (2009 film)' },
  'wikipedia/action_missing_page_2025-03.json': { page: wikipediaSummaries, key: 'en:purpleberrynotexist' },
  'wikipedia/action_disambiguation_2025-03.json': { page: wikipediaSummaries, key: 'en:Template' },
  'wikipedia/action_extract_2026.json': { page: wikipediaSummaries, key: 'en:Python_(programming_language)' },
  'wikipedia/action_search_suggestion_2025-03.json': { page: wikipediaSearch, key: 'en:butteryfly' },
  'wikipedia/action_search_python_2026-03.json': { page: wikipediaSearch, key: 'en:Python' },
  'wikipedia/rest_summary_douglas_adams_2017-08.json': { page: wikipediaRestSummary, key: 'en:Douglas Adams' },
};

const notFound = 'the reading is NOT_FOUND, which has no facts';
/** Fields of `expected` that are not read, on purpose. */
const unread: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'wikipedia/action_pageprops_avatar_2009_2024-01.json': { page_id: 'summaries are joined by item and title' },
  'wikipedia/action_extract_2026.json': { page_id: 'summaries are joined by item and title' },
  'wikipedia/rest_summary_douglas_adams_2017-08.json': {
    page_id: 'summaries are joined by item and title',
    type: 'what is not a disambiguation page is FOUND, of whatever type',
  },
  'wikipedia/action_missing_page_2025-03.json': {
    title: notFound,
    page_id: notFound,
    wikidata_id: notFound,
    short_description: notFound,
    is_disambiguation: notFound,
    fullurl: notFound,
  },
  'wikipedia/action_disambiguation_2025-03.json': {
    title: notFound,
    page_id: notFound,
    missing: notFound,
    wikidata_id: notFound,
    short_description: notFound,
    fullurl: notFound,
  },
};
/** Files that no kind reads, on purpose. */
const unreadFiles: Readonly<Record<string, string>> = {
  'wikipedia/wikitext_infobox_the_lego_batman_movie_2017.txt': 'source text: the same box is asked for as HTML',
};

const begins = (text: string | null, expected: unknown) => text?.slice(0, String(expected).length) ?? null;

function fieldsOfPage(facts: WikipediaPage, expected: Captured['expected']): Record<string, unknown> {
  const first = (expected.starring_first as unknown[] | undefined)?.length;
  // One capture's people are a text, all others' a list.
  const directors = Array.isArray(expected.directed_by) ? facts.directors : facts.directors?.join();
  return {
    title: facts.pageTitle,
    revision: facts.revision,
    page_id: facts.pageId,
    modified: facts.modified,
    kind: facts.kind,
    summary_starts: begins(facts.summary, expected.summary_starts),
    starts: begins(facts.summary, expected.starts),
    directed_by: directors,
    created_by: facts.creators,
    genre: facts.genres,
    starring_first: facts.starring?.slice(0, first),
    running_time: facts.runningTime,
    countries: facts.countries,
    languages: facts.languages,
    language: facts.languages?.join(),
    seasons: String(facts.seasonCount),
    episodes: String(facts.episodeCount),
    network: facts.networks?.join(),
    first_release_date: facts.releaseDate,
    imdb_ids_linked: facts.linkedImdbIds,
    rt_paths_linked: facts.linkedRottenTomatoesIds,
  };
}

function fieldsOfSummary(facts: WikipediaSummary, expected: Captured['expected']): Record<string, unknown> {
  return {
    title: facts.pageTitle,
    wikidata_id: facts.wikidataId,
    short_description: facts.description,
    description: facts.description,
    fullurl: facts.url,
    extract_starts: begins(facts.summary, expected.extract_starts),
    thumbnail: facts.thumbnailUrl !== null,
    lang: facts.language,
    // FOUND is neither.
    missing: false,
    is_disambiguation: false,
  };
}

const fieldsOfSearch = ({ total, suggestion, hits }: WikipediaSearch): Record<string, unknown> => ({
  total,
  suggestion,
  titles: hits.map(({ pageTitle }) => pageTitle),
  first_page_id: hits[0]?.pageId,
});

function fieldsOf(page: Page<unknown>, reading: Reading<unknown>, expected: Captured['expected']) {
  if (reading.status === 'NOT_FOUND') return { missing: true, is_disambiguation: true };
  if (reading.status !== 'FOUND') throw new Error(`${reading.status}: ${reading.reason}`);
  if (page === wikipediaInfobox) return fieldsOfPage(reading.facts as WikipediaPage, expected);
  if (page === wikipediaSearch) return fieldsOfSearch(reading.facts as WikipediaSearch);
  return fieldsOfSummary(reading.facts as WikipediaSummary, expected);
}

describe.skipIf(corpus === null)('real pages of Wikipedia', () => {
  const ours = captures.filter(({ file }) => file.startsWith('wikipedia/'));

  it.each(ours.filter(({ file }) => !(file in unreadFiles)))(
    '$file is read in every field',
    ({ file, url, expected }) => {
      const { page, key } = pages[file] ?? {};
      if (page === undefined || key === undefined) throw new Error('No kind reads it');
      const reading = page.read({ url, status: 200, headers: {}, body: bodyOf(file) }, [key]).get(key);
      if (reading === undefined) throw new Error('The key was not answered');
      const compared = Object.keys(expected).filter((field) => unread[file]?.[field] === undefined);
      const fields: Record<string, unknown> = fieldsOf(page, reading, expected);
      expect(compared.length).toBeGreaterThan(0);
      expect(Object.fromEntries(compared.map((field) => [field, fields[field]]))).toEqual(
        Object.fromEntries(compared.map((field) => [field, expected[field]])),
      );
    },
  );

  it("are recognised by the kind that reads them, and no other site's page by any", () => {
    expect(captures.length).toBeGreaterThan(0);
    const recognised = captures.map(({ file }) => {
      const body = bodyOf(file);
      return [file, wikipediaPages.filter((page) => page.recognises(body)).map(({ kind }) => kind)];
    });
    expect(recognised).toEqual(
      captures.map(({ file }) => [file, pages[file] === undefined ? [] : [pages[file].page.kind]]),
    );
  });

  it('say themselves that a server lags', () => {
    const answer = { url: 'x', status: 200, headers: {}, body: bodyOf('errors/wikidata_maxlag_200.json') };
    for (const page of [wikipediaSummaries, wikipediaSearch])
      expect(page.read(answer, ['en:Pier']).get('en:Pier')).toMatchObject({
        status: 'UNAVAILABLE',
        reason: expect.stringContaining('2.8 seconds'),
        retryAfterMs: 5_000,
      });
  });
});
