import { queryFromInfo } from '@pothos/plugin-prisma';
import { sharedTitleId, titlesByName } from '@watchprint/database';
import type { TitleKind as TitleKindName } from '@watchprint/database/prisma';
import { type CatalogueWork, catalogueKey, type NameKind, nameKeys, votersOf } from '@watchprint/engine';
import { requireName } from '../bad-input.ts';
import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize, placeOf } from './connection.ts';
import { imdbIdForm, uuid } from './public-id.ts';
import { storeFromCatalogue, Title, TitleKind } from './title.ts';

const TitleConnection = connectionOf('Title', Title);

/** How near a name comes to what is searched: the same, another name of it, one that only sounds or ends so. */
const nearness: Readonly<Record<NameKind, number>> = {
  PRIMARY: 0,
  ORIGINAL: 0,
  ALTERNATIVE: 1,
  NETFLIX: 1,
  HEAD: 2,
  SOUND: 3,
  OFFERED: 3,
  WORD: 3,
};
/** One that begins so, or one of whose words does: of these the best known is meant. */
const beginning = 2;
const containing = 4;

interface Found {
  readonly rank: number;
  /** The most voted first. */
  readonly votes: number;
  readonly id: string;
  /** Of the catalogue: it is stored when it is shown. */
  readonly work: CatalogueWork | null;
}

/** Titles of the account that are looked through, at most. */
const mostOwn = 500;

async function search(text: string, kind: TitleKindName | null, context: Context): Promise<Found[]> {
  const id = text.trim().toLowerCase();
  if (imdbIdForm.test(id)) return titlesOfId(id, kind, context);
  const [own, works] = await Promise.all([ownTitles(text, kind, context), catalogueWorks(text, kind, context)]);
  const best = new Map<string, Found>();
  for (const one of [...own, ...works]) {
    const before = best.get(one.id);
    if (before === undefined || one.rank < before.rank || (one.rank === before.rank && one.votes > before.votes))
      best.set(one.id, { ...one, work: one.work ?? before?.work ?? null });
  }
  return [...best.values()].sort(
    (one, other) =>
      one.rank - other.rank || other.votes - one.votes || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0),
  );
}

/** What is stored or in the catalogue under an id of IMDb. */
async function titlesOfId(imdbId: string, kind: TitleKindName | null, context: Context): Promise<Found[]> {
  const find = () => context.account.prisma.title.findFirst({ where: { imdbId }, select: { id: true, kind: true } });
  const stored = (await find()) ?? ((await storeFromCatalogue(imdbId, context)) ? await find() : null);
  if (stored === null || (kind !== null && stored.kind !== kind)) return [];
  return [{ rank: 0, votes: 0, id: stored.id, work: null }];
}

/** Those that were read from the account's strings; what they were joined to stands for them. */
async function ownTitles(text: string, kind: TitleKindName | null, { account }: Context): Promise<Found[]> {
  const key = catalogueKey(text);
  const titles = await titlesByName(account, text, kind, mostOwn);
  return titles.map(({ id, name }) => ({
    rank: catalogueKey(name) === key ? 0 : containing,
    votes: 0,
    id,
    work: null,
  }));
}

/** Films and series of the catalogue that are called so, or whose names begin so. */
async function catalogueWorks(text: string, kind: TitleKindName | null, { catalogues }: Context): Promise<Found[]> {
  if (catalogueKey(text) === '') return [];
  const [named, begun] = await catalogues.use(async (catalogue) => [
    await catalogue?.find(nameKeys(text)),
    (await catalogue?.search(text)) ?? [],
  ]);
  const found = [
    ...[...(named?.values() ?? [])].flat().map(({ work, nameKind }) => ({ rank: nearness[nameKind], work })),
    ...begun.map((work) => ({ rank: beginning, work })),
  ];
  return found.flatMap(({ rank, work }) =>
    kind !== null && work.kind !== kind ? [] : { rank, votes: votersOf(work), id: sharedTitleId(work.id), work },
  );
}

/** Has what is shown stored: an id that answers has a row. */
async function store(shown: readonly Found[], { loaders }: Context): Promise<void> {
  const asked = shown.flatMap(({ work }) => (work === null ? [] : { work, query: { select: { id: true } } }));
  const failed = (await loaders.sharedTitle.loadMany(asked)).find((one) => one instanceof Error);
  if (failed !== undefined) throw failed;
}

type Place = readonly [rank: number, votes: number, id: string];

const isPlace = (place: unknown): place is Place =>
  Array.isArray(place) &&
  place.length === 3 &&
  Number.isInteger(place[0]) &&
  Number.isInteger(place[1]) &&
  typeof place[2] === 'string' &&
  uuid.test(place[2]);

const isBehind = ({ rank, votes, id }: Found, [lastRank, lastVotes, lastId]: Place) =>
  rank > lastRank || (rank === lastRank && (votes < lastVotes || (votes === lastVotes && id > lastId)));

builder.queryField('titles', (t) =>
  t.field({
    type: TitleConnection,
    description: `Titles by name, best first: films and series of the catalogue that are called so anywhere, then those whose names, or a word of
them, begin so, the best known first, then what only sounds so, and titles that were read from the account’s own strings, whose names may only
contain it. A beginning of very many names finds the best known alone. An id of IMDb finds what has it.`,
    args: {
      search: t.arg.string({ required: true }),
      kind: t.arg({ type: TitleKind }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    resolve: async (_root, { search: text, kind, first, after }, context, info) => {
      const size = pageSize(first);
      const last = after == null ? null : placeOf(after, isPlace);
      const all = await search(requireName(text, 'search'), kind ?? null, context);
      const behind = last === null ? all : all.filter((found) => isBehind(found, last));
      const shown = behind.slice(0, size);
      await store(shown, context);
      const titles = await context.account.prisma.title.findMany({
        ...queryFromInfo({ context, info, typeName: 'Title', paths: [['nodes'], ['edges', 'node']] }),
        where: { id: { in: shown.map(({ id }) => id) } },
      });
      const byId = new Map(titles.map((title) => [title.id, title]));
      const page = pageOf(
        shown.filter(({ id }) => byId.has(id)),
        behind.length > size,
        after,
        ({ rank, votes, id }) => [rank, votes, id],
        async () => all.length,
      );
      return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: byId.get(node.id) })) } as never;
    },
  }),
);
