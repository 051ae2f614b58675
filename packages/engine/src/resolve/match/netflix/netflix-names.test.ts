import { expect, it } from 'vitest';
import { madeWork } from '../../../../test/made-works.ts';
import { memoryCatalogue } from '../../../../test/memory-catalogue.ts';
import { catalogueKey } from '../names/catalogue-key.ts';
import { readNetflixNames, withNetflixNames } from './netflix-names.ts';
import { namesOfTwins } from './twin-histories.ts';

it('joins the names before the seasons, in both directions', () => {
  const names = readNetflixNames([{ title: 'Paper Harbour: Season 1', originalTitle: 'Puerto de papel: Temporada 1' }]);
  expect(names.get(catalogueKey('Puerto de papel'))).toEqual([{ name: 'Paper Harbour', kind: 'SERIES' }]);
  expect(names.get(catalogueKey('Paper Harbour'))).toEqual([{ name: 'Puerto de papel', kind: 'SERIES' }]);
});

it('counts a pair once, however often lists have it', () => {
  const again = { title: 'Salt: Blade: North Arc', originalTitle: '塩: 北編' };
  expect(readNetflixNames([again, again]).get('塩')).toBeUndefined();
});

it('cuts a shared last part off only where two titles show it', () => {
  const one = { title: 'Salt: Blade: North Arc', originalTitle: '塩: 北編' };
  const two = { title: 'Salt: Blade: South Arc', originalTitle: '塩: 南編' };
  expect(readNetflixNames([one]).get('塩')).toBeUndefined();
  expect(readNetflixNames([one, two]).get('塩')).toEqual([{ name: 'Salt: Blade', kind: null }]);
});

it('finds works by the joined name', async () => {
  const catalogue = withNetflixNames(
    memoryCatalogue([
      madeWork({ id: 'tt1000001', name: 'Paper Harbour', kind: 'SERIES' }),
      // A season's name is no film's.
      madeWork({ id: 'tt1000002', name: 'Paper Harbour' }),
    ]),
    readNetflixNames([{ title: 'Paper Harbour: Season 1', originalTitle: 'Puerto de papel: Temporada 1' }]),
  );
  const found = await catalogue.find([catalogueKey('Puerto de papel')]);
  expect([...found.values()].flat()).toMatchObject([{ work: { id: 'tt1000001' }, nameKind: 'NETFLIX' }]);
});

it('reads two downloads of one history as a dictionary, and others not', () => {
  const rows = (title: string, first: number) =>
    Array.from({ length: 60 }, (_, place) => ({ rawTitle: `${title} ${place}`, day: first + place * 3 }));
  const english = { rows: rows('Day', 18_000) };
  expect(namesOfTwins([english, { rows: rows('Dzień', 18_000) }])).toHaveLength(60);
  expect(namesOfTwins([english, { rows: rows('Dzień', 18_001) }])).toEqual([]);
  expect(namesOfTwins([english, { rows: rows('Dzień', 18_000).slice(0, 40) }])).toEqual([]);
});
