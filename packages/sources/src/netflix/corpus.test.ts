import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import type { Answer, Page } from '../page.ts';
import { netflixFalcorEpisodes } from './netflix-falcor-episodes.ts';
import { listedTitles, netflixFalcorTitles } from './netflix-falcor-titles.ts';
import { netflixTitle } from './netflix-title.ts';
import { netflixTop10 } from './netflix-top10.ts';

const bodyOf = (file: string): string => readFileSync(join(corpus ?? '', 'pages', 'netflix', file), 'utf8');
const saved = (body: string): Answer => ({ url: '', status: 200, headers: {}, body });

function factsOf<Facts>(page: Page<Facts>, body: string, key: string): Facts {
  const reading = page.read(saved(body), [key]).get(key);
  if (reading?.status !== 'FOUND') throw new Error(`${key} is ${reading?.status}`);
  return reading.facts;
}

/** What nobody took down of captured pages: all that was is compared in `corpus-pages.test.ts`. */
describe.skipIf(corpus === null)('captured pages and files of Netflix, beyond what was taken down,', () => {
  it('have a picture in the head of a public page, and neither kind nor year', () => {
    const body = bodyOf('title_page_head_beauty_in_black_2026_excerpt.html');
    expect(factsOf(netflixTitle, body, 'AU/99000001')).toMatchObject({
      posterUrl: expect.stringContaining('nflxso.net'),
      kind: null,
      year: null,
    });
  });

  it('number seasons, and say everything of every episode', () => {
    const body = bodyOf('falcor_season_episodes_community_2023-04.json');
    const { seasons } = factsOf(netflixFalcorEpisodes, body, '70155589');
    expect(seasons.map(({ seasonNumber }) => seasonNumber)).toEqual([1, 2, 3, 4, 5, 6]);
    const all = seasons.flatMap(({ episodes }) => episodes);
    expect(all.filter((of) => Object.values(of).includes(null))).toEqual([]);
  });

  it('describe every title of the catalogue, and answer for those alone that they list', () => {
    const body = bodyOf('falcor_titles_2023-04.json');
    expect(listedTitles(body).filter((of) => !of.synopsis || !of.maturityRating || !of.cast?.length)).toEqual([]);
    expect([...netflixFalcorTitles.read(saved(body), ['70153373', '1']).keys()]).toEqual(['70153373']);
  });

  it('are published lists of every layout, read to the last line, and broken ones, which are not', () => {
    const folder = join(corpus ?? '', 'netflix', 'public-data');
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.tsv'))) {
      const body = readFileSync(join(folder, file), 'utf8');
      const key = file.startsWith('most-popular')
        ? 'most-popular'
        : file.includes('countries')
          ? 'all-weeks-countries'
          : 'all-weeks-global';
      expect([file, netflixTop10.recognises(body)]).toEqual([file, !file.includes('broken')]);
      if (file.includes('broken'))
        expect(() => factsOf(netflixTop10, body, key)).toThrow("columns of one of Netflix's lists");
      else expect([file, factsOf(netflixTop10, body, key).rejectedLines]).toEqual([file, []]);
    }
  });

  it.each([
    ['top10_all_weeks_global_2026-07.tsv', 'all-weeks-global'],
    ['top10_most_popular_2026-07.tsv', 'most-popular'],
  ])('are read to the last line: %s', (file, key) =>
    expect(factsOf(netflixTop10, bodyOf(file), key).rejectedLines).toEqual([]),
  );
});
