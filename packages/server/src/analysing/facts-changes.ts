import { changedFacts, type SqlConnection } from '@watchprint/database';

/** Which facts changed, as a process learns of it: whoever keeps what rests on some asks whether they did since. */
export interface FactsChanges {
  /** Learns of what changed since the last time. @returns the place in the order of changes that is reached now. */
  refresh(): Promise<number>;
  /** Whether one of these changed behind a place: `kind subject`. Null: too long ago to say. */
  changedBehind(place: number, isOne: (key: string) => boolean): boolean | null;
}

/** Changes that are remembered: of who looks more seldom, all is read again. */
const mostRemembered = 50_000;

export function createFactsChanges(sql: SqlConnection): FactsChanges {
  let since: string | null = null;
  let next: Promise<number> | null = null;
  /** What was told already, by the transaction that changed it. */
  const told = new Map<string, string>();
  let keys: string[] = [];
  /** Place of the first of them. */
  let first = 0;

  async function look(): Promise<number> {
    const answer = await changedFacts(sql, since);
    since = answer.next;
    for (const { kind, subject, changedIn } of answer.changed) {
      const key = `${kind} ${subject}`;
      if (told.get(key) === changedIn) continue;
      told.set(key, changedIn);
      keys.push(key);
    }
    if (keys.length > mostRemembered) {
      first += keys.length;
      keys = [];
      told.clear();
    }
    return first + keys.length;
  }

  return {
    // Those who ask at once are answered by one statement.
    refresh: () => (next ??= look().finally(() => (next = null))),
    changedBehind(place, isOne) {
      if (place < first) return null;
      return keys.slice(place - first).some(isOne);
    },
  };
}
