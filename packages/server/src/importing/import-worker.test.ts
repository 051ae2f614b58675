import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@watchprint/database';
import type { Originals } from '@watchprint/lake';
import { pino } from 'pino';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { newPostgresDatabase } from '../../../database/test/databases.ts';
import { clientOf } from '../../test/server-on-every-database.ts';
import { createServer, type WatchprintServer } from '../server.ts';
import { startImportWorker } from './import-worker.ts';

/** Rows for several batches of 5,000. */
const rows = 22_000;
const history = `Title,Date\n${Array.from({ length: rows }, (_, number) => {
  const day = new Date(Date.UTC(2024, 0, 1) - Math.floor(number / 8) * 86_400_000).toISOString().slice(0, 10);
  return `"Harbour ${number % 40}: Season ${1 + (number % 3)}: Tide ${number}",${day}\n`;
}).join('')}`;

describe.each(['embedded', 'postgres'] as const)('imports over the life of a server (%s)', (kind) => {
  const open: WatchprintServer[] = [];
  afterAll(() => Promise.all(open.map((server) => server.close())));
  const start = async (config: { home: string; databaseUrl: string | undefined }) => {
    const server = await createServer({ config: { ...config, logLevel: 'silent', port: 0 } });
    open.push(server);
    return server;
  };
  const place = async () => ({
    home: await mkdtemp(join(tmpdir(), 'watchprint-life-')),
    databaseUrl: kind === 'embedded' ? undefined : await newPostgresDatabase(),
  });

  it('goes on with an import that a stopping server put back, from the batch it had reached', async () => {
    const where = await place();
    const first = await start(where);
    const { id } = await clientOf(first).importHistory(new TextEncoder().encode(history), { wait: false });
    let now = await clientOf(first).import(id);
    for (let look = 0; now?.rowsRead === 0 && look < 2000; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      now = await clientOf(first).import(id);
    }
    expect(now).toMatchObject({ status: 'RUNNING' });
    await open.pop()?.close();
    const second = await start(where);
    const between = await clientOf(second).import(id);
    expect(between?.rowsRead).toBeGreaterThan(0);
    for (let look = 0; now?.status !== 'COMPLETED' && look < 1000; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      now = await clientOf(second).import(id);
    }
    expect(now).toMatchObject({ status: 'COMPLETED', rowsRead: rows, rowsImported: rows, rowsRejected: 0 });
  });

  if (kind === 'postgres')
    it('is started by several at once on an empty database, which share imports', async () => {
      const where = await place();
      // One store of originals, as servers that share a database have.
      const servers = await Promise.all([1, 2, 3, 4].map(() => start(where)));
      const imports = await Promise.all(
        servers.map((server, number) =>
          clientOf(server).importHistory(new TextEncoder().encode(history.slice(0, 40_000)), {
            profileName: `Profile ${number}`,
          }),
        ),
      );
      expect(imports.map(({ status }) => status)).toEqual(Array(4).fill('COMPLETED'));
      const profiles = await clientOf(servers[0] as WatchprintServer).profiles();
      expect(profiles.map(({ name }) => name)).toEqual(['Profile 0', 'Profile 1', 'Profile 2', 'Profile 3']);
    });
});

describe('a worker that looks for imports', () => {
  afterAll(() => vi.useRealTimers());

  /** A queue whose looks end when the test says so. */
  const start = async () => {
    const looks: ((found: null) => void)[] = [];
    let notice = () => {};
    const sql = {
      transaction: () => new Promise<null>((resolve) => looks.push(resolve)),
      listen: async (_channel: string, onNotice: () => void) => {
        notice = onNotice;
        return async () => {};
      },
    };
    const database = { kind: 'postgres', sql } as unknown as Database;
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const worker = await startImportWorker(database, {} as Originals, 'AU', pino({ enabled: false }));
    return { worker, looks, notice: () => notice() };
  };

  it('stops at once when asked in the middle of a look', async () => {
    const { worker, looks } = await start();
    const stopped = worker.stop();
    looks[0]?.(null);
    await stopped;
    expect(looks).toHaveLength(1);
  });

  it('looks again at once when an import is announced in the middle of a look', async () => {
    const { worker, looks, notice } = await start();
    notice();
    looks[0]?.(null);
    await vi.waitFor(() => expect(looks).toHaveLength(2));
    const stopped = worker.stop();
    looks[1]?.(null);
    await stopped;
  });
});
