import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { Upload } from 'graphql-upload-ts';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Exports } from '../account/exports.ts';
import { badInput } from '../bad-input.ts';
import type { Context } from '../context.ts';
import { schema } from '../schema/index.ts';
import { asRefusal, type BodyLimits, httpError, useBodies } from './bodies.ts';
import { exampleQuery } from './example-query.ts';
import { useExportDoor } from './export-door.ts';

/** Characters of a document, and brackets in one another. */
const longestDocument = 50_000;
const deepestDocument = 100;

/** Characters of an error's message: it quotes names and values of the request. */
const longestMessage = 1000;

const useDocumentLimits = (): Plugin => ({
  onParams({ params: { query, variables } }) {
    if (typeof query !== 'string') return;
    if (query.length > longestDocument) throw httpError(413, `A document may have ${longestDocument} characters.`);
    const { nesting, hasNul } = shapeOf(query);
    if (nesting > deepestDocument) throw httpError(400, `A document may nest ${deepestDocument} levels deep.`);
    // PostgreSQL's text cannot hold it.
    if (hasNul || holdsNul(variables)) throw badInput('A string holds a NUL character, which no text may.');
  },
});

/**
 * How deep the brackets of a document nest, and whether one of its strings holds a NUL. The parser calls itself for every
 * level: a few thousand would exhaust the stack before a limit on tokens is reached.
 */
function shapeOf(document: string): { nesting: number; hasNul: boolean } {
  const lexer = new Lexer(new Source(document));
  let depth = 0;
  let nesting = 0;
  let hasNul = false;
  try {
    for (let { kind, value } = lexer.advance(); kind !== TokenKind.EOF; { kind, value } = lexer.advance()) {
      if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) depth += 1;
      else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R) depth -= 1;
      nesting = Math.max(nesting, depth);
      hasNul ||= value?.includes('\0') ?? false;
    }
  } catch {
    // No GraphQL: the parser says what is wrong with it.
  }
  return { nesting, hasNul };
}

function holdsNul(variables: unknown): boolean {
  const waiting = [variables];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string' && value.includes('\0')) return true;
    // An upload holds streams, which hold one another.
    if (typeof value === 'object' && value !== null && !(value instanceof Upload))
      waiting.push(...Object.values(value));
  }
  return false;
}

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

export function createGraphql(context: () => Context, exports: Exports, limits: BodyLimits, log: Logger) {
  return createYoga<Record<string, unknown>, Context>({
    schema,
    context,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    cors: false,
    multipart: false,
    maxRequestBodySize: false,
    batching: false,
    logging: false,
    renderGraphiQL,
    graphiql: ({ url }: Request) => ({ title: 'Watchprint', defaultQuery: exampleQuery(new URL(url).origin) }),
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
      useExportDoor(context, exports, log),
      useBodies(limits),
      useDocumentLimits(),
      useTidyErrors(),
      maxTokensPlugin({ n: 5000 }) as Plugin,
      maxDepthPlugin({ n: 20, ignoreIntrospection: true }) as Plugin,
    ],
  });
}
