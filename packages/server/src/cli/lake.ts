import { defineCommand } from 'citty';
import { lakeSyncCommand } from './lake-sync.ts';

export const lakeCommand = defineCommand({
  meta: { name: 'lake', description: 'Bulk catalogues, raw pages and tables in open formats.' },
  subCommands: { sync: lakeSyncCommand },
});
