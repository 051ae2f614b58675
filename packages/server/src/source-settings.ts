import { realSites, sourceIds, sources } from '@watchprint/sources';
import { z } from 'zod';
import { list, siteAddress } from './setting-formats.ts';

/** `imdb, wikidata`; what is not set at all is what is on at first. */
const chosen = z
  .string()
  .optional()
  .transform((text) => text?.split(',') ?? sources.filter(({ isOnAtFirst }) => isOnAtFirst).map(({ id }) => id))
  .transform((names) => names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''))
  .superRefine((names, context) => {
    const unknown = names.filter((name) => !sourceIds.includes(name));
    if (unknown.length > 0)
      context.addIssue({
        code: 'custom',
        message: `expected some of ${sourceIds.join(', ')}, not ${unknown.join(', ')}`,
      });
  });

/** Between two requests to a host, in milliseconds, at most: an hour. */
export const longestGapMs = 3_600_000;

/** `imdb=3000, wikidata=1000` → milliseconds by source. */
const gaps = list.transform((parts, context) => {
  const milliseconds: Record<string, number> = {};
  for (const part of parts) {
    const [, name = '', gap] = /^([a-z0-9-]+)\s*=\s*(\d{1,8})$/.exec(part) ?? [];
    if (sourceIds.includes(name) && Number(gap) <= longestGapMs) milliseconds[name] = Number(gap);
    else
      context.addIssue({
        code: 'custom',
        message: `expected sources with milliseconds up to ${longestGapMs} such as imdb=3000, not ${part}`,
      });
  }
  return milliseconds;
});

/** Where sources are, by the names that programs set them by. */
export const siteNames: readonly string[] = Object.keys(realSites);

/** The settings of how sources are read, beside where. */
export const sourceSettings = {
  SOURCES: chosen,
  SOURCE_GAPS: gaps,
  SOURCE_BUDGET_MS: z.coerce.number().int().min(0).max(25_000).default(2000),
  // It becomes part of a header.
  SOURCE_CONTACT: z
    .string()
    .regex(/^[\x20-\x7e]{3,200}$/, 'expected a mail address or page of yours')
    .optional(),
};

/** `imdbSuggestion` → `IMDB_SUGGESTION_URL` */
export const variableOfSite = (site: string): string =>
  `${site.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}_URL`;

const languageAddress = z
  .string()
  .trim()
  .refine(
    (url) => siteAddress.safeParse(url.replace('{language}', 'en')).success,
    'expected an https:// address such as https://{language}.wikipedia.org',
  );

/** Where each site is: a variable for each. */
export const siteSettings: Readonly<Record<string, z.ZodOptional<z.ZodString>>> = Object.fromEntries(
  Object.entries(realSites).map(([site, address]) => [
    variableOfSite(site),
    (address.includes('{language}') ? languageAddress : siteAddress).optional(),
  ]),
);

/** So that an address written otherwise is known again. */
const plain = (address: string): string =>
  (URL.canParse(address) ? new URL(address).href : address).replace(/\/+$/, '');

/** A mirror of a source has all of its sites, unless it says otherwise. */
export function sitesIn(variables: Readonly<Record<string, unknown>>): Record<string, string> {
  const sites: Record<string, string> = {};
  for (const source of sources) {
    const [[first = '', real] = []] = Object.entries(source.sites);
    const given = variables[variableOfSite(first)];
    const mirror = typeof given === 'string' && plain(given) !== plain(real ?? '') ? given : undefined;
    for (const [site, address] of Object.entries(source.sites))
      sites[site] = String(variables[variableOfSite(site)] ?? mirror ?? address);
  }
  return sites;
}
