import { allPages, originIn, type Page, realSites } from '@watchprint/sources';
import type { Config } from '../config.ts';
import { UsageError } from './output.ts';

/** What people call sources besides their names. */
const aliases: Readonly<Record<string, string>> = {
  netflix: 'netflix-pages',
  rottentomatoes: 'rotten-tomatoes',
  'rotten-tomatoes': 'rotten-tomatoes',
};

/** Sources that have pages to read. */
export const namesOfSources: readonly string[] = [...new Set(allPages.map((page) => page.source))];

/** `imdb`, `imdb/suggestion`. @throws {UsageError} naming what there is. */
export function pagesOf(name: string): readonly Page<unknown>[] {
  const [source = '', kind] = name.trim().toLowerCase().split('/');
  const wanted = aliases[source] ?? source;
  const pages = allPages.filter((page) => page.source === wanted && (kind === undefined || page.kind === kind));
  if (pages.length > 0) return pages;
  const kinds = allPages.filter((page) => page.source === wanted).map((page) => `${wanted}/${page.kind}`);
  throw new UsageError(
    `There is no source ${name}; expected ${(kinds.length > 0 ? kinds : namesOfSources).join(', ')}`,
  );
}

/** Which kind of page a saved file is, by what stands in it; null: none that is known. */
export const pageInFile = (pages: readonly Page<unknown>[], body: string): Page<unknown> | null =>
  pages.find((page) => page.recognises(body)) ?? null;

/** Kinds that take any text, so that nothing else would be a wrong key: they have to be named, `imdb/suggestion`. */
const searches: ReadonlySet<string> = new Set(['suggestion', 'find', 'search', 'browse', 'chart', 'graphql-search']);

/** The kind of page that a key is of, those first that can be asked for. @throws {UsageError} */
export function pageByKey(
  pages: readonly Page<unknown>[],
  text: string,
  config: Pick<Config, 'region' | 'sites'>,
  body: string | null,
): { readonly page: Page<unknown>; readonly key: string } {
  const likely = pages.length === 1 ? pages : pages.filter(({ kind }) => !searches.has(kind));
  const found = likely.flatMap((page) => {
    const key = keyFor(page, text, config, body);
    return key === null
      ? []
      : [{ page, key, isExact: key === text.trim(), canBeAsked: addressOf(page, key, config) !== null }];
  });
  const [best] = found.sort(
    (one, other) => Number(other.canBeAsked) - Number(one.canBeAsked) || Number(other.isExact) - Number(one.isExact),
  );
  if (best !== undefined) return best;
  const [{ source } = { source: '' }] = pages;
  throw new UsageError(
    `${text} is no key of ${source}: expected ${pages.map(({ kind, keys }) => `${keys} for ${source}/${kind}`).join('; ')}`,
  );
}

/** Where a page would be asked for; null: some are never, and can only be read where somebody has them. */
export function addressOf(page: Page<unknown>, key: string, { sites }: Pick<Config, 'sites'>): string | null {
  try {
    return page.request([key], originIn(sites, page, [key])).url;
  } catch {
    return null;
  }
}

/** A key as the page takes it, from what a person would type, the address of a page too. Null: it is none. */
export function keyFor(
  page: Page<unknown>,
  text: string,
  { region }: Pick<Config, 'region'>,
  body: string | null,
): string | null {
  const [first = text.trim(), ...others] = keysInAddress(page.source, text.trim());
  return [first, ...others].map((key) => keyAs(page, key, region, body)).find((key) => key !== null) ?? null;
}

function keyAs(page: Page<unknown>, key: string, region: string, body: string | null): string | null {
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
    ...(body !== null && /^tt\d+$/.test(key) ? [`${region} ${key} ${key}`] : []),
    ...(body === null ? [] : itemsIn(body, key)),
  ];
  return candidates.find((candidate) => page.isKey(candidate)) ?? null;
}

/** What stands in the address of a page that people see, the source's own first: Wikidata knows the others' ids too. Nothing of any other text. */
function keysInAddress(source: string, text: string): readonly string[] {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return [];
  const address = new URL(text);
  const isOwn = (page: Page<unknown>) => page.source === source;
  return [...allPages.filter(isOwn), ...allPages.filter((page) => !isOwn(page))].flatMap(
    (page) => page.keysIn?.(address) ?? [],
  );
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
  const readings = page.read({ url: originIn(realSites, page, ids), status: 200, headers: {}, body }, ids);
  return ids.filter((id) => {
    const reading = readings.get(id);
    return reading?.status === 'FOUND' && (reading.facts as { imdbId: string | null }).imdbId === imdbId;
  });
}
