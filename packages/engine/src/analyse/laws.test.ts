import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MadeCatalogue, madeHistory, type Watched } from '../../test/made-history.ts';
import { AnalysedHistory, type AnalysedPeriod } from './analysed-history.ts';
import { type HistoryColumns, type Period, wholeHistory } from './history-columns.ts';
import { travel } from './places/travel.ts';
import { comparePeriods } from './review/comparison.ts';
import { yearInReview } from './review/year-in-review.ts';
import { binges } from './series/binges.ts';
import { rewatches } from './series/rewatches.ts';
import { type EpisodeLists, seriesProgress } from './series/series-progress.ts';
import { unfinishedFilms } from './series/unfinished-films.ts';
import { usualThresholds } from './thresholds.ts';
import { type CalendarUnit, nextStart } from './time/calendar-unit.ts';
import { coverage } from './time/coverage.ts';
import { evenings } from './time/evenings.ts';
import { longestDays } from './time/longest-days.ts';
import { marathons } from './time/marathons.ts';
import { onThisDay } from './time/on-this-day.ts';
import { sessionStats } from './time/sessions.ts';
import { streaks } from './time/streaks.ts';
import { timeline } from './time/timeline.ts';
import { watchTotals } from './time/totals.ts';
import { weekHours } from './time/week-hours.ts';
import { type Dimension, dimensions } from './titles/dimension.ts';
import { diversity } from './titles/diversity.ts';
import { peoplePairs } from './titles/people-pairs.ts';
import { ranking } from './titles/ranking.ts';
import { releases } from './titles/releases.ts';
import { taste } from './titles/taste.ts';
import { criticsComparison } from './verdicts/critics.ts';
import { verdictsOf } from './verdicts/verdict.ts';
import type { FactsOfWorks } from './work-facts.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu'];
const units: readonly CalendarUnit[] = ['DAY', 'WEEK', 'MONTH', 'YEAR'];
const works = ['Harbour Street', 'Tidewater', 'Paper Moons', 'Red Clay', 'Low Sun'];
const start = Date.UTC(2019, 11, 1) / 1000;

const catalogue: MadeCatalogue = Object.fromEntries([
  ...works.map((name, place) => [
    name,
    { year: 2015 + place, runtimeMinutes: 40 + place * 10, imdbId: `tt000000${place}` },
  ]),
  ...[1, 2, 3, 4].map((number) => [
    `Part ${number}`,
    { year: 2019 + (number % 2), imdbId: `tt10000${number}`, seasonNumber: 1, episodeNumber: number },
  ]),
]);

const viewing: fc.Arbitrary<Watched> = fc
  .record({
    // Two and a half years, so that clocks change both ways and a leap day is among them.
    second: fc.integer({ min: 0, max: 900 * 86_400 }),
    isTimed: fc.boolean(),
    seconds: fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined }),
    position: fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined }),
    what: fc.option(
      fc.oneof(
        fc.constantFrom('Paper Moons', 'Red Clay', 'Low Sun').map((title) => ({ title })),
        fc.record({
          series: fc.constantFrom('Harbour Street', 'Tidewater'),
          title: fc.constantFrom('Part 1', 'Part 2', 'Part 3', 'Part 4'),
        }),
      ),
      { nil: undefined },
    ),
    device: fc.option(fc.constantFrom('Smart TV', 'Phone'), { nil: undefined }),
    country: fc.option(fc.constantFrom('AU', 'DE', 'BR'), { nil: undefined }),
    accidental: fc.boolean(),
  })
  .map(({ second, isTimed, seconds, position, what, ...rest }) => {
    const at = new Date((start + second) * 1000).toISOString();
    return {
      ...rest,
      ...what,
      ...(isTimed ? { at } : { on: at.slice(0, 10) }),
      ...(seconds !== undefined && { seconds }),
      ...(position !== undefined && { position }),
    };
  });
const history = fc.array(viewing, { maxLength: 60 });
const zone = fc.constantFrom(...zones);
const day = fc.integer({ min: start / 86_400 - 5, max: start / 86_400 + 905 });

const analysed = (rows: readonly Watched[], timeZone: string) =>
  new AnalysedHistory(madeHistory(rows, { timeZone, catalogue }), { ...usualThresholds, timeZone });

const person = (name: string) => ({ name, imdbId: null });
const factsOf = ({ works: all }: HistoryColumns): FactsOfWorks =>
  all.map(({ name }) =>
    name === 'Low Sun'
      ? null
      : {
          genres: name < 'P' ? ['Drama', 'Crime'] : ['Comedy', 'Drama'],
          countries: ['AU'],
          languages: name < 'P' ? ['en'] : null,
          directors: [person('Ada Example')],
          creators: [person(`Maker of ${name}`)],
          actors: [person('Ben Example'), person('Cleo Example')],
          certificate: name < 'P' ? 'M' : null,
          networks: ['Channel'],
          studios: null,
          releasedOn: start / 86_400,
          imdbRating: name.length / 2,
          tomatometer: name.length * 5,
          audienceScore: null,
        },
  );
const listsOf = ({ works: all }: HistoryColumns): EpisodeLists =>
  all.map(({ name }) =>
    name === 'Harbour Street'
      ? [1, 2, 3, 4].map((number) => ({
          imdbId: `tt10000${number}`,
          seasonNumber: 1,
          episodeNumber: number,
          year: 2019 + (number % 2),
        }))
      : null,
  );

/** Every figure of a period, with names in place of places, which depend on the order in which titles were met. */
function everything(
  { in: of, ...whole }: { in: (period: Period) => AnalysedPeriod; history: HistoryColumns },
  period: Period,
) {
  const analysedPeriod = of(period);
  const facts = factsOf(whole.history);
  const lists = listsOf(whole.history);
  const all = Number.POSITIVE_INFINITY;
  const figures = {
    totals: watchTotals(analysedPeriod),
    coverage: coverage(analysedPeriod, facts),
    timelines: units.map((unit) => timeline(analysedPeriod, unit)),
    weekHours: weekHours(analysedPeriod),
    streaks: streaks(analysedPeriod),
    longestDays: longestDays(analysedPeriod, all),
    sessions: sessionStats(analysedPeriod),
    marathons: marathons(analysedPeriod, all),
    evenings: evenings(analysedPeriod),
    onThisDay: onThisDay(analysedPeriod, start / 86_400 + 40),
    rankings: dimensions.map((dimension) => ranking(analysedPeriod, facts, dimension, all)),
    diversity: diversity(analysedPeriod, facts, 'GENRE', 'MONTH'),
    taste: taste(analysedPeriod, facts, 'GENRE', 'MONTH', all),
    peoplePairs: peoplePairs(analysedPeriod, facts, all),
    releases: releases(analysedPeriod, facts),
    binges: binges(analysedPeriod, all),
    series: seriesProgress(analysedPeriod, lists, null, all),
    unfinishedFilms: unfinishedFilms(analysedPeriod, all),
    rewatches: rewatches(analysedPeriod, all),
    travel: travel(analysedPeriod, all),
    critics: criticsComparison(analysedPeriod, facts, verdictsOf(analysedPeriod, [], lists)),
    comparison: comparePeriods(analysedPeriod, of({ from: start / 86_400 + 200, to: null }), facts),
    review: yearInReview(of({ from: start / 86_400 + 31, to: start / 86_400 + 396 }), 2020, facts),
  };
  const { titles, works: allWorks } = whole.history;
  const nameIn = (list: readonly { readonly id: string }[], place: unknown) =>
    typeof place === 'number' && place >= 0 ? list[place]?.id : place;
  return JSON.parse(
    JSON.stringify(figures, (key, value: unknown) => {
      // Of a value among its dimension's.
      if (key === 'place') return undefined;
      if (key === 'work') return nameIn(allWorks, value);
      if (['title', 'lastTitle', 'firstTitle'].includes(key)) return nameIn(titles, value);
      if (['works', 'likedAgainstCritics', 'dislikedAgainstCritics'].includes(key))
        return (value as number[]).map((place) => nameIn(allWorks, place));
      if (key === 'titles' && Array.isArray(value)) return value.map((place) => nameIn(titles, place));
      return value;
    }),
  ) as unknown;
}
const everythingOf = (rows: readonly Watched[], timeZone: string, period: Period) => {
  const whole = analysed(rows, timeZone);
  return everything({ history: whole.history, in: (one) => whole.in(one) }, period);
};

const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((all, one) => all + (one ?? 0), 0);

describe('figures keep to laws', () => {
  it('parts add up to totals, in every unit, and leave no gap', () =>
    fc.assert(
      fc.property(history, zone, fc.constantFrom(...units), day, day, (rows, timeZone, unit, one, other) => {
        for (const period of [wholeHistory, { from: Math.min(one, other), to: Math.max(one, other) }]) {
          const of = analysed(rows, timeZone).in(period);
          const totals = watchTotals(of);
          const { points } = timeline(of, unit);
          expect(sum(points.map(({ viewings }) => viewings))).toBe(totals.viewings);
          expect(sum(points.map(({ secondsWatched }) => secondsWatched))).toBe(totals.secondsWatched ?? 0);
          for (const [place, point] of points.entries())
            if (place > 0) expect(point.start).toBe(nextStart(points[place - 1]?.start ?? 0, unit));
        }
      }),
    ));

  it('parts add up to totals, in every dimension whose values exclude each other', () =>
    fc.assert(
      fc.property(history, zone, fc.constantFrom(...dimensions), (rows, timeZone, dimension) => {
        const of = analysed(rows, timeZone).in(wholeHistory);
        const { items, coverage: known } = ranking(of, factsOf(of.history), dimension, Number.POSITIVE_INFINITY);
        const viewings = sum(items.map((item) => item.viewings));
        const several: readonly Dimension[] = [
          'GENRE',
          'COUNTRY',
          'LANGUAGE',
          'DIRECTOR',
          'CREATOR',
          'ACTOR',
          'NETWORK',
          'STUDIO',
        ];
        const ofKnown = Math.round((known ?? 0) * of.rows.length);
        if (several.includes(dimension)) expect(viewings).toBeGreaterThanOrEqual(ofKnown);
        else {
          expect(viewings).toBe(ofKnown);
          expect(sum(items.map(({ share }) => share))).toBeCloseTo(viewings === 0 ? 0 : 1, 9);
        }
      }),
    ));

  it('the order of rows does not matter', () =>
    fc.assert(
      fc.property(
        history.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        zone,
        day,
        ([rows, shuffled], timeZone, from) => {
          for (const period of [wholeHistory, { from, to: from + 200 }])
            expect(everythingOf(shuffled, timeZone, period)).toEqual(everythingOf(rows, timeZone, period));
        },
      ),
      { numRuns: 200 },
    ));

  it('a period that is split adds up to the whole', () =>
    fc.assert(
      fc.property(history, zone, day, (rows, timeZone, cut) => {
        const whole = analysed(rows, timeZone);
        const facts = factsOf(whole.history);
        const all = Number.POSITIVE_INFINITY;
        const parts = [
          whole.in({ from: null, to: cut - 1 }),
          whole.in({ from: cut, to: cut }),
          whole.in({ from: cut + 1, to: null }),
        ];
        const adds = (number: (of: AnalysedPeriod) => number | null) =>
          expect(sum(parts.map(number))).toBe(number(whole.in(wholeHistory)) ?? 0);
        adds((of) => watchTotals(of).viewings);
        adds((of) => watchTotals(of).accidentalViewings);
        adds((of) => watchTotals(of).secondsWatched);
        adds((of) => watchTotals(of).activeDays);
        adds((of) => sessionStats(of).count);
        adds((of) => marathons(of, all).count);
        adds((of) => evenings(of).evenings);
        adds((of) => evenings(of).lateNights);
        adds((of) => binges(of, all).count);
        adds((of) => longestDays(of, all).items.length);
        adds((of) => releases(of, facts).viewings);
        for (let cell = 0; cell < 168; cell += 1) adds((of) => weekHours(of).cells[cell]?.viewings ?? 0);
        for (const dimension of dimensions)
          adds((of) => sum(ranking(of, facts, dimension, all).items.map(({ viewings }) => viewings)));
      }),
    ));

  it('time zones move hours and days, and no seconds', () =>
    fc.assert(
      fc.property(history, zone, zone, (rows, timeZone, otherZone) => {
        const [here, there] = [timeZone, otherZone].map((one) => analysed(rows, one).in(wholeHistory)) as [
          AnalysedPeriod,
          AnalysedPeriod,
        ];
        for (const number of [
          (of: AnalysedPeriod) => watchTotals(of).secondsWatched,
          (of: AnalysedPeriod) => watchTotals(of).viewings,
          (of: AnalysedPeriod) => watchTotals(of).titles,
          (of: AnalysedPeriod) => sum(weekHours(of).cells.map(({ viewings }) => viewings)),
          (of: AnalysedPeriod) => sum(weekHours(of).cells.map(({ secondsWatched }) => secondsWatched)),
        ])
          expect(number(here)).toBe(number(there));
        // A sitting is instants, wherever they are looked at from; those without any are in none.
        const timed = rows.filter(({ at }) => at !== undefined);
        const [one, other] = [timeZone, otherZone].map((name) => sessionStats(analysed(timed, name).in(wholeHistory)));
        expect(one).toEqual(other);
      }),
    ));

  it('what does not count changes nothing but its own numbers', () =>
    fc.assert(
      fc.property(history, history, zone, (rows, more, timeZone) => {
        const counted = rows.map((row) => ({ ...row, accidental: false }));
        const accidental = more.map((row) => ({ ...row, accidental: true }));
        const without = watchTotals(analysed(counted, timeZone).in(wholeHistory));
        const withThem = watchTotals(analysed([...accidental, ...counted], timeZone).in(wholeHistory));
        const timed = more.flatMap(({ seconds = -1 }) => (seconds < 0 ? [] : [seconds]));
        expect(withThem).toEqual({
          ...without,
          accidentalViewings: more.length,
          accidentalSecondsWatched: timed.length === 0 ? null : timed.reduce((sum, seconds) => sum + seconds, 0),
        });
      }),
    ));
});
