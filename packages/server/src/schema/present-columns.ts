import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { defaultFieldResolver, type GraphQLFieldResolver } from 'graphql';

export const presentColumns = 'presentColumns';

type Resolver = GraphQLFieldResolver<unknown, object>;

/**
 * A field that is made of columns alone answers at once where its row has them. The Prisma plugin would first look up, for every field of
 * every row, whether the row was loaded with them: an eighth of the time of an answer with hundreds of titles, by the profiler.
 * Goes before that plugin.
 */
class PresentColumnsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolver: Resolver, config: PothosOutputFieldConfig<Types>): Resolver {
    const columns = columnsOf(config);
    if (columns === null) return resolver;
    const resolve = (config.resolve ?? defaultFieldResolver) as Resolver;
    return (row, args, context, info) =>
      columns.every((column) => column in (row as object))
        ? resolve(row, args, context, info)
        : resolver(row, args, context, info);
  }
}

/** Null where it rests on more than columns: on a relation, say. */
function columnsOf<Types extends SchemaTypes>({
  kind,
  type,
  extensions,
}: PothosOutputFieldConfig<Types>): string[] | null {
  const select: unknown = extensions?.pothosPrismaSelect;
  const { kind: answersWith } = type.kind === 'List' ? type.type : type;
  const isLeaf = answersWith === 'Scalar' || answersWith === 'Enum';
  if (kind !== 'PrismaObject' || !isLeaf || typeof select !== 'object' || select === null) return null;
  return Object.values(select).every((selected) => selected === true) ? Object.keys(select) : null;
}

SchemaBuilder.registerPlugin(presentColumns, PresentColumnsPlugin as never);

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      presentColumns: PresentColumnsPlugin<Types>;
    }
  }
}
