import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type ValueNode,
} from 'graphql';
import { assumedSize, usualPage, weightOf } from './field-costs.ts';

/** How much a query asks for, fragments written out and lists at their full size. */
export interface QueryMeasures {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly cost: number;
}

/**
 * Measures of a selection. A connection's lists are as long as the page that was asked for, which a fragment does not know: so its
 * cost is `fixed` and, for each row of the page that it stands in, `perRow`. That way a fragment is measured once however often and
 * wherever it is used, and fragments that spread one another twice each take no longer than they are long.
 */
interface Measures {
  depth: number;
  aliases: number;
  directives: number;
  fixed: number;
  perRow: number;
}

const nothing: Measures = { depth: 0, aliases: 0, directives: 0, fixed: 0, perRow: 0 };

/**
 * Measures the operation that would be run, without running it or believing that it is valid.
 * @returns null where the document has no such operation: then nothing is run.
 */
export function measureQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): QueryMeasures | null {
  const operation = getOperationAST(document, operationName);
  if (operation == null) return null;
  const { depth, aliases, directives, fixed, perRow } = new QueryMeasuring(
    schema,
    document,
    operation,
    variables,
  ).ofOperation(operation);
  return { depth, aliases, directives, cost: Math.round(fixed + perRow * usualPage) };
}

class QueryMeasuring {
  readonly #schema: GraphQLSchema;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, Measures>();
  readonly #pagedTypes: ReadonlySet<string>;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    { variableDefinitions = [] }: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema;
    this.#pagedTypes = pagedTypesOf(schema);
    const values: Record<string, unknown> = Object.create(null);
    for (const { variable, defaultValue } of variableDefinitions) {
      const { value: name } = variable.name;
      const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
      values[name] = given === undefined && defaultValue !== undefined ? plainValue(defaultValue, {}) : given;
    }
    this.#variables = values;
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
  }

  ofOperation({ operation, directives, selectionSet }: OperationDefinitionNode): Measures {
    const measures = this.#ofSelections(selectionSet, this.#schema.getRootType(operation) ?? undefined);
    return { ...measures, directives: measures.directives + (directives?.length ?? 0) };
  }

  #ofSelections(set: SelectionSetNode | undefined, type: GraphQLNamedType | undefined): Measures {
    const sum: Measures = { ...nothing };
    for (const selection of set?.selections ?? []) {
      sum.directives += selection.directives?.length ?? 0;
      if (this.#isLeftOut(selection.directives)) continue;
      const one = this.#ofSelection(selection, type);
      sum.depth = Math.max(sum.depth, one.depth);
      sum.aliases += one.aliases;
      sum.directives += one.directives;
      sum.fixed += one.fixed;
      sum.perRow += one.perRow;
    }
    return sum;
  }

  #ofSelection(selection: SelectionNode, type: GraphQLNamedType | undefined): Measures {
    if (selection.kind === Kind.FIELD) return this.#ofField(selection, type);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      return this.#ofSelections(
        selection.selectionSet,
        condition === undefined ? type : this.#schema.getType(condition),
      );
    }
    return this.#ofFragment(selection.name.value);
  }

  #ofFragment(name: string): Measures {
    const known = this.#measured.get(name);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) return nothing;
    // One that contains itself is none; the validation says so.
    this.#measured.set(name, nothing);
    const measures = this.#ofSelections(fragment.selectionSet, this.#schema.getType(fragment.typeCondition.name.value));
    this.#measured.set(name, measures);
    return measures;
  }

  #ofField(node: FieldNode, parent: GraphQLNamedType | undefined): Measures {
    const field = parent && this.#fieldOf(parent, node.name.value);
    const inner = this.#ofSelections(node.selectionSet, field && getNamedType(field.type));
    const measures = {
      depth: inner.depth + 1,
      aliases: inner.aliases + (node.alias === undefined ? 0 : 1),
      directives: inner.directives,
    };
    // The validation refuses it.
    if (parent === undefined || field === undefined)
      return { ...measures, fixed: 1 + inner.fixed, perRow: inner.perRow };
    const weight = weightOf(parent, field);
    const page = this.#pageOf(node, field);
    const content = inner.fixed + inner.perRow * (page ?? usualPage);
    if (!isList(field)) return { ...measures, fixed: weight + content, perRow: 0 };
    if (page !== null) return { ...measures, fixed: weight + page * content, perRow: 0 };
    if (this.#pagedTypes.has(parent.name)) return { ...measures, fixed: weight, perRow: content };
    return { ...measures, fixed: weight + assumedSize(parent, field) * content, perRow: 0 };
  }

  #fieldOf(parent: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (parent === this.#schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
    const fields = parent.getFields();
    return Object.hasOwn(fields, name) ? fields[name] : undefined;
  }

  /** How many rows a field was asked for, or answers with when it is not told; null where it has no such argument. */
  #pageOf(node: FieldNode, field: GraphQLField<unknown, unknown>): number | null {
    const argument = field.args.find(({ name }) => name === 'first');
    if (argument === undefined) return null;
    const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    const size = given === undefined ? undefined : plainValue(given, this.#variables);
    if (typeof size === 'number') return Math.max(0, size);
    return typeof argument.defaultValue === 'number' ? argument.defaultValue : usualPage;
  }

  #isLeftOut(directives: readonly DirectiveNode[] | undefined): boolean {
    return (directives ?? []).some(({ name, arguments: given }) => {
      const condition = given?.find((one) => one.name.value === 'if')?.value;
      if (condition === undefined) return false;
      const value = plainValue(condition, this.#variables);
      return (name.value === 'skip' && value === true) || (name.value === 'include' && value === false);
    });
  }
}

/** A number or truth value that stands there or in a variable; undefined for anything else. */
function plainValue(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return Number(node.value);
  if (node.kind === Kind.BOOLEAN) return node.value;
  return node.kind === Kind.VARIABLE ? variables[node.name.value] : undefined;
}

const isList = ({ type }: GraphQLField<unknown, unknown>): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type);

const pagedTypes = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

/** Types whose lists are as long as the `first` of the field that answers with them: connections, rankings. */
function pagedTypesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const known = pagedTypes.get(schema);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields()))
        if (!isList(field) && field.args.some(({ name }) => name === 'first')) found.add(getNamedType(field.type).name);
  pagedTypes.set(schema, found);
  return found;
}
