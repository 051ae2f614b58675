/**
 * Of PostgreSQL: connection exceptions, and a server that is shutting down or starting. Of Node: what happened to the socket.
 * And of our own; Prisma hands all of them on.
 */
const codes = /^(?:DATABASE_UNOPENED$|08|57P0[123]$|ECONN|EPIPE$|ETIMEDOUT$|EHOSTUNREACH$|ENETUNREACH$)/;
/** What node-postgres says without a code. */
const messages = /connection terminated|connection error|not queryable|timeout exceeded when trying to connect/i;

/** Whether a statement failed for want of a connection: the same can succeed once there is one, and nothing was decided. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === 'string' && codes.test(code)) || messages.test(error.message) || isConnectionLost(error.cause)
  );
}
