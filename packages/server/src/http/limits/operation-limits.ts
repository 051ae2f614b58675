import { type ExecutionArgs, getOperationAST } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { FactsLoaders } from '../../enriching/facts-loaders.ts';
import type { Limits } from '../../limits.ts';
import type { Caller } from '../../sign-in/caller.ts';
import { httpError, tooMany } from '../refusals.ts';
import type { ServerContext } from '../server-context.ts';
import { createPlaces, createWaitingLine } from './places.ts';

/** What our operations are run with. */
interface OperationArgs extends ExecutionArgs {
  readonly contextValue: ServerContext & {
    readonly caller: Caller;
    readonly request: Request;
    readonly facts: Pick<FactsLoaders, 'onWait'>;
  };
  /** Ends the execution: no resolver is called after it. */
  readonly signal?: AbortSignal;
}

/** What the line of waiting operations may hold of one account: a quarter, so that no account can fill it. */
const shareOfLine = 4;

/** Set by a callback, which the compiler does not see. */
const leaveOf = (leave: (() => void) | null) => leave?.();

/** So many operations run at once, each for so long; so many subscriptions are open at once. */
export function useOperationLimits(limits: Limits): Plugin {
  const { OPERATIONS_AT_ONCE, ACCOUNT_OPERATIONS_AT_ONCE, OPERATIONS_WAITING, OPERATION_SECONDS } = limits;
  const turns = createWaitingLine(
    createPlaces(OPERATIONS_AT_ONCE, ACCOUNT_OPERATIONS_AT_ONCE),
    OPERATIONS_WAITING,
    Math.ceil(OPERATIONS_WAITING / shareOfLine),
  );
  /** Those that wait for a source cost next to nothing: meanwhile others have their places, up to as many as may wait in line. */
  const atSources = createPlaces(OPERATIONS_WAITING, Math.ceil(OPERATIONS_WAITING / shareOfLine));
  const subscriptions = createPlaces(limits.SUBSCRIPTIONS_AT_ONCE, limits.ACCOUNT_SUBSCRIPTIONS_AT_ONCE);

  async function inTurn(run: (args: OperationArgs) => unknown, args: OperationArgs): Promise<unknown> {
    const { caller, facts } = args.contextValue;
    const giveBack = await turns.take(caller.accountId, OPERATION_SECONDS * 1000);
    if (typeof giveBack === 'string')
      throw tooMany('TOO_MANY_OPERATIONS', giveBack, limits, 'OPERATIONS_AT_ONCE', 'operations');
    let leaveSource: (() => void) | null = null;
    facts.onWait = () => {
      if (leaveSource !== null) return;
      const place = atSources.take(caller.accountId);
      if (typeof place === 'string') return;
      leaveSource = place;
      giveBack();
    };
    try {
      return await inTime(run, args);
    } finally {
      giveBack();
      leaveOf(leaveSource);
    }
  }

  async function inTime(run: (args: OperationArgs) => unknown, args: OperationArgs): Promise<unknown> {
    const { request } = args.contextValue;
    // An upload takes as long as its sender does; that has a limit of its own (slow-peers.ts).
    if (request.headers.get('content-type')?.toLowerCase().startsWith('multipart/')) return run(args);
    // What a change has begun takes effect: to stop waiting for it would only hide how it ended.
    if (getOperationAST(args.document, args.operationName)?.operation === 'mutation') return run(args);
    const ending = new AbortController();
    const late = httpError(
      503,
      `The operation took longer than ${OPERATION_SECONDS} seconds (OPERATION_SECONDS).`,
      'OPERATION_TIMEOUT',
    );
    const timer = setTimeout(() => ending.abort(late), OPERATION_SECONDS * 1000);
    try {
      return await Promise.race([
        run({ ...args, signal: ending.signal }),
        new Promise((_resolve, reject) => {
          ending.signal.addEventListener('abort', () => reject(late), { once: true });
        }),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(((args: OperationArgs) => inTurn(executeFn as never, args)) as never);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const { caller, res } = args.contextValue as unknown as OperationArgs['contextValue'];
      const giveBack = subscriptions.take(caller.accountId);
      if (typeof giveBack === 'string') {
        const refusal = tooMany('TOO_MANY_SUBSCRIPTIONS', giveBack, limits, 'SUBSCRIPTIONS_AT_ONCE', 'subscriptions');
        setResultAndStopExecution({ errors: [refusal] } as never);
        return;
      }
      // A client that hangs up is gone before its subscription has noticed.
      res?.once('close', giveBack);
      return {
        onSubscribeResult: ({ result }) => {
          if (!isAsyncIterable(result)) giveBack();
          return { onEnd: giveBack };
        },
        onSubscribeError: giveBack,
      };
    },
  };
}
