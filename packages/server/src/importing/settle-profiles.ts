import { type AccountStore, profileZones, settleTimeZone } from '@watchprint/database';
import { mainTimeZone } from '@watchprint/engine';
import { pairRows } from './pair-rows.ts';

/** The time zone of a profile whose rows come from a country, until somebody sets another. */
export function assumedTimeZone(country: string | null, region: string): string {
  return (country === null ? null : mainTimeZone(country)) ?? mainTimeZone(region) ?? 'UTC';
}

/**
 * Decides anew, once rows have come or gone, what follows from a profile's rows together: its assumed time zone, and which rows
 * are one viewing. So it depends on the rows that are there alone, and not on the order in which they came.
 * @param countedIn time zones, by profile, in which days of new rows were counted; null where nobody knows.
 */
export async function settleProfiles(
  account: AccountStore,
  region: string,
  countedIn: ReadonlyMap<string, string | null> = new Map(),
): Promise<void> {
  const assume = (country: string | null) => assumedTimeZone(country, region);
  for (const { id, timeZone, isAssumed, mainCountry } of await profileZones(account)) {
    const isSettled = !isAssumed || assume(mainCountry) === timeZone;
    // Somebody may have set the time zone while the rows were read.
    const isCountedSo = !countedIn.has(id) || countedIn.get(id) === timeZone;
    if (!isSettled || !isCountedSo) await settleTimeZone(account, id, assume);
  }
  await pairRows(account);
}
