/**
 * How many labelled title strings are read and matched right, by slice, and how far confidence can be believed.
 *   npm run bench:titles -- [--labels FILE] [--corpus DIR] [--write] [--misses] [--fit]
 * --labels: another labelled set in the same columns. --write: keeps the tables in docs/title-benchmark.md. --misses: each string
 * that is not as its label says. --fit: weights fitted to the labels, for confidence.ts.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  type Catalogue,
  catalogueKey,
  emptyCatalogue,
  type OfferedWork,
  type Prediction,
  readTitles,
  type StringToMatch,
  titlesOfReading,
  votersOf,
  withOffers,
} from '@watchprint/engine';
import { type OpenCatalogue, openCatalogue } from '@watchprint/lake';
import { stringify } from 'csv-stringify/sync';
import { corpus } from '../../../scripts/corpus.ts';
import { readCorpusContexts, syncCorpusCatalogue } from '../../../scripts/match-report.ts';
import { crossValidate, type Example, fitBoth, reliability } from '../../engine/bench/fit-confidence.ts';
import { compareKey } from '../../engine/src/resolve/compare-key.ts';
import type { Choice } from '../../engine/src/resolve/match/choose-reading.ts';
import { ACCEPTED, weights } from '../../engine/src/resolve/match/confidence.ts';
import { joinStrings } from '../../engine/src/resolve/predictions.ts';
import { predictRows, stringsToMatch } from '../src/cli/predict-rows.ts';
import { readTable, type TitlesFile } from '../src/cli/titles-file.ts';
import { exampleOf, examplesOfHistories, examplesOfOtherNames, lackingLabels, matchAll } from './made-examples.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    labels: { type: 'string' },
    write: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    fit: { type: 'boolean', default: false },
  },
});
const folder = values.corpus ?? corpus;
if (folder === null) throw new Error('no corpus: pass --corpus DIR or set CORPUS');
const labelsFile = values.labels ?? join(folder, 'titles', 'labelled.csv');
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** As IMDb's search field does. */
const mostOffered = 8;

const temporary = mkdtempSync(join(tmpdir(), 'title-benchmark-'));
try {
  await measure(folder);
} finally {
  rmSync(temporary, { recursive: true });
}

async function measure(folder: string): Promise<void> {
  await syncCorpusCatalogue(temporary, folder);
  const catalogue = await openCatalogue(join(temporary, 'lake'));
  if (catalogue === null) throw new Error('no catalogue');
  try {
    const labels = await readTable(labelsFile);
    const { contexts, leftOut } = await readCorpusContexts(folder);
    for (const reason of leftOut) say(`left out: ${reason}`);
    const choices = new Map<string, Choice>();
    const started = performance.now();
    const predictions = await predictRows(labels, contexts, catalogue, {
      observe: (rawTitle, choice) => choices.set(rawTitle, choice),
    });
    const seconds = (performance.now() - started) / 1000;
    const examples = examplesOf(labels, choices);
    const made = await madeExamples(labels, examples, contexts, catalogue);
    const byGrammar = await predictRows(labels, contexts, null);
    const byOffers = await predictRows(labels, contexts, await offersAlone(labels, catalogue));
    const strings = new Set([...predictions, ...contexts.flatMap((context) => context.strings)].map(titleOf)).size;
    const sections = [
      `\`\`\`\n${score(labels, predictions)}\n\`\`\``,
      `Episodes, where the label rests on the episode's title:\n\n\`\`\`\n${score(labels, predictions, ['--episode-basis', 'title']).split('\n').slice(1, 3).join('\n')}\n\`\`\``,
      `Without a catalogue, by the grammar alone:\n\n\`\`\`\n${score(labels, byGrammar).split('\n').slice(1, 3).join('\n')}\n\`\`\``,
      `Without a catalogue, by what a search field would offer for the names (the eight most voted works of the catalogue that are called so or
begin so, without their votes and episodes):\n\n\`\`\`\n${score(labels, byOffers).split('\n').slice(1, 3).join('\n')}\n\`\`\``,
      reliabilityTable(examples, made),
      `${strings} distinct strings matched in ${seconds.toFixed(1)} s, ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}.`,
    ];
    for (const section of sections) say(`${section}\n`);
    if (values.misses) sayMisses(labels, predictions);
    if (values.fit) say(JSON.stringify(rounded(fitBoth(examples, made, weights)), null, 2));
    if (values.write) keep(sections.join('\n\n'));
  } finally {
    await catalogue.close();
  }
}

function titleOf(one: Prediction | StringToMatch): string {
  return 'title' in one ? one.title : one.rawTitle;
}

type Labels = readonly Record<string, string>[];
type Predictions = readonly Prediction[];

function score(labels: Labels, predictions: Predictions, more: readonly string[] = []): string {
  const file = join(temporary, 'predictions.csv');
  const lines = predictions.map((prediction, place) => ({
    ...prediction,
    watched_on: labels[place]?.watched_on ?? '',
  }));
  writeFileSync(file, stringify(lines, { header: true }));
  const scorer = join(folder as string, 'titles', 'score.mjs');
  const args = [scorer, '--labels', labelsFile, '--predictions', file, ...more];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
}

/** What a source offers for the labelled names, as IMDb's search field does (packages/sources/src/imdb/imdb-offers.ts). */
async function offersAlone(labels: Labels, catalogue: OpenCatalogue): Promise<Catalogue> {
  const offers = new Map<string, OfferedWork[]>();
  for (const reading of readTitles(labels.map(({ title = '' }) => title))) {
    const name = titlesOfReading(reading)[0]?.name ?? '';
    const key = catalogueKey(name);
    if (key === '') continue;
    const named = (await catalogue.find([key])).get(key) ?? [];
    const works = [
      ...named.flatMap(({ work, nameKind }) => (nameKind === 'HEAD' ? [] : work)),
      ...(await catalogue.search(name)),
    ];
    const distinct = [...new Map(works.map((work) => [work.id, work])).values()];
    offers.set(
      name,
      distinct
        .sort((one, other) => votersOf(other) - votersOf(one))
        .slice(0, mostOffered)
        .map(({ id: imdbId, kind, minor, name, year, endYear }) => ({
          ...{ imdbId, kind, minor, name, year, endYear },
          ...{ otherName: null, runtimeMinutes: null },
        })),
    );
  }
  return withOffers(emptyCatalogue, offers);
}

/** Strings whose film or series was judged. */
function examplesOf(labels: Labels, choices: ReadonlyMap<string, Choice>): Example[] {
  return labels.flatMap(({ title = '', kind, sure, series = '', imdb_title_id: id }) => {
    const isJudged = sure !== 'no' && (kind === 'movie' || kind === 'episode') && id !== '?' && id !== '';
    const choice = choices.get(title);
    if (!isJudged || choice === undefined) return [];
    return exampleOf(compareKey(series || title), title, choice, id ?? '', 1);
  });
}

/** What the labels have too few of. */
async function madeExamples(
  labels: Labels,
  examples: readonly Example[],
  contexts: readonly TitlesFile[],
  catalogue: Catalogue,
): Promise<Example[]> {
  const { strings: rows, known } = stringsToMatch(labels, contexts, catalogue);
  const strings = joinStrings(rows);
  const hidden = new Set(labels.map(({ imdb_title_id: id = '' }) => id));
  const groups = new Set(examples.map(({ group }) => group));
  return [
    ...(await lackingLabels(examples, hidden, strings, known)),
    ...(await examplesOfHistories(await matchAll(strings, known), groups, strings, known)),
    ...(await examplesOfOtherNames(join(temporary, 'lake'), catalogue)),
  ];
}

function reliabilityTable(examples: readonly Example[], made: readonly Example[]): string {
  const answers = crossValidate(examples, made, weights);
  const { bins, error } = reliability(answers);
  const accepted = answers.filter(({ confidence }) => confidence >= ACCEPTED);
  const right = accepted.filter(({ isRight }) => isRight).length;
  const percent = (share: number) => (100 * share).toFixed(1);
  return [
    `Confidence of each string's best candidate, accepted or not, by weights that never saw its series (ten folds): expected`,
    `calibration error ${error.toFixed(3)}. Accepted from ${ACCEPTED} on: ${accepted.length}, of them ${percent(1 - right / accepted.length)} % wrong.`,
    '',
    '| confidence | strings | mean confidence, % | right, % |',
    '|---|---|---|---|',
    ...bins.map(
      (bin) =>
        `| ${bin.from.toFixed(1)} to ${bin.to.toFixed(1)} | ${bin.strings} | ${percent(bin.meanConfidence)} | ${percent(bin.right)} |`,
    ),
  ].join('\n');
}

function sayMisses(labels: Labels, predictions: Predictions): void {
  for (const [place, label] of labels.entries()) {
    const prediction = predictions[place];
    if (prediction === undefined || label.sure === 'no' || label.kind === 'unknown') continue;
    for (const level of ['imdb_title_id', 'imdb_episode_id'] as const) {
      const wanted = label[level] ?? '';
      if (wanted === '?' || wanted === '' || label.kind === 'series-other') continue;
      const got = prediction[level];
      if (got === (wanted === '-' ? '' : wanted)) continue;
      say(
        `${got === '' ? 'missed' : 'wrong'}\t${level}\t${label.slice}\t${label.title}\twanted ${wanted}, got ${got || 'none'} (${prediction.confidence})`,
      );
    }
    if (prediction.kind !== label.kind || (label.kind === 'episode' && prediction.season !== label.season))
      say(
        `read\t${label.slice}\t${label.title}\twanted ${label.kind} ${label.season}, got ${prediction.kind} ${prediction.season}`,
      );
  }
}

function rounded(given: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, Math.round(value * 100) / 100]));
}

/** Puts the tables between the marks of the document. */
function keep(tables: string): void {
  const path = fileURLToPath(new URL('../../../docs/title-benchmark.md', import.meta.url));
  const [before, rest = ''] = readFileSync(path, 'utf8').split('<!-- measured -->');
  const [, after = ''] = rest.split('<!-- /measured -->');
  writeFileSync(path, `${before}<!-- measured -->\n\n${tables}\n\n<!-- /measured -->${after}`);
}
