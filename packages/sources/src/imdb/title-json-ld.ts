import type { ImdbTitlePage, Person } from '@watchprint/engine';
import { z } from 'zod';
import { decodeEntities, tidy } from '../html.ts';
import { minutesIn } from '../text-numbers.ts';
import { personIdOf, titleIdIn } from './imdb-id.ts';
import { soft, softList, softNumber, softText, wholeNumber } from './soft.ts';
import { httpsOnly, scoreOf } from './title-facts.ts';

/** Where there is but one, some of the pages have it without a list. */
const oneOrMore = <Schema extends z.ZodType>(entry: Schema) =>
  z.preprocess((value) => (value == null || Array.isArray(value) ? value : [value]), softList(entry));

const person = z.object({ name: z.string(), url: softText });

const jsonLdTitle = z.object({
  '@type': softText,
  url: z.string(),
  name: z.string(),
  alternateName: softText,
  description: softText,
  image: softText,
  contentRating: softText,
  duration: softText,
  genre: oneOrMore(z.string()),
  aggregateRating: soft(z.object({ ratingValue: softNumber, ratingCount: softNumber })),
  director: oneOrMore(person),
  actor: oneOrMore(person),
});

/**
 * A title page's JSON-LD, for where its own data cannot be read. It says less than it seems to, and what is not sure is
 * left out: `@type` is Movie for what was made for television, `datePublished` is the day in the asker's country,
 * `creator` has companies and writers. Genres stop at three, the cast too.
 */
export function titleInJsonLd(blocks: readonly Record<string, unknown>[]): ImdbTitlePage | null {
  for (const block of blocks) {
    const { data } = jsonLdTitle.safeParse(block);
    const imdbId = data === undefined ? null : titleIdIn(data.url);
    const original = plain(data?.name);
    if (data === undefined || imdbId === null || original === null) continue;
    return {
      imdbId,
      // `name` is the original one, where both are there.
      name: plain(data.alternateName) ?? original,
      originalName: original,
      titleType: data['@type'] === 'TVEpisode' ? 'tvEpisode' : null,
      year: null,
      endYear: null,
      ...scoreOf(data.aggregateRating?.ratingValue, data.aggregateRating?.ratingCount),
      runtimeMinutes: wholeNumber(minutesIn(tidy(data.duration)), 1),
      certificate: plain(data.contentRating),
      certificateCountry: null,
      genres: data.genre?.flatMap((genre) => plain(genre) ?? []) ?? null,
      plot: plain(data.description),
      directors: persons(data.director),
      creators: null,
      cast: persons(data.actor),
      posterUrl: httpsOnly(data.image),
      metascore: null,
      seriesImdbId: null,
      seasonNumber: null,
      episodeNumber: null,
      seasonCount: null,
    };
  }
  return null;
}

function persons(given: readonly z.output<typeof person>[] | null | undefined): Person[] | null {
  if (given == null) return null;
  return given.flatMap(({ name: escaped, url }) => {
    const name = plain(escaped);
    const [, id] = /\/name\/(nm\d+)\/?$/.exec(url ?? '') ?? [];
    return name === null ? [] : [{ name, imdbId: personIdOf(id) }];
  });
}

/** Strings are escaped for HTML, inside the JSON. */
const plain = (escaped: string | null | undefined): string | null =>
  escaped == null ? null : tidy(decodeEntities(escaped));
