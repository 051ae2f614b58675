// Imports every real file over HTTP, each into an empty account, and writes docs/import-report.md.
//   npm run report:import        (needs the corpus: CORPUS or ../shared/corpus)
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Import, type Viewing } from '../packages/sdk/src/index.ts';
import { createServer } from '../packages/server/src/index.ts';
import { corpus } from './corpus.ts';
import { reportExports, reportFaults } from './export-report.ts';
import { type MatchReport, reportMatches, syncCorpusCatalogue } from './match-report.ts';

if (corpus === null) throw new Error('No corpus: set CORPUS');
const netflix = join(corpus, 'netflix');

/** What stands in a file is somebody's: reasons are shown without it. */
const withoutValues = (text: string) => text.replaceAll(/"[^"]*"|\d{4}-\d{2}-\d{2}/g, '…').replaceAll('|', '\\|');

const home = await mkdtemp(join(tmpdir(), 'watchprint-report-'));
await syncCorpusCatalogue(home, corpus);
// In the home, whose lake has the catalogue.
const server = await createServer({ config: { home, port: 0, logLevel: 'silent' } });
const client = createClient({ url: await server.listen() });

/** Works on an account without anything, and leaves it so. */
async function onEmptyAccount<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = await work();
  const { viewer } = await client.query<{ viewer: { imports: { nodes: { id: string }[] } } }>(
    '{ viewer { imports { nodes { id } } } }',
  );
  for (const { id } of viewer.imports.nodes) await client.deleteImport(id);
  if ((await client.profiles()).length > 0)
    throw new Error('The account is not empty after all imports were taken back');
  return result;
}

interface Report {
  readonly line: string;
  readonly rows: number;
  readonly rejected: readonly string[];
  readonly addedAgain: number;
  /** Null for what was not imported. */
  readonly matches: MatchReport | null;
}

async function importTwice(file: string): Promise<Report> {
  const first = await client.importHistory(join(netflix, file));
  const again = await client.importHistory(join(netflix, file));
  if (first.rowsRead !== first.rowsImported + first.rowsDuplicate + first.rowsRejected)
    throw new Error(`${file}: the rows do not add up`);
  const { node } = await client.query<{ node: { rejectedRows: { nodes: { line: number; reason: string }[] } } }>(
    'query($id: ID!) { node(id: $id) { ... on Import { rejectedRows(first: 500) { nodes { line reason } } } } }',
    { id: first.id },
  );
  const rejected = node.rejectedRows.nodes.map(({ line, reason }) => `${file}, line ${line}: ${withoutValues(reason)}`);
  const order = `${first.dateOrder} | ${withoutValues(first.dateOrderReason ?? '')}`;
  const format = first.format === 'NETFLIX_VIEWING_HISTORY' ? 'history' : 'activity';
  const counts = [first.rowsRead, first.rowsImported, first.rowsSupplemental, first.rowsDuplicate, first.rowsRejected];
  return {
    line: `| ${file} | ${format} | ${counts.join(' | ')} | ${again.rowsImported} | ${order} |`,
    rows: first.rowsRead,
    rejected,
    addedAgain: again.rowsImported,
    matches: await reportMatches(client, file),
  };
}

async function report(file: string): Promise<Report> {
  return onEmptyAccount(() =>
    importTwice(file).catch((error: unknown) => {
      const { code, message } = error as { code?: string; message: string };
      if (code === undefined) throw error;
      return {
        line: `| ${file} | \`${code}\` | | | | | | | | ${withoutValues(message)} |`,
        rows: 0,
        rejected: [],
        addedAgain: 0,
        matches: null,
      };
    }),
  );
}

/** Why each row that a history adds to the activity of the same account has no activity row. */
async function explainAdded(): Promise<{ activity: Import; history: Import; reasons: Map<string, number> }> {
  return onEmptyAccount(async () => {
    const activity = await client.importHistory(join(netflix, 'activity-us-2.csv'));
    const [profile] = await client.profiles();
    const history = await client.importHistory(join(netflix, 'history-en-us-3.csv'), {
      profileName: profile?.name ?? '',
    });
    const played: Viewing[] = [];
    const added: Viewing[] = [];
    const filter = { includeAccidental: true };
    for await (const viewing of client.viewings(profile?.id ?? '', { filter, pageSize: 500 }))
      (viewing.startedAt === null ? added : played).push(viewing);
    const days = played.map(({ watchedOn }) => watchedOn).sort();
    const titleIds = new Set(played.map(({ title }) => title?.id));
    const seriesIds = new Set(played.map(({ title }) => title?.series?.id));
    const reasons = new Map<string, number>();
    for (const { watchedOn, title } of added) {
      const reason =
        watchedOn < (days[0] ?? '')
          ? 'the day lies before the first row of the activity'
          : watchedOn > (days.at(-1) ?? '')
            ? 'the day lies after the last row of the activity'
            : titleIds.has(title?.id)
              ? 'the activity has the video, but more than a day away'
              : title?.series !== undefined && seriesIds.has(title.series.id)
                ? 'the activity has other episodes of the series, but not this one'
                : 'the activity does not have the video at all';
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    return { activity, history, reasons };
  });
}

const files = [
  ...(await readdir(netflix)).filter((name) => /^(history|activity)-.*\.csv$/.test(name)),
  ...(await readdir(join(netflix, 'excerpts')))
    .filter((name) => name.endsWith('.csv'))
    .map((name) => `excerpts/${name}`),
];
const reports: Report[] = [];
for (const file of files) {
  reports.push(await report(file));
  process.stdout.write(`${reports.at(-1)?.line}\n`);
}
const pair = await explainAdded();
const exports = await reportExports(client, netflix, onEmptyAccount, withoutValues);
const faults = await reportFaults(client);
await server.close();
await rm(home, { recursive: true });
/** Strings of the files together; titles that are public, without a day or a name. */
function mostUnmatched(all: readonly Report[]): [string, number][] {
  const viewings = new Map<string, number>();
  for (const { matches } of all)
    for (const [title, count] of matches?.unmatched ?? []) viewings.set(title, (viewings.get(title) ?? 0) + count);
  return [...viewings].sort(([, one], [, other]) => other - one).slice(0, 20);
}

const rows = reports.reduce((sum, one) => sum + one.rows, 0);
const rejected = reports.flatMap((one) => one.rejected);
const addedAgain = reports.reduce((sum, one) => sum + one.addedAgain, 0);

const path = new URL('../docs/import-report.md', import.meta.url);
// What somebody wrote behind a string stays.
const reasons = new Map(
  [...(await readFile(path, 'utf8')).matchAll(/^- `(?<title>.+)`: \d+\. (?<reason>.+)$/gmu)].map(({ groups }) => [
    groups?.title ?? '',
    groups?.reason ?? '',
  ]),
);
await writeFile(
  path,
  `# What became of every real file

Every history and activity file of a corpus of real ones (not in this repository), imported over HTTP, each into an empty
account, and then once more. Made by \`npm run report:import\` on ${new Date().toISOString().slice(0, 10)}, embedded database.

Rows read = imported + duplicate + rejected, which the script checks; supplemental rows (trailers and the like) are among the
imported. What stands in the files is left out of the reasons as "…"; the import itself shows it.

${rows} rows read, ${rejected.length} rejected; importing each file again added ${addedAgain}.

| file | format | read | imported | supplemental | duplicate | rejected | added by the second time | date order | what settled it |
|---|---|---|---|---|---|---|---|---|---|
${reports.map(({ line }) => line).join('\n')}

## Matched with the catalogue

Shares of each file's distinct strings, trailers and the like left out, in %, with the test corpus's catalogue of 145,086 titles (thin, and
most of all in names of other languages; docs/title-benchmark.md) and Netflix's engagement reports; then the share of its viewings that are matched. Every file by
itself, with no other's rows.

| file | strings | matched | ambiguous | unmatched | viewings matched |
|---|---|---|---|---|---|
${reports.flatMap(({ matches }) => matches?.line ?? []).join('\n')}

The strings that are unmatched in most viewings, files together, each looked at by hand:

${mostUnmatched(reports)
  .map(([title, viewings]) => `- \`${title}\`: ${viewings}. ${reasons.get(title) ?? 'Not looked at yet.'}`)
  .join('\n')}

## Rejected rows

${rejected.map((row) => `- ${row}`).join('\n')}

## Both formats of one account

history-en-us-3 and activity-us-2 are one account's. The activity brought ${pair.activity.rowsImported} rows; the history, into
the same profile, ${pair.history.rowsImported} more of its ${pair.history.rowsRead}: ${pair.history.rowsDuplicate} were viewings that the activity has. Of those added:

${[...pair.reasons].map(([reason, count]) => `- ${count}: ${reason}`).join('\n')}

## Whole exports

Each export of the corpus, packed as Netflix packs it, with its viewing activity, and a cover sheet that the corpus lacks. What is
left alone was unpacked to see that the archive is whole, and no more. Each table was sent by itself as well, with the same counts;
those left alone and the cover sheet are refused by themselves.

${exports}
## Archives with a fault

Made by \`packages/lake/test/archives.ts\`, after the kinds of fault in yauzl's own set of failures, and more. All are refused before anything of them
is imported; none left an import or an original behind.

${faults}`,
);
process.exit(0);
