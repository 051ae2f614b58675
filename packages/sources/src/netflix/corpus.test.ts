import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { refusalOf } from '../refusal.ts';
import type { Answer, Page } from '../source.ts';
import { netflixFalcorEpisodes } from './netflix-falcor-episodes.ts';
import { listedTitles, netflixFalcorTitles } from './netflix-falcor-titles.ts';
import { netflixMetadata } from './netflix-metadata.ts';
import { netflixPages } from './netflix-pages.ts';
import { netflixTitle } from './netflix-title.ts';
import { netflixTop10 } from './netflix-top10.ts';

type Expected = Record<string, unknown>;

const pages = join(corpus ?? '', 'pages');
const files: readonly { readonly file: string; readonly expected: Expected }[] =
  corpus === null ? [] : JSON.parse(readFileSync(join(pages, 'expected.json'), 'utf8')).files;

const bodyOf = (file: string): string => readFileSync(join(pages, file), 'utf8');
const expectedOf = (file: string): Expected => files.find((of) => of.file === file)?.expected ?? {};
const saved = (body: string): Answer => ({ url: '', status: 200, headers: {}, body });

function factsOf<Facts>(page: Page<Facts>, body: string, key: string): Facts {
  const reading = page.read(saved(body), [key]).get(key);
  if (reading?.status !== 'FOUND') throw new Error(`${key} is ${reading?.status}`);
  return reading.facts;
}

const typeOf = (kind: string | null) => (kind === 'SERIES' ? 'show' : kind === 'MOVIE' ? 'movie' : null);

describe.skipIf(corpus === null)('captured pages and files of Netflix', () => {
  it('the head of a public page is read, every field', () => {
    const file = 'netflix/title_page_head_beauty_in_black_2026_excerpt.html';
    const { name, posterUrl, kind, year } = factsOf(netflixTitle, bodyOf(file), 'AU/99000001');
    // `title_source` says in words where the name stands.
    expect(expectedOf(file)).toEqual({ title: name, title_source: expect.stringContaining('og:title') });
    expect({ posterUrl, kind, year }).toEqual({
      posterUrl: expect.stringContaining('nflxso.net'),
      kind: null,
      year: null,
    });
  });

  it('metadata is read, every field', () => {
    const file = 'netflix/metadata_show_81727837_2026-03.json';
    const expected = expectedOf(file);
    const facts = factsOf(netflixMetadata, bodyOf(file), '81727837');
    const episodes = facts.seasons?.[0]?.episodes.map(({ netflixId, episodeNumber, name, runtimeSeconds }) => ({
      id: Number(netflixId),
      seq: episodeNumber,
      title: name,
      runtime: runtimeSeconds,
    }));
    expect({
      netflix_id: Number(facts.netflixId),
      type: typeOf(facts.kind),
      title: facts.name,
      synopsis_starts: facts.synopsis?.slice(0, String(expected.synopsis_starts).length),
      maturity: facts.maturityRating,
      season_count: facts.seasons?.length,
      seasons: facts.seasons?.map((season) => ({
        id: Number(season.netflixId),
        seq: season.seasonNumber,
        title: season.name,
        year: season.year,
        episode_count: season.episodes.length,
      })),
      first_episode: episodes?.[0],
      last_episode: episodes?.at(-1),
    }).toEqual(expected);
  });

  it('seasons and episodes of the catalogue are read, every field', () => {
    const file = 'netflix/falcor_season_episodes_community_2023-04.json';
    const { seasons } = factsOf(netflixFalcorEpisodes, bodyOf(file), '70155589');
    const first = seasons[0]?.episodes[0];
    expect({
      season_count: seasons.length,
      seasons: seasons.map(({ netflixId, episodes }) => ({
        season_id: Number(netflixId),
        episode_count: episodes.length,
      })),
      first_episode: { id: Number(first?.netflixId), title: first?.name, available: first?.available },
    }).toEqual(expectedOf(file));
    expect(seasons.map(({ seasonNumber }) => seasonNumber)).toEqual([1, 2, 3, 4, 5, 6]);
    const all = seasons.flatMap(({ episodes }) => episodes);
    expect(
      all.every((of) => of.episodeNumber !== null && of.name !== null && of.synopsis !== null && of.runtimeSeconds),
    ).toBe(true);
  });

  it('titles of the catalogue are read, every field', () => {
    const file = 'netflix/falcor_titles_2023-04.json';
    const { title_count, first } = expectedOf(file) as { title_count: number; first: Expected[] };
    const titles = listedTitles(bodyOf(file));
    expect(titles).toHaveLength(title_count);
    expect(
      titles.slice(0, first.length).map(({ netflixId, kind, name, episodeCount, genres }) => ({
        netflix_id: Number(netflixId),
        type: typeOf(kind),
        title: name,
        episode_count: episodeCount,
        // What is expected stops at three; one of the titles has four.
        genres: genres?.slice(0, 3),
      })),
    ).toEqual(first);
    expect(
      titles.every((of) => of.synopsis !== null && of.maturityRating !== null && of.cast && of.cast.length > 0),
    ).toBe(true);
    const readings = netflixFalcorTitles.read(saved(bodyOf(file)), ['70153373', '1']);
    expect([...readings.keys()]).toEqual(['70153373']);
  });

  it.each([
    ['netflix/top10_all_weeks_global_2026-07.tsv', 'all-weeks-global'],
    ['netflix/top10_most_popular_2026-07.tsv', 'most-popular'],
  ])('%s is read, every field', (file, key) => {
    const { columns, rows, rejectedLines } = factsOf(netflixTop10, bodyOf(file), key);
    const expected = expectedOf(file) as { first_row: Expected; last_row: Expected };
    const asRead = (row: Expected) =>
      Object.fromEntries(
        Object.entries(row).map(([name, field]) => [name, field === 'N/A' || field === '' ? null : field]),
      );
    const weeks = new Set(rows.map((row) => row.week).filter((week) => week !== undefined));
    expect({
      columns,
      row_count: rows.length,
      first_row: rows[0],
      last_row: rows.at(-1),
      weeks: weeks.size > 0 ? weeks.size : null,
      latest_week: [...weeks].sort().at(-1) ?? null,
    }).toEqual({ ...expected, first_row: asRead(expected.first_row), last_row: asRead(expected.last_row) });
    expect(rejectedLines).toEqual([]);
  });

  it('published lists of every layout are read, and broken ones are not', () => {
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
      else expect(factsOf(netflixTop10, body, key).rejectedLines).toEqual([]);
    }
  });

  it('every captured page is known by the right kind, and no other page by any', () => {
    const kinds: Record<string, string> = {
      'netflix/title_page_head_beauty_in_black_2026_excerpt.html': 'title',
      'netflix/metadata_show_81727837_2026-03.json': 'metadata',
      'netflix/falcor_season_episodes_community_2023-04.json': 'falcor-episodes',
      'netflix/falcor_titles_2023-04.json': 'falcor-titles',
      'netflix/top10_all_weeks_global_2026-07.tsv': 'top10',
      'netflix/top10_most_popular_2026-07.tsv': 'top10',
    };
    const all = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(?:html|json|txt|tsv)$/.test(file),
    );
    expect(all.length).toBeGreaterThan(55);
    for (const file of all) {
      const body = bodyOf(file);
      if (refusalOf(saved(body)) !== null) continue;
      const known = netflixPages.filter((page) => page.recognises(body)).map(({ kind }) => kind);
      expect([file, known]).toEqual([file, kinds[file] === undefined ? [] : [kinds[file]]]);
    }
  });
});
