import { describe, expect, it } from 'vitest';
import { type MadeCatalogue, madeHistory, type Watched } from '../../../test/made-history.ts';
import { dayOf } from '../../parse/test-files.ts';
import { AnalysedHistory } from '../analysed-history.ts';
import { type Period, wholeHistory } from '../history-columns.ts';
import { type Thresholds, thresholdsWith } from '../thresholds.ts';
import { binges } from './binges.ts';
import { rewatches } from './rewatches.ts';
import { type SeriesState, seriesProgress } from './series-progress.ts';
import { unfinishedFilms } from './unfinished-films.ts';

const catalogue: MadeCatalogue = {
  'Harbour Street': { runtimeMinutes: 40, imdbId: 'tt1' },
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((number) => [
      `E${number}`,
      { imdbId: `tt1${number}`, seasonNumber: number < 4 ? 1 : 2, episodeNumber: number < 4 ? number : number - 3 },
    ]),
  ),
  'Paper Moons': { runtimeMinutes: 100, imdbId: 'tt2' },
};
const list = [1, 2, 3, 4, 5].map((number) => ({
  imdbId: `tt1${number}`,
  seasonNumber: number < 4 ? 1 : 2,
  episodeNumber: number < 4 ? number : number - 3,
  year: number < 4 ? 2020 : 2022,
}));

const analysed = (rows: readonly Watched[], period: Period = wholeHistory, thresholds: Partial<Thresholds> = {}) =>
  new AnalysedHistory(madeHistory(rows, { catalogue }), { ...thresholdsWith(thresholds), timeZone: 'UTC' }).in(period);

const episode = (number: number, on: string, seconds?: number): Watched => ({
  series: 'Harbour Street',
  title: `E${number}`,
  on,
  ...(seconds !== undefined && { seconds }),
});
const film = (on: string, minutes: number): Watched => ({ title: 'Paper Moons', on, seconds: minutes * 60 });

describe('binges', () => {
  it('are days with at least so many different episodes of a series', () => {
    const some = [
      episode(1, '2020-05-01'),
      episode(1, '2020-05-01'),
      episode(2, '2020-05-01'),
      episode(1, '2020-05-02', 600),
      episode(2, '2020-05-02'),
      episode(3, '2020-05-02', 60),
      film('2020-05-02', 100),
    ];
    expect(binges(analysed(some), 10)).toMatchObject({
      count: 1,
      items: [{ day: dayOf('2020-05-02'), episodes: 3, secondsWatched: 660 }],
      coverage: 1,
    });
    expect(binges(analysed(some, wholeHistory, { bingeEpisodes: 2 }), 1)).toMatchObject({
      count: 2,
      items: [{ episodes: 3 }],
    });
    expect(binges(analysed([{ on: '2020-05-01' }]), 10).unknownBecause).toContain('read as a title');
  });
});

describe('plays', () => {
  const timesSeen = (rows: readonly Watched[], thresholds: Partial<Thresholds> = {}) =>
    rewatches(analysed(rows, wholeHistory, thresholds), 10).items.map(({ times }) => times);

  it('join what was watched in parts, and tell a rewatch from it', () => {
    // Two evenings, one film.
    expect(timesSeen([film('2020-05-01', 50), film('2020-05-02', 45)])).toEqual([]);
    expect(timesSeen([film('2020-05-01', 50), film('2020-05-02', 45), film('2020-06-01', 90)])).toEqual([2]);
    // Finished, then begun again and left.
    expect(timesSeen([film('2020-05-01', 90), film('2020-05-02', 45)])).toEqual([]);
  });

  it('end after a long break, and by the share that the profile set', () => {
    const halves = [film('2020-05-01', 50), film('2020-06-15', 50), film('2020-06-20', 90)];
    expect(timesSeen(halves)).toEqual([]);
    expect(timesSeen(halves, { playGapDays: 60 })).toEqual([2]);
    const most = [film('2020-05-01', 85), film('2020-05-02', 85)];
    expect([timesSeen(most), timesSeen(most, { finishedShare: 0.9 })]).toEqual([[2], []]);
  });

  it('of an episode that has no runtime are as long as its series’ are', () => {
    expect(timesSeen([episode(1, '2020-05-01', 2300), episode(1, '2020-05-02', 2300)])).toEqual([2]);
  });

  it('are not told from days alone', () => {
    const figure = rewatches(analysed([episode(1, '2020-05-01'), episode(1, '2021-05-01')]), 10);
    expect([figure.items, figure.coverage]).toEqual([[], 0]);
    expect(figure.unknownBecause).toContain('time watched');
  });

  it('that came by the end are finished, but were not seen whole', () => {
    const atEnd = (on: string) => ({ ...film(on, 15), position: 98 * 60 });
    expect(timesSeen([atEnd('2020-05-01'), atEnd('2020-05-02')])).toEqual([]);
    // What follows is another play: 60 and 20 minutes are not one.
    expect(
      timesSeen([film('2020-04-01', 90), { ...film('2020-05-01', 60), position: 98 * 60 }, film('2020-05-02', 20)]),
    ).toEqual([]);
    expect(
      timesSeen([film('2020-04-01', 90), { ...film('2020-05-01', 60), position: 60 * 60 }, film('2020-05-02', 20)]),
    ).toEqual([2]);
  });

  it('count up to the end of the period, in which the last lies', () => {
    const rows = [film('2019-05-01', 90), film('2020-05-01', 90), film('2021-05-01', 90)];
    const in2020 = analysed(rows, { from: dayOf('2020-01-01'), to: dayOf('2020-12-31') });
    expect(rewatches(in2020, 10).items).toMatchObject([{ times: 2, lastWatchedOn: dayOf('2020-05-01') }]);
    const in2019 = analysed(rows, { from: null, to: dayOf('2019-12-31') });
    expect(rewatches(in2019, 10).items).toEqual([]);
  });
});

describe('films left in the middle', () => {
  it('were never finished, and say how far they got', () => {
    const rows = [film('2020-05-01', 20), film('2020-05-03', 21), episode(1, '2020-06-01')];
    expect(unfinishedFilms(analysed(rows), 10)).toMatchObject({
      coverage: 1,
      items: [{ lastWatchedOn: dayOf('2020-05-03'), daysSince: 29, secondsWatched: 41 * 60, runtimeSeconds: 100 * 60 }],
    });
    expect(unfinishedFilms(analysed(rows), 10).items).toMatchObject([{ positionSeconds: null }]);
    expect(unfinishedFilms(analysed([film('2020-05-01', 9)]), 10).items).toEqual([]);
    expect(unfinishedFilms(analysed([film('2020-05-01', 90), film('2020-08-01', 20)]), 10).items).toEqual([]);
  });

  it('were stopped where the last viewing says, which may be the end', () => {
    const stopped = (on: string, minutes: number, at: number) => ({ ...film(on, minutes), position: at * 60 });
    const went = [stopped('2020-05-01', 30, 50), stopped('2020-05-03', 12, 62)];
    expect(unfinishedFilms(analysed(went), 10).items).toMatchObject([
      { secondsWatched: 42 * 60, positionSeconds: 62 * 60 },
    ]);
    expect(unfinishedFilms(analysed([...went, stopped('2020-05-04', 11, 97)]), 10).items).toEqual([]);
  });
});

describe('series', () => {
  const stateOf = (rows: readonly Watched[], thresholds: Partial<Thresholds> = {}, period: Period = wholeHistory) => {
    const of = analysed(rows, period, thresholds);
    const lists = of.history.works.map(({ name }) => (name === 'Harbour Street' ? list : null));
    return seriesProgress(of, lists, null, 10);
  };
  const later = { title: 'Red Clay', on: '2024-06-01' };
  const watched = (...episodes: number[]) => episodes.map((number) => episode(number, '2020-05-01'));

  it.each<[SeriesState, readonly Watched[], number | null]>([
    ['IN_PROGRESS', watched(1), 2],
    ['ABANDONED', [...watched(1), later], 2],
    ['CAUGHT_UP', [...watched(1, 2, 3), { title: 'Red Clay', on: '2022-12-01' }], 4],
    ['ALMOST_DONE', [...[1, 2, 3, 4].map((number) => episode(number, '2022-05-01'))], 5],
    ['FINISHED', [...[1, 2, 3, 4, 5].map((number) => episode(number, '2022-05-01')), later], null],
  ])('are %s', (state, rows, next) => {
    const { items } = stateOf(rows);
    expect(items).toMatchObject([{ state, episodesTotal: 5 }]);
    expect(items[0]?.nextEpisode?.imdbId ?? null).toBe(next === null ? null : `tt1${next}`);
  });

  it('say what was watched last, and how long ago', () => {
    const { items, coverage } = stateOf([...watched(1), episode(3, '2020-06-01'), episode(2, '2020-06-02'), later]);
    expect(items).toMatchObject([
      { episodesWatched: 3, lastWatchedOn: dayOf('2020-06-02'), daysSince: dayOf('2024-06-01') - dayOf('2020-06-02') },
    ]);
    // Of what follows the second, the third is watched.
    expect(items[0]?.nextEpisode?.imdbId).toBe('tt14');
    expect(coverage).toBe(1);
  });

  it('do not count an episode that was left in the middle', () => {
    const { items } = stateOf([episode(1, '2020-05-01', 2300), episode(2, '2020-05-01', 300)]);
    expect(items).toMatchObject([{ episodesWatched: 1 }]);
    // It is gone on with.
    expect(items[0]?.nextEpisode?.imdbId).toBe('tt12');
  });

  it('count an episode of which only the end was watched', () => {
    const { items } = stateOf([episode(1, '2020-05-01', 2300), { ...episode(2, '2020-05-01', 300), position: 2390 }]);
    expect(items).toMatchObject([{ episodesWatched: 2 }]);
    expect(items[0]?.nextEpisode?.imdbId).toBe('tt13');
  });

  it('are not caught up with what came out since', () => {
    const first = watched(1, 2, 3);
    // The second season is of 2022.
    const at = (day: string) => stateOf([...first, { title: 'Red Clay', on: day }]).items[0]?.state;
    expect([at('2021-06-01'), at('2022-06-01'), at('2023-06-01')]).toEqual(['CAUGHT_UP', 'CAUGHT_UP', 'ABANDONED']);
  });

  it('are not abandoned by who has seen the last episode and most others', () => {
    const most = [1, 2, 3, 5].map((number) => episode(number, '2022-05-01'));
    expect(stateOf([...most, later]).items).toMatchObject([
      { state: 'ALMOST_DONE', episodesWatched: 4, nextEpisode: null },
    ]);
    expect(stateOf([episode(5, '2022-05-01'), later]).items).toMatchObject([{ state: 'ABANDONED' }]);
  });

  it('have no more watched than there are, and none twice', () => {
    // One is known by its id, the other only by numbers that are that one's: it is none of the list.
    const namesake = { series: 'Harbour Street', title: 'Thaw', on: '2020-05-01' };
    const numbered: MadeCatalogue = { ...catalogue, Thaw: { seasonNumber: 1, episodeNumber: 1 } };
    const progress = (rows: readonly Watched[]) => {
      const history = madeHistory(rows, { catalogue: numbered });
      const of = new AnalysedHistory(history, { ...thresholdsWith({}), timeZone: 'UTC' }).in(wholeHistory);
      return seriesProgress(
        of,
        history.works.map(() => list),
        null,
        10,
      ).items;
    };
    expect(progress([...watched(1), namesake])).toMatchObject([{ episodesWatched: 2, nextEpisode: null }]);
    expect(progress([namesake])).toMatchObject([{ episodesWatched: 1, nextEpisode: { imdbId: 'tt12' } }]);
    expect(progress([...watched(1, 2, 3, 4, 5), namesake])).toMatchObject([
      { episodesWatched: 5, episodesTotal: 5, state: 'FINISHED' },
    ]);
  });

  it('know of an episode that goes on past the end of the period that it was not finished by then', () => {
    const parts = [episode(1, '2020-05-01', 1000), episode(1, '2020-05-03', 1400)];
    const upTo = (day: string) => stateOf(parts, {}, { from: null, to: dayOf(day) }).items;
    expect(upTo('2020-05-02')).toMatchObject([
      { episodesWatched: 0, nextEpisode: { imdbId: 'tt11' }, lastWatchedOn: dayOf('2020-05-01'), daysSince: 1 },
    ]);
    expect(upTo('2020-05-03')).toMatchObject([{ episodesWatched: 1, nextEpisode: { imdbId: 'tt12' } }]);
  });

  it('are as they stood at the end of the period', () => {
    const rows = [...watched(1), ...[2, 3, 4, 5].map((number) => episode(number, '2023-05-01'))];
    const then = stateOf(rows, {}, { from: null, to: dayOf('2020-12-31') });
    expect(then.items).toMatchObject([{ state: 'ABANDONED', episodesWatched: 1, daysSince: 244 }]);
    const nothing = stateOf(rows, {}, { from: dayOf('2021-01-01'), to: dayOf('2021-12-31') });
    expect(nothing.items).toEqual([]);
  });

  it('know episodes by their numbers, and count those that the list does not have', () => {
    const own = (title: string, seasonNumber?: number, episodeNumber?: number) => ({
      title,
      seasonNumber,
      episodeNumber,
    });
    const named = [own('One', 1, 1), own('Two', 1, 2), own('Three', 1, 3), own('Four'), own('Five')];
    const known = {
      'Harbour Street': { imdbId: 'tt1' },
      ...Object.fromEntries(
        named.map(({ title, seasonNumber, episodeNumber }) => [
          title,
          seasonNumber === undefined ? {} : { seasonNumber, episodeNumber },
        ]),
      ),
    } as MadeCatalogue;
    const progress = (count: number) => {
      const rows = named.slice(0, count).map(({ title }) => ({ series: 'Harbour Street', title, on: '2022-05-01' }));
      const history = madeHistory(rows, { catalogue: known });
      const whole = new AnalysedHistory(history, { ...thresholdsWith({}), timeZone: 'UTC' });
      return seriesProgress(whole.in(wholeHistory), [list], null, 10).items[0];
    };
    expect(progress(2)).toMatchObject({ state: 'IN_PROGRESS', nextEpisode: { imdbId: 'tt13' } });
    expect(progress(4)).toMatchObject({ state: 'ALMOST_DONE', episodesWatched: 4, nextEpisode: null });
    expect(progress(5)).toMatchObject({ state: 'FINISHED', episodesWatched: 5, episodesTotal: 5 });
  });

  it('without a list are in progress or abandoned', () => {
    const { items, coverage, unknownBecause } = stateOf([{ series: 'Tidewater', title: 'Salt', on: '2020-05-01' }]);
    expect(items).toMatchObject([{ state: 'IN_PROGRESS', episodesTotal: null, nextEpisode: null }]);
    expect(coverage).toBe(0);
    expect(unknownBecause).toContain('no episode list');
  });
});
