import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '@watchprint/database';
import { removeOld } from '@watchprint/lake';
import type { ReaderLimits } from '@watchprint/sources';
import { pino } from 'pino';
import { createDeletions } from './account/deletions.ts';
import { createExports } from './account/exports.ts';
import { createAnalyses } from './analysing/analyses.ts';
import { writeBackup } from './backup/write-backup.ts';
import { ConfigError, completeConfig, type GivenConfig } from './config.ts';
import { createEnricher } from './enriching/enricher.ts';
import { createProfileEnrichment } from './enriching/profile-enrichment.ts';
import { createRegionTop10s } from './enriching/region-top10.ts';
import { lakeOf, originalsOf } from './home.ts';
import { endInProcess } from './http/bodies.ts';
import { createDoor } from './http/door.ts';
import { isLoopback } from './http/host-names.ts';
import { refusedAs } from './http/refusals.ts';
import { createGraphql } from './http/yoga.ts';
import { startImportWorker } from './importing/import-worker.ts';
import { createImports } from './importing/imports.ts';
import { writeRowFrames } from './lake-export/row-frames.ts';
import { type CatalogueKeeper, createCatalogueKeeper } from './matching/catalogue-keeper.ts';
import { startMatchWorker } from './matching/match-worker.ts';
import { createMatching } from './matching/matching.ts';
import { type AdminSocket, openAdminSocket } from './sign-in/admin-socket.ts';
import { SignInError } from './sign-in/caller.ts';
import { createSignIn } from './sign-in/sign-in.ts';

export interface WatchprintServer {
  /**
   * Answers a request without a port; the path is /graphql.
   *
   * @param options.account whose request it is, by a name of the caller's own choosing; opened when it is seen for the first time.
   *   For programs that know their people themselves: nothing else is asked. Without it the request has to sign in, as over
   *   a port; with `AUTH=local` it is the local account's.
   */
  fetch(request: Request, options?: { readonly account?: string }): Promise<Response>;
  /** Opens the port. @returns where it answers, such as http://127.0.0.1:4000. */
  listen(): Promise<string>;
  /** Ends in order: the port, the import at hand (it is gone on with at the next start), the database. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Settings; what is left out has its default. The environment is not looked at: `readConfig(process.env)` is for that. */
  readonly config?: GivenConfig;
  /** What to call this process to others who want the same home. */
  readonly command?: string;
  /**
   * A database that is open already, in place of the configured one; it is closed with the server.
   * @internal For tests: what a database is, other than its address, is no part of what is published.
   */
  readonly database?: Database;
  /**
   * What titles are matched with, in place of the catalogue in the home's lake.
   * @internal For tests.
   */
  readonly catalogues?: CatalogueKeeper;
  /**
   * Whether strings are matched by themselves, after imports and with a new catalogue. Default true.
   * @internal For the command that only says what matching would change.
   */
  readonly isMatching?: boolean;
  /**
   * How long and how much is waited for from sources.
   * @internal For tests.
   */
  readonly readerLimits?: Partial<ReaderLimits>;
}

/**
 * Opens everything: database, originals, the worker that reads imports, the API.
 * Logs go to standard error. Whoever opens it closes it: until then the process does not end by itself.
 *
 * @throws {ConfigError} naming each setting that is wrong.
 * @throws an error with code `HOME_LOCKED` (retryable) when the home is open already, in this process or another.
 */
export async function createServer(options: ServerOptions = {}): Promise<WatchprintServer> {
  const config = completeConfig(options.config ?? {});
  // Its file system cannot force writes to disk, so nothing that was acknowledged would be safe.
  if (process.versions.pnp !== undefined)
    throw new ConfigError('Yarn’s Plug’n’Play is not supported: say “nodeLinker: node-modules” in .yarnrc.yml');
  const log = pino({ level: config.logLevel }, pino.destination(2));
  // What is gone when it is closed has a home that is, too: it must not touch the files of whoever has the other open.
  const isInMemory = options.database === undefined && config.databaseUrl === 'memory:';
  const home = isInMemory ? await mkdtemp(join(tmpdir(), 'watchprint-memory-')) : config.home;
  const database =
    options.database ??
    (await openDatabase({ url: config.databaseUrl, home, command: options.command ?? 'watchprint' }));
  const originals = originalsOf(home);
  const temporary = join(home, 'temporary');
  const { imports, deletions, exports, worker, catalogues, matchWorker, enricher, top10s, graphql } =
    await openRest().catch(async (error: unknown) => {
      await database.close();
      throw error;
    });

  async function openRest() {
    // Nobody else has the home of an embedded database; another may be shared, by processes at work.
    const age = database.kind === 'embedded' ? 0 : 24 * 3_600_000;
    await originals.sweep(age);
    await sweepTemporary(temporary, age);
    const imports = createImports(database, originals, config.region);
    const deletions = createDeletions(database, originals, config.region, log);
    const exports = createExports(database, originals, config.limits, log);
    const worker = await startImportWorker(database, originals, config.region, log);
    const catalogues = options.catalogues ?? createCatalogueKeeper(lakeOf(home), log);
    const enricher = await createEnricher(database, home, config, log, { readerLimits: options.readerLimits });
    const top10s = createRegionTop10s(lakeOf(home), catalogues);
    const profileEnrichment = createProfileEnrichment(database.sql, enricher, config.region);
    const matchWorker =
      options.isMatching === false
        ? null
        : await startMatchWorker(database, catalogues, log, { onIdentified: profileEnrichment.startFor });
    const matching = createMatching(database, catalogues);
    const analyses = createAnalyses(database.sql, enricher, catalogues, top10s);
    const services = {
      imports,
      deletions,
      exports,
      matching,
      catalogues,
      enricher,
      top10s,
      profileEnrichment,
      analyses,
    };
    const graphql = createGraphql(database, services, config, log);
    return { imports, deletions, exports, worker, catalogues, matchWorker, enricher, top10s, graphql };
  }
  const systemTemporary = process.env.TMPDIR;

  const signIn = createSignIn(database.sql, config);
  const http = createDoor(
    config,
    signIn,
    (request, response, context) => graphql(request, response, { ...context }),
    log,
  );

  let closing: Promise<void> | null = null;
  let adminSocket: AdminSocket | null = null;
  /** Requests without a port that have no answer yet. */
  const inProcess = new Set<Promise<unknown>>();
  return {
    async fetch(request, { account } = {}) {
      if (closing !== null) return closedAnswer();
      const answer = answerInProcess(request, account);
      inProcess.add(answer);
      try {
        return await answer;
      } finally {
        inProcess.delete(answer);
        endInProcess(request);
      }
    },
    async listen() {
      // graphql-upload-ts writes to the system's folder for temporary files: a process that listens makes that its own, so that
      // nothing is left elsewhere when it is killed. One that embeds the server keeps what it has.
      await mkdir(temporary, { recursive: true, mode: 0o700 });
      process.env.TMPDIR = temporary;
      await new Promise<void>((resolve, reject) => {
        http.once('error', (error: Error & { code?: string }) => {
          const isTaken = error.code === 'EADDRINUSE';
          reject(
            isTaken ? new ConfigError(`PORT: ${config.port} of ${config.host} is in use by another program`) : error,
          );
        });
        http.listen(config.port, config.host, resolve);
      });
      const { address, family, port } = http.address() as AddressInfo;
      // Whatever name was bound, and whatever this machine takes it for.
      if (config.auth === 'local' && !isLoopback(address)) {
        await new Promise((resolve) => http.close(resolve));
        throw new ConfigError(`HOST: ${config.host} is ${address}, which other machines can reach`);
      }
      const url = `http://${reachable(address, family)}:${port}`;
      // Without it tokens are made while the server is stopped.
      if (database.kind === 'embedded' && !isInMemory)
        adminSocket = await openAdminSocket(home, {
          sql: database.sql,
          backUp: (out) =>
            writeBackup(database, originals, out).catch((error: unknown) => {
              log.error({ err: error }, 'a backup broke off');
              throw error;
            }),
          writeRows: (account, out) =>
            writeRowFrames(database, account, out).catch((error: unknown) => {
              log.error({ err: error }, 'reading rows for an export of the lake broke off');
              throw error;
            }),
        }).catch((error: unknown) => {
          log.warn({ err: error }, 'watchprint token, backup and lake export cannot be used while this server runs');
          return null;
        });
      await database.announce(url);
      log.info({ url }, 'listening');
      // Takes a second or two, which nobody should have to wait for: what fails is tried again when it is asked for.
      if (enricher.switches.disabled('netflix') === null) top10s.of(config.region).catch(() => {});
      return url;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };

  async function answerInProcess(request: Request, account: string | undefined): Promise<Response> {
    try {
      const caller =
        account === undefined
          ? await signIn.byHeader(request.headers.get('authorization'))
          : await signIn.byName(account);
      return await graphql.fetch(request, { caller });
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      return refusedAs(error.status, error.code, error.message, error.headers);
    }
  }

  async function close(): Promise<void> {
    http.closeAllConnections();
    if (http.listening) await new Promise((resolve) => http.close(resolve));
    await adminSocket?.close();
    imports.close();
    await Promise.all([worker.stop(), matchWorker?.stop(), enricher.close(), deletions.close(), exports.close()]);
    // What they ask the database must be answered before it ends, or they would wait for ever.
    await Promise.race([Promise.allSettled(inProcess), sleep(mostGraceMs, undefined, { ref: false })]);
    await catalogues.close();
    await database.close();
    if (isInMemory) await rm(home, { recursive: true, force: true });
    if (systemTemporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = systemTemporary;
  }
}

/** An address that clients on this machine can ask; a server that takes all of them answers on loopback too. */
function reachable(address: string, family: string): string {
  if (family !== 'IPv6') return address === '0.0.0.0' ? '127.0.0.1' : address;
  return `[${address === '::' ? '::1' : address}]`;
}

/** Removes what uploads of processes that died left behind. */
async function sweepTemporary(folder: string, age: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith('capacitor-')) await removeOld(join(folder, name), age);
}

/** How long requests that are under way when a server closes may take. */
const mostGraceMs = 10_000;

const closedAnswer = () => refusedAs(503, 'SERVER_CLOSED', 'The server is closing');
