import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@watchprint/database';
import { createClient } from '@watchprint/sdk';
import {
  GraphQLID,
  GraphQLString,
  getNamedType,
  isInputObjectType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, newPlace } from '../../database/test/databases.ts';
import { zip } from '../../lake/test/archives.ts';
import { changesWithoutId, given, inAnswersOfChanges, type Person } from '../test/isolation-table.ts';
import {
  type ArgumentPlace,
  Asking,
  argumentPlaces,
  fieldCoordinates,
  selectAll,
  selectField,
  waysToTypes,
} from '../test/schema-walk.ts';
import { schema } from './schema/index.ts';
import { createServer, type WatchprintServer } from './server.ts';
import { issueToken } from './sign-in/api-token.ts';

// One account asks for everything with what is another's. Nothing of the other comes back or is changed, and the answer is the same as
// for what never existed. What is asked is made from the schema: a new field is walked by itself, a new argument needs a line in
// isolation-table.ts, and the walk fails until it is there.

const required = (coordinate: string) => {
  const [value] = given[coordinate]?.({ word: 'x', token: '', accountId: '', ids: new Map(), cursors: [] }) ?? [];
  return value;
};
const ways = waysToTypes(schema, required);
const places = argumentPlaces(schema);
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const takesId = ({ argument, inputField }: ArgumentPlace) => getNamedType((inputField ?? argument).type) === GraphQLID;
const takesText = ({ argument, inputField }: ArgumentPlace) => {
  const type = getNamedType((inputField ?? argument).type);
  return type === GraphQLID || type === GraphQLString;
};

/** Needed to call a field; the walk sees what is in them. */
const periods = ['Profile.analytics(period)', 'Analytics.comparedWith(period)'];

const hostile = [
  "' OR account_id IS NOT NULL --",
  "'; DELETE FROM viewing; --",
  '") OR 1=1 --',
  '%',
  '_',
  '\\',
  '$1',
  '{"$ne":null}',
  '../..',
  '\u0000',
  '\ud800',
];

/** An id of the same kind that never was. */
function neverWas(id: string): string {
  const [kind] = Buffer.from(id, 'base64url').toString().split(':');
  return Buffer.from(`${kind}:${kind === 'Viewing' ? '900000000000000001' : randomUUID()}`).toString('base64url');
}

const history = (word: string) => `Title,Date
"${word} Hour: Season 1: The ${word} Door","28/07/2020"
"${word} Hour: Season 2: Another ${word}","27/07/2020"
"${word} Moons","13/06/2020"
"${word}","soon"
`;
const activity = (
  word: string,
) => `Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country
${word} Kid,2021-03-02 20:15:00,00:45:10,,${word} Street: Series 1: Thaw ${word} (Episode 2),,${word} TV,00:45:10,00:45:10,AU (Australia)
${word} Kid,2021-03-01 11:00:00,01:30:00,,${word} Film,,${word} Phone,01:30:00,Not latest view,NZ (New Zealand)
`;
/** The whole export of a person, and the next: a viewing has gone, another has come. */
const exports = async (word: string) => {
  const ratings =
    'Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n';
  const billing = 'Transaction Date,Description,Currency,Gross Sale Amt\n';
  const rows = activity(word);
  const tables = {
    'Ratings.csv': `${ratings}${word} Kid,${word} Film,thumb,,2,${word} TV,2021-03-02 10:00:00,\n`,
    'BillingHistory.csv': `${billing}2021-03-01,${word} subscription,AUD,9.99\n`,
  };
  return [
    await zip({ ...tables, 'ViewingActivity.csv': rows }),
    await zip({
      ...tables,
      'ViewingActivity.csv': rows.replace('2021-03-01 11:00:00', '2021-03-05 11:00:00'),
    }),
  ];
};
const bytes = (text: string) => new TextEncoder().encode(text);

/** Twenty at once may have to wait on a machine that has other things to do. */
const limits = { OPERATION_SECONDS: 300 };

describe.each(databaseKinds)('accounts (%s)', (kind) => {
  let database: Database;
  let server: WatchprintServer;
  let url: string;
  let [ann, bob]: Person[] = [];
  /** Types whose answers told an id or a cursor of a person that none before told. */
  const telling = new Set<string>();
  beforeAll(async () => {
    const place = await newPlace(kind);
    const { home } = place;
    database = await openDatabase(place);
    server = await createServer({
      database,
      config: { home, port: 0, logLevel: 'silent', auth: 'tokens', limits, sources: [] },
    });
    url = await server.listen();
    [ann, bob] = [await newPerson('Atlantis'), await newPerson('Zanzibar')];
  });
  afterAll(() => server.close());

  async function ask(
    token: string,
    document: string,
    variables: object = {},
    accept = 'application/json',
  ): Promise<string> {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: document, variables }),
    });
    // A subscription that waits says so now and then.
    return (await answer.text()).replaceAll(/^:\n\n/gm, '');
  }

  /** @param asked what the ids and cursors are learned from. */
  async function newPerson(word: string, asked = everyType()): Promise<Person> {
    const holder = { account: word, scope: 'FULL', name: word, expiresInDays: null } as const;
    const { token } = await issueToken(database.sql, holder);
    const client = createClient({ url, token });
    const options = { fileName: `${word}.csv` };
    await client.importHistory(bytes(history(word)), { ...options, profileName: `${word} Parent` });
    for (const archive of await exports(word)) await client.importHistory(archive, { fileName: `${word}.zip` });
    const [account] = await database.sql.query<{ id: string }>('SELECT id::text FROM account WHERE name = $1', [word]);
    const ids = new Map<string, string[]>();
    const cursors = new Set<string>();
    for (const { type, document, variables } of asked)
      for (const [, name, value = ''] of (await ask(token, document, variables)).matchAll(/"(\w+)":"([^"]*)"/g)) {
        if (name === 'id') {
          const [of = ''] = Buffer.from(value, 'base64url').toString().split(':');
          const known = ids.get(of) ?? [];
          if (known.includes(value)) continue;
          ids.set(of, [...known, value]);
          telling.add(type);
        }
        if ((name === 'cursor' || name === 'endCursor' || name === 'startCursor') && !cursors.has(value)) {
          cursors.add(value);
          telling.add(type);
        }
      }
    return { word, token, accountId: account?.id ?? '', ids, cursors: [...cursors] };
  }

  /** For each type, a document that asks for every field of those that the caller has. */
  function everyType(): { type: string; document: string; variables: object }[] {
    return [...ways].map(([type, way]) => {
      const asking = new Asking();
      const object = schema.getType(type);
      if (!isObjectType(object)) throw new Error(`${type} is no type of objects`);
      const inner = object === schema.getQueryType() ? '__typename' : selectAll(asking, schema, object, required);
      return { type, document: asking.document('query', way(asking, inner)), variables: asking.variables };
    });
  }

  /** For an argument, a document that gives it a value wherever its field can be reached. */
  function withArgument({ parent, field, argument, inputField }: ArgumentPlace, value: unknown) {
    const asking = new Asking();
    const content = inputField === null ? value : { ...restOfInput(inputField.name), [inputField.name]: value };
    const selection = selectField(asking, schema, parent.name, field, required, { [argument.name]: content });
    const way = ways.get(parent.name);
    if (way === undefined) throw new Error(`Nobody can reach ${parent.name}`);
    return { document: asking.document('query', way(asking, selection)), variables: asking.variables };
  }
  // Two that only go together.
  const restOfInput = (name: string) =>
    name === 'dimensionKey' ? { dimension: 'SERIES' } : name === 'dimension' ? { dimensionKey: 'x' } : {};

  /** For a change or subscription, each of its ids in turn. */
  function withIds(place: ArgumentPlace, them: Person, id: unknown) {
    const { parent, field, argument, inputField } = place;
    const asking = new Asking();
    const type = getNamedType(argument.type);
    const input = isInputObjectType(type)
      ? Object.fromEntries(
          Object.values(type.getFields()).map(({ name }) => [
            name,
            name === inputField?.name ? id : given[`${type.name}.${name}`]?.(them)[0],
          ]),
        )
      : id;
    const selection = selectField(asking, schema, parent.name, field, required, { [argument.name]: input });
    const operation = parent === schema.getMutationType() ? 'mutation' : 'subscription';
    return { document: asking.document(operation, selection), variables: asking.variables };
  }

  /** Every row that is an account's, in every table that has such rows: from the catalogue, so that no table can be forgotten. */
  async function everythingOf({ accountId }: Person): Promise<Record<string, string[]>> {
    const tables = await database.sql.query<{ name: string }>(
      `SELECT table_name::text AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'account_id' ORDER BY 1`,
    );
    expect(tables.length).toBeGreaterThan(10);
    const rows: Record<string, string[]> = {};
    for (const { name } of tables)
      rows[name] = (
        await database.sql.query<{ row: string }>(
          `SELECT t::text AS row FROM "${name}" t WHERE account_id = $1::uuid ORDER BY 1`,
          [accountId],
        )
      ).map(({ row }) => row);
    return rows;
  }

  function expectNothingOf(them: Person, answer: string, document: string): void {
    if (answer.toLowerCase().includes(them.word.toLowerCase())) expect.fail(`${document}\nshowed ${answer}`);
    for (const id of [...them.ids.values()].flat()) if (answer.includes(id)) expect.fail(`${document}\nshowed ${id}`);
    if (answer.includes('INTERNAL_SERVER_ERROR')) expect.fail(`${document}\nfailed: ${answer}`);
  }

  it('have all of their fields, arguments and changes walked', () => {
    const walked = new Set<string>();
    const see = (document: string) => {
      const types = new TypeInfo(schema);
      visit(
        parse(document),
        visitWithTypeInfo(types, {
          Field: () => void walked.add(`${types.getParentType()?.name}.${types.getFieldDef()?.name}`),
        }),
      );
    };
    for (const { document } of everyType()) see(document);
    const answersOfChanges = [...mutations.map(({ type }) => getNamedType(type).name), ...inAnswersOfChanges];
    const missing = fieldCoordinates(schema).filter((coordinate) => {
      const [type = ''] = coordinate.split('.');
      // What a change answers with is asked for by the walk of changes.
      return !walked.has(coordinate) && !['Query', 'Mutation', 'Subscription', ...answersOfChanges].includes(type);
    });
    expect(missing, 'fields that no way leads to').toEqual([]);
    expect(
      places.filter(({ coordinate }) => given[coordinate] === undefined).map(({ coordinate }) => coordinate),
      'arguments without a line in isolation-table.ts',
    ).toEqual([]);
    const withoutId = mutations.filter(
      ({ name }) =>
        !places.some(
          (place) => place.parent === schema.getMutationType() && place.field.name === name && takesId(place),
        ),
    );
    expect(
      withoutId.map(({ name }) => name),
      'changes without an id, each of which needs a test',
    ).toEqual(changesWithoutId);
    expect(
      Object.keys(given).filter(
        (coordinate) => !periods.includes(coordinate) && !places.some((place) => place.coordinate === coordinate),
      ),
      'lines for arguments that there are none of',
    ).toEqual([]);
  });

  it('hold something of every kind, so that the walk means something', async () => {
    for (const person of [ann, bob] as Person[]) {
      expect([...person.ids.keys()].sort()).toEqual(['Account', 'Import', 'Match', 'Profile', 'Title', 'Viewing']);
      expect(person.cursors.length).toBeGreaterThan(3);
      const rows = await everythingOf(person);
      for (const table of ['profile', 'import', 'viewing', 'match', 'title', 'rejected_row', 'api_token'])
        expect([table, rows[table]?.length]).not.toEqual([table, 0]);
    }
  });

  it('see what is theirs, and nothing of another', async () => {
    let shown = 0;
    for (const { document, variables } of everyType()) {
      const answer = await ask(ann?.token ?? '', document, variables);
      expect(answer).not.toContain('"errors"');
      expectNothingOf(bob as Person, answer, document);
      if (answer.includes('Atlantis')) shown += 1;
    }
    expect(shown).toBeGreaterThan(5);
  });

  it('get the same answer for an id of another as for one that never was', async () => {
    const [me, them] = [ann, bob] as [Person, Person];
    let asked = 0;
    for (const place of places.filter((one) => takesId(one) && ways.has(one.parent.name)))
      for (const id of given[place.coordinate]?.(them) ?? []) {
        const { document, variables } = withArgument(place, id);
        const answer = await ask(me.token, document, variables);
        expectNothingOf(them, answer, document);
        const never = withArgument(place, neverWas(String(id)));
        expect([document, id, answer]).toEqual([document, id, await ask(me.token, never.document, never.variables)]);
        asked += 1;
      }
    expect(asked).toBeGreaterThan(40);
  });

  it('get nothing of another by any other argument', async () => {
    const [me, them] = [ann, bob] as [Person, Person];
    const before = await everythingOf(them);
    for (const place of places.filter((one) => ways.has(one.parent.name)))
      for (const value of [...(given[place.coordinate]?.(them) ?? []), ...(takesText(place) ? hostile : [])]) {
        const { document, variables } = withArgument(place, value);
        expectNothingOf(them, await ask(me.token, document, variables), document);
      }
    expect(await everythingOf(them)).toEqual(before);
  });

  async function changeWith(me: Person, them: Person, others: readonly string[]): Promise<number> {
    let asked = 0;
    for (const place of places.filter((one) => takesId(one) && !ways.has(one.parent.name)))
      for (const id of [...(given[place.coordinate]?.(them) ?? []), ...others]) {
        const { document, variables } = withIds(place, them, id);
        const answer = await ask(me.token, document, variables, 'text/event-stream, application/json;q=0.9');
        expectNothingOf(them, answer, document);
        const never = withIds(place, them, hostile.includes(String(id)) ? id : neverWas(String(id)));
        expect([document, id, answer]).toEqual([
          document,
          id,
          await ask(me.token, never.document, never.variables, 'text/event-stream, application/json;q=0.9'),
        ]);
        expect(answer).toContain('"errors"');
        asked += 1;
      }
    return asked;
  }

  it('change nothing of another, nor follow it', async () => {
    const [me, them] = [ann, bob] as [Person, Person];
    const before = [await everythingOf(them), await everythingOf(me)];
    expect(await changeWith(me, them, hostile)).toBeGreaterThan(40);
    expect([await everythingOf(them), await everythingOf(me)]).toEqual(before);
  });

  it('importHistory: the same file and the same names are each account’s own', async () => {
    const them = bob as Person;
    const before = await everythingOf(them);
    const cleo = await newPerson('Cythera');
    const client = createClient({ url, token: cleo.token });
    const done = await client.importHistory(bytes(history(them.word)), {
      profileName: `${them.word} Parent`,
      fileName: `${them.word}.csv`,
    });
    expect(done).toMatchObject({ rowsImported: 3, rowsDuplicate: 0 });
    expect(await everythingOf(them)).toEqual(before);
    await client.deleteImport(done.id);
    expect(await everythingOf(them)).toEqual(before);
    // The original that both had is still the other's: it is read again when it is needed.
    const again = await createClient({ url, token: them.token }).importHistory(bytes(history(them.word)), {
      profileName: `${them.word} Parent`,
    });
    expect(again).toMatchObject({ status: 'COMPLETED', rowsImported: 0, rowsDuplicate: 3 });
    await createClient({ url, token: them.token }).deleteImport(again.id);
    expect(await everythingOf(them)).toEqual(before);
  });

  it('updateSource: what is everybody’s is switched by nobody who has a token', async () => {
    const { token } = bob as Person;
    const answer = await ask(
      token,
      'mutation { updateSource(input: { name: IMDB, enabled: true }) { source { name } } }',
    );
    expect(answer).toContain('FORBIDDEN');
  });

  it('deleteAccount: nobody’s name or id but one’s own confirms it, and it takes along one’s own alone', async () => {
    const [me, them] = [await newPerson('Delos'), bob as Person];
    const before = [await everythingOf(them), await everythingOf(me)];
    const remove =
      'mutation($confirm: String!) { deleteAccount(input: { confirm: $confirm }) { after { name rows } } }';
    for (const confirm of [...(given['DeleteAccountInput.confirm']?.(them) ?? []), ...hostile])
      expect(await ask(me.token, remove, { confirm })).toContain('BAD_USER_INPUT');
    expect([await everythingOf(them), await everythingOf(me)]).toEqual(before);
    expect(await ask(me.token, remove, { confirm: me.word })).not.toContain('"errors"');
    expect(await everythingOf(them)).toEqual(before[0]);
    expect(await everythingOf(me)).not.toEqual(before[1]);
    // The token went along.
    expect(await ask(me.token, '{ viewer { id } }')).toContain('UNAUTHENTICATED');
  });

  it('importCorrections, rematch, previewRematch: what one says of a string is said of one’s own alone', async () => {
    const [me, them] = [await newPerson('Hydra'), bob as Person];
    const before = await everythingOf(them);
    const corrections = [`${them.word} Film`, `${them.word} Moons`].map((rawTitle) => ({ rawTitle, imdbId: null }));
    const keep = 'mutation($input: ImportCorrectionsInput!) { importCorrections(input: $input) { kept } }';
    expect(await ask(me.token, keep, { input: { corrections } })).toContain('"kept":2');
    expect(await ask(me.token, 'mutation { rematch { matching { status } } }')).not.toContain('"errors"');
    expect(await ask(me.token, 'mutation { previewRematch { changes { stringsCompared } } }')).not.toContain(
      '"errors"',
    );
    expect(await everythingOf(them)).toEqual(before);
    expect((await everythingOf(me)).correction).toHaveLength(2);
    expect(await ask(them.token, '{ viewer { corrections { totalCount } } }')).toContain('"totalCount":0');
  });

  it('stay apart with twenty of them at once', async () => {
    const words = Array.from({ length: 20 }, (_, at) => `Isle${String.fromCharCode(97 + at).repeat(3)}`);
    const people: Person[] = [];
    const tell = everyType().filter(({ type }) => telling.has(type));
    for (let at = 0; at < words.length; at += 5)
      people.push(...(await Promise.all(words.slice(at, at + 5).map((word) => newPerson(word, tell)))));
    // As much is known of each as of who was asked everything: what is looked for below is all there is.
    const known = ({ ids }: Person) => Object.fromEntries([...ids].map(([of, those]) => [of, those.length]));
    for (const person of people) expect(known(person)).toEqual(known(ann as Person));
    expect(new Set(people.map(({ accountId }) => accountId)).size).toBe(20);
    const before = await Promise.all(people.map(everythingOf));
    await Promise.all(
      people.map(async (me, at) => {
        const them = people[(at + 1) % people.length] as Person;
        // One of each kind is enough here: the tests above ask for all of them.
        const few = { ...them, ids: new Map([...them.ids].map(([of, ids]) => [of, ids.slice(0, 1)])) };
        // A fourth of the types each: every type is asked for by five of them at once.
        for (const { document, variables } of everyType().filter((_, nth) => nth % 4 === at % 4)) {
          const answer = await ask(me.token, document, variables);
          expect(answer).not.toContain('"errors"');
          for (const other of people) if (other !== me) expectNothingOf(other, answer, document);
        }
        for (const place of places.filter((one) => takesId(one) && ways.has(one.parent.name)))
          for (const id of given[place.coordinate]?.(few) ?? []) {
            const { document, variables } = withArgument(place, id);
            expectNothingOf(them, await ask(me.token, document, variables), document);
          }
        expect(await changeWith(me, few, [])).toBeGreaterThan(10);
      }),
    );
    expect(await Promise.all(people.map(everythingOf))).toEqual(before);
  }, 600_000);
});
