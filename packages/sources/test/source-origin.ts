import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where each site of the origin is. */
export type OriginSites = Readonly<Record<OriginSite, string>>;
type OriginSite =
  | 'imdb'
  | 'imdbSuggestion'
  | 'wikidata'
  | 'wikidataQuery'
  | 'wikipedia'
  | 'rottenTomatoes'
  | 'netflix'
  | 'justwatch';

/** A title that the origin knows. Its other ids follow from the number in IMDb's. */
export interface OriginTitle {
  /** `tt0133093` */
  readonly id: string;
  readonly kind: 'MOVIE' | 'SERIES';
  readonly name: string;
  readonly year: number | null;
  /** What it is called too: searches find it by these. */
  readonly otherNames?: readonly string[];
}

/** What the origin answers of one thing that is asked for. */
export type Planned = 'OK' | 'NOT_FOUND' | 'CHALLENGE' | 'TOO_MANY';

export interface OriginRequest {
  readonly site: OriginSite;
  /** What was asked for, in the site's own terms: `tt0133093`, `m/t133093`; several, with `|` between, in one request. */
  readonly key: string;
  readonly path: string;
  readonly userAgent: string;
  /** Whether it asks for the page only if that has changed. */
  readonly isConditional: boolean;
  readonly answered: Planned | 'ROBOTS' | 'OTHER';
  readonly startedAt: number;
  /** When the answer was sent, or the connection broke. */
  endedAt: number;
  /** Whether the whole answer was sent. */
  isWhole: boolean;
}

export interface SourceOrigin {
  /** Each site at a port of its own. */
  readonly sites: OriginSites;
  readonly requests: OriginRequest[];
  close(): Promise<void>;
}

export interface OriginOptions {
  readonly titles: Iterable<OriginTitle>;
  /** What to answer, by site and key; of several in one request, the first key decides on refusals. Default: all OK. */
  readonly plan?: (site: OriginSite, key: string) => Planned;
  /** Before each answer, in milliseconds. Default 0. */
  readonly delayMs?: number;
  /** Of a TOO_MANY; null: it does not say. Default null. */
  readonly retryAfter?: string | null;
  /** Default: everything is allowed. */
  readonly robots?: string;
}

const numberOf = (id: string) => Number(id.slice(2));

/** 10 % not found, 5 % challenges, 5 % too many requests: always the same for the same key. */
export function usualPlan(_site: OriginSite, key: string): Planned {
  let hash = 2166136261;
  for (const character of key) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619) >>> 0;
  const share = ((hash ^ (hash >>> 15)) >>> 0) % 100;
  return share < 10 ? 'NOT_FOUND' : share < 15 ? 'CHALLENGE' : share < 20 ? 'TOO_MANY' : 'OK';
}

const etag = '"made-up"';

interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves pages of every source, in the layouts of 2026, with facts that follow from the titles' ids. */
export async function startSourceOrigin({
  titles,
  plan = () => 'OK',
  delayMs = 0,
  retryAfter = null,
  robots = 'User-agent: *\nAllow: /\n',
}: OriginOptions): Promise<SourceOrigin> {
  const byNumber = new Map([...titles].map((title) => [numberOf(title.id), title]));
  const requests: OriginRequest[] = [];
  const servers: Server[] = [];

  async function open(
    site: OriginSite,
    answer: (request: IncomingMessage, body: string) => Answer | null,
  ): Promise<string> {
    const server = createServer(
      (request, response) => void serve(site, answer, request, response).catch(() => response.destroy()),
    );
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function serve(
    site: OriginSite,
    answer: (request: IncomingMessage, body: string) => Answer | null,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const startedAt = performance.now();
    let body = '';
    for await (const chunk of request) body += chunk;
    const isRobots = request.url === '/robots.txt';
    const found = isRobots ? null : answer(request, body);
    const [first = ''] = found?.keys ?? [];
    const planned = isRobots ? 'ROBOTS' : found === null ? 'OTHER' : plan(site, first);
    const entry: OriginRequest = {
      site,
      key: found?.keys.join('|') ?? request.url ?? '',
      path: request.url ?? '',
      userAgent: request.headers['user-agent'] ?? '',
      isConditional: request.headers['if-none-match'] !== undefined,
      answered: planned,
      startedAt,
      endedAt: Number.NaN,
      isWhole: false,
    };
    requests.push(entry);
    response.on('close', () => {
      entry.endedAt = performance.now();
      entry.isWhole = response.writableFinished;
    });
    if (delayMs > 0) await sleep(delayMs);
    const { status, type, body: sent, headers } = answeredAs(planned, found);
    // Pages never change here.
    if (status === 200 && request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(status, { 'content-type': type, etag, ...headers }).end(sent);
  }

  function answeredAs(planned: OriginRequest['answered'], found: Answer | null): Answered {
    const html = 'text/html; charset=utf-8';
    if (planned === 'ROBOTS') return { status: 200, type: 'text/plain', body: robots };
    if (planned === 'CHALLENGE')
      return { status: 202, type: html, body: '', headers: { 'x-amzn-waf-action': 'challenge' } };
    if (planned === 'TOO_MANY')
      return {
        status: 429,
        type: 'text/plain',
        body: 'Too many requests',
        ...(retryAfter === null ? {} : { headers: { 'retry-after': retryAfter } }),
      };
    if (found === null) return { status: 404, type: html, body: '<html><title>404</title></html>' };
    // Of several the site leaves out those that it lacks.
    if (planned === 'NOT_FOUND' && !found.isBatch)
      return { status: 404, type: html, body: '<html><title>404</title></html>' };
    return { status: 200, type: found.type, body: found.body };
  }

  const has = (site: OriginSite, key: string) => plan(site, key) !== 'NOT_FOUND';

  const imdb = await open('imdb', ({ url = '' }) => {
    const [, id] = /^\/title\/(tt\d+)\/$/.exec(url) ?? [];
    const title = id === undefined ? undefined : byNumber.get(numberOf(id));
    return title === undefined ? null : { keys: [title.id], type: 'text/html', body: imdbPage(title), isBatch: false };
  });
  /** Titles whose name, or another name, begins so, or whose id it is; in the order given. */
  const begin = (text: string): OriginTitle[] =>
    [...byNumber.values()].filter(({ id, name, otherNames = [] }) =>
      [id, name, ...otherNames].some((one) => one.toLowerCase().startsWith(text.toLowerCase())),
    );

  const imdbSuggestion = await open('imdbSuggestion', ({ url = '' }) => {
    const [, text] = /^\/suggestion\/x\/([^/]+)\.json$/.exec(url) ?? [];
    if (text === undefined) return null;
    const name = decodeURIComponent(text);
    const found = has('imdbSuggestion', name) ? begin(name).slice(0, 8) : [];
    const d = found.map(({ id, kind, name, year }) => ({
      id,
      l: name,
      qid: kind === 'MOVIE' ? 'movie' : 'tvSeries',
      rank: numberOf(id),
      ...(year === null ? {} : { y: year }),
    }));
    return { keys: [name], type: 'application/json', isBatch: true, body: JSON.stringify({ d, q: name, v: 1 }) };
  });
  const wikidata = await open('wikidata', ({ url = '' }) => {
    const parameters = new URL(url, 'http://origin').searchParams;
    const name = parameters.get('search');
    if (name !== null) return { ...searchAnswer(parameters.get('language') ?? '', name), isBatch: true };
    const ids = parameters.get('ids')?.split('|');
    if (ids === undefined) return null;
    const entities = ids.map((id) => {
      const title = byNumber.get(Number(id.slice(1)));
      return [id, title === undefined ? codeEntity(id) : itemEntity(title)] as const;
    });
    return {
      keys: ids,
      type: 'application/json',
      isBatch: true,
      body: JSON.stringify({ entities: Object.fromEntries(entities), success: 1 }),
    };
  });
  function searchAnswer(language: string, name: string) {
    const found = has('wikidata', `${language}:${name}`) ? begin(name) : [];
    const search = found.map(({ id, name: label, otherNames = [] }) => {
      const text = [label, ...otherNames].find((one) => one.toLowerCase().startsWith(name.toLowerCase())) ?? label;
      const type = text === label ? 'label' : 'alias';
      return { id: `Q${numberOf(id)}`, label, description: 'made-up title', match: { type, language, text } };
    });
    return {
      keys: [`${language}:${name}`],
      type: 'application/json',
      body: JSON.stringify({ searchinfo: { search: name }, search, success: 1 }),
    };
  }
  const wikidataQuery = await open('wikidataQuery', (_request, body) => {
    const query = new URLSearchParams(body).get('query') ?? '';
    const pairs = [...query.matchAll(/\(wdt:(P\d+) "([^"]+)"\)/g)].map(([, property = '', value = '']) => ({
      property,
      value,
    }));
    const bindings = pairs.flatMap(({ property, value }) => {
      const number = Number(/(\d+)$/.exec(value)?.[1] ?? Number.NaN);
      if (!byNumber.has(number) || !has('wikidataQuery', `${property}=${value}`)) return [];
      return [
        {
          property: { type: 'uri', value: `http://www.wikidata.org/prop/direct/${property}` },
          value: { type: 'literal', value },
          item: { type: 'uri', value: `http://www.wikidata.org/entity/Q${number}` },
        },
      ];
    });
    return {
      keys: pairs.map(({ property, value }) => `${property}=${value}`),
      type: 'application/sparql-results+json',
      isBatch: true,
      body: JSON.stringify({ head: { vars: ['property', 'value', 'item'] }, results: { bindings } }),
    };
  });
  const wikipedia = await open('wikipedia', ({ url = '' }) => {
    const names = new URL(url, 'http://origin').searchParams.get('titles')?.split('|');
    if (names === undefined) return null;
    const pages = names.map((name) => {
      const number = Number(/(\d+)$/.exec(name)?.[1] ?? Number.NaN);
      const title = byNumber.get(number);
      if (title === undefined || !has('wikipedia', name)) return { ns: 0, title: name, missing: true };
      return {
        pageid: number,
        ns: 0,
        title: name,
        extract: `${title.name} is a made-up title.\nIts second paragraph is not part of a summary.`,
        pageprops: { wikibase_item: `Q${number}` },
        fullurl: `https://en.wikipedia.org/wiki/${encodeURIComponent(name.replaceAll(' ', '_'))}`,
        description: 'made-up title',
        thumbnail: { source: 'https://upload.wikimedia.org/made-up.jpg', width: 10, height: 10 },
      };
    });
    return {
      keys: names,
      type: 'application/json',
      isBatch: true,
      body: JSON.stringify({ batchcomplete: true, query: { pages } }),
    };
  });
  const rottenTomatoes = await open('rottenTomatoes', ({ url = '' }) => {
    const [, path, number, season] = /^\/((?:m|tv)\/t(\d+)(?:\/s(\d+))?)$/.exec(url) ?? [];
    const title = byNumber.get(Number(number));
    if (path === undefined || title === undefined) return null;
    return { keys: [path], type: 'text/html', body: rottenTomatoesPage(title, path, season), isBatch: false };
  });
  const netflix = await open('netflix', ({ url = '' }) => {
    const [, region, number] = /^\/([a-z]{2})\/title\/(\d+)$/.exec(url) ?? [];
    const title = byNumber.get(Number(number));
    if (region === undefined || title === undefined) return null;
    return { keys: [`${region.toUpperCase()}/${number}`], type: 'text/html', body: netflixPage(title), isBatch: false };
  });
  const nowhere = await open('justwatch', () => null);
  return {
    sites: {
      imdb,
      imdbSuggestion,
      wikidata,
      wikidataQuery,
      wikipedia,
      rottenTomatoes,
      netflix,
      justwatch: nowhere,
    },
    requests,
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

interface Answer {
  readonly keys: readonly string[];
  readonly type: string;
  readonly body: string;
  readonly isBatch: boolean;
}

const imdbPage = ({ id, kind, name, year }: OriginTitle): string => {
  const above = {
    id,
    titleText: { text: name },
    originalTitleText: { text: name },
    titleType: { id: kind === 'MOVIE' ? 'movie' : 'tvSeries' },
    releaseYear: year === null ? null : { year, endYear: null },
    ratingsSummary: { aggregateRating: ratingOf(id), voteCount: numberOf(id) },
    runtime: { seconds: 5400 },
    certificate: { rating: 'PG' },
    genres: { genres: [{ text: 'Drama' }] },
    plot: { plotText: { plainText: `The plot of ${name}.` } },
  };
  const data = {
    props: { pageProps: { tconst: id, aboveTheFoldData: above, mainColumnData: { id } } },
    page: '/title/[tconst]',
  };
  return `<!DOCTYPE html><html><head><link rel="canonical" href="https://www.imdb.com/title/${id}/"/></head><body>
<script id="__NEXT_DATA__" type="application/json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script></body></html>`;
};

/** 1.0 to 9.9 */
const ratingOf = (id: string) => ((numberOf(id) % 90) + 10) / 10;

const statement = (property: string, value: unknown) => ({
  mainsnak: { snaktype: 'value', property, datavalue: { value } },
  type: 'statement',
  rank: 'normal',
});

function itemEntity({ id, kind, name, year }: OriginTitle) {
  const number = numberOf(id);
  const rotten = `${kind === 'MOVIE' ? 'm' : 'tv'}/t${number}`;
  return {
    type: 'item',
    id: `Q${number}`,
    labels: { en: { language: 'en', value: name } },
    claims: {
      P31: [statement('P31', { 'entity-type': 'item', id: kind === 'MOVIE' ? 'Q11424' : 'Q5398426' })],
      P345: [statement('P345', id)],
      P1258: [statement('P1258', rotten)],
      P1874: [statement('P1874', String(number))],
      P495: [statement('P495', { 'entity-type': 'item', id: 'Q30' })],
      P364: [statement('P364', { 'entity-type': 'item', id: 'Q1860' })],
      ...(year === null ? {} : { P577: [statement('P577', { time: `+${year}-03-01T00:00:00Z`, precision: 11 })] }),
    },
    sitelinks: { enwiki: { site: 'enwiki', title: `Article ${number}` } },
  };
}

const codeEntity = (id: string) => ({
  type: 'item',
  id,
  labels: {},
  claims:
    id === 'Q30' ? { P297: [statement('P297', 'US')] } : id === 'Q1860' ? { P218: [statement('P218', 'en')] } : {},
  sitelinks: {},
});

function rottenTomatoesPage({ id, kind, name, year }: OriginTitle, path: string, season: string | undefined): string {
  const score = numberOf(id) % 101;
  const card = {
    criticsScore: {
      averageRating: '7.10',
      certified: false,
      reviewCount: 100,
      score: String(score),
      sentiment: 'POSITIVE',
    },
    audienceScore: { averageRating: '4.1', score: '70', scoreType: 'ALL', bandedRatingCount: '1,000+ Ratings' },
  };
  const type = kind === 'MOVIE' ? 'Movie' : season === undefined ? 'TvSeries' : 'TvSeason';
  const vanity = { emsId: `ems-${numberOf(id)}`, href: `/${path}`, mediaType: type, title: name };
  const hero = { content: { title: name, metadataProps: year === null ? [] : [String(year), '1h 30m'] } };
  const url = `https://www.rottentomatoes.com/${path}`;
  const script = (attributes: string, value: unknown) =>
    `<script ${attributes} type="application/json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;
  return `<!DOCTYPE html><html><head><link rel="canonical" href="${url}"></head><body>
${script('id="media-hero-json" data-json="mediaHero"', hero)}
${script('data-json="vanity"', vanity)}
${script('id="media-scorecard-json" data-json="mediaScorecard"', card)}
<div id="critics-consensus"><p>Critics agree on ${name.replaceAll('<', '')}.</p></div></body></html>`;
}

const netflixPage = ({ id, name }: OriginTitle): string => `<!DOCTYPE html><html><head>
<meta data-rh="true" property="og:title" content="Watch ${name.replace(/[<>"&]/g, '')} | Netflix Official Site"/>
<meta data-rh="true" property="og:url" content="https://www.netflix.com/au/title/${numberOf(id)}"/>
<meta data-rh="true" property="og:description" content="A made-up synopsis."/></head><body></body></html>`;
