// The app's own people, in its own PostgreSQL. Watchprint knows nothing of this table.
import { createHash, randomBytes } from 'node:crypto';

const hashOf = (key) => createHash('sha256').update(key).digest();

export async function createUsers(pool) {
  // PostgreSQL may end a connection that nobody uses: the pool opens another, but without a listener this ends the app.
  pool.on('error', (error) => console.error(error.message));
  await pool.query(`CREATE TABLE IF NOT EXISTS users (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text NOT NULL, key_hash bytea NOT NULL UNIQUE)`);
  return {
    /** @returns the user, and the key to sign in with: shown this once, kept as a hash. */
    async add(name) {
      const key = randomBytes(32).toString('base64url');
      const { rows } = await pool.query('INSERT INTO users (name, key_hash) VALUES ($1, $2) RETURNING id, name', [
        name,
        hashOf(key),
      ]);
      return { ...rows[0], key };
    },
    /** @returns the user with this key; undefined where there is none. */
    async withKey(key) {
      const { rows } = await pool.query('SELECT id, name FROM users WHERE key_hash = $1', [hashOf(key)]);
      return rows[0];
    },
  };
}
