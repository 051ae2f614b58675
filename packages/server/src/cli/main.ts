import { defineCommand, runMain } from 'citty';
import packageJson from '../../package.json' with { type: 'json' };
import { importCommand } from './import.ts';
import { resolveCommand } from './resolve.ts';
import { serveCommand } from './serve.ts';
import { tokenCommand } from './token.ts';

await runMain(
  defineCommand({
    meta: {
      name: 'watchprint',
      version: packageJson.version,
      description: 'Makes a Netflix viewing history worth having.',
    },
    subCommands: { serve: serveCommand, import: importCommand, resolve: resolveCommand, token: tokenCommand },
  }),
);
