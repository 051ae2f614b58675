import { queryFromInfo } from '@pothos/plugin-prisma';
import { builder } from './builder.ts';
import { findsNode, Node } from './node.ts';
import { publicId } from './public-id.ts';
import { Title } from './title.ts';

const MatchStatus = builder.enumType('MatchStatus', {
  values: {
    READ: { description: 'Read as a film or an episode from the string alone; no catalogue asked yet.' },
    MATCHED: { description: 'Joined to a title of the catalogue by the matcher.' },
    AMBIGUOUS: { description: 'Too close to call: left for a person.' },
    UNMATCHED: { description: 'Nothing in the catalogue fits.' },
    CORRECTED: { description: 'Settled by a person.' },
  } as const,
});

export const Match = builder.prismaObject('Match', {
  interfaces: [Node],
  select: { id: true },
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => publicId('Match', id) }),
    rawTitle: t.exposeString('rawTitle'),
    status: t.expose('status', { type: MatchStatus }),
    title: t.relation('title', { type: Title, nullable: true }),
    confidence: t.float({
      nullable: true,
      description: '0 to 1. Null when nothing was accepted: a string that was only read has none.',
      resolve: () => null,
    }),
    evidence: t.stringList({
      description: 'What spoke for it, in words a person can check.',
      select: { evidence: true },
      resolve: ({ evidence }) => (evidence === '' ? [] : evidence.split('\n')),
    }),
    viewingCount: t.int({
      resolve: ({ id }, _args, { account }) =>
        account.prisma.viewing.count({ where: { matchId: id, supplemental: false, covered: false } }),
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
