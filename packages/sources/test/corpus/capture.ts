import type { Page, Reading } from '../../src/page.ts';
import { readAnswer } from '../../src/read-answer.ts';

export type Expected = Readonly<Record<string, unknown>>;

/** A captured page, and what was taken down of it by hand. */
export interface Capture {
  readonly file: string;
  readonly url: string;
  readonly expected: Expected;
}

export interface SavedCapture extends Capture {
  readonly body: string;
}

/** How the captures of one kind of page are read and compared. */
export interface CaptureMapping {
  /** How their names begin. */
  readonly files: string;
  /** What reads them: `imdb/title`. */
  readonly by: string;
  /** Whether that kind must recognise them, as it must not where they are errors or no pages. */
  readonly isRecognised: boolean;
  /** What was read, by the names and in the forms of `expected`. */
  read(capture: SavedCapture): { readonly status: Reading<unknown>['status']; readonly fields: Expected };
}

/** A field of `expected` that is not compared, or not as it stands there. */
export interface Exception {
  /** How the names of the captures begin. */
  readonly files: string;
  /** Paths, as rows have them: `query`, `json_ld.@type`, `first[].text`. */
  readonly fields: readonly string[] | 'ALL';
  readonly reason: string;
  /** What of it is compared all the same; then `fields` are whole fields of `expected`. */
  compared?(expected: unknown): unknown;
}

/** The captures of one folder of the corpus. */
export interface CapturedSource {
  readonly name: string;
  readonly mappings: readonly CaptureMapping[];
  readonly exceptions: readonly Exception[];
  /** What its parsers read, or should, of which there is no capture. */
  readonly unverified: readonly string[];
}

type NotFound<Facts> = Exclude<Reading<Facts>, { readonly status: 'FOUND' }>;

interface PageCaptures<Facts> {
  readonly files: string;
  readonly isRecognised?: false;
  /** Its address is no page's own: it is read as a file that somebody saved. */
  readonly hasAddress?: false;
  key(expected: Expected): string;
  fields(facts: Facts, capture: SavedCapture): Expected;
  /** Without it, everything is missing from what was not found. */
  otherwise?(reading: NotFound<Facts>, capture: SavedCapture): Expected;
}

export const kindOf = ({ source, kind }: Page<unknown>): string => `${source}/${kind}`;

/** Captures of a page, read as the reader does: with the refusals that all sites have in common. */
export function pageCaptures<Facts>(page: Page<Facts>, captures: PageCaptures<Facts>): CaptureMapping {
  return {
    files: captures.files,
    by: kindOf(page),
    isRecognised: captures.isRecognised ?? true,
    read(capture) {
      const key = captures.key(capture.expected);
      if (!page.isKey(key)) throw new RangeError(`${capture.file}: ${key} is no key of ${kindOf(page)}`);
      const answer = {
        url: captures.hasAddress === false ? '' : capture.url,
        status: Number(capture.expected.http_status ?? 200),
        headers: {},
        body: capture.body,
      };
      const reading = readAnswer(page, answer, [key]).get(key);
      if (reading === undefined) throw new Error(`${capture.file}: nothing was said of ${key}`);
      const fields =
        reading.status === 'FOUND'
          ? captures.fields(reading.facts, capture)
          : (captures.otherwise?.(reading, capture) ?? {});
      return { status: reading.status, fields };
    },
  };
}

/** As much of a text as is expected. */
export const begins = (text: string | null, expected: unknown): string | null =>
  text?.slice(0, String(expected).length) ?? null;

/** As many of a list as are expected. */
export const first = <Entry>(list: readonly Entry[] | null, expected: unknown): readonly Entry[] | null =>
  list?.slice(0, listOf(expected).length) ?? null;

export const listOf = (expected: unknown): readonly Expected[] => (Array.isArray(expected) ? expected : []);
