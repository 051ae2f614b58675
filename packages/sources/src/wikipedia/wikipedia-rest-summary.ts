import type { WikipediaSummary } from '@watchprint/engine';
import { z } from 'zod';
import { tidy } from '../html.ts';
import { found, type Reading, singlePage, UnknownLayoutError } from '../page.ts';
import { refusing } from '../refusal.ts';
import {
  articleAddress,
  firstParagraph,
  languageOf,
  pictureAddress,
  wikidataIdIn,
  wikipediaAddress,
} from './article-parts.ts';
import { partsOf, titleKey } from './language-key.ts';
import { jsonObject } from './mediawiki-error.ts';
import { answersFor, pathOf } from './page-title.ts';

const text = z.string().nullish().catch(null);

/** Fields came over the years: answers of 2017 have neither type nor item nor addresses. */
const restSummary = z.object({
  title: z.string(),
  extract: z.string(),
  type: text,
  lang: text,
  wikibase_item: text,
  description: text,
  thumbnail: z.object({ source: text }).nullish().catch(null),
  content_urls: z
    .object({ desktop: z.object({ page: text }) })
    .nullish()
    .catch(null),
});

/**
 * How one article begins, by Wikipedia's REST interface.
 * Policy: https://en.wikipedia.org/api/rest_v1/ and https://www.mediawiki.org/wiki/Wikimedia_APIs/Access_policy
 */
export const wikipediaRestSummary = singlePage<WikipediaSummary>({
  source: 'wikipedia',
  kind: 'rest-summary',
  keys: 'language and title of an article (en:The Matrix)',
  isKey: (key) => titleKey(key) !== null,
  policy: 'api',
  types: ['application/json'],
  request: (key, origin) => ({
    url: `${origin}/api/rest_v1/page/summary/${pathOf(partsOf(key, titleKey).text)}`,
    headers: { Accept: 'application/json' },
  }),
  recognises(body) {
    const json = jsonObject(body);
    return typeof restSummary.safeParse(json).data?.lang === 'string' || restError(json) !== null;
  },
  read(answer, key) {
    const { language, text: asked } = partsOf(key, titleKey);
    const json = jsonObject(answer.body);
    const error = restError(json);
    if (error !== null) return error;
    const { success, data } = restSummary.safeParse(json);
    if (!success) throw new UnknownLayoutError('The answer has no title or no extract');
    if (!answersFor(data.title, asked, answer.url))
      throw new UnknownLayoutError(`The answer is on another article: ${data.title.slice(0, 100)}`);
    return readSummary(data, language);
  },
});

/**
 * An error as the interface words it, which a saved answer has without its status: of HyperSwitch until it went, then of MediaWiki's own.
 * https://www.mediawiki.org/wiki/HyperSwitch/errors, https://www.mediawiki.org/wiki/API:REST_API/Status_codes
 */
function restError(json: Record<string, unknown> | null): Reading<never> | null {
  const { type, httpCode, httpReason } = restProblem.parse(json ?? {});
  const [, problem] = /^https:\/\/mediawiki\.org\/wiki\/HyperSwitch\/errors\/([a-z_]+)/.exec(type ?? '') ?? [];
  const status = problem === undefined ? (httpReason === null ? null : httpCode) : (problems.get(problem) ?? 400);
  if (status === null) return null;
  const reason = `Wikipedia answers ${problem ?? status}`;
  if (status === 404) return { status: 'NOT_FOUND' };
  if (status === 429) return { status: 'BLOCKED', code: 'TOO_MANY_REQUESTS', reason };
  if (refusing.has(status)) return { status: 'BLOCKED', code: 'REFUSED', reason };
  if (status >= 500) return { status: 'UNAVAILABLE', reason };
  return { status: 'UNREADABLE', reason };
}

const restProblem = z.object({
  type: z.string().nullable().catch(null),
  httpCode: z.int().nullable().catch(null),
  httpReason: z.string().nullable().catch(null),
});

const problems: ReadonlyMap<string, number> = new Map([
  ['not_found', 404],
  ['rate_exceeded', 429],
  ['request_rate_exceeded', 429],
  ['access_denied', 403],
  ['forbidden', 403],
  ['server_error', 500],
  ['internal_error', 500],
]);

function readSummary(data: z.infer<typeof restSummary>, language: string): Reading<WikipediaSummary> {
  if (data.type === 'disambiguation') return { status: 'NOT_FOUND' };
  const url = wikipediaAddress(data.content_urls?.desktop.page);
  if (url !== null && languageOf(url) !== language)
    throw new UnknownLayoutError(`The answer is of another Wikipedia: ${url.href.slice(0, 200)}`);
  return found({
    pageTitle: data.title,
    language,
    wikidataId: wikidataIdIn(data.wikibase_item),
    description: tidy(data.description),
    summary: firstParagraph(data.extract),
    thumbnailUrl: pictureAddress(data.thumbnail?.source),
    url: url?.href ?? articleAddress(language, data.title),
  });
}
