import { z } from 'zod';
import { type Answer, found, type PageRequest, type Reading, UnknownLayoutError } from '../page.ts';
import { jsonObject, readAction } from '../wikipedia/mediawiki-error.ts';
import { actionRequest } from '../wikipedia/mediawiki-request.ts';
import { type Claims, isItemId } from './wikidata-claims.ts';

const record = z.record(z.string(), z.unknown());
/** PHP writes an empty object as an empty list. */
const emptyList = z.array(z.never()).transform((): Record<string, unknown> => ({}));

const entity = z.object({
  id: z.string().refine(isItemId),
  claims: z.union([record, emptyList]),
  labels: record.catch({}),
  sitelinks: record.catch({}),
});
/** An item as it is asked for: without statements it would seem to have no ids. */
export interface Entity extends z.infer<typeof entity> {
  readonly claims: Claims;
}

/** Statements come whole: those of a country are more than a megabyte. MediaWiki itself stops at eight, without its punctuation. */
export const entitiesMaxBytes = 32 * 1024 ** 2;

const redirect = z.object({ redirects: z.object({ from: z.string(), to: z.string() }), id: z.string() });
const entities = z.object({ entities: record });
const noSuchEntity = z.object({ error: z.object({ code: z.literal('no-such-entity'), id: z.string() }) });

// Without maxlag, which Wikidata also raises while its query service is behind: that is for who edits, and may take hours.
export const entitiesRequest = (keys: readonly string[], origin: string, props: string): PageRequest =>
  actionRequest(origin, {
    action: 'wbgetentities',
    ids: keys.join('|'),
    props,
    languages: 'en',
    languagefallback: '1',
  });

/** Those of an answer that are whole, whatever they are of. */
export function entitiesIn(body: string): Entity[] {
  const all = entities.safeParse(jsonObject(body)).data?.entities ?? {};
  return Object.values(all).flatMap((value) => entity.safeParse(value).data ?? []);
}

/** Reads `wbgetentities` and `Special:EntityData`, which have one shape. */
export function readEntities<Facts>(
  answer: Answer,
  keys: readonly string[],
  facts: (entity: Entity) => Facts,
): ReadonlyMap<string, Reading<Facts>> {
  // One id that it cannot take fails the request for all; the others were not answered.
  const refused = noSuchEntity.safeParse(jsonObject(answer.body)).data?.error.id;
  if (refused !== undefined && keys.includes(refused)) return new Map([[refused, { status: 'NOT_FOUND' }]]);
  return readAction(answer, keys, (json) => {
    const { success, data } = entities.safeParse(json);
    if (!success) throw new UnknownLayoutError('The answer has no entities');
    const readings = keys.flatMap((key): [string, Reading<Facts>][] => {
      const value = entityFor(key, data.entities);
      return value === undefined ? [] : [[key, readEntity(value, key, facts)]];
    });
    if (readings.length === 0) throw new UnknownLayoutError('The answer has none of the asked items');
    return new Map(readings);
  });
}

/** A redirected id stands under itself or under the new one. */
function entityFor(key: string, all: Record<string, unknown>): unknown {
  return Object.hasOwn(all, key) ? all[key] : Object.values(all).find((value) => isRedirected(value, key));
}

function isRedirected(value: unknown, key: string): boolean {
  const { redirects, id } = redirect.safeParse(value).data ?? {};
  return redirects?.from === key && redirects.to === id;
}

function readEntity<Facts>(value: unknown, key: string, facts: (entity: Entity) => Facts): Reading<Facts> {
  const { missing } = z.object({ missing: z.unknown().optional() }).safeParse(value).data ?? {};
  if (missing !== undefined && missing !== false) return { status: 'NOT_FOUND' };
  const { success, data } = entity.safeParse(value);
  if (!success) return { status: 'UNREADABLE', reason: 'The item has no id or no statements' };
  if (data.id !== key && !isRedirected(value, key))
    return { status: 'UNREADABLE', reason: `The item is another one: ${data.id}` };
  return found(facts(data));
}
