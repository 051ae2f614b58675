import type { MatchingStatus as StoredStatus } from '@watchprint/database/prisma';
import type { ChangedMatch, MatchChanges as Changes } from '../matching/match-changes.ts';
import { Account } from './account.ts';
import { builder } from './builder.ts';
import { MatchStatus } from './match.ts';
import { publicId } from './public-id.ts';

const MatchingStatus = builder.enumType('MatchingStatus', {
  values: {
    WAITING: {
      description:
        'There is no catalogue to match with: strings are as they were read, but for names that sources were asked for.',
    },
    QUEUED: {},
    RUNNING: {},
    COMPLETED: {},
    FAILED: {},
  } as const,
});

const StatusChange = builder.objectRef<Changes['statuses'][number]>('StatusChange').implement({
  fields: (t) => ({
    from: t.expose('from', { type: MatchStatus }),
    to: t.expose('to', { type: MatchStatus }),
    strings: t.exposeInt('strings'),
  }),
});

const ChangedMatchType = builder.objectRef<ChangedMatch>('ChangedMatch').implement({
  fields: (t) => ({
    matchId: t.id({ resolve: ({ matchId }) => publicId('Match', matchId) }),
    rawTitle: t.exposeString('rawTitle'),
    from: t.expose('from', { type: MatchStatus }),
    to: t.expose('to', { type: MatchStatus }),
    titleBefore: t.exposeString('titleBefore', { nullable: true, description: 'Name of what it showed.' }),
    titleAfter: t.exposeString('titleAfter', {
      nullable: true,
      description: 'Name of the catalogue’s title that it is to have; null for none.',
    }),
  }),
});

const MatchChanges = builder.objectRef<Changes>('MatchChanges').implement({
  description: 'What matching anew changes, as it was worked out before anything was changed.',
  fields: (t) => ({
    matchedWith: t.exposeString('matchedWith', { description: 'Versions of the matcher and of the catalogue.' }),
    workedOutAt: t.field({ type: 'DateTime', resolve: ({ at }) => new Date(at) }),
    stringsCompared: t.exposeInt('stringsCompared'),
    statuses: t.field({
      type: [StatusChange],
      description: 'From which status to which, most strings first; those that keep theirs are among them.',
      resolve: ({ statuses }) => [...statuses],
    }),
    titlesChanged: t.exposeInt('titlesChanged', {
      description: 'Strings that were matched before and have another title of the catalogue, or none.',
    }),
    examples: t.field({
      type: [ChangedMatchType],
      description: 'The first hundred that change.',
      resolve: ({ examples }) => [...examples],
    }),
  }),
});

interface MatchingState {
  readonly status: StoredStatus | 'WAITING';
  readonly stringsTotal: number;
  readonly stringsDone: number;
  readonly matchedWith: string | null;
  readonly changes: unknown;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const Matching = builder.objectRef<MatchingState>('Matching').implement({
  description: 'The matching of an account’s strings with the catalogue: what goes on, or how the last run ended.',
  fields: (t) => ({
    status: t.expose('status', { type: MatchingStatus }),
    stringsTotal: t.exposeInt('stringsTotal', { description: 'Strings that this run is to match.' }),
    stringsDone: t.exposeInt('stringsDone'),
    matchedWith: t.exposeString('matchedWith', {
      nullable: true,
      description: 'Versions of the matcher and of the catalogue that all strings were last matched with.',
    }),
    changes: t.field({
      type: MatchChanges,
      nullable: true,
      description: 'Of the last run that matched anew what was matched with another matcher or catalogue.',
      resolve: ({ changes }) => changes as Changes | null,
    }),
    errorCode: t.exposeString('errorCode', { nullable: true }),
    errorMessage: t.exposeString('errorMessage', { nullable: true }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.prismaObjectField(Account, 'matching', (t) =>
  t.field({
    type: Matching,
    nullable: true,
    description: 'Null until something was imported.',
    resolve: async (_account, _args, { account, matching }) => {
      const row = await account.prisma.matching.findFirst({});
      if (row === null) return null;
      // Names that were looked up are matched without a catalogue; all else waits for one.
      const isIdle = row.status === 'QUEUED' || row.status === 'COMPLETED';
      const waits = isIdle && (await matching.catalogueVersion()) === null;
      return waits ? { ...row, status: 'WAITING' as const } : row;
    },
  }),
);

const RematchPayload = builder.objectRef<object>('RematchPayload').implement({
  fields: (t) => ({
    matching: t.field({
      type: Matching,
      resolve: (_payload, _args, { account }) => account.prisma.matching.findFirstOrThrow({}),
    }),
  }),
});

builder.mutationField('rematch', (t) =>
  t.field({
    type: RematchPayload,
    description:
      'Has the strings matched that are not matched with the present matcher and catalogue. This happens by itself.',
    resolve: async (_root, _args, { account, matching }) => {
      await matching.request(account);
      return {};
    },
  }),
);

const PreviewRematchPayload = builder
  .objectRef<{ readonly changes: Changes | null }>('PreviewRematchPayload')
  .implement({
    fields: (t) => ({
      changes: t.field({
        type: MatchChanges,
        nullable: true,
        description: 'Null where there is no catalogue.',
        resolve: ({ changes }) => changes,
      }),
    }),
  });

builder.mutationField('previewRematch', (t) =>
  t.field({
    type: PreviewRematchPayload,
    description: 'Works out what rematch would change, and changes nothing. Takes as long as matching does.',
    resolve: async (_root, _args, { account, matching }) => ({ changes: await matching.preview(account) }),
  }),
);
