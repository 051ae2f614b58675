import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context } from '../context.ts';
import { schema } from '../schema/index.ts';
import { asRefusal, type BodyLimits, httpError, useBodies } from './bodies.ts';
import { exampleQuery } from './example-query.ts';

/** Characters of a document, and brackets in one another. */
const longestDocument = 50_000;
const deepestDocument = 100;

/** Characters of an error's message: it quotes names and values of the request. */
const longestMessage = 1000;

const useDocumentLimits = (): Plugin => ({
  onParams({ params: { query } }) {
    if (typeof query !== 'string') return;
    if (query.length > longestDocument) throw httpError(413, `A document may have ${longestDocument} characters.`);
    if (nestsDeeperThan(deepestDocument, query))
      throw httpError(400, `A document may nest ${deepestDocument} levels deep.`);
  },
});

/** The parser calls itself for every level: a few thousand would exhaust the stack before a limit on tokens is reached. */
function nestsDeeperThan(limit: number, document: string): boolean {
  const lexer = new Lexer(new Source(document));
  let depth = 0;
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) depth += 1;
      else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R) depth -= 1;
      if (depth > limit) return true;
    }
  } catch {
    // No GraphQL: the parser says what is wrong with it.
  }
  return false;
}

const useShortMessages = (): Plugin => ({
  onResultProcess({ result }) {
    for (const { errors } of [result].flat() as { errors?: Error[] }[])
      for (const error of errors ?? [])
        if (error.message.length > longestMessage) error.message = `${error.message.slice(0, longestMessage)}…`;
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
      useDocumentLimits(),
      useShortMessages(),
      maxTokensPlugin({ n: 5000 }) as Plugin,
      maxDepthPlugin({ n: 20, ignoreIntrospection: true }) as Plugin,
    ],
  });
}
