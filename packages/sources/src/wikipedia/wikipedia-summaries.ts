import type { WikipediaSummary } from '@watchprint/engine';
import { z } from 'zod';
import { tidy } from '../html.ts';
import { found, type Page, type Reading, UnknownLayoutError } from '../page.ts';
import {
  articleAddress,
  firstParagraph,
  languageOf,
  pictureAddress,
  wikidataIdIn,
  wikipediaAddress,
} from './article-parts.ts';
import { partsOf, titleKey } from './language-key.ts';
import { jsonObject, readAction } from './mediawiki-error.ts';
import { actionRequest } from './mediawiki-request.ts';
import { decoded, titleMoves } from './page-title.ts';

const text = z.string().nullish().catch(null);
const anything = z.unknown().optional();

const article = z.object({
  title: z.string(),
  ns: z.number().nullish().catch(null),
  // Empty strings in format version 1, true in version 2.
  missing: anything,
  invalid: anything,
  pageprops: z
    .object({ disambiguation: anything, wikibase_item: text, 'wikibase-shortdesc': text })
    .nullish()
    .catch(null),
  extract: text,
  description: text,
  fullurl: text,
  thumbnail: z.object({ source: text }).nullish().catch(null),
});
type Article = z.infer<typeof article>;

const answered = z.object({
  query: z.object({
    // Keyed by page id in format version 1.
    pages: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish(),
    normalized: anything,
    converted: anything,
    redirects: anything,
    interwiki: z.array(z.object({ title: z.string() })).catch([]),
  }),
  continue: z.object({ ppcontinue: anything }).nullish().catch(null),
  batchcomplete: anything,
});

/**
 * How articles of one Wikipedia begin, by the action API.
 * Policy: https://www.mediawiki.org/wiki/API:Etiquette and https://www.mediawiki.org/wiki/Wikimedia_APIs/Access_policy
 * Disambiguation pages are NOT_FOUND, and so are redirects to a section, whose article is on something else.
 */
export const wikipediaSummaries: Page<WikipediaSummary> = {
  source: 'wikipedia',
  kind: 'summaries',
  keys: 'language and title of an article (en:The Matrix), all of one request in one language',
  isKey: (key) => titleKey(key) !== null,
  // No more extracts of first sections in one answer.
  keysIn({ hostname, pathname }) {
    const [, language] = /^([a-z-]+)\.(?:m\.)?wikipedia\.org$/.exec(hostname) ?? [];
    const [, article] = /^\/wiki\/(.+)$/.exec(pathname) ?? [];
    const title = article === undefined ? null : decoded(article);
    return language === undefined || title === null ? [] : [`${language}:${title.replaceAll('_', ' ')}`];
  },
  batch: 20,
  policy: 'api',
  types: ['application/json'],
  request: (keys, origin) =>
    actionRequest(origin, {
      action: 'query',
      prop: 'extracts|pageprops|info|pageimages|description',
      exintro: '1',
      explaintext: '1',
      exlimit: '20',
      inprop: 'url',
      piprop: 'thumbnail',
      pithumbsize: '400',
      pilimit: '20',
      redirects: '1',
      // Nobody's edit is to wait for us.
      maxlag: '5',
      titles: titlesOf(keys).join('|'),
    }),
  recognises(body) {
    const query = answered.safeParse(jsonObject(body)).data?.query;
    const pages = query === undefined ? [] : Object.values(query.pages ?? {});
    return pages.length > 0 && pages.every(isSummarised);
  },
  read(answer, keys) {
    titlesOf(keys);
    return readAction(answer, keys, (json) => readPages(json, keys));
  },
};

function titlesOf(keys: readonly string[]): string[] {
  const parts = keys.map((key) => partsOf(key, titleKey));
  if (new Set(parts.map(({ language }) => language)).size !== 1)
    throw new RangeError('One request is for titles of one language');
  return parts.map(({ text: title }) => title);
}

function isSummarised(page: unknown): boolean {
  const { success, data } = article.safeParse(page);
  if (!success || data.ns !== 0 || 'revisions' in (page as object)) return false;
  return typeof data.extract === 'string' || data.pageprops != null || (data.fullurl ?? '').includes('.wikipedia.org/');
}

function readPages(json: unknown, keys: readonly string[]): Map<string, Reading<WikipediaSummary>> {
  const { success, data } = answered.safeParse(json);
  if (!success) throw new UnknownLayoutError('The answer has no query with pages');
  const { query } = data;
  const pages = new Map(
    Object.values(query.pages ?? {})
      .flatMap((page) => article.safeParse(page).data ?? [])
      .map((page) => [page.title, page]),
  );
  const elsewhere = new Set(query.interwiki.map(({ title }) => title));
  const moves = titleMoves(query.normalized, query.converted, query.redirects);
  const isPartial = data.continue != null && data.batchcomplete === undefined;
  const readings = keys.flatMap((key): [string, Reading<WikipediaSummary>][] => {
    const { language, text: asked } = partsOf(key, titleKey);
    const title = moves.target(asked);
    if (title === null || elsewhere.has(title)) return [[key, { status: 'NOT_FOUND' }]];
    const page = pages.get(title);
    if (page === undefined) return [];
    const reading = readArticle(page, language);
    // What the answer goes on with is not "the page does not say".
    const isWhole = page.extract != null && (page.pageprops != null || data.continue?.ppcontinue === undefined);
    return reading.status === 'FOUND' && isPartial && !isWhole ? [] : [[key, reading]];
  });
  if (readings.length === 0 && !isPartial) throw new UnknownLayoutError('The answer has none of the asked titles');
  return new Map(readings);
}

function readArticle(page: Article, language: string): Reading<WikipediaSummary> {
  const { title, ns, missing, invalid, pageprops, extract, description, fullurl, thumbnail } = page;
  const isArticle = ns === null || ns === undefined || ns === 0;
  if (said(missing) || said(invalid) || said(pageprops?.disambiguation) || !isArticle) return { status: 'NOT_FOUND' };
  const url = wikipediaAddress(fullurl);
  if (url !== null && languageOf(url) !== language)
    return { status: 'UNREADABLE', reason: `The page is of another Wikipedia: ${url.href.slice(0, 200)}` };
  return found({
    pageTitle: title,
    language,
    wikidataId: wikidataIdIn(pageprops?.wikibase_item),
    description: tidy(pageprops?.['wikibase-shortdesc'] ?? description),
    summary: firstParagraph(extract),
    thumbnailUrl: pictureAddress(thumbnail?.source),
    url: url?.href ?? articleAddress(language, title),
  });
}

const said = (value: unknown): boolean => value !== undefined && value !== null && value !== false;
