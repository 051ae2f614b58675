import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { type PublicIdKind, readPublicId } from './public-id.ts';

export const Node = builder.interfaceRef<object>('Node').implement({ fields: (t) => ({ id: t.id() as never }) });

type LoadNode = (id: string, context: Context, info: never) => Promise<object | null>;

const loaders = new Map<PublicIdKind, LoadNode>();

/** Says how `node(id)` finds one kind, among what belongs to who asks. */
export function findsNode(kind: PublicIdKind, load: LoadNode): void {
  loaders.set(kind, load);
}

builder.queryField('node', (t) =>
  t.field({
    type: Node,
    nullable: true,
    description: 'Anything by its id; null for an id that is malformed, gone or somebody else’s.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, context, info) => {
      const read = readPublicId(id);
      return read === null ? null : ((await loaders.get(read.kind)?.(read.id, context, info as never)) ?? null);
    },
  }),
);
