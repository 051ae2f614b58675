import { tidy } from '../html.ts';
import { found, singlePage, UnknownLayoutError } from '../page.ts';

/** One of Netflix's lists of what is viewed most, as it stands there. */
export interface NetflixTop10List {
  /** Names of its first line. */
  readonly columns: readonly string[];
  /** By those names. Null: the field is empty, or says `N/A`. */
  readonly rows: readonly Readonly<Record<string, string | null>>[];
  /** Numbers of the lines that have more or fewer fields than the first: they were left out. */
  readonly rejectedLines: readonly number[];
}

/**
 * A saved list, for people to look at. The lists themselves are stored and typed by the lake, as a data set.
 * Published files were broken before: a page under the list's name, or nothing but `null`.
 */
export const netflixTop10 = singlePage<NetflixTop10List>({
  source: 'netflix-pages',
  kind: 'top10',
  keys: 'name of the list (all-weeks-global, all-weeks-countries, most-popular)',
  isKey: (key) => /^(?:all-weeks-(?:global|countries)|most-popular)$/.test(key),
  policy: 'robots',
  types: ['text/tab-separated-values', 'text/plain', 'application/octet-stream'],
  request: (key, origin) => ({ url: `${origin}/tudum/top10/data/${key}.tsv` }),
  recognises: (body) => listOf(columnsOf(firstLine(body))) !== null,
  read({ body }, key) {
    const columns = columnsOf(firstLine(body));
    const list = listOf(columns);
    if (list === null) throw new UnknownLayoutError("The first line has not got the columns of one of Netflix's lists");
    if (list !== key) throw new UnknownLayoutError(`Asked for ${key}, and the file is ${list}`);
    const rows: Record<string, string | null>[] = [];
    const rejectedLines: number[] = [];
    for (const [index, line] of body.split('\n').entries()) {
      if (index === 0 || line.trim() === '') continue;
      const fields = line.replace(/\r$/, '').split('\t');
      if (fields.length === columns.length)
        rows.push(Object.fromEntries(columns.map((column, place) => [column, fieldOf(fields[place])])));
      else rejectedLines.push(index + 1);
    }
    return found({ columns, rows, rejectedLines });
  },
});

function firstLine(body: string): string {
  const end = body.indexOf('\n');
  return (end < 0 ? body.slice(0, 2000) : body.slice(0, Math.min(end, 2000))).replace(/^\uFEFF/, '').replace(/\r$/, '');
}

const columnsOf = (line: string): readonly string[] => line.split('\t').map((name) => name.trim());

function listOf(columns: readonly string[]): string | null {
  const has = (...names: string[]) => names.every((name) => columns.includes(name));
  if (!has('category', 'show_title', 'season_title')) return null;
  if (has('week', 'weekly_rank')) return has('country_iso2') ? 'all-weeks-countries' : 'all-weeks-global';
  return has('rank') && columns.some((name) => /^hours_viewed_first_\d+_days$/.test(name)) ? 'most-popular' : null;
}

const fieldOf = (field: string | undefined): string | null => (field === 'N/A' ? null : tidy(field));
