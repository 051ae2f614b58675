import type { FactKind } from './fact-kind.ts';
import { imdb } from './imdb/imdb.ts';
import { justWatch } from './justwatch/justwatch.ts';
import { netflix, netflixTitlePages } from './netflix/netflix.ts';
import type { OfferKind } from './offer-kind.ts';
import type { Page } from './page.ts';
import { rottenTomatoes } from './rotten-tomatoes/rotten-tomatoes.ts';
import type { Source } from './source.ts';
import { wikidata } from './wikidata/wikidata.ts';
import { wikipedia } from './wikipedia/wikipedia.ts';

/** Every source, in the order in which people see them. A new one is a line here. */
export const sources: readonly Source[] = [
  imdb,
  wikidata,
  wikipedia,
  rottenTomatoes,
  netflix,
  netflixTitlePages,
  justWatch,
];

/** By the name that settings and the database have for each. */
export const sourceIds: readonly string[] = sources.map(({ id }) => id);

/** @throws {RangeError} where there is none of that id. */
export function sourceOf(id: string): Source {
  const source = sources.find((one) => one.id === id);
  if (source === undefined) throw new RangeError(`There is no source ${id}`);
  return source;
}

/** Every page that can be read, by a program or by hand. */
export const allPages: readonly Page<unknown>[] = sources.flatMap(({ pages }) => pages);

/** What a source offers for names that a catalogue does not know; what the first says of a work counts. */
export const offerKinds: readonly OfferKind<unknown>[] = sources.flatMap(({ offerKind }) => offerKind ?? []);

/** Every kind of facts that is read when it is asked for, those last that need others. */
export const factKinds: readonly FactKind<unknown>[] = sources
  .flatMap((source) => [...source.factKinds, ...(source.offerKind === undefined ? [] : [source.offerKind])])
  .sort((one, other) => Number(one.needsItem) - Number(other.needsItem));
