import type { Database } from '@watchprint/database';
import type { Originals } from '@watchprint/lake';
import type { Import } from '@watchprint/sdk';
import { pino } from 'pino';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { databaseKinds, endConnections, newPlace } from '../../../database/test/databases.ts';
import { clientOf } from '../../test/server-on-every-database.ts';
import { createServer, type WatchprintServer } from '../server.ts';
import { startImportWorker } from './import-worker.ts';

/** Rows for several batches of 5,000. */
const rows = 22_000;
const history = `Title,Date\n${Array.from({ length: rows }, (_, number) => {
  const day = new Date(Date.UTC(2024, 0, 1) - Math.floor(number / 8) * 86_400_000).toISOString().slice(0, 10);
  return `"Harbour ${number % 40}: Season ${1 + (number % 3)}: Tide ${number}",${day}\n`;
}).join('')}`;

/** As many viewings, at noon UTC on days of a southern summer. */
const activity = `Profile Name,Start Time,Duration,Title,Country\n${Array.from({ length: rows }, (_, number) => {
  const day = new Date(Date.UTC(2024, 0, 1 + (number % 28))).toISOString().slice(0, 10);
  const time = `12:${String(number % 60).padStart(2, '0')}:00`;
  return `Ada,${day} ${time},00:40:00,Harbour ${number % 40}: Season 1: Tide ${number},GB (United Kingdom)\n`;
}).join('')}`;

describe.each(databaseKinds)('imports over the life of a server (%s)', (kind) => {
  const open: WatchprintServer[] = [];
  afterAll(() => Promise.all(open.map((server) => server.close())));
  const start = async (config: { home: string; databaseUrl: string | undefined }) => {
    const server = await createServer({ config: { ...config, logLevel: 'silent', port: 0 } });
    open.push(server);
    return server;
  };
  const place = async () => {
    const { home, url } = await newPlace(kind);
    return { home, databaseUrl: url };
  };

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

  it('counts the days of all rows in a time zone that was set before a stop, in the middle of an import', async () => {
    const where = await place();
    const first = await start(where);
    const { id } = await clientOf(first).importHistory(new TextEncoder().encode(activity), { wait: false });
    const reading = async (server: WatchprintServer, until: (now: Import | null) => boolean) => {
      for (let look = 0; look < 2000; look += 1) {
        const now = await clientOf(server).import(id);
        if (until(now)) return now;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error('the import stands still');
    };
    await reading(first, (now) => (now?.rowsRead ?? 0) > 0);
    const [profile] = await clientOf(first).profiles();
    await clientOf(first).query(
      'mutation($id: ID!) { updateProfile(input: { profileId: $id, timeZone: "Pacific/Auckland" }) { profile { id } } }',
      { id: profile?.id },
    );
    const { rowsRead = 0 } = (await clientOf(first).import(id)) ?? {};
    await reading(first, (now) => (now?.rowsRead ?? 0) > rowsRead);
    await open.pop()?.close();
    const second = await start(where);
    expect(await reading(second, (now) => now?.status !== 'RUNNING' && now?.status !== 'QUEUED')).toMatchObject({
      status: 'COMPLETED',
    });
    const days = { wrong: 0, rows: 0 };
    for await (const { startedAt, watchedOn } of clientOf(second).viewings(profile?.id ?? '', { pageSize: 500 })) {
      // On the other side of the world noon UTC is the next day.
      const day = new Date(Date.parse(startedAt ?? '') + 13 * 3_600_000).toISOString().slice(0, 10);
      days.rows += 1;
      if (day !== watchedOn) days.wrong += 1;
    }
    expect(days).toEqual({ wrong: 0, rows });
  });

  if (kind === 'postgres')
    it('goes on with an import whose database ended every connection, time and again', async () => {
      const where = await place();
      const server = await start(where);
      const { id } = await clientOf(server).importHistory(new TextEncoder().encode(history), { wait: false });
      let [reached, ended, done] = [0, 0, false];
      while (!done) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const now = await clientOf(server)
          .import(id)
          .catch(() => null);
        done = now?.status === 'COMPLETED' || now?.status === 'FAILED';
        if (now === null || now.rowsRead <= reached || done) continue;
        reached = now.rowsRead;
        ended += 1;
        await endConnections(where.databaseUrl as string);
      }
      expect(ended).toBeGreaterThan(1);
      expect(await clientOf(server).import(id)).toMatchObject({ status: 'COMPLETED', rowsImported: rows });
    });

  if (kind === 'postgres')
    it('reads the imports whose originals it has, where another server has those of others', async () => {
      const { databaseUrl } = await place();
      const servers = [
        await start({ ...(await place()), databaseUrl }),
        await start({ ...(await place()), databaseUrl }),
      ];
      const imports = await Promise.all(
        servers.flatMap((server, which) =>
          Array.from({ length: 5 }, (_, number) =>
            clientOf(server).importHistory(new TextEncoder().encode(history.slice(0, 4000 + 100 * number)), {
              profileName: `Profile ${which}`,
            }),
          ),
        ),
      );
      expect(imports.map(({ status }) => status)).toEqual(Array(10).fill('COMPLETED'));
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
    const worker = await startImportWorker(
      database,
      { id: async () => 'some lake' } as Originals,
      'AU',
      pino({ enabled: false }),
    );
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
