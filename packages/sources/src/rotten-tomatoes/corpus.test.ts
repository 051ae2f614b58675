import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { capturesIn, openCapture } from '../../test/corpus-pages.ts';
import type { Answer, Page } from '../page.ts';
import { rottenTomatoesMedia } from './rotten-tomatoes-media.ts';
import { rottenTomatoesSearch } from './rotten-tomatoes-search.ts';

const captures = corpus === null ? [] : capturesIn(corpus);
const bodyOf = (beginning: string): string => {
  const capture = captures.find(({ file }) => file.startsWith(`rottentomatoes/${beginning}`));
  return capture === undefined ? '' : openCapture(corpus ?? '', capture).body;
};
const saved = (body: string): Answer => ({ url: '', status: 200, headers: {}, body });

function factsOf<Facts>(page: Page<Facts>, body: string, key: string): Facts {
  const reading = page.read(saved(body), [key]).get(key);
  if (reading?.status !== 'FOUND') throw new Error(`${key} is ${reading?.status}`);
  return reading.facts;
}

/** What nobody took down of captured pages: all that was is compared in `corpus-pages.test.ts`. */
describe.skipIf(corpus === null)('captured pages of Rotten Tomatoes, beyond what was taken down,', () => {
  it('say the same in the newest layout and in the older one that stands beside it', () => {
    const body = bodyOf('m_frankenstein_2025_');
    const broken = body.replace('{"audienceScore":{', '{"audienceScore":{{');
    expect(broken).not.toBe(body);
    const { criticAverage, audienceAverage, ...whole } = factsOf(rottenTomatoesMedia, body, 'm/frankenstein_2025');
    expect(factsOf(rottenTomatoesMedia, broken, 'm/frankenstein_2025')).toEqual({
      ...whole,
      criticAverage: null,
      audienceAverage: null,
    });
  });

  it('are read block by block as they are in one file of JSON-LD', () => {
    const body = bodyOf('jsonld_film_tv_browse_');
    const blocks = Object.entries(JSON.parse(body)).filter(([address]) => !address.startsWith('/browse/'));
    expect(blocks.length).toBeGreaterThan(1);
    for (const [address, block] of blocks) {
      const key = address.slice(1);
      expect(factsOf(rottenTomatoesMedia, JSON.stringify(block), key)).toEqual(factsOf(rottenTomatoesMedia, body, key));
    }
  });

  it('of the search of 2019 have all rows, films and series', () => {
    const { rows } = factsOf(rottenTomatoesSearch, bodyOf('search_fight_club_2019'), 'fight club');
    expect(rows).toHaveLength(7);
  });
});
