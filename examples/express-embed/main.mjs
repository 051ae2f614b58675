// DATABASE_URL=postgres://… node main.mjs
import { createEmbeddedClient } from '@watchprint/sdk/embedded';
import pg from 'pg';
import { createApp } from './app.mjs';
import { createUsers } from './users.mjs';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
// In a folder of its own; with `databaseUrl`, in a database of its own on a PostgreSQL.
const watchprint = await createEmbeddedClient({ config: { home: './watchprint-data', logLevel: 'warn' } });
const app = createApp(await createUsers(pool), watchprint);
const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}`),
);

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () =>
    server.close(async () => {
      await watchprint.close();
      await pool.end();
    }),
  );
