// Works the figures of real histories out a second way, in SQL over the files themselves, and compares them with what the API answers.
//   npm run check:figures [-- --write]        (needs the corpus: CORPUS or ../shared/corpus)
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Client, createClient } from '../packages/sdk/src/index.ts';
import { createServer } from '../packages/server/src/server.ts';
import { corpus } from './corpus.ts';
import { compareFigure, type Outcome } from './figures-check/compare.ts';
import { figuresOfDays } from './figures-check/days.ts';
import { type Checked, writeDocument } from './figures-check/document.ts';
import type { Figure } from './figures-check/figure.ts';
import { type HistoryFile, putViewings, readCatalogue, readFile, setPeriod } from './figures-check/history.ts';
import { periodsOf } from './figures-check/periods.ts';
import { type ProfileTitles, profileTitles } from './figures-check/profile-titles.ts';
import { rankings } from './figures-check/rankings.ts';
import { figuresOfSittings } from './figures-check/sittings.ts';
import { travel } from './figures-check/travel.ts';
import { figuresOfWorks } from './figures-check/works.ts';
import { syncCorpusCatalogue } from './match-report.ts';

const files: readonly HistoryFile[] = [
  { name: 'activity-gb-au-1.csv', days: null },
  { name: 'activity-br-1.csv', days: null },
  { name: 'activity-ee-1.csv', days: null },
  { name: 'activity-us-4.csv', days: null },
  { name: 'activity-us-3-new-layout-2025.csv', days: null },
  { name: 'history-da-1.csv', days: '%d/%m/%Y' },
  { name: 'history-fr-1.csv', days: '%m/%d/%y' },
  { name: 'history-ja-1.csv', days: '%Y/%m/%d' },
  { name: 'history-nl-1.csv', days: '%d-%m-%y' },
  { name: 'history-en-us-2.csv', days: '%m/%d/%y' },
  // Has days with many equal rows.
  { name: 'history-es-resaved-1.csv', days: '%d/%m/%y' },
];

const print = (line: string) => process.stdout.write(`${line}\n`);

/** That the same rows are viewings for both: without this no figure could agree. */
async function compareRowCount(sql: DuckDBConnection, { viewings }: ProfileTitles): Promise<Outcome> {
  const answer = await sql.runAndReadAll('SELECT CAST(count(*) AS INTEGER) AS rows FROM row_of_profile');
  const rows = answer.getRowObjects()[0]?.rows;
  return { values: 1, differences: rows === viewings ? [] : [`rows: ${rows} by SQL, ${viewings} by the API`] };
}

async function matched(client: Client): Promise<void> {
  for (;;) {
    const { viewer } = await client.query<{ viewer: { matching: { status: string } } }>(
      '{ viewer { matching { status } } }',
    );
    if (viewer.matching.status === 'COMPLETED') return;
    if (viewer.matching.status === 'FAILED') throw new Error('Matching failed');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function report(where: string, name: string, { values, differences }: Outcome): void {
  print(`${where} ${name}: ${values} values, ${differences.length} differences`);
  for (const difference of differences.slice(0, 3)) print(`    ${difference}`);
}

/** Every profile of one file that has just been imported. */
async function checkFile(
  tools: { readonly sql: DuckDBConnection; readonly client: Client },
  file: HistoryFile,
  withCatalogue: boolean,
): Promise<Checked> {
  const profiles = await profileTitles(tools.client);
  const outcomes: Outcome[] = [];
  const differing = new Map<string, number>();
  let figuresCompared = 0;
  const tell = (where: string, name: string, outcome: Outcome) => {
    report(where, name, outcome);
    outcomes.push(outcome);
    const found = outcome.differences.length;
    if (found > 0) differing.set(name, (differing.get(name) ?? 0) + found);
  };
  for (const titles of profiles) {
    await putViewings(tools.sql, file, titles);
    const where = `${file.name}${withCatalogue ? ' with the catalogue' : ''}, ${titles.profile}`;
    tell(where, 'rows', await compareRowCount(tools.sql, titles));
    const figures: readonly Figure[] = [
      ...figuresOfDays,
      ...figuresOfSittings(titles.timeZone),
      ...rankings,
      ...figuresOfWorks,
      travel,
    ];
    for (const [name, period] of await periodsOf(tools.sql)) {
      await setPeriod(tools.sql, period);
      const groups = new Map<string, Outcome>();
      for (const figure of figures) {
        const outcome = await compareFigure(tools, titles.id, period, figure);
        const before = groups.get(figure.name) ?? { values: 0, differences: [] };
        groups.set(figure.name, {
          values: before.values + outcome.values,
          differences: [...before.differences, ...outcome.differences],
        });
      }
      for (const [group, outcome] of groups) tell(`${where}, ${name}`, group, outcome);
      figuresCompared += figures.length;
    }
  }
  return {
    file: file.name,
    withCatalogue,
    profiles: profiles.length,
    figures: figuresCompared,
    values: outcomes.reduce((sum, { values }) => sum + values, 0),
    differences: outcomes.reduce((sum, { differences }) => sum + differences.length, 0),
    differing,
  };
}

/** Each file in an account without anything else. */
async function checkAll(folder: string, chosen: readonly HistoryFile[], catalogue: boolean): Promise<Checked[]> {
  const home = await mkdtemp(join(tmpdir(), 'watchprint-figures-'));
  if (catalogue) await syncCorpusCatalogue(home, folder);
  const kept = catalogue ? { home } : { databaseUrl: 'memory:' };
  const server = await createServer({ config: { ...kept, sources: [], logLevel: 'silent' } });
  const client = createClient({ url: 'http://embedded.invalid', fetch: (request) => server.fetch(request) });
  const sql = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  try {
    const checked: Checked[] = [];
    await readCatalogue(sql, catalogue ? join(folder, 'catalogue', 'title.basics.tsv') : null);
    for (const file of chosen) {
      const path = join(folder, 'netflix', file.name);
      const { id } = await client.importHistory(path, file.days === null ? {} : { profileName: 'Profile 1' });
      if (catalogue) await matched(client);
      await readFile(sql, path, file.days);
      checked.push(await checkFile({ sql, client }, file, catalogue));
      await client.deleteImport(id);
    }
    return checked;
  } finally {
    sql.closeSync();
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}

if (corpus === null) {
  print('No corpus: set CORPUS. Nothing was checked.');
} else {
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const chosen = files.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  const checked = [...(await checkAll(corpus, chosen, false)), ...(await checkAll(corpus, chosen, true))];
  const sum = (of: 'values' | 'differences') => checked.reduce((total, one) => total + one[of], 0);
  print(`${checked.length} imports, ${sum('values')} values, ${sum('differences')} differences`);
  if (process.argv.includes('--write')) await writeDocument(checked);
  if (sum('differences') > 0) process.exitCode = 1;
}
