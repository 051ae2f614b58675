import { z } from 'zod';
import { tidy } from '../html.ts';
import { found, type Page, singlePage, UnknownLayoutError } from '../page.ts';
import { numberIn } from '../text-numbers.ts';
import { findTable } from './find-table.ts';
import { isImdbId } from './imdb-id.ts';
import { type ImdbListedTitle, unsaid } from './listed-title.ts';
import { isRoute, pageJson } from './page-json.ts';
import { acceptEnglish } from './request-headers.ts';
import { checkSearched, isSearchText } from './search-text.ts';
import { soft, softNumber, softText, yearOf } from './soft.ts';

const pageProps = z.object({
  findPageMeta: soft(z.object({ searchTerm: softText })),
  titleResults: z.object({ results: z.array(z.unknown()) }),
});

const result = z.object({
  id: z.string().refine(isImdbId),
  titleNameText: z.string(),
  titleReleaseText: softText,
  /** Says of which kind the title is, for where it has no picture. */
  imageType: softText,
});

/** Of newer pages. None was at hand: this is how others read them. */
const newerResult = z.object({
  listItem: z.object({
    titleId: z.string().refine(isImdbId),
    titleText: softText,
    originalTitleText: softText,
    releaseYear: softNumber,
    titleType: soft(z.object({ id: softText })),
  }),
});

/**
 * IMDb's search page. Its robots.txt forbids it to programs: it is here to read pages that somebody saved.
 * `suggestion` is what may be asked.
 */
export const imdbFind: Page<readonly ImdbListedTitle[]> = singlePage({
  source: 'imdb',
  kind: 'find',
  keys: 'a name (the matrix)',
  isKey: isSearchText,
  policy: 'robots',
  types: ['text/html'],
  request: (key, origin) => ({
    url: `${origin}/find/?q=${encodeURIComponent(key.trim())}&s=tt`,
    headers: acceptEnglish,
  }),
  recognises: (body) => isRoute(body, '/find'),
  read(answer, key) {
    const { data } = pageProps.safeParse(pageJson(answer.body).pageProps);
    const table = data === undefined ? findTable(answer.body) : null;
    checkSearched(data?.findPageMeta?.searchTerm ?? table?.query, key);
    const titles = table?.titles ?? data?.titleResults.results.flatMap((entry) => titleOf(entry) ?? []) ?? [];
    if (titles.length > 0) return found(titles);
    if (data?.titleResults.results.length === 0) return { status: 'NOT_FOUND' };
    throw new UnknownLayoutError('The page has no results in a known place');
  },
});

function titleOf(entry: unknown): ImdbListedTitle | null {
  const { data } = result.safeParse(entry);
  if (data === undefined) return newerTitleOf(entry);
  const name = tidy(data.titleNameText);
  const [, year, endYear] = /^(\d{4})(?: ?[-–] ?(\d{4})?)?$/.exec(tidy(data.titleReleaseText) ?? '') ?? [];
  if (name === null) return null;
  return {
    ...unsaid,
    imdbId: data.id,
    name,
    titleType: tidy(data.imageType),
    year: yearOf(numberIn(year)),
    endYear: yearOf(numberIn(endYear)),
  };
}

function newerTitleOf(entry: unknown): ImdbListedTitle | null {
  const item = newerResult.safeParse(entry).data?.listItem;
  const originalName = tidy(item?.originalTitleText);
  const name = tidy(item?.titleText) ?? originalName;
  if (item === undefined || name === null) return null;
  return {
    ...unsaid,
    imdbId: item.titleId,
    name,
    originalName,
    titleType: tidy(item.titleType?.id),
    year: yearOf(item.releaseYear),
  };
}
