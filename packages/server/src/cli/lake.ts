import { defineCommand } from 'citty';
import { lakeExportCommand } from './lake-export.ts';
import { lakeQueryCommand } from './lake-query.ts';
import { lakeReparseCommand } from './lake-reparse.ts';
import { lakeSyncCommand } from './lake-sync.ts';

export const lakeCommand = defineCommand({
  meta: { name: 'lake', description: 'Bulk catalogues, raw pages and tables in open formats.' },
  subCommands: {
    sync: lakeSyncCommand,
    query: lakeQueryCommand,
    export: lakeExportCommand,
    reparse: lakeReparseCommand,
  },
});
