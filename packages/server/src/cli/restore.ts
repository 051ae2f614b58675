import { openDatabase } from '@watchprint/database';
import { defineCommand } from 'citty';
import { openBackup, restoreBackup } from '../backup/restore-backup.ts';
import { readConfig } from '../config.ts';
import { originalsOf } from '../home.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from './output.ts';

const options = {
  replace: { type: 'boolean', description: 'Lose what the home or database has now' },
} as const;

export const restoreCommand = defineCommand({
  meta: { name: 'restore', description: 'Puts a backup into an empty home or database. Stop its servers first.' },
  args: { file: { type: 'positional', required: true, description: 'What backup wrote' }, ...options },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      const config = readConfig(process.env);
      if (config.databaseUrl === 'memory:') throw new UsageError('A database in memory is gone when this command ends');
      say(`Reading ${args.file} …`);
      const backup = await openBackup(args.file);
      const database = await openDatabase({
        url: config.databaseUrl,
        home: config.home,
        command: 'watchprint restore',
      });
      try {
        await restoreBackup(backup, database, originalsOf(config.home), args.replace ?? false);
        if (database.kind === 'embedded') await database.sql.execute('VACUUM (ANALYZE)');
        else await database.sql.execute('ANALYZE');
      } finally {
        await database.close();
        backup.zip.close();
      }
      const { tables, originals, createdAt } = backup.manifest;
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      print(
        `Restored ${rows} rows of ${tables.length} tables and ${originals.length} imported files, as of ${createdAt}`,
      );
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});
