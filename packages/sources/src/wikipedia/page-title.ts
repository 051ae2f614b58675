import { z } from 'zod';
import { tidy } from '../html.ts';

const move = z.object({ from: z.string(), to: z.string(), tofragment: z.string().nullish().catch(null) });

/** How an asked title became the one that answered. */
export interface TitleMoves {
  /** Null where it leads to a section of an article on something else. */
  target(title: string): string | null;
}

/** From the lists `normalized`, `converted` and `redirects` of an answer, in which one may lead to the next. */
export function titleMoves(...lists: readonly unknown[]): TitleMoves {
  const moves = new Map(
    lists
      .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
      .flatMap((entry) => move.safeParse(entry).data ?? [])
      .map((entry) => [entry.from, entry]),
  );
  return {
    target(title) {
      let current = title.normalize('NFC');
      // As many steps as there are moves: a circle ends as well.
      for (let step = 0; step < moves.size; step++) {
        const next = moves.get(current);
        if (next === undefined) break;
        if (next.tofragment) return null;
        current = next.to;
      }
      return current;
    },
  };
}

/** A title as one part of an address: a slash belongs to it. */
export const pathOf = (title: string): string => encodeURIComponent(title.replace(/ /g, '_'));

/** Whether two titles name one page: `The_Matrix` and `The Matrix`, `dune` and `Dune`. */
export const sameTitle = (one: string, other: string): boolean => comparable(one) === comparable(other);

function comparable(title: string): string {
  const [first = '', ...rest] = tidy(title.normalize('NFC').replace(/_/g, ' ')) ?? '';
  return first.toUpperCase() + rest.join('');
}

/** Whether a page of that title answers for the asked one: it has it itself, or was redirected to. */
export function answersFor(pageTitle: string, asked: string, url: string): boolean {
  const last = titleInAddress(url);
  return sameTitle(pageTitle, asked) || (last !== null && sameTitle(pageTitle, last));
}

function titleInAddress(url: string): string | null {
  const [, segment] = /\/page\/(?:html|summary)\/([^/?#]+)/.exec(url) ?? [];
  return segment === undefined ? null : decoded(segment);
}

export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
