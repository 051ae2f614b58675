import './scalars.ts';
import './account.ts';
import './profile.ts';
import './import.ts';
import './import-changes.ts';
import './export-row.ts';
import './deletion.ts';
import './viewing-list.ts';
import './match.ts';
import './correction.ts';
import './matching.ts';
import './title.ts';
import './title-search.ts';
import './analytics.ts';
import './node.ts';
import { builder } from './builder.ts';

export const schema = builder.toSchema();
