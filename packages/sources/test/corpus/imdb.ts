import { imdbChart } from '../../src/imdb/imdb-chart.ts';
import { type ImdbEpisode, imdbEpisodes } from '../../src/imdb/imdb-episodes.ts';
import { imdbFind } from '../../src/imdb/imdb-find.ts';
import { imdbGraphqlSearch, imdbGraphqlTitle } from '../../src/imdb/imdb-graphql.ts';
import { imdbSuggestion } from '../../src/imdb/imdb-suggestion.ts';
import type { ImdbListedTitle } from '../../src/imdb/listed-title.ts';
import { type CapturedSource, type Expected, first, listOf, pageCaptures } from './capture.ts';
import { titleFields, titles } from './imdb-titles.ts';

const episodeFields = (episode: ImdbEpisode | undefined): Expected => ({
  id: episode?.imdbId,
  titleText: episode?.name,
  season: String(episode?.seasonNumber),
  episode: String(episode?.episodeNumber),
  aggregateRating: episode?.rating,
  voteCount: episode?.voteCount,
});

const chartFields = (title: ImdbListedTitle | undefined): Expected => ({
  imdb_id: title?.imdbId,
  // JSON-LD's, which is the original one.
  title: title?.originalName,
  rating: title?.rating,
  votes: title?.voteCount,
});

const legacyKinds: Readonly<Record<string, string>> = { short: ' (Short)' };

const foundFields = ({ imdbId, name, year, titleType }: ImdbListedTitle, layout: unknown): Expected =>
  layout === 'legacy'
    ? { imdb_id: imdbId, text: `${name} (${year})${legacyKinds[titleType ?? ''] ?? ''}` }
    : { imdb_id: imdbId, title: name, year_text: String(year), type: titleType };

/** People and franchises are counted there, and left out here. */
const othersAmong = (ids: readonly string[]): number => ids.filter((id) => !id.startsWith('tt')).length;

const suggestedIds = (body: string): string[] => JSON.parse(body).d.map(({ id }: { id: string }) => id);

const searchedIds = (body: string): string[] =>
  JSON.parse(body).data.mainSearch.edges.map(({ node }: { node: { entity: { id: string } } }) => node.entity.id);

const suggestions = (files: string, key: (expected: Expected) => string) =>
  pageCaptures(imdbSuggestion, {
    files,
    key,
    fields: (titles, { body }) => ({
      is_error: false,
      result_count: titles.length + othersAmong(suggestedIds(body)),
      results: titles.map(({ imdbId, name, year, endYear, titleType }) => ({
        id: imdbId,
        label: name,
        year,
        years: endYear === null ? null : `${year}-${endYear}`,
        qid: titleType,
        is_title: true,
      })),
    }),
    otherwise: ({ status }) => (status === 'NOT_FOUND' ? { is_error: false, result_count: 0, results: [] } : {}),
  });

export const capturedImdb: CapturedSource = {
  name: 'IMDb',
  mappings: [
    titles('imdb/title_'),
    titles('imdb/reference_'),
    suggestions('imdb/suggestion_', ({ query_echo }) =>
      query_echo === null ? 'matrix' : decodeURIComponent(String(query_echo)),
    ),
    suggestions('errors/imdb_suggestion_', () => 'zzqqxxnotafilmqq'),
    pageCaptures(imdbEpisodes, {
      files: 'imdb/episodes_',
      key: ({ imdb_id }) => String(imdb_id),
      fields: ({ seriesImdbId, seriesName, episodes, seasonNumbers }) => ({
        imdb_id: seriesImdbId,
        series_title: seriesName,
        episode_count_on_page: episodes.length,
        first: episodeFields(episodes[0]),
        last: episodeFields(episodes.at(-1)),
        seasons_listed: seasonNumbers?.map(String),
      }),
    }),
    pageCaptures(imdbFind, {
      files: 'imdb/find_',
      key: ({ query }) => String(query),
      fields: (results, { expected }) => ({
        result_count: results.length,
        first: first(results, expected.first)?.map((title) => foundFields(title, expected.layout)),
      }),
    }),
    pageCaptures(imdbChart, {
      files: 'imdb/chart_',
      key: () => 'top',
      fields: (entries) => ({
        item_count: entries.length,
        first: chartFields(entries[0]),
        second: chartFields(entries[1]),
        last: chartFields(entries.at(-1)),
      }),
    }),
    pageCaptures(imdbGraphqlTitle, {
      files: 'imdb/graphql_title_',
      // The query did not ask for the id, and so the answer has none.
      key: () => 'tt9000000',
      fields: (facts, { expected }) => titleFields(facts, expected),
    }),
    pageCaptures(imdbGraphqlSearch, {
      files: 'imdb/graphql_search_',
      key: () => 'words',
      fields: (results, { expected, body }) => ({
        result_count: results.length + othersAmong(searchedIds(body)),
        results: first(results, expected.results)?.map(({ imdbId, name, year, titleType }) => ({
          imdb_id: imdbId,
          title: name,
          year,
          title_type: titleType,
        })),
      }),
    }),
  ],
  exceptions: [
    {
      files: 'imdb/title_tt0114478_2017-12_legacy',
      fields: [
        ...['imdb_id', 'title', 'title_type', 'year', 'imdb_rating', 'imdb_votes', 'runtime_minutes', 'certificate'],
        ...['genres', 'plot_starts', 'directors'],
      ],
      reason: 'the layout of 2017 is there to be UNREADABLE, not to be read',
    },
    {
      files: 'imdb/title_',
      fields: ['json_ld.@type'],
      reason: 'says Movie for what was made for television: only TVEpisode is sure',
    },
    {
      files: 'imdb/title_',
      fields: ['json_ld.datePublished'],
      reason: 'the day in the country that asks: its year is not the title’s',
    },
    {
      files: 'imdb/suggestion_',
      fields: ['query_echo'],
      reason: 'no fact: the parser only compares it with what was asked for',
    },
    {
      files: 'imdb/suggestion_matrix_2026-06_reformatted.json',
      fields: ['results'],
      reason: 'a franchise among them is left out: titles alone are compared',
      compared: (results) => listOf(results).filter(({ is_title }) => is_title),
    },
    {
      files: 'imdb/find_',
      fields: ['query'],
      reason: 'no fact: the parser only compares it with what was asked for',
    },
    { files: 'imdb/find_smoke_2017-12_legacy', fields: ['layout'], reason: 'no fact of a title' },
    {
      files: 'imdb/find_smoke_2017-12_legacy',
      fields: ['first'],
      reason: 'numerals that tell namesakes apart, and other names behind, are left out: the rest is compared',
      compared: (results) =>
        listOf(results).map(({ text, ...result }) => ({
          ...result,
          text: String(text)
            .replace(/ \([IVX]+\)/, '')
            .replace(/ aka .*/, ''),
        })),
    },
    {
      files: 'imdb/find_matrix',
      fields: ['first[].type_text'],
      reason: 'the same as type, in words; empty for films',
    },
    { files: 'imdb/graphql_title_', fields: ['countries'], reason: 'the facts of a title page have no countries' },
  ],
  unverified: [
    'title pages since the end of 2025: the newest are the main page of March 2025 and `/reference` of October 2025',
    'the main page of a series or an episode: those that were captured are `/reference`',
    'ids that IMDb merged into others, and where they lead',
    'results of `/find` that are newer than July 2025',
    'seasons with more than fifty episodes, or with episodes without a number',
    'errors of GraphQL',
  ],
};
