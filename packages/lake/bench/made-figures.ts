/**
 * How many films and series share a name, in the test corpus's catalogue and in a made-up one, side by side.
 *   node --import tsx packages/lake/bench/made-figures.ts [--titles 12000000] [--seed 1] [--corpus DIR]
 * Names are compared as the engine compares them, without case, accents and punctuation.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpus } from '../../../scripts/corpus.ts';
import { compareKey } from '../../engine/src/resolve/compare-key.ts';
import { MadeWorks } from './made/works.ts';

const { values } = parseArgs({
  options: {
    titles: { type: 'string', default: '12000000' },
    seed: { type: 'string', default: '1' },
    corpus: { type: 'string' },
  },
});
/** Works in the corpus's catalogue: all are known ones. */
let known = 28_422;

const folder = values.corpus ?? corpus;
if (folder !== null) {
  const names = corpusNames(folder);
  known = names.length;
  print(`corpus, among its ${known} works`, names);
}
const works = new MadeWorks(Number(values.seed), Number(values.titles));
const names: string[] = [];
for (let work = 0; work < works.works; work += 1) names.push(compareKey(works.primaryName(work)));
print(`made up, among its ${known} best known works`, names.slice(0, known));
print(`made up, among all its ${works.works} films, series and the like`, names);

/** By votes, the most first. */
function corpusNames(folder: string): string[] {
  const rows = (file: string) =>
    readFileSync(join(folder, 'catalogue', file), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
  const votes = new Map(rows('title.ratings.tsv').map(([id, , count]) => [id, Number(count)]));
  return rows('title.basics.tsv')
    .filter(([, kind]) => kind !== 'tvEpisode')
    .sort(([first], [second]) => (votes.get(second) ?? 0) - (votes.get(first) ?? 0))
    .map(([, , name = '']) => compareKey(name));
}

/** Of the first works, how many share their name with how many of a group: shares by size, the work itself counted. */
function print(heading: string, group: readonly string[]): void {
  const sizes = new Map<string, number>();
  for (const name of group) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  process.stdout.write(
    `\n${heading}; the largest groups: ${[...sizes.values()]
      .sort((a, b) => b - a)
      .slice(0, 5)
      .join(' ')}\n`,
  );
  process.stdout.write('works             1      2      3      4      5    6-9  10-99   100+\n');
  for (const first of new Set([1000, 5000, 10_000, group.length])) {
    const bounds = [1, 2, 3, 4, 5, 9, 99, Number.POSITIVE_INFINITY];
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
