import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CopyIn, CopyOut } from './copy.ts';
import type { OnNotice, Sql, SqlConnection, SqlValue } from './sql.ts';

/** Plain SQL over a pool of connections to PostgreSQL. */
export function postgresConnection(pool: pg.Pool): SqlConnection {
  const queries = (target: Pick<pg.Pool | pg.PoolClient, 'query'>): Sql => ({
    query: async <Row>(text: string, values: readonly SqlValue[] = []) =>
      (await target.query(text, values.map(asParameter))).rows as Row[],
  });
  const listener = createListener(pool);
  // A connection that is lost while somebody has it fails their statement; unheard, the event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    ...queries(pool),
    async transaction(work, isolation = 'read committed') {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
        const copy = (statement: string, rows: readonly Uint8Array[]) => client.query(new CopyIn(statement, rows)).done;
        const copyOut = (statement: string) => client.query(new CopyOut(statement)).done;
        const result = await work({ ...queries(client), copy, copyOut });
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((cause: Error) => {
          broken = cause;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    execute: async (script) => void (await pool.query(script)),
    async exclusively(name, work) {
      const client = await pool.connect();
      try {
        await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
        return await work();
      } finally {
        await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => {});
        client.release();
      }
    },
    notify: async (channel, payload) => void (await pool.query('SELECT pg_notify($1, $2)', [channel, payload])),
    listen: listener.listen,
    async close() {
      await listener.close();
      await pool.end();
    },
  };
}

const asParameter = (value: SqlValue): unknown => (Array.isArray(value) ? arrayLiteral(value) : value);

type Element = Extract<SqlValue, readonly unknown[]>[number];

/** An array as the server reads it in text. The driver does the same by way of several strings for each element. */
const arrayLiteral = (elements: readonly Element[]): string => `{${elements.map(asElement).join(',')}}`;

function asElement(element: Element): string {
  if (element === null) return 'NULL';
  if (typeof element !== 'string') return String(element);
  return /["\\]/.test(element) ? `"${element.replaceAll(/["\\]/g, '\\$&')}"` : `"${element}"`;
}

/** Who listens to which channel, for connections that bring notices. */
export function createNotices() {
  const listeners = new Map<string, Set<OnNotice>>();
  return {
    channels: () => [...listeners.keys()],
    /** Passes on what a connection hears. */
    from(client: pg.ClientBase): void {
      client.on('notification', ({ channel, payload }) => {
        for (const onNotice of listeners.get(channel) ?? []) onNotice(payload ?? '');
      });
    },
    /** @returns what stops it. */
    add(channel: string, onNotice: OnNotice): () => Promise<void> {
      const of = listeners.get(channel) ?? new Set();
      listeners.set(channel, of.add(onNotice));
      return async () => void of.delete(onNotice);
    },
    /** Tells everybody that notices may have been missed. */
    missed(): void {
      for (const of of listeners.values()) for (const onNotice of of) onNotice(null);
    },
  };
}

export const listenTo = (channel: string): string => `LISTEN ${pg.escapeIdentifier(channel)}`;

/** Milliseconds between tries to open a lost connection again: twice as long each time, up to the last. */
const retryMs = { first: 100, last: 5000 };

/** One connection that only listens, opened when first needed and again, by itself, when it was lost. */
function createListener(pool: pg.Pool) {
  const notices = createNotices();
  let client: Promise<pg.Client> | null = null;
  let isReopening = false;
  /** The driver wants one statement after another of those who begin to listen. */
  let last: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();

  function open(): Promise<pg.Client> {
    if (client !== null) return client;
    const fresh = new pg.Client({ ...pool.options, keepAlive: true });
    notices.from(fresh);
    const opening = (async () => {
      await fresh.connect();
      for (const channel of notices.channels()) await fresh.query(listenTo(channel));
      return fresh;
    })();
    const lost = () => {
      if (client !== opening) return;
      client = null;
      void reopen();
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    opening.catch(lost);
    client = opening;
    return opening;
  }

  async function reopen(): Promise<void> {
    if (isReopening) return;
    isReopening = true;
    for (let wait = retryMs.first; !closing.signal.aborted; wait = Math.min(2 * wait, retryMs.last)) {
      await sleep(wait, undefined, { signal: closing.signal, ref: false }).catch(() => {});
      const isOpen = !closing.signal.aborted && (await open().catch(() => null)) !== null;
      if (!isOpen) continue;
      notices.missed();
      break;
    }
    isReopening = false;
  }

  return {
    async listen(channel: string, onNotice: OnNotice) {
      const stop = notices.add(channel, onNotice);
      try {
        const asked = Promise.all([open(), last]).then(([on]) => on.query(listenTo(channel)));
        last = asked.catch(() => {});
        await asked;
      } catch (error) {
        await stop();
        throw error;
      }
      return stop;
    },
    async close() {
      closing.abort();
      const last = await client?.catch(() => null);
      await last?.end().catch(() => {});
    },
  };
}
