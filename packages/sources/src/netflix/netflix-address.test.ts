import { describe, expect, it } from 'vitest';
import { netflixIdIn } from './netflix-address.ts';

describe('netflixIdIn', () => {
  it('is read from pages of titles and of players, with and without a region', () => {
    for (const path of ['title/99000001', 'watch/99000001?cmp=x', 'au/title/99000001/', 'nl-en/title/99000001#a'])
      expect(netflixIdIn(`https://www.netflix.com/${path}`)).toBe('99000001');
  });

  it('is read from an address that a paid link carries', () => {
    const carried = encodeURIComponent('https://www.netflix.com/title/99000001');
    expect(netflixIdIn(`https://click.example/a?cx=1&r=${carried}`)).toBe('99000001');
    expect(netflixIdIn(`https://click.example/a?u=${carried}`)).toBe('99000001');
  });

  it('is in no address of another site, page or shape', () => {
    for (const address of [
      'https://notnetflix.com/title/99000001',
      'https://www.netflix.com.example/title/99000001',
      'https://www.netflix.com/browse/99000001',
      'https://www.netflix.com/title/99000001/credits',
      'https://www.netflix.com/title/abc',
      'https://click.example/a?u=https://films.example/title/1',
      'netflix.com/title/99000001',
      'http://',
      '',
      null,
      5,
    ])
      expect(netflixIdIn(address)).toBeNull();
  });
});
