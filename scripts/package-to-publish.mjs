// Runs around `npm pack` and `npm publish` of a package: builds it, and takes out of its package.json what is for this
// repository alone. Vite and others ask for the condition "development" too, and would look for sources that are not published.
//   node ../../scripts/package-to-publish.mjs [--undo]
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kept = 'package.json.before-packing';
// Also when packing was broken off the last time.
if (existsSync(kept)) renameSync(kept, 'package.json');
if (!process.argv.includes('--undo')) {
  const { scripts, devDependencies, ...published } = JSON.parse(readFileSync('package.json', 'utf8'));
  const turbo = fileURLToPath(new URL('../node_modules/.bin/turbo', import.meta.url));
  // Its output goes to standard error: `npm pack --json` has the other.
  const { status } = spawnSync(turbo, ['run', 'build', `--filter=${published.name}`], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
  for (const target of Object.values(published.exports)) if (typeof target === 'object') delete target.development;
  copyFileSync('package.json', kept);
  writeFileSync('package.json', `${JSON.stringify(published, null, 2)}\n`);
}
