import { describe, expect, it } from 'vitest';
import { articleAddress, firstParagraph, pictureAddress, wikidataIdIn, wikipediaAddress } from './article-parts.ts';

describe('parts of an article', () => {
  it.each([
    ['\n \n First  line.\nSecond.', 'First line.'],
    ['== Plot ==\nText.', null],
    ['=Not a heading', '=Not a heading'],
    [' \n ', null],
    [null, null],
  ])('begin with the first line that has text: %j', (extract, paragraph) => {
    expect(firstParagraph(extract)).toBe(paragraph);
  });

  it.each([
    'javascript:alert(1)',
    'http://en.wikipedia.org/wiki/X',
    'https://wikipedia.org.example.org/',
    'x',
    '',
    null,
  ])('are never linked elsewhere: %j', (address) => {
    expect(wikipediaAddress(address)).toBeNull();
    expect(pictureAddress(address)).toBeNull();
  });

  it('are linked at Wikipedia, pictures at Wikimedia', () => {
    expect(wikipediaAddress('https://en.wikipedia.org/wiki/X')?.href).toBe('https://en.wikipedia.org/wiki/X');
    expect(pictureAddress('https://upload.wikimedia.org/x.jpg')).toBe('https://upload.wikimedia.org/x.jpg');
    expect(pictureAddress('https://en.wikipedia.org/x.jpg')).toBeNull();
    expect(articleAddress('en', 'Face/Off (film)?')).toBe('https://en.wikipedia.org/wiki/Face%2FOff_(film)%3F');
  });

  it.each([
    ['Q83495', 'Q83495'],
    ['P31', null],
    ['Q1|Q2', null],
    [undefined, null],
  ])('name an item of Wikidata: %j', (text, id) => {
    expect(wikidataIdIn(text)).toBe(id);
  });
});
