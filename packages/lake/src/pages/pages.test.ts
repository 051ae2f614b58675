import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { exchange } from '../../test/exchanges.ts';
import type { PageExchange } from './exchange.ts';
import { type Damage, indexOf } from './page-index.ts';
import { createPages, type Pages, type PagesOptions } from './pages.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchprint-pages-'));
});

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function kept(exchanges: readonly PageExchange[], options: PagesOptions = {}): Promise<Pages> {
  const pages = createPages(folder, options);
  for (const one of exchanges) await pages.append(one);
  await pages.close();
  return pages;
}

const numbered = (count: number, given: Partial<PageExchange> = {}) =>
  Array.from({ length: count }, (_, number) => exchange({ key: `tt${number}`, ...given }));

const filesIn = async (ending: string, within = folder): Promise<string[]> =>
  (await readdir(within, { recursive: true }))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(within, name));

const onlyFile = async (ending: string): Promise<string> => {
  const files = await filesIn(ending);
  expect(files).toHaveLength(1);
  return files[0] as string;
};

const keysOf = async (pages: Pages, source = 'films') => (await collected(pages.all(source))).map(({ key }) => key);

/** A process that keeps pages. */
const script = fileURLToPath(new URL('../../test/append-pages.ts', import.meta.url));

const warcio = async (...args: string[]): Promise<string[]> => {
  const command = fileURLToPath(new URL('../../../../node_modules/warcio/dist/cli.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...args]);
  return stdout.split('\n').filter((line) => line !== '');
};

describe('a page that is kept', () => {
  it('comes back as it was, with headers that tell the truth about its body', async () => {
    const given = exchange({
      url: 'https://films.example/find?q=%C3%A9&x=1',
      method: 'POST',
      requestHeaders: [
        ['Accept', '*/*'],
        ['Content-Type', 'application/json'],
      ],
      requestBody: Buffer.from('{"query":"é"}'),
      status: 404,
      responseHeaders: [
        ['content-type', 'text/html'],
        ['Content-Encoding', 'gzip'],
        ['Content-Length', '17'],
        ['Transfer-Encoding', 'chunked'],
        ['Link', '<a>'],
        ['link', '<b>'],
        ['Set-Cookie', 'a=1'],
        ['X-Name', 'né\r\nX-Other: 1'],
      ],
      body: Buffer.from([31, 139, 8, 0, 255, 13, 10, 13, 10]),
      elapsed: 12,
      peer: '2001:db8::1',
    });
    const pages = await kept([given]);
    const [read] = await collected(pages.all('films'));
    expect(read).toEqual({
      ...given,
      requestHeaders: [['Host', 'films.example'], ...given.requestHeaders, ['Content-Length', '14']],
      requestBody: new Uint8Array(given.requestBody as Uint8Array),
      responseHeaders: [
        ['content-type', 'text/html'],
        ['X-Archive-Orig-Content-Encoding', 'gzip'],
        ['X-Archive-Orig-Content-Length', '17'],
        ['X-Archive-Orig-Transfer-Encoding', 'chunked'],
        ['Link', '<a>'],
        ['link', '<b>'],
        ['X-Name', 'né X-Other: 1'],
        ['Content-Length', '9'],
      ],
      body: new Uint8Array(given.body),
    });
    expect(await pages.latest('films', { url: given.url })).toEqual(read);
  });

  it('is also kept where it has no body and no headers', async () => {
    const given = exchange({ requestHeaders: [], responseHeaders: [], body: new Uint8Array(), status: 204 });
    const pages = await kept([given, exchange({ key: 'next' })]);
    expect(await collected(pages.all('films'))).toMatchObject([
      { status: 204, body: new Uint8Array() },
      { key: 'next' },
    ]);
  });

  it.each<Partial<PageExchange>>([
    { source: '../films' },
    { source: 'Films' },
    { kind: '' },
    { key: '' },
    { key: ' a' },
    { key: 'a\nb' },
    { key: '\ud800', url: 'https://films.example/' },
    { url: 'ftp://films.example/' },
    { url: '/title' },
    { method: 'GET /x HTTP/1.1\r\nX:' },
    { status: 99 },
    { fetchedAt: new Date('never') },
  ])('is refused as %j, and nothing is written', async (given) => {
    await expect(createPages(folder).append(exchange(given))).rejects.toMatchObject({ code: 'PAGE_INVALID' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is found by its key or its address: the newest, whichever file or day it is in', async () => {
    const at = (day: string, body: string, given: Partial<PageExchange> = {}) =>
      exchange({ fetchedAt: new Date(`2026-11-${day}T00:00:00Z`), body: Buffer.from(body), ...given });
    const pages = await kept([at('02', 'second'), at('01', 'first'), at('03', 'of another kind', { kind: 'cast' })]);
    await kept([at('02', 'before the second', { fetchedAt: new Date('2026-11-01T23:59:59.999Z') })]);
    await kept([at('02', 'another page', { key: 'tt9' })]);
    const body = async (wanted: Parameters<Pages['latest']>[1]) => {
      const found = await pages.latest('films', wanted);
      return found && Buffer.from(found.body).toString();
    };
    expect(await body({ key: 'tt0000001' })).toBe('of another kind');
    expect(await body({ key: 'tt0000001', kind: 'title' })).toBe('second');
    expect(await body({ url: 'https://ann:password@films.example/title/tt9/#top' })).toBe('another page');
    expect(await body({ key: 'tt' })).toBeNull();
    expect(await pages.latest('books', { key: 'tt9' })).toBeNull();
    expect(await pages.sources()).toEqual(['films']);
  });
});

describe('WARC files', () => {
  it('are read by warcio’s own command, and its index is the one that lies beside', async () => {
    await kept([...numbered(3), exchange({ key: 'tt9', responseHeaders: [] })]);
    const file = await onlyFile('.warc.gz');
    const records = (await warcio('index', file, '--fields', 'warc-type,offset,length')).map((line) =>
      JSON.parse(line),
    );
    const page = ['request', 'response', 'metadata'];
    expect(records.map((record) => record['warc-type'])).toEqual(['warcinfo', ...page, ...page, ...page, ...page]);
    const { offset, length } = records.at(-1);
    expect(offset + length).toBe((await stat(file)).size);

    const standard = (line: string) => {
      const [urlkey, timestamp] = line.split(' ', 2);
      const { url, mime, status, digest, length, offset, filename } = JSON.parse(line.slice(line.indexOf('{')));
      return {
        urlkey,
        timestamp,
        url,
        mime: mime ?? 'unk',
        status,
        digest,
        length,
        offset,
        filename: basename(filename),
      };
    };
    const beside = (await readFile(await onlyFile('.cdxj'), 'utf8')).trimEnd().split('\n');
    expect(beside.map(standard)).toEqual((await warcio('cdx-index', file, '--format', 'cdxj')).map(standard));
  });

  it('have records that are whole by their own digests, each packed by itself, and that name one another', async () => {
    const pages = createPages(folder);
    const { file, place } = await pages.append(exchange({ body: Buffer.from('é'.repeat(5000)), peer: '192.0.2.1' }));
    await pages.close();
    const bytes = await readFile(file);
    const ends = (await warcio('index', file, '--fields', 'offset,length')).map((line) => JSON.parse(line));
    const records = ends.map(({ offset, length }) => {
      const text = gunzipSync(bytes.subarray(offset, offset + length)).toString('latin1');
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const headers = Object.fromEntries(head.split('\r\n').map((line) => line.split(/: (.*)/s)));
      return { version: head.split('\r\n')[0], headers, block: rest.join('\r\n\r\n').slice(0, -4) };
    });
    const sha256 = (text: string) => `sha256:${base32OfHex(createHash('sha256').update(text, 'latin1').digest('hex'))}`;
    for (const { version, headers, block } of records) {
      expect(version).toBe('WARC/1.1');
      expect(block.length).toBe(Number(headers['Content-Length']));
      if (headers['WARC-Type'] === 'warcinfo') continue;
      const isHttp = headers['Content-Type'].startsWith('application/http');
      expect(headers['WARC-Block-Digest']).toBe(sha256(block));
      expect(headers['WARC-Payload-Digest']).toBe(
        sha256(isHttp ? block.split('\r\n\r\n').slice(1).join('\r\n\r\n') : block),
      );
    }
    const [info, request, response, metadata] = records.map(({ headers }) => headers);
    expect(place.offset).toBe(ends[1].offset);
    expect(info).toMatchObject({ 'WARC-Filename': basename(file) });
    for (const { 'WARC-Warcinfo-ID': id } of [request, response, metadata]) expect(id).toBe(info?.['WARC-Record-ID']);
    const common = {
      'WARC-Target-URI': 'https://films.example/title/tt0000001/',
      'WARC-Date': '2026-11-28T10:00:00.250Z',
    };
    expect(response).toMatchObject({ ...common, 'WARC-IP-Address': '192.0.2.1' });
    expect(request).toMatchObject({ ...common, 'WARC-Concurrent-To': response?.['WARC-Record-ID'] });
    expect(metadata).toMatchObject({ ...common, 'WARC-Concurrent-To': response?.['WARC-Record-ID'] });
    expect(records[3]?.block).toBe('source: films\r\nkind: title\r\nkey: tt0000001\r\n');
  });

  it('are begun anew when they are large and when a day begins, by UTC', async () => {
    const body = randomBytes(4000);
    await kept(numbered(4, { body }), { fileBytes: 3000 });
    expect(await filesIn('.warc.gz')).toHaveLength(4);
    const late = exchange({ fetchedAt: new Date('2026-11-29T00:30:00+01:00') });
    await kept([late, { ...late, fetchedAt: new Date('2026-11-29T00:00:00Z') }]);
    expect((await readdir(join(folder, 'source=films'))).sort()).toEqual(['day=2026-11-28', 'day=2026-11-29']);
    expect(await filesIn('.warc.gz', join(folder, 'source=films', 'day=2026-11-29'))).toHaveLength(1);
  });

  it('may be joined, since each record is packed by itself', async () => {
    await kept(numbered(2));
    await kept([exchange({ key: 'next' })]);
    const [first = '', second = ''] = await filesIn('.warc.gz');
    await appendFile(first, await readFile(second));
    await rm(second);
    await rm(indexOf(second));
    const pages = createPages(folder, { onDamage: () => expect.unreachable() });
    expect((await keysOf(pages)).sort()).toEqual(['next', 'tt0', 'tt1']);
  });

  it('are each written by one process: several lose nothing, also when one of them is killed', async () => {
    const said = new Set<string>();
    const running = ['a', 'b', 'c', 'd'].map((name) => {
      const child = spawn(process.execPath, ['--import', 'tsx', script, folder, name, name === 'a' ? '100000' : '40'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      createInterface({ input: child.stdout }).on('line', (key) => {
        said.add(key);
        if (key === 'a-25') child.kill('SIGKILL');
      });
      return once(child, 'close');
    });
    await Promise.all(running);
    const keys = await keysOf(createPages(folder));
    expect(said.size).toBeGreaterThan(3 * 40 + 25);
    expect(keys).toEqual(expect.arrayContaining([...said]));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('what a process that died left behind', () => {
  it('is passed over wherever it was cut off, and the page is whole or not there', async () => {
    await kept(numbered(3, { body: Buffer.from('some words '.repeat(30)) }));
    const file = await onlyFile('.warc.gz');
    const index = await onlyFile('.cdxj');
    const lines = (await readFile(index, 'utf8')).split('\n');
    const { exchange_offset: start } = JSON.parse((lines[2] as string).slice((lines[2] as string).indexOf('{')));
    const whole = await readFile(file);
    const onDamage = () => expect.unreachable();
    for (const indexed of [`${lines[0]}\n${lines[1]}\n${lines[2]?.slice(0, 40)}`, lines.join('\n'), '']) {
      await writeFile(index, indexed);
      for (let end = start; end < whole.length; end += 17) {
        await writeFile(file, whole.subarray(0, end));
        expect(await keysOf(createPages(folder, { onDamage }))).toEqual(['tt0', 'tt1']);
      }
    }
  });

  it('keeps nobody from writing: a new process has a file of its own', async () => {
    await kept(numbered(2));
    const file = await onlyFile('.warc.gz');
    await truncate(file, (await stat(file)).size - 30);
    const pages = await kept([exchange({ key: 'next' })]);
    expect((await keysOf(pages)).sort()).toEqual(['next', 'tt0']);
  });

  it('may be an index that lacks pages: they are read from the file, and written to it when asked', async () => {
    const pages = await kept(numbered(3));
    const index = await onlyFile('.cdxj');
    const whole = await readFile(index, 'utf8');
    for (const [left, lacking] of [
      ['', 3],
      [whole.slice(0, whole.indexOf('\n') + 1), 2],
      [`${whole.slice(0, whole.indexOf('\n') + 1)}com,fil`, 2],
    ] as const) {
      await writeFile(index, left);
      expect(await keysOf(pages)).toEqual(['tt0', 'tt1', 'tt2']);
      expect(await pages.latest('films', { key: 'tt2' })).toMatchObject({ key: 'tt2' });
      expect(await pages.completeIndexes()).toBe(lacking);
      expect(await readFile(index, 'utf8')).toBe(whole);
      expect(await pages.completeIndexes()).toBe(0);
    }
    await rm(index);
    expect(await keysOf(pages)).toEqual(['tt0', 'tt1', 'tt2']);
    expect(await pages.completeIndexes()).toBe(3);
  });
});

it('an index that is written anew while its writer lives costs no page', async () => {
  const writer = createPages(folder);
  const reader = createPages(folder);
  await writer.append(exchange({ key: 'a' }));
  await rm(await onlyFile('.cdxj'));
  expect(await reader.completeIndexes()).toBe(1);
  // Its line goes to the index that is no longer there.
  await writer.append(exchange({ key: 'b' }));
  expect(await keysOf(reader)).toEqual(['a', 'b']);
  expect(await reader.completeIndexes()).toBe(1);
  await writer.append(exchange({ key: 'c' }));
  expect(await keysOf(reader)).toEqual(['a', 'b', 'c']);
  await writer.close();
});

it('damage in the middle of a file costs the page that has it, is told, and no page is another than it was', async () => {
  await kept(numbered(3, { body: Buffer.from('some words '.repeat(5)) }));
  const file = await onlyFile('.warc.gz');
  const index = await onlyFile('.cdxj');
  const lines = await readFile(index, 'utf8');
  const places = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))));
  const whole = await readFile(file);
  const before = await collected(createPages(folder).all('films'));
  let costs = 0;
  for (const indexed of [lines, '']) {
    await writeFile(index, indexed);
    for (let at = places[1].exchange_offset; at < places[2].exchange_offset; at += 5) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0x5a;
      await writeFile(file, damaged);
      const damages: Damage[] = [];
      const after = await collected(createPages(folder, { onDamage: (damage) => damages.push(damage) }).all('films'));
      // A byte of gzip's own (when it was packed, and where) harms nothing.
      const expected = damages.length === 0 ? before : [before[0], before[2]];
      expect(after).toEqual(expected);
      costs += damages.length;
    }
  }
  expect(costs).toBeGreaterThan(100);
});

it('a page that was changed by somebody is no page any more', async () => {
  const pages = createPages(folder);
  const { file, responsePlace, ...entry } = await pages.append(exchange({ body: Buffer.from('some words') }));
  await pages.close();
  const bytes = await readFile(file);
  const [start, end] = [responsePlace.offset, responsePlace.offset + responsePlace.length];
  const changed = gunzipSync(bytes.subarray(start, end)).toString('latin1').replace('some words', 'same words');
  const packed = gzipSync(Buffer.from(changed, 'latin1'));
  await writeFile(file, Buffer.concat([bytes.subarray(0, start), packed, bytes.subarray(end)]));
  await rm(await onlyFile('.cdxj'));
  expect(await keysOf(pages)).toEqual([]);
  const place = { ...entry.place, length: entry.place.length + packed.length - responsePlace.length };
  await expect(pages.read({ ...entry, file, responsePlace, place })).rejects.toMatchObject({ code: 'PAGE_DAMAGED' });
});

it('a page that the disk does not take is refused, and what is kept before and after it stays', async () => {
  // A disk that is full at 8 KiB of each file.
  const shell = `ulimit -f 8; exec "$0" --import tsx "$@"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', shell, process.execPath, script, folder, 'a', '20']);
  const said = stdout.trimEnd().split('\n');
  const kept = said.filter((line) => !line.startsWith('refused'));
  expect(said.length - kept.length).toBeGreaterThan(2);
  expect(said.filter((line) => line.startsWith('refused EFBIG '))).toHaveLength(said.length - kept.length);
  expect((await keysOf(createPages(folder, { onDamage: () => expect.unreachable() }))).sort()).toEqual(kept.sort());
  for (const file of await filesIn('.warc.gz')) {
    const last = (await warcio('index', file, '--fields', 'offset,length')).at(-1) ?? '{}';
    const { offset, length } = JSON.parse(last);
    expect(offset + length).toBe((await stat(file)).size);
  }
});

/** Another way than the one that wrote it. */
function base32OfHex(hex: string): string {
  const bits = [...hex].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  const letters = (bits.match(/.{1,5}/g) ?? []).map(
    (five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)],
  );
  return letters.join('').padEnd(56, '=');
}
