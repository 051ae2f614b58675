import { imdbChart } from '../../src/imdb/imdb-chart.ts';
import { imdbEpisodes } from '../../src/imdb/imdb-episodes.ts';
import { imdbFind } from '../../src/imdb/imdb-find.ts';
import { imdbTitle } from '../../src/imdb/imdb-title.ts';
import { netflixTitle } from '../../src/netflix/netflix-title.ts';
import { netflixTop10 } from '../../src/netflix/netflix-top10.ts';
import type { Page } from '../../src/page.ts';
import { robotsVerdict } from '../../src/reader/robots.ts';
import { rottenTomatoesBrowse } from '../../src/rotten-tomatoes/rotten-tomatoes-browse.ts';
import { rottenTomatoesMedia } from '../../src/rotten-tomatoes/rotten-tomatoes-media.ts';
import { rottenTomatoesSearch } from '../../src/rotten-tomatoes/rotten-tomatoes-search.ts';
import { originIn, realSites } from '../../src/sites.ts';
import type { CapturedSource, SavedCapture } from './capture.ts';

const maySee = (body: string, url: string): boolean =>
  robotsVerdict({ status: 200, text: body, fetchedAt: new Date() }, url).may;

/** Each rule for everybody as it is found to be, by an address that it is meant for. */
function starRules({ body, url, expected }: SavedCapture): string[] {
  return (expected.star_first as readonly string[]).map((rule) => {
    const path = rule.slice(rule.indexOf('/'));
    const example = new URL((path.endsWith('$') ? path.slice(0, -1) : `${path}x`).replaceAll('*', 'x'), url);
    return `${maySee(body, example.href) ? 'allow' : 'disallow'}: ${path}`;
  });
}

export const capturedRobots: CapturedSource = {
  name: 'robots.txt',
  mappings: [
    {
      files: 'robots/',
      by: 'rules of robots.txt',
      isRecognised: false,
      read: (capture) => ({ status: 'FOUND', fields: { star_first: starRules(capture) } }),
    },
  ],
  exceptions: [
    { files: 'robots/', fields: ['agents', 'star_rules'], reason: 'the rules are followed, and nobody counts them' },
  ],
  unverified: ['rules of 2020 and later, but for FlixPatrol’s; the reader follows those that it finds'],
};

export interface RobotsExample {
  readonly file: string;
  readonly url: string;
  /** As the file says, read by eye. */
  readonly may: boolean;
}

const ofPage = (file: string, page: Page<unknown>, key: string, may: boolean): RobotsExample => ({
  file,
  url: page.request([key], originIn(realSites, page, [key])).url,
  may,
});

const wikipedia = 'https://en.wikipedia.org';

/** What our pages ask for, and what the reader would be asked for beside them. */
export const robotsExamples: readonly RobotsExample[] = [
  ofPage('robots/imdb_2019.txt', imdbTitle, 'tt0133093', true),
  ofPage('robots/imdb_2019.txt', imdbEpisodes, 'tt0903747/2', true),
  ofPage('robots/imdb_2019.txt', imdbChart, 'top', true),
  ofPage('robots/imdb_2019.txt', imdbFind, 'the matrix', false),
  ofPage('robots/rottentomatoes_2019.txt', rottenTomatoesMedia, 'm/the_matrix', true),
  ofPage('robots/rottentomatoes_2019.txt', rottenTomatoesBrowse, 'movies_at_home', true),
  ofPage('robots/rottentomatoes_2019.txt', rottenTomatoesSearch, 'the matrix', false),
  ofPage('robots/netflix_2019.txt', netflixTitle, 'AU/80057281', false),
  ofPage('robots/netflix_2019.txt', netflixTop10, 'most-popular', false),
  // We ask for none of these as pages: an interface has a policy of its own, and its robots.txt is not asked.
  { file: 'robots/wikipedia_en_2019.txt', url: `${wikipedia}/wiki/The_Matrix`, may: true },
  { file: 'robots/wikipedia_en_2019.txt', url: `${wikipedia}/wiki/Special:Search`, may: false },
  { file: 'robots/wikipedia_en_2019.txt', url: `${wikipedia}/w/api.php?action=query`, may: false },
  { file: 'robots/wikipedia_en_2019.txt', url: `${wikipedia}/w/load.php?lang=en`, may: true },
  { file: 'robots/flixpatrol_2026-05.txt', url: 'https://flixpatrol.com/top10/netflix/world/', may: true },
];

export const mayFetch = (example: RobotsExample, captures: readonly SavedCapture[]): boolean => {
  const capture = captures.find(({ file }) => file === example.file);
  if (capture === undefined) throw new Error(`${example.file} is not there`);
  return maySee(capture.body, example.url);
};
