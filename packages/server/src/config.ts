import { resolve } from 'node:path';
import { z } from 'zod';

const units: Record<string, number> = { '': 1, KIB: 1024, MIB: 1024 ** 2, GIB: 1024 ** 3 };

/** `512 MiB` → 536870912. */
const byteSize = z.string().transform((text, context) => {
  const [, amount, unit] = /^\s*(\d+)\s*(KiB|MiB|GiB)?\s*$/i.exec(text) ?? [];
  const bytes = Number(amount) * (units[(unit ?? '').toUpperCase()] ?? Number.NaN);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  context.addIssue({ code: 'custom', message: 'expected a size such as 512 MiB' });
  return z.NEVER;
});

const timeZone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}, 'expected an IANA time zone such as Australia/Sydney');

const environment = z.object({
  WATCHPRINT_HOME: z
    .string()
    .min(1)
    .default('./.watchprint')
    .transform((path) => resolve(path)),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/.+|memory:)$/, 'expected postgres://… or memory:')
    .optional(),
  HOST: z
    .enum(['127.0.0.1', '::1', 'localhost'], 'only loopback addresses: other ones need sign-in, which is not built yet')
    .default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  REGION: z
    .string()
    .regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 alpha-2 code such as AU')
    .default('AU'),
  UPLOAD_LIMIT: byteSize.prefault('512 MiB'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Every setting, validated. docs/architecture.md lists them. */
export interface Config {
  readonly home: string;
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly uploadLimit: number;
  readonly logLevel: string;
}

/** A setting has a value that cannot be meant. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG';
  readonly retryable = false;
}

/** @throws {ConfigError} naming each variable that is wrong. */
export function readConfig(variables: Record<string, string | undefined>): Config {
  // An empty variable is one that was not set.
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  const { data } = parsed;
  return {
    home: data.WATCHPRINT_HOME,
    databaseUrl: data.DATABASE_URL,
    host: data.HOST,
    port: data.PORT,
    region: data.REGION,
    uploadLimit: data.UPLOAD_LIMIT,
    logLevel: data.LOG_LEVEL,
  };
}

export { timeZone as timeZoneSchema };
