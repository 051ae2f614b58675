import type {
  ImdbDatasetFacts,
  ImdbTitlePage,
  JustWatchOffers,
  NetflixTitlePage,
  RottenTomatoesPage,
  WikidataItem,
  WikipediaInfobox,
  WikipediaSummary,
} from '@watchprint/engine';
import { sqlText } from '../duckdb.ts';
import type { CuratedSource, CuratedTable } from './curated-table.ts';
import { nothingBut, type Property } from './imdb-facts.ts';

/**
 * What sources' pages say of the titles, as the database has it: a row a title and page, which facts and ratings are made of. It is
 * no table of an export.
 */
const pageFacts = 'page_facts';

/** Kinds of pages, with the shape of their facts. */
interface Pages {
  readonly 'imdb-dataset': ImdbDatasetFacts;
  readonly 'imdb-title': ImdbTitlePage;
  readonly 'wikidata-item': WikidataItem;
  readonly 'wikipedia-summary': WikipediaSummary;
  readonly 'wikipedia-infobox': WikipediaInfobox;
  readonly 'rotten-tomatoes': RottenTomatoesPage;
  readonly 'netflix-title': NetflixTitlePage;
  readonly 'justwatch-offers': JustWatchOffers;
}

/** One property of the facts table, and where a page has it. */
export interface PageProperty extends Property {
  readonly source: CuratedSource;
  readonly kind: keyof Pages;
}

type Names<Kind extends keyof Pages> = Extract<keyof Pages[Kind], string>;

/** A page's field as text; null where it has none. */
const text = (field: string) => `(said.facts->>${sqlText(`$.${field}`)})`;
/** A list, without what is null. */
const list = (field: string, of = 'VARCHAR') =>
  `coalesce(from_json(said.facts->${sqlText(`$.${field}`)}, '["${of}"]'), [])`;

/** Properties of one kind of pages. */
function of<Kind extends keyof Pages>(source: CuratedSource, kind: Kind, more: Readonly<Record<string, string>> = {}) {
  const property = (name: string, description: string, columns: Readonly<Record<string, string>>, where: string) =>
    ({ source, kind, name, description, columns: { ...more, ...columns }, where }) as const;
  /** A row for each of a list. */
  const each = (name: string, description: string, values: string, columns: Readonly<Record<string, string>> = {}) =>
    property(
      name,
      description,
      { value: `unnest(${values})`, ordinal: `generate_subscripts(${values}, 1)::INTEGER`, ...columns },
      `len(${values}) > 0`,
    );
  return {
    text: (name: string, field: Names<Kind>, description: string): PageProperty =>
      property(name, description, { value: text(field) }, `${text(field)} IS NOT NULL`),
    number: (name: string, field: Names<Kind>, unit: string, description: string): PageProperty => ({
      ...property(
        name,
        description,
        { value: text(field), number: `${text(field)}::DOUBLE` },
        `${text(field)} IS NOT NULL`,
      ),
      unit,
    }),
    list: (name: string, field: Names<Kind>, description: string): PageProperty => each(name, description, list(field)),
    people: (name: string, field: Names<Kind>, description: string): PageProperty => {
      const all = list(field, 'JSON');
      return each(
        name,
        `${description} Qualified by IMDb’s id (nconst), where that is known.`,
        `list_transform(${all}, lambda one: one->>'$.name')`,
        {
          qualifiers: `unnest(list_transform(${all}, lambda one: CASE WHEN (one->>'$.imdbId') IS NULL THEN NULL ELSE [one->>'$.imdbId'] END))`,
        },
      );
    },
    /** Items of Wikidata, by their codes; what has none is left out. */
    codes: (name: string, field: Names<Kind>, code: 'country' | 'language', description: string): PageProperty =>
      each(
        name,
        description,
        `list_filter(list_transform(${list(field)}, lambda item: codes.${code}_of[item]), lambda one: one IS NOT NULL)`,
      ),
  };
}

const dataset = of('imdb', 'imdb-dataset');
const imdbPage = of('imdb', 'imdb-title');
const wikidata = of('wikidata', 'wikidata-item');
const summary = of('wikipedia', 'wikipedia-summary', { language: text('language') });
const infobox = of('wikipedia', 'wikipedia-infobox', { language: 'said.place' });
const tomatoes = of('rotten-tomatoes', 'rotten-tomatoes');
const netflix = of('netflix', 'netflix-title', { region: text('region') });
const justWatch = of('justwatch', 'justwatch-offers', { region: text('country') });

/** Titles that IMDb's datasets have: of these the datasets' word is enough. */
const inDatasets = 'in_datasets';
const ofThoseLacking = (property: PageProperty): PageProperty => ({
  ...property,
  where: `${property.where} AND said.title_id NOT IN (SELECT title_id FROM ${inDatasets})`,
});

const peopleOf = (said: typeof dataset | typeof imdbPage): readonly PageProperty[] => [
  said.people('director', 'directors', 'Who directed it.'),
  said.people('creator', 'creators', 'Who created the series.'),
  said.people('cast_member', 'cast', 'Who plays in it, in the order of billing.'),
];

/** What facts have of pages that were read, and of IMDb's datasets what was looked up there for a title. */
export const pageProperties: readonly PageProperty[] = [
  ...peopleOf(dataset),
  imdbPage.text('certificate', 'certificate', 'Of the United States, as a rule.'),
  imdbPage.text('plot', 'plot', 'What it is about, in a sentence or two.'),
  ...[
    imdbPage.text('title_type', 'titleType', 'IMDb’s kind of title.'),
    imdbPage.text('primary_title', 'name', 'The name by which it is known best.'),
    imdbPage.text('original_title', 'originalName', 'Its name in its own language.'),
    imdbPage.number('start_year', 'year', 'calendar year', 'Of first release.'),
    imdbPage.number('end_year', 'endYear', 'calendar year', 'Of a series that has ended: its last.'),
    imdbPage.number('runtime_minutes', 'runtimeMinutes', 'minute', 'How long it is; of a series, an episode.'),
    imdbPage.list('genre', 'genres', 'A genre, in English.'),
    ...peopleOf(imdbPage),
  ].map(ofThoseLacking),
  wikidata.text('wikidata_id', 'wikidataId', 'Its item: Q83495.'),
  wikidata.text('rotten_tomatoes_id', 'rottenTomatoesId', 'Its path at Rotten Tomatoes: m/the_matrix.'),
  wikidata.text('netflix_id', 'netflixId', 'Its number at Netflix.'),
  wikidata.text('tmdb_id', 'tmdbId', 'Its number at The Movie Database.'),
  wikidata.codes('country', 'countryItems', 'country', 'Of origin: ISO 3166-1 alpha-2.'),
  wikidata.codes('language', 'languageItems', 'language', 'Original: ISO 639-1, else 639-3.'),
  summary.text('summary', 'summary', 'First paragraph of the article. Show article_url with it.'),
  summary.text('article_title', 'pageTitle', 'Title of the article.'),
  summary.text('article_url', 'url', 'Where the article and its authors are.'),
  infobox.list('network', 'networks', 'Who broadcast it first.'),
  infobox.list('production_company', 'productionCompanies', 'Who produced it.'),
  infobox.text('budget', 'budget', 'As it stands in the article.'),
  infobox.text('box_office', 'boxOffice', 'As it stands in the article.'),
  tomatoes.text('critics_consensus', 'consensus', 'What critics agree on, in the site’s words.'),
  tomatoes.text('audience_consensus', 'audienceConsensus', 'What viewers agree on, in the site’s words.'),
  tomatoes.text('certified_fresh', 'certifiedFresh', 'true or false.'),
  tomatoes.number('critics_average', 'criticAverage', '0 to 10', 'Mean of the critics.'),
  tomatoes.number('audience_average', 'audienceAverage', '0 to 5', 'Mean of the viewers.'),
  netflix.text('synopsis', 'synopsis', 'What it is about, as Netflix has it in the region.'),
  netflix.text('maturity_rating', 'maturityRating', 'As Netflix has it in the region.'),
  netflix.list('genre', 'genres', 'As Netflix has it in the region.'),
  justWatch.text('on_netflix', 'onNetflix', 'Whether Netflix has it in the country: true or false.'),
];

/** The facts of pages as a query. */
export function factsOfPages(): string {
  // Codes of countries and languages are pages of their own, of no title.
  const codeMap = (code: string) =>
    `map_from_entries(list((place, facts->>'$.${code}')) FILTER (WHERE (facts->>'$.${code}') IS NOT NULL)) AS ${code}_of`;
  const codes = `(SELECT ${codeMap('country')}, ${codeMap('language')} FROM ${pageFacts} WHERE kind = 'wikidata-code') codes`;
  return pageProperties
    .map(({ source, kind, name, columns, where }) => {
      const all = {
        ...nothingBut('said'),
        ...columns,
        property: sqlText(name),
        known_on: 'said.known_on',
        source: sqlText(source),
      };
      const selected = Object.entries(all).map(([column, value]) => `${value} AS ${column}`);
      return `SELECT ${selected.join(', ')} FROM ${pageFacts} said, ${codes} WHERE said.kind = ${sqlText(kind)} AND ${where}`;
    })
    .join('\nUNION ALL BY NAME\n');
}

/**
 * The ratings of pages as a query: Rotten Tomatoes' shares of those who liked it, and IMDb's page where its datasets do not have the title.
 * @param rated a query of the titles whose rating by IMDb is known.
 */
export function ratingsOfPages(rated: string): string {
  const rating = (source: string, kind: string, by: string, field: string, count: string, best: number, more = '') =>
    `SELECT title_id, imdb_id, ${sqlText(by)} AS rated_by, (facts->>'$.${field}')::DOUBLE AS rating, ${best === 10 ? 1 : 0} AS worst_rating,
       ${best} AS best_rating, ${count} AS rating_count, known_on, ${sqlText(source)} AS source
     FROM ${pageFacts} WHERE kind = ${sqlText(kind)} AND (facts->>'$.${field}') IS NOT NULL ${more}`;
  return [
    rating(
      'rotten-tomatoes',
      'rotten-tomatoes',
      'critics',
      'tomatometer',
      "(facts->>'$.criticReviewCount')::INTEGER",
      100,
    ),
    // How many is only told as a band: "1,000+ Ratings".
    rating('rotten-tomatoes', 'rotten-tomatoes', 'audience', 'audienceScore', 'NULL', 100),
    rating(
      ...(['imdb', 'imdb-title', 'users', 'rating', "(facts->>'$.voteCount')::INTEGER", 10] as const),
      `AND title_id NOT IN (SELECT title_id FROM (${rated}))`,
    ),
  ].join('\nUNION ALL BY NAME\n');
}

/**
 * Statements that make what facts and ratings of pages are made of.
 * @param lines a relation with the database's rows, as text.
 * @param fromDatasets the query of what IMDb's datasets say.
 */
export const pageFactsFrom = (lines: string, fromDatasets: string): readonly string[] => [
  `CREATE TEMP TABLE ${pageFacts} AS SELECT title_id, imdb_id, kind, place, facts::JSON AS facts, known_on FROM ${lines}`,
  `CREATE TEMP TABLE ${inDatasets} AS SELECT title_id FROM ${pageFacts} WHERE kind = 'imdb-dataset'
   UNION SELECT title_id FROM (${fromDatasets}) WHERE property = 'title_type'`,
];

/** Tables of the database that are no tables of an export. */
export const isForExport = ({ name }: CuratedTable): boolean => name !== pageFacts;
