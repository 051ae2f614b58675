import { queryFromInfo } from '@pothos/plugin-prisma';
import { countMatches, type MatchPlace, matchPage } from '@watchprint/database';
import type { KeptCandidate } from '../matching/match-groups.ts';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize, placeOf } from './connection.ts';
import { findsNode, Node } from './node.ts';
import { Profile } from './profile-ref.ts';
import { publicId, uuid } from './public-id.ts';
import { Title } from './title.ts';

export const MatchStatus = builder.enumType('MatchStatus', {
  values: {
    READ: { description: 'Read as a film or an episode from the string alone; no catalogue asked yet.' },
    MATCHED: { description: 'Joined to a title of the catalogue by the matcher.' },
    AMBIGUOUS: { description: 'Too close to call: left for a person.' },
    UNMATCHED: { description: 'Nothing in the catalogue fits.' },
    CORRECTED: { description: 'Settled by a person.' },
  } as const,
});

const MatchCandidate = builder.objectRef<KeptCandidate>('MatchCandidate').implement({
  description: 'A film or series that a string may mean.',
  fields: (t) => ({
    title: t.field({
      type: Title,
      description: 'Its id is one to correct a match with.',
      resolve: ({ work }, _args, context, info) =>
        context.loaders.sharedTitle.load({
          work,
          query: queryFromInfo({ context, info, typeName: 'Title' }),
        }) as never,
    }),
    confidence: t.exposeFloat('confidence', {
      description: '0 to 1; those of a string, and that it is none of them, add up to 1.',
    }),
    evidence: t.stringList({
      description: 'What speaks for and against it, in words a person can check.',
      resolve: ({ evidence }) => [...evidence],
    }),
  }),
});

/** What shows a string's title: Netflix's label of the season is the string's, whatever title of the catalogue it is joined to. */
export const shownTitle = (nestedSelection: (selection: true) => unknown) => ({
  shownTitle: nestedSelection(true),
  title: { select: { netflixLabel: true } },
});

export function withNetflixLabel(match: object): never {
  const { shownTitle: shown, title } = match as {
    shownTitle: { netflixLabel?: string | null } | null;
    title: { netflixLabel: string | null } | null;
  };
  return (shown && { ...shown, netflixLabel: shown.netflixLabel ?? title?.netflixLabel ?? null }) as never;
}

const linesOf = (text: string | null): string[] => (text === null || text === '' ? [] : text.split('\n'));

export const Match = builder.prismaObject('Match', {
  interfaces: [Node],
  select: { id: true },
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => publicId('Match', id) }),
    rawTitle: t.exposeString('rawTitle'),
    status: t.expose('status', { type: MatchStatus }),
    title: t.field({
      type: Title,
      nullable: true,
      description:
        'The catalogue’s where one was accepted, else as it was read. An episode that the catalogue lacks is as it was read, of the catalogue’s series.',
      select: (_args, _context, nestedSelection) => shownTitle(nestedSelection as never) as never,
      resolve: withNetflixLabel,
    }),
    confidence: t.float({
      nullable: true,
      description: '0 to 1. Null when nothing was accepted.',
      select: { status: true, catalogueTitleId: true, confidence: true },
      resolve: ({ catalogueTitleId, confidence }) => (catalogueTitleId === null ? null : confidence),
    }),
    evidence: t.stringList({
      description: 'What spoke for it, in words a person can check.',
      select: { status: true, evidence: true, matchEvidence: true },
      resolve: ({ status, evidence, matchEvidence }) => linesOf(status === 'READ' ? evidence : matchEvidence),
    }),
    candidates: t.field({
      type: [MatchCandidate],
      description: 'Best first; none where the catalogue has nothing like it, or was not asked.',
      select: { candidates: true },
      resolve: ({ candidates }) => (candidates ?? []) as unknown as KeptCandidate[],
    }),
    viewingCount: t.int({
      description: 'In all of the account’s profiles.',
      resolve: ({ id }, _args, { loaders }) => loaders.viewingCount.load(id),
    }),
  }),
});

findsNode('Match', async (id, context, info) => {
  const match = await context.account.prisma.match.findFirst({
    ...queryFromInfo({ context, info, typeName: 'Match' }),
    where: { id },
  });
  return match && { ...match, __typename: 'Match' };
});

const MatchConnection = connectionOf('Match', Match);

type Place = readonly [viewings: number, beginning: string, id: string];

const isPlace = (place: unknown): place is Place =>
  Array.isArray(place) &&
  place.length === 3 &&
  Number.isInteger(place[0]) &&
  Math.abs(place[0]) < 2 ** 31 &&
  typeof place[1] === 'string' &&
  !/[\0\p{Cs}]/u.test(place[1]) &&
  typeof place[2] === 'string' &&
  uuid.test(place[2]);

function beyond(after: string | null | undefined): MatchPlace | null {
  if (after === null || after === undefined) return null;
  const [viewings, beginning, id] = placeOf(after, isPlace);
  return { viewings, beginning, id };
}

builder.prismaObjectField(Profile, 'matches', (t) =>
  t.field({
    type: MatchConnection,
    description: 'Netflix strings and what each was taken for; those that affect most of the profile’s viewings first.',
    args: { status: t.arg({ type: MatchStatus }), first: t.arg.int(), after: t.arg.string() },
    resolve: async ({ id: profileId }, args, context, info) => {
      const size = pageSize(args.first);
      const { account } = context;
      const status = args.status ?? null;
      const places = await matchPage(account, profileId, status, beyond(args.after), size + 1);
      const shown = places.slice(0, size);
      const rows = await account.prisma.match.findMany({
        ...queryFromInfo({ context, info, typeName: 'Match', paths: [['nodes'], ['edges', 'node']] }),
        where: { id: { in: shown.map(({ id }) => id) } },
      });
      const byId = new Map(rows.map((row) => [row.id, row]));
      // Rows that went between the two statements are left out.
      const found = shown.flatMap((place) => {
        const row = byId.get(place.id);
        return row === undefined ? [] : [{ place, row }];
      });
      const page = pageOf(
        found,
        places.length > size,
        args.after,
        ({ place }) => [place.viewings, place.beginning, place.id],
        () => countMatches(account, profileId, status),
      );
      return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.row })) } as never;
    },
  }),
);
