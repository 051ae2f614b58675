/**
 * How many labelled title strings are read right, by slice, and how fast.
 *   node --import tsx packages/engine/bench/titles.ts [--corpus DIR] [--half 0|1] [--misses]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpus } from '../../../scripts/corpus.ts';
import { predictTitles } from '../src/resolve/predictions.ts';
import { readTitles } from '../src/resolve/read/read-titles.ts';
import { contextTitles, halfOf, labelledTitles } from './title-corpus.ts';

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, half: { type: 'string' }, misses: { type: 'boolean', default: false } },
});
const folder = values.corpus ?? corpus;
if (folder === null) throw new Error('no corpus: pass --corpus DIR or set CORPUS');

const labels = labelledTitles(folder).filter(
  ({ title }) => values.half === undefined || halfOf(title) === Number(values.half),
);
const context = contextTitles(folder);
const predictions = predictTitles(
  labels.map(({ title }) => title),
  context,
);

const temporary = mkdtempSync(join(tmpdir(), 'title-benchmark-'));
try {
  const columns = ['title', 'watched_on', 'kind', 'series', 'season', 'episode'] as const;
  const labelColumns = Object.keys(labels[0] ?? {});
  writeFileSync(join(temporary, 'labels.csv'), csv(labelColumns, labels));
  writeFileSync(
    join(temporary, 'predictions.csv'),
    csv(
      columns,
      predictions.map((prediction, index) => ({ ...prediction, watched_on: labels[index]?.watched_on ?? '' })),
    ),
  );
  const scorer = join(folder, 'titles', 'score.mjs');
  const files = ['--labels', join(temporary, 'labels.csv'), '--predictions', join(temporary, 'predictions.csv')];
  process.stdout.write(execFileSync(process.execPath, [scorer, ...files], { encoding: 'utf8' }));
} finally {
  rmSync(temporary, { recursive: true });
}

const others = labels.flatMap((label, index) =>
  label.kind === 'series-other' || label.sure === 'no' ? [] : [predictions[index]],
);
const mistaken = others.filter((prediction) => prediction?.kind === 'series-other').length;
process.stdout.write(`\n${mistaken} of ${others.length} other strings taken for a trailer or the like.\n`);

const distinct = [...new Set(context)];
const started = performance.now();
readTitles(distinct);
const microseconds = ((performance.now() - started) * 1000) / distinct.length;
process.stdout.write(
  `${distinct.length} distinct strings of the histories read in ${microseconds.toFixed(1)} µs each.\n`,
);

if (values.misses) {
  for (const [index, label] of labels.entries()) {
    const prediction = predictions[index];
    if (!prediction || label.sure === 'no' || label.kind === 'unknown') continue;
    const right =
      prediction.kind === label.kind &&
      (label.kind !== 'episode' ||
        (prediction.season === label.season && bare(prediction.episode) === bare(label.episode ?? '')));
    if (right) continue;
    const read = [prediction.kind, prediction.series, prediction.season, prediction.episode].join(' | ');
    const wanted = [label.kind, label.series, label.season, label.episode].join(' | ');
    process.stdout.write(`${label.slice}\t${label.title}\n\tread   ${read}\n\twanted ${wanted}\n`);
  }
}

function bare(episode: string): string {
  return episode.replace(/\s*\([^()]*\d+[^()]*\)\s*$/u, '');
}

function csv(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  const lines = rows.map((row) => columns.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
