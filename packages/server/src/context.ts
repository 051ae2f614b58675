import type { AccountStore } from '@watchprint/database';
import type { Deletions } from './account/deletions.ts';
import type { Analyses } from './analysing/analyses.ts';
import type { Enricher } from './enriching/enricher.ts';
import type { FactsLoaders } from './enriching/facts-loaders.ts';
import type { ProfileEnrichment } from './enriching/profile-enrichment.ts';
import type { Imports } from './importing/imports.ts';
import type { CatalogueKeeper } from './matching/catalogue-keeper.ts';
import type { CatalogueLoaders } from './matching/catalogue-loaders.ts';
import type { Matching } from './matching/matching.ts';

/** What every resolver is handed: one account, and no other way to the database. */
export interface Context {
  readonly account: AccountStore;
  readonly imports: Imports;
  readonly deletions: Deletions;
  readonly matching: Matching;
  readonly catalogues: CatalogueKeeper;
  readonly loaders: CatalogueLoaders;
  readonly enricher: Enricher;
  readonly facts: FactsLoaders;
  readonly profileEnrichment: ProfileEnrichment;
  readonly analyses: Analyses;
  /** ISO 3166-1 alpha-2: Netflix's, where nobody says another. */
  readonly region: string;
  /** Whether who asks is whoever runs the server, and not one of many accounts. */
  readonly isOperator: boolean;
}
