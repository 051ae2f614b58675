import { searchPrefixes, searchWords } from '@watchprint/engine';

/** Works that are found at most. */
const MOST_FOUND = 200;
/** Keys of little known works are looked through from so many characters on. */
const TELLING_PREFIX = 4;
/** Behind every key that begins with what stands before it. */
const LAST = '\u{10ffff}';

/** A statement and its parameters; it answers votes and JSON of each work, the most voted first. */
export interface SearchStatement {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Of some beginnings, which are so frequent that their works are kept by themselves; answers `^` and the beginning. */
export function frequentPrefixes(prefixes: readonly string[], table: (name: string) => string): SearchStatement {
  const parameters = Object.fromEntries(prefixes.map((prefix, place) => [`p${place}`, `^${prefix}`]));
  const asked = prefixes.map((_, place) => `SELECT key FROM ${table('search')} WHERE key = $p${place} LIMIT 1`);
  return { sql: asked.map((one) => `(${one})`).join(' UNION ALL '), parameters };
}

/** The beginnings that `searchStatement` looks for. */
export const prefixesIn = (text: string): string[] => [...new Set([...searchPrefixes(text), ...searchWords(text)])];

/**
 * Looks for works whose names, or a word of whose names, begin with a text, or have all of its words somewhere. A key's beginning is
 * a range of a table that is sorted by keys, of which little is read.
 * @param isFrequent Whether the works of a beginning are kept by themselves.
 * @param table Where a table of the index is, as SQL writes it.
 */
export function searchStatement(
  text: string,
  isFrequent: (prefix: string) => boolean,
  table: (name: string) => string,
): SearchStatement {
  const parameters: Record<string, string> = {};
  const parameter = (value: string): string => {
    const name = `p${Object.keys(parameters).length}`;
    parameters[name] = value;
    return `$${name}`;
  };
  const range = (prefix: string) => `key >= ${parameter(prefix)} AND key < ${parameter(prefix + LAST)}`;
  const best = (columns: string, from: string, where: string) =>
    `(SELECT ${columns} FROM ${table(from)} WHERE ${where} ORDER BY votes DESC LIMIT ${MOST_FOUND})`;
  const found = searchPrefixes(text).flatMap((prefix) => {
    if (isFrequent(prefix)) return [best('votes, work', 'search', `key = ${parameter(`^${prefix}`)}`)];
    const known = best('votes, work', 'search', range(prefix));
    if ([...prefix].length < TELLING_PREFIX) return [known];
    // Those that hardly anybody voted for, by how their names begin.
    const votes = "CAST(work->>'$[#-1]' AS INTEGER) AS votes";
    return [known, best(`${votes}, work`, 'names', `${range(prefix)} AND name_kind <= 2`)];
  });
  const words = searchWords(text);
  if (words.length > 1) {
    // All of a word's keys: a work that has both words may be little known for either.
    const [first = '', ...others] = words.map(range);
    const also = others.map((other) => ` AND id IN (SELECT id FROM ${table('search')} WHERE ${other})`);
    found.push(best('votes, work', 'search', first + also.join('')));
  }
  const all = found.join(' UNION ALL ');
  return { sql: `SELECT DISTINCT votes, work FROM (${all}) ORDER BY votes DESC, work LIMIT ${MOST_FOUND}`, parameters };
}
