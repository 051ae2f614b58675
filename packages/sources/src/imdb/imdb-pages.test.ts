import { expect, it } from 'vitest';
import { imdbPages } from './imdb-pages.ts';

it('every kind of page has a name of its own, is found nowhere else, and asks for one key at a time', () => {
  expect(imdbPages.map(({ kind }) => kind)).toEqual([
    'title',
    'suggestion',
    'episodes',
    'find',
    'chart',
    'graphql-title',
    'graphql-search',
  ]);
  for (const { source, batch, kind } of imdbPages) expect([kind, source, batch]).toEqual([kind, 'imdb', 1]);
});
