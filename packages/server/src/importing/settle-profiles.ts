import { type AccountStore, moveToTimeZone, profileZones } from '@watchprint/database';
import { mainTimeZone } from '@watchprint/engine';
import { pairRows } from './pair-rows.ts';

/** The time zone of a profile whose rows come from a country, until somebody sets another. */
export function assumedTimeZone(country: string | null, region: string): string {
  return (country === null ? null : mainTimeZone(country)) ?? mainTimeZone(region) ?? 'UTC';
}

/**
 * Decides anew, once rows have come or gone, what follows from a profile's rows together: its assumed time zone, and which rows
 * are one viewing. So it depends on the rows that are there alone, and not on the order in which they came.
 * @param countedIn time zones, by profile, in which days of new rows were counted.
 */
export async function settleProfiles(
  account: AccountStore,
  region: string,
  countedIn: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  for (const { id, timeZone, isAssumed, mainCountry } of await profileZones(account)) {
    const settled = isAssumed ? assumedTimeZone(mainCountry, region) : timeZone;
    // Somebody may have set the time zone while the rows were read.
    const wasCountedIn = countedIn.get(id) ?? timeZone;
    if (settled !== timeZone || settled !== wasCountedIn) await moveToTimeZone(account, id, settled, 'ASSUMED');
  }
  await pairRows(account);
}
