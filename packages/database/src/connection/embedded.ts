import { Duplex } from 'node:stream';
import pg from 'pg';
import { createPglite, type Pglite } from './pglite.ts';
import { createNotices, listenTo, postgresConnection } from './postgres.ts';
import type { SqlConnection } from './sql.ts';

export interface EmbeddedDatabase {
  /** One connection, like that of any PostgreSQL: statements queue behind one another. */
  readonly pool: pg.Pool;
  readonly sql: SqlConnection;
  /** How many times the database has forced its files to disk: what the durability test counts. */
  forcedWrites(): number;
}

/** Starts PGlite in a thread and speaks PostgreSQL's protocol with it. The caller holds the folder's lock. */
export async function openEmbedded(folder: string | null): Promise<EmbeddedDatabase> {
  const forcedWrites = new SharedArrayBuffer(4);
  const pglite = createPglite({ folder, forcedWrites });
  await pglite.start();
  const notices = createNotices();
  let wasLost = false;
  pglite.onEnd(() => {
    wasLost = true;
  });
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    stream: () => protocolStream(pglite),
    async onConnect(client) {
      notices.from(client);
      if (!wasLost) return;
      wasLost = false;
      for (const channel of notices.channels()) await client.query(listenTo(channel));
      notices.missed();
    },
  });
  pool.on('error', () => {});
  const exclusive = new Map<string, Promise<unknown>>();
  const connection = postgresConnection(pool);
  const sql: SqlConnection = {
    ...connection,
    async transaction(work, isolation) {
      const began = performance.now();
      const result = await connection.transaction(work, isolation);
      if (!isIdle(pool)) await giveWay(pool, performance.now() - began);
      return result;
    },
    // One process owns the folder, so waiting in line inside it is enough.
    exclusively(name, work) {
      const mine = (exclusive.get(name) ?? Promise.resolve()).then(work, work);
      exclusive.set(
        name,
        mine.catch(() => {}),
      );
      return mine;
    },
    // The one connection hears its own notices.
    async listen(channel, onNotice) {
      const stop = notices.add(channel, onNotice);
      await pool.query(listenTo(channel));
      return stop;
    },
    async close() {
      await pool.end();
      await pglite.close();
    },
  };
  return { pool, sql, forcedWrites: () => Atomics.load(new Int32Array(forcedWrites), 0) };
}

const isIdle = (pool: pg.Pool) => pool.waitingCount === 0 && pool.idleCount === pool.totalCount;

/**
 * Whoever waited while a transaction had the one connection goes first now, with all that it asks one after another: an import,
 * whose transactions follow each other at once, would have it wait for a batch before each statement. Ends when nobody has asked
 * anything for a moment, or when the others have had as long as the transaction took.
 */
async function giveWay(pool: pg.Pool, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  let busy = performance.now();
  for (let now = busy; now < end && now - busy < moment; now = performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (!isIdle(pool)) busy = performance.now();
  }
}

/** Milliseconds in which a request that has had an answer asks its next statement. */
const moment = 8;

/**
 * A connection to the database as a stream of PostgreSQL's protocol: each write holds whole messages, and is answered whole.
 * They cross in memory that both threads share, used again each time: as copies, those of an import would lie about by the
 * dozen megabytes until each thread collects its garbage.
 */
function protocolStream(pglite: Pglite): Duplex {
  let shared = new Uint8Array(new SharedArrayBuffer(64 * 1024));
  const send = (pieces: readonly Uint8Array[], done: (error?: Error | null) => void) => {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (length > shared.length) shared = new Uint8Array(new SharedArrayBuffer(2 * length));
    let at = 0;
    for (const piece of pieces) {
      shared.set(piece, at);
      at += piece.length;
    }
    pglite.ask(shared.subarray(0, length)).then((answer) => {
      stream.push(answer);
      done();
    }, done);
  };
  const stream = new Duplex({
    read() {},
    write: (chunk: Buffer, _encoding, done) => send([chunk], done),
    writev: (chunks, done) =>
      send(
        chunks.map(({ chunk }) => chunk as Buffer),
        done,
      ),
    final: (done) => {
      stream.push(null);
      done();
    },
  });
  stream.once(
    'close',
    pglite.onEnd((error) => stream.destroy(error)),
  );
  // What node-postgres asks of a socket.
  return Object.assign(stream, {
    setNoDelay: () => stream,
    setKeepAlive: () => stream,
    ref: () => stream,
    unref: () => stream,
    connect() {
      pglite.start().then(
        () => stream.emit('connect'),
        (error) => stream.destroy(error),
      );
      return stream;
    },
  });
}
