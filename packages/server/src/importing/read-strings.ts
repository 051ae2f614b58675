import {
  type Database,
  type ReadingToSave,
  removeUnusedTitles,
  saveReadings,
  stringsOfGroups,
  type TitleToSave,
  unreadGroups,
} from '@watchprint/database';
import { readTitles, titlesOfReading } from '@watchprint/engine';

const groupsAtOnce = 400;

/** Reads every string of an account whose group has changed, and saves the titles that come of it. */
export async function readStrings({ sql }: Database, accountId: string): Promise<void> {
  for (;;) {
    const groups = await unreadGroups(sql, accountId, groupsAtOnce);
    if (groups.length === 0) break;
    const strings = await stringsOfGroups(sql, accountId, groups);
    const titles = new Map<string, TitleToSave>();
    const readings: ReadingToSave[] = [];
    readTitles(strings.map(({ rawTitle }) => rawTitle)).forEach((reading, index) => {
      const read = titlesOfReading(reading);
      for (const title of read) titles.set(title.key, title);
      const { matchId } = strings[index] as (typeof strings)[number];
      readings.push({ matchId, titleKey: read.at(-1)?.key ?? null, evidence: reading.evidence });
    });
    await saveReadings(sql, accountId, [...titles.values()], readings);
  }
  await removeUnusedTitles(sql, accountId);
}
