import type { WikipediaInfobox } from '@watchprint/engine';
import { type CheerioAPI, tidy } from '../html.ts';
import { leadOf } from './article.ts';
import { type HtmlElement, linesOf, namesOf, textOf } from './cell-lines.ts';

/** A box at the top of an article: its cells by label, in small letters. */
export type InfoboxRows = ReadonlyMap<string, HtmlElement>;

const directors = ['directed by', 'director', 'directors'];
const networks = ['network', 'networks', 'original network', 'original networks', 'original channel'];
const releases = [
  'release date',
  'release dates',
  'release',
  'released',
  'original release',
  'first shown',
  'first aired',
];
const counts = { seasons: ['no. of seasons', 'no. of series'], episodes: ['no. of episodes'] };

/** Boxes of films have two of these and more. */
const ofFilms = [
  'directed by',
  'starring',
  'cinematography',
  'edited by',
  'running time',
  'distributed by',
  'box office',
  'release date',
  'release dates',
];

/** Boxes of books, games, radio, podcasts, one episode, and of manga with its films and series, which tell of several works. */
const ofOthers = [
  'episode no.',
  'volumes',
  'published by',
  'publisher',
  'publishers',
  'demographic',
  'magazine',
  'licensed by',
  'platform',
  'platforms',
  'label',
  'home station',
  'hosted by',
];

/** Thousands, one in another, would take hours. */
const mostBoxes = 5;

/** The first box of a film or series in an article's lead. Articles on one season are not on the series. */
export function infoboxOf(page: CheerioAPI): { kind: 'film' | 'tv'; rows: InfoboxRows } | null {
  const boxes = leadOf(page).flatMap((element) =>
    page(element).is('table.infobox') ? [element] : page(element).find('table.infobox').toArray(),
  );
  for (const box of boxes.slice(0, mostBoxes)) {
    const rows = rowsOf(page, box);
    const kind = isOfSeason(page, box) ? null : kindOf(rows);
    if (kind !== null) return { kind, rows };
  }
  return null;
}

/** Whether the lead has a table with a box's rows that is no box by its mark: marks change, and then nothing is NOT_FOUND. */
export function hasUnknownBox(page: CheerioAPI): boolean {
  const tables = leadOf(page).flatMap((element) => [
    ...page(element).filter('table:not(.infobox)').toArray(),
    ...page(element).find('table:not(.infobox)').toArray(),
  ]);
  return tables
    .slice(0, mostBoxes)
    .some((table) => page(table).closest('table.infobox').length === 0 && kindOf(rowsOf(page, table)) !== null);
}

function rowsOf(page: CheerioAPI, box: HtmlElement): InfoboxRows {
  const rows = new Map<string, HtmlElement>();
  for (const row of page(box).find('> tbody > tr').toArray()) {
    const [label] = page(row).children('th').toArray();
    const [cell] = page(row).children('td').toArray();
    if (label === undefined || cell === undefined) continue;
    // `Release date(s)`
    const name = textOf(label)?.toLowerCase().replace('(s)', 's');
    if (name !== undefined && !rows.has(name)) rows.set(name, cell);
  }
  return rows;
}

function isOfSeason(page: CheerioAPI, box: HtmlElement): boolean {
  return page(box)
    .find('> tbody > tr > .infobox-above, > tbody > tr > .infobox-subheader, > tbody > tr > .infobox-header')
    .toArray()
    .some((header) => /^(?:(?:season|series) \d+|(?:season|series|episode) chronology)$/i.test(textOf(header) ?? ''));
}

function kindOf(rows: InfoboxRows): 'film' | 'tv' | null {
  const has = (label: string) => rows.has(label);
  if (ofOthers.some(has)) return null;
  if ([...counts.seasons, ...counts.episodes].some(has)) return 'tv';
  // Films made for television name a network too, and who directed.
  if (!has('directed by') && has('genre') && networks.some(has)) return 'tv';
  return ofFilms.filter(has).length >= 2 ? 'film' : null;
}

export function factsOf(page: CheerioAPI, rows: InfoboxRows): Omit<WikipediaInfobox, 'pageTitle'> {
  const names = (...labels: string[]) => namesIn(cellsOf(rows, labels));
  const words = (...labels: string[]) => namesIn(cellsOf(rows, labels), /,\s+/);
  return {
    directors: names(...directors),
    writers: names('written by', 'writer', 'writers', 'screenplay by', 'story by', 'teleplay by'),
    producers: names('produced by', 'producer', 'producers'),
    creators: names('created by', 'creator', 'creators'),
    starring: names('starring', 'voices of'),
    composers: names('music by', 'composer', 'composers'),
    genres: words('genre', 'genres'),
    countries: words('country', 'countries', 'country of origin', 'countries of origin'),
    languages: words('language', 'languages', 'original language', 'original languages'),
    runningTime: textIn(rows, 'running time'),
    releaseDate: firstDate(page, cellsOf(rows, releases)),
    networks: names(...networks),
    productionCompanies: names('production company', 'production companies'),
    distributors: names('distributed by', 'distributor', 'distributors'),
    budget: textIn(rows, 'budget'),
    boxOffice: textIn(rows, 'box office'),
    seasonCount: countIn(cellsOf(rows, counts.seasons)),
    episodeCount: countIn(cellsOf(rows, counts.episodes)),
  };
}

const cellsOf = (rows: InfoboxRows, labels: readonly string[]): HtmlElement[] =>
  labels.flatMap((label) => rows.get(label) ?? []);

function namesIn(cells: readonly HtmlElement[], separator?: RegExp): string[] | null {
  const lines = cells.flatMap(namesOf).flatMap((line) => (separator === undefined ? [line] : line.split(separator)));
  const names = lines.flatMap((line) => tidy(line) ?? []);
  return names.length === 0 ? null : [...new Set(names)];
}

function textIn(rows: InfoboxRows, label: string): string | null {
  const cell = rows.get(label);
  return cell === undefined ? null : tidy(linesOf(cell).join(', '));
}

/** `20 (list of episodes)` → 20; null for `5,000+`, or for numbers in several lines. */
function countIn([cell]: readonly HtmlElement[]): number | null {
  const numbers = (cell === undefined ? [] : linesOf(cell)).filter((line) => /^\d/.test(line));
  const [, digits] = /^(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d+,–-])/.exec(numbers[0] ?? '') ?? [];
  return digits === undefined || numbers.length > 1 ? null : Number(digits.replaceAll(',', ''));
}

/** Templates put each date in a hidden element beside the one in words. */
function firstDate(page: CheerioAPI, cells: readonly HtmlElement[]): string | null {
  const [first] = cells
    .flatMap((cell) => page(cell).find('.bday').toArray())
    .map((date) => page(date).text().trim())
    .filter((date) => /^\d{4}/.test(date))
    .sort();
  // The first may be a month or a year only: then the day is not known.
  return /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(first ?? '') ? (first ?? null) : null;
}
