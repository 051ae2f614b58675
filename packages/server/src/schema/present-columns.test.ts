import { accountStore, type Database, openDatabase } from '@watchprint/database';
import { execute, GraphQLObjectType, GraphQLSchema, isObjectType, parse } from 'graphql';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import { schema } from './index.ts';

describe('a field that is made of columns', () => {
  const id = uuidv7();
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await newPlace('postgres'));
    await database.sql.query(
      `INSERT INTO title (id, kind, name, year, runtime_minutes) VALUES ($1::uuid, 'MOVIE', 'Paper Moons', 2003, 100)`,
      [id],
    );
  });
  afterAll(() => database.close());

  async function answered(row: object): Promise<unknown> {
    const movie = schema.getType('Movie');
    if (!isObjectType(movie)) throw new Error('There is no Movie');
    const query = new GraphQLObjectType({ name: 'Query', fields: { movie: { type: movie, resolve: () => row } } });
    const { data, errors } = await execute({
      schema: new GraphQLSchema({ query }),
      document: parse('{ movie { name year runtimeMinutes } }'),
      contextValue: { account: accountStore(database, uuidv7()) },
    });
    expect(errors).toBeUndefined();
    return JSON.parse(JSON.stringify(data));
  }

  it('answers from a row that has them, null too', async () => {
    const row = { id, kind: 'MOVIE', name: 'As it was read', year: null, runtimeMinutes: 90 };
    expect(await answered(row)).toEqual({ movie: { name: 'As it was read', year: null, runtimeMinutes: 90 } });
  });

  it('loads those that a row has not', async () => {
    expect(await answered({ id, kind: 'MOVIE' })).toEqual({
      movie: { name: 'Paper Moons', year: 2003, runtimeMinutes: 100 },
    });
    expect(await answered({ id, kind: 'MOVIE', name: 'As it was read' })).toEqual({
      movie: { name: 'As it was read', year: 2003, runtimeMinutes: 100 },
    });
  });
});
