import type { Database } from '@watchprint/database';
import type { Originals } from '@watchprint/lake';
import type { Config } from './config.ts';

/** What every resolver is handed. Whose data it may touch stands here and nowhere else. */
export interface Context {
  readonly accountId: string;
  readonly database: Database;
  readonly originals: Originals;
  readonly config: Pick<Config, 'region'>;
}
