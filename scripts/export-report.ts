// The part of docs/import-report.md that is about export archives.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { faultyArchives, zip } from '../packages/lake/test/archives.ts';
import type { Client, Import } from '../packages/sdk/src/index.ts';

/** The viewing activity of each export, which the corpus keeps beside its folder. */
const activities: Record<string, string> = {
  'export-br-2021': 'activity-br-1.csv',
  'export-ca-2022': 'activity-ca-1.csv',
  'export-gb-2022': 'activity-gb-au-1.csv',
  'export-tr-2025': 'activity-tr-mangled-1.csv',
  'export-us-2023': 'activity-us-4.csv',
  'export-us-2024': 'activity-us-1.csv',
};

type OnEmptyAccount = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Imports every export of the corpus as the archive that Netflix sends, and twice; then each of its tables alone. */
export async function reportExports(
  client: Client,
  netflix: string,
  onEmptyAccount: OnEmptyAccount,
  withoutValues: (text: string) => string,
): Promise<string> {
  const parts: string[] = [];
  for (const [name, activity] of Object.entries(activities)) {
    const files = await filesOf(join(netflix, 'other-export-files', name), join(netflix, activity));
    const archive = await zip(files);
    const { first, again } = await onEmptyAccount(async () => ({
      first: await client.importHistory(archive, { fileName: `${name}.zip` }),
      again: await client.importHistory(archive, { fileName: `${name}.zip` }),
    }));
    const addedAgain = sum(again, ({ rowsImported }) => rowsImported);
    if (addedAgain !== 0) throw new Error(`${name}: the second time added ${addedAgain} rows`);
    const differing = await readAlone(client, files, first, onEmptyAccount);
    if (differing.length > 0) throw new Error(`${name}: read otherwise by themselves: ${differing.join(', ')}`);
    parts.push(
      `### ${name}\n\n${Object.keys(files).length} files, ${first.rowsRead} viewing rows, ${sum(first, ({ rowsRead }) => rowsRead) - first.rowsRead} rows of other tables; ` +
        `${sum(first, ({ rowsRejected }) => rowsRejected)} rejected. The second time added nothing.\n\n` +
        `| file | use | table | rows read | imported | rejected | note |\n|---|---|---|---|---|---|---|\n${first.files
          .map(
            ({ path, use, table, rowsRead, rowsImported, rowsRejected, note }) =>
              `| ${path} | ${use} | ${table ?? ''} | ${use === 'USED' ? `${rowsRead} | ${rowsImported} | ${rowsRejected}` : ' | | '} | ${withoutValues(note ?? '')} |`,
          )
          .join('\n')}\n`,
    );
    process.stdout.write(`${name}: ${first.files.length} files\n`);
  }
  return parts.join('\n');
}

/** Sends archives with a fault each. */
export async function reportFaults(client: Client): Promise<string> {
  const activity =
    'Profile Name,Start Time,Duration,Title\nAda,2021-03-13 20:00:00,00:40:00,Paper Moons\nAda,2021-03-12 20:00:00,00:40:00,Red Clay\n';
  const lines: string[] = [];
  for (const [fault, { archive }] of Object.entries(await faultyArchives('A/ViewingActivity.csv', activity))) {
    const answer = await client.importHistory(archive, { fileName: 'broken.zip' }).then(
      () => '| imported | |',
      ({ code, message }: { code: string; message: string }) => `| \`${code}\` | ${message.replaceAll('|', '\\|')} |`,
    );
    lines.push(`| ${fault} ${answer}`);
  }
  const { viewer } = await client.query<{ viewer: { imports: { totalCount: number } } }>(
    '{ viewer { imports { totalCount } } }',
  );
  if (viewer.imports.totalCount !== 0) throw new Error('A broken archive left an import behind');
  return `| an archive | code | message |\n|---|---|---|\n${lines.join('\n')}\n`;
}

const sum = ({ files }: Import, of: (file: Import['files'][number]) => number) =>
  files.reduce((total, file) => total + of(file), 0);

/** The files of an export in the folders that it has, with its viewing activity and the cover sheet that the corpus lacks. */
async function filesOf(folder: string, activity: string): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = { 'Cover Sheet.pdf': Buffer.from('%PDF-1.4') };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[relative(folder, path)] = await readFile(path);
  }
  const isFlat = !Object.keys(files).some((path) => path.includes('/'));
  files[isFlat ? 'ViewingActivity.csv' : 'CONTENT_INTERACTION/ViewingActivity.csv'] = await readFile(activity);
  return files;
}

/** @returns the files whose rows were counted otherwise when they were sent by themselves. */
async function readAlone(
  client: Client,
  files: Record<string, Uint8Array>,
  { files: within }: Import,
  onEmptyAccount: OnEmptyAccount,
): Promise<string[]> {
  const differing: string[] = [];
  for (const { path, use, table, rowsRead, rowsRejected } of within) {
    const alone = await onEmptyAccount(() =>
      client.importHistory(files[path] as Uint8Array, { fileName: path }).then(
        ({ files: [file] }) => file ?? null,
        () => null,
      ),
    );
    const isSame =
      use === 'USED' || use === 'EMPTY'
        ? alone?.use === use &&
          alone.table === table &&
          alone.rowsRead === rowsRead &&
          alone.rowsRejected === rowsRejected
        : alone === null;
    if (!isSame) differing.push(path);
  }
  return differing;
}
