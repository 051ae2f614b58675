// Writes the report of each published entry's types, which a reviewer reads; with --check, says whether they are up to date.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');

// The reports are of what is published: the build.
const built = spawnSync(join(root, 'node_modules/.bin/turbo'), ['run', 'build', '--output-logs=errors-only'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (built.status !== 0) process.exit(built.status ?? 1);

const aboutReports = /^console-(preamble|compiler-version-notice|api-report-)/;
const stale = [];
for (const name of ['sdk', 'server']) {
  const folder = join(root, 'packages', name);
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const [subpath, target] of Object.entries(exports))
    if (typeof target === 'object') {
      const entry = subpath === '.' ? 'index' : subpath.slice(2);
      if (!report(name, folder, join(folder, target.types), entry)) stale.push(`packages/${name}/etc/${entry}.api.md`);
    }
}
if (isCheck && stale.length > 0) {
  process.stderr.write(
    `The public types are not those of ${stale.join(', ')}.\nIf that is meant: npm run api, commit the reports, and add a changeset (npx changeset).\n`,
  );
  process.exit(1);
}
for (const path of stale) process.stdout.write(`${path} written\n`);

/** @returns whether the report on disk was up to date. */
function report(name, folder, mainEntryPointFilePath, entry) {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(folder, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: { target: 'es2023', module: 'nodenext', strict: true, types: ['node'], skipLibCheck: true },
          files: [mainEntryPointFilePath],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${entry}.api.md`,
        reportFolder: join(folder, 'etc'),
        // Outside of dist: all that is in there is published.
        reportTempFolder: join(root, 'node_modules/.cache/api-report', name),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          // Which release a name is for: all that is exported is public.
          'ae-missing-release-tag': { logLevel: 'none' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
  mkdirSync(join(folder, 'etc'), { recursive: true });
  let hasFailed = false;
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: !isCheck,
    messageCallback(message) {
      // That a report has changed is for us to say.
      if (message.logLevel === 'none' || aboutReports.test(message.messageId)) message.handled = true;
      else if (message.logLevel === 'error') hasFailed = true;
    },
  });
  if (hasFailed) process.exit(1);
  return !apiReportChanged;
}
