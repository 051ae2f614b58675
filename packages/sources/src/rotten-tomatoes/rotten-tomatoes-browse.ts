import { z } from 'zod';
import { jsonLd, openPage } from '../html.ts';
import { found, singlePage, UnknownLayoutError } from '../page.ts';
import { soft, text } from '../soft-fields.ts';
import { yearIn } from '../text-numbers.ts';
import { blocksInJson, linkedTitles } from './linked-title.ts';
import { linkedCritics } from './page-scores.ts';

export interface RottenTomatoesListItem {
  readonly rottenTomatoesId: string;
  readonly name: string;
  readonly year: number | null;
  readonly tomatometer: number | null;
}

/** A list of titles, in the site's order. */
export interface RottenTomatoesList {
  readonly path: string;
  readonly name: string | null;
  readonly items: readonly RottenTomatoesListItem[];
}

const listPath = /\.?rottentomatoes\.com\/browse\/([\w-]+(?:\/[\w:~,.-]+)?)\/?$/i;
const itemList = z.object({
  '@type': z.literal('ItemList'),
  url: soft((value) =>
    typeof value === 'string' ? (listPath.exec(value.replace(/[?#].*$/s, ''))?.[1] ?? null) : null,
  ),
  name: text,
  itemListElement: z.unknown(),
});
type ItemList = z.infer<typeof itemList>;

/** A page of a list: what is in theatres, or to stream. */
export const rottenTomatoesBrowse = singlePage<RottenTomatoesList>({
  source: 'rotten-tomatoes',
  kind: 'browse',
  keys: 'path of a list (movies_at_home, movies_in_theaters/sort:top_box_office)',
  isKey: (key) => /^[\w-]+(?:\/\w[\w:~,.-]*)?$/.test(key),
  policy: 'robots',
  types: ['text/html', 'application/xhtml+xml'],
  request: (key, origin) => ({ url: `${origin}/browse/${key}` }),
  recognises(body) {
    if (!/ItemList/.test(body) || !/rottentomatoes\.com\/browse\//i.test(body)) return false;
    try {
      return listsIn(body).some(({ url }) => url !== null);
    } catch {
      return false;
    }
  },
  read({ body }, key) {
    const lists = listsIn(body).filter(({ url }) => url !== null);
    const list = lists.find(({ url }) => isList(url ?? '', key));
    if (list === undefined) {
      const other = lists[0]?.url;
      throw new UnknownLayoutError(
        other == null
          ? 'A page of Rotten Tomatoes without JSON-LD of a list'
          : `Asked for ${key}, and the list is ${other}`,
      );
    }
    const items = itemsOf(list);
    if (items === null) throw new UnknownLayoutError('The JSON-LD of the list has no list of titles');
    return found({ path: list.url ?? key, name: list.name, items });
  },
});

/** An address may leave out how its list is filtered and sorted. */
function isList(url: string, key: string): boolean {
  const [path = '', options] = url.toLowerCase().split('/');
  const [askedPath, askedOptions] = key.toLowerCase().split('/');
  return path === askedPath && (options === askedOptions || options === undefined || askedOptions === undefined);
}

function listsIn(body: string): ItemList[] {
  const blocks = /^\s*[[{]/.test(body) ? blocksInJson(body) : jsonLd(openPage(body));
  return blocks.flatMap((block) => itemList.safeParse(block).data ?? []);
}

/** The titles are in a list inside the list. */
function itemsOf({ itemListElement }: ItemList): readonly RottenTomatoesListItem[] | null {
  const inner = Array.isArray(itemListElement)
    ? itemListElement
    : (itemListElement as { itemListElement?: unknown } | null)?.itemListElement;
  if (!Array.isArray(inner)) return null;
  return linkedTitles(inner).flatMap((title) => {
    const { url, name, dateCreated } = title;
    if (url === null || name === null) return [];
    const year = yearIn(dateCreated?.slice(0, 4));
    return [{ rottenTomatoesId: url, name, year, tomatometer: linkedCritics(title)?.share ?? null }];
  });
}
