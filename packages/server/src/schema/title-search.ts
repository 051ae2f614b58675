import type { Title as StoredTitle } from '@watchprint/database/prisma';
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
  readonly title: StoredTitle;
}

/** Titles of the account that are looked through, at most. */
const mostOwn = 500;

async function search(text: string, kind: StoredTitle['kind'] | null, context: Context): Promise<Found[]> {
  const [own, works] = await Promise.all([ownTitles(text, kind, context), catalogueWorks(text, kind, context)]);
  const titles = await context.loaders.sharedTitle.loadMany(works.map(({ work }) => work));
  const found = works.flatMap(({ nameKind, work }, index): Found[] => {
    const title = titles[index];
    if (title === undefined || title instanceof Error) throw title ?? new Error('A title was not loaded');
    return [{ rank: nearness[nameKind], votes: work.voteCount, title }];
  });
  return [...own, ...found].sort(
    (one, other) =>
      one.rank - other.rank ||
      other.votes - one.votes ||
      (one.title.id < other.title.id ? -1 : one.title.id > other.title.id ? 1 : 0),
  );
}

/** Those that were read from the account's strings; what they were joined to stands for them. */
async function ownTitles(text: string, kind: StoredTitle['kind'] | null, { account }: Context): Promise<Found[]> {
  const key = catalogueKey(text);
  const titles = await account.prisma.title.findMany({
    where: {
      accountId: account.accountId,
      joinedToId: null,
      name: { contains: text.replaceAll(/[\\%_]/g, '\\$&'), mode: 'insensitive' },
      ...(kind === null ? {} : { kind }),
    },
    orderBy: { id: 'asc' },
    take: mostOwn,
  });
  return titles.map((title) => ({ rank: catalogueKey(title.name) === key ? 0 : containing, votes: 0, title }));
}

/** Films and series of the catalogue by their names; each once, by the name that comes nearest. */
async function catalogueWorks(
  text: string,
  kind: StoredTitle['kind'] | null,
  { catalogues }: Context,
): Promise<FoundWork[]> {
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

const isBehind = ({ rank, votes, title }: Found, [lastRank, lastVotes, lastId]: Place) =>
  rank > lastRank || (rank === lastRank && (votes < lastVotes || (votes === lastVotes && title.id > lastId)));

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
    resolve: async (_root, { search: text, kind, first, after }, context) => {
      const size = pageSize(first);
      const last = after == null ? null : placeOf(after, isPlace);
      const all = await search(requireName(text, 'search'), kind ?? null, context);
      const behind = last === null ? all : all.filter((found) => isBehind(found, last));
      const page = pageOf(
        behind.slice(0, size),
        behind.length > size,
        after,
        ({ rank, votes, title }) => [rank, votes, title.id],
        async () => all.length,
      );
      return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.title })) };
    },
  }),
);
