import { getIntrospectionQuery, isInterfaceType, isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { schema } from '../../schema/index.ts';
import { exampleQuery } from '../example-query.ts';
import { namedFields } from './field-costs.ts';
import { measureQuery } from './measure-query.ts';

const measure = (query: string, variables: Record<string, unknown> = {}, operationName?: string) => {
  const measures = measureQuery(schema, parse(query), operationName, variables);
  if (measures === null) throw new Error('There is no such operation');
  return measures;
};
const costOf = (query: string, variables: Record<string, unknown> = {}) => measure(query, variables).cost;
const imports = (first: string, nodes = 'nodes { id }') => `{ viewer { imports${first} { ${nodes} } } }`;

describe('the cost of a query', () => {
  it('grows with the page that is asked for, however that is said', () => {
    const base = costOf(imports('(first: 0)'));
    const ofRows = (query: string, variables = {}) => costOf(query, variables) - base;
    expect(ofRows(imports('(first: 10)'))).toBe(10);
    expect(ofRows(imports('(first: 500)'))).toBe(500);
    expect(ofRows(imports(''))).toBe(50);
    expect(ofRows(imports('(first: null)'))).toBe(50);
    const variable = (declared: string) => `query(${declared}) ${imports('(first: $n)')}`;
    expect(ofRows(variable('$n: Int'), { n: 7 })).toBe(7);
    expect(ofRows(variable('$n: Int'))).toBe(50);
    expect(ofRows(variable('$n: Int = 300'))).toBe(300);
    expect(ofRows(variable('$n: Int = 300'), { n: 5 })).toBe(5);
    expect(ofRows(variable('$n: Int'), { n: 'many' })).toBe(50);
    expect(ofRows(variable('$__proto__: Int').replace('$n', '$__proto__'))).toBe(50);
    expect(ofRows(imports('(first: -5)'))).toBe(0);
    expect(ofRows(imports('(first: 10)', 'edges { node { id } }'))).toBe(20);
    expect(ofRows(imports('(first: 10)', 'a: nodes { id } nodes { id fileName }'))).toBe(31);
  });

  it('is that of each list times that of the one around it', () => {
    const nested = (levels: number, first: number) => {
      let inner = 'id';
      for (let level = 0; level < levels; level += 1)
        inner = `profile { viewings(first: ${first}) { nodes { ${inner} } } }`;
      return costOf(`{ viewer { profiles { viewings(first: ${first}) { nodes { ${inner} } } } } }`);
    };
    expect(nested(1, 500) / nested(0, 500)).toBeGreaterThan(450);
    expect(nested(2, 500)).toBeGreaterThan(500 ** 3);
  });

  it('is the same whether fragments are used or written out', () => {
    const plain = costOf(imports('(first: 20)', 'totalCount nodes { id files { path } }'));
    const connection = 'fragment F on ImportConnection { totalCount ...G }';
    const nodes = 'fragment G on ImportConnection { nodes { ...H } }';
    const node = 'fragment H on Import { id ... { ... on Import { files { path } } } }';
    expect(costOf(`${imports('(first: 20)', '...F')} ${connection} ${nodes} ${node}`)).toBe(plain);
    // One fragment under two pages: each time as many rows as that page has.
    const twice = `{ viewer { a: imports(first: 3) { ...G } b: imports(first: 400) { ...G } } } fragment G on ImportConnection { nodes { id } }`;
    expect(costOf(twice)).toBe(
      costOf('{ viewer { a: imports(first: 3) { nodes { id } } b: imports(first: 400) { nodes { id } } } }'),
    );
  });

  it('leaves out what a directive leaves out, and nothing else', () => {
    const all = costOf(imports('(first: 500)'));
    const without = costOf('{ viewer { id } }');
    const directed = (directive: string, variables = {}) =>
      costOf(
        `query($yes: Boolean = true, $no: Boolean) { viewer { id imports(first: 500) ${directive} { nodes { id } } } }`,
        variables,
      ) - 1;
    for (const directive of [
      '@include(if: false)',
      '@skip(if: true)',
      '@skip(if: $yes)',
      '@include(if: $yes) @skip(if: true)',
    ])
      expect(directed(directive)).toBe(without - 1);
    for (const directive of [
      '@include(if: true)',
      '@skip(if: false)',
      '@include(if: $yes)',
      '@skip(if: $no)',
      '@other(if: false)',
    ])
      expect(directed(directive)).toBe(all);
    expect(directed('@include(if: $no)', { no: false })).toBe(without - 1);
    expect(directed('@include(if: $no)', { no: true })).toBe(all);
    const fragment = (directive: string) =>
      costOf(`{ viewer { ...F ${directive} } } fragment F on Account { imports(first: 500) { nodes { id } } }`);
    expect(fragment('@skip(if: true)')).toBe(1);
    expect(fragment('')).toBe(all);
  });

  it('takes lists that nothing bounds to be long', () => {
    expect(costOf('{ viewer { profiles { id } } }')).toBeGreaterThan(costOf('{ viewer { id } }') + 5);
    const figures = (inner: string) => costOf(`{ node(id: "x") { ... on Profile { analytics { ${inner} } } } }`);
    expect(
      figures('top(dimension: TITLE, first: 400) { items { key } }') -
        figures('top(dimension: TITLE, first: 1) { items { key } }'),
    ).toBe(399);
    expect(figures('timeline(unit: DAY) { points { viewings } }')).toBeGreaterThan(500);
  });

  it('knows only fields that there are', () => {
    const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [],
    );
    expect(namedFields.filter((name) => !fields.includes(name))).toEqual([]);
  });

  it('leaves room for what clients of ours ask, and for the whole of introspection', () => {
    const { limits } = readConfig({});
    for (const query of [getIntrospectionQuery(), exampleQuery('http://127.0.0.1:4000')]) {
      const { cost, depth, aliases, directives } = measure(query);
      expect(cost).toBeLessThan(limits.QUERY_COST / 4);
      expect(depth).toBeLessThanOrEqual(limits.QUERY_DEPTH);
      expect(aliases + directives).toBe(0);
    }
  });
});

describe('a query that nobody means well with', () => {
  const chain = (count: number, on: string, body: (next: string) => string, last: string) =>
    Array.from({ length: count }, (_, at) => `fragment F${at} on ${on} { ${body(`...F${at + 1}`)} }`).join(' ') +
    ` fragment F${count} on ${on} { ${last} }`;

  // Written out, each of them is longer than any computer could read.
  it('is measured without writing its fragments out', () => {
    expect(costOf(`{ viewer { ...F0 } } ${chain(300, 'Account', (next) => `${next} ${next}`, 'id')}`)).toBeGreaterThan(
      2 ** 299,
    );
    const deep = `profile { viewings { nodes { ...N } } }`;
    const wide = (next: string) => `${deep.replace('...N', next)} a: ${deep.replace('...N', next)}`;
    const measures = measure(
      `{ viewer { profiles { viewings { nodes { ...F0 } } } } } ${chain(150, 'Viewing', wide, 'id')}`,
    );
    expect(measures.depth).toBe(455);
    expect(measures.aliases).toBe(2 ** 150 - 1);
    expect(measures.cost).toBeGreaterThan(1e300);
  });

  it('is measured though it makes no sense', () => {
    for (const query of [
      '{ viewer { ...A } } fragment A on Account { ...B id } fragment B on Account { ...A id }',
      '{ viewer { ...Missing nothing { nothing { x: nothing } } } }',
      '{ viewer { ... on Nothing { id } ... on Int { id } } } fragment F on Nothing { id }',
      '{ viewer { id { id { id } } constructor { id } __proto__ { id } toString } }',
      'subscription { constructor { id } }',
      'mutation { a: deleteImport b: deleteImport(input: 1) { viewingsRemoved } }',
      'query($a: [[[Int]]] = [[[1]]]) { viewer { imports(first: $a) { nodes { id } } } }',
    ])
      expect(measure(query)).toMatchObject({ cost: expect.any(Number), depth: expect.any(Number) });
    expect(
      measureQuery(schema, parse('query A { viewer { id } } query B { viewer { id } }'), undefined, {}),
    ).toBeNull();
    expect(measureQuery(schema, parse('fragment A on Account { id }'), 'A', {})).toBeNull();
  });

  it('has all its aliases and directives counted', () => {
    expect(
      measure('{ a: viewer { ...F x: id } b: viewer { ...F } } fragment F on Account { c: id d: id }').aliases,
    ).toBe(7);
    expect(
      measure('query @a { viewer @b @c { ...F @d ... @e { id @f } } } fragment F on Account { id @g }').directives,
    ).toBe(7);
  });
});
