import type { Database } from '@watchprint/database';
import { createServer } from '../src/server.ts';
import { madeUpload } from './made-uploads.ts';
import { ask } from './server-on-every-database.ts';

export interface SentUploads {
  /** How many ended in which way: the code of a refusal or failure, or COMPLETED. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Seeds that were answered otherwise than they should be, each with what came. */
  readonly faults: readonly string[];
}

/** Imports looked at together. */
const batchSize = 100;
/** An import that takes so long hangs. */
const patienceMs = 60_000;

interface Ended {
  readonly id: string;
  readonly status: string;
  readonly errorCode: string | null;
  readonly rowsRead: number;
  readonly rowsImported: number;
  readonly rowsDuplicate: number;
  readonly rowsRejected: number;
  readonly files: readonly { rowsRead: number; rowsImported: number; rowsRejected: number }[];
}

/**
 * Sends the uploads of so many seeds to a server on this database, and empties it in between. Each must be refused with a code of
 * its own, or end as an import whose counts add up; nothing may be thrown on the side.
 */
export async function sendUploads(
  database: Database,
  home: string,
  first: number,
  count: number,
  onProgress: (done: number) => void = () => {},
): Promise<SentUploads> {
  const outcomes = new Map<string, number>();
  const faults: string[] = [];
  const aside = (error: unknown) => faults.push(`on the side: ${error instanceof Error ? error.stack : error}`);
  process.on('unhandledRejection', aside);
  process.on('uncaughtException', aside);
  const server = await createServer({
    database,
    config: { home, logLevel: process.env.LOG_LEVEL ?? 'silent', port: 0 },
  });
  const outcome = (name: string) => outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
  for (let from = first; from < first + count; from += batchSize) {
    const seeds = Array.from({ length: Math.min(batchSize, first + count - from) }, (_, index) => from + index);
    const sent = new Map<string, number>();
    for (const seed of seeds) {
      const { status, code, id } = await send(server, seed);
      if (id !== null) sent.set(id, seed);
      else if (status >= 500 || code === null || code === 'INTERNAL_SERVER_ERROR')
        faults.push(`seed ${seed}: answered with ${status} ${code}`);
      else outcome(code);
    }
    for (const { id, ...ended } of await endOf(server, sent.size)) {
      outcome(ended.errorCode ?? ended.status);
      const wrong = whatIsWrong({ id, ...ended });
      if (wrong !== null) faults.push(`seed ${sent.get(id)}: ${wrong}`);
    }
    await database.sql.execute(
      'TRUNCATE import, imported_file, rejected_row, viewing, viewing_import, export_row, export_row_import, match, title, profile, profile_alias',
    );
    onProgress(from - first + seeds.length);
  }
  await server.close();
  process.off('unhandledRejection', aside);
  process.off('uncaughtException', aside);
  return { outcomes, faults };
}

type Server = Awaited<ReturnType<typeof createServer>>;

async function send(server: Server, seed: number): Promise<{ status: number; code: string | null; id: string | null }> {
  const { fileName, bytes } = await madeUpload(seed);
  const form = new FormData();
  const query = 'mutation($file: Upload!) { importHistory(input: { file: $file }) { import { id } } }';
  form.append('operations', JSON.stringify({ query, variables: { file: null } }));
  form.append('map', '{"0":["variables.file"]}');
  form.append('0', new Blob([bytes as Uint8Array<ArrayBuffer>]), fileName);
  const response = await server.fetch(
    new Request('http://embedded.invalid/graphql', {
      method: 'POST',
      headers: { 'graphql-require-preflight': 'true' },
      body: form,
    }),
  );
  const { data, errors } = (await response.json()) as {
    data?: { importHistory: { import: { id: string } } };
    errors?: { extensions?: { code?: string } }[];
  };
  return {
    status: response.status,
    code: errors?.[0]?.extensions?.code ?? null,
    id: data?.importHistory.import.id ?? null,
  };
}

/** Waits until every import has ended. */
async function endOf(server: Server, count: number): Promise<readonly Ended[]> {
  const query = `{ viewer { imports(first: 500) { nodes { id status errorCode rowsRead rowsImported rowsDuplicate rowsRejected
    files { rowsRead rowsImported rowsRejected } } } } }`;
  for (const until = Date.now() + patienceMs; ; ) {
    const { data } = await ask(server, query);
    const { nodes } = (data as unknown as { viewer: { imports: { nodes: Ended[] } } }).viewer.imports;
    const isOver = nodes.length === count && nodes.every(({ status }) => status === 'COMPLETED' || status === 'FAILED');
    if (isOver || Date.now() > until) return nodes;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function whatIsWrong(ended: Ended): string | null {
  const { status, errorCode, rowsRead, rowsImported, rowsDuplicate, rowsRejected, files } = ended;
  if (status !== 'COMPLETED' && status !== 'FAILED') return `still ${status} after ${patienceMs} ms`;
  if ((status === 'FAILED') !== (errorCode !== null) || errorCode === 'INTERNAL') return `${status} ${errorCode}`;
  if (rowsRead !== rowsImported + rowsDuplicate + rowsRejected) return 'its rows do not add up';
  if (files.some((file) => file.rowsRead < file.rowsImported + file.rowsRejected))
    return 'rows of a file do not add up';
  return null;
}
