import { z } from 'zod';
import { type CheerioAPI, openPage, parsed, tidy } from '../html.ts';
import { found, singlePage, UnknownLayoutError } from '../page.ts';
import { count, soft, text } from '../soft-fields.ts';
import { numberIn, yearIn } from '../text-numbers.ts';
import { titlePathIn } from './title-path.ts';

/** A film or series that a search found. Two may have the same name and year. */
export interface RottenTomatoesSearchRow {
  readonly rottenTomatoesId: string;
  readonly name: string;
  /** Of a series its first. */
  readonly year: number | null;
  readonly endYear: number | null;
  readonly tomatometer: number | null;
  readonly certifiedFresh: boolean | null;
}

export interface RottenTomatoesSearch {
  /** How many films there are in all, where it says so. */
  readonly filmCount: number | null;
  readonly rows: readonly RottenTomatoesSearchRow[];
}

const title = z.object({
  name: text,
  title: text,
  url: soft(titlePathIn),
  year: count,
  startYear: count,
  endYear: count,
  meterScore: soft(percentOf),
  meterClass: text,
});
const oldAnswer = z.object({
  movieCount: count,
  movies: z.array(z.unknown()),
  tvSeries: z.array(z.unknown()).nullish().catch(null),
});

/**
 * The search page, and the JSON that searches had until 2019. The site's robots.txt forbids `/search` to every robot, so that it is never
 * fetched: this kind is for pages that somebody saved.
 */
export const rottenTomatoesSearch = singlePage<RottenTomatoesSearch>({
  source: 'rotten-tomatoes',
  kind: 'search',
  keys: 'words (top gun)',
  isKey: (key) => /^\S.{0,199}$/u.test(key),
  policy: 'robots',
  types: ['text/html', 'application/xhtml+xml', 'application/json'],
  request: (key, origin) => ({ url: `${origin}/search?search=${encodeURIComponent(key)}` }),
  recognises: (body) => isSearchPage(body) || oldRows(parsedJson(body)) !== null,
  read({ body }) {
    const old = parsedJson(body);
    const rows = old === null ? pageRows(body) : oldRows(old);
    if (rows === null)
      throw new UnknownLayoutError('Neither rows of the search page nor films of the old search are in it');
    return found({ filmCount: oldAnswer.safeParse(old).data?.movieCount ?? null, rows });
  },
});

const isSearchPage = (body: string): boolean =>
  /^\s*</.test(body) && /<search-page-(?:media-row|result)[\s>]/i.test(body);

const parsedJson = (body: string): unknown => (/^\s*\{/.test(body) ? parsed(body) : null);

/** @throws {UnknownLayoutError} when there are rows, and none of them can be read. */
function pageRows(body: string): readonly RottenTomatoesSearchRow[] | null {
  if (!isSearchPage(body)) return null;
  const page = openPage(body);
  // A comment or script may name them.
  if (page('search-page-media-row, search-page-result').length === 0) return null;
  const elements = page('search-page-media-row').toArray();
  const rows = elements.flatMap((element) => rowOf(page, page(element)));
  if (rows.length === 0 && elements.length > 0)
    throw new UnknownLayoutError("The search page's rows are without title and address");
  return rows;
}

/** Until 2023 the names of attributes had no hyphens. */
function rowOf(page: CheerioAPI, row: ReturnType<CheerioAPI>): RottenTomatoesSearchRow[] {
  const link = row.find('a[slot="title"], a[data-qa="info-name"]').first();
  const rottenTomatoesId = titlePathIn(link.attr('href'));
  const name = tidy(page(link).text());
  if (rottenTomatoesId === null || name === null) return [];
  const attribute = (...names: string[]) => tidy(names.map((of) => row.attr(of)).find((value) => value));
  const certified = attribute('tomatometer-is-certified');
  const state = attribute('tomatometer-state', 'tomatometerstate');
  return [
    {
      rottenTomatoesId,
      name,
      year: yearIn(attribute('release-year', 'releaseyear', 'start-year', 'startyear')),
      endYear: yearIn(attribute('end-year', 'endyear')),
      tomatometer: percentOf(attribute('tomatometer-score', 'tomatometerscore')),
      certifiedFresh: certified !== null ? certified === 'true' : state !== null ? state === 'certified-fresh' : null,
    },
  ];
}

function oldRows(value: unknown): readonly RottenTomatoesSearchRow[] | null {
  const { data } = oldAnswer.safeParse(value);
  if (data === undefined) return null;
  const values = [...data.movies, ...(data.tvSeries ?? [])];
  const rows = values.flatMap(oldRow);
  // Other sites have lists of movies, too.
  return rows.length === 0 && (values.length > 0 || data.movieCount !== 0) ? null : rows;
}

function oldRow(value: unknown): RottenTomatoesSearchRow[] {
  const { data } = title.safeParse(value);
  const name = data?.name ?? data?.title ?? null;
  if (data === undefined || data.url === null || name === null) return [];
  const { url, year, startYear, endYear, meterScore, meterClass } = data;
  const certifiedFresh = meterClass === null ? null : meterClass === 'certified_fresh';
  return [{ rottenTomatoesId: url, name, year: year ?? startYear, endYear, tomatometer: meterScore, certifiedFresh }];
}

function percentOf(value: unknown): number | null {
  const number = numberIn(value);
  return number !== null && number >= 0 && number <= 100 ? number : null;
}
