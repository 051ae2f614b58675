import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { compile } from './compile.ts';
import { root, run, type Serving, sample, serve, show } from './run.ts';

const { alone, both, nodes } = inject('packed');
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const program = (name: string) => join(alone, name);

let home: string;
let serving: Serving;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'watchprint-remote-'));
  serving = await serve(both, nodes[0]?.path ?? process.execPath, home);
  await cp(join(root, 'test/packed/programs'), alone, { recursive: true });
});
afterAll(async () => {
  serving.process.kill('SIGTERM');
  await serving.ended();
  await rm(home, { recursive: true, force: true });
});

it('the SDK installs nothing else', async () => {
  expect((await readdir(join(alone, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual(['@watchprint']);
  expect(await readdir(join(alone, 'node_modules/@watchprint'))).toEqual(['sdk']);
});

it.each(nodes)('the SDK alone speaks to a server, on Node $version', async ({ version, path }) => {
  const printed = await run(path, [program('remote.mjs'), serving.url, sample], { cwd: alone, node: path });
  show(`the SDK alone, Node ${version}`, printed);
  expect(printed.trim().split('\n')).toEqual([
    '662 rows are there',
    '662 viewings',
    'RefusedError FORMAT_UNKNOWN',
    'embedded: ERR_MODULE_NOT_FOUND @watchprint/server',
  ]);
});

it.each(['nodenext', 'bundler'] as const)(
  'its types are whole under moduleResolution %s, in pages and in Node',
  async (resolution) => {
    for (const types of ['dom', 'node'] as const) await compile(alone, 'remote-types.ts', resolution, types);
  },
);

async function bundle(entry: string, options: { minify: boolean }): Promise<Uint8Array> {
  // A module of Node's would end this: it is not there for browsers.
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: alone },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    logLevel: 'error',
    ...options,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

it('the whole of the plain entry is under 15 kB in the bundle of an app', async () => {
  const code = await bundle(`export * from '@watchprint/sdk'`, { minify: true });
  const compressed = gzipSync(code, { level: 9 }).length;
  show('the plain entry, bundled for browsers', `${code.length} bytes minified, ${compressed} bytes compressed`);
  expect(code.length).toBeGreaterThan(1000);
  expect(compressed).toBeLessThan(15_000);
});

it.skipIf(!existsSync(chromium))('the SDK imports and reads in a browser', async () => {
  const script = await bundle(`import './page.js'`, { minify: true });
  let hear: (said: string) => void = () => {};
  const heard = new Promise<string>((resolve) => {
    hear = resolve;
  });
  // What an app has: its page, and its own way to the server.
  const app = createServer(async (request, response) => {
    if (request.url === '/')
      return response.setHeader('content-type', 'text/html').end('<script type="module" src="/page.js"></script>');
    if (request.url === '/page.js') return response.setHeader('content-type', 'text/javascript').end(script);
    const body = Buffer.concat(await request.toArray());
    if (request.url === '/said') hear(body.toString());
    if (request.url !== '/graphql') return response.writeHead(204).end();
    const {
      host: _host,
      origin: _origin,
      connection: _connection,
      'content-length': _length,
      ...headers
    } = request.headers;
    const answer = await fetch(new URL('/graphql', serving.url), {
      method: 'POST',
      headers: headers as HeadersInit,
      body,
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    Readable.fromWeb(answer.body as NodeReadableStream).pipe(response);
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const profile = await mkdtemp(join(tmpdir(), 'watchprint-chromium-'));
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    `--user-data-dir=${profile}`,
  ];
  const browser = spawn(chromium, [...flags, `http://127.0.0.1:${(app.address() as AddressInfo).port}/`], {
    stdio: 'ignore',
  });
  try {
    const said = JSON.parse(await heard);
    show('the SDK in Chromium', JSON.stringify(said));
    expect(said).toEqual({
      fileName: 'from a page.csv',
      imported: [1, 0, 0],
      isFollowed: true,
      viewings: ['Paper Moons on 2020-07-28'],
      path: 'BAD_ARGUMENT',
    });
  } finally {
    const gone = new Promise((resolve) => browser.once('exit', resolve));
    browser.kill();
    await gone;
    app.closeAllConnections();
    app.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
