import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { isRobotsOld, robotsVerdict, shortRobots } from './robots.ts';
import type { StoredRobots } from './schedule.ts';

const origin = 'https://www.made-up.example';
const fetchedAt = new Date('2026-11-30T00:00:00Z');
const robots = (text: string, status: number | null = 200): StoredRobots => ({ status, text, fetchedAt });

const may = (text: string, path: string, status?: number | null) =>
  robotsVerdict(robots(text, status), `${origin}${path}`).may;

const gap = (text: string) => {
  const verdict = robotsVerdict(robots(text), `${origin}/`);
  return verdict.may ? verdict.gapMs : null;
};

describe('a robots.txt', () => {
  it('forbids what it says, and nothing else', () => {
    const text = 'User-agent: *\nDisallow: /search\nDisallow: /*.json$\nDisallow: /private/\nAllow: /private/press/\n';
    expect(robotsVerdict(robots(text), `${origin}/search?q=dark`)).toEqual({ may: false, because: 'ROBOTS_FORBIDS' });
    for (const path of ['/searching', '/data/a.json', '/private/', '/private/a'])
      expect([path, may(text, path)]).toEqual([path, false]);
    for (const path of ['/', '/title/tt1', '/data/a.json?b', '/private', '/private/press/a', '/a/search', '/SEARCH'])
      expect([path, may(text, path)]).toEqual([path, true]);
  });

  it('may have rules for us by name, which then are the only ones', () => {
    const text = 'User-agent: *\nDisallow: /\n\nUser-agent: watchprint\nDisallow: /search\n';
    expect(may(text, '/title/tt1')).toBe(true);
    expect(may(text, '/search')).toBe(false);
    expect(may('User-agent: *\nAllow: /\n\nUser-Agent: WatchPrint/2.0\nDisallow: /', '/title/tt1')).toBe(false);
    expect(may('User-agent: *\nDisallow: /\n\nUser-agent: Watchprint\nDisallow:\n', '/title/tt1')).toBe(true);
  });

  it('says nothing to us where it speaks to others', () => {
    const text = 'User-agent: GPTBot\nUser-agent: watchprint-news\nUser-agent: print\nDisallow: /\n';
    expect(may(text, '/title/tt1')).toBe(true);
  });

  it('may be written in any way that RFC 9309 knows', () => {
    const text =
      '\r\n# comment\r\n  USER-AGENT :  *  # all\r\nUnknown: x\r\nno colon\r\n\tDISALLOW:/a # b\r\rdisallow: /é\r';
    expect(may(text, '/a')).toBe(false);
    expect(may(text, '/%C3%A9')).toBe(false);
    expect(may(text, '/b')).toBe(true);
  });

  it.each([
    '',
    'Disallow: /',
    '<!DOCTYPE html><html><body>Not here</body></html>',
    '\0\ud800\uffff',
    '{"a": 1}',
    ':::',
  ])('forbids nothing where it has no rules: %j', (text) => expect(may(text, '/title/tt1')).toBe(true));

  it('is not there with 400 to 499, and then nothing is forbidden; redirects that lead nowhere are the same', () => {
    for (const status of [300, 301, 304, 400, 401, 403, 404, 410, 451])
      expect([status, may('', '/title/tt1', status)]).toEqual([status, true]);
  });

  it('forbids everything where it cannot be had: outages, too many requests, nothing at all', () => {
    for (const status of [null, 429, 500, 502, 503, 599, 100])
      expect(robotsVerdict(robots('', status), `${origin}/title/tt1`)).toEqual({
        may: false,
        because: 'ROBOTS_UNREACHABLE',
      });
  });

  it('asks for a gap, within reason', () => {
    expect(gap('User-agent: *\nCrawl-delay: 7')).toBe(7000);
    expect(gap('User-agent: *\nCrawl-delay: 0.5')).toBe(500);
    for (const many of ['86400', 'Infinity']) expect(gap(`User-agent: *\nCrawl-delay: ${many}`)).toBe(60_000);
    expect(gap('User-agent: *\nCrawl-delay: 5\n\nUser-agent: Watchprint\nCrawl-delay: 2')).toBe(2000);
    expect(gap('User-agent: another\nCrawl-delay: 5')).toBe(0);
    for (const junk of ['', 'soon', '-5', 'NaN', '1s'])
      expect([junk, gap(`User-agent: *\nCrawl-delay: ${junk}`)]).toEqual([junk, 0]);
  });
});

describe('what is known of a robots.txt', () => {
  const after = (milliseconds: number) => new Date(fetchedAt.getTime() + milliseconds);
  const minute = 60_000;
  const day = 24 * 60 * minute;

  it('holds for a day, whatever it was', () => {
    for (const status of [200, 404, 403, 301]) {
      expect(isRobotsOld(robots('', status), after(day))).toBe(false);
      expect(isRobotsOld(robots('', status), after(day + 1))).toBe(true);
    }
  });

  it('holds for ten minutes where it could not be had', () => {
    for (const status of [null, 429, 500, 503]) {
      expect(isRobotsOld(robots('', status), after(10 * minute))).toBe(false);
      expect(isRobotsOld(robots('', status), after(10 * minute + 1))).toBe(true);
    }
  });
});

describe('what is kept of a robots.txt', () => {
  it('is all of an ordinary one, with one name for all the others', () => {
    const text = [
      'User-agent: one',
      'User-agent: two # and more',
      'User-agent: *',
      'Crawl-delay: 1',
      'Disallow: /a',
      'user-agent: Watchprint/1.0',
      'Disallow: /b',
    ].join('\n');
    expect(shortRobots(text)).toBe(text.replace('User-agent: two # and more\n', ''));
  });

  it('is the beginning of one that does not end, without half a rule', () => {
    const text = `User-agent: *\nDisallow: /first\n${'# comment\n'.repeat(60_000)}Disallow: /last\n`;
    const short = shortRobots(text);
    expect(short.length).toBeLessThanOrEqual(512 * 1024);
    expect(may(short, '/first')).toBe(false);
    expect(may(short, '/last')).toBe(true);
    const rules = 600 * 1024;
    const cut = shortRobots(`User-agent: *\nAllow: /open\nDisallow: /${'x'.repeat(rules)}`);
    expect(cut).toBe('User-agent: *\nAllow: /open');
  });

  it('is read soon, however many names stand before however many rules', () => {
    const names = Array.from({ length: 12_000 }, (_, place) => `User-agent: robot${place}\n`).join('');
    const same = 'User-agent: *\nUser-agent: watchprint\n'.repeat(1000);
    const text = shortRobots(`${names}${same}${'Disallow: /x\n'.repeat(12_000)}Disallow: /y\n`);
    expect(text.match(/User-agent/g)).toHaveLength(3);
    expect(may(text, '/y')).toBe(false);
    expect(may(text, '/z')).toBe(true);
  });

  const line = fc.oneof(
    fc
      .constantFrom('*', 'Watchprint', 'watchprint/3', 'another', 'watchprint-news', '')
      .map((name) => `User-agent: ${name}`),
    fc
      .tuple(fc.constantFrom('Allow', 'Disallow', 'disallow '), fc.constantFrom('/', '/a', '/a/b', '/*b', '/c$', ''))
      .map(([rule, path]) => `${rule}: ${path}`),
    fc.constantFrom('', '# comment', 'Sitemap: /map.xml', 'Crawl-delay: 3', 'no colon', ': no field', 'User-agent'),
  );
  const paths = ['/', '/a', '/a/b', '/c', '/c/b'];
  const verdicts = (text: string) => paths.map((path) => robotsVerdict(robots(text), `${origin}${path}`));

  it('says the same as the whole', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        const text = lines.join(end);
        expect(verdicts(shortRobots(text))).toEqual(verdicts(text));
      }),
      { numRuns: 1000 },
    );
  });
});

const folder = join(corpus ?? '', 'pages', 'robots');
describe.skipIf(corpus === null)('captured robots.txt', () => {
  const files = corpus === null ? [] : readdirSync(folder);
  it.each(files)('%s says the same when it is kept', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    // Every path that it names.
    const paths = [...text.matchAll(/^\s*(?:dis)?allow\s*:\s*(\/[^\s#]*)/gim)].map(([, path = '']) => path);
    expect(paths).not.toEqual([]);
    for (const path of ['/', ...paths].slice(0, 200)) {
      const url = `${origin}${path.replace(/\*/g, 'anything').replace(/\$$/, '')}`;
      expect([path, robotsVerdict(robots(shortRobots(text)), url)]).toEqual([path, robotsVerdict(robots(text), url)]);
    }
  });
});
