import { describe, expect, it } from 'vitest';
import { UnknownLayoutError } from '../page.ts';
import { wikipediaInfobox } from './wikipedia-infobox.ts';

const origin = 'https://en.wikipedia.org';
const key = 'en:The Harbour (film)';

const row = (label: string, value: string) =>
  `<tr><th scope="row" class="infobox-label">${label}</th><td class="infobox-data">${value}</td></tr>`;
const list = (...points: string[]) =>
  `<div class="plainlist"><ul>${points.map((point) => `<li>${point}</li>`).join('\n')}</ul></div>`;
const date = (words: string, iso: string) =>
  `${words}<span style="display:none">&#160;(<span class="bday dtstart">${iso}</span>)</span>`;
const box = (...rows: string[]) =>
  `<table class="infobox vevent"><tbody><tr><th colspan="2" class="infobox-above summary">The Harbour</th></tr>${rows.join('')}</tbody></table>`;

const film = box(
  row('Directed by', '<a href="./Ana">Ana Ruiz</a><sup class="mw-ref reference">[1]</sup>'),
  row('Screenplay by', list('Bo Lind', 'Ana Ruiz')),
  row('Story by', 'Cy Moe<br/>Bo Lind'),
  row('Produced by', 'Di Poe<br/>Ed Roe'),
  row('Starring', list('<a>Fi Soe</a>', '<a>Gil Toe</a><style>.a{}</style>')),
  row('Music by', 'Hal Voe'),
  row('<div>Production<br/>companies </div>', list('Pier One', 'Quay Two')),
  row('Distributed by', 'Made Up (Australia)'),
  row('Release dates', list(date('May 2, 2031', '2031-05-02'), `${date('April 1, 2031', '2031-04-01')} (Cannes)`)),
  row('Running time', '101 minutes<sup>[2]</sup>'),
  row('Countries', list('Norway', 'New Zealand')),
  row('Language', 'Norwegian, English <link rel="mw:PageProp/Category" href="./Category:X"/>'),
  row('Budget', '$5 million'),
  row('Box office', '$7.5&#160;million'),
);

const parsoid = (content: string, { title = 'The_Harbour_(film)', head = '' } = {}) => `<!DOCTYPE html>
<html prefix="dc: http://purl.org/dc/terms/ mw: http://mediawiki.org/rdf/" about="https://en.wikipedia.org/wiki/Special:Redirect/revision/9000002">
<head><meta property="mw:pageId" content="9000001"/><meta property="dc:modified" content="2031-06-01T10:00:00.000Z"/>
<link rel="dc:isVersionOf" href="//en.wikipedia.org/wiki/${title}"/><title>&lt;i>The Harbour&lt;/i> (film)</title>${head}</head>
<body class="mw-body-content mw-parser-output"><section data-mw-section-id="0">${content}</section>
<section data-mw-section-id="1"><h2>Plot</h2><p>Somebody waits.</p></section></body></html>`;
const lead =
  '<p class="mw-empty-elt"> </p><p><i>The Harbour</i> is a 2031 film<sup>[1]</sup> with <a>Fi Soe</a>, <a>Gil Toe</a> and <a>Ida</a>.</p><p>Second.</p>';

const read = (body: string, asked = key, url = `${origin}/api/rest_v1/page/html/x`) =>
  wikipediaInfobox.read({ url, status: 200, headers: {}, body }, [asked]).get(asked);
const factsOf = (...rows: string[]) => {
  const reading = read(parsoid(box(...rows)));
  return reading?.status === 'FOUND' ? reading.facts : reading;
};

describe('the page of an article', () => {
  it('is asked by its title, as one part of the path', () => {
    expect(wikipediaInfobox.request(['en:Face/Off (film)'], origin).url).toBe(
      `${origin}/api/rest_v1/page/html/Face%2FOff_(film)`,
    );
  });

  it('tells of a film what its box has', () => {
    expect(read(parsoid(film + lead))).toEqual({
      status: 'FOUND',
      facts: {
        pageTitle: 'The Harbour (film)',
        kind: 'film',
        pageId: 9_000_001,
        revision: 9_000_002,
        modified: '2031-06-01T10:00:00.000Z',
        summary: 'The Harbour is a 2031 film with Fi Soe, Gil Toe and Ida.',
        directors: ['Ana Ruiz'],
        writers: ['Bo Lind', 'Ana Ruiz', 'Cy Moe'],
        producers: ['Di Poe', 'Ed Roe'],
        creators: null,
        starring: ['Fi Soe', 'Gil Toe'],
        composers: ['Hal Voe'],
        genres: null,
        countries: ['Norway', 'New Zealand'],
        languages: ['Norwegian', 'English'],
        runningTime: '101 minutes',
        releaseDate: '2031-04-01',
        networks: null,
        productionCompanies: ['Pier One', 'Quay Two'],
        distributors: ['Made Up (Australia)'],
        budget: '$5 million',
        boxOffice: '$7.5 million',
        seasonCount: null,
        episodeCount: null,
        linkedImdbIds: [],
        linkedRottenTomatoesIds: [],
      },
    });
  });

  it('tells of a series how many seasons and episodes it has, and where it was shown', () => {
    const facts = factsOf(
      row('Genre', '<a>Drama</a>, thriller'),
      row('Created by', 'Ana Ruiz'),
      row('Country of origin', 'Norway'),
      row('Original language', 'Norwegian'),
      row('No. of seasons', '2'),
      row('No. of episodes', '1,020 <span class="nowrap">(<a>list of episodes</a>)</span>'),
      row('Executive producers', 'Nobody'),
      row('Network', '<a>NRK</a>, <a>Netflix</a>'),
      row('Release', `${date('February 1, 2030', '2030-02-01')} –<br/>present`),
    );
    expect(facts).toMatchObject({
      kind: 'tv',
      genres: ['Drama', 'thriller'],
      creators: ['Ana Ruiz'],
      countries: ['Norway'],
      languages: ['Norwegian'],
      seasonCount: 2,
      episodeCount: 1_020,
      networks: ['NRK', 'Netflix'],
      producers: null,
      releaseDate: '2030-02-01',
    });
  });

  it.each(['Release date', 'Release date(s)', 'Release dates', 'Original release', 'First shown'])(
    'finds the date under %s',
    (label) => {
      const rows = [row('Starring', 'x'), row('Directed by', 'x'), row(label, date('x', '2031-04-01'))];
      expect(factsOf(...rows)).toMatchObject({ releaseDate: '2031-04-01' });
    },
  );

  it.each([
    ['the first is a month only', ['2031-04', '2031-05-02']],
    ['it is none', ['2031-13-45']],
    ['it is empty', ['']],
  ])('has no date where %s', (_, dates) => {
    const rows = [row('Starring', 'x'), row('Directed by', 'x')];
    const cell = list(...dates.map((iso) => date('x', iso)));
    expect(factsOf(...rows, row('Release date', cell))).toMatchObject({ releaseDate: null });
  });

  it.each(['5,000+', '12 (season 1)<br/>10 (season 2)', 'TBA', '10–12', '1234567'])(
    'does not guess a count from %s',
    (text) => {
      expect(factsOf(row('No. of episodes', text))).toMatchObject({ kind: 'tv', episodeCount: null });
    },
  );

  it('takes a film that was made for television for a film', () => {
    const rows = [row('Genre', 'x'), row('Directed by', 'x'), row('Starring', 'x'), row('Network', 'x')];
    expect(factsOf(...rows)).toMatchObject({ kind: 'film' });
  });

  it('takes a series without episodes yet for a series', () => {
    const rows = [
      row('Genre', 'x'),
      row('Created by', 'x'),
      row('Starring', 'x'),
      row('Network', 'x'),
      row('Running time', 'x'),
    ];
    expect(factsOf(...rows)).toMatchObject({ kind: 'tv', seasonCount: null });
  });

  it.each([
    ['without a box', lead],
    ['on a person', box(row('Born', date('x', '1980-01-01')), row('Occupation', 'Director')) + lead],
    ['on a novel', box(row('Author', 'x'), row('Genre', 'x'), row('Publisher', 'x')) + lead],
    [
      'on a game',
      box(row('Director(s)', 'x'), row('Platform(s)', 'x'), row('Running time', 'x'), row('Starring', 'x')),
    ],
    ['on an episode', box(row('Episode no.', 'Season 1'), row('Directed by', 'x'), row('Running time', 'x'))],
    ['on manga and what was made of it', box(row('Volumes', '9'), row('Directed by', 'x'), row('Starring', 'x'))],
    ['in another language', box(row('Regie', 'Ana Ruiz'), row('Erscheinungsjahr', '2031')) + lead],
    [
      'on one season',
      `<table class="infobox"><tbody><tr><td colspan="2" class="infobox-subheader">Season 2</td></tr>${row('No. of episodes', '8')}</tbody></table>`,
    ],
  ])('is NOT_FOUND of an article %s', (_, content) => {
    expect(read(parsoid(content))).toEqual({ status: 'NOT_FOUND' });
  });

  it('looks for the box in the lead alone, past boxes of something else', () => {
    const game = box(row('Publisher', 'x'), row('Directed by', 'x'), row('Starring', 'x'));
    expect(read(parsoid(`${game}<div>${film}</div>`))).toMatchObject({ status: 'FOUND' });
    expect(read(parsoid(`${lead}</section><section data-mw-section-id="2"><h2>Film</h2>${film}`))).toEqual({
      status: 'NOT_FOUND',
    });
  });

  it('is unreadable where a box is there and not marked as one, and not only missing', () => {
    const plain = film.replace('class="infobox vevent"', 'class="panel"');
    expect(() => read(parsoid(plain + lead))).toThrow(UnknownLayoutError);
    expect(() => read(parsoid(`<div>${plain}</div>${lead}`))).toThrow(UnknownLayoutError);
    expect(() => read(parsoid(film + lead).replaceAll('data-mw-section-id', 'data-section'))).toThrow(
      UnknownLayoutError,
    );
    expect(() => read(parsoid(film + lead).replace('data-mw-section-id="0"', ''))).toThrow(UnknownLayoutError);
    const other = '<table class="wikitable"><tbody><tr><th>Cast</th><td>Ida</td></tr></tbody></table>';
    expect(read(parsoid(other + lead))).toEqual({ status: 'NOT_FOUND' });
  });

  it('lists which titles it links, each once, and no copies in archives', () => {
    const links = [
      'https://www.imdb.com/title/tt9000001/',
      'https://www.imdb.com/title/tt9000001/awards',
      'https://www.imdb.com/name/nm9000001/',
      'https://imdb.com.example.org/title/tt9000009/',
      'https://notimdb.com/title/tt9000008/',
      'https://www.rottentomatoes.com/m/the_harbour/reviews?type=x',
      '//www.rottentomatoes.com/tv/pier/s02/',
      'https://editorial.rottentomatoes.com/article/x/',
      'https://web.archive.org/web/2031/https://www.rottentomatoes.com/m/other',
      'http://[x/rottentomatoes.com/m/broken',
    ];
    const anchors = links.map((href) => `<a href="${href}">x</a>`).join('');
    expect(read(parsoid(`${film}<p>${anchors}</p>`))).toMatchObject({
      facts: { linkedImdbIds: ['tt9000001'], linkedRottenTomatoesIds: ['m/the_harbour', 'tv/pier/s02'] },
    });
  });
});

describe('whether the page is of the asked article', () => {
  it('is not where it names another one', () => {
    expect(() => read(parsoid(film, { title: 'Pier' }))).toThrow(/another article: Pier/);
  });

  it('is where its address was redirected to the one that it names', () => {
    expect(read(parsoid(film, { title: 'Pier' }), key, `${origin}/api/rest_v1/page/html/Pier`)).toMatchObject({
      status: 'FOUND',
    });
  });

  it('is not known of a redirect that was not followed, of no article, or of a page without sections', () => {
    const redirect = parsoid(film, { head: '<link rel="mw:PageProp/redirect" href="./Pier"/>' });
    expect(() => read(redirect)).toThrow(/redirect/);
    expect(() => read('<html><title>x</title></html>')).toThrow(UnknownLayoutError);
    expect(() => read('')).toThrow(UnknownLayoutError);
  });
});

describe('HTML inside JSON', () => {
  const html = `<div class="mw-parser-output">${film}${lead}<div class="mw-heading"><h2>Plot</h2></div><p>x</p></div>`;
  const json = (value: unknown) => JSON.stringify(value);
  const expected = {
    status: 'FOUND',
    facts: { pageId: 9, directors: ['Ana Ruiz'], summary: expect.stringContaining('2031') },
  };

  it.each([
    ['action=parse, format 1', { parse: { title: 'The Harbour (film)', pageid: 9, text: { '*': html } } }],
    ['action=parse, format 2', { parse: { title: 'The Harbour (film)', pageid: 9, text: html } }],
    [
      'rvparse, format 1',
      { query: { pages: { 9: { pageid: 9, title: 'The Harbour (film)', revisions: [{ '*': html }] } } } },
    ],
    [
      'rvparse, format 2',
      { query: { pages: [{ pageid: 9, title: 'The Harbour (film)', revisions: [{ content: html }] }] } },
    ],
  ])('of %s is read as well', (_, body) => {
    expect(read(json(body))).toMatchObject(expected);
    expect(wikipediaInfobox.recognises(json(body))).toBe(true);
  });

  it('of a redirected title belongs to the key that was asked', () => {
    const parse = {
      title: 'The Harbour (film)',
      pageid: 9,
      text: html,
      redirects: [{ from: 'Harbour film', to: 'The Harbour (film)' }],
    };
    expect(read(json({ parse }), 'en:Harbour film')).toMatchObject(expected);
    expect(() => read(json({ parse: { ...parse, redirects: [] } }), 'en:Harbour film')).toThrow(/another article/);
  });

  it('has its box before the first heading', () => {
    const later = `<div class="mw-parser-output">${lead}<div class="mw-heading"><h2>Film</h2></div>${film}</div>`;
    const parse = { title: 'The Harbour (film)', pageid: 9, text: later };
    expect(read(json({ parse }))).toEqual({ status: 'NOT_FOUND' });
  });

  it('of several articles is not read: which one was asked for?', () => {
    const one = { title: 'The Harbour (film)', revisions: [{ content: html }] };
    expect(() => read(json({ query: { pages: [one, { ...one, title: 'Pier' }] } }))).toThrow(UnknownLayoutError);
  });

  it('is not there for a missing page', () => {
    expect(read(json({ query: { pages: [{ title: 'The Harbour (film)', missing: true }] } }))).toEqual({
      status: 'NOT_FOUND',
    });
    expect(read(json({ error: { code: 'missingtitle', info: 'x' } }))).toEqual({ status: 'NOT_FOUND' });
  });

  it('is not there for the source text of an article', () => {
    const body = json({
      query: { pages: [{ pageid: 9, title: 'The Harbour (film)', revisions: [{ content: '{{Infobox film}}' }] }] },
    });
    expect(() => read(body)).toThrow(UnknownLayoutError);
    expect(wikipediaInfobox.recognises(body)).toBe(false);
  });
});

describe('hostile pages', () => {
  it.each([
    ['a hundred thousand elements in one another', '<div>'.repeat(100_000)],
    ['lists in one another', `<table class="infobox"><tbody><tr><th>Starring</th><td>${'<ul><li>'.repeat(50_000)}`],
    ['boxes in one another', '<table class="infobox"><tbody><tr><th>Directed by</th><td>'.repeat(20_000)],
  ])('are refused at once: %s', (_, content) => {
    expect(() => read(parsoid(content))).toThrow('nested more than 500 deep');
  });
});

describe('what is recognised as an article', () => {
  it('is HTML of a Wikipedia, and no other', () => {
    expect(wikipediaInfobox.recognises(parsoid(lead))).toBe(true);
    expect(wikipediaInfobox.recognises(parsoid(lead).replaceAll('wikipedia.org', 'example.org'))).toBe(false);
    expect(wikipediaInfobox.recognises('<html><a href="//en.wikipedia.org/wiki/X">x</a></html>')).toBe(false);
    expect(wikipediaInfobox.recognises('')).toBe(false);
    expect(wikipediaInfobox.recognises('{"parse":')).toBe(false);
  });
});
