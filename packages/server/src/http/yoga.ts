import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { accountStore, type Database } from '@watchprint/database';
import { GraphQLError } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Deletions } from '../account/deletions.ts';
import type { Exports } from '../account/exports.ts';
import type { Analyses } from '../analysing/analyses.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import type { Enricher } from '../enriching/enricher.ts';
import { createFactsLoaders } from '../enriching/facts-loaders.ts';
import type { ProfileEnrichment } from '../enriching/profile-enrichment.ts';
import type { RegionTop10s } from '../enriching/region-top10.ts';
import type { Imports } from '../importing/imports.ts';
import type { CatalogueKeeper } from '../matching/catalogue-keeper.ts';
import { createLoaders } from '../matching/catalogue-loaders.ts';
import type { Matching } from '../matching/matching.ts';
import { schema } from '../schema/index.ts';
import { UnauthenticatedError } from '../sign-in/caller.ts';
import { useAccess } from './access.ts';
import { asRefusal, useBodies } from './bodies.ts';
import { exampleQuery } from './example-query.ts';
import { useExportDoor } from './export-door.ts';
import { createKnownDocuments, noErrors } from './limits/known-documents.ts';
import { useOperationLimits } from './limits/operation-limits.ts';
import { useQueryLimits } from './limits/query-limits.ts';
import { httpError, unexpected } from './refusals.ts';
import type { ServerContext } from './server-context.ts';

/** Characters of an error's message: it quotes names and values of the request. */
const longestMessage = 1000;

/** No error without a code, and none that repeats all of what it was sent. */
const useTidyErrors = (): Plugin => ({
  onResultProcess({ result }) {
    for (const { errors } of [result].flat() as { errors?: GraphQLError[] }[])
      for (const error of errors ?? []) {
        if (error.message.length > longestMessage) error.message = `${error.message.slice(0, longestMessage)}…`;
        // What graphql-js and the limits say of a request comes without one.
        if (error.extensions?.code === undefined)
          Object.assign(error, { extensions: { ...error.extensions, code: 'BAD_USER_INPUT' } });
      }
  },
});

/** What accounts can do beside asking the database. */
export interface Services {
  readonly imports: Imports;
  readonly deletions: Deletions;
  readonly exports: Exports;
  readonly matching: Matching;
  readonly catalogues: CatalogueKeeper;
  readonly enricher: Enricher;
  readonly top10s: RegionTop10s;
  readonly profileEnrichment: ProfileEnrichment;
  readonly analyses: Analyses;
}

export function createGraphql(
  database: Database,
  { imports, deletions, exports, matching, catalogues, enricher, top10s, profileEnrichment, analyses }: Services,
  config: Config,
  log: Logger,
) {
  const { limits, uploadLimit, region } = config;
  const known = createKnownDocuments();
  return createYoga<ServerContext & Record<string, unknown>, Context>({
    schema,
    context({ caller }) {
      if (caller === undefined) throw httpError(401, new UnauthenticatedError('none').message);
      const account = accountStore(database, caller.accountId);
      const loaders = createLoaders(database.sql, account, catalogues);
      return {
        account,
        imports,
        deletions,
        matching,
        catalogues,
        loaders,
        enricher,
        facts: createFactsLoaders(database.sql, account, enricher, matching, top10s, config.sourceBudgetMs),
        profileEnrichment,
        analyses,
        region,
        isOperator: config.auth === 'local',
      };
    },
    graphqlEndpoint: '/graphql',
    landingPage: false,
    cors: false,
    multipart: false,
    maxRequestBodySize: false,
    batching: false,
    // By itself it keeps a thousand documents, whatever their size: strangers' documents would be gigabytes.
    parserAndValidationCache: { documentCache: known, errorCache: noErrors },
    logging: false,
    renderGraphiQL,
    graphiql: ({ url }: Request) => ({ title: 'Watchprint', defaultQuery: exampleQuery(new URL(url).origin) }),
    maskedErrors: {
      maskError(error) {
        const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
        const refusal = asRefusal(original, uploadLimit);
        if (refusal !== null) return refusal;
        if (original instanceof GraphQLError) return error as Error;
        if (error instanceof GraphQLError && error.originalError === undefined) return error;
        const { status, message, code } = unexpected(original, log);
        // GraphQL has a place for an error of ours beside what else was asked for.
        return status === 500 ? new GraphQLError(message, { extensions: { code } }) : httpError(status, message, code);
      },
    },
    plugins: [
      useExportDoor(database, exports, limits, log),
      useBodies(uploadLimit, limits),
      useQueryLimits(limits, known),
      useAccess(),
      useOperationLimits(limits),
      useTidyErrors(),
    ],
  });
}
