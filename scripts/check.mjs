// Everything that can be said of the code without running it. Each question is asked, also when one before it failed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = ['node', '--import', 'tsx'];
const questions = {
  types: ['tsc', '-p', '.', '--noEmit'],
  'lint and format': ['biome', 'check', '--error-on-warnings', '.'],
  'schema.graphql up to date': [...node, 'scripts/schema.ts', '--check'],
  'docs/analytics.md up to date': [...node, 'scripts/analytics-doc.ts', '--check'],
  'migrations up to date': [...node, 'scripts/migrate.ts', '--check'],
  'import rules': ['depcruise', '--config', '.dependency-cruiser.mjs', 'packages', 'scripts'],
  'dead code': ['knip'],
};

const failed = [];
for (const [question, [command, ...args]] of Object.entries(questions)) {
  process.stdout.write(`\n── ${question}\n`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${fileURLToPath(new URL('../node_modules/.bin', import.meta.url))}:${process.env.PATH}`,
    },
  });
  if (status !== 0) failed.push(question);
}
process.stdout.write(failed.length === 0 ? '\nall is well\n' : `\nfailed: ${failed.join(', ')}\n`);
process.exit(failed.length === 0 ? 0 : 1);
