import type { AccountStore } from '@watchprint/database';
import type { Deletions } from './account/deletions.ts';
import type { Imports } from './importing/imports.ts';

/** What every resolver is handed: one account, and no other way to the database. */
export interface Context {
  readonly account: AccountStore;
  readonly imports: Imports;
  readonly deletions: Deletions;
}
