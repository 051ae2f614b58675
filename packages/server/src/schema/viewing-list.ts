import { queryFromInfo } from '@pothos/plugin-prisma';
import { countViewings, type ViewingConditions, viewingPage } from '@watchprint/database';
import type { Dimension as DimensionName } from '@watchprint/engine';
import { badInput } from '../bad-input.ts';
import type { Context } from '../context.ts';
import { Dimension } from './analytics/dimension.ts';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize } from './connection.ts';
import { Profile } from './profile-ref.ts';
import { requireId } from './public-id.ts';
import { TitleKind } from './title.ts';
import { Viewing } from './viewing.ts';
import { viewingPlaceOf } from './viewing-place.ts';

const ViewingFilter = builder.inputType('ViewingFilter', {
  description: 'Days are inclusive. A filter by a series’ or season’s id includes its episodes.',
  fields: (t) => ({
    from: t.field({ type: 'Date' }),
    to: t.field({ type: 'Date' }),
    kind: t.field({ type: TitleKind }),
    titleId: t.id(),
    search: t.string({ description: 'Part of the string as it stands in the file, whatever its case.' }),
    weekday: t.int({ description: '1 Monday to 7 Sunday.' }),
    hour: t.int({ description: '0 to 23, in the profile’s time zone. Viewings without a time of day have none.' }),
    dimension: t.field({
      type: Dimension,
      description: 'With dimensionKey: one key of one dimension, as Analytics.top gives it.',
    }),
    dimensionKey: t.string(),
    includeAccidental: t.boolean(),
  }),
});

const ViewingConnection = connectionOf('Viewing', Viewing);

function conditionsOf(
  filter: typeof ViewingFilter.$inferInput | null | undefined,
  timeZone: string,
): ViewingConditions {
  const from = filter?.from ?? null;
  const to = filter?.to ?? null;
  if (from !== null && to !== null && from > to) throw badInput('from lies after to.');
  const weekday = filter?.weekday ?? null;
  if (weekday !== null && (weekday < 1 || weekday > 7))
    throw badInput('weekday must be from 1 (Monday) to 7 (Sunday).');
  const hour = filter?.hour ?? null;
  if (hour !== null && (hour < 0 || hour > 23)) throw badInput('hour must be from 0 to 23.');
  const dimension = filter?.dimension ?? null;
  const key = filter?.dimensionKey ?? null;
  if ((dimension === null) !== (key === null)) throw badInput('dimension and dimensionKey go together.');
  const titleKey = dimension === 'TITLE' || dimension === 'SERIES' ? key : null;
  const asked = filter?.titleId ?? null;
  if (titleKey !== null && asked !== null && titleKey !== asked)
    throw badInput('titleId and dimensionKey name two titles.');
  const titleId = titleKey ?? asked;
  return {
    from,
    to,
    kind: filter?.kind ?? null,
    titleId: titleId === null ? null : requireId(titleId, 'Title'),
    search: filter?.search ? filter.search : null,
    weekday,
    hour,
    timeZone,
    device: dimension === 'DEVICE' ? key : null,
    country: dimension === 'PLACE' ? key : null,
    titleIds: null,
    includeAccidental: filter?.includeAccidental === true,
  };
}

/** What a key of what is known of titles stands for; null where the filter is by nothing of the kind. */
async function titlesWith(
  filter: typeof ViewingFilter.$inferInput | null | undefined,
  profileId: string,
  { account, analyses }: Context,
): Promise<readonly string[] | null> {
  const dimension = filter?.dimension ?? null;
  const key = filter?.dimensionKey ?? null;
  if (dimension === null || key === null || ofRows.has(dimension)) return null;
  const analysis = await analyses.of(account, profileId);
  if (analysis === null) return [];
  return analysis.history.titlesWith(dimension, key, await analysis.part('facts'));
}

/** Those that rows or titles themselves say. */
const ofRows: ReadonlySet<DimensionName> = new Set(['TITLE', 'SERIES', 'DEVICE', 'PLACE']);

builder.prismaObjectField(Profile, 'viewings', (t) =>
  t.field({
    type: ViewingConnection,
    description: 'Newest first. Those of one day that came without times stand in the order of their file.',
    args: { filter: t.arg({ type: ViewingFilter }), first: t.arg.int(), after: t.arg.string() },
    resolve: async ({ id: profileId, timeZone }, { filter, first, after }, context, info) => {
      const size = pageSize(first);
      const { account } = context;
      const conditions = {
        ...conditionsOf(filter, timeZone),
        titleIds: await titlesWith(filter, profileId, context),
      };
      const beyond = viewingPlaceOf(after);
      const query = queryFromInfo({ context, info, typeName: 'Viewing', paths: [['nodes'], ['edges', 'node']] });
      const read = async () => {
        const places = await viewingPage(account, profileId, conditions, beyond, size + 1);
        const shown = places.slice(0, size).map(({ id }) => BigInt(id));
        const rows = await account.prisma.viewing.findMany({
          ...query,
          where: { id: { in: shown } },
          orderBy: [{ orderedAt: 'desc' }, { id: 'asc' }],
        });
        return { places, rows, isWhole: rows.length === shown.length };
      };
      let page = await read();
      // Rows that went between the two statements: what is there now.
      for (let attempt = 0; !page.isWhole && attempt < 3; attempt += 1) page = await read();
      const { places, rows } = page;
      return pageOf(
        rows as never[],
        places.length > size,
        after,
        (row: { orderedAt: Date; id: bigint }) => [row.orderedAt.getTime(), String(row.id)],
        () => countViewings(account, profileId, conditions),
      ) as never;
    },
  }),
);
