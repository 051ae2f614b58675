import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { GraphQLError } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context } from '../context.ts';
import { schema } from '../schema/index.ts';
import { asRefusal, type BodyLimits, httpError, useBodies } from './bodies.ts';
import { exampleQuery } from './example-query.ts';

/** Characters of a document: names in it are echoed in errors, so it is capped before anything reads it. */
const longestDocument = 50_000;

const useDocumentLimit = (): Plugin => ({
  onParams({ params }) {
    if ((params.query?.length ?? 0) > longestDocument)
      throw httpError(413, `A document may have ${longestDocument} characters.`);
  },
});

export function createGraphql(context: Context, limits: BodyLimits, log: Logger) {
  return createYoga<Record<string, unknown>, Context>({
    schema,
    context: () => context,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    cors: false,
    multipart: false,
    maxRequestBodySize: false,
    batching: false,
    logging: false,
    renderGraphiQL,
    graphiql: { title: 'Watchprint', defaultQuery: exampleQuery },
    maskedErrors: {
      maskError(error) {
        const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
        const refusal = asRefusal(original, limits.file);
        if (refusal !== null) return refusal;
        if (original instanceof GraphQLError) return error as Error;
        if (error instanceof GraphQLError && error.originalError === undefined) return error;
        log.error({ err: original }, 'unexpected error');
        return new GraphQLError('Unexpected error.', { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
      },
    },
    plugins: [
      useBodies(limits),
      useDocumentLimit(),
      maxTokensPlugin({ n: 5000 }) as Plugin,
      maxDepthPlugin({ n: 20, ignoreIntrospection: true }) as Plugin,
    ],
  });
}
