import type { ImdbTitlePage } from '@watchprint/engine';
import { imdbTitle } from '../../src/imdb/imdb-title.ts';
import { pageJson } from '../../src/imdb/page-json.ts';
import { titleInJsonLd } from '../../src/imdb/title-json-ld.ts';
import { begins, type Expected, first, pageCaptures } from './capture.ts';

const names = (people: ImdbTitlePage['cast']) => people?.map(({ name }) => name) ?? null;

export const titleFields = (facts: ImdbTitlePage, expected: Expected): Expected => ({
  imdb_id: facts.imdbId,
  title: facts.name,
  original_title: facts.originalName,
  title_type: facts.titleType,
  year: facts.year,
  end_year: facts.endYear,
  imdb_rating: facts.rating,
  imdb_votes: facts.voteCount,
  runtime_minutes: facts.runtimeMinutes,
  certificate: facts.certificate,
  genres: facts.genres,
  plot_starts: begins(facts.plot, expected.plot_starts),
  directors: names(facts.directors),
  cast_first: first(names(facts.cast), expected.cast_first),
  metascore: facts.metascore,
  series_imdb_id: facts.seriesImdbId,
  season: facts.seasonNumber,
  episode: facts.episodeNumber,
  season_count: facts.seasonCount,
  blocked: false,
});

/** The second choice of a page whose own data can be read. */
function jsonLdFields(body: string): Expected | undefined {
  const facts = titleInJsonLd(pageJson(body).jsonLd());
  if (facts === null) return undefined;
  const { name, originalName, runtimeMinutes: minutes } = facts;
  return {
    name: originalName,
    alternateName: name === originalName ? null : name,
    ratingValue: facts.rating,
    ratingCount: facts.voteCount,
    genre: facts.genres,
    duration: minutes === null ? null : `PT${Math.floor(minutes / 60)}H${minutes % 60}M`,
    contentRating: facts.certificate,
  };
}

export const titles = (files: string) =>
  pageCaptures(imdbTitle, {
    files,
    key: ({ imdb_id }) => String(imdb_id),
    fields: (facts, { expected, body }) => ({ ...titleFields(facts, expected), json_ld: jsonLdFields(body) }),
    otherwise({ status }, { body }) {
      const json = pageJson(body);
      return {
        blocked: status === 'BLOCKED',
        has_json_ld: json.jsonLd().length > 0,
        has_next_data: json.pageProps !== null,
      };
    },
  });
