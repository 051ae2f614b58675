import { z } from 'zod';
import { jsonLd, openPage, parsed, scriptJson } from '../html.ts';

/** What IMDb's pages carry for programs. */
export interface PageJson {
  /** Of `__NEXT_DATA__`: null where there is none, or it is no JSON. */
  readonly pageProps: unknown;
  jsonLd(): Record<string, unknown>[];
}

const nextData = z.object({ props: z.object({ pageProps: z.unknown() }) });

/** @param body a page, or its `__NEXT_DATA__` alone. */
export function pageJson(body: string): PageJson {
  if (/^\s*\{/.test(body)) return { pageProps: pagePropsOf(parsed(body.trim())), jsonLd: () => [] };
  const scripts = openPage(scriptsIn(body));
  return {
    pageProps: pagePropsOf(scriptJson(scripts, 'script#__NEXT_DATA__')),
    jsonLd: () => jsonLd(scripts),
  };
}

const pagePropsOf = (next: unknown): unknown => nextData.safeParse(next).data?.props.pageProps ?? null;

/**
 * The scripts alone, without the tree around them: of one of 2 MB it takes a third of a second to build, and of one with a
 * hundred thousand nested tags minutes.
 */
function scriptsIn(html: string): string {
  const scripts: string[] = [];
  const start = /<!--|<script\b/gi;
  const end = /<\/script\s*>/gi;
  for (let match = start.exec(html); match !== null; match = start.exec(html)) {
    if (match[0] === '<!--') {
      const close = html.indexOf('-->', start.lastIndex);
      if (close === -1) break;
      start.lastIndex = close;
    } else {
      end.lastIndex = start.lastIndex;
      if (end.exec(html) === null) break;
      scripts.push(html.slice(match.index, end.lastIndex));
      start.lastIndex = end.lastIndex;
    }
  }
  return scripts.join('');
}

/** Of the kinds of page that are told apart here, as Next.js names them. */
type Route = '/title/[tconst]' | '/title/[tconst]/reference' | '/title/[tconst]/episodes' | '/find' | '/chart/top';

/** Which of IMDb's pages a body is, by its `__NEXT_DATA__`, else by its canonical address. */
export function routeOf(body: string): string | null {
  const [, route] = /"page"\s*:\s*"(\/[^"]{0,80})"\s*,\s*"(?:query|buildId)"/.exec(body) ?? [];
  if (route !== undefined) return route;
  const [, path] = /<link rel="canonical" href="https?:\/\/(?:www|m)\.imdb\.com(\/[^"?]{0,80})/.exec(body) ?? [];
  return path?.replace(/\btt\d{7,10}\b/, '[tconst]').replace(/\/$/, '') ?? null;
}

export const isRoute = (body: string, ...routes: readonly Route[]): boolean =>
  (routes as readonly (string | null)[]).includes(routeOf(body));
