import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

// Documents made from the schema itself, so that a field that somebody adds is asked for without anybody having to think of it.

type Field = GraphQLField<unknown, unknown>;

/** A document under construction: values go into variables, whatever their type. */
export class Asking {
  readonly variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];

  value(argument: GraphQLArgument, value: unknown): string {
    const name = `v${this.#declared.length}`;
    this.#declared.push(`$${name}: ${String(argument.type)}`);
    this.variables[name] = value;
    return `${argument.name}: $${name}`;
  }

  document(operation: 'query' | 'mutation' | 'subscription', selection: string): string {
    return `${operation}${this.#declared.length === 0 ? '' : `(${this.#declared.join(', ')})`} { ${selection} }`;
  }
}

/** The value that an argument is given where it has to have one. */
export type Required = (coordinate: string) => unknown;

const call = (
  asking: Asking,
  parent: string,
  field: Field,
  required: Required,
  given: Record<string, unknown> = {},
) => {
  const parts = field.args
    .filter((argument) => argument.name in given || isRequiredArgument(argument))
    .map((argument) =>
      asking.value(
        argument,
        argument.name in given ? given[argument.name] : required(`${parent}.${field.name}(${argument.name})`),
      ),
    );
  return parts.length === 0 ? field.name : `${field.name}(${parts.join(', ')})`;
};

/** What is asked of an object that stands in the answer of a field. */
function shortSelection(field: Field, schema: GraphQLSchema): string {
  const type = getNamedType(field.type);
  if (isAbstractType(type)) {
    const withId = schema.getPossibleTypes(type).every((one) => 'id' in one.getFields());
    return withId ? ' { __typename ... on Node { id } }' : ' { __typename }';
  }
  if (!isObjectType(type)) return '';
  const names = ['id', 'cursor', 'endCursor', 'startCursor'].filter((name) => name in type.getFields());
  return ` { ${['__typename', ...names].join(' ')} }`;
}

/** A field with arguments, and of its answer what tells whose it is: down to the rows of a page. */
export function selectField(
  asking: Asking,
  schema: GraphQLSchema,
  parent: string,
  field: Field,
  required: Required,
  given: Record<string, unknown> = {},
): string {
  const type = getNamedType(field.type);
  const called = call(asking, parent, field, required, given);
  const nodes = isObjectType(type) ? (type.getFields().nodes ?? type.getFields().items) : undefined;
  return nodes === undefined
    ? called + shortSelection(field, schema)
    : `${called} { __typename ${nodes.name}${shortSelection(nodes, schema)} }`;
}

/** Every field of a type. */
export const selectAll = (asking: Asking, schema: GraphQLSchema, type: GraphQLObjectType, required: Required): string =>
  Object.values(type.getFields())
    .map((field) => selectField(asking, schema, type.name, field, required))
    .join(' ');

/** How each type is reached from the root: the shortest way, with what stands inside put into it. */
export type Way = (asking: Asking, inner: string) => string;

export function waysToTypes(schema: GraphQLSchema, required: Required): Map<string, Way> {
  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no queries');
  const ways = new Map<string, Way>([[query.name, (_asking, inner) => inner]]);
  const waiting: GraphQLObjectType[] = [query];
  for (let type = waiting.shift(); type !== undefined; type = waiting.shift()) {
    const { name: parent } = type;
    const way = ways.get(parent) as Way;
    for (const field of Object.values(type.getFields())) {
      const answer = getNamedType(field.type);
      // Whoever is to be found by an id is found by the walk of arguments.
      if (type === query && field.args.some((argument) => argument.name === 'id')) continue;
      for (const next of isAbstractType(answer)
        ? schema.getPossibleTypes(answer)
        : isObjectType(answer)
          ? [answer]
          : []) {
        if (ways.has(next.name)) continue;
        const open = isAbstractType(answer) ? ` { __typename ... on ${next.name}` : '';
        ways.set(next.name, (asking, inner) =>
          way(asking, `${call(asking, parent, field, required)}${open} { ${inner} }${open === '' ? '' : ' }'}`),
        );
        waiting.push(next);
      }
    }
  }
  return ways;
}

export interface ArgumentPlace {
  /** `Profile.viewings(first)`, or `ViewingFilter.titleId` for a field of an input. */
  readonly coordinate: string;
  readonly parent: GraphQLObjectType;
  readonly field: Field;
  readonly argument: GraphQLArgument;
  /** The field of an argument that is an object. */
  readonly inputField: GraphQLInputField | null;
}

/** Every argument of every field, and every field of those that are objects. */
export function argumentPlaces(schema: GraphQLSchema): ArgumentPlace[] {
  const places: ArgumentPlace[] = [];
  for (const parent of Object.values(schema.getTypeMap())) {
    if (!isObjectType(parent) || parent.name.startsWith('__')) continue;
    for (const field of Object.values(parent.getFields()))
      for (const argument of field.args) {
        const type = getNamedType(argument.type);
        if (!isInputObjectType(type)) {
          places.push({
            coordinate: `${parent.name}.${field.name}(${argument.name})`,
            parent,
            field,
            argument,
            inputField: null,
          });
          continue;
        }
        for (const inputField of Object.values(type.getFields()))
          places.push({ coordinate: `${type.name}.${inputField.name}`, parent, field, argument, inputField });
      }
  }
  return places;
}

/** Every field of every type that an answer may hold. */
export const fieldCoordinates = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );
