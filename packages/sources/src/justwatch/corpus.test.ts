import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { justWatchOffers, justWatchTitles } from './justwatch-offers.ts';

const pages = join(corpus ?? '', 'pages');
const file = 'justwatch/graphql_search_dune_part_two_pl_2026-06.json';

interface Expected {
  readonly result_count: number;
  readonly results: readonly {
    readonly title: string;
    readonly imdb_id: string;
    readonly flatrate_providers: readonly string[];
  }[];
}

describe.skipIf(corpus === null)('a captured answer of JustWatch', () => {
  const body = corpus === null ? '' : readFileSync(join(pages, file), 'utf8');
  const expected: Expected =
    corpus === null
      ? { result_count: 0, results: [] }
      : JSON.parse(readFileSync(join(pages, 'expected.json'), 'utf8')).files.find(
          (of: { file: string }) => of.file === file,
        ).expected;

  it('is read, every field of every title', () => {
    const { titles, unreadable } = justWatchTitles(body);
    expect(unreadable).toBe(0);
    expect({
      result_count: titles.length,
      results: titles.map((title) => ({
        justwatch_id: title.justWatchId,
        object_type: title.objectType,
        title: title.name,
        year: title.year,
        imdb_id: title.imdbId,
        tmdb_id: title.tmdbId,
        flatrate_providers: title.included?.includedIn,
      })),
    }).toEqual(expected);
  });

  it('gives each title by its id, wherever it stands', () => {
    for (const { imdb_id, title, flatrate_providers } of expected.results) {
      const key = `PL ${imdb_id} Diuna`;
      const reading = justWatchOffers.read({ url: '', status: 200, headers: {}, body }, [key]).get(key);
      expect(reading).toMatchObject({
        status: 'FOUND',
        facts: {
          imdbId: imdb_id,
          name: title,
          country: 'PL',
          includedIn: flatrate_providers,
          onNetflix: false,
          netflixId: null,
        },
      });
    }
  });

  it('is known, and no other captured page is', () => {
    const all = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:html|json|txt)$/.test(name),
    );
    expect(all.length).toBeGreaterThan(50);
    for (const name of all)
      expect([name, justWatchOffers.recognises(readFileSync(join(pages, name), 'utf8'))]).toEqual([
        name,
        name === file,
      ]);
  });
});
