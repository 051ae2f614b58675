import { queryFromInfo } from '@pothos/plugin-prisma';
import type { Context } from '../context.ts';
import { Account } from './account.ts';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize, placeOf } from './connection.ts';
import { ExportTable } from './import.ts';
import { Profile } from './profile-ref.ts';
import { requireId, uuid } from './public-id.ts';

const ExportRow = builder.prismaObject('ExportRow', {
  description:
    'One row of a table of the personal-data export that is no viewing: a rating, an entry of My List, a search.',
  select: { id: true, at: true },
  fields: (t) => ({
    table: t.field({
      type: ExportTable,
      select: { exportTable: true },
      resolve: ({ exportTable }) => exportTable,
    }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Noon UTC where the table has days only.',
      resolve: ({ at }) => at,
    }),
    rawTitle: t.exposeString('rawTitle', {
      nullable: true,
      description: 'What it is about, as it stands in the file.',
    }),
    details: t.field({
      type: 'JSON',
      description: 'What else the row says; docs/export-tables.md names the fields of each table.',
      select: { details: true },
      resolve: ({ details }) => details,
    }),
  }),
});

const ExportRowConnection = connectionOf('ExportRow', ExportRow);

/** When, in milliseconds since 1970, and the row's id; rows without a time come last. */
const isPlace = (place: unknown): place is readonly [string, string] =>
  Array.isArray(place) &&
  place.length === 2 &&
  typeof place[0] === 'string' &&
  /^(-?\d{1,15})?$/.test(place[0]) &&
  Math.abs(Number(place[0])) < 8.64e15 &&
  typeof place[1] === 'string' &&
  uuid.test(place[1]);

function beyond(after: string | null | undefined): object {
  if (after === null || after === undefined) return {};
  const [text, id] = placeOf(after, isPlace);
  if (text === '') return { at: null, id: { gt: id } };
  const at = new Date(Number(text));
  return { OR: [{ at: { lt: at } }, { at: null }, { at, id: { gt: id } }] };
}

const ofImport =
  'Only rows that this import contained. Those of the newest are the present state of tables that tell one, such as My List.';

interface ExportRowArgs {
  readonly table: typeof ExportTable.$inferType;
  readonly importId?: string | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

async function pageOfRows(profileId: string | null, args: ExportRowArgs, context: Context, info: never) {
  const size = pageSize(args.first);
  const { prisma } = context.account;
  const importId = args.importId == null ? null : requireId(args.importId, 'Import');
  const where = {
    profileId,
    exportTable: args.table,
    ...(importId === null ? {} : { OR: [{ importId }, { furtherImports: { some: { importId } } }] }),
  };
  const rows = await prisma.exportRow.findMany({
    ...queryFromInfo({ context, info, typeName: 'ExportRow', paths: [['nodes'], ['edges', 'node']] }),
    where: { AND: [where, beyond(args.after)] },
    orderBy: [{ at: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
    take: size + 1,
  });
  return pageOf(
    rows.slice(0, size) as never[],
    rows.length > size,
    args.after,
    (row: { at: Date | null; id: string }) => [row.at === null ? '' : String(row.at.getTime()), row.id],
    () => prisma.exportRow.count({ where }),
  ) as never;
}

builder.prismaObjectField(Profile, 'exportRows', (t) =>
  t.field({
    type: ExportRowConnection,
    description: 'Rows of one table of the personal-data export, newest first.',
    args: {
      table: t.arg({ type: ExportTable, required: true }),
      importId: t.arg.id({ description: ofImport }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    resolve: ({ id }, args, context, info) => pageOfRows(id, args, context, info as never),
  }),
);

builder.prismaObjectField(Account, 'exportRows', (t) =>
  t.field({
    type: ExportRowConnection,
    description: 'Rows of one table that are the account’s and no profile’s, such as what was paid; newest first.',
    args: {
      table: t.arg({ type: ExportTable, required: true }),
      importId: t.arg.id({ description: ofImport }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    resolve: (_account, args, context, info) => pageOfRows(null, args, context, info as never),
  }),
);
