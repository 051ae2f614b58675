import type { OfferedWork } from '../../enrich/source-facts.ts';
import type { Catalogue, CatalogueWork, FoundWork } from './catalogue.ts';
import { catalogueKey } from './names/catalogue-key.ts';

/** What sources offered for names, by what they were asked for; of works that two offer, the first says what they are. */
export type Offers = ReadonlyMap<string, readonly OfferedWork[]>;

/** Knows nothing: for strings that are matched with what sources offer alone. */
export const emptyCatalogue: Catalogue = {
  version: 'empty',
  find: async () => new Map(),
  episodes: async () => new Map(),
  seriesWithEpisode: async () => new Map(),
  works: async () => new Map(),
  listed: async () => new Map(),
};

/**
 * The catalogue, which then also finds what sources offer, by the names that they have for it. What is offered for a name and not called so is
 * only `OFFERED`. Where the catalogue has a work itself, its own word counts: it knows how many people rated it, and its episodes.
 * @param others Works that a person named, and neither has to be called like anything nor be in the catalogue.
 */
export function withOffers(catalogue: Catalogue, offers: Offers, others: readonly CatalogueWork[] = []): Catalogue {
  const offered = new Map<string, CatalogueWork>();
  for (const one of [...offers.values()].flat())
    if (!offered.has(one.imdbId)) offered.set(one.imdbId, offeredWork(one));
  const named = new Map(others.map((work) => [work.id, work]));
  let filed: Promise<ReadonlyMap<string, readonly FoundWork[]>> | null = null;

  async function fileOffers(): Promise<ReadonlyMap<string, readonly FoundWork[]>> {
    const own = await catalogue.works([...offered.keys()]);
    const byKey = new Map<string, FoundWork[]>();
    for (const [asked, works] of offers) {
      const askedKey = catalogueKey(asked);
      for (const { imdbId, name, otherName } of works) {
        const work = own.get(imdbId) ?? (offered.get(imdbId) as CatalogueWork);
        const names = [
          { name, nameKind: 'PRIMARY' as const },
          ...(otherName === null ? [] : [{ name: otherName, nameKind: 'ALTERNATIVE' as const }]),
        ];
        for (const one of names) file(byKey, catalogueKey(one.name), { work, ...one });
        if (!names.some((one) => catalogueKey(one.name) === askedKey))
          file(byKey, askedKey, { work, name, nameKind: 'OFFERED' });
      }
    }
    return byKey;
  }

  return {
    ...catalogue,
    async find(keys) {
      const found = new Map(await catalogue.find(keys));
      if (offers.size === 0) return found;
      filed ??= fileOffers();
      const byKey = await filed;
      for (const key of keys) {
        const more = byKey.get(key);
        if (more === undefined) continue;
        const own = found.get(key) ?? [];
        const isNew = (one: FoundWork) =>
          !own.some(({ work, nameKind }) => work.id === one.work.id && nameKind !== 'HEAD');
        found.set(key, [...own, ...more.filter(isNew)]);
      }
      return found;
    },
    async works(ids) {
      const found = new Map(await catalogue.works(ids));
      for (const id of ids) {
        const work = found.get(id) ?? offered.get(id) ?? named.get(id);
        if (work !== undefined) found.set(id, work);
      }
      return found;
    },
  };
}

function file(byKey: Map<string, FoundWork[]>, key: string, found: FoundWork): void {
  const same = byKey.get(key) ?? [];
  byKey.set(key, same);
  const before = same.findIndex(({ work }) => work.id === found.work.id);
  if (before < 0) same.push(found);
  else if (isSurer(found, same[before] as FoundWork)) same[before] = found;
}

const order = { PRIMARY: 0, ALTERNATIVE: 1, OFFERED: 2 } as const;
const placeIn = ({ nameKind }: FoundWork) => order[nameKind as keyof typeof order];
const isSurer = (one: FoundWork, other: FoundWork) => placeIn(one) < placeIn(other);

/** A work that no catalogue knows. */
export const offeredWork = ({
  imdbId,
  kind,
  minor,
  name,
  year,
  endYear,
  runtimeMinutes,
}: OfferedWork): CatalogueWork => ({
  id: imdbId,
  kind,
  minor,
  name,
  year,
  endYear,
  registeredYear: null,
  runtimeMinutes,
  voteCount: null,
});
