import { seasonPosition } from '../../read/group-evidence.ts';
import { cleanTitle, readStructure } from '../../read/title-structure.ts';
import type { Catalogue, CatalogueWork, FoundWork } from '../catalogue.ts';
import { catalogueKey, differInArticle } from '../names/catalogue-key.ts';

/** What Netflix calls a work in one list: in English, and at home. */
export interface NetflixTitle {
  /** "The Glory: Season 1". */
  readonly title: string;
  /** "더 글로리: 시즌 1"; null where there is no other. */
  readonly originalTitle: string | null;
}

/** Another name of a work. */
interface OtherName {
  readonly name: string;
  /** Null where the list does not say, and the name is not one of a season. */
  readonly kind: CatalogueWork['kind'] | null;
}

/** Names of one work, by the catalogue's key of any of them. */
export type NetflixNames = ReadonlyMap<string, readonly OtherName[]>;

/** How often two shorter names must go together before they are taken for one work's: a season's name is cut off both. */
const PAIRS_NEEDED = 2;

/** Reads Netflix's own lists for names that mean one work: "La casa de papel" is "Money Heist". */
export function readNetflixNames(titles: Iterable<NetflixTitle>): NetflixNames {
  const pairs: (readonly [ListedName, ListedName])[] = [];
  for (const { title, originalTitle } of titles)
    if (originalTitle !== null) pairs.push([nameIn(title), nameIn(originalTitle)]);
  return joinNames(pairs);
}

/** @param pairs Lists have one again and again: it counts once. */
export function joinNames(pairs: Iterable<readonly [ListedName, ListedName]>): NetflixNames {
  const names = new Map<string, Map<string, OtherName>>();
  const join = (one: string, other: string, isSeries: boolean) => {
    const key = catalogueKey(one);
    if (key === catalogueKey(other)) return;
    const kind = isSeries ? 'SERIES' : null;
    names.set(key, (names.get(key) ?? new Map()).set(`${other}\n${kind}`, { name: other, kind }));
  };
  const heads = new Map<string, { one: string; other: string; count: number }>();
  const seen = new Set<string>();
  for (const [one, other] of pairs) {
    const pairOfNames = `${one.name}\n${other.name}`;
    const isSeries = one.isSeries || other.isSeries;
    join(one.name, other.name, isSeries);
    join(other.name, one.name, isSeries);
    if (isSeries || seen.has(pairOfNames)) continue;
    seen.add(pairOfNames);
    const [head, otherHead] = [withoutLast(one.name), withoutLast(other.name)];
    if (head === null || otherHead === null) continue;
    const pair = `${catalogueKey(head)}\n${catalogueKey(otherHead)}`;
    const known = heads.get(pair);
    if (known) known.count += 1;
    else heads.set(pair, { one: head, other: otherHead, count: 1 });
  }
  for (const { one, other, count } of heads.values()) {
    if (count < PAIRS_NEEDED) continue;
    join(one, other, false);
    join(other, one, false);
  }
  return new Map([...names].map(([key, others]) => [key, [...others.values()]]));
}

/** What stands before the season of a title in a list. */
export interface ListedName {
  readonly name: string;
  readonly isSeries: boolean;
  /** Whether it is a first season, or the only one. */
  readonly isFirst: boolean;
}

/** @param kind What the list says that it is; a film's name is all of it: "Dune: Part Two". */
export function nameIn(title: string, kind: CatalogueWork['kind'] | null = null): ListedName {
  const structure = readStructure(cleanTitle(title));
  const { segments, markers } = structure;
  const last = segments.length - 1;
  const marked = seasonPosition(structure);
  const season = marked > 0 ? marked : markers[last] != null && last > 0 ? last : 0;
  if (season === 0 || kind === 'MOVIE')
    return { name: structure.name, isSeries: kind === 'SERIES', isFirst: season === 0 };
  const number = markers[season]?.number ?? null;
  return { name: segments.slice(0, season).join(': '), isSeries: true, isFirst: number === null || number === 1 };
}

function withoutLast(name: string): string | null {
  const at = name.lastIndexOf(': ');
  return at > 0 ? name.slice(0, at) : null;
}

/** The catalogue, which then also finds works by the names that Netflix's lists join with theirs. */
export function withNetflixNames(catalogue: Catalogue, names: NetflixNames): Catalogue {
  return {
    ...catalogue,
    async find(keys) {
      const others = keys.flatMap((key) =>
        (names.get(key) ?? []).map(({ name, kind }) => ({ key, name, kind, other: catalogueKey(name) })),
      );
      const found = await catalogue.find([...new Set([...keys, ...others.map(({ other }) => other)])]);
      const wanted = new Map<string, FoundWork[]>();
      for (const key of keys) {
        const own = found.get(key);
        if (own) wanted.set(key, [...own]);
      }
      for (const { key, name, kind, other } of others) {
        const of = wanted.get(key) ?? [];
        const isMeant = (one: FoundWork) =>
          one.nameKind !== 'HEAD' &&
          one.nameKind !== 'SOUND' &&
          (kind === null || kind === one.work.kind) &&
          // Of a series its episodes tell more than an article.
          (one.work.kind === 'SERIES' || !differInArticle(name, one.name));
        for (const one of found.get(other) ?? [])
          if (isMeant(one) && !of.some(({ work }) => work.id === one.work.id))
            of.push({ ...one, nameKind: 'NETFLIX', name, isAlternative: one.nameKind === 'ALTERNATIVE' });
        if (of.length > 0) wanted.set(key, of);
      }
      return wanted;
    },
  };
}
