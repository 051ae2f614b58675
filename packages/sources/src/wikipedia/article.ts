import { z } from 'zod';
import { type CheerioAPI, openPage, tidy } from '../html.ts';
import { type Answer, UnknownLayoutError } from '../page.ts';
import { decoded, type TitleMoves, titleMoves } from './page-title.ts';

/** An article as HTML, with what its answer says of it. */
export interface Article {
  readonly page: CheerioAPI;
  readonly title: string;
  readonly pageId: number | null;
  readonly revision: number | null;
  /** RFC 3339 date-time. */
  readonly modified: string | null;
  readonly moves: TitleMoves;
}

const text = z.string().nullish().catch(null);
const anything = z.unknown().optional();
const id = z.number().int().positive().nullish().catch(null);
/** A string in format version 2. */
const content = z.union([z.string(), z.object({ '*': z.string() }).transform((value) => value['*'])]);

const parsedPage = z.object({
  parse: z.object({ title: z.string(), pageid: id, revid: id, text: content, redirects: anything }),
});

const revisionPage = z.object({
  title: z.string(),
  pageid: id,
  missing: anything,
  revisions: z
    .array(z.object({ '*': text, content: text, revid: id, timestamp: text }))
    .min(1)
    .nullish(),
});
const revisionPages = z.object({
  query: z.object({
    pages: z.union([z.array(revisionPage), z.record(z.string(), revisionPage)]).transform(Object.values<RevisionPage>),
    normalized: anything,
    redirects: anything,
  }),
});
type RevisionPage = z.infer<typeof revisionPage>;

/** Of Parsoid, which names the article, its id and its revision in the head. */
export function parsoidArticle({ body }: Answer): Article {
  // What is missing from half an article is not missing from the article.
  if (!/<\/html>\s*$/i.test(body.slice(-200))) throw new UnknownLayoutError('The page is cut off');
  const page = openPage(body);
  if (page('link[rel="mw:PageProp/redirect"]').length > 0)
    throw new UnknownLayoutError('The page is a redirect that was not followed');
  // Newer ones have markup in the title element.
  const address = page('link[rel="dc:isVersionOf"]').first().attr('href') ?? '';
  const [, path] = /\/wiki\/([^?#]+)/.exec(address) ?? [];
  const title = tidy(path === undefined ? page('title').first().text() : decoded(path)?.replace(/_/g, ' '));
  if (title === null || page('section[data-mw-section-id="0"]').length === 0)
    throw new UnknownLayoutError('The page names no article, or has no lead section');
  const [, revision] = /\/revision\/(\d+)/.exec(page('html').attr('about') ?? '') ?? [];
  return {
    page,
    title,
    pageId: idIn(page('meta[property="mw:pageId"]').attr('content')),
    revision: idIn(revision),
    modified: dateTimeIn(page('meta[property="dc:modified"]').attr('content')),
    moves: titleMoves(),
  };
}

/** Of `action=parse`, or of `rvparse`, which did the same. Null where the answer says that there is no such page. */
export function parsedArticle(json: unknown): Article | null {
  const rendering = renderingIn(json);
  if (rendering === null) throw new UnknownLayoutError('The answer has no HTML of one article');
  const { html, ...article } = rendering;
  if (html === null) return null;
  const page = openPage(html);
  // Source text of an article has none of it.
  if (page('.mw-parser-output').length === 0) throw new UnknownLayoutError('The answer has no HTML of an article');
  return { page, ...article };
}

export const hasParsedArticle = (json: unknown): boolean =>
  renderingIn(json)?.html?.includes('mw-parser-output') ?? false;

interface Rendering extends Omit<Article, 'page'> {
  /** Null of a page that is missing. */
  readonly html: string | null;
}

function renderingIn(json: unknown): Rendering | null {
  const { parse } = parsedPage.safeParse(json).data ?? {};
  if (parse !== undefined) {
    const { title, pageid: pageId = null, revid: revision = null, text: html, redirects } = parse;
    return { html, title, pageId, revision, modified: null, moves: titleMoves(redirects) };
  }
  const { query } = revisionPages.safeParse(json).data ?? {};
  const [article, another] = query?.pages ?? [];
  if (query === undefined || article === undefined || another !== undefined) return null;
  const [revision] = article.revisions ?? [];
  const isMissing = article.missing !== undefined && article.missing !== false;
  return {
    html: isMissing ? null : (revision?.content ?? revision?.['*'] ?? ''),
    title: article.title,
    pageId: article.pageid ?? null,
    revision: revision?.revid ?? null,
    modified: dateTimeIn(revision?.timestamp),
    moves: titleMoves(query.normalized, query.redirects),
  };
}

/** What stands before the first heading. */
export function leadOf(page: CheerioAPI) {
  const [section] = page('section[data-mw-section-id="0"]').toArray();
  const children = section === undefined ? page('.mw-parser-output').first().children() : page(section).children();
  const elements = children.toArray();
  const heading = elements.findIndex((element) => page(element).is('h2, .mw-heading, #toc'));
  return heading === -1 ? elements : elements.slice(0, heading);
}

function idIn(value: string | undefined): number | null {
  return /^[1-9]\d{0,14}$/.test(value ?? '') ? Number(value) : null;
}

function dateTimeIn(value: string | null | undefined): string | null {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value ?? '') ? (value ?? null) : null;
}
