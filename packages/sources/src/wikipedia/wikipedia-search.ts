import { z } from 'zod';
import { decodeEntities, tidy } from '../html.ts';
import { found, type Reading, singlePage, UnknownLayoutError } from '../page.ts';
import { partsOf, queryKey } from './language-key.ts';
import { actionJson, jsonObject, mediawikiError } from './mediawiki-error.ts';
import { actionRequest } from './mediawiki-request.ts';

/** Articles that a search of one Wikipedia brought, best first. */
export interface WikipediaSearch {
  /** Of all hits, of which these are the first; null where the answer does not say. */
  readonly total: number | null;
  /** Another spelling that the search offers. */
  readonly suggestion: string | null;
  readonly hits: readonly {
    readonly pageTitle: string;
    readonly pageId: number | null;
    /** Plain text around what was found. */
    readonly snippet: string | null;
  }[];
}

const text = z.string().nullish().catch(null);
const count = z.number().int().nonnegative().nullish().catch(null);

const searched = z.object({
  query: z.object({
    search: z.array(z.object({ title: z.string(), pageid: count, snippet: text })),
    searchinfo: z.object({ totalhits: count, suggestion: text }).nullish().catch(null),
  }),
});

/**
 * A full-text search of one Wikipedia, by the action API. Its answer does not say what was searched for.
 * Policy: https://www.mediawiki.org/wiki/API:Etiquette and https://www.mediawiki.org/wiki/Wikimedia_APIs/Access_policy
 */
export const wikipediaSearch = singlePage<WikipediaSearch>({
  source: 'wikipedia',
  kind: 'search',
  keys: 'language and words (en:the matrix film)',
  isKey: (key) => queryKey(key) !== null,
  policy: 'api',
  types: ['application/json'],
  request: (key, origin) =>
    actionRequest(origin, {
      action: 'query',
      list: 'search',
      srsearch: partsOf(key, queryKey).text,
      srnamespace: '0',
      srlimit: '10',
      srprop: 'snippet',
      srinfo: 'totalhits|suggestion',
    }),
  recognises(body) {
    const hits = searched.safeParse(jsonObject(body)).data?.query.search;
    // Wikidata's own search has the same shape, with its items as titles.
    return hits !== undefined && !hits.some(({ title }) => /^Q\d+$/.test(title));
  },
  read(answer) {
    const json = actionJson(answer);
    return mediawikiError(json, answer.headers) ?? readSearch(json);
  },
});

function readSearch(json: unknown): Reading<WikipediaSearch> {
  const { success, data } = searched.safeParse(json);
  if (!success) throw new UnknownLayoutError('The answer has no list of hits');
  const { search, searchinfo } = data.query;
  const suggestion = tidy(searchinfo?.suggestion);
  if (search.length === 0 && suggestion === null) return { status: 'NOT_FOUND' };
  return found({
    total: searchinfo?.totalhits ?? null,
    suggestion,
    hits: search.map(({ title, pageid, snippet }) => ({
      pageTitle: title,
      pageId: pageid ?? null,
      snippet: snippet ? tidy(decodeEntities(snippet.replace(/<[^<>]*>/g, ''))) : null,
    })),
  });
}
