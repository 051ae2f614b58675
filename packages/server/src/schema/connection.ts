import { GraphQLError } from 'graphql';
import { badInput } from '../bad-input.ts';
import { builder } from './builder.ts';

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** One page. Backwards paging is not offered, so `hasPreviousPage` tells whether the page began after a cursor. */
export interface Page<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount: () => Promise<number>;
}

const PageInfo = builder.objectRef<Page<unknown>>('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage'),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage'),
    startCursor: t.string({ nullable: true, resolve: ({ edges }) => edges[0]?.cursor ?? null }),
    endCursor: t.string({ nullable: true, resolve: ({ edges }) => edges.at(-1)?.cursor ?? null }),
  }),
});

/** `ViewingConnection` and `ViewingEdge` for a type that is called Viewing. */
export function connectionOf<Node>(name: string, type: unknown) {
  const EdgeType = builder.objectRef<Edge<Node>>(`${name}Edge`).implement({
    fields: (t) => ({
      cursor: t.exposeString('cursor'),
      node: t.field({ type: type as never, resolve: ({ node }) => node as never }),
    }),
  });
  return builder.objectRef<Page<Node>>(`${name}Connection`).implement({
    fields: (t) => ({
      edges: t.field({ type: [EdgeType], resolve: ({ edges }) => [...edges] }),
      nodes: t.field({ type: [type] as never, resolve: ({ edges }) => edges.map(({ node }) => node) as never }),
      pageInfo: t.field({ type: PageInfo, resolve: (page) => page }),
      totalCount: t.int({ resolve: ({ totalCount }) => totalCount() }),
    }),
  });
}

export const pageDefault = 50;
export const pageMost = 500;

/** How many to fetch, one more than asked for tells whether there is a next page. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? pageDefault;
  if (size < 0 || size > pageMost) throw badInput(`first must be from 0 to ${pageMost}.`);
  return size;
}

/** A cursor is the place of its row in the order, not the row: it stays good when the row is gone. */
export const cursorOf = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** A place may hold the beginning of a string. */
const longestCursor = 2000;

/** @throws a GraphQL error with code BAD_CURSOR */
export function placeOf<Place extends readonly (string | number)[]>(
  cursor: string,
  isPlace: (place: unknown) => place is Place,
): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor.slice(0, longestCursor), 'base64url').toString('utf8'));
    if (isPlace(place)) return place;
  } catch {
    // Falls through: no cursor of ours.
  }
  throw new GraphQLError('after is not a cursor of this connection.', { extensions: { code: 'BAD_CURSOR' } });
}

/** A page of rows, each with the cursor of its place. */
export function pageOf<Node>(
  rows: readonly Node[],
  hasNextPage: boolean,
  after: string | null | undefined,
  place: (node: Node) => readonly (string | number)[],
  totalCount: () => Promise<number>,
): Page<Node> {
  return {
    edges: rows.map((node) => ({ cursor: cursorOf(place(node)), node })),
    hasNextPage,
    hasPreviousPage: after !== null && after !== undefined,
    totalCount,
  };
}
