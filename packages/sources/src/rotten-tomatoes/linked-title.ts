import { z } from 'zod';
import { parsed } from '../html.ts';
import { count, names, soft, text, textOf } from '../soft-fields.ts';
import { numberIn } from '../text-numbers.ts';
import { titlePathIn } from './title-path.ts';

const rating = z.object({ name: text, ratingValue: soft(numberIn), reviewCount: count, ratingCount: count });

const linkedTitle = z.object({
  '@type': z.enum(['Movie', 'TVSeries', 'TVSeason', 'TVEpisode']),
  url: soft(titlePathIn),
  name: text,
  aggregateRating: soft((value) => rating.safeParse(value).data ?? null),
  contentRating: text,
  /** Of old pages it is when their record was made, with a time. */
  dateCreated: text,
  genre: names,
  director: soft(peopleOf),
  numberOfSeasons: count,
});

/** What a page says of its title as JSON-LD: the critics' share, no viewers', and the length of its trailer alone. */
export type LinkedTitle = z.infer<typeof linkedTitle>;

export const linkedTitles = (blocks: readonly Record<string, unknown>[]): LinkedTitle[] =>
  blocks.flatMap((block) => linkedTitle.safeParse(block).data ?? []);

/** The block of the page's own title: not that of a title that it recommends. */
export function ownLinkedTitle(titles: readonly LinkedTitle[], titlePath: string): LinkedTitle | null {
  const own = titles.find(({ url }) => url === titlePath);
  return own ?? (titles.length === 1 && titles[0]?.url === null ? titles[0] : null);
}

/** The blocks of a file that holds nothing but them: one, a list, or lists by address. */
export function blocksInJson(body: string): Record<string, unknown>[] {
  const value = parsed(body);
  if (typeof value !== 'object' || value === null) return [];
  const blocks = Array.isArray(value) || '@type' in value ? [value].flat() : Object.values(value).flat();
  return blocks.filter((block): block is Record<string, unknown> => typeof block === 'object' && block !== null);
}

/** Nobody is called NA: it stands where a name is not known. */
function peopleOf(value: unknown): readonly string[] | null {
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return null;
  const people = [value].flat() as readonly unknown[];
  return knownPeople(
    people.map((person) => textOf(person) ?? textOf((person as { name?: unknown } | null)?.name) ?? 'NA'),
  );
}

/** Null where people stand, and none of them by name. */
export function knownPeople(people: readonly string[]): readonly string[] | null {
  const known = people.filter((name) => name !== 'NA');
  return known.length > 0 || people.length === 0 ? [...new Set(known)] : null;
}
