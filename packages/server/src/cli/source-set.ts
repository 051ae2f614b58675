import { homeHolder, openDatabase, updateSourceRow } from '@watchprint/database';
import { sourceIds } from '@watchprint/sources';
import { defineCommand } from 'citty';
import { readConfig } from '../config.ts';
import { sourceName } from '../enriching/source-names.ts';
import { createSourceSwitches } from '../enriching/source-switches.ts';
import { longestGapMs } from '../source-settings.ts';
import { openClient } from './open-client.ts';
import { fail, print, refuseUnknownOptions, UsageError } from './output.ts';

const options = {
  on: { type: 'boolean', description: 'It may be asked' },
  off: { type: 'boolean', description: 'It is left alone; what is known of it stays' },
  gap: { type: 'string', description: 'At least so many milliseconds between two requests to one of its hosts' },
} as const;

export const sourceSetCommand = defineCommand({
  meta: { name: 'set', description: 'Switches a source on or off, or changes how often it is asked: for good.' },
  args: {
    source: { type: 'positional', required: true, description: sourceIds.join(', ') },
    ...options,
  },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      const id = sourceIds.find((one) => one === args.source.toLowerCase());
      if (id === undefined) throw new UsageError(`There is no source ${args.source}; expected ${sourceIds.join(', ')}`);
      if (args.on === args.off && args.gap === undefined) throw new UsageError('Say --on, --off or --gap');
      const gapMs = args.gap === undefined ? undefined : Number(args.gap);
      if (gapMs !== undefined && !(Number.isInteger(gapMs) && gapMs >= 0 && gapMs <= longestGapMs))
        throw new UsageError(`--gap must be from 0 to ${longestGapMs} milliseconds`);
      const enabled = args.on === args.off ? undefined : args.on === true;
      const config = readConfig(process.env);
      if (config.auth === 'local' && config.databaseUrl === undefined && (await homeHolder(config.home)) !== null) {
        // The server that has the home switches it itself.
        const client = await openClient(config, 'watchprint source set', undefined);
        await client.query(
          'mutation ($input: UpdateSourceInput!) { updateSource(input: $input) { source { name } } }',
          { input: { name: sourceName(id), enabled, gapMilliseconds: gapMs } },
        );
        await client.close();
      } else {
        const database = await openDatabase({
          url: config.databaseUrl,
          home: config.home,
          command: 'watchprint source set',
        });
        try {
          await (await createSourceSwitches(database.sql, config, { warn: () => {} }, () => {})).close();
          await updateSourceRow(database.sql, id, { enabled, gapMs });
        } finally {
          await database.close();
        }
      }
      print(
        `${id}: ${[enabled === undefined ? null : enabled ? 'on' : 'off', gapMs === undefined ? null : `a request every ${gapMs} ms`].filter((part) => part !== null).join(', ')}`,
      );
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});
