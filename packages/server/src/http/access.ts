import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { httpError } from './refusals.ts';
import type { ServerContext } from './server-context.ts';

/** Whoever may only read changes nothing. */
export const useAccess = (): Plugin => ({
  onExecute({ args: { document, operationName, contextValue }, setResultAndStopExecution }) {
    const { caller } = contextValue as ServerContext;
    if (caller?.mayWrite || getOperationAST(document, operationName)?.operation !== 'mutation') return;
    setResultAndStopExecution({ errors: [httpError(403, 'This token may read, and change nothing.')] });
  },
});
