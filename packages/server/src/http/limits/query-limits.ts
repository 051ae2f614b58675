import { type DocumentNode, Lexer, Source, TokenKind, validate } from 'graphql';
import { Upload } from 'graphql-upload-ts';
import type { Plugin } from 'graphql-yoga';
import { badInput } from '../../bad-input.ts';
import type { Limits } from '../../limits.ts';
import { schema } from '../../schema/index.ts';
import { overLimit } from '../refusals.ts';
import type { KnownDocuments } from './known-documents.ts';
import { measureQuery } from './measure-query.ts';

interface Params {
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** Refuses documents that ask for too much, before they are validated or run. */
export const useQueryLimits = (limits: Limits, known: KnownDocuments): Plugin => ({
  onParams({ params: { query, variables } }) {
    if (typeof query !== 'string') return;
    const hasNul = !known.has(query) && checkText(query, limits);
    // PostgreSQL's text cannot hold it.
    if (hasNul || holdsNul(variables)) throw badInput('A string holds a NUL character, which no text may.');
  },
  onParse({ context }) {
    return ({ result }) => {
      if (result === null || result instanceof Error) return;
      const refusal = refusalOf(result as DocumentNode, (context as { params: Params }).params, limits);
      // As a result it would count as a slip of the document's, which goes out with status 200.
      if (refusal !== null) throw refusal;
    };
  },
  onValidate({ setValidationFn }) {
    setValidationFn(((...[of, document, rules, options]: Parameters<typeof validate>) =>
      validate(of, document, rules, { ...options, maxErrors: limits.QUERY_ERRORS })) as never);
  },
});

function refusalOf(document: DocumentNode, { operationName, variables }: Params, limits: Limits) {
  const measures = measureQuery(schema, document, operationName, variables ?? {});
  if (measures === null) return null;
  const { depth, aliases, directives, cost } = measures;
  if (depth > limits.QUERY_DEPTH)
    return overLimit('QUERY_TOO_DEEP', 'QUERY_DEPTH', limits.QUERY_DEPTH, depth, 'Fields in one another, at most:');
  if (aliases > limits.QUERY_ALIASES)
    return overLimit('TOO_MANY_ALIASES', 'QUERY_ALIASES', limits.QUERY_ALIASES, aliases, 'Aliases:');
  if (directives > limits.QUERY_DIRECTIVES)
    return overLimit('TOO_MANY_DIRECTIVES', 'QUERY_DIRECTIVES', limits.QUERY_DIRECTIVES, directives, 'Directives:');
  if (cost > limits.QUERY_COST)
    return overLimit(
      'QUERY_TOO_COSTLY',
      'QUERY_COST',
      limits.QUERY_COST,
      cost,
      'Rows and fields that this may answer with (a smaller “first” asks for fewer):',
    );
  return null;
}

/**
 * Refuses by length, tokens and brackets in one another; says whether a string of the document holds a NUL. The parser calls
 * itself for every level: a few thousand would exhaust the stack before a limit on tokens is reached.
 */
function checkText(query: string, limits: Limits): boolean {
  const { length } = query;
  if (length > limits.QUERY_LENGTH)
    throw overLimit('QUERY_TOO_LONG', 'QUERY_LENGTH', limits.QUERY_LENGTH, length, 'Characters of the document:', 413);
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  let nesting = 0;
  let tokens = 0;
  let hasNul = false;
  try {
    for (let { kind, value } = lexer.advance(); kind !== TokenKind.EOF; { kind, value } = lexer.advance()) {
      tokens += 1;
      hasNul ||= value?.includes('\0') ?? false;
      if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) depth += 1;
      else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R) depth -= 1;
      nesting = Math.max(nesting, depth);
    }
  } catch {
    // No GraphQL: the parser says what is wrong with it, unless it is too much even so far.
  }
  if (tokens > limits.QUERY_TOKENS)
    throw overLimit('TOO_MANY_TOKENS', 'QUERY_TOKENS', limits.QUERY_TOKENS, tokens, 'Words and signs of the document:');
  if (nesting > limits.QUERY_NESTING)
    throw overLimit('QUERY_TOO_DEEP', 'QUERY_NESTING', limits.QUERY_NESTING, nesting, 'Brackets in one another:');
  return hasNul;
}

function holdsNul(variables: unknown): boolean {
  const waiting = [variables];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string' && value.includes('\0')) return true;
    // An upload holds streams, which hold one another.
    if (typeof value === 'object' && value !== null && !(value instanceof Upload))
      for (const inner of Object.values(value)) waiting.push(inner);
  }
  return false;
}
