import { z } from 'zod';
import { type CheerioAPI, scriptJson, tidy } from '../html.ts';
import { names, text } from '../soft-fields.ts';
import { minutesIn, numberIn, yearIn } from '../text-numbers.ts';
import { scoreBoard } from './page-scores.ts';

/** What stands under a title's name, whatever of it is there. */
export interface HeadFacts {
  readonly name: string | null;
  readonly genres: readonly string[] | null;
  readonly year: number | null;
  readonly runtimeMinutes: number | null;
  readonly certificate: string | null;
  readonly seasonCount: number | null;
}

const hero = z.object({ content: z.object({ title: text, metadataProps: names, metadataGenres: names }) });
const details = z.object({ scoreboard: z.object({ title: text, info: text }) });

/** Under the name of pages from 2024 on. */
export function heroFacts(page: CheerioAPI): HeadFacts {
  const { content } = hero.safeParse(scriptJson(page, '#media-hero-json, script[data-json="mediaHero"]')).data ?? {};
  const shown = (slot: string) =>
    page(`media-hero [slot="${slot}"]`)
      .toArray()
      .map((element) => tidy(page(element).text()))
      .filter((part) => part !== null);
  const genres = shown('metadata-genre');
  return {
    name: content?.title ?? tidy(page('media-hero [slot="title"]').first().text()),
    genres: content?.metadataGenres ?? (genres.length > 0 ? genres : null),
    ...byShape(content?.metadataProps ?? shown('metadata-prop')),
  };
}

/** On the score board of pages from 2021 to 2024: `2020, Mystery and thriller/Horror, 57m`. */
export function scoreBoardFacts(page: CheerioAPI): HeadFacts {
  const board = page(scoreBoard).first();
  const script = details.safeParse(scriptJson(page, '#score-details-json')).data?.scoreboard;
  const info = script?.info ?? tidy(board.find('[slot="info"]').first().text());
  return {
    name: script?.title ?? tidy(board.find('[slot="title"]').first().text()),
    genres: null,
    ...byShape(info?.split(',') ?? []),
  };
}

const certificates = /^(?:G|PG|PG-?13|R|NC-?17|NR|Not Rated|Unrated|TV-?(?:Y|Y7|Y7-FV|G|PG|14|MA))$/i;

/** Any part can be missing, so none is known by its place. */
function byShape(parts: readonly string[]): Omit<HeadFacts, 'name' | 'genres'> {
  const tidied = parts.map((part) => tidy(part) ?? '').filter((part) => part.length <= 40);
  const first = <Found>(read: (part: string) => Found | null): Found | null => {
    for (const part of tidied) {
      const value = read(part);
      if (value !== null) return value;
    }
    return null;
  };
  return {
    // A series has the years from its first to its last.
    year: first((part) => yearIn(/^(\d{4})\s*[–-]\s*(?:\d{4}|present)?$/i.exec(part)?.[1] ?? part)),
    runtimeMinutes: first(minutesIn),
    certificate: first((part) => (certificates.test(part) ? part : null)),
    seasonCount: first((part) => numberIn(/^(\d{1,3}) seasons?$/i.exec(part)?.[1])),
  };
}

/** The list of details, by label without its colon, and of each all values. */
export function detailsList(page: CheerioAPI): ReadonlyMap<string, readonly string[]> {
  const items = page('[data-qa="item"], [data-qa="movie-info-item"]').toArray();
  return new Map(
    items.flatMap((element) => {
      const item = page(element);
      const label = tidy(item.find('[data-qa="item-label"], [data-qa="movie-info-item-label"]').first().text());
      const values = item.find('[data-qa="item-value"], [data-qa="movie-info-item-value"]').toArray();
      // Of old pages one value holds all the links.
      const parts = values.flatMap((value) => {
        const links = page(value).find('a').toArray();
        return links.length > 0 ? links : [value];
      });
      const texts = parts.map((part) => tidy(page(part).text())).filter((value) => value !== null);
      return label === null || texts.length === 0 ? [] : [[label.replace(/:$/, ''), texts] as const];
    }),
  );
}
