import { describe, expect, it } from 'vitest';
import { canonical, challenge, factsOf, nextJson, nextPage, read } from '../../test/made-imdb-pages.ts';
import { imdbEpisodes } from './imdb-episodes.ts';

const route = '/title/[tconst]/episodes';
const seriesId = 'tt9900000002';

const first = {
  id: 'tt9900000011',
  type: 'tvEpisode',
  season: '2',
  episode: '1',
  titleText: 'Low Tide',
  releaseDate: { month: 3, day: 9, year: 2024 },
  releaseYear: 2024,
  plot: 'The sea goes, and stays away.',
  aggregateRating: 8.1,
  voteCount: 321,
};
const section = {
  seasons: [{ value: '1' }, { value: '2' }, { value: 'unknown' }],
  currentSeason: '2',
  episodes: { items: [first], total: 60, hasNextPage: true },
};
const props = (parts: Readonly<Record<string, unknown>> = {}) => ({
  contentData: {
    entityMetadata: { id: seriesId, titleText: { text: 'Salt Year' } },
    section: { ...section, ...parts },
  },
});
const items = (...episodes: readonly unknown[]) => ({ episodes: { ...section.episodes, items: episodes } });

const facts = {
  seriesImdbId: seriesId,
  seriesName: 'Salt Year',
  seasonNumber: 2,
  seasonNumbers: [1, 2],
  episodes: [
    {
      imdbId: 'tt9900000011',
      name: 'Low Tide',
      seasonNumber: 2,
      episodeNumber: 1,
      rating: 8.1,
      voteCount: 321,
      airDate: '2024-03-09',
      plot: 'The sea goes, and stays away.',
    },
  ],
  episodeCount: 60,
};

describe('a list of episodes', () => {
  it('is asked for by series, and by season where one is named', () => {
    const url = (key: string) => imdbEpisodes.request([key], 'https://www.imdb.com').url;
    expect(url('tt9900000002')).toBe('https://www.imdb.com/title/tt9900000002/episodes/');
    expect(url('tt9900000002/2')).toBe('https://www.imdb.com/title/tt9900000002/episodes/?season=2');
    for (const key of ['tt9900000002', 'tt9900000002/12', 'tt9900000002/2024'])
      expect(imdbEpisodes.isKey(key)).toBe(true);
    for (const key of ['tt9900000002/', 'tt9900000002/0', 'tt9900000002/x', 'tt99/1', ''])
      expect(imdbEpisodes.isKey(key)).toBe(false);
  });

  it('is read whole, and its __NEXT_DATA__ alone the same', () => {
    expect(factsOf(imdbEpisodes, nextPage(route, props()), `${seriesId}/2`)).toEqual(facts);
    expect(factsOf(imdbEpisodes, nextJson(route, props()), seriesId)).toEqual(facts);
  });

  it('says nothing of what an episode does not have yet', () => {
    const coming = {
      id: 'tt9900000012',
      titleText: 'Episode #2.2',
      season: 'unknown',
      episode: 'unknown',
      releaseDate: { month: null, day: null, year: 2027 },
      plot: '',
      aggregateRating: 0,
      voteCount: 0,
    };
    expect(factsOf(imdbEpisodes, nextPage(route, props(items(coming))), seriesId).episodes).toEqual([
      {
        imdbId: 'tt9900000012',
        name: 'Episode #2.2',
        seasonNumber: null,
        episodeNumber: null,
        rating: null,
        voteCount: 0,
        airDate: null,
        plot: null,
      },
    ]);
  });

  it('keeps the episodes beside one that cannot be read, and all of one with odd fields but those', () => {
    const odd = { ...first, releaseDate: 'soon', plot: 7, aggregateRating: [], voteCount: null, episode: {} };
    const { episodes } = factsOf(imdbEpisodes, nextPage(route, props(items(7, { id: 'nm1' }, odd))), seriesId);
    expect(episodes).toEqual([
      { ...facts.episodes[0], episodeNumber: null, rating: null, voteCount: null, airDate: null, plot: null },
    ]);
    const impossible = { ...first, releaseDate: { year: 2024, month: 13, day: 1 } };
    expect(factsOf(imdbEpisodes, nextPage(route, props(items(impossible))), seriesId).episodes[0]?.airDate).toBeNull();
  });

  it('may be empty, but not because nothing of it can be read', () => {
    expect(factsOf(imdbEpisodes, nextPage(route, props(items())), seriesId).episodes).toEqual([]);
    expect(() => read(imdbEpisodes, nextPage(route, props(items({ const: 'tt9900000011' }))), seriesId)).toThrow(
      /neither/,
    );
  });

  it('of a season that the series does not have is not found; of another one it is unreadable', () => {
    const body = nextPage(route, props());
    expect(read(imdbEpisodes, body, `${seriesId}/7`)).toEqual({ status: 'NOT_FOUND' });
    expect(() => read(imdbEpisodes, body, `${seriesId}/1`)).toThrow(/of season 2, not of 1/);
    expect(() => read(imdbEpisodes, nextPage(route, props({ seasons: null })), `${seriesId}/7`)).toThrow(/of season 2/);
  });

  it('of another series is never taken, unless IMDb sends the old id there', () => {
    const body = nextPage(route, props());
    expect(() => read(imdbEpisodes, body, 'tt9900000009')).toThrow(/tt9900000002, not of tt9900000009/);
    const url = 'https://www.imdb.com/title/tt9900000002/episodes/?season=2';
    expect(factsOf(imdbEpisodes, body, 'tt9900000009/2', url).seriesImdbId).toBe(seriesId);
  });

  it('in another layout is unreadable', () => {
    for (const body of ['', '{}', challenge, nextPage(route, {}), nextPage(route, { contentData: { section } })])
      expect(() => read(imdbEpisodes, body, seriesId)).toThrow(/list of episodes/);
  });

  it('is known by its route, else by its address', () => {
    for (const body of [nextPage(route, props()), nextJson(route, props()), canonical('/title/tt9900000002/episodes/')])
      expect(imdbEpisodes.recognises(body)).toBe(true);
    for (const body of ['', challenge, nextPage('/title/[tconst]', props()), canonical('/title/tt9900000002/')])
      expect(imdbEpisodes.recognises(body)).toBe(false);
  });
});
