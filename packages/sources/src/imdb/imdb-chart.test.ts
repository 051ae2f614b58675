import { describe, expect, it } from 'vitest';
import { canonical, challenge, factsOf, film, nextJson, nextPage, read } from '../../test/made-imdb-pages.ts';
import { imdbChart } from './imdb-chart.ts';

const chart = (...list: readonly unknown[]) => ({ pageData: { chartTitles: { edges: list } } });
const node = film.aboveTheFoldData;
const entry = {
  rank: 1,
  imdbId: 'tt9900000001',
  name: 'The Paper Lighthouse',
  originalName: 'El faro de papel',
  titleType: 'movie',
  year: 2019,
  endYear: null,
  rating: 7.3,
  voteCount: 12345,
};

describe('the chart of the best films', () => {
  it('is asked for under its name', () => {
    expect(imdbChart.request(['top'], 'https://www.imdb.com').url).toBe('https://www.imdb.com/chart/top/');
    expect([imdbChart.isKey('top'), imdbChart.isKey('bottom')]).toEqual([true, false]);
  });

  it('has its titles with their ranks', () => {
    const second = { currentRank: 2, node: { id: 'tt9900000002', titleText: { text: 'Salt Year' } } };
    const body = nextPage('/chart/top', chart({ currentRank: 1, node }, second));
    expect(factsOf(imdbChart, body, 'top')).toEqual([
      entry,
      {
        ...Object.fromEntries(Object.keys(entry).map((field) => [field, null])),
        rank: 2,
        imdbId: 'tt9900000002',
        name: 'Salt Year',
      },
    ]);
  });

  it('keeps the ranks where an entry in between cannot be read', () => {
    const list = chart(
      7,
      { currentRank: 2, node: { id: 'nm9900002' } },
      { currentRank: 3, node },
      { currentRank: 'x', node },
    );
    expect(factsOf(imdbChart, nextJson('/chart/top', list), 'top')).toEqual([
      { ...entry, rank: 3 },
      { ...entry, rank: null },
    ]);
  });

  it('is never empty: in another shape it is unreadable', () => {
    for (const body of ['', '{}', challenge, nextPage('/chart/top', {})])
      expect(() => read(imdbChart, body, 'top')).toThrow(/no __NEXT_DATA__/);
    for (const list of [chart(), chart(7), chart({ title: node })])
      expect(() => read(imdbChart, nextPage('/chart/top', list), 'top')).toThrow(/no titles/);
  });

  it('is known by its route, else by its address', () => {
    for (const body of [nextPage('/chart/top', chart()), canonical('/chart/top/')])
      expect(imdbChart.recognises(body)).toBe(true);
    for (const body of ['', challenge, nextPage('/chart/toptv', chart()), canonical('/title/tt9900000001/')])
      expect(imdbChart.recognises(body)).toBe(false);
  });
});
