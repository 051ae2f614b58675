import type { RottenTomatoesPage } from '@watchprint/engine';
import { z } from 'zod';
import { type CheerioAPI, jsonLd, openPage, scriptJson, tidy } from '../html.ts';
import { netflixIdIn, urlOf } from '../netflix/netflix-address.ts';
import { found, singlePage, UnknownLayoutError } from '../page.ts';
import { soft, text } from '../soft-fields.ts';
import { minutesIn, yearIn } from '../text-numbers.ts';
import { blocksInJson, knownPeople, type LinkedTitle, linkedTitles, ownLinkedTitle } from './linked-title.ts';
import { detailsList, heroFacts, scoreBoardFacts } from './page-details.ts';
import { pageScores } from './page-scores.ts';
import { isTitlePath, kindOfPath, partOf, titlePathIn, workOf } from './title-path.ts';

const vanity = z.object({ emsId: text, href: soft(titlePathIn), title: text });
const whereToWatch = z.object({
  affiliates: z
    .array(z.object({ url: text }).nullish().catch(null))
    .nullish()
    .catch(null),
  releaseYear: text,
});

/**
 * The page of a film, series, season or episode by its path, in the layouts since 2021; robots.txt of 2019 lets everybody see it,
 * and the terms forbid automatic reading: one page a title, seldom.
 *
 * A series' score is the mean of its seasons'. Unverified: no page of a season or episode was captured. Others describe it as having
 * the same scripts, and JSON-LD of a TVSeason.
 */
export const rottenTomatoesMedia = singlePage<RottenTomatoesPage>({
  source: 'rotten-tomatoes',
  kind: 'media',
  keys: 'path of a film, series or season (m/dune_2021, tv/dark, tv/dark/s01)',
  isKey: isTitlePath,
  keysIn: ({ pathname }) => /^\/((?:m|tv)\/.+?)\/?$/.exec(pathname)?.slice(1) ?? [],
  policy: 'robots',
  types: ['text/html', 'application/xhtml+xml'],
  request: (key, origin) => ({ url: `${origin}/${key}` }),
  recognises(body) {
    if (!/rottentomatoes|media-?scorecard|score-board/i.test(body)) return false;
    try {
      const { page, blocks } = open(body);
      const titles = linkedTitles(blocks);
      const isList = blocks.some((block) => block['@type'] === 'ItemList');
      if (isList || !isOfSite(page, blocks)) return false;
      const path = statements(page)[0] ?? titles.find(({ url }) => url !== null)?.url;
      return path !== undefined && (titles.length > 0 || hasScores(page));
    } catch {
      return false;
    }
  },
  read(answer, key) {
    const { page, blocks } = open(answer.body);
    const titles = linkedTitles(blocks);
    const path = pathAnswered(answer.url, key);
    checkTitle(page, titles, path);
    const linked = ownLinkedTitle(titles, path);
    const scores = pageScores(page, linked);
    if (scores.critics === null && scores.audience === null && linked === null)
      throw new UnknownLayoutError('A page of Rotten Tomatoes without scorecard, score board or JSON-LD of a title');
    return found(factsOf(page, path, linked, scores));
  },
});

/** A page, or a file of its JSON-LD alone. */
function open(body: string): { readonly page: CheerioAPI; readonly blocks: readonly Record<string, unknown>[] } {
  if (/^\s*[[{]/.test(body)) return { page: openPage(''), blocks: blocksInJson(body) };
  const page = openPage(body);
  return { page, blocks: jsonLd(page) };
}

/** By the page's own address, and not by an address that it links to. */
const isOfSite = (page: CheerioAPI, blocks: readonly Record<string, unknown>[]): boolean =>
  vanityOf(page)?.href != null ||
  [canonicalOf(page), metaOf(page, 'og:url'), ...blocks.map(({ url }) => url)].some(
    (address) => typeof address === 'string' && /^https?:\/\/(?:www\.)?rottentomatoes\.com\//i.test(address),
  );

const hasScores = (page: CheerioAPI): boolean => {
  const { critics, audience } = pageScores(page, null);
  return critics !== null || audience !== null;
};

/** The path of the page that came: redirects lead from old paths to new ones. */
function pathAnswered(url: string, key: string): string {
  // A saved page has no address.
  if (urlOf(url) === null) return key.toLowerCase();
  const path = titlePathIn(url);
  if (path === null) throw new UnknownLayoutError(`Asked for ${key}, and the answer is from no title's address`);
  // A series has new paths, and its first season stays its first.
  if (partOf(key) !== partOf(path)) throw new UnknownLayoutError(`Asked for ${key}, and led to ${path}`);
  return path;
}

/** @throws {UnknownLayoutError} unless the page says that it is the title's. */
function checkTitle(page: CheerioAPI, titles: readonly LinkedTitle[], path: string): void {
  const canonical = canonicalOf(page);
  if (canonical !== null && titlePathIn(canonical) === null)
    throw new UnknownLayoutError(`The page is no title's own, but ${canonical.slice(0, 200)}`);
  const said = statements(page);
  const linked = titles.flatMap(({ url }) => url ?? []);
  const own = said[0] ?? linked.find((of) => of === path) ?? linked[0];
  if (own === undefined) throw new UnknownLayoutError('The page does not say which title it is of');
  // Of a season's page some parts may be the series': it is the title all the same.
  const other = said.find((of) => workOf(of) !== workOf(path));
  const isOthers = linked.length > 0 && linked.every((of) => workOf(of) !== workOf(path));
  if (own !== path || other !== undefined || isOthers)
    throw new UnknownLayoutError(`The page should be of ${path}, and is of ${other ?? (isOthers ? linked[0] : own)}`);
}

/** Paths that the page gives as its own, the surest first. */
const statements = (page: CheerioAPI): readonly string[] =>
  [titlePathIn(canonicalOf(page)), titlePathIn(metaOf(page, 'og:url')), vanityOf(page)?.href].filter(
    (path) => path != null,
  );

const canonicalOf = (page: CheerioAPI): string | null => tidy(page('link[rel="canonical"]').first().attr('href'));

const metaOf = (page: CheerioAPI, property: string): string | null =>
  tidy(page(`meta[property="${property}"]`).first().attr('content'));

const vanityOf = (page: CheerioAPI) => vanity.safeParse(scriptJson(page, 'script[data-json="vanity"]')).data ?? null;

function factsOf(
  page: CheerioAPI,
  path: string,
  linked: LinkedTitle | null,
  { critics, audience, description }: ReturnType<typeof pageScores>,
): RottenTomatoesPage {
  const hero = heroFacts(page);
  const board = scoreBoardFacts(page);
  const details = detailsList(page);
  const watch = whereToWatch.safeParse(scriptJson(page, '#where-to-watch-json, script[data-json="whereToWatch"]')).data;
  const headline = linked?.name ?? tidy(metaOf(page, 'og:title')?.replace(/ \| Rotten Tomatoes$/, ''));
  const releaseDate = fullDate(linked?.dateCreated) ?? releaseDateIn(details);
  return {
    rottenTomatoesId: path,
    emsId: vanityOf(page)?.emsId ?? null,
    name: hero.name ?? vanityOf(page)?.title ?? board.name ?? withoutYear(headline),
    kind: kindOfPath(path),
    year:
      hero.year ??
      board.year ??
      yearIn(watch?.releaseYear) ??
      yearIn(yearGluedOn.exec(headline ?? '')?.[1]) ??
      yearIn(releaseDate?.slice(0, 4)),
    tomatometer: critics?.share ?? null,
    criticReviewCount: critics?.reviewCount ?? null,
    criticAverage: critics?.average ?? null,
    certifiedFresh: critics?.certified ?? null,
    audienceScore: audience?.share ?? null,
    audienceScoreType: audience?.type ?? null,
    audienceAverage: audience?.average ?? null,
    audienceRatingCount: audience?.ratingCount ?? null,
    consensus: consensusIn(page, '#critics-consensus p, [data-qa="critics-consensus"]'),
    audienceConsensus: consensusIn(page, '#audience-consensus p'),
    synopsis:
      description ??
      tidy(page('media-scorecard [slot="description"] [slot="content"]').first().text()) ??
      tidy(page('[data-qa="synopsis-value"], [data-qa="movie-info-synopsis"]').first().text()),
    certificate:
      hero.certificate ??
      linked?.contentRating ??
      board.certificate ??
      tidy(details.get('Rating')?.[0]?.replace(/\(.*$/s, '')),
    genres: fullest(linked?.genre, hero.genres, genresIn(details)),
    directors: fullest(linked?.director, directorsIn(details)),
    runtimeMinutes: hero.runtimeMinutes ?? board.runtimeMinutes ?? minutesIn(details.get('Runtime')?.[0]),
    releaseDate,
    seasonCount: kindOfPath(path) === 'SERIES' ? (linked?.numberOfSeasons ?? hero.seasonCount) : null,
    netflixId: watch?.affiliates?.map((affiliate) => netflixIdIn(affiliate?.url)).find((id) => id !== null) ?? null,
  };
}

const yearGluedOn = / \(((?:18|19|20)\d\d)\)$/;

const withoutYear = (name: string | null): string | null => tidy(name?.replace(yearGluedOn, ''));

/** Of places that say it, the first that has anything: one that is empty may only have been left out. */
function fullest(...lists: readonly (readonly string[] | null | undefined)[]): readonly string[] | null {
  const there = lists.filter((list) => list != null);
  return there.find(({ length }) => length > 0) ?? there[0] ?? null;
}

function directorsIn(details: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const listed = details.get('Director') ?? details.get('Directors');
  return listed === undefined ? null : knownPeople(listed);
}

const genresIn = (details: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined =>
  details.get('Genre')?.flatMap((genres) => genres.split(',').flatMap((genre) => tidy(genre) ?? []));

function consensusIn(page: CheerioAPI, selector: string): string | null {
  const consensus = tidy(page(selector).first().text());
  return consensus === null || /^no (?:critics |audience )?consensus\b/i.test(consensus) ? null : consensus;
}

/** In theatres, else wherever it was first. */
function releaseDateIn(details: ReadonlyMap<string, readonly string[]>): string | null {
  const dates = [...details].filter(([label]) => /^release date\b/i.test(label));
  const [, values] = dates.find(([label]) => /theaters/i.test(label)) ?? dates[0] ?? [];
  const [, month = '', day = '', year = ''] =
    /^([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4})\b/.exec(values?.[0] ?? '') ?? [];
  const place = months.indexOf(month);
  return place < 0 ? null : fullDate(`${year}-${String(place + 1).padStart(2, '0')}-${day.padStart(2, '0')}`);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 3339 full-date of a day that there is. */
function fullDate(date: string | null | undefined): string | null {
  if (!date || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const day = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date ? null : date;
}
