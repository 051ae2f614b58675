import { PassThrough } from 'node:stream';
import { hasDatabase, openDatabase } from '@watchprint/database';
import { defineCommand } from 'citty';
import { openBackup } from '../backup/restore-backup.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { type Config, readConfig } from '../config.ts';
import { originalsOf } from '../home.ts';
import { backupFromAdminSocket } from '../sign-in/admin-socket.ts';
import { settledHolder } from './open-client.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from './output.ts';
import { refuseExisting, writeWhole } from './whole-file.ts';

export const backupCommand = defineCommand({
  meta: { name: 'backup', description: 'Writes everything there is, of every account, to one file: see restore.' },
  args: { file: { type: 'positional', required: true, description: 'The file to write; none may be there' } },
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, {});
      const config = readConfig(process.env);
      if (config.databaseUrl === 'memory:') throw new UsageError('A database in memory has nothing to back up');
      await refuseExisting(args.file);
      const bytes = await write(config, args.file);
      // What cannot be read is no backup.
      const { manifest, zip } = await openBackup(args.file);
      zip.close();
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      print(
        `${args.file}: ${bytes} bytes, ${rows} rows of ${manifest.tables.length} tables, ${manifest.originals.length} imported files`,
      );
      for (const sha256 of manifest.missingOriginals)
        say(`  not in it, since this home does not have it: the imported file with SHA-256 ${sha256}`);
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});

/** @returns how many bytes the backup has. */
async function write(config: Config, file: string): Promise<number> {
  if (config.databaseUrl === undefined) {
    if ((await settledHolder(config.home)) !== null) {
      say(`Asking the process that has ${config.home} open`);
      return writeWhole(file, await backupFromAdminSocket(config.home));
    }
    // The home is a folder of where the command is called, unless it is set: an empty backup would be found out too late.
    if (!(await hasDatabase(config.home)))
      throw new UsageError(
        `There is nothing in ${config.home} to back up: set WATCHPRINT_HOME to the home that is meant`,
      );
  }
  const database = await openDatabase({ url: config.databaseUrl, home: config.home, command: 'watchprint backup' });
  try {
    const out = new PassThrough({ highWaterMark: 256 * 1024 });
    const written = writeWhole(file, out);
    // A file that cannot be written is read on by nobody: what is to be written would wait for ever.
    written.catch((error: Error) => out.destroy(error));
    const [wrote, backedUp] = await Promise.allSettled([written, writeBackup(database, originalsOf(config.home), out)]);
    if (wrote.status === 'rejected') throw wrote.reason;
    if (backedUp.status === 'rejected') throw backedUp.reason;
    return wrote.value;
  } finally {
    await database.close();
  }
}
