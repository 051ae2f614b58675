import { queryFromInfo } from '@pothos/plugin-prisma';
import { profilesOfImport } from '@watchprint/database';
import type { Import as StoredImport } from '@watchprint/database/prisma';
import { EngineError } from '@watchprint/engine';
import { ArchiveError } from '@watchprint/lake';
import { GraphQLError } from 'graphql';
import { badInput, requireName } from '../bad-input.ts';
import { timeZoneSchema } from '../config.ts';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize, placeOf } from './connection.ts';
import { findsNode, Node } from './node.ts';
import { Profile } from './profile-ref.ts';
import { notFound, publicId, requireId } from './public-id.ts';

const DateOrder = builder.enumType('DateOrder', { values: ['DAY_FIRST', 'MONTH_FIRST', 'YEAR_FIRST'] as const });
const ImportStatus = builder.enumType('ImportStatus', {
  values: ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED'] as const,
});
const HistoryFormat = builder.enumType('HistoryFormat', {
  values: {
    NETFLIX_VIEWING_HISTORY: {
      description: 'Title, Date: the download at the foot of Netflix’s viewing-activity page.',
    },
    NETFLIX_VIEWING_ACTIVITY: { description: 'ViewingActivity.csv of the personal-data export.' },
    NETFLIX_EXPORT: { description: 'The personal-data export as a zip archive.' },
    NETFLIX_EXPORT_TABLE: { description: 'One of the other tables of the personal-data export.' },
  } as const,
});

const RejectedRow = builder.prismaObject('RejectedRow', {
  select: { line: true },
  fields: (t) => ({
    fileName: t.exposeString('fileName', {
      description: 'File inside an archive; the uploaded file’s name otherwise.',
    }),
    line: t.exposeInt('line', { description: '1 for the header line.' }),
    reason: t.exposeString('reason'),
    content: t.exposeString('content'),
  }),
});

const RejectedRowConnection = connectionOf('RejectedRow', RejectedRow);

const FileUse = builder.enumType('FileUse', {
  values: {
    USED: {},
    EMPTY: { description: 'Netflix had nothing for this table.' },
    PRIVATE: { description: 'Known, and left alone on purpose: addresses, payment, messages.' },
    UNKNOWN: {},
    UNREADABLE: {},
  } as const,
});

export const ExportTable = builder.enumType('ExportTable', {
  values: {
    VIEWING_ACTIVITY: {},
    VIEWING_HISTORY: { description: 'The instant download.' },
    PROFILES: {},
    RATINGS: { description: 'Stars and thumbs.' },
    MY_LIST: {},
    INDICATED_PREFERENCES: { description: 'What was picked when the profile was made.' },
    SEARCH_HISTORY: {},
    PLAYBACK_EVENTS: { description: 'Starts, pauses, jumps and stops.' },
    CLICKSTREAM: { description: 'Pages that were opened.' },
    INTERACTIVE_TITLES: { description: 'Choices made in interactive titles.' },
    GAME_SESSIONS: {},
    DEVICES: {},
    BILLING: { description: 'Amounts and dates; no cards.' },
  } as const,
});

const ImportedFile = builder.prismaObject('ImportedFile', {
  select: { place: true },
  fields: (t) => ({
    path: t.exposeString('path'),
    use: t.expose('use', { type: FileUse }),
    table: t.field({
      type: ExportTable,
      nullable: true,
      description: 'Which table it is; null where that is not known, or it is left alone.',
      select: { exportTable: true },
      resolve: ({ exportTable }) => exportTable,
    }),
    rowsRead: t.exposeInt('rowsRead', { description: '= imported + those that were there already + rejected.' }),
    rowsImported: t.exposeInt('rowsImported'),
    rowsRejected: t.exposeInt('rowsRejected', { description: 'They are among the rejectedRows of the import.' }),
    note: t.string({
      nullable: true,
      description: 'Why it was not used, or only in part.',
      select: { use: true, note: true, rowsRejected: true },
      resolve: ({ use, note, rowsRejected }) => {
        const unread =
          use === 'USED' && rowsRejected > 0 ? `Rows that could not be read: ${rowsRejected}; see rejectedRows.` : null;
        return [note, unread].filter((part) => part !== null).join(' ') || null;
      },
    }),
  }),
});

const isPlace = (place: unknown): place is readonly [string, number] =>
  Array.isArray(place) &&
  place.length === 2 &&
  typeof place[0] === 'string' &&
  Number.isInteger(place[1]) &&
  Math.abs(place[1]) < 2 ** 31;

export const Import = builder.prismaObject('Import', {
  interfaces: [Node],
  select: { id: true, createdAt: true },
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => publicId('Import', id) }),
    fileName: t.exposeString('fileName'),
    status: t.expose('status', { type: ImportStatus }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Stable code, when it failed.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true }),
    format: t.field({ type: HistoryFormat, select: { format: true }, resolve: ({ format }) => format as never }),
    dateOrder: t.field({
      type: DateOrder,
      nullable: true,
      select: { dateOrder: true },
      resolve: ({ dateOrder }) => dateOrder as never,
    }),
    dateOrderReason: t.exposeString('dateOrderReason', {
      nullable: true,
      description: 'What settled the date order: the rows that did, or the caller.',
    }),
    bytesTotal: t.int({
      nullable: true,
      select: { bytesTotal: true },
      resolve: ({ bytesTotal }) => Number(bytesTotal),
    }),
    bytesRead: t.int({ select: { bytesRead: true }, resolve: ({ bytesRead }) => Number(bytesRead) }),
    rowsRead: t.exposeInt('rowsRead', {
      description: 'Rows of the viewing history, without header lines; = imported + duplicate + rejected.',
    }),
    rowsImported: t.exposeInt('rowsImported'),
    rowsDuplicate: t.exposeInt('rowsDuplicate'),
    rowsRejected: t.exposeInt('rowsRejected'),
    rowsSupplemental: t.exposeInt('rowsSupplemental', {
      description: 'Of the imported, trailers and the like, which are no viewings.',
    }),
    rejectedRows: t.field({
      type: RejectedRowConnection,
      description:
        'Rows that could not be read, each with its place and the reason; those of an archive’s other tables too. They never fail an import.',
      args: { first: t.arg.int(), after: t.arg.string() },
      resolve: async ({ id: importId }, { first, after }, context, info) => {
        const size = pageSize(first);
        const where = { importId };
        let beyond = {};
        if (after !== null && after !== undefined) {
          const [fileName, line] = placeOf(after, isPlace);
          beyond = { OR: [{ fileName: { gt: fileName } }, { fileName, line: { gt: line } }] };
        }
        const { prisma } = context.account;
        const rows = await prisma.rejectedRow.findMany({
          ...queryFromInfo({ context, info, typeName: 'RejectedRow', paths: [['nodes'], ['edges', 'node']] }),
          where: { ...where, ...beyond },
          orderBy: [{ fileName: 'asc' }, { line: 'asc' }],
          take: size + 1,
        });
        return pageOf(
          rows.slice(0, size) as never[],
          rows.length > size,
          after,
          (row: { fileName: string; line: number }) => [row.fileName, row.line],
          () => prisma.rejectedRow.count({ where }),
        ) as never;
      },
    }),
    files: t.relation('files', {
      type: ImportedFile,
      description: 'What the upload contained, and what became of each file: those that are read first. One for a CSV.',
      query: { orderBy: { place: 'asc' } },
    }),
    profiles: t.prismaField({
      type: [Profile],
      description: 'Whose rows it contained.',
      resolve: async (query, { id }, _args, { account }) =>
        account.prisma.profile.findMany({
          ...query,
          where: { id: { in: await profilesOfImport(account, id) } },
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
        }),
    }),
    originalKept: t.exposeBoolean('originalKept', {
      description: 'Whether the file is still kept. Not once a profile that it contained was deleted.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
  }),
});

findsNode('Import', async (id, context, info) => {
  const found = await context.account.prisma.import.findFirst({
    ...queryFromInfo({ context, info, typeName: 'Import' }),
    where: { id },
  });
  return found && { ...found, __typename: 'Import' };
});

const ImportHistoryInput = builder.inputType('ImportHistoryInput', {
  fields: (t) => ({
    file: t.field({ type: 'Upload', required: true }),
    profileName: t.string({
      description:
        'Whose history it is, for files that do not say (NetflixViewingHistory.csv). Files that name profiles make one each.',
    }),
    dateOrder: t.field({
      type: DateOrder,
      description: 'Settles the order of day and month where the rows do not; refused where they say otherwise.',
    }),
    timeZone: t.string({ description: 'Time zone of profiles that this import creates.' }),
  }),
});

const ImportHistoryPayload = builder.objectRef<{ id: string }>('ImportHistoryPayload').implement({
  fields: (t) => ({
    import: t.prismaField({
      type: Import,
      resolve: (query, { id }, _args, { account }) =>
        account.prisma.import.findFirstOrThrow({ ...query, where: { id } }),
    }),
  }),
});

/** A name as the database can keep it; a part of a form may come without one. */
const fileNameOf = (name: string | undefined): string =>
  (name ?? '')
    .replaceAll('\0', '')
    .slice(0, 255)
    .replace(/[\ud800-\udbff]$/, '') || 'unnamed';

/** Bytes of an upload that are read at once: Node's own 16 KiB cost as much as writing them. */
const readAhead = 256 * 1024;

builder.mutationField('importHistory', (t) =>
  t.field({
    type: ImportHistoryPayload,
    description:
      'Reads a history file or a whole export archive. Sending the same rows again adds nothing. Answers once the file is recognised and safely kept; reading goes on.',
    args: { input: t.arg({ type: ImportHistoryInput, required: true }) },
    resolve: async (_root, { input }, { account, imports }) => {
      const profileName = input.profileName == null ? null : requireName(input.profileName, 'profileName');
      if (input.timeZone != null && !timeZoneSchema.safeParse(input.timeZone).success)
        throw badInput('timeZone must be an IANA time zone such as Australia/Sydney.');
      const file = await input.file;
      try {
        const id = await imports.receive(account, {
          fileName: fileNameOf(file.filename),
          stream: file.createReadStream({ highWaterMark: readAhead }),
          profileName,
          dateOrder: input.dateOrder ?? null,
          timeZone: input.timeZone ?? null,
        });
        return { id };
      } catch (error) {
        if (error instanceof EngineError || error instanceof ArchiveError)
          throw new GraphQLError(error.message, { extensions: { code: error.code } });
        throw error;
      }
    },
  }),
);

const DeleteImportInput = builder.inputType('DeleteImportInput', {
  fields: (t) => ({ importId: t.id({ required: true }) }),
});

const DeleteImportPayload = builder.objectRef<{ viewingsRemoved: number }>('DeleteImportPayload').implement({
  fields: (t) => ({ viewingsRemoved: t.exposeInt('viewingsRemoved') }),
});

builder.mutationField('deleteImport', (t) =>
  t.field({
    type: DeleteImportPayload,
    description: 'Takes one import back: afterwards everything is as if it had never been sent.',
    args: { input: t.arg({ type: DeleteImportInput, required: true }) },
    resolve: async (_root, { input }, { account, imports }) => {
      const id = requireId(input.importId, 'Import');
      const viewingsRemoved = await imports.remove(account, id);
      if (viewingsRemoved === null) throw notFound('Import');
      return { viewingsRemoved };
    },
  }),
);

builder.subscriptionField('importProgress', (t) =>
  t.field({
    type: Import,
    description: 'The import, each time it gets further, until it ends.',
    args: { importId: t.arg.id({ required: true }) },
    subscribe: (_root, { importId }, { account, imports }) => imports.watch(account, requireId(importId, 'Import')),
    resolve: (found) => {
      if (found === null) throw notFound('Import');
      return found as StoredImport;
    },
  }),
);
