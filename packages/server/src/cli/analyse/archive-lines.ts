import type { FiguresToShow } from './figures-to-show.ts';
import { duration } from './plots.ts';
import { many, printable } from './words.ts';

/** What the other tables of an export say; nothing of those that are not there. */
export function archiveLines({ spending, myList, ratings, searches, openings, pauses }: FiguresToShow): string[] {
  const lines: string[] = [];
  for (const { currency, total, charges, perHour } of spending.currencies)
    lines.push(
      `  paid ${total} ${currency} in ${many(charges, 'charge')}${perHour === null ? '' : `, ${perHour} an hour`}`,
    );
  if (ratings.unknownBecause === null) {
    const stars =
      ratings.meanStars === null
        ? ''
        : `; ${many(ratings.stars, 'title')} with stars, ${ratings.meanStars.toFixed(1)} on average`;
    lines.push(`  rated ${ratings.twoUp} two thumbs up, ${ratings.up} thumbs up, ${ratings.down} down${stars}`);
  }
  if (myList.unknownBecause === null) {
    const after = myList.medianDays === null ? '' : `, half of them within ${many(myList.medianDays, 'day')}`;
    lines.push(
      `  ${myList.added} put on My List: ${myList.watchedAfter} watched after that${after}; ${myList.watchedBefore} before; ${myList.neverWatched} never`,
    );
  }
  if (searches.unknownBecause === null) {
    const [most] = searches.queries;
    lines.push(
      `  ${many(searches.searches, 'search', 'searches')}, ${searches.ledToPlay} led to watching${most === undefined ? '' : `; most often “${printable(most.query)}”`}`,
    );
  }
  if (openings.unknownBecause === null) {
    const wait =
      openings.medianSecondsToPlay === null ? '' : `, half of them within ${duration(openings.medianSecondsToPlay)}`;
    lines.push(`  ${many(openings.visits, 'visit')}, something played in ${openings.withPlay}${wait}`);
  }
  if (pauses.unknownBecause === null && pauses.pausesPerHour !== null)
    lines.push(
      `  ${many(pauses.playbacks, 'playback')}: ${pauses.pausesPerHour.toFixed(1)} pauses an hour${pauses.medianPauseSeconds === null ? '' : `, half of them up to ${duration(pauses.medianPauseSeconds)}`}`,
    );
  return lines;
}
