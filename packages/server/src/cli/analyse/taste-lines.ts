import type { FiguresToShow } from './figures-to-show.ts';
import { percent } from './plots.ts';
import { many, printable } from './words.ts';

/** What is watched beside what others watch and think. */
export function tasteLines({
  criticsAndYou,
  top10AndYou,
  acclaimedUnseen,
  releases,
  diversity,
  travel,
  otherProfiles,
}: FiguresToShow): string[] {
  const lines: string[] = [];
  const correlations = Object.entries({
    critics: criticsAndYou.withCritics,
    'their audience': criticsAndYou.withAudience,
    'IMDb’s voters': criticsAndYou.withImdb,
  }).flatMap(([who, value]) => (value === null ? [] : [`${value.toFixed(2)} with ${who}`]));
  if (correlations.length > 0)
    lines.push(`  your verdicts on ${criticsAndYou.titles} titles: rank correlation ${correlations.join(', ')}`);
  if (top10AndYou.titlesCompared > 0) {
    const lag = top10AndYou.medianLagDays;
    const when =
      lag === null ? '' : `, first watched ${many(Math.abs(lag), 'day')} ${lag < 0 ? 'before' : 'after'} (median)`;
    lines.push(
      `  ${top10AndYou.titlesCharted} of ${many(top10AndYou.titlesCompared, 'title')} were in the Top 10 of ${top10AndYou.region}${when}`,
    );
  }
  const acclaimed = acclaimedUnseen.items.slice(0, 5);
  if (acclaimed.length > 0)
    lines.push(
      `  acclaimed and not seen: ${acclaimed.map(({ name, rating }) => `${printable(name)} (${rating})`).join(', ')}`,
    );
  if (releases.medianYears !== null && releases.newShare !== null)
    lines.push(
      `  half of what you watch is up to ${many(releases.medianYears, 'year')} old; ${percent(releases.newShare)} is of the same year`,
    );
  if (diversity.normalisedEntropy !== null && diversity.effectiveValues !== null)
    lines.push(
      `  diversity of genres ${diversity.normalisedEntropy.toFixed(2)} of 1: as if ${diversity.effectiveValues.toFixed(1)} genres were watched equally`,
    );
  const [stay] = travel.items;
  if (stay !== undefined)
    lines.push(
      `  ${many(travel.count, 'stay')} away from ${travel.home}, the last in ${stay.country} from ${stay.from} to ${stay.to}`,
    );
  for (const { other, sharedTitles, overlap } of otherProfiles)
    if (other !== null && overlap !== null)
      lines.push(
        `  with ${printable(other.name)}: ${many(sharedTitles, 'title')} in common, ${percent(overlap)} of what either watched`,
      );
  return lines;
}
