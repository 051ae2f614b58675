/**
 * What the made-up catalogue and strings were made after, and how near they come: shares of works with one name, and the
 * shapes and names of strings, in the test corpus and made up, by the same rules.
 *   node --import tsx packages/lake/bench/made-figures.ts [--titles 12000000] [--strings 100000] [--seed 1] [--corpus DIR]
 * Names are compared as the engine compares them, without case, accents and punctuation.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpus } from '../../../scripts/corpus.ts';
import { contextTitles, labelledTitles as corpusLabels } from '../../engine/bench/title-corpus.ts';
import { compareKey } from '../../engine/src/resolve/compare-key.ts';
import { labelledTitles } from './made/labelled-titles.ts';
import { type NamedString, nameFigures, shapeFigures } from './made/string-figures.ts';
import { TitleIds } from './made/title-ids.ts';
import { MadeWorks } from './made/works.ts';

const { values } = parseArgs({
  options: {
    titles: { type: 'string', default: '12000000' },
    strings: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    corpus: { type: 'string' },
  },
});
const folder = values.corpus ?? corpus;
if (folder === null) throw new Error('no corpus: pass --corpus DIR or set CORPUS');

const catalogue = corpusWorks(folder);
const known = catalogue.size;
const corpusNames = [...catalogue.values()].map(compareKey);
printGroups(`corpus, among its ${known} works`, corpusNames);

const works = new MadeWorks(Number(values.seed), Number(values.titles));
const ids = new TitleIds(Number(values.seed), Number(values.titles));
const names: string[] = [];
for (let work = 0; work < works.works; work += 1) names.push(compareKey(works.primaryName(work)));
printGroups(`made up, among its ${known} best known works`, names.slice(0, known));
printGroups(`made up, among all its ${works.works} films, series and the like`, names);

const made = labelledTitles(works, ids, Number(values.strings)).map((row) => ({ ...row }));
printBeside(
  'distinct strings: corpus, made up',
  shapeFigures([...new Set(contextTitles(folder))]),
  shapeFigures(made.filter(({ kind }) => kind !== 'series-other').map(({ title }) => title)),
);
const nameById = new Map<string, string>();
for (let work = 0; work < works.rated; work += 1) nameById.set(ids.id(work), works.primaryName(work));
printBeside(
  'strings whose work is in the catalogue: corpus (labelled), made up',
  nameFigures(named(corpusLabels(folder), 'imdb_title_id', catalogue), groupSizes(corpusNames)),
  nameFigures(named(made, 'made_title_id', nameById), groupSizes(names.slice(0, known))),
);

function named(
  rows: readonly Readonly<Record<string, string>>[],
  column: string,
  nameById: ReadonlyMap<string, string>,
): NamedString[] {
  return rows.flatMap(({ title = '', locale = '', [column]: id = '' }) => {
    const name = nameById.get(id);
    return name === undefined ? [] : [{ title, locale, name }];
  });
}

/** Films and series by id, by votes, the most first. */
function corpusWorks(folder: string): Map<string, string> {
  const rows = (file: string) =>
    readFileSync(join(folder, 'catalogue', file), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
  const votes = new Map(rows('title.ratings.tsv').map(([id, , count]) => [id, Number(count)]));
  const works = rows('title.basics.tsv')
    .filter(([, kind]) => kind !== 'tvEpisode')
    .sort(([first], [second]) => (votes.get(second) ?? 0) - (votes.get(first) ?? 0))
    .map(([id = '', , name = '']) => [id, name] as const);
  return new Map(works);
}

/** How many of a group's first works share their name with how many of it: shares by size, the work itself counted. */
function printGroups(heading: string, group: readonly string[]): void {
  const sizes = groupSizes(group);
  const largest = [...sizes.values()].sort((a, b) => b - a).slice(0, 5);
  process.stdout.write(`\n${heading}; the largest groups: ${largest.join(' ')}\n`);
  process.stdout.write('works             1      2      3      4      5    6-9  10-99   100+\n');
  const bounds = [1, 2, 3, 4, 5, 9, 99, Number.POSITIVE_INFINITY];
  for (const first of new Set([1000, 5000, 10_000, group.length])) {
    const counts = bounds.map(() => 0);
    const some = group.slice(0, first);
    for (const name of some) {
      const place = bounds.findIndex((bound) => (sizes.get(name) ?? 0) <= bound);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    const shares = counts.map((count) => ((100 * count) / some.length).toFixed(1).padStart(7));
    process.stdout.write(`first ${String(some.length).padEnd(8)}${shares.join('')}\n`);
  }
}

function printBeside(heading: string, wanted: Record<string, string>, got: Record<string, string>): void {
  process.stdout.write(`\n${heading}\n`);
  for (const figure of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
    process.stdout.write(
      `${figure.padEnd(30)}${(wanted[figure] ?? '–').padStart(24)}${(got[figure] ?? '–').padStart(24)}\n`,
    );
  }
}

function groupSizes(names: readonly string[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const name of names) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  return sizes;
}
