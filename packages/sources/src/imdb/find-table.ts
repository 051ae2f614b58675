import { openPage, tidy } from '../html.ts';
import { numberIn } from '../text-numbers.ts';
import { titleIdIn } from './imdb-id.ts';
import { type ImdbListedTitle, unsaid } from './listed-title.ts';
import { yearOf } from './soft.ts';

/** It listed 200, of 600 letters each. */
const mostRows = 250;
const longestRow = 5000;

const titleTypes: Readonly<Record<string, string>> = {
  Short: 'short',
  'TV Episode': 'tvEpisode',
  'TV Mini-Series': 'tvMiniSeries',
  'TV Movie': 'tvMovie',
  'TV Series': 'tvSeries',
  'TV Short': 'tvShort',
  'TV Special': 'tvSpecial',
  Video: 'video',
  'Video Game': 'videoGame',
};

/** The search page as it was until about 2022: a table, read row by row, so that none takes long. */
export function findTable(html: string): {
  readonly query: string | null;
  readonly titles: readonly ImdbListedTitle[];
} {
  const titles: ImdbListedTitle[] = [];
  const start = /<tr class="findResult (?:odd|even)">/g;
  for (let rows = 0; rows < mostRows; rows++) {
    const match = start.exec(html);
    if (match === null) break;
    const row = html.slice(match.index, match.index + longestRow);
    const end = row.indexOf('</tr>');
    const title = end === -1 ? null : titleIn(row.slice(0, end));
    if (title !== null) titles.push(title);
  }
  const [, query] = /<span class="findSearchTerm">"([^<]{1,200})"</.exec(html) ?? [];
  return { query: query ?? null, titles };
}

/** `<a href="/title/tt…/">Smoke</a> (IV) (2015) (Short) <br/>aka …` */
function titleIn(row: string): ImdbListedTitle | null {
  const cell = openPage(`<table>${row}</tr></table>`)('td.result_text').first();
  const link = cell.children('a').first();
  const imdbId = titleIdIn(link.attr('href') ?? '');
  const name = tidy(link.text());
  if (imdbId === null || name === null) return null;
  let year: number | null = null;
  let titleType: string | null = null;
  for (let node = link[0]?.nextSibling; node?.type === 'text'; node = node.nextSibling) {
    for (const [, part = ''] of node.data.matchAll(/\(([^()]{1,40})\)/g)) {
      year ??= yearOf(numberIn(part));
      titleType ??= titleTypes[part] ?? null;
    }
  }
  return { ...unsaid, imdbId, name, titleType, year };
}
