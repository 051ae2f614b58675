import { defineCommand, runMain } from 'citty';
import packageJson from '../../package.json' with { type: 'json' };
import { analyseCommand } from './analyse/analyse.ts';
import { backupCommand } from './backup.ts';
import { correctionsCommand } from './corrections.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { lakeCommand } from './lake.ts';
import { matchCommand } from './match.ts';
import { recommendCommand } from './recommend.ts';
import { resolveCommand } from './resolve.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { sourceCommand } from './source.ts';
import { tokenCommand } from './token.ts';

await runMain(
  defineCommand({
    meta: {
      name: 'watchprint',
      version: packageJson.version,
      description: 'Makes a Netflix viewing history worth having.',
    },
    subCommands: {
      serve: serveCommand,
      import: importCommand,
      analyse: analyseCommand,
      match: matchCommand,
      corrections: correctionsCommand,
      export: exportCommand,
      backup: backupCommand,
      restore: restoreCommand,
      recommend: recommendCommand,
      resolve: resolveCommand,
      lake: lakeCommand,
      source: sourceCommand,
      token: tokenCommand,
    },
  }),
);
