import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  endOfForm,
  formHeaders,
  importHistory,
  type ListeningServer,
  leftovers,
  type OpenRequest,
  openOnPort,
  openRequest,
  openUpload,
  partHead,
  send,
  sendForm,
  sendJson,
  upload,
  uploadFields,
} from '../../test/http-client.ts';

const run = promisify(execFile);

const uploadLimit = 2 * 1024 * 1024;
const atOnce = 8;
const history = 'Title,Date\n"Paper Moons","28/07/2020"\n';
const manyRows = (bytes: number) => `Title,Date\n${'"Paper Moons","28/07/2020"\n'.repeat(Math.ceil(bytes / 26))}`;

let listening: ListeningServer;
let port: number;
let home: string;
let http: Server;
const serverTimeout = vi.spyOn(Server.prototype, 'setTimeout');
beforeAll(async () => {
  listening = await openOnPort({ uploadLimit });
  ({ port, home } = listening);
  http = serverTimeout.mock.contexts[0] as Server;
});
afterAll(async () => {
  serverTimeout.mockRestore();
  await listening.close();
});

const nothingLeft = () => expect.poll(() => leftovers(home), { timeout: 10_000 }).toEqual([]);

async function uploadWorks() {
  const { status, json } = await upload(port, history);
  expect([status, json?.errors, json?.data]).toEqual([
    200,
    undefined,
    { importHistory: { import: { id: expect.any(String) } } },
  ]);
}

/** Waits until so many uploads have begun to write. */
const filesBegun = (count: number) =>
  expect
    .poll(async () => (await leftovers(home)).filter((name) => name.startsWith('temporary/')).length, {
      timeout: 10_000,
    })
    .toBe(count);

async function importsSoFar(): Promise<number> {
  const { json } = await sendJson(port, { query: '{ viewer { imports { totalCount } } }' });
  const data = json?.data as { viewer: { imports: { totalCount: number } } } | undefined;
  return data?.viewer.imports.totalCount ?? Number.NaN;
}

async function originals(): Promise<string[]> {
  const names = await readdir(join(home, 'lake', 'uploads'), { recursive: true }).catch(() => []);
  return names.filter((name) => /[0-9a-f]{64}$/.test(name));
}

const ended = ({ request }: OpenRequest) =>
  request.closed ? undefined : new Promise((resolve) => request.once('close', resolve));

it('keeps the original of an upload and nothing else', async () => {
  const { answer, request } = openUpload(port, history);
  await filesBegun(1);
  request.end(endOfForm);
  expect((await answer).status).toBe(200);
  await nothingLeft();
  expect(await originals()).toHaveLength(1);
});

describe('a client that disappears', () => {
  it('leaves nothing, in the middle of its file', async () => {
    const imports = await importsSoFar();
    const opened = openUpload(port, manyRows(300_000));
    await filesBegun(1);
    opened.request.destroy();
    await nothingLeft();
    expect(await importsSoFar()).toBe(imports);
    await uploadWorks();
  });

  it('leaves nothing twenty times in a row, wherever it stops, and no slot taken', async () => {
    const begun = uploadFields() + partHead('0', 'history.csv');
    const stops = ['', partHead('operations'), uploadFields(), begun, begun + manyRows(100_000)];
    for (let round = 0; round < 20; round++) {
      const opened = openRequest(port, { headers: formHeaders });
      opened.request.flushHeaders();
      const sent = stops[round % stops.length] as string;
      if (sent !== '') await new Promise((resolve) => opened.request.write(sent, resolve));
      // Half of them go at once, half when the server is at work.
      if (round % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 10));
      opened.request.destroy();
      await ended(opened);
    }
    await nothingLeft();
    await uploadWorks();
  });

  it('leaves nothing when it goes after the last byte, without waiting for the answer', async () => {
    for (let round = 0; round < 5; round++) {
      const opened = openUpload(port, manyRows(200_000));
      await new Promise<void>((resolve) => opened.request.end(endOfForm, resolve));
      opened.request.destroy();
      await ended(opened);
    }
    await nothingLeft();
    await uploadWorks();
  });
});

describe('an upload that is answered before the end of its file', () => {
  const withFile = (query: string) => uploadFields(JSON.stringify({ query, variables: { file: null } }));
  const answeredEarly = [
    withFile('mutation ($file: Upload!) { doesNotExist(file: $file) }'),
    withFile('mutation { importHistory(input: { file: $notDeclared }) { import { id } } }'),
    withFile('mutation ('),
    withFile('{ viewer { id } }'),
    withFile(
      'mutation ($file: Upload!) { importHistory(input: { file: $file, timeZone: "Nowhere" }) { import { id } } }',
    ),
    // A file that the map knows, and puts nowhere.
    uploadFields(JSON.stringify({ query: '{ viewer { id } }' }), '{"0":[]}'),
  ];
  const head = partHead('0', 'history.csv');
  // The head of the file part ends the fields: half of it is enough for an answer.
  const places = [
    ['in the middle of its head', head.slice(0, 30), head.slice(30) + history],
    ['in the middle of its rows', head + manyRows(200_000), history],
  ] as const;

  it.each(places)('leaves nothing, %s', async (_place, before, after) => {
    for (const goesOn of [false, true]) {
      await Promise.all(
        answeredEarly.map(async (fields) => {
          const opened = openRequest(port, { headers: { ...formHeaders, connection: 'keep-alive' } });
          opened.request.write(fields + before);
          const { json } = await opened.answer;
          expect(json?.data ?? json?.errors).toBeDefined();
          opened.request.write(after);
          if (!goesOn) opened.request.end(endOfForm);
          // The server lets what comes pass for a moment, then hangs up.
          const more = goesOn ? setInterval(() => opened.request.write(history), 50) : undefined;
          await expect.poll(() => opened.request.closed, { timeout: 10_000 }).toBe(true);
          clearInterval(more);
        }),
      );
      await nothingLeft();
    }
    await uploadWorks();
  });
});

describe('what is not taken', () => {
  it('refuses a file over the limit, and keeps nothing of it', async () => {
    const [imports, kept] = [await importsSoFar(), await originals()];
    const { status, json } = await upload(port, manyRows(uploadLimit + 1));
    expect([status, json?.errors[0]?.extensions?.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(json?.errors[0]?.message).toContain(String(uploadLimit));
    await nothingLeft();
    expect([await importsSoFar(), await originals()]).toEqual([imports, kept]);
    await uploadWorks();
  });

  it('refuses two files', async () => {
    const imports = await importsSoFar();
    const { status, json } = await sendForm(port, [
      ['operations', JSON.stringify({ ...JSON.parse(importHistory), variables: { file: null, other: null } })],
      ['map', '{"0":["variables.file"],"1":["variables.other"]}'],
      ['0', history, 'one.csv'],
      ['1', history, 'two.csv'],
    ]);
    expect([status, json?.errors[0]?.extensions?.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    await nothingLeft();
    expect(await importsSoFar()).toBe(imports);
  });

  it('refuses a form that ends too early, and goes on answering', async () => {
    const crash = vi.fn();
    process.on('uncaughtException', crash);
    // At once, so that the form fails before anything reads the file; and with a file that is being read.
    for (const content of [...Array.from({ length: 10 }, () => history), manyRows(1_000_000)]) {
      const cut = uploadFields() + partHead('0', 'history.csv') + content;
      const { status, json } = await send(port, { headers: formHeaders, body: cut });
      expect([status, json?.errors[0]?.extensions?.code]).toEqual([400, 'BAD_REQUEST']);
    }
    process.off('uncaughtException', crash);
    expect(crash).not.toHaveBeenCalled();
    await nothingLeft();
    await uploadWorks();
  });

  it('keeps nothing of a file that the request sends but does not use', async () => {
    const viewer = JSON.stringify({ query: '{ viewer { id } }', extensions: { any: null } });
    for (const map of ['{"0":["extensions.any"]}', '{"0":[]}', '{}']) {
      const { status } = await sendForm(port, [
        ['operations', viewer],
        ['map', map],
        ['0', manyRows(500_000), 'history.csv'],
      ]);
      expect(status).toBe(200);
    }
    await nothingLeft();
  });

  it('keeps nothing of a file that could not be stored', async () => {
    // The store of originals cannot be written where a file stands: it fails before it reads the first byte.
    const lake = join(home, 'lake');
    await rename(lake, `${lake}-away`);
    await writeFile(lake, '');
    try {
      for (const content of [history, manyRows(500_000)])
        expect((await upload(port, content)).json?.errors[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
      await nothingLeft();
    } finally {
      await rm(lake);
      await rename(`${lake}-away`, lake);
    }
    await uploadWorks();
  });

  it('keeps nothing of a request without a port whose body fails', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(uploadFields() + partHead('0', 'history.csv') + history));
      },
      async pull(controller) {
        await filesBegun(1);
        controller.error(new Error('The disk of the caller has gone'));
      },
    });
    const request = new Request('http://embedded.invalid/graphql', {
      method: 'POST',
      headers: formHeaders,
      body,
      duplex: 'half',
    } as RequestInit);
    const answer = (await (await listening.server.fetch(request)).json()) as { errors: unknown[] };
    expect(answer.errors).toMatchObject([{ extensions: { code: 'CLIENT_CLOSED_REQUEST' } }]);
    await nothingLeft();
    await uploadWorks();
  });
});

it('takes so many uploads at once, asks the next to come back, and frees each place', async () => {
  const open = () => Array.from({ length: atOnce }, () => openUpload(port, history));
  const first = open();
  await filesBegun(atOnce);
  for (const content of [history, manyRows(500_000)]) {
    const { status, headers, json } = await upload(port, content);
    expect([status, json?.errors[0]?.extensions?.code]).toEqual([429, 'TOO_MANY_UPLOADS']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }
  expect((await sendJson(port, { query: '{ viewer { id } }' })).status).toBe(200);
  for (const [place, { request }] of first.entries())
    if (place % 2 === 0) request.end(endOfForm);
    else request.destroy();
  await Promise.all(first.map(ended));
  await nothingLeft();

  const second = open();
  await filesBegun(atOnce);
  for (const { request } of second) request.end(endOfForm);
  for (const { answer } of second) expect((await answer).status).toBe(200);
  await nothingLeft();
});

it('ends an upload that has gone silent', async () => {
  expect(serverTimeout.mock.calls[0]?.[0]).toBe(60_000);
  http.setTimeout(200);
  try {
    const begun = uploadFields() + partHead('0', 'history.csv') + manyRows(100_000);
    const silent = [partHead('operations'), uploadFields(), begun].map((sent) => {
      const opened = openRequest(port, { headers: formHeaders });
      opened.request.write(sent);
      return opened;
    });
    for (const { answer } of silent) await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
  } finally {
    http.setTimeout(60_000);
  }
  await nothingLeft();
  await uploadWorks();
});

describe('a full disk', () => {
  it.for([
    ['temporary files', 'temporary'],
    ['originals', 'lake'],
    ['everything', '.'],
  ] as const)('is said at once, and leaves nothing: the one of %s', async ([, folder], context) => {
    // A mount would hide what an earlier upload is just removing.
    await nothingLeft();
    const small = join(home, folder);
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]).catch((error: Error) => error);
    if (mounted instanceof Error)
      return context.skip(`needs the right to mount a small file system: ${mounted.message.trim()}`);
    try {
      await mkdir(join(home, 'temporary'), { recursive: true });
      const { status, json } = await upload(port, manyRows(1_800_000));
      expect([status, json?.errors[0]?.extensions?.code]).toEqual([507, 'DISK_FULL']);
      await nothingLeft();
      await uploadWorks();
      await nothingLeft();
    } finally {
      // Lazily: the worker may be reading the original.
      await run('umount', ['-l', small]);
    }
    await uploadWorks();
  });
});
