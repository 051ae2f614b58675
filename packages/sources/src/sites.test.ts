import { describe, expect, it } from 'vitest';
import type { Page } from './page.ts';
import { originIn, realSites, type Sites } from './sites.ts';
import { allPages } from './sources.ts';

const page = (source: string, kind: string) => ({ source, kind }) as Page<unknown>;

const mirrors: Sites = {
  imdb: 'http://127.0.0.1:1/',
  imdbSuggestion: 'http://127.0.0.1:2',
  wikidata: 'http://127.0.0.1:3//',
  wikidataQuery: 'http://127.0.0.1:4',
  wikipedia: 'http://127.0.0.1:5',
  rottenTomatoes: 'http://127.0.0.1:6',
  netflix: 'http://127.0.0.1:7',
  justwatch: 'http://127.0.0.1:8',
};

describe('where a page is', () => {
  it('is known of every page, at an address of its own site with https', () => {
    for (const own of allPages) {
      const origin = originIn(realSites, own, ['en:One']);
      expect(new URL(origin).protocol).toBe('https:');
      expect(new URL(origin).origin).toBe(origin);
    }
  });

  it('follows from its source, and for some from its kind', () => {
    expect(originIn(realSites, page('imdb', 'title'), ['tt0133093'])).toBe('https://www.imdb.com');
    expect(originIn(realSites, page('imdb', 'suggestion'), ['tt0133093'])).toBe('https://v3.sg.media-imdb.com');
    expect(originIn(realSites, page('wikidata', 'entity'), ['Q1'])).toBe('https://www.wikidata.org');
    expect(originIn(realSites, page('wikidata', 'ids'), ['P345=tt1'])).toBe('https://query.wikidata.org');
  });

  it('is a mirror where the settings say so, without a slash at its end', () => {
    expect(originIn(mirrors, page('imdb', 'title'), ['tt1'])).toBe('http://127.0.0.1:1');
    expect(originIn(mirrors, page('wikidata', 'entity'), ['Q1'])).toBe('http://127.0.0.1:3');
    expect(originIn(mirrors, page('wikipedia', 'summary'), ['de:Eins'])).toBe('http://127.0.0.1:5');
  });

  it('is the Wikipedia of the language that the key begins with, else the English one', () => {
    const of = (key: string | undefined) =>
      originIn(realSites, page('wikipedia', 'summary'), key === undefined ? [] : [key]);
    expect(of('de:Matrix')).toBe('https://de.wikipedia.org');
    expect(of('be-tarask:Матрыца')).toBe('https://be-tarask.wikipedia.org');
    for (const key of ['Matrix', '', 'DE:Matrix', ':Matrix', undefined])
      expect(of(key)).toBe('https://en.wikipedia.org');
  });

  it('is no other host, whatever the key says', () => {
    for (const key of [
      'evil.example/:x',
      'evil.example#:x',
      'a@evil.example:x',
      'a/b:x',
      '..:x',
      '$&:x',
      'a\n:x',
      `${'a'.repeat(40)}:x`,
    ])
      expect(new URL(originIn(realSites, page('wikipedia', 'summary'), [key])).hostname).toMatch(
        /^[a-z][a-z0-9-]*\.wikipedia\.org$/,
      );
  });

  it('is not guessed for a source that nobody knows', () => {
    expect(() => originIn(realSites, page('made-up', 'page'), ['one'])).toThrow('Nobody says where made-up is');
  });
});
