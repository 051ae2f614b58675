import type { WikipediaInfobox } from '@watchprint/engine';
import type { CheerioAPI } from '../html.ts';
import { type Answer, found, type Reading, singlePage, UnknownLayoutError } from '../page.ts';
import { type Article, hasParsedArticle, leadOf, parsedArticle, parsoidArticle } from './article.ts';
import { isUnread, textOf } from './cell-lines.ts';
import { factsOf, hasUnknownBox, infoboxOf } from './infobox.ts';
import { partsOf, titleKey } from './language-key.ts';
import { jsonObject, mediawikiError } from './mediawiki-error.ts';
import { answersFor, pathOf } from './page-title.ts';

/** A Wikipedia article on a film or series. Text is CC BY-SA 4.0. */
export interface WikipediaPage extends WikipediaInfobox {
  /** By the rows that its box has. */
  readonly kind: 'film' | 'tv';
  readonly pageId: number | null;
  /** Which state of the article it was. */
  readonly revision: number | null;
  /** RFC 3339 date-time. */
  readonly modified: string | null;
  /** First paragraph, plain text. */
  readonly summary: string | null;
  /** `tt…`, of every title that the article links: to check others by, not to take one's own from. */
  readonly linkedImdbIds: readonly string[];
  /** `m/…`, `tv/…/s01`, likewise. */
  readonly linkedRottenTomatoesIds: readonly string[];
}

/**
 * The box of an article, as HTML of Wikipedia's REST interface; answers of `action=parse` and `rvparse` are read as well.
 * Its labels are known in English only: articles in other languages are NOT_FOUND, like those whose lead has no box of a film
 * or series.
 * Policy: https://en.wikipedia.org/api/rest_v1/ and https://www.mediawiki.org/wiki/Wikimedia_APIs/Access_policy
 */
export const wikipediaInfobox = singlePage<WikipediaPage>({
  source: 'wikipedia',
  kind: 'page',
  keys: 'language and title of an article (en:The Matrix)',
  isKey: (key) => titleKey(key) !== null,
  policy: 'api',
  types: ['text/html', 'application/json'],
  request: (key, origin) => ({
    url: `${origin}/api/rest_v1/page/html/${pathOf(partsOf(key, titleKey).text)}`,
    headers: { Accept: 'text/html' },
  }),
  recognises(body) {
    const json = jsonObject(body);
    if (json !== null) return hasParsedArticle(json);
    const head = body.slice(0, 5_000);
    return head.includes('http://mediawiki.org/rdf/') && /\/\/[a-z-]+\.wikipedia\.org\/wiki\//.test(head);
  },
  read(answer, key) {
    const json = jsonObject(answer.body);
    const failure = json === null ? null : mediawikiError(json, answer.headers);
    if (failure !== null) return failure;
    const article = json === null ? parsoidArticle(answer) : parsedArticle(json);
    return article === null ? { status: 'NOT_FOUND' } : readArticle(article, answer, partsOf(key, titleKey).text);
  },
});

function readArticle(article: Article, { url }: Answer, asked: string): Reading<WikipediaPage> {
  const { page, title, pageId, revision, modified, moves } = article;
  const target = moves.target(asked);
  if (target === null) return { status: 'NOT_FOUND' };
  if (!answersFor(title, target, url))
    throw new UnknownLayoutError(`The page is on another article: ${title.slice(0, 100)}`);
  const infobox = infoboxOf(page);
  if (infobox === null) {
    if (hasUnknownBox(page))
      throw new UnknownLayoutError('A table of the lead is a box of a film or series, and not marked as one');
    return { status: 'NOT_FOUND' };
  }
  return found({
    pageTitle: title,
    kind: infobox.kind,
    pageId,
    revision,
    modified,
    summary: firstParagraphOf(page),
    ...factsOf(page, infobox.rows),
    linkedImdbIds: linked(page, 'imdb.com', /^\/title\/(tt\d{7,10})(?:\/|$)/),
    linkedRottenTomatoesIds: linked(
      page,
      'rottentomatoes.com',
      /^\/(m\/[^/]+|tv\/[^/]+(?:\/s\d{1,3}(?:\/e\d{1,4})?)?)(?:\/|$)/,
    ),
  });
}

function firstParagraphOf(page: CheerioAPI): string | null {
  for (const element of leadOf(page)) {
    const text = element.name === 'p' && !isUnread(element) ? textOf(element) : null;
    if (text !== null) return text;
  }
  return null;
}

/** What the paths of links to a site hold, each once; an archive's copies are links to the archive. */
function linked(page: CheerioAPI, site: string, path: RegExp): string[] {
  const ids = page(`a[href*="${site}/"]`)
    .toArray()
    .flatMap(({ attribs: { href = '' } }) => {
      const url = URL.canParse(href, 'https://wikipedia.org') ? new URL(href, 'https://wikipedia.org') : null;
      const isOfSite = url?.hostname === site || url?.hostname === `www.${site}` || url?.hostname === `m.${site}`;
      return (isOfSite ? path.exec(url?.pathname ?? '')?.[1] : undefined) ?? [];
    });
  return [...new Set(ids)];
}
