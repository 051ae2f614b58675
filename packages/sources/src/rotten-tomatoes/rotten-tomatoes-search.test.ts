import { describe, expect, it } from 'vitest';
import { rottenTomatoesSearch } from './rotten-tomatoes-search.ts';

const row = (attributes: string, link: string) =>
  `<search-page-media-row ${attributes}><a slot="thumbnail" href="/m/picture"><img></a>${link}</search-page-media-row>`;
const link = (path: string, name: string) =>
  `<a href="https://www.rottentomatoes.com/${path}" data-qa="info-name" slot="title">\n  ${name}\n</a>`;
const pageOf = (...rows: string[]) =>
  `<html><body><search-page-result type="movie"><ul>${rows.join('')}</ul></search-page-result></body></html>`;

function factsIn(body: string) {
  const reading = rottenTomatoesSearch.read({ url: '', status: 200, headers: {}, body }, ['harbour']).get('harbour');
  if (reading?.status !== 'FOUND') throw new Error(`It is ${reading?.status}`);
  return reading.facts;
}

describe('rottenTomatoesSearch', () => {
  it('reads films and series, with the attributes of today and of before', () => {
    const body = pageOf(
      row(
        'release-year="2031" start-year="" end-year="" tomatometer-score="71" tomatometer-is-certified="true"',
        link('m/harbour_lights', 'Harbour &amp; Lights'),
      ),
      row(
        'release-year="" start-year="2019" end-year="2023" tomatometer-score="" tomatometer-is-certified="false"',
        link('tv/harbour', 'Harbour'),
      ),
      row('releaseyear="2001" tomatometerscore="0" tomatometerstate="rotten"', link('m/harbour_2001', 'Harbour')),
    );
    expect(factsIn(body)).toEqual({
      filmCount: null,
      rows: [
        {
          rottenTomatoesId: 'm/harbour_lights',
          name: 'Harbour & Lights',
          year: 2031,
          endYear: null,
          tomatometer: 71,
          certifiedFresh: true,
        },
        {
          rottenTomatoesId: 'tv/harbour',
          name: 'Harbour',
          year: 2019,
          endYear: 2023,
          tomatometer: null,
          certifiedFresh: false,
        },
        {
          rottenTomatoesId: 'm/harbour_2001',
          name: 'Harbour',
          year: 2001,
          endYear: null,
          tomatometer: 0,
          certifiedFresh: false,
        },
      ],
    });
  });

  it('leaves out a row without address, finds nothing on an empty page, and is told of rows that it cannot read', () => {
    const good = row('release-year="2031"', link('m/a', 'A'));
    expect(factsIn(pageOf(good, row('', '<a slot="title">B</a>'))).rows).toHaveLength(1);
    expect(factsIn(pageOf()).rows).toEqual([]);
    expect(() => factsIn(pageOf(row('', '<b>A</b>')))).toThrow('without title and address');
    expect(() => factsIn('<html></html>')).toThrow('Neither rows');
    expect(() => factsIn('{"results":[]}')).toThrow('Neither rows');
  });

  it('reads the JSON of before 2020, in which a film without a score has none', () => {
    const body = JSON.stringify({
      movieCount: 9,
      movies: [
        { name: 'A', year: 1999, url: '/m/a', meterScore: 79, meterClass: 'certified_fresh' },
        { name: 'B', year: 'soon', url: '/m/b', meterClass: 'N/A' },
        { name: 'C', url: 'https://elsewhere.example/' },
      ],
      tvSeries: [{ title: 'D', startYear: 2001, endYear: null, url: '/tv/d', meterScore: 12, meterClass: 'rotten' }],
    });
    const { filmCount, rows } = factsIn(body);
    expect(filmCount).toBe(9);
    expect(
      rows.map(({ name, year, tomatometer, certifiedFresh }) => [name, year, tomatometer, certifiedFresh]),
    ).toEqual([
      ['A', 1999, 79, true],
      ['B', null, null, false],
      ['D', 2001, 12, false],
    ]);
    expect(rottenTomatoesSearch.recognises(body)).toBe(true);
  });

  it('finds nothing where only a comment names its rows', () => {
    const body = '<html><!-- <search-page-media-row> --><p>Cut';
    expect(() => rottenTomatoesSearch.read({ url: '', status: 200, headers: {}, body }, ['top gun'])).toThrow(
      'Neither rows',
    );
  });

  it('knows its pages by their rows', () => {
    const { recognises } = rottenTomatoesSearch;
    expect(recognises(pageOf())).toBe(true);
    for (const body of [
      '',
      'null',
      '[]',
      '{}',
      '{"movies":[]}',
      '{"movieCount":1,"movies":[{"name":"A","url":"https://x.example/a"}]}',
      '{"movieCount":0,"movies":[{"name":"A"}]}',
      '<p>search-page-media-row</p>',
    ])
      expect(recognises(body)).toBe(false);
  });

  it('asks under the words, which stay words', () => {
    const [key] = ['a&b=c /?#'];
    expect(rottenTomatoesSearch.request([key ?? ''], 'https://a.example').url).toBe(
      'https://a.example/search?search=a%26b%3Dc%20%2F%3F%23',
    );
  });
});
