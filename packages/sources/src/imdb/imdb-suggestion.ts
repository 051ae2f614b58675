import { z } from 'zod';
import { parsed, tidy } from '../html.ts';
import { found, type Page, type Reading, singlePage, UnknownLayoutError } from '../page.ts';
import { isImdbId } from './imdb-id.ts';
import { checkSearched, isSearchText } from './search-text.ts';
import { softNumber, softText, wholeNumber, yearOf } from './soft.ts';

/** A title that IMDb offers for a text. */
export interface ImdbSuggestion {
  readonly imdbId: string;
  readonly name: string;
  readonly year: number | null;
  /** Of a series that has ended. */
  readonly endYear: number | null;
  /** IMDb's kind: movie, tvSeries, tvMiniSeries … */
  readonly titleType: string | null;
  /** Names of the best known, two as a rule. */
  readonly stars: readonly string[] | null;
  /** Among all titles by how many people look at them: 1 is the first. */
  readonly rank: number | null;
}

const suggested = z.object({
  id: z.string(),
  l: softText,
  y: softNumber,
  yr: softText,
  qid: softText,
  s: softText,
  rank: softNumber,
});
const suggestions = z.object({ d: z.array(z.unknown()), q: softText });

/**
 * What IMDb offers while somebody types into its search field, up to eight: https://v3.sg.media-imdb.com. An id may be asked
 * for as well. It is not documented, needs no key, and names people and franchises too, which are left out.
 */
export const imdbSuggestion: Page<readonly ImdbSuggestion[]> = singlePage({
  source: 'imdb',
  kind: 'suggestion',
  keys: 'a name, or an IMDb id (the matrix)',
  isKey: isSearchText,
  policy: 'api',
  types: ['application/json', 'text/json'],
  request: (key, origin) => ({
    url: `${origin}/suggestion/x/${encodeURIComponent(key.trim().toLowerCase())}.json`,
    headers: { accept: 'application/json' },
  }),
  recognises(body) {
    if (!/^\s*\{/.test(body)) return false;
    const { data } = suggestions.safeParse(parsed(body));
    if (data === undefined || data.d.length === 0) return data?.q != null;
    return data.d.every((entry) => suggested.safeParse(entry).data?.l != null);
  },
  read(answer, key) {
    const { data } = suggestions.safeParse(parsed(answer.body));
    if (data === undefined) throw new UnknownLayoutError('The answer has no list of suggestions');
    checkSearched(data.q, key);
    return suggestionsIn(data.d);
  },
});

function suggestionsIn(entries: readonly unknown[]): Reading<readonly ImdbSuggestion[]> {
  const known = entries.flatMap((entry) => suggested.safeParse(entry).data ?? []);
  const titles = known.filter(({ id }) => isImdbId(id)).flatMap((entry) => titleOf(entry) ?? []);
  if (titles.length > 0) return found(titles);
  if (known.length < entries.length || known.some(({ id }) => id.startsWith('tt')))
    throw new UnknownLayoutError('The suggestions have neither ids nor names in a known place');
  return { status: 'NOT_FOUND' };
}

function titleOf({ id, l, y, yr, qid, s, rank }: z.output<typeof suggested>): ImdbSuggestion | null {
  const name = tidy(l);
  if (name === null) return null;
  const [, endYear] = /^\d{4} ?[-–] ?(\d{4})$/.exec(tidy(yr) ?? '') ?? [];
  return {
    imdbId: id,
    name,
    year: yearOf(y),
    endYear: endYear === undefined ? null : yearOf(Number(endYear)),
    titleType: tidy(qid),
    stars: s?.split(', ').flatMap((star) => tidy(star) ?? []) ?? null,
    rank: wholeNumber(rank, 1),
  };
}
