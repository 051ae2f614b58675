import type { Figures } from '@watchprint/sdk';
import stringWidth from 'string-width';
import { archiveLines } from './archive-lines.ts';
import type { FiguresToShow, Item, Totals } from './figures-to-show.ts';
import { bar, clock, duration, percent, shading, sparkline, table } from './plots.ts';
import { tasteLines } from './taste-lines.ts';
import { cell, dayIn, many, nameOf, numberedName, printable } from './words.ts';

type Counted = Pick<Figures['longestDays']['items'][number], 'viewings' | 'secondsWatched'>;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const shown = 8;

/** A profile's figures in lines of text, with small plots; what is not known is said at the end, with the reason. */
export function summaryOf(name: string, timeZone: string, figures: FiguresToShow): string[] {
  const { totals } = figures;
  const lines = [printable(name), '='.repeat(stringWidth(printable(name)))];
  const archive = ['From the archive', archiveLines(figures)] as const;
  const sections: readonly (readonly [string, readonly string[]])[] =
    totals.viewings === 0
      ? [['', nothingLines(figures)], archive]
      : [...viewingSections(figures, timeZone), archive, ['Not known', unknownLines(figures)]];
  for (const [heading, content] of sections)
    if (content.length > 0) lines.push(...(heading === '' ? [] : ['', heading]), ...content);
  return [...lines, ''];
}

const viewingSections = (figures: FiguresToShow, timeZone: string): (readonly [string, readonly string[]])[] => [
  ['', totalLines(figures, timeZone)],
  ['By year', timelineLines(figures)],
  ['Hours of the week', hourLines(figures)],
  ['Habits', habitLines(figures, timeZone)],
  ['Most watched series', rankingLines(figures.SERIES.items)],
  ['Genres', rankingLines(figures.GENRE.items)],
  ['Decades', rankingLines(figures.DECADE.items)],
  ['Countries of origin', rankingLines(figures.COUNTRY.items)],
  ['Devices', rankingLines(figures.DEVICE.items)],
  ['Series, the latest first', seriesLines(figures)],
  ['Films left in the middle', filmLines(figures)],
  ['Seen again', figures.rewatches.items.slice(0, shown).map(({ title, times }) => `  ${times} × ${nameOf(title)}`)],
  ['You and others', tasteLines(figures)],
  [`The year ${figures.yearInReview.year}`, yearLines(figures)],
];

function nothingLines({ totals }: FiguresToShow): string[] {
  const reason = totals.unknownBecause ?? 'Nothing was watched.';
  return [totals.accidentalViewings === 0 ? reason : `${reason} ${accidentalText(totals)}.`];
}

const accidentalText = ({ accidentalViewings, accidentalSecondsWatched }: Totals): string =>
  `${many(accidentalViewings, 'accidental one')} ${accidentalViewings === 1 ? 'is' : 'are'} not counted${
    accidentalSecondsWatched === null
      ? ''
      : `, nor the ${duration(accidentalSecondsWatched)} of ${accidentalViewings === 1 ? 'it' : 'them'}`
  }`;

function totalLines({ totals, coverage }: FiguresToShow, timeZone: string): string[] {
  const time = totals.secondsWatched === null ? '' : `, ${duration(totals.secondsWatched)}`;
  // A file of days does not say what played by itself.
  const accidental = coverage.withDuration === 0 ? '' : `; ${accidentalText(totals)}`;
  const known = Object.entries({
    'joined to the catalogue': coverage.matched,
    'with duration': coverage.withDuration,
    'with time of day': coverage.withTimeOfDay,
    'with genres': coverage.withGenres,
    'with IMDb’s rating': coverage.withImdb,
    'with Rotten Tomatoes’': coverage.withRottenTomatoes,
  }).map(([what, share]) => `${percent(share ?? 0)} ${what}`);
  return [
    `${many(totals.viewings, 'viewing')}${time} on ${many(totals.activeDays, 'day')} from ${totals.firstWatchedOn} to ${totals.lastWatchedOn} (${timeZone})${accidental}`,
    `${many(totals.movies, 'film')}, ${many(totals.episodes, 'episode')} of ${totals.series} series`,
    `Of the viewings: ${known.join(', ')}`,
  ];
}

const hours = (seconds: number | null) =>
  seconds === null ? '' : seconds < 3600 ? duration(seconds) : `${Math.round(seconds / 3600)} h`;

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
  const mostOfMonth = Math.max(...month.points.map(weight));
  return year.points.map((point) => {
    const name = point.start.slice(0, 4);
    const amount = `${many(point.viewings, 'viewing')} ${hours(point.secondsWatched)}`.trim();
    return `  ${name}  ${sparkline(months.get(name) ?? [], mostOfMonth).padEnd(12)}  ${bar(weight(point), most, 30).padEnd(30)}  ${amount}`.trimEnd();
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

function habitLines(
  { streaks, longestDays, sessions, marathons, evenings, binges }: FiguresToShow,
  timeZone: string,
): string[] {
  const lines = [
    `  longest streak: ${many(streaks.longestDays, 'day')} from ${streaks.longestFrom}; ${many(streaks.currentDays, 'day')} up to the last`,
  ];
  const [longest] = longestDays.items;
  if (longest !== undefined)
    lines.push(
      `  longest day: ${longest.day}, ${many(longest.viewings, 'viewing')} ${hours(longest.secondsWatched)}`.trimEnd(),
    );
  if (sessions.unknownBecause === null && sessions.medianSeconds !== null && sessions.longestSeconds !== null)
    lines.push(
      `  ${many(sessions.count, 'sitting')}, half of them up to ${duration(sessions.medianSeconds)}; the longest ${duration(sessions.longestSeconds)}, ${dayIn(timeZone, sessions.longestStartedAt)}; ${many(marathons.count, 'marathon')}`,
    );
  if (evenings.medianStartMinute !== null && evenings.medianEndMinute !== null)
    lines.push(
      `  ${many(evenings.evenings, 'evening')}, mostly from ${clock(evenings.medianStartMinute)} to ${clock(evenings.medianEndMinute)}; ${many(evenings.lateNights, 'late night')}`,
    );
  const [binge] = binges.items;
  lines.push(
    `  ${many(binges.count, 'binge')}${binge === undefined ? '' : `, the largest ${binge.episodes} episodes of ${printable(binge.seriesName)} on ${binge.watchedOn}`}`,
  );
  return lines;
}

function rankingLines(items: readonly Item[]): string[] {
  const some = items.slice(0, shown);
  const most = Math.max(...some.map(({ viewings }) => viewings), 0);
  return table(
    some.map(({ label, viewings, secondsWatched, share }) => [
      cell(label),
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
        cell(one.series.name),
        one.episodesTotal === null ? `${one.episodesWatched}` : `${one.episodesWatched} of ${one.episodesTotal}`,
        one.state.toLowerCase().replaceAll('_', ' '),
        one.daysSince === 0 ? '' : `${many(one.daysSince, 'day')} before the last`,
        one.nextEpisode === null ? '' : cell(`next ${numberedName(one.nextEpisode)}`),
      ]),
  );
}

const filmLines = ({ unfinishedFilms }: FiguresToShow): string[] =>
  unfinishedFilms.items
    .slice(0, shown)
    .map(
      ({ title, secondsWatched, positionSeconds, runtimeSeconds }) =>
        `  ${printable(title.name)}: ${Math.round((positionSeconds ?? secondsWatched) / 60)} of ${runtimeSeconds / 60} minutes`,
    );

function yearLines({
  yearInReview: { totals, busiestMonth, binge, newTitles, series, films },
}: FiguresToShow): string[] {
  const first = (items: readonly { readonly label: string }[]) =>
    items
      .slice(0, 3)
      .map(({ label }) => printable(label))
      .join(', ');
  return [
    `  ${many(totals.viewings, 'viewing')} ${hours(totals.secondsWatched)}`.trimEnd() +
      `, ${many(newTitles, 'title')} for the first time${busiestMonth === null ? '' : `; most in ${busiestMonth.start.slice(0, 7)}`}`,
    ...(series.length === 0 ? [] : [`  series: ${first(series)}`]),
    ...(films.length === 0 ? [] : [`  films: ${first(films)}`]),
    ...(binge === null
      ? []
      : [`  binge: ${binge.episodes} episodes of ${printable(binge.seriesName)} on ${binge.watchedOn}`]),
  ];
}

function unknownLines(figures: FiguresToShow): string[] {
  const reasons = new Map<string, string[]>();
  for (const [name, figure] of Object.entries(figures)) {
    const { unknownBecause } = (figure ?? {}) as { unknownBecause?: string | null };
    if (unknownBecause != null) reasons.set(unknownBecause, [...(reasons.get(unknownBecause) ?? []), name]);
  }
  return [...reasons].map(([reason, names]) => `  ${names.join(', ')}: ${reason}`);
}
