import { type EnrichmentRow, itemSubjectOf, type Sql } from '@watchprint/database';
import type { WikidataItem } from '@watchprint/engine';
import { factsIn } from './facts-in.ts';

/** An id of a title elsewhere. */
export type OtherId =
  | { readonly property: 'wikidataId'; readonly id: string }
  | { readonly property: 'rottenTomatoesId'; readonly id: string }
  | { readonly property: 'netflixId'; readonly id: string };

const forms: Readonly<Record<OtherId['property'], { readonly form: RegExp; readonly keyOf: (id: string) => string }>> =
  {
    wikidataId: { form: /^Q[1-9]\d{0,11}$/, keyOf: (id) => id },
    rottenTomatoesId: { form: /^(m|tv)\/[A-Za-z0-9_-]{1,200}$/, keyOf: (id) => `P1258=${id}` },
    netflixId: { form: /^[1-9]\d{4,11}$/, keyOf: (id) => `P1874=${id}` },
  };

/**
 * The IMDb id of what Wikidata says has this id: from what is known, else Wikidata is asked. Null: nobody knows, or not yet.
 * @param lookUp Asks Wikidata for an item by one of its ids: `P1874=80057281`, `Q83495`.
 */
export async function imdbIdOf(
  sql: Sql,
  lookUp: (key: string) => Promise<EnrichmentRow | null>,
  { property, id }: OtherId,
): Promise<string | null> {
  const { form, keyOf } = forms[property];
  if (!form.test(id)) return null;
  const known = await itemSubjectOf(sql, property, id);
  if (known !== null) return known;
  return factsIn<WikidataItem>(await lookUp(keyOf(id)))?.imdbId ?? null;
}
