import type { TitleOfReading } from '@watchprint/engine';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import { prepareStrings, type StringReader, stringToSave } from '../batch/prepared-strings.ts';
import type { Database } from '../open-database.ts';
import { accountStore } from './account-store.ts';
import { addStrings, lockAccount } from './title-store.ts';

const part: Omit<TitleOfReading, 'key' | 'kind' | 'name'> = {
  seriesKey: null,
  seasonKey: null,
  seasonNumber: null,
  episodeNumber: null,
  netflixLabel: null,
};

/**
 * A grammar with all that makes storing hard: what a string is read as depends on how many others its group has, titles are
 * shared within a group and between groups, spellings differ by case alone, and some strings are nothing.
 */
const reader: StringReader = {
  group: (rawTitle) => rawTitle.charAt(0),
  read: (rawTitles) =>
    rawTitles.map((rawTitle) => {
      const others = rawTitles.filter((other) => other.charAt(0) === rawTitle.charAt(0)).length - 1;
      const evidence = [`${others} others`];
      const name = rawTitle.slice(1);
      if (name === '') return { titles: [], evidence };
      const key = name.toLowerCase();
      if (others < 2) return { titles: [{ ...part, key: `movie/${key}`, kind: 'MOVIE', name }], evidence };
      const seriesKey = `series/${key.charAt(0)}`;
      return {
        titles: [
          { ...part, key: seriesKey, kind: 'SERIES', name: name.charAt(0) },
          { ...part, key: `${seriesKey}/${key}`, kind: 'EPISODE', name, seriesKey, episodeNumber: key.length },
        ],
        evidence,
      };
    }),
};

onEveryDatabase('the store of titles', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  async function accountWith(batches: readonly (readonly string[])[]): Promise<string> {
    const accountId = uuidv7();
    await database.sql.query('INSERT INTO account (id, name) VALUES ($1::uuid, $1)', [accountId]);
    for (const rawTitles of batches) {
      const strings = [...new Set(rawTitles)].map((rawTitle) => stringToSave(rawTitle, reader));
      const prepared = prepareStrings(accountId, strings, reader);
      await accountStore(database, accountId).transaction(async (sql) => {
        await lockAccount(sql);
        await addStrings(sql, prepared, reader);
      });
    }
    return accountId;
  }

  const stored = async (accountId: string) => ({
    strings: await database.sql.query(
      `SELECT raw_title, match.evidence, title.kind::text, title.name, title.episode_number, series.name AS series
       FROM match LEFT JOIN title ON title.id = match.title_id LEFT JOIN title series ON series.id = title.series_id
       WHERE match.account_id = $1::uuid ORDER BY raw_title COLLATE "C"`,
      [accountId],
    ),
    titles: await database.sql.query(
      'SELECT kind::text, name FROM title WHERE account_id = $1::uuid ORDER BY kind, name COLLATE "C"',
      [accountId],
    ),
    dangling: await database.sql.query(
      `SELECT raw_title FROM match WHERE account_id = $1::uuid
         AND title_id IS NOT NULL AND NOT EXISTS (SELECT FROM title WHERE title.id = title_id)`,
      [accountId],
    ),
  });

  it('holds the same whichever batches the strings came in', async () => {
    const strings = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'c'), minLength: 1, maxLength: 4 });
    const batches = fc.array(fc.array(strings, { maxLength: 8 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(batches, async (given) => {
        const inBatches = await stored(await accountWith(given));
        const atOnce = await stored(await accountWith([given.flat()]));
        expect(inBatches.dangling).toEqual([]);
        expect(inBatches).toEqual(atOnce);
      }),
      { numRuns: 60, examples: [[[['a']]]] },
    );
  });
});
