import { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@watchprint/database';
import { expect, it, vi } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import { openUpload, sendJson } from '../../test/http-client.ts';
import { createServer } from '../server.ts';

const setTimeoutOfServers = vi.spyOn(Server.prototype, 'setTimeout');

it('ends the connection of a client that stalls, and not of one that waits for a long answer', async () => {
  const place = await newPlace('embedded');
  const database = await openDatabase(place);
  const server = await createServer({ database, config: { home: place.home, port: 0, logLevel: 'silent' } });
  (setTimeoutOfServers.mock.instances[0] as Server).setTimeout(300);
  const port = Number(new URL(await server.listen()).port);
  const busy = database.sql.transaction(() => sleep(1500));
  expect(await sendJson(port, { query: '{ viewer { id } }' })).toMatchObject({ status: 200 });
  await busy;
  await expect(openUpload(port, 'Title,Date\n').answer).rejects.toThrow();
  await server.close();
});
