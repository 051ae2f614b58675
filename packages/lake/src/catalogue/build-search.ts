import type { DuckDb } from '../duckdb.ts';
import { fileSearchKeys } from './file-names.ts';
import { inParts, PARTS } from './in-parts.ts';

/** Works of so many voters are found by any word of their names; others by how a name begins. */
const VOTERS_TO_SEARCH = 100;
/** What so many keys begin with is too much to look through: its most voted works are kept by themselves. */
const MANY_KEYS = 4000;
/** Longer beginnings are not that frequent. */
const LONGEST_PREFIX = 7;
/** Works that are kept of a frequent beginning. */
const MOST_OF_A_PREFIX = 100;
/** Keys that are looked at for them: a work may have several. */
const KEYS_OF_A_PREFIX = 400;

/**
 * Makes what is looked through when somebody types a name: `search`, by key, with rows `^th` for a beginning of very many keys. Needs the
 * tables `works` and `spelled`.
 */
export async function makeSearch(duckdb: DuckDb): Promise<void> {
  const { connection } = duckdb;
  await connection.run(
    `CREATE TABLE known_names AS SELECT id, name FROM spelled SEMI JOIN (SELECT id FROM works WHERE votes >= ${VOTERS_TO_SEARCH}) known USING (id);
     CREATE TABLE search_keys (key VARCHAR, id INTEGER);
     CREATE TABLE search (key VARCHAR, id INTEGER, votes INTEGER)`,
  );
  await fileSearchKeys(duckdb);
  await inParts(
    connection,
    (part) => `INSERT INTO search SELECT DISTINCT key, id, votes
     FROM search_keys JOIN (SELECT id, votes FROM works) USING (id) WHERE hash(key) % ${PARTS} = ${part}`,
  );
  await connection.run('DROP TABLE known_names; DROP TABLE search_keys; CREATE TABLE prefixes AS FROM search LIMIT 0');
  for (let length = 1; length <= LONGEST_PREFIX; length += 1)
    await connection.run(
      `INSERT INTO prefixes SELECT '^' || prefix, best.id, best.votes FROM (
         SELECT prefix, unnest(best) AS best FROM (
           SELECT prefix, list_distinct(max_by({id: id, votes: votes}, votes::BIGINT * 100000000 - id, ${KEYS_OF_A_PREFIX})) AS best
           FROM (SELECT left(key, ${length}) AS prefix, id, votes FROM search WHERE length(key) >= ${length})
           GROUP BY prefix HAVING count(*) > ${MANY_KEYS}))
       QUALIFY row_number() OVER (PARTITION BY prefix ORDER BY best.votes DESC, best.id) <= ${MOST_OF_A_PREFIX}`,
    );
  await connection.run('INSERT INTO search FROM prefixes; DROP TABLE prefixes');
}
