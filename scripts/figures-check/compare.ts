import { type DuckDBConnection, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import type { Client } from '../../packages/sdk/src/index.ts';
import { type Figure, longest, type Row, type Value } from './figure.ts';
import type { Period } from './history.ts';

export interface Outcome {
  readonly values: number;
  /** Each with what the SQL and what the API has. */
  readonly differences: readonly string[];
}

type Answer = Readonly<Record<string, unknown>>;

/** One with a selection stands for the one value of it. */
function oneValue(value: unknown): Value {
  if (Array.isArray(value)) return value.map(oneValue);
  if (typeof value === 'object' && value !== null) return oneValue(Object.values(value)[0]);
  return (value ?? null) as Value;
}

const nameOf = (column: string) => column.split(' ')[0] ?? column;

function rowsOf(answers: readonly Answer[], columns: readonly string[]): Row[] {
  return answers.map((answer) =>
    Object.fromEntries(columns.map((column) => [nameOf(column), oneValue(answer[nameOf(column)])])),
  );
}

function plain(value: DuckDBValue): Value {
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  return typeof value === 'bigint' ? Number(value) : (value as Value);
}

async function askSql(sql: DuckDBConnection, query: string): Promise<Row[]> {
  const answer = await sql.runAndReadAll(query);
  return answer
    .getRowObjects()
    .map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plain(value)])));
}

function equal(mine: Value | undefined, theirs: Value | undefined): boolean {
  if (Array.isArray(mine) && Array.isArray(theirs))
    return mine.length === theirs.length && mine.every((one, place) => equal(one, theirs[place]));
  if (typeof mine === 'number' && typeof theirs === 'number' && !(Number.isInteger(mine) && Number.isInteger(theirs)))
    return Math.abs(mine - theirs) <= 1e-9;
  return mine === theirs;
}

/** Rows that the document leaves in any order are put in one order; those that the end of the list may have cut off are left out. */
function settled(rows: readonly Row[], by: readonly string[] | undefined): Row[] {
  if (by === undefined) return [...rows];
  const key = (row: Row | undefined) => JSON.stringify(by.map((column) => row?.[column]));
  const groups: Row[][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    if (group !== undefined && key(group[0]) === key(row)) group.push(row);
    else groups.push([row]);
  }
  if (rows.length === longest) groups.pop();
  const whole = (row: Row) => JSON.stringify(Object.entries(row).sort());
  return groups.flatMap((group) => group.sort((one, other) => (whole(one) < whole(other) ? -1 : 1)));
}

function compareRows(where: string, mine: readonly Row[], theirs: readonly Row[], names: readonly string[]): Outcome {
  const differences: string[] = [];
  if (mine.length !== theirs.length)
    differences.push(`${where}: ${mine.length} rows by SQL, ${theirs.length} by the API`);
  const rows = Math.min(mine.length, theirs.length);
  for (let place = 0; place < rows; place++)
    for (const name of names) {
      const [expected, got] = [mine[place]?.[name], theirs[place]?.[name]];
      if (!equal(expected, got))
        differences.push(
          `${where}[${place}].${name}: ${JSON.stringify(expected)} by SQL, ${JSON.stringify(got)} by the API`,
        );
    }
  return { values: rows * names.length + 1, differences };
}

/** Works one figure out in both ways. */
export async function compareFigure(
  { sql, client }: { readonly sql: DuckDBConnection; readonly client: Client },
  profileId: string,
  period: Period | null,
  figure: Figure,
): Promise<Outcome> {
  const { head, list } = figure;
  const fields = [
    ...(head?.columns ?? []),
    ...(list === undefined ? [] : [`${list.of} { ${list.columns.join(' ')} }`]),
  ];
  const { node } = await client.query<{ node: { analytics: { figure: Answer | null } } }>(
    `query($id: ID!, $period: PeriodInput) { node(id: $id) { ... on Profile { analytics(period: $period) {
      figure: ${figure.field} { ${fields.join(' ')} } } } } }`,
    { id: profileId, period },
  );
  const answer = node.analytics.figure;
  if (answer === null) return { values: 1, differences: [`${figure.name}: the API has no answer`] };
  const outcomes: Outcome[] = [];
  if (head !== undefined) {
    const names = head.columns.map(nameOf);
    const theirs = rowsOf([answer], head.columns);
    const { values, differences } = compareRows(figure.name, await askSql(sql, head.sql), theirs, names);
    outcomes.push({ values: values - 1, differences });
  }
  if (list !== undefined) {
    const theirs = settled(rowsOf(answer[list.of] as readonly Answer[], list.columns), list.by);
    const mine = settled(await askSql(sql, list.sql), list.by);
    outcomes.push(compareRows(`${figure.name}.${list.of}`, mine, theirs, list.columns.map(nameOf)));
  }
  return {
    values: outcomes.reduce((sum, { values }) => sum + values, 0),
    differences: outcomes.flatMap(({ differences }) => differences),
  };
}
