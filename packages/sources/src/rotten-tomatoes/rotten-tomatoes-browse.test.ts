import { describe, expect, it } from 'vitest';
import { rottenTomatoesBrowse } from './rotten-tomatoes-browse.ts';

const site = 'https://www.rottentomatoes.com';

const list = (items: unknown, url = `${site}/browse/movies_at_home/sort:popular`) => ({
  '@type': 'ItemList',
  url,
  name: 'Films at Home (2031)',
  itemListElement: { '@type': 'ItemList', itemListElement: items },
});
const film = {
  '@type': 'Movie',
  name: 'Harbour Lights',
  url: `${site}/m/harbour_lights`,
  dateCreated: '2031',
  aggregateRating: { ratingValue: '71' },
};
const pageOf = (...blocks: unknown[]) =>
  `<html>${blocks.map((block) => `<script type="application/ld+json">${JSON.stringify(block)}</script>`).join('')}</html>`;

function factsIn(body: string, key = 'movies_at_home/sort:popular') {
  const reading = rottenTomatoesBrowse.read({ url: '', status: 200, headers: {}, body }, [key]).get(key);
  if (reading?.status !== 'FOUND') throw new Error(`It is ${reading?.status}`);
  return reading.facts;
}

describe('rottenTomatoesBrowse', () => {
  it('reads the titles of a list in its order', () => {
    const unrated = { '@type': 'TVSeries', name: 'B', url: `${site}/tv/b` };
    expect(factsIn(pageOf({ '@type': 'WebSite' }, list([film, unrated, { name: 'no title' }, null])))).toEqual({
      path: 'movies_at_home/sort:popular',
      name: 'Films at Home (2031)',
      items: [
        { rottenTomatoesId: 'm/harbour_lights', name: 'Harbour Lights', year: 2031, tomatometer: 71 },
        { rottenTomatoesId: 'tv/b', name: 'B', year: null, tomatometer: null },
      ],
    });
  });

  it('reads a file of JSON-LD alone', () => {
    expect(factsIn(JSON.stringify({ '/m/x': [film], '/browse/movies_at_home': [list([film])] })).items).toHaveLength(1);
    expect(factsIn(JSON.stringify(list([film]))).items).toHaveLength(1);
  });

  it('never takes another list, and is told of a page without one', () => {
    expect(() => factsIn(pageOf(list([])), 'movies_in_theaters')).toThrow('the list is movies_at_home');
    expect(() => factsIn(pageOf(list([])), 'movies_at_home/sort:newest')).toThrow('the list is');
    expect(factsIn(pageOf(list([])), 'movies_at_home').items).toEqual([]);
    expect(() => factsIn(pageOf(film))).toThrow('without JSON-LD of a list');
    expect(() => factsIn(pageOf(list('none')))).toThrow('no list of titles');
  });

  it('knows its pages, and asks for the address of the list', () => {
    const { recognises } = rottenTomatoesBrowse;
    expect(recognises(pageOf(list([film])))).toBe(true);
    for (const body of ['', '{}', pageOf(film), pageOf(list([film], 'https://films.example/browse/movies_at_home'))])
      expect(recognises(body)).toBe(false);
    expect(rottenTomatoesBrowse.request(['movies_at_home/affiliates:netflix~sort:newest'], site).url).toBe(
      `${site}/browse/movies_at_home/affiliates:netflix~sort:newest`,
    );
  });
});
