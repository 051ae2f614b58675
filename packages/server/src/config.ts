import { resolve } from 'node:path';
import { realSites, sourceIds } from '@watchprint/sources';
import { z } from 'zod';
import { isLoopback } from './http/host-names.ts';
import { type LimitSetting, type Limits, limitSettings } from './limits.ts';

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

/** `a.example, b.example` → its parts. */
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== ''),
  );

const hostNames = list.refine(
  (names) => names.every((name) => /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/.test(name)),
  'expected host names without a port, such as watch.example, 192.168.1.5 or [2001:db8::1]',
);

const origins = list.refine(
  (all) => all.every((origin) => URL.canParse(origin) && /^https?:/.test(origin) && new URL(origin).origin === origin),
  'expected origins such as https://app.example',
);

/** Keys that everybody on the way could exchange would let everybody in. */
const keyAddress = z
  .string()
  .refine(
    (url) =>
      URL.canParse(url) &&
      (new URL(url).protocol === 'https:' || (new URL(url).protocol === 'http:' && isLoopback(new URL(url).hostname))),
    'expected an https:// address',
  );

/** What is fetched from it is believed, so nobody on the way may change it. A path is part of it: a mirror may be anywhere. */
const sourceAddress = keyAddress.refine(
  (url) => URL.canParse(url) && new URL(url).search === '' && new URL(url).hash === '' && new URL(url).username === '',
  'expected an address without a query, such as https://mirror.example/imdb',
);

/** `{language}` stands for a Wikipedia's. */
const wikipediaAddress = z
  .string()
  .refine(
    (url) => sourceAddress.safeParse(url.replace('{language}', 'en')).success,
    'expected an https:// address such as https://{language}.wikipedia.org',
  );

const isSource = (name: string): name is SourceId => sourceIds.some((id) => id === name);

const sources = z
  .string()
  .default('imdb,wikidata,wikipedia,rotten-tomatoes,netflix')
  .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
  .transform((names) => names.filter((name) => name !== ''))
  .refine((names): names is SourceId[] => names.every(isSource), `expected some of ${sourceIds.join(', ')}`);

/** `imdb=3000, wikidata=1000` → milliseconds by source. */
const sourceGaps = list.transform((parts, context) => {
  const gaps: Partial<Record<SourceId, number>> = {};
  for (const part of parts) {
    const [, name = '', milliseconds] = /^([a-z-]+)\s*=\s*(\d{1,8})$/.exec(part) ?? [];
    if (isSource(name)) gaps[name] = Number(milliseconds);
    else
      context.addIssue({
        code: 'custom',
        message: `expected sources with milliseconds such as imdb=3000, not ${part}`,
      });
  }
  return gaps;
});

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
  JWT_ISSUER: keyAddress.optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWKS_URL: keyAddress.optional(),
  ALLOWED_HOSTS: hostNames,
  ALLOWED_ORIGINS: origins,
  IMDB_DATASETS_URL: sourceAddress.optional(),
  NETFLIX_TOP10_URL: sourceAddress.optional(),
  IMDB_URL: sourceAddress.default(realSites.imdb),
  IMDB_SUGGESTION_URL: sourceAddress.default(realSites.imdbSuggestion),
  WIKIDATA_URL: sourceAddress.default(realSites.wikidata),
  WIKIDATA_QUERY_URL: sourceAddress.optional(),
  WIKIPEDIA_URL: wikipediaAddress.default(realSites.wikipedia),
  ROTTEN_TOMATOES_URL: sourceAddress.default(realSites.rottenTomatoes),
  NETFLIX_URL: sourceAddress.default(realSites.netflix),
  JUSTWATCH_URL: sourceAddress.default(realSites.justWatch),
  SOURCES: sources,
  SOURCE_GAPS: sourceGaps,
  SOURCE_BUDGET_MS: z.coerce.number().int().min(0).max(25_000).default(2000),
  // It becomes part of a header.
  SOURCE_CONTACT: z
    .string()
    .regex(/^[\x20-\x7e]{3,200}$/, 'expected a mail address or page of yours')
    .optional(),
  ...limitSettings,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** A source that can be switched. */
export type SourceId =
  | 'imdb'
  | 'wikidata'
  | 'wikipedia'
  | 'rotten-tomatoes'
  | 'netflix'
  | 'netflix-pages'
  | 'justwatch';

/** Where each site is: its address, without a query. */
export interface SourceSites {
  readonly imdb: string;
  readonly imdbSuggestion: string;
  readonly wikidata: string;
  /** Wikidata's query service. */
  readonly wikidataQuery: string;
  /** `{language}` stands for the language of a Wikipedia. */
  readonly wikipedia: string;
  readonly rottenTomatoes: string;
  readonly netflix: string;
  readonly justWatch: string;
}

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
  /** Where each site is that facts are read from. */
  readonly sites: SourceSites;
  /** Which sources are on at first start; empty: stay offline. Later, what somebody set last counts. */
  readonly sources: readonly SourceId[];
  /** At least so long between two requests to a source's hosts, in milliseconds, where it is not the default. */
  readonly sourceGaps: Readonly<Partial<Record<SourceId, number>>>;
  /** How long a request waits for facts that are not known yet, in milliseconds; what takes longer goes on behind. Default 2000. */
  readonly sourceBudgetMs: number;
  /** Who runs this copy, told to sources with each request: a mail address or page. */
  readonly sourceContact: string | undefined;
  readonly limits: Limits;
  /** `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`. Lines of JSON on standard error. */
  readonly logLevel: string;
}

/** Settings as a program gives them, some or all; what is left out has its default. */
export type GivenConfig = Partial<Omit<Config, 'limits' | 'sites'>> & {
  readonly limits?: Partial<Limits>;
  readonly sites?: Partial<SourceSites>;
};

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
    sites: {
      imdb: data.IMDB_URL,
      imdbSuggestion: data.IMDB_SUGGESTION_URL,
      wikidata: data.WIKIDATA_URL,
      // A mirror has both, unless it says otherwise.
      wikidataQuery:
        data.WIKIDATA_QUERY_URL ??
        (data.WIKIDATA_URL === realSites.wikidata ? realSites.wikidataQuery : data.WIKIDATA_URL),
      wikipedia: data.WIKIPEDIA_URL,
      rottenTomatoes: data.ROTTEN_TOMATOES_URL,
      netflix: data.NETFLIX_URL,
      justWatch: data.JUSTWATCH_URL,
    },
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

/** And each site. */
const variableOfSite: Record<keyof SourceSites, string> = {
  imdb: 'IMDB_URL',
  imdbSuggestion: 'IMDB_SUGGESTION_URL',
  wikidata: 'WIKIDATA_URL',
  wikidataQuery: 'WIKIDATA_QUERY_URL',
  wikipedia: 'WIKIPEDIA_URL',
  rottenTomatoes: 'ROTTEN_TOMATOES_URL',
  netflix: 'NETFLIX_URL',
  justWatch: 'JUSTWATCH_URL',
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
  for (const [site, url] of Object.entries(sites ?? {}))
    if (url !== undefined) variables[variableOfSite[site as keyof SourceSites]] = url;
  for (const [name, value] of Object.entries(limits ?? {})) if (value !== undefined) variables[name] = String(value);
  return readConfig(variables);
}

const gapsText = (gaps: unknown): string =>
  Object.entries(gaps as Record<string, number>)
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
