import { queryFromInfo } from '@pothos/plugin-prisma';
import {
  type ViewingChange as Change,
  type ChangeCounts,
  type ChangedRow,
  changeCounts,
  changedRows,
  importBefore,
} from '@watchprint/database';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize } from './connection.ts';
import { Import } from './import.ts';
import { Viewing } from './viewing.ts';
import { viewingPlaceOf } from './viewing-place.ts';

const ViewingChange = builder.enumType('ViewingChange', {
  values: {
    ADDED: { description: 'The later import has it, the earlier does not.' },
    GONE: { description: 'The earlier import has it, the later does not.' },
    MOVED: { description: 'A history has each video once: its day is now a later one.' },
  } as const,
});

interface Changed extends ChangedRow {
  readonly viewing: object;
}

const ChangedViewing = builder.objectRef<Changed>('ChangedViewing').implement({
  fields: (t) => ({
    change: t.expose('change', { type: ViewingChange }),
    viewing: t.field({
      type: Viewing,
      description: 'The row of the later import; of the earlier one where it is gone.',
      resolve: ({ viewing }) => viewing as never,
    }),
    previouslyOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'The day it had before, where it has moved.',
      resolve: ({ previouslyOn }) => previouslyOn,
    }),
  }),
});

const ChangedViewingConnection = connectionOf('ChangedViewing', ChangedViewing);

interface Compared {
  readonly before: string;
  readonly importId: string;
  /** Counted once, whichever counts are asked for. */
  readonly counts: () => Promise<ChangeCounts>;
}

const countOf = ({ added, gone, moved }: ChangeCounts, change: Change | null | undefined): number =>
  change == null ? added + gone + moved : { ADDED: added, GONE: gone, MOVED: moved }[change];

const ImportChanges = builder.objectRef<Compared>('ImportChanges').implement({
  description:
    'How the viewings of an import differ from those of the one before it, by profile that both have. Trailers are left out.',
  fields: (t) => ({
    since: t.prismaField({
      type: Import,
      description: 'The import that it is compared with: the last before it with rows of the same kind and profile.',
      resolve: (query, { before }, _args, { account }) =>
        account.prisma.import.findFirstOrThrow({ ...query, where: { id: before } }),
    }),
    viewingsAdded: t.int({ resolve: async ({ counts }) => (await counts()).added }),
    viewingsGone: t.int({ resolve: async ({ counts }) => (await counts()).gone }),
    viewingsMoved: t.int({
      description: 'Neither added nor gone: the day of the row is a later one.',
      resolve: async ({ counts }) => (await counts()).moved,
    }),
    viewings: t.field({
      type: ChangedViewingConnection,
      description: 'Newest first.',
      args: { change: t.arg({ type: ViewingChange }), first: t.arg.int(), after: t.arg.string() },
      resolve: async ({ before, importId, counts }, { change, first, after }, context, info) => {
        const size = pageSize(first);
        const { account } = context;
        const rows = await changedRows(account, before, importId, change ?? null, viewingPlaceOf(after), size + 1);
        const shown = rows.slice(0, size);
        const stored = await account.prisma.viewing.findMany({
          ...queryFromInfo({
            context,
            info,
            typeName: 'Viewing',
            paths: [
              ['nodes', 'viewing'],
              ['edges', 'node', 'viewing'],
            ],
          }),
          where: { id: { in: shown.map(({ id }) => BigInt(id)) } },
        });
        const byId = new Map(stored.map((viewing) => [String(viewing.id), viewing]));
        const changed = shown.flatMap((row) => {
          const viewing = byId.get(row.id);
          return viewing === undefined ? [] : [{ ...row, viewing }];
        });
        return pageOf(
          changed,
          rows.length > size,
          after,
          ({ orderedAt, id }) => [orderedAt, id],
          async () => countOf(await counts(), change),
        );
      },
    }),
  }),
});

builder.prismaObjectField(Import, 'changes', (t) =>
  t.field({
    type: ImportChanges,
    nullable: true,
    description:
      'What changed since the import before. Null where there is none to compare it with, and until it is completed.',
    resolve: async ({ id: importId }, _args, { account }) => {
      const before = await importBefore(account, importId);
      if (before === null) return null;
      let counts: Promise<ChangeCounts> | null = null;
      return { before, importId, counts: () => (counts ??= changeCounts(account, before, importId)) };
    },
  }),
);
