import type { NetflixTitlePage } from '@watchprint/engine';
import { z } from 'zod';
import { type CheerioAPI, jsonLd, openPage, tidy } from '../html.ts';
import { type Answer, found, type Reading, singlePage, UnknownLayoutError } from '../page.ts';
import { count, names, soft, text, textOf } from '../soft-fields.ts';
import { titleAddress, urlOf } from './netflix-address.ts';

const linkedTitle = z.object({
  '@type': z.enum(['Movie', 'TVSeries']),
  url: text,
  name: text,
  description: text,
  genre: names,
  contentRating: text,
  dateCreated: soft(yearOf),
  numberOfSeasons: count,
  actors: names,
  actor: names,
  image: soft(imageOf),
});
type LinkedTitle = z.infer<typeof linkedTitle>;

/**
 * Netflix's public page of a title in one region.
 *
 * Its robots.txt turns away every robot that it does not name, and its terms forbid automated reading: this source is opt-in, and
 * off unless somebody switches it on. NOT_FOUND says that the title is not in this region's catalogue, never that it is gone.
 * No whole page was captured: of the JSON-LD only the field names are known.
 */
export const netflixTitle = singlePage<NetflixTitlePage>({
  source: 'netflix-pages',
  kind: 'title',
  keys: 'region and Netflix id (AU/80057281)',
  isKey: (key) => /^[A-Z]{2}\/\d{1,12}$/.test(key),
  keysIn({ pathname }) {
    const [, region, id] = /^\/(?:([a-z]{2})(?:-[a-z]{2})?\/)?(?:title|watch)\/(\d+)/.exec(pathname) ?? [];
    return id === undefined ? [] : region === undefined ? [id] : [`${region.toUpperCase()}/${id}`, id];
  },
  policy: 'robots',
  types: ['text/html', 'application/xhtml+xml'],
  request(key, origin) {
    const { region, netflixId } = partsOf(key);
    // Prefixes and names of services are stripped as they are in English.
    const headers = { 'Accept-Language': 'en' };
    return { url: `${origin}/${region.toLowerCase()}/title/${netflixId}`, headers };
  },
  recognises(body) {
    if (!/netflix/i.test(body) || !/^\s*</.test(body)) return false;
    try {
      const page = openPage(body);
      const address = ownAddress(page);
      if (address !== null && titleAddress(address) === null) return false;
      return serviceName(headline(page)) || linkedTitles(page).some(({ url }) => isTitleOfNetflix(url));
    } catch {
      return false;
    }
  },
  read(answer, key): Reading<NetflixTitlePage> {
    const { region, netflixId } = partsOf(key);
    const elsewhere = otherPlace(answer, region, netflixId);
    if (elsewhere !== null) return elsewhere;
    const page = openPage(answer.body);
    const address = ownAddress(page);
    if (address !== null && titleAddress(address)?.netflixId !== netflixId)
      throw new UnknownLayoutError(`Asked for ${netflixId}, and the page is of ${address.pathname}`);
    const linked = linkedTitleOf(page, netflixId);
    const title = headline(page);
    const name = linked?.name ?? (serviceName(title) ? titleName(title) : null);
    if (name === null)
      throw new UnknownLayoutError('A page of Netflix without og:title and without JSON-LD of a title');
    return found({
      netflixId,
      region,
      name,
      kind: linked === null ? null : linked['@type'] === 'Movie' ? 'MOVIE' : 'SERIES',
      synopsis: linked?.description ?? meta(page, 'og:description'),
      maturityRating: linked?.contentRating ?? null,
      genres: linked?.genre ?? null,
      year: linked?.dateCreated ?? null,
      seasonCount: linked?.['@type'] === 'TVSeries' ? linked.numberOfSeasons : null,
      cast: linked?.actors ?? linked?.actor ?? null,
      posterUrl: linked?.image ?? imageOf(meta(page, 'og:image')),
    });
  },
});

function partsOf(key: string): { readonly region: string; readonly netflixId: string } {
  const [region = '', netflixId = ''] = key.split('/');
  return { region, netflixId };
}

/** What it means that the answer came from another place than the title's page; null where it did not. */
function otherPlace({ url }: Answer, region: string, netflixId: string): Reading<never> | null {
  const address = urlOf(url);
  // A saved page: nobody knows where it was.
  if (address === null) return null;
  const place = titleAddress(address);
  if (place?.netflixId === netflixId) {
    if (place.region === null || place.region === region) return null;
    throw new UnknownLayoutError(`Asked for region ${region}, and the answer is of ${place.region}`);
  }
  // Where people are led who ask for what the region's catalogue has not got.
  if (/^(?:\/[a-z]{2}(?:-[a-z]{2,3})?)?(?:\/(?:browse|login)(?:\/.*)?|\/?)$/i.test(address.pathname))
    return { status: 'NOT_FOUND' };
  throw new UnknownLayoutError(`Asked for ${netflixId}, and the answer is from ${address.pathname.slice(0, 100)}`);
}

/** The page's word on which page it is. */
const ownAddress = (page: CheerioAPI): URL | null =>
  urlOf(page('link[rel="canonical"]').attr('href')) ?? urlOf(meta(page, 'og:url'));

const linkedTitles = (page: CheerioAPI): LinkedTitle[] =>
  jsonLd(page).flatMap((block) => linkedTitle.safeParse(block).data ?? []);

/** @throws {UnknownLayoutError} where it is there for other titles alone. */
function linkedTitleOf(page: CheerioAPI, netflixId: string): LinkedTitle | null {
  const titles = linkedTitles(page);
  const own =
    titles.find(({ url }) => titleIn(url)?.netflixId === netflixId) ?? titles.find(({ url }) => titleIn(url) === null);
  if (own === undefined && titles.length > 0)
    throw new UnknownLayoutError(
      `Asked for ${netflixId}, and the page's JSON-LD is of ${titleIn(titles[0]?.url)?.netflixId}`,
    );
  return own ?? null;
}

function titleIn(url: string | null | undefined) {
  const address = urlOf(url);
  return address === null ? null : titleAddress(address);
}

const isTitleOfNetflix = (url: string | null): boolean =>
  url !== null && /\/\/(?:www\.)?netflix\.com\//i.test(url) && titleIn(url) !== null;

const meta = (page: CheerioAPI, property: string): string | null =>
  tidy(page(`meta[property="${property}"]`).first().attr('content'));

const headline = (page: CheerioAPI): string | null => meta(page, 'og:title');

const ofService = / \| Netflix(?: [^|]{0,40})?$/;

/** The start page's headline begins with the service's name; a title's ends with it. */
const serviceName = (title: string | null): title is string => title !== null && ofService.test(title);

const titleName = (title: string): string | null => tidy(title.replace(ofService, '').replace(/^Watch (?=\S)/, ''));

/** Of `2016-7-15`: Netflix pads nothing. */
function yearOf(value: unknown): number | null {
  const [, year] = /^((?:18|19|20)\d\d)(?:-|$)/.exec(textOf(value) ?? '') ?? [];
  return year === undefined ? null : Number(year);
}

/** Of text, or of an image with its address. */
function imageOf(value: unknown): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  const address = typeof first === 'object' && first !== null ? (first as { url?: unknown }).url : first;
  return urlOf(address)?.protocol === 'https:' ? (address as string) : null;
}
