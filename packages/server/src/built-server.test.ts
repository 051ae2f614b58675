import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@watchprint/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../database/test/databases.ts';
import { build, startServer } from '../test/server-process.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sample = join(root, 'examples/sample-history/NetflixViewingHistory.csv');

// What is installed is the build, and there the threads' files are found another way than among the sources.
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'watchprint-built-'));
  await promisify(execFile)('npm', ['run', 'build'], { cwd: root });
});
afterAll(() => rm(home, { recursive: true, force: true }));

it.each(['embedded', 'postgres'])(
  'the built server imports, and still has it all when it is started again (%s)',
  async (kind) => {
    const url = kind === 'embedded' ? undefined : await newPostgresDatabase();
    const whileServing = async <T>(use: (url: string) => Promise<T>): Promise<T> => {
      const server = await startServer(join(home, kind), url, build);
      try {
        return await use(server.url);
      } finally {
        await server.stop();
      }
    };
    const figures = async (client: ReturnType<typeof createClient>) => {
      const [profile] = await client.profiles();
      return (await client.analytics(profile?.id ?? ''))?.totals;
    };
    const before = await whileServing(async (url) => {
      const client = createClient({ url });
      expect(await client.importHistory(sample)).toMatchObject({
        status: 'COMPLETED',
        rowsRejected: 0,
        rowsDuplicate: 0,
      });
      return figures(client);
    });
    expect(before?.viewings).toBeGreaterThan(500);
    expect(await whileServing((url) => figures(createClient({ url })))).toEqual(before);
  },
);
