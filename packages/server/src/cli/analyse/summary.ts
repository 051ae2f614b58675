import type { Analytics, Figures, FigureTitle } from '@watchprint/sdk';
import { bar, clock, duration, percent, shading, sparkline, table } from './plots.ts';

type Counted = Pick<Figures['longestDays']['items'][number], 'viewings' | 'secondsWatched'>;
type Totals = NonNullable<Analytics['totals']>;
type Timeline = NonNullable<Analytics['timeline']>;
type Ranking = NonNullable<Analytics['top']>;
type Item = Ranking['items'][number];

/** What `everyFigure` answers, as far as the summary shows it: the client's figures, and some of them for several units and dimensions. */
export interface FiguresToShow extends Figures {
  readonly totals: Totals;
  readonly month: Timeline;
  readonly year: Timeline;
  readonly weekHours: NonNullable<Analytics['weekHours']>;
  readonly SERIES: Ranking;
  readonly GENRE: Ranking;
  readonly DECADE: Ranking;
  readonly COUNTRY: Ranking;
  readonly DEVICE: Ranking;
}

const nameOf = ({ name, series }: FigureTitle) => (series === undefined ? name : `${series.name}: ${name}`);

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const shown = 8;

/** A profile's figures in lines of text, with small plots; what is not known is said at the end, with the reason. */
export function summaryOf(name: string, timeZone: string, figures: FiguresToShow): string[] {
  const { totals } = figures;
  const lines = [name, '='.repeat([...name].length)];
  if (totals.viewings === 0) return [...lines, totals.unknownBecause ?? 'Nothing was watched.', ''];
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['', totalLines(figures, timeZone)],
    ['By year', timelineLines(figures)],
    ['Hours of the week', hourLines(figures)],
    ['Habits', habitLines(figures)],
    ['Most watched series', rankingLines(figures.SERIES.items)],
    ['Genres', rankingLines(figures.GENRE.items)],
    ['Decades', rankingLines(figures.DECADE.items)],
    ['Countries of origin', rankingLines(figures.COUNTRY.items)],
    ['Devices', rankingLines(figures.DEVICE.items)],
    ['Series, the latest first', seriesLines(figures)],
    ['Films left in the middle', filmLines(figures)],
    ['Seen again', figures.rewatches.items.slice(0, shown).map(({ title, times }) => `  ${times} × ${nameOf(title)}`)],
    ['You and others', otherLines(figures)],
    ['Not known', unknownLines(figures)],
  ];
  for (const [heading, content] of sections)
    if (content.length > 0) lines.push(...(heading === '' ? [] : ['', heading]), ...content);
  return [...lines, ''];
}

function totalLines({ totals, coverage }: FiguresToShow, timeZone: string): string[] {
  const time = totals.secondsWatched === null ? '' : `, ${duration(totals.secondsWatched)}`;
  const accidentalTime =
    totals.accidentalSecondsWatched === null ? '' : `, nor their ${duration(totals.accidentalSecondsWatched)}`;
  const known = Object.entries({
    'joined to the catalogue': coverage.matched,
    'with duration': coverage.withDuration,
    'with time of day': coverage.withTimeOfDay,
    'with genres': coverage.withGenres,
    'with IMDb’s rating': coverage.withImdb,
    'with Rotten Tomatoes’': coverage.withRottenTomatoes,
  }).map(([what, share]) => `${percent(share ?? 0)} ${what}`);
  return [
    `${totals.viewings} viewings${time} on ${totals.activeDays} days from ${totals.firstWatchedOn} to ${totals.lastWatchedOn} (${timeZone}); ${totals.accidentalViewings} accidental ones are not counted${accidentalTime}`,
    `${totals.movies} films, ${totals.episodes} episodes of ${totals.series} series`,
    `Of the viewings: ${known.join(', ')}`,
  ];
}

const hours = (seconds: number | null) => (seconds === null ? '' : `${Math.round(seconds / 3600)} h`);

function timelineLines({ year, month }: FiguresToShow): string[] {
  const isTimed = year.points.every(({ secondsWatched }) => secondsWatched !== null);
  const weight = ({ viewings, secondsWatched }: Counted) => (isTimed ? (secondsWatched ?? 0) : viewings);
  const most = Math.max(...year.points.map(weight));
  const months = new Map<string, number[]>();
  for (const point of month.points) {
    const of = months.get(point.start.slice(0, 4)) ?? new Array<number>(12).fill(0);
    of[Number(point.start.slice(5, 7)) - 1] = weight(point);
    months.set(point.start.slice(0, 4), of);
  }
  return year.points.map((point) => {
    const name = point.start.slice(0, 4);
    const amount = `${point.viewings} viewings ${hours(point.secondsWatched)}`.trim();
    return `  ${name}  ${sparkline(months.get(name) ?? []).padEnd(12)}  ${bar(weight(point), most, 30).padEnd(30)}  ${amount}`.trimEnd();
  });
}

function hourLines({ weekHours: { cells } }: FiguresToShow): string[] {
  if (cells.length === 0) return [];
  const isTimed = cells.every(({ secondsWatched }) => secondsWatched !== null);
  const weight = ({ viewings, secondsWatched }: Counted) => (isTimed ? (secondsWatched ?? 0) : viewings);
  const most = Math.max(...cells.map(weight));
  return [
    '       0     6     12    18',
    ...weekdays.map(
      (name, index) => `  ${name}  ${shading(cells.filter(({ weekday }) => weekday === index + 1).map(weight), most)}`,
    ),
  ];
}

function habitLines({ streaks, longestDays, sessions, marathons, evenings, binges }: FiguresToShow): string[] {
  const lines = [
    `  longest streak: ${streaks.longestDays} days from ${streaks.longestFrom}; now ${streaks.currentDays}`,
  ];
  const [longest] = longestDays.items;
  if (longest !== undefined)
    lines.push(
      `  longest day: ${longest.day}, ${longest.viewings} viewings ${hours(longest.secondsWatched)}`.trimEnd(),
    );
  if (sessions.unknownBecause === null && sessions.medianSeconds !== null && sessions.longestSeconds !== null)
    lines.push(
      `  ${sessions.count} sittings, half of them up to ${duration(sessions.medianSeconds)}; the longest ${duration(sessions.longestSeconds)}, ${sessions.longestStartedAt?.slice(0, 10)}; ${marathons.count} marathons`,
    );
  if (evenings.medianStartMinute !== null && evenings.medianEndMinute !== null)
    lines.push(
      `  ${evenings.evenings} evenings, mostly from ${clock(evenings.medianStartMinute)} to ${clock(evenings.medianEndMinute)}; ${evenings.lateNights} late nights`,
    );
  const [binge] = binges.items;
  lines.push(
    `  ${binges.count} binges${binge === undefined ? '' : `, the largest ${binge.episodes} episodes of ${binge.seriesName} on ${binge.watchedOn}`}`,
  );
  return lines;
}

function rankingLines(items: readonly Item[]): string[] {
  const some = items.slice(0, shown);
  const most = Math.max(...some.map(({ viewings }) => viewings), 0);
  return table(
    some.map(({ label, viewings, secondsWatched, share }) => [
      label.slice(0, 40),
      bar(viewings, most, 20),
      viewings,
      percent(share),
      hours(secondsWatched),
    ]),
  );
}

function seriesLines({ series }: FiguresToShow): string[] {
  return table(
    series.items
      .slice(0, shown)
      .map((one) => [
        one.series.name.slice(0, 40),
        one.episodesTotal === null ? `${one.episodesWatched}` : `${one.episodesWatched} of ${one.episodesTotal}`,
        one.state.toLowerCase().replaceAll('_', ' '),
        one.daysSince === 0 ? '' : `${one.daysSince} days ago`,
      ]),
  );
}

const filmLines = ({ unfinishedFilms }: FiguresToShow): string[] =>
  unfinishedFilms.items
    .slice(0, shown)
    .map(
      ({ title, secondsWatched, positionSeconds, runtimeSeconds }) =>
        `  ${title.name}: ${Math.round((positionSeconds ?? secondsWatched) / 60)} of ${runtimeSeconds / 60} minutes`,
    );

function otherLines({
  criticsAndYou,
  top10AndYou,
  releases,
  diversity,
  travel,
  spending,
  myList,
}: FiguresToShow): string[] {
  const lines: string[] = [];
  const correlations = Object.entries({
    critics: criticsAndYou.withCritics,
    'their audience': criticsAndYou.withAudience,
    'IMDb’s voters': criticsAndYou.withImdb,
  }).flatMap(([who, value]) => (value === null ? [] : [`${value.toFixed(2)} with ${who}`]));
  if (correlations.length > 0)
    lines.push(`  your verdicts on ${criticsAndYou.titles} titles: rank correlation ${correlations.join(', ')}`);
  if (top10AndYou.titlesCompared > 0)
    lines.push(
      `  ${top10AndYou.titlesCharted} of ${top10AndYou.titlesCompared} titles were in the Top 10 of ${top10AndYou.region}${top10AndYou.medianLagDays === null ? '' : `, first watched ${top10AndYou.medianLagDays} days after (median)`}`,
    );
  if (releases.medianYears !== null && releases.newShare !== null)
    lines.push(
      `  half of what you watch is up to ${releases.medianYears} years old; ${percent(releases.newShare)} is of the same year`,
    );
  if (diversity.normalisedEntropy !== null && diversity.effectiveValues !== null)
    lines.push(
      `  diversity of genres ${diversity.normalisedEntropy.toFixed(2)} of 1: as if ${diversity.effectiveValues.toFixed(1)} genres were watched equally`,
    );
  const [stay] = travel.items;
  if (stay !== undefined)
    lines.push(
      `  ${travel.count === 1 ? '1 stay' : `${travel.count} stays`} away from ${travel.home}, the last in ${stay.country} from ${stay.from} to ${stay.to}`,
    );
  for (const { currency, total, perHour } of spending.currencies)
    lines.push(`  paid ${total} ${currency}${perHour === null ? '' : `, ${perHour} an hour`}`);
  if (myList.added > 0)
    lines.push(
      `  ${myList.added} put on My List, ${myList.neverWatched} never watched${myList.medianDays === null ? '' : `, the others after ${myList.medianDays} days (median)`}`,
    );
  return lines;
}

function unknownLines(figures: FiguresToShow): string[] {
  const reasons = new Map<string, string[]>();
  for (const [name, figure] of Object.entries(figures)) {
    const { unknownBecause } = (figure ?? {}) as { unknownBecause?: string | null };
    if (unknownBecause != null) reasons.set(unknownBecause, [...(reasons.get(unknownBecause) ?? []), name]);
  }
  return [...reasons].map(([reason, names]) => `  ${names.join(', ')}: ${reason}`);
}
