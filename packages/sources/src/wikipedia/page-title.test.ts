import { describe, expect, it } from 'vitest';
import { answersFor, sameTitle, titleMoves } from './page-title.ts';

describe('how an asked title became another', () => {
  it('is followed from list to list, and within one', () => {
    const moves = titleMoves(
      [{ from: 'harbour_film', to: 'Harbour film' }],
      [
        { from: 'Harbour film', to: 'The Harbour' },
        { from: 'The Harbour', to: 'The Harbour (2031 film)' },
      ],
    );
    expect(moves.target('harbour_film')).toBe('The Harbour (2031 film)');
    expect(moves.target('Another')).toBe('Another');
  });

  it('ends in a circle', () => {
    const circle = [
      { from: 'A', to: 'B' },
      { from: 'B', to: 'A' },
    ];
    expect(['A', 'B']).toContain(titleMoves(circle).target('A'));
  });

  it('is nothing where a redirect leads to a section', () => {
    expect(titleMoves([{ from: 'A', to: 'B', tofragment: 'Cast' }]).target('A')).toBeNull();
  });

  it('takes letters and their marks together, as MediaWiki does', () => {
    expect(titleMoves([{ from: 'Café', to: 'Café (film)' }]).target('Cafe\u0301')).toBe('Café (film)');
  });

  it.each([[undefined], ['x'], [[null, 1, { from: 'A' }, { from: 1, to: 2 }]], [{ from: 'A', to: 'B' }]])(
    'leaves out what is no list of moves: %j',
    (list) => {
      expect(titleMoves(list).target('A')).toBe('A');
    },
  );
});

describe('whether a page answers for a title', () => {
  it('looks past underscores and the size of the first letter alone', () => {
    expect(sameTitle('the_harbour', 'The harbour')).toBe(true);
    expect(sameTitle('The harbour', 'The Harbour')).toBe(false);
  });

  it('believes a redirect that the address in the end agrees with', () => {
    const address = 'https://en.wikipedia.org/api/rest_v1/page/html/The_Harbour_(film)';
    expect(answersFor('The Harbour (film)', 'Harbour', address)).toBe(true);
    expect(answersFor('The Harbour (film)', 'Harbour', 'https://en.wikipedia.org/api/rest_v1/page/html/Harbour')).toBe(
      false,
    );
    expect(answersFor('The Harbour (film)', 'Harbour', 'https://en.wikipedia.org/api/rest_v1/page/html/%E0%A4%A')).toBe(
      false,
    );
  });
});
