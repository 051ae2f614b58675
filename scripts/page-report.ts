// Reads every captured page with the parser of its kind, compares each field with what was taken down of it by hand, and writes
// docs/source-pages.md.
//   npm run report:pages         (needs the corpus: CORPUS or ../shared/corpus)
import { writeFile } from 'node:fs/promises';
import { allPages } from '../packages/sources/src/sources.ts';
import { type CapturedSource, kindOf } from '../packages/sources/test/corpus/capture.ts';
import { mayFetch, robotsExamples } from '../packages/sources/test/corpus/robots.ts';
import {
  type CaptureReport,
  capturedSources,
  capturesIn,
  type FieldRow,
  openCapture,
  reportCapture,
  sourceOf,
} from '../packages/sources/test/corpus-pages.ts';
import { corpus } from './corpus.ts';

if (corpus === null) throw new Error('No corpus: set CORPUS');
const folder = corpus;

interface SourceReport {
  readonly source: CapturedSource;
  readonly reports: readonly CaptureReport[];
}

const captures = capturesIn(folder).map((capture) => openCapture(folder, capture));
const all: readonly SourceReport[] = capturedSources.map((source) => ({
  source,
  reports: captures.filter((capture) => sourceOf(capture) === source).map(reportCapture),
}));
const everything = all.flatMap(({ reports }) => reports);

const countOf = (rows: readonly FieldRow[], ...outcomes: FieldRow['outcome'][]) =>
  rows.filter(({ outcome }) => outcomes.includes(outcome)).length;

const isInPart = ({ outcome, reason }: FieldRow) => outcome !== 'NOT_COMPARED' && reason !== null;

/** Reasons in the order of their first use, by number. */
const reasonsOf = (reports: readonly CaptureReport[]) => [
  ...new Set(reports.flatMap(({ rows }) => rows.flatMap(({ reason }) => reason ?? []))),
];

function exceptionsOf({ rows }: CaptureReport, reasons: readonly string[]): string {
  const shown = reasons.flatMap((reason, place) => {
    const own = rows.filter((row) => row.reason === reason);
    if (own.length === 0) return [];
    const fields = own.length === rows.length ? 'all' : own.map(({ field }) => `\`${field}\``).join(', ');
    return [`${fields}${own.some(isInPart) ? ' in part' : ''} (${place + 1})`];
  });
  const different = rows.filter(({ outcome }) => outcome === 'DIFFERENT').map(({ field }) => `\`${field}\``);
  return [...shown, ...(different.length > 0 ? [`**different: ${different.join(', ')}**`] : [])].join('; ');
}

function lineOf(report: CaptureReport, reasons: readonly string[]): string {
  const { file, by, status, kinds, recognisedAs, rows } = report;
  const misread =
    recognisedAs.join() === kinds.join() ? '' : ` **recognised as ${recognisedAs.join(', ') || 'nothing'}**`;
  const counts = [rows.length, countOf(rows, 'EQUAL'), countOf(rows, 'NOT_COMPARED')];
  const cells = [`\`${file}\``, `${by ?? 'nothing'}${misread}`, status ?? '', ...counts, exceptionsOf(report, reasons)];
  return `| ${cells.join(' | ')} |`;
}

function sectionOf({ source, reports }: SourceReport): string {
  const reasons = reasonsOf(reports);
  return `## ${source.name}

| file | read by | reading | fields | equal | not compared | exceptions |
|---|---|---|---|---|---|---|
${reports.map((report) => lineOf(report, reasons)).join('\n')}
${reasons.map((reason, place) => `\n${place + 1}. ${reason}`).join('')}
`.trimEnd();
}

function totalOf(name: string, reports: readonly CaptureReport[]): string {
  const rows = reports.flatMap((report) => report.rows);
  const counts = [
    reports.length,
    rows.length,
    countOf(rows, 'EQUAL'),
    rows.filter(isInPart).length,
    countOf(rows, 'NOT_COMPARED'),
    countOf(rows, 'DIFFERENT'),
  ];
  return `| ${name} | ${counts.join(' | ')} |`;
}

const examples = robotsExamples.map((example) => ({ ...example, found: mayFetch(example, captures) }));
const withoutCapture = allPages.map(kindOf).filter((kind) => everything.every(({ by }) => by !== kind));
const rows = everything.flatMap((report) => report.rows);
const unread = everything.filter(({ by }) => by === null).flatMap((report) => report.rows);
const compared = countOf(rows, 'EQUAL', 'DIFFERENT');
const equal = countOf(rows, 'EQUAL');
const may = (is: boolean) => (is ? 'may' : 'may not');

await writeFile(
  new URL('../docs/source-pages.md', import.meta.url),
  `# What is read of every captured page

Every page of a corpus of captured ones (not in this repository), read with the parser of the kind that recognises it, and compared,
field by field, with what was taken down of it by hand. Made by \`npm run report:pages\` on ${new Date().toISOString().slice(0, 10)};
\`packages/sources/src/corpus-pages.test.ts\` asks for the same. Of a list of objects each column is a field. In part: some of the
field is left out on purpose, and the rest is compared.

Of ${rows.length} fields ${compared} are compared, and ${equal} of these are equal (${((100 * equal) / compared).toFixed(equal === compared ? 0 : 2)} %); the other ${rows.length - compared} have a reason each,
${unread.length} of them because no kind reads their file.
${everything.filter(({ kinds }) => kinds.length > 0).length} of ${everything.length} files are pages of ours: each is recognised by one of ${allPages.length} kinds, the one that reads it. The others are recognised by none.

| source | files | fields | equal | of these in part | not compared | different |
|---|---|---|---|---|---|---|
${all.map(({ source, reports }) => totalOf(source.name, reports)).join('\n')}
${totalOf('**all**', everything)}

${all.map(sectionOf).join('\n\n')}

## Whether we may fetch

What \`Watchprint\` may fetch by the captured files of robots.txt, as they say, and as it is found to be. Kinds with a policy of their own
(interfaces) are not asked of robots.txt.

| robots.txt | address | as it says | found |
|---|---|---|---|
${examples.map((example) => `| \`${example.file}\` | ${example.url} | ${may(example.may)} | ${may(example.found)} |`).join('\n')}

## What no capture covers

Unverified: written after what others describe, and tested with pages that are made up.

- Kinds without any capture: ${withoutCapture.map((kind) => `\`${kind}\``).join(', ')}.
${all.flatMap(({ source }) => source.unverified.map((what) => `- ${source.name}: ${what}.`)).join('\n')}
`,
);

const wrong = [
  ...rows.filter(({ outcome }) => outcome === 'DIFFERENT'),
  ...everything.filter(({ kinds, recognisedAs }) => kinds.join() !== recognisedAs.join()),
  ...examples.filter((example) => example.found !== example.may),
].length;
process.stdout.write(`${equal} of ${compared} fields are equal; ${wrong === 0 ? 'all is well' : `${wrong} wrong`}\n`);
process.exitCode = wrong === 0 ? 0 : 1;
