import { type AccountStore, lockAccount, profilesToPair, rowsToPair, saveCovered } from '@watchprint/database';
import { createZone, sameViewings } from '@watchprint/engine';

/** Decides anew, for every profile with both kinds of rows, which of them are one viewing. */
export async function pairRows(account: AccountStore): Promise<void> {
  for (const id of await profilesToPair(account)) {
    // Under the lock: rows that come or go meanwhile would leave marks that nobody looks at again.
    await account.transaction(async (sql) => {
      await lockAccount(sql);
      const { timeZone, dated, played } = await rowsToPair(sql, id);
      const zone = createZone(timeZone);
      const timed = played.map(({ rawTitle, startedAt, seconds }) => ({
        rawTitle,
        firstDay: zone.dayOf(startedAt),
        lastDay: zone.dayOf(startedAt + Math.max(seconds, 0)),
      }));
      await saveCovered(sql, id, sameViewings(dated, timed));
    });
  }
}
