import { resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback } from './http/host-names.ts';
import { type LimitSetting, type Limits, limitSettings } from './limits.ts';
import { list, safeAddress, siteAddress } from './setting-formats.ts';
import { siteNames, siteSettings, sitesIn, sourceSettings, variableOfSite } from './source-settings.ts';

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

const hostNames = list.refine(
  (names) => names.every((name) => /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/.test(name)),
  'expected host names without a port, such as watch.example, 192.168.1.5 or [2001:db8::1]',
);

const origins = list.refine(
  (all) => all.every((origin) => URL.canParse(origin) && /^https?:/.test(origin) && new URL(origin).origin === origin),
  'expected origins such as https://app.example',
);

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
    .string()
    .regex(/^[0-9A-Za-z.:_-]+$/, 'expected an address or name of this machine, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  REGION: z
    .string()
    .regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 alpha-2 code such as AU')
    .default('AU'),
  UPLOAD_LIMIT: byteSize.prefault('512 MiB'),
  AUTH: z.enum(['local', 'tokens', 'jwt']).default('local'),
  JWT_ISSUER: safeAddress.optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWKS_URL: safeAddress.optional(),
  ALLOWED_HOSTS: hostNames,
  ALLOWED_ORIGINS: origins,
  IMDB_DATASETS_URL: siteAddress.optional(),
  NETFLIX_TOP10_URL: siteAddress.optional(),
  ...siteSettings,
  ...sourceSettings,
  ...limitSettings,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Every setting, validated. docs/architecture.md lists them. */
export interface Config {
  /** Folder of everything on disk, absolute. Default `.watchprint` where the process was started. */
  readonly home: string;
  /** `postgres://…`, or `memory:`, which keeps nothing; undefined: embedded, in the home. */
  readonly databaseUrl: string | undefined;
  /** Address that `listen()` binds. Default 127.0.0.1. */
  readonly host: string;
  /** Port that `listen()` opens; 0: any that is free. Default 4000. */
  readonly port: number;
  /** ISO 3166-1 alpha-2: its main time zone is a profile's where its rows name no country. Default AU. */
  readonly region: string;
  /** The largest file taken, in bytes. Default 512 MiB. */
  readonly uploadLimit: number;
  /** How people sign in: `local` is not at all, on loopback, as the one local account. */
  readonly auth: 'local' | 'tokens' | 'jwt';
  /** With `jwt`: who signs the tokens, as their `iss` says it. */
  readonly jwtIssuer: string | undefined;
  /** With `jwt`: for whom they must be, as their `aud` says it. */
  readonly jwtAudience: string | undefined;
  /** Undefined: where the issuer's own description says. */
  readonly jwksUrl: string | undefined;
  /** Names that this server answers to, beside those of loopback. */
  readonly allowedHosts: readonly string[];
  /** Where apps in a browser may come from, beside its own pages. */
  readonly allowedOrigins: readonly string[];
  /** Where IMDb's datasets are; undefined: at IMDb. */
  readonly imdbDatasetsUrl: string | undefined;
  /** Where Netflix's Top 10 lists are; undefined: at Netflix. */
  readonly netflixTop10Url: string | undefined;
  /** Where each site is that facts are read from, by its name in docs/enrichment.md: its address, without a query. */
  readonly sites: Readonly<Record<string, string>>;
  /** Which sources are on at first start: `imdb`, `rotten-tomatoes` …; empty: stay offline. Later, what somebody set last counts. */
  readonly sources: readonly string[];
  /** At least so long between two requests to a source's hosts, in milliseconds, where it is not the default. */
  readonly sourceGaps: Readonly<Record<string, number>>;
  /** How long a request waits for facts that are not known yet, in milliseconds; what takes longer goes on behind. Default 2000. */
  readonly sourceBudgetMs: number;
  /** Who runs this copy, told to sources with each request: a mail address or page. */
  readonly sourceContact: string | undefined;
  readonly limits: Limits;
  /** `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`. Lines of JSON on standard error. */
  readonly logLevel: string;
}

/** Settings as a program gives them, some or all; what is left out has its default. */
export type GivenConfig = Partial<Omit<Config, 'limits'>> & { readonly limits?: Partial<Limits> };

/** A setting has a value that cannot be meant. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG';
  readonly retryable = false;
}

/** @throws {ConfigError} naming each variable that is wrong. */
export function readConfig(variables: Record<string, string | undefined>): Config {
  // An empty variable is one that was not set; but no sources are a choice.
  const given = Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => value !== undefined && (value !== '' || name === 'SOURCES')),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  const { data } = parsed;
  const config: Config = {
    home: data.WATCHPRINT_HOME,
    databaseUrl: data.DATABASE_URL,
    host: data.HOST,
    port: data.PORT,
    region: data.REGION,
    uploadLimit: data.UPLOAD_LIMIT,
    auth: data.AUTH,
    jwtIssuer: data.JWT_ISSUER,
    jwtAudience: data.JWT_AUDIENCE,
    jwksUrl: data.JWKS_URL,
    allowedHosts: data.ALLOWED_HOSTS,
    allowedOrigins: data.ALLOWED_ORIGINS,
    imdbDatasetsUrl: data.IMDB_DATASETS_URL,
    netflixTop10Url: data.NETFLIX_TOP10_URL,
    sites: sitesIn(data),
    sources: data.SOURCES,
    sourceGaps: data.SOURCE_GAPS,
    sourceBudgetMs: data.SOURCE_BUDGET_MS,
    sourceContact: data.SOURCE_CONTACT,
    limits: Object.fromEntries(Object.keys(limitSettings).map((name) => [name, data[name as LimitSetting]])) as Limits,
    logLevel: data.LOG_LEVEL,
  };
  checkDoors(config);
  return config;
}

/** Which variable each setting has. */
const variableOf: Record<Exclude<keyof Config, 'limits' | 'sites'>, string> = {
  home: 'WATCHPRINT_HOME',
  databaseUrl: 'DATABASE_URL',
  host: 'HOST',
  port: 'PORT',
  region: 'REGION',
  uploadLimit: 'UPLOAD_LIMIT',
  auth: 'AUTH',
  jwtIssuer: 'JWT_ISSUER',
  jwtAudience: 'JWT_AUDIENCE',
  jwksUrl: 'JWKS_URL',
  allowedHosts: 'ALLOWED_HOSTS',
  allowedOrigins: 'ALLOWED_ORIGINS',
  imdbDatasetsUrl: 'IMDB_DATASETS_URL',
  netflixTop10Url: 'NETFLIX_TOP10_URL',
  sources: 'SOURCES',
  sourceGaps: 'SOURCE_GAPS',
  sourceBudgetMs: 'SOURCE_BUDGET_MS',
  sourceContact: 'SOURCE_CONTACT',
  logLevel: 'LOG_LEVEL',
};

/**
 * The same rules for settings that a program gives as for variables.
 * @throws {ConfigError} naming the variable of each that is wrong.
 */
export function completeConfig({ limits, sites, ...given }: GivenConfig): Config {
  const variables: Record<string, string> = {};
  for (const [name, variable] of Object.entries(variableOf)) {
    const value: unknown = given[name as keyof typeof given];
    // Several hosts or origins are one list; so are gaps.
    if (value !== undefined) variables[variable] = name === 'sourceGaps' ? gapsText(value) : String(value);
  }
  for (const [site, url] of Object.entries(sites ?? {})) {
    if (!siteNames.includes(site))
      throw new ConfigError(`sites: there is no site ${site}; expected some of ${siteNames.join(', ')}`);
    if (url !== undefined) variables[variableOfSite(site)] = url;
  }
  for (const [name, value] of Object.entries(limits ?? {})) if (value !== undefined) variables[name] = String(value);
  return readConfig(variables);
}

const gapsText = (gaps: unknown): string =>
  Object.entries((gaps ?? {}) as Record<string, number | undefined>)
    .filter(([, milliseconds]) => milliseconds !== undefined)
    .map(([name, milliseconds]) => `${name}=${milliseconds}`)
    .join(',');

/**
 * What settings mean together: nobody gets in without signing in but from this machine.
 * @throws {ConfigError}
 */
function checkDoors({ auth, host, jwtIssuer, jwtAudience }: Config): void {
  if (auth === 'local' && !isLoopback(host))
    throw new ConfigError(`HOST: ${host} can be reached from other machines: that needs AUTH=tokens or AUTH=jwt`);
  if (auth !== 'jwt') return;
  if (jwtIssuer === undefined) throw new ConfigError('JWT_ISSUER: AUTH=jwt needs it: who signs the tokens');
  if (jwtAudience === undefined)
    throw new ConfigError(
      'JWT_AUDIENCE: AUTH=jwt needs it: tokens that are meant for another service must not open this',
    );
}

export { timeZone as timeZoneSchema };
