import { allPages, type Page, realSites } from '@watchprint/sources';
import type { Config } from '../config.ts';
import { UsageError } from './output.ts';

/** What people call sources besides their names. */
const aliases: Readonly<Record<string, string>> = {
  netflix: 'netflix-pages',
  rottentomatoes: 'rotten-tomatoes',
  'rotten-tomatoes': 'rotten-tomatoes',
};

/** `imdb`, `imdb/suggestion`. @throws {UsageError} naming what there is. */
export function pagesOf(name: string): readonly Page<unknown>[] {
  const [source = '', kind] = name.trim().toLowerCase().split('/');
  const wanted = aliases[source] ?? source;
  const pages = allPages.filter((page) => page.source === wanted && (kind === undefined || page.kind === kind));
  if (pages.length > 0) return pages;
  const known = [...new Set(allPages.map((page) => page.source))];
  const kinds = allPages.filter((page) => page.source === wanted).map((page) => `${wanted}/${page.kind}`);
  throw new UsageError(`There is no source ${name}; expected ${(kinds.length > 0 ? kinds : known).join(', ')}`);
}

/** Which kind of page a saved file is, by what stands in it; null: none that is known. */
export const pageInFile = (pages: readonly Page<unknown>[], body: string): Page<unknown> | null =>
  pages.find((page) => page.recognises(body)) ?? null;

/** The kind of page that a key is of. @throws {UsageError} */
export function pageByKey(
  pages: readonly Page<unknown>[],
  text: string,
  config: Pick<Config, 'region'>,
): Page<unknown> {
  const page =
    pages.find((one) => one.isKey(text.trim())) ?? pages.find((one) => one.isKey(keyFor(one, text, config, null)));
  if (page !== undefined) return page;
  throw new UsageError(
    `${text} is no key of ${pages[0]?.source}: expected ${pages.map(({ kind, keys }) => `${keys} for ${kind}`).join('; ')}`,
  );
}

/** A key as the page takes it, from what a person would type. */
export function keyFor(
  page: Page<unknown>,
  text: string,
  { region }: Pick<Config, 'region'>,
  body: string | null,
): string {
  const key = text.trim();
  if (page.isKey(key)) return key;
  const candidates = [
    // IMDb's id, of Wikidata's items.
    ...(/^tt\d+$/.test(key) ? [`P345=${key}`] : []),
    // An article's name, of the English Wikipedia.
    `en:${key.replaceAll('_', ' ')}`,
    // In the region that this Watchprint is for.
    `${region}/${key}`,
    `${region} ${key}`,
    // Found by name; a saved answer needs none.
    ...(body === null ? [] : [`${region} ${key} ${key}`]),
    key.replace(/^https?:\/\/[^/]+\//, ''),
    ...(body === null ? [] : itemsIn(body, key)),
  ];
  return candidates.find((candidate) => page.isKey(candidate)) ?? key;
}

/** The item in a saved answer of Wikidata that has an id of IMDb. */
function itemsIn(body: string, imdbId: string): string[] {
  if (!/^tt\d+$/.test(imdbId)) return [];
  const page = allPages.find(({ source, kind }) => source === 'wikidata' && kind === 'items');
  const ids = [...new Set([...body.matchAll(/"id"\s*:\s*"(Q[1-9]\d{0,11})"/g)].map(([, id]) => id as string))].slice(
    0,
    50,
  );
  if (page === undefined || ids.length === 0) return [];
  const readings = page.read({ url: realSites.wikidata, status: 200, headers: {}, body }, ids);
  return ids.filter((id) => {
    const reading = readings.get(id);
    return reading?.status === 'FOUND' && (reading.facts as { imdbId: string | null }).imdbId === imdbId;
  });
}
