import { queryFromInfo } from '@pothos/plugin-prisma';
import { sharedTitleId, titlesByName } from '@watchprint/database';
import type { TitleKind as TitleKindName } from '@watchprint/database/prisma';
import { catalogueKey, type FoundWork, type NameKind, soundKey } from '@watchprint/engine';
import { requireName } from '../bad-input.ts';
import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize, placeOf } from './connection.ts';
import { uuid } from './public-id.ts';
import { Title, TitleKind } from './title.ts';

const TitleConnection = connectionOf('Title', Title);

/** How near a name comes to what is searched: the same, another name of it, one that only begins or sounds so, one that contains it. */
const nearness: Readonly<Record<NameKind, number>> = {
  PRIMARY: 0,
  ORIGINAL: 0,
  ALTERNATIVE: 1,
  NETFLIX: 1,
  HEAD: 2,
  SOUND: 3,
  WORD: 3,
};
const containing = 4;

interface Found {
  readonly rank: number;
  /** The most voted first. */
  readonly votes: number;
  readonly id: string;
}

/** Titles of the account that are looked through, at most. */
const mostOwn = 500;

async function search(text: string, kind: TitleKindName | null, context: Context): Promise<Found[]> {
  const [own, works] = await Promise.all([ownTitles(text, kind, context), catalogueWorks(text, kind, context)]);
  const asked = works.map(({ work }) => ({ work, query: { select: { id: true } } }));
  const stored = await context.loaders.sharedTitle.loadMany(asked);
  const failed = stored.find((one) => one instanceof Error);
  if (failed !== undefined) throw failed;
  const found = works.map(({ nameKind, work }) => ({
    rank: nearness[nameKind],
    votes: work.voteCount,
    id: sharedTitleId(work.id),
  }));
  const best = new Map<string, Found>();
  for (const one of [...own, ...found]) {
    const before = best.get(one.id);
    if (before === undefined || one.rank < before.rank || (one.rank === before.rank && one.votes > before.votes))
      best.set(one.id, one);
  }
  return [...best.values()].sort(
    (one, other) =>
      one.rank - other.rank || other.votes - one.votes || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0),
  );
}

/** Those that were read from the account's strings; what they were joined to stands for them. */
async function ownTitles(text: string, kind: TitleKindName | null, { account }: Context): Promise<Found[]> {
  const key = catalogueKey(text);
  const titles = await titlesByName(account, text, kind, mostOwn);
  return titles.map(({ id, name }) => ({ rank: catalogueKey(name) === key ? 0 : containing, votes: 0, id }));
}

/** Films and series of the catalogue by their names; each once, by the name that comes nearest. */
async function catalogueWorks(text: string, kind: TitleKindName | null, { catalogues }: Context): Promise<FoundWork[]> {
  const key = catalogueKey(text);
  if (key === '') return [];
  const sounds = soundKey(text);
  const found = await catalogues.use(async (catalogue) => catalogue?.find(sounds === null ? [key] : [key, sounds]));
  const nearest = new Map<string, FoundWork>();
  for (const one of [...(found?.values() ?? [])].flat()) {
    if (kind !== null && one.work.kind !== kind) continue;
    const before = nearest.get(one.work.id);
    if (before === undefined || nearness[one.nameKind] < nearness[before.nameKind]) nearest.set(one.work.id, one);
  }
  return [...nearest.values()];
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
    description: `Titles by name, best first: films and series of the catalogue that are called so anywhere, or nearly so, and titles that were
read from the account’s own strings, whose names may only contain it.`,
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
