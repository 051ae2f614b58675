// Imports every real file over HTTP, each into an empty account, and writes docs/import-report.md.
//   npm run report:import        (needs the corpus: CORPUS or ../shared/corpus)
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../packages/sdk/src/index.ts';
import { createServer } from '../packages/server/src/index.ts';
import { corpus } from './corpus.ts';

if (corpus === null) throw new Error('No corpus: set CORPUS');
const netflix = join(corpus, 'netflix');
const files = [
  ...(await readdir(netflix)).filter((name) => /^(history|activity)-.*\.csv$/.test(name)),
  ...(await readdir(join(netflix, 'excerpts'))).map((name) => `excerpts/${name}`),
];
const home = await mkdtemp(join(tmpdir(), 'watchprint-report-'));
const server = await createServer({ config: { home, databaseUrl: 'memory:', port: 0, logLevel: 'silent' } });
const client = createClient({ url: await server.listen() });

const lines: string[] = [];
for (const file of files) {
  try {
    const first = await client.importHistory(join(netflix, file));
    const again = await client.importHistory(join(netflix, file));
    const cells = [
      file,
      first.rowsRead,
      first.rowsImported,
      first.rowsSupplemental,
      first.rowsDuplicate,
      first.rowsRejected,
      again.rowsImported,
      first.format === 'NETFLIX_VIEWING_HISTORY' ? 'history' : 'activity',
      first.dateOrder,
      first.dateOrderReason?.replaceAll(/"[^"]*"/g, '…'),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
    await client.deleteImport(again.id);
    await client.deleteImport(first.id);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    lines.push(`| ${file} | refused: \`${code}\` | | | | | | | | ${message.replaceAll(/"[^"]*"/g, '…')} |`);
    for (const { id } of (
      await client.query<{ viewer: { imports: { nodes: { id: string }[] } } }>(
        '{ viewer { imports { nodes { id } } } }',
      )
    ).viewer.imports.nodes)
      await client.deleteImport(id);
  }
}
await server.close();
await writeFile(
  new URL('../docs/import-report.md', import.meta.url),
  `# What became of every real file

Each file of the corpus, imported over HTTP into an empty account, and then once more. Made by \`npm run report:import\` on
${new Date().toISOString().slice(0, 10)}. Rows read = imported + duplicate + rejected; supplemental rows are among the imported. Values of the
files are left out of the reasons; the import itself names them.

| file | read | imported | supplemental | duplicate | rejected | added by the second time | format | date order | what settled it |
|---|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`,
);
process.exit(0);
