import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/**
 * Names of the fields that are asked of what a resolver answers with, fragments included. Those that a directive may leave out count too.
 */
export function selectedFields({ fieldNodes, fragments }: GraphQLResolveInfo): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = (selections: SelectionSetNode | undefined): void => {
    for (const selection of selections?.selections ?? [])
      if (selection.kind === 'Field') names.add(selection.name.value);
      else if (selection.kind === 'InlineFragment') collect(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        collect(fragments[selection.name.value]?.selectionSet);
      }
  };
  for (const { selectionSet } of fieldNodes) collect(selectionSet);
  return names;
}
