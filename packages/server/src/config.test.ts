import { describe, expect, it } from 'vitest';
import { completeConfig, readConfig } from './config.ts';
import { limitSettings } from './limits.ts';
import { createServer } from './server.ts';

const refusalOf = (variables: Record<string, string>) => {
  try {
    readConfig(variables);
    return null;
  } catch (error) {
    return error as Error;
  }
};

describe('settings of the doors', () => {
  it('takes any address of this machine without sign-in, and no other', () => {
    for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost'])
      expect(readConfig({ HOST: host })).toMatchObject({ host, auth: 'local' });
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'watch.example', '127.0.0.1.example', '::ffff:127.0.0.1']) {
      expect(refusalOf({ HOST: host })).toMatchObject({
        code: 'CONFIG',
        message: expect.stringMatching(/^HOST: .*AUTH=/),
      });
      expect(readConfig({ HOST: host, AUTH: 'tokens' })).toMatchObject({ host, auth: 'tokens' });
    }
  });

  it('does not start on such an address when a program sets it either', async () => {
    const config = { host: '0.0.0.0', databaseUrl: 'memory:', logLevel: 'silent' };
    await expect(createServer({ config })).rejects.toMatchObject({ code: 'CONFIG' });
  });

  it('wants to know whose JWTs, and for whom', () => {
    const issuer = 'https://issuer.example';
    expect(refusalOf({ AUTH: 'jwt' })?.message).toMatch(/^JWT_ISSUER/);
    expect(refusalOf({ AUTH: 'jwt', JWT_ISSUER: issuer })?.message).toMatch(/^JWT_AUDIENCE/);
    expect(readConfig({ AUTH: 'jwt', JWT_ISSUER: issuer, JWT_AUDIENCE: 'watchprint' })).toMatchObject({ auth: 'jwt' });
    for (const wrong of ['http://issuer.example', 'issuer.example', 'ftp://issuer.example'])
      for (const name of ['JWT_ISSUER', 'JWKS_URL'])
        expect(refusalOf({ [name]: wrong })?.message).toMatch(new RegExp(`^${name}: expected an https`));
    expect(readConfig({ JWKS_URL: 'http://127.0.0.1:9/keys' }).jwksUrl).toBe('http://127.0.0.1:9/keys');
  });

  it('takes names and origins that a browser would send', () => {
    expect(readConfig({ ALLOWED_HOSTS: 'Watch.example, 192.168.1.5,[2001:db8::1]' }).allowedHosts).toEqual([
      'watch.example',
      '192.168.1.5',
      '[2001:db8::1]',
    ]);
    for (const wrong of ['*', 'https://watch.example', 'watch.example:80', 'a b'])
      expect(refusalOf({ ALLOWED_HOSTS: wrong })?.message).toMatch(/^ALLOWED_HOSTS/);
    expect(readConfig({ ALLOWED_ORIGINS: 'https://app.example' }).allowedOrigins).toEqual(['https://app.example']);
    for (const wrong of ['*', 'null', 'app.example', 'https://app.example/', 'https://app.example/page'])
      expect(refusalOf({ ALLOWED_ORIGINS: wrong })?.message).toMatch(/^ALLOWED_ORIGINS/);
  });

  it('reads every limit, and refuses what is no count', () => {
    for (const name of Object.keys(limitSettings)) {
      expect(readConfig({ [name]: '7' }).limits).toMatchObject({ [name]: 7 });
      for (const wrong of ['0', '-1', 'many', '1.5'])
        expect(refusalOf({ [name]: wrong })?.message).toMatch(new RegExp(`^${name}: `));
    }
  });
});

describe('settings that a program gives', () => {
  it('are read by the rules of the variables', () => {
    const all = readConfig({
      WATCHPRINT_HOME: '/srv/watchprint',
      DATABASE_URL: 'postgres://there/watch',
      ALLOWED_HOSTS: 'a.example,b.example',
      ALLOWED_ORIGINS: 'https://a.example,https://b.example',
      UPLOAD_LIMIT: '3 MiB',
      PORT: '0',
      AUTH: 'jwt',
      JWT_ISSUER: 'https://issuer.example',
      JWT_AUDIENCE: 'watchprint',
      JWKS_URL: 'https://issuer.example/keys',
      REGION: 'NZ',
      HOST: '0.0.0.0',
      LOG_LEVEL: 'warn',
      QUERY_COST: '7',
    });
    expect(completeConfig(all)).toEqual(all);
    expect(completeConfig({})).toEqual(readConfig({}));
    expect(completeConfig({ limits: { QUERY_DEPTH: 3 }, region: undefined as never }).limits).toEqual({
      ...readConfig({}).limits,
      QUERY_DEPTH: 3,
    });
  });

  it.each([
    [{ databaseUrl: 'mysql://there/watch' }, 'DATABASE_URL'],
    [{ logLevel: 'quiet' }, 'LOG_LEVEL'],
    [{ port: -1 }, 'PORT'],
    [{ uploadLimit: 0.5 }, 'UPLOAD_LIMIT'],
    [{ region: 'Australia' }, 'REGION'],
    [{ allowedOrigins: ['app.example'] }, 'ALLOWED_ORIGINS'],
    [{ auth: 'basic' as never }, 'AUTH'],
    [{ limits: { QUERY_COST: -1 } }, 'QUERY_COST'],
  ])('stop the start where they are wrong: %o', async (config, name) => {
    // In memory, so that a start that is not stopped leaves nothing.
    const started = createServer({ config: { databaseUrl: 'memory:', ...config } }).then((server) => server.close());
    await expect(started).rejects.toMatchObject({
      code: 'CONFIG',
      message: expect.stringMatching(new RegExp(`^${name}: `)),
    });
  });
});

it('says that Yarn’s Plug’n’Play is not supported, and what is', async () => {
  const started = () => createServer({ config: { databaseUrl: 'memory:', logLevel: 'silent' } });
  Object.defineProperty(process.versions, 'pnp', { value: '3', configurable: true });
  try {
    await expect(started()).rejects.toMatchObject({ code: 'CONFIG', message: expect.stringContaining('nodeLinker') });
  } finally {
    delete (process.versions as { pnp?: string }).pnp;
  }
});

describe('sources', () => {
  it('are the five that need no further word, unless others are named; none is a choice', () => {
    expect(readConfig({}).sources).toEqual(['imdb', 'wikidata', 'wikipedia', 'rotten-tomatoes', 'netflix']);
    expect(readConfig({ SOURCES: '' }).sources).toEqual([]);
    expect(readConfig({ SOURCES: ' IMDb, justwatch ' }).sources).toEqual(['imdb', 'justwatch']);
    expect(() => readConfig({ SOURCES: 'imbd' })).toThrow('SOURCES: expected some of imdb, wikidata');
  });

  it('are asked as often as it says, and where', () => {
    expect(readConfig({ SOURCE_GAPS: 'imdb=9000, wikidata = 10' }).sourceGaps).toEqual({ imdb: 9000, wikidata: 10 });
    expect(() => readConfig({ SOURCE_GAPS: 'imdb=soon' })).toThrow('SOURCE_GAPS: expected sources with milliseconds');
    expect(readConfig({}).sites).toMatchObject({
      wikidataQuery: 'https://query.wikidata.org',
      wikipedia: 'https://{language}.wikipedia.org',
    });
    // A mirror has both.
    expect(readConfig({ WIKIDATA_URL: 'http://127.0.0.1:5000' }).sites.wikidataQuery).toBe('http://127.0.0.1:5000');
    for (const own of ['https://www.wikidata.org', ' https://WWW.wikidata.org/ '])
      expect(readConfig({ WIKIDATA_URL: own }).sites.wikidataQuery).toBe('https://query.wikidata.org');
    for (const wrong of ['https://:p@m.example', 'https://m.example?', 'https://{lang}.m.example'])
      expect(() => readConfig({ WIKIPEDIA_URL: wrong }), wrong).toThrow('WIKIPEDIA_URL');
    expect(() => readConfig({ IMDB_URL: 'garbage' })).toThrow(/^IMDB_URL: [^\n]*$/);
    expect(() => readConfig({ SOURCES: 'imdb,imbd' })).toThrow('not imbd');
    expect(() => readConfig({ SOURCE_GAPS: 'imdb=99999999' })).toThrow('up to 3600000');
    expect(
      readConfig({ IMDB_URL: 'http://127.0.0.1:1', IMDB_SUGGESTION_URL: 'http://127.0.0.1:2' }).sites,
    ).toMatchObject({
      imdb: 'http://127.0.0.1:1',
      imdbSuggestion: 'http://127.0.0.1:2',
    });
    expect(() => completeConfig({ sites: { imbd: 'http://127.0.0.1:1' } })).toThrow('there is no site imbd');
    expect(() => readConfig({ IMDB_URL: 'http://mirror.example' })).toThrow('IMDB_URL: expected an https:// address');
    expect(() => readConfig({ WIKIPEDIA_URL: 'ftp://{language}.example' })).toThrow('WIKIPEDIA_URL');
  });

  it('are the same for a program', () => {
    const { sources, sourceGaps, sites } = completeConfig({
      sources: [],
      sourceGaps: { imdb: 7 },
      sites: { imdb: 'http://127.0.0.1:1' },
    });
    expect([sources, sourceGaps, sites.imdb]).toEqual([[], { imdb: 7 }, 'http://127.0.0.1:1']);
  });
});
