import { queryFromInfo } from '@pothos/plugin-prisma';
import type { HistoryColumns, TitleOfHistory, WorkOfHistory } from '@watchprint/engine';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';

/** A title that a figure names, as far as its history knows it: by the names of the database's columns and relations. */
export type FigureTitle = WorkOfHistory | PartOfHistory;

interface PartOfHistory extends TitleOfHistory {
  /** The series that answers, whichever of the two relations it is by. */
  readonly series: WorkOfHistory | null;
  readonly catalogueSeries: null;
}

/** A field of the items of a list that answers with titles. */
interface TitleField<Item> {
  readonly name: string;
  readonly typeName?: 'Title' | 'Series';
  readonly titlesOf: (item: Item) => readonly FigureTitle[];
}

type Query = { readonly select?: Readonly<Record<string, unknown>> };

const rowsOfItems = Symbol('rows');
interface WithRows {
  readonly [rowsOfItems]?: Readonly<Record<string, readonly object[]>>;
}

/**
 * The items of a list, with the titles that are asked of them: from memory where that has what is asked, else by one statement a field.
 * What is asked is worked out here, once, and not for each of hundreds of items.
 */
export async function listed<Item extends object>(
  items: readonly Item[],
  context: Context,
  info: GraphQLResolveInfo,
  ...fields: readonly TitleField<Item>[]
): Promise<Item[]> {
  const asked = fields.flatMap(({ name, typeName = 'Title', titlesOf }) => {
    const query = askedOf(context, info, typeName, name);
    return query === null ? [] : [{ name, titlesOf, query }];
  });
  const rows = await Promise.all(
    asked.map(async ({ name, titlesOf, query }) => ({
      name,
      titlesOf,
      rowOf: await rowsFor(items.flatMap(titlesOf), query, context),
    })),
  );
  return items.map((item) => ({
    ...item,
    [rowsOfItems]: Object.fromEntries(rows.map(({ name, titlesOf, rowOf }) => [name, titlesOf(item).flatMap(rowOf)])),
  }));
}

/** The titles of an item of a list that `listed` answered with; of others they are loaded now. */
export function shownTitles<Item extends object>(
  item: Item & WithRows,
  titles: readonly FigureTitle[],
  context: Context,
  info: GraphQLResolveInfo,
  typeName: 'Title' | 'Series' = 'Title',
): never[] | Promise<never[]> {
  const known = item[rowsOfItems]?.[info.fieldName];
  if (known !== undefined) return known as never[];
  const rows = rowsFor(titles, askedOf(context, info, typeName) ?? {}, context);
  return rows.then((rowOf) => titles.flatMap(rowOf) as never[]);
}

/** Null where there is none, or it is gone. */
export function shownTitle<Item extends object>(
  item: Item & WithRows,
  title: FigureTitle | null,
  context: Context,
  info: GraphQLResolveInfo,
  typeName: 'Title' | 'Series' = 'Title',
): never | Promise<never> {
  const first = ([shown]: readonly never[]) => (shown ?? null) as never;
  const shown = shownTitles(item, title === null ? [] : [title], context, info, typeName);
  // At once where it is known: a promise for each of hundreds of titles costs more than they do.
  return Array.isArray(shown) ? first(shown) : shown.then(first);
}

/** What is asked of the titles that a field, or one beneath it, answers with; null: nothing. */
export function askedOf(context: Context, info: GraphQLResolveInfo, typeName: string, field?: string): Query | null {
  const path = field === undefined ? {} : { path: [field] };
  const query = queryFromInfo({ context, info, typeName, ...path }) as Query;
  return Object.keys(query).length === 0 ? null : query;
}

/** One row of each title that is there. */
async function rowsFor(
  titles: readonly FigureTitle[],
  query: Query,
  context: Context,
): Promise<(title: FigureTitle) => object[]> {
  const unknown = new Set(titles.filter((title) => !holds(title, query)).map(({ id }) => id));
  const stored =
    unknown.size === 0
      ? []
      : await context.account.prisma.title.findMany({ ...query, where: { id: { in: [...unknown] } } });
  const byId = new Map((stored as { id: string }[]).map((row) => [row.id, row]));
  return (title) => (unknown.has(title.id) ? [byId.get(title.id) ?? []].flat() : [{ ...title }]);
}

/** Whether everything that is asked of a title, and of what it is a part of, stands in memory. */
function holds(row: object, { select = { everything: true } }: Query): boolean {
  return Object.entries(select).every(([column, selected]) => {
    if (!(column in row)) return false;
    const value = (row as Record<string, unknown>)[column];
    return selected === true || value === null || (typeof value === 'object' && holds(value, selected as Query));
  });
}

export const workAt = ({ works }: HistoryColumns, place: number): WorkOfHistory => at(works, place);
export function titleAt({ titles, works }: HistoryColumns, place: number): FigureTitle {
  const title = at(titles, place);
  const isPart = title.kind === 'EPISODE' || title.kind === 'SEASON';
  return { ...title, series: isPart ? (works[title.work] ?? null) : null, catalogueSeries: null };
}

function at<One>(all: readonly One[], place: number): One {
  const one = all[place];
  if (one === undefined) throw new RangeError(`A history has nothing at ${place}`);
  return one;
}
