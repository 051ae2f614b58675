import { describe, expect, it } from 'vitest';
import type { Page } from '../page.ts';
import { netflixFalcorEpisodes } from './netflix-falcor-episodes.ts';
import { netflixFalcorTitles } from './netflix-falcor-titles.ts';
import { netflixMetadata } from './netflix-metadata.ts';
import { netflixTop10 } from './netflix-top10.ts';

function factsIn<Facts>(page: Page<Facts>, value: unknown, key: string): Facts {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  const reading = page.read({ url: '', status: 200, headers: {}, body }, [key]).get(key);
  if (reading?.status !== 'FOUND') throw new Error(`It is ${reading?.status}`);
  return reading.facts;
}

describe('netflixMetadata', () => {
  const film = {
    video: {
      id: 99000001,
      type: 'movie',
      title: 'Harbour Lights',
      synopsis: 'A boat.',
      rating: '15+',
      year: 2031,
      runtime: 6720,
    },
  };
  const show = {
    video: {
      id: 99000010,
      type: 'show',
      title: 'Harbour',
      rating: 7,
      seasons: [
        {
          id: 99000020,
          seq: 2,
          title: 'Season 2',
          year: 2032,
          episodes: [{ episodeId: 99000021, seq: 1, title: 'Ebb', runtime: 'long' }, 5],
        },
        { seq: 1, title: 'without id' },
        { id: 99000011, seq: 1, title: 'Season 1', episodes: 'none' },
      ],
    },
  };

  it('reads a film', () => {
    expect(factsIn(netflixMetadata, film, '99000001')).toEqual({
      netflixId: '99000001',
      name: 'Harbour Lights',
      kind: 'MOVIE',
      synopsis: 'A boat.',
      maturityRating: '15+',
      year: 2031,
      runtimeSeconds: 6720,
      seasons: null,
    });
  });

  it('reads a series, the ids of whose seasons and episodes are keys to it as well', () => {
    for (const key of ['99000010', '99000020', '99000021'])
      expect(factsIn(netflixMetadata, show, key)).toMatchObject({
        kind: 'SERIES',
        maturityRating: null,
        year: null,
        seasons: [
          {
            netflixId: '99000020',
            seasonNumber: 2,
            name: 'Season 2',
            year: 2032,
            episodes: [{ netflixId: '99000021', episodeNumber: 1, name: 'Ebb', runtimeSeconds: null, available: null }],
          },
          { netflixId: '99000011', seasonNumber: 1, episodes: [] },
        ],
      });
    expect(() => factsIn(netflixMetadata, show, '99000099')).toThrow('file is of 99000010');
  });

  it('is never asked for', () => {
    for (const page of [netflixMetadata, netflixFalcorTitles, netflixFalcorEpisodes])
      expect(() => page.request(['99000001'], 'https://www.netflix.com')).toThrow('signed-in members alone');
  });

  it('is told of JSON of another shape', () => {
    for (const value of ['', 'null', '[]', '{}', '{"video":{}}', '{"video":{"id":1}}', '{"video":null}'])
      expect(() => factsIn(netflixMetadata, value, '1')).toThrow();
  });
});

describe('netflixFalcorTitles', () => {
  const title = {
    summary: { type: 'movie', id: 99000001 },
    jawSummary: {
      title: 'Harbour Lights',
      synopsis: 'A boat.',
      maturity: { rating: { value: 'TV-14' } },
      releaseYear: 2031,
      runtime: 6720,
      genres: [{ id: 1, name: 'Dramas' }, { id: 2 }],
      cast: [],
      directors: [{ name: 'Ada Example' }],
    },
  };

  it('reads the titles of a list, or of an object with one, by their ids', () => {
    for (const file of [[title, { summary: {} }, 5], { titles: [title] }])
      expect(factsIn(netflixFalcorTitles, file, '99000001')).toEqual({
        netflixId: '99000001',
        name: 'Harbour Lights',
        kind: 'MOVIE',
        synopsis: 'A boat.',
        maturityRating: 'TV-14',
        releaseYear: 2031,
        runtimeSeconds: 6720,
        seasonCount: null,
        episodeCount: null,
        genres: ['Dramas'],
        cast: [],
        directors: ['Ada Example'],
        creators: null,
      });
    expect(() => factsIn(netflixFalcorTitles, [], '99000001')).toThrow('No titles');
    expect(netflixFalcorTitles.recognises(JSON.stringify([title]))).toBe(true);
    expect(netflixFalcorTitles.recognises('[{"summary":{"id":1}}]')).toBe(false);
  });
});

describe('netflixFalcorEpisodes', () => {
  it('reads seasons with their episodes', () => {
    const episode = {
      episodeId: '99000021',
      title: 'Ebb',
      runtime: 1315,
      contextualSynopsis: { text: 'The tide goes out.' },
      availability: { isPlayable: false },
      summary: { season: 2, episode: 1 },
    };
    const file = [{ seasonId: '99000020', episodes: [episode, { title: 'without id' }] }, { seasonId: '99000030' }];
    expect(factsIn(netflixFalcorEpisodes, file, '99000010')).toEqual({
      netflixId: '99000010',
      seasons: [
        {
          netflixId: '99000020',
          seasonNumber: 2,
          name: null,
          year: null,
          episodes: [
            {
              netflixId: '99000021',
              episodeNumber: 1,
              name: 'Ebb',
              synopsis: 'The tide goes out.',
              runtimeSeconds: 1315,
              available: false,
            },
          ],
        },
      ],
    });
    expect(() => factsIn(netflixFalcorEpisodes, [{}], '99000010')).toThrow('No seasons');
  });
});

describe('netflixTop10', () => {
  const header = 'week\tcategory\tweekly_rank\tshow_title\tseason_title\tweekly_hours_viewed';

  it('reads a list by the names of its first line, and says which lines it left out', () => {
    const list = `\uFEFF${header}\r\n2031-03-09\tTV (English)\t1\t"Harbour"\tHarbour: Season 1\t\r\nbroken\tline\r\n2031-03-09\tFilms\t1\tLights\tN/A\t5\r\n`;
    expect(factsIn(netflixTop10, list, 'all-weeks-global')).toEqual({
      columns: header.split('\t'),
      rows: [
        {
          week: '2031-03-09',
          category: 'TV (English)',
          weekly_rank: '1',
          show_title: '"Harbour"',
          season_title: 'Harbour: Season 1',
          weekly_hours_viewed: null,
        },
        {
          week: '2031-03-09',
          category: 'Films',
          weekly_rank: '1',
          show_title: 'Lights',
          season_title: null,
          weekly_hours_viewed: '5',
        },
      ],
      rejectedLines: [3],
    });
  });

  it('is told of what stands under the name of a list and is none, and of another list', () => {
    for (const body of [
      '',
      'null',
      '<a href="https://films.example/list.tsv">Moved Permanently</a>.',
      'a\tb\n1\t2',
      '{"week":1}',
    ]) {
      expect(netflixTop10.recognises(body)).toBe(false);
      expect(() => factsIn(netflixTop10, body, 'all-weeks-global')).toThrow("columns of one of Netflix's lists");
    }
    expect(() => factsIn(netflixTop10, header, 'most-popular')).toThrow('the file is all-weeks-global');
  });

  it('takes a column of any name, `__proto__` too, for no more than a name', () => {
    const { rows } = factsIn(
      netflixTop10,
      `${header}\t__proto__\n2031-03-09\tFilms\t1\tA\tN/A\t5\tx`,
      'all-weeks-global',
    );
    expect(Object.keys(rows[0] ?? {})).toContain('__proto__');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});
