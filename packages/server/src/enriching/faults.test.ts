import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createPages } from '@watchprint/lake';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SourceOrigin, startSourceOrigin } from '../../../sources/test/source-origin.ts';
import { allRead, gapsOf, manyWorks, originTitles } from '../../test/enriching-server.ts';
import { madeCatalogue } from '../../test/made-catalogue.ts';
import { ask, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';

type Behave = (response: ServerResponse, request: IncomingMessage) => void;

interface Fault {
  readonly name: string;
  /** What the page's address answers. */
  readonly page?: Behave;
  readonly robots?: Behave;
  /** What the API says of it. */
  readonly status: string;
  readonly code: string | null;
  /** How often the page itself was asked for. */
  readonly asked: number;
  /** When it is asked again, in seconds from now; null: as any answer. */
  readonly again: number | null;
  /** Statuses of what the lake has of the page. */
  readonly kept: readonly number[];
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const html = (response: ServerResponse, body: string, status = 200, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
  response.end(body);
};

const scorecard = (score: string) =>
  `<script id="media-scorecard-json" type="application/json">{"criticsScore":{"score":"${score}","reviewCount":12}}</script>`;
const canonical = (path: string) => `<link rel="canonical" href="https://www.rottentomatoes.com/${path}">`;
const goodPage = (path: string) => `<html><head>${canonical(path)}</head><body>${scorecard('81')}</body></html>`;
/** `/m/t1000000` → `m/t1000000` */
const pathIn = ({ url = '' }: IncomingMessage) => url.slice(1);

/** Redirects of one page to itself and the like need to know where they are. */
const redirect =
  (to: string): Behave =>
  (response) => {
    response.writeHead(302, { location: to });
    response.end();
  };

/** Refuses a number of times first. */
function afterTimes(times: number, first: Behave, then: Behave): Behave {
  let left = times;
  return (response, request) => {
    left -= 1;
    return (left >= 0 ? first : then)(response, request);
  };
}

let elsewhere: Server;
let elsewhereUrl: string;
let askedElsewhere = 0;

const faults = (): readonly Fault[] => [
  {
    name: '403',
    page: (response) => html(response, 'no', 403),
    status: 'BLOCKED',
    code: 'REFUSED',
    asked: 1,
    again: 6 * hour,
    kept: [403],
  },
  {
    name: '429 with Retry-After in seconds',
    page: (response) => html(response, 'slow down', 429, { 'retry-after': '120' }),
    status: 'BLOCKED',
    code: 'TOO_MANY_REQUESTS',
    asked: 1,
    again: 2 * minute,
    kept: [429],
  },
  {
    name: '429 with Retry-After as a date',
    page: (response) =>
      html(response, 'slow down', 429, { 'retry-after': new Date(Date.now() + 600_000).toUTCString() }),
    status: 'BLOCKED',
    code: 'TOO_MANY_REQUESTS',
    asked: 1,
    again: 10 * minute,
    kept: [429],
  },
  {
    name: '429 without Retry-After',
    page: (response) => html(response, 'slow down', 429),
    status: 'BLOCKED',
    code: 'TOO_MANY_REQUESTS',
    asked: 1,
    again: 15 * minute,
    kept: [429],
  },
  {
    name: 'a challenge, 202 without a body',
    page: (response) => html(response, '', 202, { 'x-amzn-waf-action': 'challenge' }),
    status: 'BLOCKED',
    code: 'CHALLENGE',
    asked: 1,
    again: 6 * hour,
    kept: [202],
  },
  {
    name: 'a challenge page with 200',
    page: (response) =>
      html(
        response,
        '<html><body><div id="challenge-container"></div><script>AwsWafIntegration.getToken()</script></body></html>',
      ),
    status: 'BLOCKED',
    code: 'CHALLENGE',
    asked: 1,
    again: 6 * hour,
    kept: [200],
  },
  {
    name: 'a challenge page with 503',
    page: (response) => html(response, '<html><head><title>Just a moment...</title></head></html>', 503),
    status: 'BLOCKED',
    code: 'CHALLENGE',
    asked: 1,
    again: 6 * hour,
    kept: [503],
  },
  {
    name: '500',
    page: (response) => html(response, 'oops', 500),
    status: 'FAILED',
    code: 'SOURCE_UNAVAILABLE',
    asked: 3,
    again: 10 * minute,
    kept: [500, 500, 500],
  },
  {
    name: '503 with Retry-After',
    page: (response) => html(response, 'later', 503, { 'retry-after': '300' }),
    status: 'FAILED',
    code: 'SOURCE_UNAVAILABLE',
    asked: 1,
    again: 5 * minute,
    kept: [503],
  },
  {
    name: '500 once, and then an answer',
    page: afterTimes(
      1,
      (response) => html(response, 'oops', 500),
      (response, request) => html(response, goodPage(pathIn(request))),
    ),
    status: 'FRESH',
    code: null,
    asked: 2,
    again: null,
    kept: [500, 200],
  },
  { name: 'a timeout', page: () => {}, status: 'FAILED', code: 'TIMEOUT', asked: 3, again: 10 * minute, kept: [] },
  {
    name: 'a body that is cut off',
    page(response, request) {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '100000' });
      response.write(goodPage(pathIn(request)));
      setTimeout(() => response.destroy(), 20);
    },
    status: 'FAILED',
    code: 'CONNECTION',
    asked: 3,
    again: 10 * minute,
    kept: [],
  },
  {
    name: 'another content type',
    page(response, request) {
      response.writeHead(200, { 'content-type': 'application/pdf' });
      response.end(goodPage(pathIn(request)));
    },
    status: 'FAILED',
    code: 'SOURCE_CHANGED',
    asked: 1,
    again: day,
    kept: [200],
  },
  {
    name: 'a body of 200 MB',
    page(response) {
      response.writeHead(200, { 'content-type': 'text/html' });
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      let left = 200;
      const more = () => {
        while (left > 0 && !response.destroyed) {
          left -= 1;
          if (!response.write(chunk)) {
            response.once('drain', more);
            return;
          }
        }
        response.end();
      };
      more();
    },
    status: 'FAILED',
    code: 'TOO_LARGE',
    asked: 1,
    again: day,
    kept: [],
  },
  {
    name: 'a redirect to another host',
    page: redirect('https://elsewhere.example/m/other'),
    status: 'FAILED',
    code: 'REDIRECT_REFUSED',
    asked: 1,
    again: day,
    kept: [302],
  },
  {
    name: 'a redirect to another port of this machine',
    page: (response, request) => redirect(`${elsewhereUrl}/secret`)(response, request),
    status: 'FAILED',
    code: 'REDIRECT_REFUSED',
    asked: 1,
    again: day,
    kept: [302],
  },
  {
    name: 'a redirect in circles',
    page: (response, request) =>
      redirect(request.url?.endsWith('/again') ? request.url.replace('/again', '') : `${request.url}/again`)(
        response,
        request,
      ),
    status: 'FAILED',
    code: 'REDIRECT_REFUSED',
    asked: 2,
    again: day,
    kept: [302, 302],
  },
  {
    name: 'a redirect to a new path of the same host',
    page: (response, request) =>
      request.url?.endsWith('_new')
        ? html(response, goodPage(pathIn(request)))
        : redirect(`${request.url}_new`)(response, request),
    status: 'FRESH',
    code: null,
    asked: 2,
    again: null,
    kept: [302, 200],
  },
  {
    name: 'a robots.txt that forbids it',
    robots(response) {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.end('User-agent: *\nDisallow: /m/\n');
    },
    status: 'BLOCKED',
    code: 'ROBOTS_FORBIDS',
    asked: 0,
    again: day,
    kept: [],
  },
  {
    name: 'a robots.txt that cannot be had',
    robots: (response) => html(response, 'oops', 500),
    status: 'FAILED',
    code: 'ROBOTS_UNREACHABLE',
    asked: 0,
    again: hour,
    kept: [],
  },
  {
    name: 'a robots.txt whose connection breaks',
    robots: (response) => void response.destroy(),
    status: 'FAILED',
    code: 'ROBOTS_UNREACHABLE',
    asked: 0,
    again: hour,
    kept: [],
  },
  {
    name: 'a challenge in place of robots.txt',
    robots: (response) => html(response, '', 202, { 'x-amzn-waf-action': 'challenge' }),
    status: 'FAILED',
    code: 'ROBOTS_UNREACHABLE',
    asked: 0,
    again: hour,
    kept: [],
  },
  {
    name: 'no robots.txt',
    robots: (response) => html(response, 'none', 404),
    status: 'FRESH',
    code: null,
    asked: 1,
    again: null,
    kept: [200],
  },
  {
    name: 'JSON-LD that is none beside a good scorecard',
    page: (response, request) =>
      html(
        response,
        goodPage(pathIn(request)).replace(
          '</head>',
          '<script type="application/ld+json">{"@type": "Movie", </script></head>',
        ),
      ),
    status: 'FRESH',
    code: null,
    asked: 1,
    again: null,
    kept: [200],
  },
  {
    name: 'JSON-LD that is none, and nothing else',
    page: (response, request) =>
      html(
        response,
        `<html><head>${canonical(pathIn(request))}<script type="application/ld+json">{"@type": </script></head></html>`,
      ),
    status: 'FAILED',
    code: 'SOURCE_CHANGED',
    asked: 1,
    again: day,
    kept: [200],
  },
  {
    name: 'hostile HTML',
    page: (response, request) =>
      html(
        response,
        `<html><head>${canonical(pathIn(request))}<script type="application/ld+json">{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}</script>${'<div>'.repeat(
          50_000,
        )}<svg><script>alert(1)</script>\0\ud800${'<a href="javascript:'.repeat(1000)}`,
      ),
    status: 'FAILED',
    code: 'SOURCE_CHANGED',
    asked: 1,
    again: day,
    kept: [200],
  },
  {
    name: 'an empty page',
    page: (response) => html(response, ''),
    status: 'FAILED',
    code: 'SOURCE_CHANGED',
    asked: 1,
    again: day,
    kept: [200],
  },
  {
    name: 'the page of another title',
    page: (response) => html(response, goodPage('m/another')),
    status: 'FAILED',
    code: 'SOURCE_CHANGED',
    asked: 1,
    again: day,
    kept: [200],
  },
  {
    name: '404',
    page: (response) => html(response, 'none', 404),
    status: 'NOT_FOUND',
    code: null,
    asked: 1,
    again: 7 * day,
    kept: [404],
  },
];

beforeAll(async () => {
  elsewhere = createServer((_request, response) => {
    askedElsewhere += 1;
    response.end('secret');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => elsewhere.close(resolve)));

onEveryServer('what goes wrong at a source', (open) => {
  const table = faults();
  /** A title a fault. */
  const works = manyWorks(table.length);
  let origin: SourceOrigin;
  let site: Server;
  let server: ServerOfTest;
  let present: Fault;
  let pages = 0;

  beforeAll(async () => {
    origin = await startSourceOrigin({ titles: originTitles(works) });
    site = createServer((request, response) => {
      if (request.url === '/robots.txt')
        return (present.robots ?? ((one: ServerResponse) => html(one, 'none', 404)))(response, request);
      pages += 1;
      return (present.page ?? ((one: ServerResponse) => html(one, goodPage(pathIn(request)))))(response, request);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const rottenTomatoes = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    server = await open(
      madeCatalogue(works),
      true,
      {
        sites: { ...origin.sites, rottenTomatoes },
        sources: ['wikidata', 'rotten-tomatoes'],
        sourceContact: 'somebody@example.org',
        sourceGaps: gapsOf(1),
        sourceBudgetMs: 20_000,
      },
      { readerLimits: { timeoutMs: 1500, retryDelayMs: 5 } },
    );
  });
  afterAll(async () => {
    await server?.close();
    site?.closeAllConnections();
    await new Promise((resolve) => site?.close(resolve));
    await origin?.close();
  });

  it.each(table.map((fault, place) => ({ ...fault, place })))('$name', async ({ place, ...fault }) => {
    const { status, code, asked, again, kept } = fault;
    const { id } = works[place] as (typeof works)[0];
    present = fault;
    pages = 0;
    // What other faults have taught us of the host.
    await server.database.sql.query(`DELETE FROM source_host WHERE source = 'rotten-tomatoes'`);
    const began = Date.now();
    const { data, errors } = await ask(
      server,
      `{ title(imdbId: "${id}") { rottenTomatoes { tomatometer } enrichments { source status errorCode errorMessage nextReadAt } } }`,
    );
    expect(errors).toBeUndefined();
    await allRead(server);
    const { title } = data as unknown as { title: { rottenTomatoes: object | null; enrichments: State[] } };
    const state = title.enrichments.find(({ source }) => source === 'ROTTEN_TOMATOES');
    expect(state).toMatchObject({ status, errorCode: code });
    // What went wrong is said in words.
    expect(state?.errorMessage === null).toBe(code === null);
    expect(title.rottenTomatoes === null).toBe(status !== 'FRESH');
    expect(pages).toBe(asked);
    expect(askedElsewhere).toBe(0);
    if (again !== null) {
      const seconds = (Date.parse(state?.nextReadAt ?? '') - began) / 1000;
      expect(Math.abs(seconds - again)).toBeLessThan(60);
    }
    const lake = createPages(join(server.home, 'lake', 'pages'));
    const statuses: number[] = [];
    for await (const entry of lake.entries('rotten-tomatoes'))
      if (entry.kind === 'media' && entry.key.endsWith(`/t${Number(id.slice(2))}`)) statuses.push(entry.status);
    expect(statuses).toEqual(kept);
    const [stored] = await server.database.sql.query<{ answer: string | null; facts: unknown }>(
      `SELECT answer::text, facts FROM enrichment WHERE kind = 'rotten-tomatoes' AND subject = $1`,
      [id],
    );
    expect(stored?.answer).toBe(status === 'FRESH' ? 'FOUND' : status === 'NOT_FOUND' ? 'NOT_FOUND' : null);
    expect(stored?.facts === null).toBe(status !== 'FRESH');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

interface State {
  readonly source: string;
  readonly status: string;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly nextReadAt: string | null;
}
