import type { ImdbTitlePage } from '@watchprint/engine';
import { z } from 'zod';
import { parsed, tidy } from '../html.ts';
import { found, type Page, type Reading, singlePage, UnknownLayoutError } from '../page.ts';
import { checkTitle, isImdbId } from './imdb-id.ts';
import { type ImdbListedTitle, listedTitle } from './listed-title.ts';
import { isSearchText } from './search-text.ts';
import { soft, softText } from './soft.ts';
import { titleFacts } from './title-facts.ts';
import { titleNode } from './title-node.ts';

const common = {
  source: 'imdb',
  policy: 'api',
  types: ['application/json', 'application/graphql-response+json'],
} as const;

/** Each answer says in `extensions.disclaimer` that public, commercial and other use that is not private is not allowed. */
const neverAsked = (): never => {
  throw new Error('IMDb’s GraphQL interface is never asked: its answers can only be read where somebody has them');
};

/**
 * A title from IMDb's GraphQL (https://caching.graphql.imdb.com, https://api.graphql.imdb.com), for answers that were saved. Since
 * August 2026 it turns away whoever names no client of IMDb's; we do not pretend to be one.
 */
export const imdbGraphqlTitle: Page<ImdbTitlePage> = singlePage({
  ...common,
  kind: 'graphql-title',
  keys: 'IMDb id (tt0133093)',
  isKey: isImdbId,
  request: neverAsked,
  recognises: (body) => dataIn(body, '"titleText"', titleData)?.title?.titleText?.text != null,
  read(answer, key) {
    const json = answeredIn(answer.body);
    const { data } = titleData.safeParse(json.data);
    if (data?.title == null) {
      const failure = failureIn(json);
      if (failure !== null) return failure;
      if (data?.title === null) return { status: 'NOT_FOUND' };
      throw new UnknownLayoutError('The answer has no title');
    }
    const name = tidy(data.title.titleText?.text);
    if (name === null) throw new UnknownLayoutError('The title has no name');
    // Queries of others do not ask for the id, which then is not in the answer.
    const imdbId = data.title.id ?? key;
    checkTitle(imdbId, key, answer.url);
    return found(titleFacts(imdbId, name, [data.title], null));
  },
});

/**
 * Titles that IMDb's GraphQL finds for a text, in its order, others that only resemble it among them. What was said of
 * `graphql-title` holds here too.
 */
export const imdbGraphqlSearch: Page<readonly ImdbListedTitle[]> = singlePage({
  ...common,
  kind: 'graphql-search',
  keys: 'a name (the matrix)',
  isKey: isSearchText,
  request: neverAsked,
  recognises: (body) => dataIn(body, '"mainSearch"', searchData) !== null,
  read(answer) {
    const json = answeredIn(answer.body);
    const edges = searchData.safeParse(json.data).data?.mainSearch.edges;
    const titles = edges?.flatMap((edge) => titleIn(edge) ?? []) ?? [];
    if (titles.length > 0) return found(titles);
    const failure = failureIn(json);
    if (failure !== null) return failure;
    if (edges?.every(isNoTitle)) return { status: 'NOT_FOUND' };
    throw new UnknownLayoutError('The results have neither ids nor names in a known place');
  },
});

const titleData = z.object({ title: titleNode.nullable() });
const searchData = z.object({ mainSearch: z.object({ edges: z.array(z.unknown()) }) });
const entityId = z.object({ node: z.object({ entity: z.object({ id: z.string() }) }) });
const searchEdge = z.object({ node: z.object({ entity: titleNode }) });

function titleIn(edge: unknown): ImdbListedTitle | null {
  const { data } = searchEdge.safeParse(edge);
  return data === undefined ? null : listedTitle(data.node.entity);
}

/** People are found too, whatever is asked for. */
function isNoTitle(edge: unknown): boolean {
  const id = entityId.safeParse(edge).data?.node.entity.id;
  return id !== undefined && !id.startsWith('tt');
}

const answered = z.object({
  data: z.unknown().optional(),
  errors: soft(z.array(soft(z.object({ message: softText, extensions: soft(z.object({ code: softText })) })))),
});
type Answered = z.output<typeof answered>;

function answeredIn(body: string): Answered {
  const { data } = answered.safeParse(parsed(body));
  if (data === undefined) throw new UnknownLayoutError('The answer is no JSON of GraphQL');
  return data;
}

const passing = /INTERNAL|TIMEOUT|TIMED_OUT|UNAVAILABLE|DOWNSTREAM|BAD_GATEWAY/i;
const refusing = /FORBIDDEN|UNAUTH|THROTTL|RATE_?LIMIT|TOO_MANY|DENIED/i;

/** Why nothing was found, where the answer says so: errors come with status 200. Null: it does not. */
function failureIn({ errors }: Answered): Reading<never> | null {
  if (errors == null || errors.length === 0) return null;
  const { message, extensions } = errors[0] ?? {};
  const what = extensions?.code ?? message ?? '';
  const reason = `${extensions?.code ?? ''} ${message ?? ''}`.trim().slice(0, 300) || 'it does not say which';
  if (refusing.test(what)) return { status: 'BLOCKED', reason };
  if (passing.test(what)) return { status: 'UNAVAILABLE', reason };
  throw new UnknownLayoutError(`The source answers with an error: ${reason}`);
}

function dataIn<Schema extends z.ZodType>(body: string, mark: string, schema: Schema): z.output<Schema> | null {
  if (!/^\s*\{\s*"(?:data|errors|extensions)"/.test(body) || !body.includes(mark)) return null;
  const json = answered.safeParse(parsed(body)).data;
  return schema.safeParse(json?.data).data ?? null;
}
