import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openCatalogue } from '@watchprint/lake';
import { expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { readCorpusContexts, syncCorpusCatalogue } from '../../../../scripts/match-report.ts';
import { predictRows } from './predict-rows.ts';
import { readTable } from './titles-file.ts';

interface Level {
  readonly accepted: number;
  readonly right: number;
  readonly inCat: number;
  readonly outCat: number;
  readonly outAbstained: number;
}
type Scored = Map<string, { readonly parse: readonly [number, number]; readonly t: Level; readonly e: Level }>;

// What docs/title-benchmark.md says, with some room: a change that loses more than a string or two should be seen.
it.skipIf(corpus === null)('matches the labelled titles as the benchmark says', { timeout: 300_000 }, async () => {
  const folder = corpus as string;
  const home = mkdtempSync(join(tmpdir(), 'matched-titles-'));
  await syncCorpusCatalogue(home, folder);
  const catalogue = await openCatalogue(join(home, 'lake'));
  if (catalogue === null) throw new Error('no catalogue');
  const labels = await readTable(join(folder, 'titles', 'labelled.csv'));
  const { contexts, leftOut } = await readCorpusContexts(folder);
  // One file has no titles.
  expect(leftOut).toHaveLength(1);
  const predictions = await predictRows(labels, contexts, catalogue);
  await catalogue.close();
  const { score } = (await import(pathToFileURL(join(folder, 'titles', 'score.mjs')).href)) as {
    score(labels: unknown, predictions: unknown, options?: { episodeBasis?: string }): Scored;
  };
  const marked = predictions.map((prediction, place) => ({
    ...prediction,
    watched_on: labels[place]?.watched_on ?? '',
  }));
  const all = score(labels, marked).get('ALL');
  const byName = score(labels, marked, { episodeBasis: 'title' }).get('ALL');
  if (all === undefined || byName === undefined) throw new Error('the scorer gave nothing');
  const { t, e, parse } = all;
  expect(parse[0] / parse[1]).toBeGreaterThan(0.97);
  expect(1 - t.right / t.accepted).toBeLessThan(0.004);
  expect(t.right / t.inCat).toBeGreaterThan(0.928);
  expect(t.outAbstained / t.outCat).toBeGreaterThan(0.95);
  expect(e.right / e.inCat).toBeGreaterThan(0.96);
  expect(byName.e.accepted - byName.e.right).toBeLessThanOrEqual(1);
});
