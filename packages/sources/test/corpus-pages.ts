import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { allPages } from '../src/sources.ts';
import {
  type Capture,
  type CapturedSource,
  type Exception,
  type Expected,
  kindOf,
  type SavedCapture,
} from './corpus/capture.ts';
import { capturedErrors, capturedOthers } from './corpus/errors.ts';
import { capturedImdb } from './corpus/imdb.ts';
import { capturedJustWatch } from './corpus/justwatch.ts';
import { capturedNetflix } from './corpus/netflix.ts';
import { capturedRobots } from './corpus/robots.ts';
import { capturedRottenTomatoes } from './corpus/rotten-tomatoes.ts';
import { capturedWikidata } from './corpus/wikidata.ts';
import { capturedWikipedia } from './corpus/wikipedia.ts';

/** The captured pages of the corpus, by folder. A new source's captures are added here. */
export const capturedSources: readonly CapturedSource[] = [
  capturedImdb,
  capturedWikidata,
  capturedWikipedia,
  capturedRottenTomatoes,
  capturedNetflix,
  capturedJustWatch,
  capturedErrors,
  capturedRobots,
  capturedOthers,
];

/** One field of what a right parser returns, beside what ours does. */
export interface FieldRow {
  /** `title`, `json_ld.name`; `results[].year` is the year of every result. */
  readonly field: string;
  readonly expected: unknown;
  /** Undefined: nothing is read there. */
  readonly read: unknown;
  readonly outcome: 'EQUAL' | 'DIFFERENT' | 'NOT_COMPARED';
  /** Why it is not compared, or only in part. */
  readonly reason: string | null;
}

export interface CaptureReport {
  readonly file: string;
  /** What reads it: `imdb/title`; null where nothing does. */
  readonly by: string | null;
  readonly status: string | null;
  /** Kinds that should say that it is one of theirs, one or none, and those of all sources that do. */
  readonly kinds: readonly string[];
  readonly recognisedAs: readonly string[];
  readonly rows: readonly FieldRow[];
}

export const capturesIn = (corpus: string): readonly Capture[] =>
  JSON.parse(readFileSync(join(corpus, 'pages', 'expected.json'), 'utf8')).files;

/** Files of the corpus that are captures, whether or not anything was taken down of them. */
export const captureFilesIn = (corpus: string): readonly string[] =>
  readdirSync(join(corpus, 'pages'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath !== join(corpus, 'pages'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(corpus, 'pages').length + 1))
    .map((file) => file.replaceAll(sep, '/'));

export const openCapture = (corpus: string, capture: Capture): SavedCapture => ({
  ...capture,
  body: readFileSync(join(corpus, 'pages', capture.file), 'utf8'),
});

/** Which source a capture is of. */
export const sourceOf = ({ file }: Capture): CapturedSource | undefined =>
  capturedSources.find(({ mappings, exceptions }) =>
    [...mappings, ...exceptions].some(({ files }) => file.startsWith(files)),
  );

export function reportCapture(capture: SavedCapture): CaptureReport {
  const { file, body, expected } = capture;
  const source = sourceOf(capture);
  if (source === undefined) throw new Error(`${file}: nobody says how it is read, or why it is not`);
  const own = source.mappings.filter(({ files }) => file.startsWith(files));
  if (own.length > 1) throw new Error(`${file}: ${own.map(({ files }) => files).join(' and ')} are both for it`);
  const [mapping] = own;
  const read = mapping?.read(capture) ?? { status: null, fields: {} };
  const exceptions = source.exceptions.filter(({ files }) => file.startsWith(files));
  return {
    file,
    by: mapping?.by ?? null,
    status: read.status,
    kinds: mapping?.isRecognised ? [mapping.by] : [],
    recognisedAs: allPages.filter((page) => page.recognises(body)).map(kindOf),
    rows: rowsOf(expected, read.fields, exceptions),
  };
}

function rowsOf(expected: Expected, read: Expected, exceptions: readonly Exception[]): FieldRow[] {
  const exceptionOf = (field: string) =>
    exceptions.find(({ fields, compared }) => !compared && (fields === 'ALL' || fields.includes(field)));
  const partOf = (field: string) => exceptions.find(({ fields, compared }) => compared && fields.includes(field));
  return Object.entries(expected).flatMap(([name, value]) => {
    const part = partOf(name);
    const readHere = new Map(fieldsIn(name, read[name]));
    const whole = new Map(fieldsIn(name, value));
    const compared = part?.compared ? new Map(fieldsIn(name, part.compared(value))) : whole;
    // What is read beside what is expected inside of a field is different too.
    return [...new Set([...compared.keys(), ...readHere.keys()])].map((field): FieldRow => {
      const exception = exceptionOf(field);
      const row = { field, expected: compared.get(field), read: readHere.get(field) };
      if (exception !== undefined) return { ...row, outcome: 'NOT_COMPARED', reason: exception.reason };
      const isEqual = compared.has(field) && isDeepStrictEqual(row.read, row.expected);
      const isPart = !isDeepStrictEqual(row.expected, whole.get(field));
      return { ...row, outcome: isEqual ? 'EQUAL' : 'DIFFERENT', reason: isPart ? (part?.reason ?? null) : null };
    });
  });
}

/** Objects field by field, lists of objects column by column. */
function fieldsIn(path: string, value: unknown): [string, unknown][] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.length > 0 && value.every(isObject)) {
    const columns = new Set(value.flatMap((entry) => Object.keys(entry)));
    return [...columns].map((column) => [`${path}[].${column}`, value.map((entry) => entry[column])]);
  }
  if (!isObject(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => fieldsIn(`${path}.${name}`, inner));
}

const isObject = (value: unknown): value is Expected =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
