import type { WikipediaSummary } from '@watchprint/engine';
import { type WikipediaPage, wikipediaInfobox } from '../../src/wikipedia/wikipedia-infobox.ts';
import { wikipediaRestSummary } from '../../src/wikipedia/wikipedia-rest-summary.ts';
import { type WikipediaSearch, wikipediaSearch } from '../../src/wikipedia/wikipedia-search.ts';
import { wikipediaSummaries } from '../../src/wikipedia/wikipedia-summaries.ts';
import { begins, type CapturedSource, type Expected, first, pageCaptures } from './capture.ts';

const pageFields = (page: WikipediaPage, expected: Expected): Expected => ({
  title: page.pageTitle,
  revision: page.revision,
  page_id: page.pageId,
  modified: page.modified,
  kind: page.kind,
  summary_starts: begins(page.summary, expected.summary_starts),
  starts: begins(page.summary, expected.starts),
  // One capture's people are a text, all others' a list.
  directed_by: Array.isArray(expected.directed_by) ? page.directors : page.directors?.join(),
  created_by: page.creators,
  genre: page.genres,
  starring_first: first(page.starring, expected.starring_first),
  running_time: page.runningTime,
  countries: page.countries,
  languages: page.languages,
  language: page.languages?.join(),
  seasons: String(page.seasonCount),
  episodes: String(page.episodeCount),
  network: page.networks?.join(),
  first_release_date: page.releaseDate,
  imdb_ids_linked: page.linkedImdbIds,
  rt_paths_linked: page.linkedRottenTomatoesIds,
});

const summaryFields = (summary: WikipediaSummary, expected: Expected): Expected => ({
  title: summary.pageTitle,
  wikidata_id: summary.wikidataId,
  short_description: summary.description,
  description: summary.description,
  fullurl: summary.url,
  extract_starts: begins(summary.summary, expected.extract_starts),
  thumbnail: summary.thumbnailUrl !== null,
  lang: summary.language,
  // What is FOUND is neither.
  missing: false,
  is_disambiguation: false,
});

const searchFields = ({ total, suggestion, hits }: WikipediaSearch): Expected => ({
  total,
  suggestion,
  titles: hits.map(({ pageTitle }) => pageTitle),
  first_page_id: hits[0]?.pageId,
});

const pages = (files: string) =>
  pageCaptures(wikipediaInfobox, {
    files,
    key: ({ title }) => `en:${title}`,
    fields: (page, { expected }) => pageFields(page, expected),
  });

const summaries = (files: string, title: (expected: Expected) => unknown, absent?: 'missing' | 'is_disambiguation') =>
  pageCaptures(wikipediaSummaries, {
    files,
    key: (expected) => `en:${title(expected)}`,
    fields: (summary, { expected }) => summaryFields(summary, expected),
    otherwise: ({ status }) => (absent === undefined ? {} : { [absent]: status === 'NOT_FOUND' }),
  });

const searches = (files: string, words: string) =>
  pageCaptures(wikipediaSearch, { files, key: () => `en:${words}`, fields: searchFields });

const notFound = 'the reading is NOT_FOUND, which has no facts';
const joinedByTitle = 'summaries are joined by item and title, not by page id';

export const capturedWikipedia: CapturedSource = {
  name: 'Wikipedia',
  mappings: [
    pages('wikipedia/html_'),
    pages('wikipedia/action_revision_html_'),
    summaries('wikipedia/action_pageprops_', ({ title }) => title),
    // As it was asked for: Wikipedia made its first letter a capital.
    summaries('wikipedia/action_missing_page_', () => 'purpleberrynotexist', 'missing'),
    summaries('wikipedia/action_disambiguation_', ({ title }) => title, 'is_disambiguation'),
    summaries('wikipedia/action_extract_', () => 'Python_(programming_language)'),
    searches('wikipedia/action_search_suggestion_', 'butteryfly'),
    searches('wikipedia/action_search_python_', 'Python'),
    pageCaptures(wikipediaRestSummary, {
      files: 'wikipedia/rest_summary_',
      key: ({ title }) => `en:${title}`,
      fields: (summary, { expected }) => summaryFields(summary, expected),
    }),
  ],
  exceptions: [
    { files: 'wikipedia/action_pageprops_', fields: ['page_id'], reason: joinedByTitle },
    { files: 'wikipedia/action_extract_', fields: ['page_id'], reason: joinedByTitle },
    { files: 'wikipedia/rest_summary_', fields: ['page_id'], reason: joinedByTitle },
    {
      files: 'wikipedia/rest_summary_',
      fields: ['type'],
      reason: 'what is no disambiguation page is FOUND, of whatever type',
    },
    {
      files: 'wikipedia/action_missing_page_',
      fields: ['title', 'page_id', 'wikidata_id', 'short_description', 'is_disambiguation', 'fullurl'],
      reason: notFound,
    },
    {
      files: 'wikipedia/action_disambiguation_',
      fields: ['title', 'page_id', 'missing', 'wikidata_id', 'short_description', 'fullurl'],
      reason: notFound,
    },
    {
      files: 'wikipedia/wikitext_infobox_',
      fields: 'ALL',
      reason: 'source text of an article: the same box is asked for as HTML',
    },
  ],
  unverified: [
    'answers with `formatversion=2`, and those that go on with `continue`',
    'several titles in one answer, and redirects in it',
    'the REST summary of today: the one that was captured is of 2017, without type, item and addresses',
    'HTML of Parsoid since 2022',
    'answers of `action=parse`: the one that was captured is of `rvparse`, which did the same',
    'Wikipedias in other languages than English',
    'errors, other than the one of Wikidata’s interface',
  ],
};
