import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '@watchprint/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPlace } from '../../database/test/databases.ts';
import { type Client, createClient, type TypedDocument } from './client.ts';
import { createEmbeddedClient } from './embedded.ts';
import { figureNames } from './figures.ts';
import type { HistoryFile } from './history-file.ts';
import type { Import } from './types.ts';

const history = `Title,Date
"The Lantern District: Season 2: Salt","28/07/2020"
"The Lantern District: Season 2: Low Tide","27/07/2020"
"Paper Moons","27/07/2020"
`;
const bytes = (text: string) => new TextEncoder().encode(text);

const config = async () => ({
  home: (await newPlace('embedded')).home,
  logLevel: 'silent',
  port: 0,
  // No test reaches the internet.
  sources: [],
});

/** What both ways in promise. */
function testClient(name: string, open: () => Promise<Client>): void {
  describe(name, () => {
    let client: Client;
    beforeAll(async () => {
      client = await open();
    });
    afterAll(() => client.close());

    const sources: Record<string, () => HistoryFile | Promise<HistoryFile>> = {
      bytes: () => bytes(history),
      'an ArrayBuffer': () => bytes(history).buffer as ArrayBuffer,
      'a Blob': () => new Blob([history]),
      'a stream': () => new Blob([history]).stream() as ReadableStream<Uint8Array>,
      // As some browsers have it.
      'a stream that cannot be iterated': () => {
        const stream = new Blob([history]).stream() as ReadableStream<Uint8Array>;
        return Object.assign(stream, { [Symbol.asyncIterator]: undefined });
      },
      'an async iterable': async function* () {
        for (const line of history.split(/(?<=\n)/)) yield bytes(line);
      } as never,
      'a path': async () => {
        const path = join(await mkdtemp(join(tmpdir(), 'watchprint-sdk-')), 'My History.csv');
        await writeFile(path, history);
        return path;
      },
    };
    it('answers with every figure, as its types say', async () => {
      const { id } = await client.importHistory(bytes(history), { profileName: 'Fay' });
      const profile = (await client.profiles()).find(({ name }) => name === 'Fay');
      const told = await client.figures(profile?.id ?? '', figureNames, {
        first: 3,
        otherTo: '2020-07-01',
        year: 2020,
      });
      expect(Object.keys(told ?? {}).sort()).toEqual([...figureNames].sort());
      expect(told).toMatchObject({
        streaks: { longestDays: 2, longestFrom: '2020-07-27', unknownBecause: null },
        sessions: { count: 0, unknownBecause: expect.stringContaining('days only') },
        series: { items: [{ series: { name: 'The Lantern District' }, state: 'IN_PROGRESS', episodesWatched: 2 }] },
        yearInReview: { year: 2020, totals: { viewings: 3 }, series: [{ label: 'The Lantern District' }] },
      });
      const one = await client.figures(profile?.id ?? '', ['binges'], { to: '2020-07-26' });
      expect(one).toMatchObject({ binges: { count: 0, unknownBecause: 'There are no viewings.' } });
      expect(await client.figures('nobody', ['binges'])).toBeNull();
      await expect(client.figures('nobody', ['mood' as never])).rejects.toMatchObject({
        code: 'BAD_ARGUMENT',
        message: expect.stringContaining('There is no figure mood'),
      });
      await expect(client.figures('nobody', [])).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
      await client.deleteImport(id);
    });

    it('tells what sources say of a title, or why they are not asked', async () => {
      const { id } = await client.importHistory(bytes(history), { profileName: 'Faye' });
      const [title] = await client.titles('Paper Moons');
      expect(await client.facts(title?.id ?? '')).toEqual({
        wikidataId: null,
        rottenTomatoesId: null,
        netflixId: null,
        genres: null,
        countries: null,
        languages: null,
        imdb: null,
        wikipedia: null,
        rottenTomatoes: null,
        netflix: null,
        // It was only read from a string: these would be asked what they have under its name.
        enrichments: ['IMDB', 'WIKIDATA'].map((source) => ({
          source,
          status: 'DISABLED',
          fetchedAt: null,
          nextReadAt: null,
          errorCode: 'SWITCHED_OFF',
          errorMessage: expect.any(String),
        })),
      });
      expect(await client.facts('nobody')).toBeNull();
      expect(await client.sources()).toContainEqual({
        name: 'ROTTEN_TOMATOES',
        enabled: false,
        errorCode: 'SWITCHED_OFF',
        errorMessage: 'The source rotten-tomatoes is switched off.',
        gapMilliseconds: 3000,
        circuit: 'CLOSED',
        retryAt: null,
        pagesRead: 0,
        lastReadAt: null,
        termsUrl: expect.stringContaining('https://'),
      });
      const [profile] = (await client.profiles()).filter(({ name: called }) => called === 'Faye');
      const told: unknown[] = [];
      const options = { wait: true, sources: ['IMDB'] as const, onProgress: (one: unknown) => told.push(one) };
      const nothing = { total: 0, done: 0, failed: 0, pending: 0 };
      expect(await client.enrichProfile(profile?.id ?? '', options)).toEqual(nothing);
      expect(told).toEqual([nothing]);
      await expect(client.enrichProfile('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await client.deleteImport(id);
    });

    it.each(Object.keys(sources))('imports %s, waits for the end and takes it back', async (kind) => {
      const statuses: string[] = [];
      const file = await sources[kind]?.();
      const done = await client.importHistory(file as HistoryFile, {
        profileName: 'Cleo',
        onProgress: ({ status }) => statuses.push(status),
      });
      expect(done).toMatchObject({ status: 'COMPLETED', rowsRead: 3, rowsImported: 3, rowsRejected: 0 });
      expect(done.bytesRead).toBe(bytes(history).length);
      expect(statuses.at(-1)).toBe('COMPLETED');
      if (kind === 'a path') expect(done.fileName).toBe('My History.csv');
      expect(await client.import(done.id)).toEqual(done);
      expect(await client.deleteImport(done.id)).toBe(3);
      expect(await client.import(done.id)).toBeNull();
    });

    it('answers at once when it is not to wait', async () => {
      const started = await client.importHistory(bytes(history), { wait: false, fileName: 'named.csv' });
      expect(started).toMatchObject({ fileName: 'named.csv', finishedAt: null });
      expect(['QUEUED', 'RUNNING']).toContain(started.status);
      let now = await client.import(started.id);
      for (let look = 0; now?.status !== 'COMPLETED' && look < 200; look += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        now = await client.import(started.id);
      }
      expect(now).toMatchObject({ status: 'COMPLETED', rowsImported: 3 });
      await client.deleteImport(started.id);
    });

    it('ends what a signal ends, wherever it is', async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const aborted = { name: 'AbortedError', code: 'ABORTED', cause: 'enough' };
      const seen: string[] = [];
      // Its second half is asked for when the signal has ended the call: a file that is half there is none.
      const slowly = async function* () {
        yield bytes(history.slice(0, 40));
        controller.abort('enough');
        yield bytes(history.slice(40));
      };
      const work = client.importHistory(slowly(), { signal, fileName: 'half.csv', onProgress: (i) => seen.push(i.id) });
      await expect(work).rejects.toMatchObject(aborted);
      await expect(client.importHistory(bytes(history), { signal })).rejects.toMatchObject(aborted);
      const { imports } = (
        await client.query<{ viewer: { imports: { nodes: { fileName: string }[] } } }>(
          '{ viewer { imports { nodes { fileName } } } }',
        )
      ).viewer;
      expect(imports.nodes.map(({ fileName }) => fileName)).not.toContain('half.csv');
      expect(seen).toEqual([]);

      const later = new AbortController();
      const long = Array.from({ length: 20_000 }, (_, number) => `"Lamp ${number}","28/07/2020"\n`).join('');
      const waiting = client.importHistory(bytes(`Title,Date\n${long}`), {
        signal: later.signal,
        onProgress: ({ id }) => {
          seen.push(id);
          later.abort('enough');
        },
      });
      await expect(waiting).rejects.toMatchObject(aborted);
      expect(seen).toHaveLength(1);
      await client.deleteImport(seen[0] as string);
    });

    it('hands on what a listener throws', async () => {
      let imported = '';
      const onProgress = ({ id, status }: Import) => {
        imported = id;
        if (status === 'COMPLETED') throw new TypeError('a slip of the program');
      };
      await expect(client.importHistory(bytes(history), { onProgress })).rejects.toThrow('a slip of the program');
      expect(await client.deleteImport(imported)).toBe(3);
    });

    it('lists viewings over pages, and answers titles and figures', async () => {
      const { id } = await client.importHistory(bytes(history), { profileName: 'Cleo' });
      const [profile] = await client.profiles();
      const viewings = [];
      for await (const viewing of client.viewings(profile?.id ?? '', { pageSize: 2 })) viewings.push(viewing);
      expect(viewings.map(({ watchedOn }) => watchedOn)).toEqual(['2020-07-28', '2020-07-27', '2020-07-27']);
      const found = [];
      for await (const { rawTitle } of client.viewings(profile?.id ?? '', { filter: { kind: 'MOVIE' } }))
        found.push(rawTitle);
      expect(found).toEqual(['Paper Moons']);
      const title = viewings[0]?.title;
      expect(await client.title(title?.id ?? '')).toEqual(title);
      const figures = await client.analytics(profile?.id ?? '', { dimension: 'TITLE', from: '2020-07-28' });
      expect(figures?.totals).toMatchObject({ viewings: 1 });
      expect(figures?.top?.items.map(({ label }) => label)).toEqual(['The Lantern District: Salt']);
      await client.deleteImport(id);
    });

    it('says with a code what was refused, and whether it is worth trying again', async () => {
      const failure = (work: Promise<unknown>) =>
        work.then(
          () => null,
          (error: unknown) => error,
        );
      expect(await failure(client.importHistory(bytes('Name,Price\nBread,3\n')))).toMatchObject({
        name: 'RefusedError',
        code: 'FORMAT_UNKNOWN',
        retryable: false,
      });
      const either = 'Title,Date\n"Paper Moons","12/04/2022"\n"Red Clay","12/04/2022"\n';
      expect(await failure(client.importHistory(bytes(either)))).toMatchObject({
        name: 'ImportFailedError',
        code: 'DATE_ORDER_NEEDED',
        retryable: false,
      });
      expect(await failure(client.deleteImport('nothing'))).toMatchObject({ name: 'RefusedError', code: 'NOT_FOUND' });
      expect(await failure(client.query('{ nothing }'))).toMatchObject({ name: 'RefusedError' });
      expect(await client.title('nothing')).toBeNull();
      expect(await client.analytics('nothing')).toBeNull();
    });

    it('says what is wrong with a file that cannot be read', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'watchprint-sdk-'));
      const unreadable = { name: 'FileUnreadableError', code: 'FILE_UNREADABLE', retryable: false };
      const refusal = (file: HistoryFile) =>
        client.importHistory(file).then(
          () => new Error('it was imported'),
          (error: unknown) => error as Error,
        );
      expect(await refusal(join(folder, 'nothing.csv'))).toMatchObject(unreadable);
      expect((await refusal(folder)).message).toContain('is a folder');
      const failing = async function* () {
        yield bytes(history);
        throw new Error('the disk is gone');
      };
      const failed = await refusal(failing());
      expect(failed).toMatchObject(unreadable);
      expect(failed.message).toContain('the disk is gone');
      const numbers = async function* () {
        yield 1;
      };
      expect(await refusal(numbers() as never)).toMatchObject(unreadable);
      expect(await refusal(undefined as never)).toMatchObject({ name: 'ArgumentError', code: 'BAD_ARGUMENT' });
      const { nodes } = (
        await client.query<{ viewer: { imports: { nodes: { fileName: string }[] } } }>(
          '{ viewer { imports { nodes { fileName } } } }',
        )
      ).viewer.imports;
      expect(nodes.map(({ fileName }) => fileName)).not.toContain('nothing.csv');
    });

    it('refuses what it cannot do, saying so', async () => {
      const pages = client.viewings('anything', { pageSize: 0 })[Symbol.asyncIterator]();
      await expect(pages.next()).rejects.toMatchObject({ name: 'ArgumentError' });
      for (const wrong of [undefined, null])
        await expect(client.query(wrong as never)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
      // More than the server gives at once is no mistake.
      for await (const viewing of client.viewings('anything', { pageSize: 1_000_000 })) throw new Error(viewing.id);
      await expect(client.query('subscription { importProgress(importId: "x") { id } }')).rejects.toMatchObject({
        name: 'RefusedError',
        retryable: false,
      });
      const wrong = client.importHistory(bytes(history), { dateOrder: 'SIDEWAYS' as never });
      await expect(wrong).rejects.toMatchObject({ name: 'RefusedError', code: 'BAD_USER_INPUT' });
    });

    it('answers a document that carries its types with them', async () => {
      // As a generator makes it: a string with types, or a parsed document that holds its source.
      const text = '{ viewer { profiles { name } } }';
      interface Answer {
        viewer: { profiles: { name: string }[] };
      }
      const typed: TypedDocument<Answer, Record<string, never>> = { toString: () => text };
      const parsed: TypedDocument<Answer, Record<string, never>> = { loc: { source: { body: text } } };
      const names = async (document: typeof typed) =>
        (await client.query(document)).viewer.profiles.map(({ name }) => name);
      expect(await names(typed)).toEqual(await names(parsed));
    });

    it('passes any document on', async () => {
      expect(
        await client.query('query($size: Int) { viewer { imports(first: $size) { totalCount } } }', { size: 1 }),
      ).toEqual({
        viewer: { imports: { totalCount: 1 } },
      });
    });
  });
}

testClient('a client over HTTP', async () => {
  const server = await createServer({ config: await config() });
  const client = createClient({ url: await server.listen() });
  return { ...client, close: () => server.close() };
});

testClient('an embedded client', async () => createEmbeddedClient({ config: await config() }));

it('keeps the people of a program that embeds it apart', async () => {
  const client = await createEmbeddedClient({ config: await config() });
  const [ann, bob] = [client.as('user-1'), client.as('user-2')];
  const { id } = await ann.importHistory(bytes(history), { profileName: 'Ann' });
  expect(await ann.import(id)).not.toBeNull();
  for (const other of [bob, client]) {
    expect(await other.import(id)).toBeNull();
    expect(await other.profiles()).toEqual([]);
    await expect(other.deleteImport(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  await ann.close();
  // The same person, and the engine, are still there.
  expect((await client.as('user-1').profiles()).map(({ name }) => name)).toEqual(['Ann']);
  for (const wrong of ['', ' ', 'x'.repeat(201), 'a\nb', undefined, 7])
    expect(() => client.as(wrong as never)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
  await client.close();
  expect(() => client.as('user-1')).toThrow(expect.objectContaining({ code: 'CLIENT_CLOSED' }));
  await expect(bob.profiles()).rejects.toMatchObject({ code: 'SERVER_CLOSED' });
});

it('ends an embedded client once, and says afterwards that it is closed', async () => {
  const client = await createEmbeddedClient({ config: await config() });
  await Promise.all([client.close(), client.close()]);
  await client.close();
  await expect(client.profiles()).rejects.toMatchObject({ name: 'ClientClosedError', code: 'CLIENT_CLOSED' });
});

it('leaves nobody waiting who asked before it was closed', async () => {
  const client = await createEmbeddedClient({ config: await config() });
  const { id } = await client.importHistory(bytes(history), { wait: false });
  const long = Array.from({ length: 30_000 }, (_, number) => `"Lamp ${number}","28/07/2020"\n`).join('');
  const waiting = client.importHistory(bytes(`Title,Date\n${long}`)).catch((error: unknown) => error);
  const asked = Array.from({ length: 40 }, () => client.import(id));
  await new Promise((resolve) => setTimeout(resolve, 200));
  await client.close();
  expect((await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
  expect(await waiting).toMatchObject({ name: 'ClientClosedError' });
});

it('touches no home while its database is in memory', async () => {
  const home = await mkdtemp(join(tmpdir(), 'watchprint-sdk-'));
  const client = await createEmbeddedClient({ config: { ...(await config()), home, databaseUrl: 'memory:' } });
  const { id } = await client.importHistory(bytes(history));
  await client.deleteImport(id);
  await client.close();
  expect(await readdir(home)).toEqual([]);
});

it('says that nobody answered, and that it may be tried again', async () => {
  const client = createClient({ url: 'http://127.0.0.1:9' });
  await expect(client.profiles()).rejects.toMatchObject({
    name: 'UnreachableError',
    code: 'UNREACHABLE',
    retryable: true,
  });
});

it.each(['127.0.0.1:4000', 'localhost:4000', '/graphql', ''])('refuses the address “%s” when it is given', (url) => {
  expect(() => createClient({ url })).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT', retryable: false }));
});
