import { type CheerioAPI, load } from 'cheerio';
import { UnknownLayoutError } from './page.ts';

export type { CheerioAPI };

/** Pages of 2021 to 2026 have up to 2,500 tags, articles of encyclopedias some ten thousand, nested less than 40 deep. */
const mostTags = 200_000;
const deepest = 500;

/**
 * A page's HTML, read without the repairs that a browser makes: those take minutes and gigabytes where tags are nested on purpose.
 *
 * @throws {UnknownLayoutError} for more tags, or deeper ones, than a page has.
 */
export function openPage(html: string): CheerioAPI {
  let tags = 0;
  for (const _ of html.matchAll(/<[a-z]/gi))
    if (++tags > mostTags) throw new UnknownLayoutError(`The page has more than ${mostTags} tags`);
  const page = load(html, { xml: { xmlMode: false, decodeEntities: true } });
  if (depthOf(page) > deepest) throw new UnknownLayoutError(`The page's tags are nested more than ${deepest} deep`);
  return page;
}

function depthOf(page: CheerioAPI): number {
  let depth = 0;
  let level = page.root().toArray().flatMap(childrenOf);
  for (; level.length > 0 && depth <= deepest; depth += 1) level = level.flatMap(childrenOf);
  return depth;
}

type Node = ReturnType<CheerioAPI['root']>[number]['children'][number];

const childrenOf = (node: { readonly children?: readonly Node[] } | Node): readonly Node[] =>
  'children' in node && node.children !== undefined ? node.children : [];

/** White space made single, none around; null where nothing is left. */
export function tidy(text: string | null | undefined): string | null {
  const tidied = text?.replace(/\s+/gu, ' ').trim();
  return tidied ? tidied : null;
}

/** Text in which entities stand: some sites escape strings inside their JSON. Decoded once. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? load(text.replaceAll('<', '&lt;'), null, false).text() : text;
}

/** What a script of a page has as JSON; null where there is no such script, or it is no JSON. */
export function scriptJson(page: CheerioAPI, selector: string): unknown {
  const text = page(selector).first().text();
  return text === '' ? null : parsed(text);
}

/** Every block of JSON-LD, those in lists and graphs too; what is no JSON is left out. */
export function jsonLd(page: CheerioAPI): Record<string, unknown>[] {
  return page('script[type="application/ld+json"]')
    .toArray()
    .flatMap((script) => objectsIn(parsed(page(script).text()), mostLists));
}

/** Lists in lists: beyond, somebody wants us to get lost. */
const mostLists = 20;

function objectsIn(value: unknown, depth: number): Record<string, unknown>[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((one) => objectsIn(one, depth - 1));
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Record<string, unknown>;
  return Array.isArray(object['@graph']) ? objectsIn(object['@graph'], depth - 1) : [object];
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
