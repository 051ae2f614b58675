// Writes the next migration, or with --check says whether the schema has run ahead of the migrations.
//   npm run migrate -- NAME
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'prisma/migrations');

// The engine's own entry imports its .wasm as a module, which Node does not do; the compiled module does the same.
const wasm = readFileSync(join(dirname(require.resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm'));
const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { './schema_engine_bg.js': engine });
engine.__wbg_set_wasm(instance.exports);
(instance.exports.__wbindgen_start as () => void)();

const schemaPath = join(root, 'prisma/schema.prisma');
const datamodel: [string, string] = [schemaPath, await readFile(schemaPath, 'utf8')];
const pglite = await PGlite.create();
const schemaEngine = await engine.SchemaEngine.new(
  { datamodels: [datamodel] },
  () => {},
  bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(pglite)),
);

const names = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory());
for (const { name } of names.sort((a, b) => a.name.localeCompare(b.name)))
  await pglite.exec(await readFile(join(folder, name, 'migration.sql'), 'utf8'));

const { stdout } = await schemaEngine.diff({
  from: { tag: 'schemaDatasource', files: [{ path: schemaPath, content: datamodel[1] }], configDir: root },
  to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: datamodel[1] }] },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
// docs/decisions/0002-bulk-tables-have-no-foreign-keys.md
const script = (stdout ?? '')
  .replaceAll(
    /-- AddForeignKey\nALTER TABLE "(viewing|viewing_import|export_row|export_row_import|match|title)" ADD CONSTRAINT [^;]+;\n*/g,
    '',
  )
  .trim();
const isEmpty = script === '' || script === '-- This is an empty migration.';

if (process.argv.includes('--check')) {
  if (!isEmpty) process.stderr.write(`prisma/schema.prisma has changes without a migration:\n${script}\n`);
  process.exit(isEmpty ? 0 : 1);
}
const name = process.argv[2];
if (name === undefined || isEmpty) {
  process.stderr.write(isEmpty ? 'nothing to migrate\n' : 'usage: npm run migrate -- NAME\n');
  process.exit(isEmpty ? 0 : 2);
}
const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
await mkdir(join(folder, `${stamp}_${name}`), { recursive: true });
await writeFile(join(folder, `${stamp}_${name}`, 'migration.sql'), `${script}\n`);
process.stdout.write(`prisma/migrations/${stamp}_${name}/migration.sql\n`);
process.exit(0);
