import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CandidateTitle, RecommendTask, TaskEvent, TaskQuery } from '@watchprint/engine';
import { z } from 'zod';
import { UsageError } from './output.ts';

const names = z.array(z.string()).default([]);
const rows = {
  task: z.object({ shared: z.boolean() }),
  catalog: z.object({
    id: z.string(),
    title: z.string(),
    year: z.int().nullish(),
    votes: z.number().nonnegative().nullish(),
    score: z.number().min(0).max(10).nullish(),
    genres: names,
    keywords: names,
    people: names,
    countries: names,
    languages: names,
  }),
  events: z.object({ user: z.string(), item: z.string(), ts: z.number(), seq: z.number().default(0) }),
  queries: z.object({ user: z.string(), k: z.int().min(1).max(1000), now: z.number() }),
};

/**
 * A task folder: `task.json`, and a JSON object a line in `catalog.jsonl`, `events.jsonl` and `queries.jsonl`. Nothing else in it is
 * opened.
 * @throws {UsageError} with file and line at the first that is not what it should be: an answer to part of a task is none.
 */
export async function readTask(folder: string): Promise<RecommendTask> {
  const { shared } = await readJson(join(folder, 'task.json'));
  const titles: CandidateTitle[] = [];
  const places = new Set<string>();
  for await (const { row, where } of readLines(folder, 'catalog')) {
    if (places.has(row.id)) throw new UsageError(`${where}: there is another title with the id ${row.id}`);
    places.add(row.id);
    const { id, title: name, year = null, votes = null, score = null, ...facts } = row;
    titles.push({ id, name, year, votes, score, ...facts });
  }
  const events: (TaskEvent & { readonly seq: number })[] = [];
  for await (const { row, where } of readLines(folder, 'events')) {
    const { user, item, ts, seq } = row;
    if (!places.has(item)) throw new UsageError(`${where}: ${item} is no title of catalog.jsonl`);
    events.push({ user, item, at: ts, seq });
  }
  const queries: TaskQuery[] = [];
  for await (const { row } of readLines(folder, 'queries'))
    queries.push({ user: row.user, count: row.k, now: row.now });
  return { titles, events: events.sort((one, other) => one.at - other.at || one.seq - other.seq), queries, shared };
}

async function readJson(path: string): Promise<z.infer<typeof rows.task>> {
  const text = await readFile(path, 'utf8').catch(cannotRead(path));
  return parse(rows.task, text, path);
}

const cannotRead = (path: string) => (error: Error) => {
  throw new UsageError(`${path} cannot be read: ${error.message}`);
};

type LinesFile = Exclude<keyof typeof rows, 'task'>;

async function* readLines<File extends LinesFile>(
  folder: string,
  file: File,
): AsyncGenerator<{ row: z.infer<(typeof rows)[File]>; where: string }> {
  const path = join(folder, `${file}.jsonl`);
  const opened = await open(path).catch(cannotRead(path));
  let line = 0;
  for await (const text of opened.readLines()) {
    line += 1;
    if (text.trim() === '') continue;
    const where = `${path}, line ${line}`;
    yield { row: parse(rows[file], text, where) as z.infer<(typeof rows)[File]>, where };
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string, where: string): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${where}: ${(error as Error).message}`);
  }
  const { success, data, error } = schema.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  throw new UsageError(`${where}: ${issue?.path.join('.') || 'the line'}: ${issue?.message}`);
}
