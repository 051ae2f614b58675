import { DiskFullError, openDatabase } from '@watchprint/database';
import { createClient } from '@watchprint/sdk';
import { expect, inject, it, vi } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import { clientOf } from '../../test/server-on-every-database.ts';
import { startServer } from '../../test/server-process.ts';
import { createServer } from '../server.ts';

const rows = 30_000;
const ratings = new TextEncoder().encode(
  `Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n${Array.from(
    { length: rows },
    (_, number) => `Ada,A film whose name takes room ${number},thumb,,2,TV,2021-03-02 10:00:00,\n`,
  ).join('')}`,
);

it('an import fails before the disk is full, and all that it had written is undone', async () => {
  const place = await newPlace('embedded');
  const database = await openDatabase(place);
  let batches = 0;
  const checkRoom = async () => {
    batches += 1;
    if (batches === 4) throw new DiskFullError('There is no room.');
  };
  const config = { home: place.home, port: 0, logLevel: 'silent' };
  const server = await createServer({ database: { ...database, checkRoom }, config });
  const client = clientOf(server);
  const failed = { code: 'DISK_FULL', message: expect.stringContaining('There is no room.') };
  await expect(client.importHistory(ratings)).rejects.toMatchObject(failed);
  expect(await database.sql.query('SELECT count(*)::int AS rows FROM export_row')).toEqual([{ rows: 0 }]);
  expect(await client.importHistory(ratings)).toMatchObject({ status: 'COMPLETED' });
  expect(await database.sql.query('SELECT count(*)::int AS rows FROM export_row')).toEqual([{ rows }]);
  await server.close();
});

it.skipIf(process.platform === 'win32')(
  'a server whose database could not write says so, ends when told to, and goes on once there is room',
  { timeout: 180_000 },
  async () => {
    const { home } = await newPlace('embedded');
    // Its log of writes is one file of 16 MB, and the tables take 8 MB of that.
    const full = await startServer(home, undefined, inject('command'), 9.5 * 1024 * 1024);
    const client = createClient({ url: full.url });
    const { id } = await client.importHistory(ratings, { wait: false });
    await vi.waitFor(
      () => expect(client.profiles()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true }),
      { timeout: 60_000, interval: 200 },
    );
    await full.stop();
    const server = await startServer(home, undefined, inject('command'));
    const again = createClient({ url: server.url });
    await vi.waitFor(async () => expect(await again.import(id)).toMatchObject({ status: 'COMPLETED' }), {
      timeout: 60_000,
      interval: 200,
    });
    expect((await again.import(id))?.files).toMatchObject([{ rowsRead: rows }]);
    await server.stop();
  },
);
