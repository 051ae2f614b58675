// Compiles only while the types of the plain entry are there: where a type is lost to `any`, nothing is expected to fail.
import { type Client, createClient, type Import, RefusedError, type Viewing } from '@watchprint/sdk';

export async function use(file: Blob): Promise<Viewing[]> {
  const client: Client = createClient({ url: 'http://127.0.0.1:4000', fetch: (request) => fetch(request) });
  const done: Import = await client.importHistory(file, { onProgress: ({ rowsRead }) => rowsRead.toFixed() });
  // @ts-expect-error: a count is no string
  const count: string = done.rowsImported;
  // @ts-expect-error: there is no such option
  await client.importHistory(file, { profile: count });
  const viewings: Viewing[] = [];
  try {
    for await (const viewing of client.viewings('profile', { filter: { kind: 'MOVIE' } })) viewings.push(viewing);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { code, status }: { code: string; status: number } = error;
    // @ts-expect-error: a status is no string
    code.startsWith(status);
  }
  return viewings;
}
