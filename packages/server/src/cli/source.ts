import { defineCommand } from 'citty';
import { sourceListCommand } from './source-list.ts';
import { sourceReadCommand } from './source-read.ts';
import { sourceSetCommand } from './source-set.ts';

export const sourceCommand = defineCommand({
  meta: { name: 'source', description: 'Where facts come from: read one page by hand, see and switch sources.' },
  subCommands: { read: sourceReadCommand, list: sourceListCommand, set: sourceSetCommand },
});
