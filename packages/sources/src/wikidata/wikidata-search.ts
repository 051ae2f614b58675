import { z } from 'zod';
import { tidy } from '../html.ts';
import { found, type Reading, singlePage, UnknownLayoutError } from '../page.ts';
import { partsOf, queryKey } from '../wikipedia/language-key.ts';
import { actionJson, jsonObject, mediawikiError } from '../wikipedia/mediawiki-error.ts';
import { actionRequest } from '../wikipedia/mediawiki-request.ts';
import { isItemId } from './wikidata-claims.ts';

/** An item that may be meant by a name: what it is has to be looked up. */
export interface WikidataCandidate {
  /** `Q83495`. */
  readonly wikidataId: string;
  readonly label: string | null;
  /** `1999 film by the Wachowskis` */
  readonly description: string | null;
  /** The label or other name that the text was found in. */
  readonly matchedName: string | null;
}

const text = z.string().nullish().catch(null);
const matched = z.object({ text }).nullish().catch(null);
const searched = z.object({
  searchinfo: z.object({ search: z.string() }),
  search: z.array(z.object({ id: z.string(), label: text, description: text, match: matched })),
});

/**
 * Items whose label or other name begins with a text, best first.
 * Policy: https://www.wikidata.org/wiki/Wikidata:Data_access and https://www.mediawiki.org/wiki/API:Etiquette
 */
export const wikidataSearch = singlePage<readonly WikidataCandidate[]>({
  source: 'wikidata',
  kind: 'search',
  keys: 'language and name (en:The Matrix)',
  isKey: (key) => queryKey(key) !== null,
  policy: 'api',
  types: ['application/json'],
  request(key, origin) {
    const { language, text: name } = partsOf(key, queryKey);
    return actionRequest(origin, {
      action: 'wbsearchentities',
      search: name,
      language,
      uselang: language,
      type: 'item',
      limit: '20',
    });
  },
  recognises: (body) => searched.safeParse(jsonObject(body)).success,
  read(answer, key) {
    const json = actionJson(answer);
    return mediawikiError(json, answer.headers) ?? readCandidates(json, partsOf(key, queryKey).text);
  },
});

function readCandidates(json: unknown, asked: string): Reading<readonly WikidataCandidate[]> {
  const { success, data } = searched.safeParse(json);
  if (!success) throw new UnknownLayoutError('The answer has no list of items');
  if (comparable(data.searchinfo.search) !== comparable(asked))
    throw new UnknownLayoutError(`The answer is to another search: ${data.searchinfo.search.slice(0, 100)}`);
  const candidates = data.search
    .filter(({ id }) => isItemId(id))
    .map(({ id, label, description, match }) => ({
      wikidataId: id,
      label: tidy(label),
      description: tidy(description),
      matchedName: tidy(match?.text),
    }));
  return candidates.length === 0 ? { status: 'NOT_FOUND' } : found(candidates);
}

const comparable = (name: string): string | null => tidy(name.normalize('NFC'));
