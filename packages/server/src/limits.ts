import { z } from 'zod';

/** A count from 1. */
const count = (usual: number) => z.coerce.number().int().min(1).max(1_000_000_000).default(usual);

/** What one request, one account and everybody together may ask for. docs/architecture.md says what each is for. */
const usualLimits = {
  QUERY_LENGTH: 50_000,
  QUERY_TOKENS: 5_000,
  QUERY_NESTING: 100,
  QUERY_DEPTH: 20,
  QUERY_COST: 100_000,
  QUERY_ALIASES: 50,
  QUERY_DIRECTIVES: 50,
  QUERY_ERRORS: 20,
  OPERATION_SECONDS: 30,
  OPERATIONS_AT_ONCE: 32,
  ACCOUNT_OPERATIONS_AT_ONCE: 16,
  OPERATIONS_WAITING: 256,
  SUBSCRIPTIONS_AT_ONCE: 256,
  ACCOUNT_SUBSCRIPTIONS_AT_ONCE: 32,
  UPLOADS_AT_ONCE: 16,
  ACCOUNT_UPLOADS_AT_ONCE: 8,
  EXPORTS_AT_ONCE: 4,
  ACCOUNT_EXPORTS_AT_ONCE: 1,
  CONNECTIONS_AT_ONCE: 1_000,
  SLOWEST_BYTES_PER_SECOND: 1_024,
};

export type LimitSetting = keyof typeof usualLimits;

export type Limits = Readonly<Record<LimitSetting, number>>;

/** How each is read from a setting. */
export const limitSettings = Object.fromEntries(
  Object.entries(usualLimits).map(([name, usual]) => [name, count(usual)]),
) as Record<LimitSetting, ReturnType<typeof count>>;
