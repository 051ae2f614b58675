import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../../scripts/corpus.ts';
import { contextTitles, labelledTitles } from '../../../bench/title-corpus.ts';
import { predictTitles } from '../predictions.ts';
import { readTitles, titleGroup } from './read-titles.ts';

function first(...titles: string[]) {
  const [reading] = readTitles(titles);
  return reading;
}

describe('readTitles', () => {
  it('takes a doubtful string for an episode where other rows show its series', () => {
    expect(first('Dept. Fog: The Pier')).toMatchObject({ kind: 'MOVIE' });
    expect(first('Dept. Fog: The Pier', 'Dept. Fog: Episode 9')).toMatchObject({
      kind: 'EPISODE',
      seriesName: 'Dept. Fog',
      seasonLabel: null,
      episodeName: 'The Pier',
    });
    expect(first('Fog: The Pier', 'FOG: Season 2: Home')).toMatchObject({ kind: 'EPISODE', seriesName: 'Fog' });
  });

  it('does not take a special for an episode of a show whose name only begins alike', () => {
    expect(first('Ann Lee: On Stage', 'Ann Lee: Travels: Season 1: Rome')).toMatchObject({ kind: 'MOVIE' });
  });

  it('takes many different second halves for the episodes of one show, a few specials of one person for films', () => {
    const episodes = ['The fog', 'The pier', 'The boat', 'The storm'].map((name) => `Harbour of the Lost: ${name}`);
    expect(readTitles(episodes).map(({ kind }) => kind)).toEqual(Array(4).fill('EPISODE'));
    const specials = ['Fog', 'Pier', 'Boat', 'Storm'].map((name) => `Ann Lee: ${name}`);
    expect(readTitles(specials).map(({ kind }) => kind)).toEqual(Array(4).fill('MOVIE'));
  });

  it('tells a named season by the episodes that share it', () => {
    expect(
      first('Fog: Old: Harbour: The Pier', 'Fog: Old: Harbour: Home', 'Fog: Season 1: Night', 'Fog: Season 2: Day'),
    ).toMatchObject({ seriesName: 'Fog', seasonLabel: 'Old: Harbour', episodeName: 'The Pier' });
  });

  it('keeps the colon of a show whose name other rows show', () => {
    expect(first('Fog: Bloodline: Episode 3', 'Fog: Bloodline: Season 1: Home')).toMatchObject({
      seriesName: 'Fog: Bloodline',
      seasonLabel: null,
      episodeNumber: 3,
    });
  });

  it('takes a chapter that holds several episodes for a season', () => {
    const shared = ['Fog: Chapter 1: Home', 'Fog: Chapter 1: Pier', 'Fog: Chapter 1: Boat'];
    expect(first(...shared)).toMatchObject({ seasonLabel: 'Chapter 1', seasonNumber: 1, episodeName: 'Home' });
    expect(first('Fog: Chapter 1: Home', 'Fog: Chapter 2: Pier')).toMatchObject({
      seasonLabel: null,
      episodeName: 'Chapter 1: Home',
    });
  });

  it('takes the number of a chapter where other rows show that each season counts anew', () => {
    const third = 'Fog: Season 3: Chapter 7: Home';
    expect(first(third, 'Fog: Season 1: Chapter 1: Pier')).toMatchObject({ episodeNumber: null });
    expect(first(third, 'Fog: Season 2: Chapter 1: Pier')).toMatchObject({ episodeNumber: 7 });
    expect(first('Fog: Fog 3: Chapter 7', 'Fog: Fog 2: Chapter One')).toMatchObject({ episodeNumber: 7 });
  });

  it('takes the number that another row of the episode has in brackets, unless two rows disagree', () => {
    const [plain, numbered, other] = [
      'Fog: Season 1: Chapter 7',
      'Fog: Season 1: Chapter 7 (Episode 1)',
      'Fog: Season 1: Chapter 7 (Bölüm 2)',
    ];
    expect(first(plain, numbered)).toMatchObject({ episodeName: 'Chapter 7', episodeNumber: 1 });
    expect(first(numbered, plain)).toMatchObject({ episodeNumber: 1 });
    expect(first(plain, numbered, other)).toMatchObject({ episodeNumber: 7 });
  });

  it('takes later chapters for a show where there are more, or a first', () => {
    expect(first('Fog: Chapter 2', 'Fog: Chapter 3')).toMatchObject({ kind: 'MOVIE' });
    expect(first('Fog: Chapter 2', 'Fog: Chapter 1')).toMatchObject({ kind: 'EPISODE', episodeNumber: 2 });
    expect(first('Fog: Chapter 2', 'Fog: Chapter 7')).toMatchObject({ kind: 'EPISODE', episodeNumber: 2 });
  });

  it('takes what has no season beside a first and a later one for a film', () => {
    const seasons = ['Fog: Season 1: Home', 'Fog: Season 2: Pier'];
    expect(first('Fog: The Special', ...seasons)).toMatchObject({ kind: 'MOVIE' });
    // A show that had one season when it was watched is written without it: no first season is marked then.
    expect(first('Fog: The Special', 'Fog: Season 2: Pier')).toMatchObject({ kind: 'EPISODE' });
    expect(first('Fog: The Special', 'Fog: Season 1: Home')).toMatchObject({ kind: 'EPISODE' });
    // Two files of one account: the same episode with its season and without.
    expect(first('Fog: The Special', 'Fog: Home', ...seasons)).toMatchObject({ kind: 'EPISODE' });
  });

  it('takes a name with more parts than two for a season', () => {
    const parts = ['Fog: Cora: Part I', 'Fog: Cora: Part II', 'Fog: Cora: Part III'];
    expect(first(...parts)).toMatchObject({ seasonLabel: 'Cora', episodeName: 'Part I', episodeNumber: 1 });
    expect(first(...parts.slice(0, 2))).toMatchObject({ seasonLabel: null, episodeName: 'Cora: Part I' });
  });

  it('takes a numbered head that many strings share for a show', () => {
    const episodes = ['Home', 'Pier', 'Boat', 'Rain'].map((name) => `Unit 42: ${name}`);
    expect(first(...episodes)).toMatchObject({ kind: 'EPISODE', seriesName: 'Unit 42' });
    expect(first(...episodes.slice(0, 3))).toMatchObject({ kind: 'MOVIE' });
  });

  it('takes a lone row of a show whose seasons all have names for one too', () => {
    const named = ['Fog: Coven: Home', 'Fog: Coven: Pier', 'Fog: Hotel: Boat', 'Fog: Hotel: Rain'];
    expect(first('Fog: Asylum: Night', ...named)).toMatchObject({ seasonLabel: 'Asylum', episodeName: 'Night' });
  });

  it('takes a colon that all names of a film series share for a part of them', () => {
    const films = ['Fog: Unlikely', 'Fog: Unlikely II', 'Fog: Unlikely III', 'Fog: Unlikely - Pier', 'Fog: Unlikely!'];
    expect(readTitles(films).map(({ kind }) => kind)).toEqual(Array(5).fill('MOVIE'));
    expect(readTitles([...films, 'Fog: The Pier']).map(({ kind }) => kind)).toEqual(Array(6).fill('EPISODE'));
  });

  it('gives one reading a string, in order, repeats and blanks included', () => {
    const readings = readTitles(['Fog', '', 'Fog']);
    expect(readings.map(({ kind }) => kind)).toEqual(['MOVIE', 'UNREADABLE', 'MOVIE']);
    expect(readings[2]).toEqual(readings[0]);
  });

  const segment = fc.constantFrom(
    'Fog',
    'FOG',
    'Ann Lee',
    '霧',
    'Season 1',
    'Part 2',
    'Episode 3',
    'Chapter 1',
    'A',
    'B (Episode 2)',
    '!!',
  );
  const title = fc.oneof(
    fc
      .tuple(fc.array(segment, { minLength: 1, maxLength: 5 }), fc.constantFrom(': ', ' : ', '：'))
      .map(([parts, colon]) => parts.join(colon)),
    fc.string({ unit: 'binary' }),
  );

  it('depends only on the set of strings of the same group', () => {
    fc.assert(
      fc.property(fc.array(title, { maxLength: 30 }), (titles) => {
        const together = readTitles(titles);
        for (const [index, one] of titles.entries()) {
          const group = [...new Set(titles.filter((other) => titleGroup(other) === titleGroup(one)))].reverse();
          expect(readTitles(group)[group.indexOf(one)]).toEqual(together[index]);
        }
      }),
    );
  });

  it('never empties a name or a group', () => {
    fc.assert(
      fc.property(fc.array(title, { maxLength: 10 }), (titles) => {
        for (const [index, reading] of readTitles(titles).entries()) {
          if (reading.kind !== 'UNREADABLE') expect(titleGroup(titles[index] ?? '')).not.toBe('');
          if (reading.kind === 'MOVIE') expect(reading.name.trim()).not.toBe('');
          if (reading.kind !== 'EPISODE') continue;
          expect(reading.seriesName.trim()).not.toBe('');
          expect(reading.episodeName).not.toBe('');
          expect(reading.seasonLabel).not.toBe('');
        }
      }),
    );
  });
});

describe.skipIf(!corpus)('the labelled titles', () => {
  it('are told apart as measured in docs/title-benchmark.md', () => {
    const labels = labelledTitles(corpus ?? '').filter(({ kind, sure }) => kind !== 'unknown' && sure !== 'no');
    const titles = labels.map(({ title }) => title);
    const predictions = predictTitles(titles, contextTitles(corpus ?? ''));
    const share = (right: (index: number) => boolean) =>
      labels.filter((_, index) => right(index)).length / labels.length;
    expect(share((index) => predictions[index]?.kind === labels[index]?.kind)).toBeGreaterThan(0.98);
    expect(share((index) => (predictions[index]?.season ?? '') === (labels[index]?.season ?? ''))).toBeGreaterThan(
      0.96,
    );
    const trailers = labels.filter(({ kind }) => kind === 'series-other').length;
    const taken = predictions.filter(({ kind }) => kind === 'series-other').length;
    expect(taken).toBe(trailers);
  }, 30_000);
});
