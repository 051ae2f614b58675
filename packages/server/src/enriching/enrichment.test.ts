import { afterEach, expect, it } from 'vitest';
import {
  type OriginOptions,
  type SourceOrigin,
  startSourceOrigin,
  usualPlan,
} from '../../../sources/test/source-origin.ts';
import { allRead, askedTwice, gapsOf, impatient, manyWorks, originTitles } from '../../test/enriching-server.ts';
import { madeCatalogue } from '../../test/made-catalogue.ts';
import { ask, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';
import type { GivenConfig } from '../config.ts';

interface Enrichment {
  readonly source: string;
  readonly status: string;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly fetchedAt: string | null;
  readonly nextReadAt: string | null;
}

interface Facts {
  readonly name: string;
  readonly wikidataId: string | null;
  readonly imdb: { rating: number; plot: string | null } | null;
  readonly wikipedia: { summary: string; url: string } | null;
  readonly rottenTomatoes: { tomatometer: number; url: string } | null;
  readonly enrichments: Enrichment[];
}

const facts = `name wikidataId imdb { rating plot } wikipedia { summary url } rottenTomatoes { tomatometer url }
  enrichments { source status errorCode errorMessage fetchedAt nextReadAt }`;

const contact = 'somebody@example.org';
const allSources = ['imdb', 'wikidata', 'wikipedia', 'rotten-tomatoes', 'netflix'] as const;
const gapMs = 15;

onEveryServer('enrichment', (open) => {
  let server: ServerOfTest;
  let origin: SourceOrigin;
  afterEach(async () => {
    await server?.close();
    await origin?.close();
  });

  const works = manyWorks(12);
  const [film, series] = works as [(typeof works)[0], (typeof works)[0]];

  async function start(options: Partial<OriginOptions> = {}, config: GivenConfig = {}): Promise<void> {
    origin = await startSourceOrigin({ titles: originTitles(works), ...options });
    server = await open(
      madeCatalogue(works),
      true,
      {
        sites: origin.sites,
        sources: [...allSources],
        sourceContact: contact,
        sourceGaps: gapsOf(gapMs),
        sourceBudgetMs: 20_000,
        ...config,
      },
      { readerLimits: { retryDelayMs: 10, firstPauseMs: 50 } },
    );
  }

  async function titleOf(id: string, fields = facts): Promise<Facts> {
    const { data, errors } = await ask(server, `{ title(imdbId: "${id}") { ${fields} } }`);
    expect(errors).toBeUndefined();
    return (data as unknown as { title: Facts }).title;
  }

  const stateOf = ({ enrichments }: Facts, source: string) => {
    const found = enrichments.find((one) => one.source === source);
    if (found === undefined) throw new Error(`${source} is not among the enrichments`);
    return found;
  };

  const pagesOf = (site: string) =>
    origin.requests.filter((request) => request.site === site && request.answered !== 'ROBOTS');

  it('reads what is asked for, and nothing twice', async () => {
    await start();
    const first = await titleOf(film.id);
    expect(first).toMatchObject({
      name: film.name,
      wikidataId: 'Q1000000',
      imdb: { plot: `The plot of ${film.name}.` },
      wikipedia: { summary: `${film.name} is a made-up title.`, url: 'https://en.wikipedia.org/wiki/Article_1000000' },
      rottenTomatoes: { url: 'https://www.rottentomatoes.com/m/t1000000' },
    });
    for (const source of ['IMDB', 'WIKIDATA', 'WIKIPEDIA', 'ROTTEN_TOMATOES'])
      expect(stateOf(first, source)).toMatchObject({ status: 'FRESH', errorCode: null });
    const requests = origin.requests.length;
    expect(await titleOf(film.id)).toEqual(first);
    expect(origin.requests).toHaveLength(requests);
    expect(askedTwice(origin.requests)).toEqual([]);
  });

  it('asks no source whose field is not asked for', async () => {
    await start();
    await titleOf(film.id, 'name year enrichments { source status }');
    expect(origin.requests).toEqual([]);
    await titleOf(film.id, 'wikidataId');
    expect(new Set(origin.requests.map(({ site }) => site))).toEqual(new Set(['wikidataQuery', 'wikidata']));
  });

  it('says who asks, to every host', async () => {
    await start();
    await titleOf(film.id);
    const agents = new Set(origin.requests.map(({ userAgent }) => userAgent));
    expect([...agents]).toEqual([expect.stringMatching(/^Watchprint\/\d+\.\d+\.\d+ \(somebody@example\.org\)$/)]);
  });

  it('answers null with PENDING when time is up, and goes on behind', async () => {
    await start({ delayMs: 100 }, { sourceBudgetMs: 60 });
    const first = await titleOf(film.id);
    expect(first.wikipedia).toBeNull();
    expect(stateOf(first, 'WIKIPEDIA')).toMatchObject({ status: 'PENDING', fetchedAt: null, nextReadAt: null });
    await allRead(server);
    const requests = origin.requests.length;
    expect((await titleOf(film.id)).wikipedia).toMatchObject({ summary: `${film.name} is a made-up title.` });
    expect(origin.requests).toHaveLength(requests);
  });

  it('reads each page once for many who ask at once', async () => {
    await start({ delayMs: 30 });
    const query = `{ ${works.map(({ id }, place) => `t${place}: title(imdbId: "${id}") { ${facts} }`).join(' ')} }`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(server, query)));
    expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
    // A slow machine goes on behind the answers.
    await allRead(server);
    expect(askedTwice(origin.requests)).toEqual([]);
    expect(pagesOf('imdb')).toHaveLength(works.length);
    expect(pagesOf('rottenTomatoes')).toHaveLength(works.length);
    // Whatever was asked for together.
    expect(pagesOf('wikipedia').flatMap(({ key }) => key.split('|'))).toHaveLength(works.length);
    expect(impatient(origin.requests, gapMs)).toEqual([]);
  });

  it('keeps refusals, absences and answers apart', async () => {
    await start({ plan: usualPlan });
    const query = `{ ${works.map(({ id }, place) => `t${place}: title(imdbId: "${id}") { ${facts} }`).join(' ')} }`;
    const { data } = await ask(server, query);
    await allRead(server);
    const planned = { OK: 'FRESH', NOT_FOUND: 'NOT_FOUND', CHALLENGE: 'BLOCKED', TOO_MANY: 'BLOCKED' } as const;
    const titles = Object.values(data as unknown as Record<string, Facts>);
    expect(titles).toHaveLength(works.length);
    for (const [place, title] of titles.entries()) {
      const { id } = works[place] as (typeof works)[0];
      const plan = usualPlan('imdb', id);
      expect([id, stateOf(title, 'IMDB').status]).toEqual([id, planned[plan]]);
      expect(title.imdb === null).toBe(plan !== 'OK');
    }
    expect(askedTwice(origin.requests)).toEqual([]);
  });

  it('says CONTACT_MISSING, and asks Wikimedia nothing, without a contact', async () => {
    await start({}, { sourceContact: undefined as never });
    const title = await titleOf(film.id);
    expect(title.wikipedia).toBeNull();
    expect(title.imdb).not.toBeNull();
    for (const source of ['WIKIDATA', 'WIKIPEDIA', 'ROTTEN_TOMATOES'])
      expect(stateOf(title, source)).toMatchObject({ status: 'DISABLED', errorCode: 'CONTACT_MISSING' });
    expect(new Set(origin.requests.map(({ site }) => site))).toEqual(new Set(['imdb']));
    const { data } = await ask(server, '{ sources { name enabled errorCode } }');
    expect((data as unknown as { sources: object[] }).sources).toContainEqual({
      name: 'WIKIPEDIA',
      enabled: false,
      errorCode: 'CONTACT_MISSING',
    });
  });

  it('switches sources while it runs', async () => {
    await start();
    const set = (name: string, enabled: boolean) =>
      ask(
        server,
        'mutation ($input: UpdateSourceInput!) { updateSource(input: $input) { source { name enabled gapMilliseconds } } }',
        { input: { name, enabled, gapMilliseconds: 40 } },
      );
    expect((await set('ROTTEN_TOMATOES', false)).data).toEqual({
      updateSource: { source: { name: 'ROTTEN_TOMATOES', enabled: false, gapMilliseconds: 40 } },
    });
    const off = await titleOf(film.id);
    expect(off.rottenTomatoes).toBeNull();
    expect(stateOf(off, 'ROTTEN_TOMATOES')).toMatchObject({ status: 'DISABLED', errorCode: 'SWITCHED_OFF' });
    expect(pagesOf('rottenTomatoes')).toEqual([]);
    await set('ROTTEN_TOMATOES', true);
    expect((await titleOf(film.id)).rottenTomatoes).not.toBeNull();
    expect(
      (await ask(server, 'mutation { updateSource(input: { name: IMDB, gapMilliseconds: -1 }) { source { name } } }'))
        .errors?.[0]?.extensions.code,
    ).toBe('BAD_USER_INPUT');
  });

  it('answers what is out of date at once, and reads it again behind', async () => {
    await start();
    const first = await titleOf(film.id);
    await server.database.sql.query(
      `UPDATE enrichment SET fresh_until = now() - interval '1 hour' WHERE kind = 'rotten-tomatoes'`,
    );
    const pages = pagesOf('rottenTomatoes').length;
    const stale = await titleOf(film.id, 'rottenTomatoes { tomatometer url }');
    expect(stale.rottenTomatoes).toEqual(first.rottenTomatoes);
    await allRead(server);
    expect(pagesOf('rottenTomatoes')).toHaveLength(pages + 1);
    // It has not changed since: what is known counts again.
    expect(pagesOf('rottenTomatoes').at(-1)?.isConditional).toBe(true);
    const again = await titleOf(film.id);
    expect(stateOf(again, 'ROTTEN_TOMATOES').status).toBe('FRESH');
    expect(again.rottenTomatoes).toEqual(first.rottenTomatoes);
  });

  it('asks another page than before without a condition: “unchanged” would be said of that', async () => {
    await start();
    await titleOf(film.id);
    await server.database.sql.query(
      `UPDATE enrichment SET fresh_until = now() - interval '1 hour', page_key = 'm/wrong', facts = '{"tomatometer": 1}'
       WHERE kind = 'rotten-tomatoes'`,
    );
    await titleOf(film.id);
    await allRead(server);
    expect(pagesOf('rottenTomatoes').map(({ isConditional }) => isConditional)).toEqual([false, false]);
    expect((await titleOf(film.id)).rottenTomatoes).toMatchObject({ url: 'https://www.rottentomatoes.com/m/t1000000' });
  });

  it('tells the state that the facts beside it have, whatever is asked for first', async () => {
    await start();
    const { data } = await ask(
      server,
      `{ title(imdbId: "${film.id}") { netflix { available } wikipedia { summary } rottenTomatoes { tomatometer } enrichments { source status errorCode errorMessage } } }`,
    );
    const { title } = data as unknown as { title: Facts };
    for (const source of ['WIKIDATA', 'WIKIPEDIA', 'ROTTEN_TOMATOES'])
      expect([source, stateOf(title, source).status]).toEqual([source, 'FRESH']);
  });

  it('goes on with what is found by way of Wikidata after that was off for a while', async () => {
    await start({ delayMs: 150 }, { sourceBudgetMs: 20 });
    const set = (enabled: boolean) =>
      ask(server, `mutation { updateSource(input: { name: WIKIDATA, enabled: ${enabled} }) { source { enabled } } }`);
    const pending = await titleOf(film.id);
    expect(stateOf(pending, 'ROTTEN_TOMATOES').status).toBe('PENDING');
    await set(false);
    expect(stateOf(await titleOf(film.id), 'ROTTEN_TOMATOES')).toMatchObject({ status: 'DISABLED' });
    // As one that was wanted while Wikidata was off would stand there.
    await server.database.sql.query(
      `UPDATE enrichment SET wanted_at = now(), failure = NULL, retry_at = NULL, answer = NULL WHERE kind = 'rotten-tomatoes'`,
    );
    await server.database.sql.query(
      `UPDATE enrichment SET wanted_at = NULL, answer = NULL, failure = NULL, leased_by = NULL, leased_until = NULL WHERE kind = 'wikidata-item'`,
    );
    await set(true);
    await allRead(server);
    const after = await titleOf(film.id);
    expect(stateOf(after, 'ROTTEN_TOMATOES')).toMatchObject({ status: 'FRESH', errorCode: null });
    expect(after.rottenTomatoes).not.toBeNull();
  });

  it('keeps what is known when the source turns us away later', async () => {
    let refuses = false;
    await start({ plan: (site) => (refuses && site === 'rottenTomatoes' ? 'CHALLENGE' : 'OK') });
    const first = await titleOf(film.id);
    refuses = true;
    await server.database.sql.query(
      `UPDATE enrichment SET fresh_until = now() - interval '1 hour' WHERE kind = 'rotten-tomatoes'`,
    );
    await titleOf(film.id);
    await allRead(server);
    const refused = await titleOf(film.id);
    expect(refused.rottenTomatoes).toEqual(first.rottenTomatoes);
    expect(stateOf(refused, 'ROTTEN_TOMATOES')).toMatchObject({
      status: 'BLOCKED',
      errorCode: 'CHALLENGE',
      fetchedAt: stateOf(first, 'ROTTEN_TOMATOES').fetchedAt,
    });
    // Hours later, and not with the next request.
    const pages = pagesOf('rottenTomatoes').length;
    await titleOf(film.id);
    expect(pagesOf('rottenTomatoes')).toHaveLength(pages);
  });

  it('asks no page that robots.txt forbids, and robots.txt itself once', async () => {
    await start({ robots: 'User-agent: *\nDisallow: /tv/\n' });
    const [forbidden, allowed] = [await titleOf(series.id), await titleOf(film.id)];
    expect(forbidden.rottenTomatoes).toBeNull();
    expect(stateOf(forbidden, 'ROTTEN_TOMATOES')).toMatchObject({ status: 'BLOCKED', errorCode: 'ROBOTS_FORBIDS' });
    expect(allowed.rottenTomatoes).not.toBeNull();
    expect(pagesOf('rottenTomatoes').map(({ path }) => path)).toEqual(['/m/t1000000']);
    expect(
      origin.requests.filter(({ site, answered }) => site === 'rottenTomatoes' && answered === 'ROBOTS'),
    ).toHaveLength(1);
  });

  it('serves the parts of a series with what is said of the series', async () => {
    await start();
    const { data } = await ask(
      server,
      `{ title(imdbId: "${series.id}") { ... on Series { name rottenTomatoes { url } seasons { rottenTomatoes { url } wikipedia { summary } } } } }`,
    );
    expect(data).toMatchObject({ title: { rottenTomatoes: { url: 'https://www.rottentomatoes.com/tv/t1000007' } } });
  });

  it('takes many ids of strangers at once, as long as ids may be', async () => {
    await start();
    const aliases = Array.from(
      { length: 45 },
      (_, place) => `t${place}: title(rottenTomatoesId: "m/${String(place).padStart(200, 'x')}") { name }`,
    );
    const { data, errors } = await ask(server, `{ ${aliases.join(' ')} }`);
    expect(errors).toBeUndefined();
    expect(new Set(Object.values(data ?? {}))).toEqual(new Set([null]));
    await allRead(server);
  });

  it('finds titles by their ids elsewhere', async () => {
    await start();
    for (const by of ['wikidataId: "Q1000007"', 'rottenTomatoesId: "tv/t1000007"', 'netflixId: "1000007"']) {
      const { data } = await ask(server, `{ title(${by}) { name } }`);
      expect([by, data]).toEqual([by, { title: { name: series.name } }]);
    }
    const { data } = await ask(server, '{ title(netflixId: "999") { name } }');
    expect(data).toEqual({ title: null });
  });
});
