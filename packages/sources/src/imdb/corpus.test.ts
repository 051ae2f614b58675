import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImdbTitlePage } from '@watchprint/engine';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { readAnswer } from '../read-answer.ts';
import type { Page, Reading } from '../source.ts';
import { imdbChart } from './imdb-chart.ts';
import { imdbEpisodes } from './imdb-episodes.ts';
import { imdbFind } from './imdb-find.ts';
import { imdbGraphqlSearch, imdbGraphqlTitle } from './imdb-graphql.ts';
import { imdbPages } from './imdb-pages.ts';
import { imdbSuggestion } from './imdb-suggestion.ts';
import { imdbTitle } from './imdb-title.ts';
import { pageJson } from './page-json.ts';
import { titleInJsonLd } from './title-json-ld.ts';

/** What was taken down of a captured page. */
interface Capture {
  readonly file: string;
  readonly url: string;
  /** Each kind of page has some of these. */
  readonly expected: Readonly<Record<string, unknown>> & {
    readonly imdb_id: string;
    readonly plot_starts: string | null;
    readonly json_ld?: Readonly<Record<string, unknown>>;
    readonly query: string;
    readonly query_echo: string | null;
    readonly result_count: number;
    readonly results: readonly Readonly<Record<string, unknown>>[];
    readonly first: readonly Readonly<Record<string, unknown>>[];
  };
}

/** Of what was taken down, what is not read, and why. */
const notRead: Readonly<Record<string, string>> = {
  'title plot_starts': 'compared with the beginning of the plot',
  'title blocked': 'refusals are looked for before a page is read',
  'title json_ld': 'compared by itself, below',
  'json_ld @type': 'says Movie for what was made for television: only TVEpisode is sure',
  'json_ld datePublished': 'the day in the country that asks: its year is not the title’s',
  'graphql-title countries': 'the facts of a title page have no countries',
  'suggestion query_echo': 'only compared with what was asked for',
  'suggestion result_count': 'counts people and franchises too',
  'suggestion-empty is_error': 'an empty list is NOT_FOUND',
  'find query': 'only compared with what was asked for',
  'find layout': 'nobody needs to know',
  'find type_text': 'the kind is read from its id',
  'chart title': 'JSON-LD’s, which is the original one: compared with that',
};

const pagesFolder = join(corpus ?? '', 'pages');
const isHere = corpus !== null && existsSync(join(pagesFolder, 'expected.json'));
const captures: readonly Capture[] = isHere
  ? JSON.parse(readFileSync(join(pagesFolder, 'expected.json'), 'utf8')).files
  : [];
const bodyOf = ({ file }: Capture): string => readFileSync(join(pagesFolder, file), 'utf8');
const capturesOf = (prefix: string) => captures.filter(({ file }) => file.startsWith(prefix));

function read<Facts>(page: Page<Facts>, capture: Capture, key: string): Reading<Facts> | undefined {
  const answer = { url: capture.url, status: 200, headers: {}, body: bodyOf(capture) };
  return readAnswer(page, answer, [key]).get(key);
}

function factsOf<Facts>(page: Page<Facts>, capture: Capture, key: string): Facts {
  const reading = read(page, capture, key);
  if (reading?.status !== 'FOUND') throw new Error(`${capture.file}: ${JSON.stringify(reading)}`);
  return reading.facts;
}

/** Every field that was taken down is either compared or stands in the list above. */
function checkCovered(
  kind: string,
  expected: Readonly<Record<string, unknown>>,
  compared: Readonly<Record<string, unknown>>,
) {
  const open = Object.keys(expected).filter((field) => !(field in compared) && !(`${kind} ${field}` in notRead));
  expect(open).toEqual([]);
  for (const [field, value] of Object.entries(compared))
    if (field in expected) expect([field, value]).toEqual([field, expected[field]]);
}

const names = (people: readonly { readonly name: string }[] | null) => people?.map(({ name }) => name) ?? null;

const asExpected = (facts: ImdbTitlePage) => ({
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
  directors: names(facts.directors),
  cast_first: names(facts.cast)?.slice(0, 4),
  metascore: facts.metascore,
  series_imdb_id: facts.seriesImdbId,
  season: facts.seasonNumber,
  episode: facts.episodeNumber,
  season_count: facts.seasonCount,
});

describe.skipIf(!isHere)('a captured page of IMDb', () => {
  const titles = [...capturesOf('imdb/title_'), ...capturesOf('imdb/reference_')];

  it.each(titles.filter(({ file }) => !file.includes('legacy')))('$file is read whole', (capture) => {
    const facts = factsOf(imdbTitle, capture, capture.expected.imdb_id);
    checkCovered('title', capture.expected, asExpected(facts));
    expect(facts.plot?.slice(0, 60).trim() ?? null).toBe(capture.expected.plot_starts?.trim() ?? null);
  });

  it('says in which country a certificate holds', () => {
    const countries = titles
      .filter(({ file }) => !file.includes('legacy'))
      .map((capture) => {
        const { certificate, certificateCountry } = factsOf(imdbTitle, capture, capture.expected.imdb_id);
        return [certificate, certificateCountry];
      });
    expect(new Map(countries as [string, string][])).toEqual(
      new Map([
        ['R', 'US'],
        ['PG-13', 'US'],
        ['PG', 'US'],
        ['14A', 'CA'],
        ['VM14', 'IT'],
        ['TV-14', 'US'],
        [null, null],
      ]),
    );
  });

  it.each(titles.filter(({ expected }) => expected.json_ld != null))(
    '$file has JSON-LD that is read as the second choice',
    (capture) => {
      const facts = titleInJsonLd(pageJson(bodyOf(capture)).jsonLd());
      const { name, alternateName, genre, duration, ratingValue, ratingCount, contentRating, ...rest } =
        capture.expected.json_ld ?? {};
      expect(Object.keys(rest).filter((field) => !(`json_ld ${field}` in notRead))).toEqual([]);
      expect(facts).toMatchObject({
        imdbId: capture.expected.imdb_id,
        name: alternateName ?? name,
        originalName: name,
        titleType: null,
        year: null,
        rating: ratingValue,
        voteCount: ratingCount,
        runtimeMinutes: duration === null ? null : capture.expected.runtime_minutes,
        certificate: contentRating,
        genres: genre,
      });
      const { plot_starts: begins } = capture.expected;
      if (begins !== null) expect(facts?.plot).toContain(begins.trim());
      expect(names(facts?.directors ?? null) ?? []).toEqual(capture.expected.directors);
    },
  );

  it('in the layout of 2017 is said to be unreadable', () => {
    const [capture] = titles.filter(({ file }) => file.includes('legacy'));
    expect(capture && read(imdbTitle, capture, capture.expected.imdb_id)).toEqual({
      status: 'UNREADABLE',
      reason: 'Neither __NEXT_DATA__ nor JSON-LD of the page has a title',
    });
  });

  it.each(capturesOf('imdb/suggestion_'))('$file is read whole', (capture) => {
    const { results, result_count, query_echo } = capture.expected;
    const key = query_echo === null ? 'matrix' : decodeURIComponent(query_echo);
    if (result_count === 0) {
      expect(read(imdbSuggestion, capture, key)).toEqual({ status: 'NOT_FOUND' });
      return;
    }
    checkCovered('suggestion', capture.expected, { results: results });
    expect(
      factsOf(imdbSuggestion, capture, key).map(({ imdbId, name, year, endYear, titleType }) => ({
        id: imdbId,
        label: name,
        year,
        endYear,
        qid: titleType,
      })),
    ).toEqual(
      results
        .filter(({ is_title }) => is_title)
        .map(({ id, label, year, years, qid }) => ({
          id,
          label,
          year,
          endYear: years === null ? null : Number(String(years).slice(-4)),
          qid,
        })),
    );
  });

  it('without suggestions says that there are none', () => {
    const [capture] = capturesOf('errors/imdb_suggestion_empty');
    checkCovered('suggestion-empty', capture?.expected ?? {}, { result_count: 0 });
    expect(capture && read(imdbSuggestion, capture, 'zzqqxxnotafilmqq')).toEqual({ status: 'NOT_FOUND' });
  });

  it.each(capturesOf('imdb/episodes_'))('$file is read whole', (capture) => {
    const facts = factsOf(imdbEpisodes, capture, capture.expected.imdb_id);
    const entry = (episode: (typeof facts.episodes)[number] | undefined) => ({
      id: episode?.imdbId,
      titleText: episode?.name,
      season: String(episode?.seasonNumber),
      episode: String(episode?.episodeNumber),
      aggregateRating: episode?.rating,
      voteCount: episode?.voteCount,
    });
    checkCovered('episodes', capture.expected, {
      imdb_id: facts.seriesImdbId,
      series_title: facts.seriesName,
      episode_count_on_page: facts.episodes.length,
      first: entry(facts.episodes[0]),
      last: entry(facts.episodes.at(-1)),
      seasons_listed: facts.seasonNumbers?.map(String),
    });
    expect(facts.episodes.every(({ airDate, plot }) => airDate !== null && plot !== null)).toBe(true);
  });

  it.each(capturesOf('imdb/find_'))('$file is read whole', (capture) => {
    const facts = factsOf(imdbFind, capture, capture.expected.query);
    checkCovered('find', capture.expected, { result_count: facts.length, first: capture.expected.first });
    const first = facts.slice(0, capture.expected.first.length);
    if (capture.expected.layout === 'legacy') {
      const kinds: Record<string, string> = { short: ' (Short)' };
      const said = first.map(({ imdbId, name, year, titleType }) => ({
        imdb_id: imdbId,
        text: `${name} (${year})${kinds[titleType ?? ''] ?? ''}`,
      }));
      // Roman numbers tell namesakes apart, other names stand behind.
      const plain = (text: string) => text.replace(/ \([IVX]+\)/, '').replace(/ aka .*/, '');
      expect(said).toEqual(
        capture.expected.first.map(({ imdb_id, text }) => ({
          imdb_id,
          text: plain(String(text)),
        })),
      );
      return;
    }
    for (const [place, result] of capture.expected.first.entries()) {
      const { imdbId, name, year, titleType } = first[place] ?? {};
      checkCovered('find', result, { imdb_id: imdbId, title: name, year_text: String(year), type: titleType });
    }
  });

  it.each(capturesOf('imdb/chart_'))('$file is read whole', (capture) => {
    const facts = factsOf(imdbChart, capture, 'top');
    const entry = (place: number) => {
      const { imdbId, originalName, rating, voteCount } = facts.at(place) ?? {};
      return { imdb_id: imdbId, title: originalName, rating, votes: voteCount };
    };
    checkCovered('chart', capture.expected, {
      item_count: facts.length,
      first: entry(0),
      second: entry(1),
      last: entry(-1),
    });
    expect(facts.map(({ rank }) => rank)).toEqual(facts.map((_, place) => place + 1));
  });

  it.each(capturesOf('imdb/graphql_title'))('$file is read whole', (capture) => {
    const facts = factsOf(imdbGraphqlTitle, capture, 'tt9000000');
    checkCovered('graphql-title', capture.expected, asExpected(facts));
  });

  it.each(capturesOf('imdb/graphql_search'))('$file is read whole', (capture) => {
    const facts = factsOf(imdbGraphqlSearch, capture, 'words');
    const { results } = capture.expected;
    // People are found too, whatever is asked for.
    const people = bodyOf(capture).match(/"imdbId": "nm/g)?.length ?? 0;
    checkCovered('graphql-search', capture.expected, { result_count: facts.length + people, results });
    expect(
      facts.slice(0, results.length).map(({ imdbId, name, year, titleType }) => ({
        imdb_id: imdbId,
        title: name,
        year,
        title_type: titleType,
      })),
    ).toEqual(results);
  });
});

describe.skipIf(!isHere)('of all captured pages', () => {
  const kindByPrefix: Readonly<Record<string, string>> = {
    'imdb/title_': 'title',
    'imdb/reference_': 'title',
    'imdb/suggestion_': 'suggestion',
    'errors/imdb_suggestion': 'suggestion',
    'imdb/episodes_': 'episodes',
    'imdb/find_': 'find',
    'imdb/chart_': 'chart',
    'imdb/graphql_title': 'graphql-title',
    'imdb/graphql_search': 'graphql-search',
  };

  it.each(captures)('$file is recognised by the right kind alone', (capture) => {
    const body = bodyOf(capture);
    const [, kind] = Object.entries(kindByPrefix).find(([prefix]) => capture.file.startsWith(prefix)) ?? [];
    expect(imdbPages.filter((page) => page.recognises(body)).map((page) => page.kind)).toEqual(
      kind === undefined ? [] : [kind],
    );
  });
});
