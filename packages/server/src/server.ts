import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountStore, type Database, openDatabase } from '@watchprint/database';
import { createOriginals, removeOld } from '@watchprint/lake';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { type Config, ConfigError, readConfig } from './config.ts';
import type { Context } from './context.ts';
import { endInProcess } from './http/bodies.ts';
import { refusal, refuse } from './http/guard.ts';
import { createGraphql } from './http/yoga.ts';
import { startImportWorker } from './importing/import-worker.ts';
import { createImports } from './importing/imports.ts';

export interface WatchprintServer {
  /** Answers a request without a port; the path is /graphql. */
  fetch(request: Request): Promise<Response>;
  /** Opens the port. @returns where it answers, such as http://127.0.0.1:4000. */
  listen(): Promise<string>;
  /** Ends in order: the port, the import at hand (it is gone on with at the next start), the database. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Settings; what is left out comes from `readConfig({})`, the defaults. */
  readonly config?: Partial<Config>;
  /** What to call this process to others who want the same home. */
  readonly command?: string;
  /**
   * A database that is open already, in place of the configured one; it is closed with the server.
   * @internal For tests: what a database is, other than its address, is no part of what is published.
   */
  readonly database?: Database;
  /** Milliseconds without a byte after which a connection is ended: a client that fell asleep holds nothing for ever. */
  readonly stallTimeout?: number;
}

/**
 * Opens everything: database, originals, the worker that reads imports, the API.
 * @throws {HomeLockedError} when another process has the home open.
 */
export async function createServer(options: ServerOptions = {}): Promise<WatchprintServer> {
  const config: Config = { ...readConfig({}), ...options.config };
  const log = pino({ level: config.logLevel }, pino.destination(2));
  // What is gone when it is closed has a home that is, too: it must not touch the files of whoever has the other open.
  const isInMemory = options.database === undefined && config.databaseUrl === 'memory:';
  const home = isInMemory ? await mkdtemp(join(tmpdir(), 'watchprint-memory-')) : config.home;
  const database =
    options.database ??
    (await openDatabase({ url: config.databaseUrl, home, command: options.command ?? 'watchprint' }));
  const temporary = join(home, 'temporary');
  const { imports, worker, graphql } = await openRest().catch(async (error: unknown) => {
    await database.close();
    throw error;
  });

  async function openRest() {
    const originals = createOriginals(join(home, 'lake', 'uploads'));
    // Nobody else has the home of an embedded database; another may be shared, by processes at work.
    const age = database.kind === 'embedded' ? 0 : 24 * 3_600_000;
    await originals.sweep(age);
    await sweepTemporary(temporary, age);
    const accountId = await openLocalAccount(database.sql);
    const imports = createImports(database, originals, config.region);
    const context: Context = { account: accountStore(database, accountId), imports };
    const worker = await startImportWorker(database, originals, config.region, log);
    const graphql = createGraphql(context, { file: config.uploadLimit, uploadsInFlight: 8 }, log);
    return { imports, worker, graphql };
  }
  const systemTemporary = process.env.TMPDIR;

  const http = createHttpServer({ requestTimeout: 0, headersTimeout: 30_000 }, (request, response) => {
    // A page that showed GraphiQL in a frame could have its clicks.
    response.setHeader('x-frame-options', 'DENY');
    const turnedAway = refusal(request);
    if (turnedAway !== null) refuse(response, turnedAway);
    else if (request.url === '/') response.writeHead(302, { location: '/graphql' }).end();
    else graphql(request, response);
  });
  http.setTimeout(options.stallTimeout ?? 60_000);

  let closing: Promise<void> | null = null;
  /** Requests without a port that have no answer yet. */
  const inProcess = new Set<Promise<unknown>>();
  return {
    async fetch(request) {
      if (closing !== null) return closedAnswer();
      const answer = Promise.resolve(graphql.fetch(request));
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
      const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
      await database.announce(url);
      log.info({ url }, 'listening');
      return url;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };

  async function close(): Promise<void> {
    http.closeAllConnections();
    if (http.listening) await new Promise((resolve) => http.close(resolve));
    imports.close();
    await worker.stop();
    // What they ask the database must be answered before it ends, or they would wait for ever.
    await Promise.race([Promise.allSettled(inProcess), sleep(mostGraceMs, undefined, { ref: false })]);
    await database.close();
    if (isInMemory) await rm(home, { recursive: true, force: true });
    if (systemTemporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = systemTemporary;
  }
}

async function openLocalAccount(sql: Awaited<ReturnType<typeof openDatabase>>['sql']): Promise<string> {
  await sql.query(`INSERT INTO account (id, name) VALUES ($1::uuid, 'local') ON CONFLICT (name) DO NOTHING`, [
    uuidv7(),
  ]);
  const [account] = await sql.query<{ id: string }>(`SELECT id::text FROM account WHERE name = 'local'`);
  if (account === undefined) throw new Error('The local account could not be made');
  return account.id;
}

/** Removes what uploads of processes that died left behind. */
async function sweepTemporary(folder: string, age: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith('capacitor-')) await removeOld(join(folder, name), age);
}

/** How long requests that are under way when a server closes may take. */
const mostGraceMs = 10_000;

const closedAnswer = () =>
  Response.json(
    { errors: [{ message: 'The server is closing', extensions: { code: 'SERVER_CLOSED' } }] },
    { status: 503 },
  );
