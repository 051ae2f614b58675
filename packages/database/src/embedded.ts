import { existsSync, fsyncSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Sql, SqlConnection } from './sql.ts';

/** The part of PGlite's Emscripten file system that we reach into; the version is pinned and a test counts the calls. */
interface NodeFileSystem {
  stream_ops: { fsync?: (stream: { nfd: number }) => number };
}

/** How many times the embedded database has forced its files to disk: what the durability test counts. */
export const forcedWrites = { count: 0 };

// Without these, PostgreSQL would skip every fsync (-F). 16 MB of buffers: a reopened server then needs 160 to 185 MB.
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'shared_buffers=16MB',
];

/** Opens PGlite in a folder, or in memory where there is none. The caller holds the folder's lock. */
export async function openPglite(folder: string | null): Promise<PGlite> {
  if (folder === null) return PGlite.create({ startParams });
  const isNew = !existsSync(join(folder, 'PG_VERSION'));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create({ dataDir: folder, startParams });
  forceWritesToDisk(pglite);
  // Initialisation itself was not forced to disk; a checkpoint does that for every file it wrote.
  if (isNew) await pglite.exec('CHECKPOINT');
  return pglite;
}

/** PGlite's Node file system has no fsync, so a commit would reach the disk only when the system likes. */
function forceWritesToDisk(pglite: PGlite): void {
  const files = (pglite as unknown as { Module: { NODEFS?: NodeFileSystem } }).Module.NODEFS;
  if (files === undefined) throw new Error('This version of PGlite has no NODEFS: commits could not be made durable');
  files.stream_ops.fsync = (stream) => {
    forcedWrites.count += 1;
    fsyncSync(stream.nfd);
    return 0;
  };
}

/** Plain SQL over PGlite. One connection: statements queue behind one another. */
export function pgliteConnection(pglite: PGlite): SqlConnection {
  const queries = (target: Pick<PGlite, 'query'>): Sql => ({
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await target.query<Row>(text, values as unknown[])).rows,
  });
  const exclusive = new Map<string, Promise<unknown>>();
  return {
    ...queries(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(queries(transaction as unknown as PGlite))),
    execute: async (script) => void (await pglite.exec(script)),
    // One process owns the folder, so waiting in line inside it is enough.
    async exclusively(name, work) {
      const before = exclusive.get(name) ?? Promise.resolve();
      const mine = before.then(work, work);
      exclusive.set(
        name,
        mine.catch(() => {}),
      );
      return mine;
    },
    notify: async (channel, payload) => void (await pglite.query('SELECT pg_notify($1, $2)', [channel, payload])),
    listen: (channel, onNotice) => pglite.listen(channel, onNotice),
    close: () => pglite.close(),
  };
}
