/**
 * Made-up Netflix strings about the works of a made-up catalogue, with their truth, in the columns of the corpus's labelled set.
 *   node --import tsx packages/lake/bench/made-titles.ts FILE.csv [--strings 100000] [--titles 12000000] [--seed 1]
 * Seed and number of titles must be those of the catalogue; its files are not read. README.md beside this file has the figures.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { labelledTitles } from './made/labelled-titles.ts';
import type { MadeTitle } from './made/made-title.ts';
import { TitleIds } from './made/title-ids.ts';
import { MadeWorks } from './made/works.ts';

export interface MadeTitlesOptions {
  readonly strings: number;
  /** Of the catalogue that the strings are about. */
  readonly titles: number;
  readonly seed: number;
}

export function madeTitles({ strings, titles, seed }: MadeTitlesOptions): MadeTitle[] {
  return labelledTitles(new MadeWorks(seed, titles), new TitleIds(seed, titles), strings);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      strings: { type: 'string', default: '100000' },
      titles: { type: 'string', default: '12000000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [file] = positionals;
  if (file === undefined) throw new Error('where to: made-titles.ts FILE.csv');
  const made = madeTitles({
    strings: Number(values.strings),
    titles: Number(values.titles),
    seed: Number(values.seed),
  });
  const columns = Object.keys(made[0] ?? {}) as (keyof MadeTitle)[];
  const lines = made.map((title) => columns.map((column) => `"${title[column].replaceAll('"', '""')}"`).join(','));
  writeFileSync(file, `${[columns.join(','), ...lines].join('\n')}\n`);
}
