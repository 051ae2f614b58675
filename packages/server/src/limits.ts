import { z } from 'zod';

/** A count from 1. */
const count = (usual: number) => z.coerce.number().int().min(1).max(1_000_000_000).default(usual);

/** What one request, one account and everybody together may ask for. docs/architecture.md says what each is for. */
export const limitSettings = {
  QUERY_LENGTH: count(50_000),
  QUERY_TOKENS: count(5_000),
  QUERY_NESTING: count(100),
  QUERY_DEPTH: count(20),
  QUERY_COST: count(100_000),
  QUERY_ALIASES: count(50),
  QUERY_DIRECTIVES: count(50),
  QUERY_ERRORS: count(20),
  OPERATION_SECONDS: count(30),
  OPERATIONS_AT_ONCE: count(32),
  ACCOUNT_OPERATIONS_AT_ONCE: count(16),
  OPERATIONS_WAITING: count(256),
  SUBSCRIPTIONS_AT_ONCE: count(256),
  ACCOUNT_SUBSCRIPTIONS_AT_ONCE: count(32),
  UPLOADS_AT_ONCE: count(16),
  ACCOUNT_UPLOADS_AT_ONCE: count(8),
  CONNECTIONS_AT_ONCE: count(1_000),
  SLOWEST_BYTES_PER_SECOND: count(1_024),
} as const;

export type LimitSetting = keyof typeof limitSettings;

export type Limits = Readonly<Record<LimitSetting, number>>;
