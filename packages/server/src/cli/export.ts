import { extname } from 'node:path';
import { defineCommand } from 'citty';
import { readConfig } from '../config.ts';
import { openClient, tokenOption } from './open-client.ts';
import { fail, print, refuseUnknownOptions, UsageError } from './output.ts';
import { refuseExisting, writeWhole } from './whole-file.ts';

const options = {
  format: { type: 'string', description: 'json or csv (a zip of CSV files); csv where OUT ends with .zip' },
  token: tokenOption,
  'with-originals': { type: 'boolean', description: 'With csv: the imported files too, as they came' },
} as const;

export const exportCommand = defineCommand({
  meta: { name: 'export', description: 'Writes everything that the account has to a file.' },
  args: {
    out: { type: 'positional', required: true, description: 'The file to write; none may be there' },
    ...options,
  },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      const format = args.format ?? (extname(args.out) === '.zip' ? 'csv' : 'json');
      if (format !== 'json' && format !== 'csv') throw new UsageError('--format is json or csv');
      const originals = args['with-originals'] ?? false;
      if (originals && format === 'json') throw new UsageError('--with-originals goes with --format csv only');
      await refuseExisting(args.out);
      const client = await openClient(readConfig(process.env), 'watchprint export', args.token);
      try {
        const stream = await client.exportAccount({ format, originals });
        // As it is: a stream around it, which nobody reads where the file cannot be opened, would end the process when it fails.
        const bytes = await writeWhole(args.out, stream as unknown as AsyncIterable<Uint8Array>);
        print(`${args.out}: ${bytes} bytes, everything that the account has`);
      } finally {
        await client.close();
      }
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});
