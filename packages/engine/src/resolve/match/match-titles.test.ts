import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeSeason, madeWork } from '../../../test/made-works.ts';
import { type MemoryWork, memoryCatalogue } from '../../../test/memory-catalogue.ts';
import type { Correction, StringToMatch } from './match.ts';
import { matchTitles } from './match-titles.ts';

const row = (
  rawTitle: string,
  watchedYear: number | null = 2020,
  longestSeconds: number | null = null,
): StringToMatch => ({
  rawTitle,
  watchedYear,
  longestSeconds,
});

async function match(
  works: readonly MemoryWork[],
  strings: readonly (string | StringToMatch)[],
  corrections: Record<string, Correction> = {},
) {
  const rows = strings.map((string) => (typeof string === 'string' ? row(string) : string));
  const matches = await matchTitles(rows, memoryCatalogue(works), {
    corrections: new Map(Object.entries(corrections)),
  });
  return (rawTitle: string) => {
    const found = matches.get(rawTitle);
    if (found === undefined) throw new Error(`no match of ${rawTitle}`);
    return found;
  };
}

const harbour = madeWork({
  id: 'tt2000001',
  kind: 'SERIES',
  name: 'Harbour',
  voteCount: 3000,
  episodes: [
    ...madeSeason('tt2000001', 1, ['The Pier at Night', 'Salt on the Wind', 'A Lantern for Ada']),
    ...madeSeason('tt2000001', 2, ['Low Water', 'The Second Keeper', 'Ropes and Tar']),
  ],
});
/** Better known, of the same name, with other episodes. */
const otherHarbour = madeWork({
  id: 'tt2000002',
  kind: 'SERIES',
  name: 'Harbour',
  voteCount: 60_000,
  episodes: madeSeason('tt2000002', 1, ['Boats', 'More Boats', 'Yet More Boats']),
});

describe('a name in another language', () => {
  const north = madeWork({ id: 'tt2000051', name: 'The Queen of the North', voteCount: 90_000 });
  const south = madeWork({ id: 'tt2000052', name: 'The King of the South', voteCount: 90_000 });

  it('is known by what its words mean', async () => {
    const of = await match([north, south], ['La Reine du Nord', 'Severní královna', '北の女王', 'La Reine du Sud']);
    for (const name of ['La Reine du Nord', 'Severní královna', '北の女王'])
      expect(of(name)).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000051' } });
    expect(of('La Reine du Nord').evidence.join('\n')).toContain('reine (queen), nord (north)');
    expect(of('La Reine du Sud').work).toBeNull();
  });

  it('is known by how its words begin and sound', async () => {
    const works = [
      madeWork({ id: 'tt2000053', name: 'Anatomy of a Lantern', voteCount: 90_000 }),
      madeWork({ id: 'tt2000054', name: 'Benjamin Harbour', voteCount: 90_000 }),
    ];
    const of = await match(works, ['Anatomie d’une lanterne', 'ベンジャミン・ハーバー 冬の海']);
    expect(of('Anatomie d’une lanterne').work?.id).toBe('tt2000053');
    expect(of('ベンジャミン・ハーバー 冬の海').candidates[0]?.work.id).toBe('tt2000054');
  });

  it('is offered, and not accepted, where words or numbers disagree', async () => {
    const works = [north, madeWork({ id: 'tt2000055', name: 'Three Lanterns 2', voteCount: 900_000 })];
    const of = await match(works, ['The Queen of the North: Last Winter', 'Tři lampáše: Lanterns 3']);
    for (const [name, id] of [
      ['The Queen of the North: Last Winter', 'tt2000051'],
      ['Tři lampáše: Lanterns 3', 'tt2000055'],
    ] as const) {
      expect(of(name).work).toBeNull();
      expect(of(name).candidates[0]?.work.id).toBe(id);
    }
  });

  it('is a film where several that begin alike look like a series that is not there', async () => {
    const works = ['in the Lantern', 'on the Pier'].map((end, place) =>
      madeWork({ id: `tt200007${place}`, name: `Marta & Bruno ${end}`, voteCount: 90_000 }),
    );
    const of = await match(works, [
      'Marta & Bruno: The Lantern',
      'Marta & Bruno: The Pier',
      'Marta & Bruno: A Storm',
      'Marta & Bruno: Snow',
    ]);
    expect(of('Marta & Bruno: The Lantern')).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000070' } });
    expect(of('Marta & Bruno: The Pier')).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000071' } });
    expect(of('Marta & Bruno: Snow').work).toBeNull();
  });

  it('does not depend on what other groups ask for', async () => {
    const alone = await match([north, south], ['Le Roi']);
    const together = await match([north, south], ['Le Roi', 'La Reine du Nord', 'El rey del sur']);
    expect(together('Le Roi')).toEqual(alone('Le Roi'));
  });

  it('is told from others by seasons that were watched whole', async () => {
    const seriesOf = (id: string, name: string, seasons: readonly number[]) =>
      madeWork({
        id,
        kind: 'SERIES',
        name,
        voteCount: 30_000,
        episodes: seasons.flatMap((count, place) => madeSeason(id, place + 1, Array<null>(count).fill(null))),
      });
    const works = [
      seriesOf('tt2000061', 'Winter Harbour', [9, 11]),
      seriesOf('tt2000062', 'Harbour in Winter', [7, 8]),
    ];
    const strings = [7, 8].flatMap((count, place) =>
      Array.from({ length: count }, (_, episode) => `Havn om vinteren: Sæson ${place + 1}: Nr. ${episode}${place}`),
    );
    const of = await match(works, strings);
    const [first = ''] = strings;
    expect(of(first)).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000062' } });
    expect(of(first).evidence.join('\n')).toContain('as many episodes as there are strings in 2 seasons');
  });
});

describe('a series', () => {
  it('is told from a better known namesake by its episodes, and its strings are decided together', async () => {
    const of = await match(
      [harbour, otherHarbour],
      [
        'Harbour: Season 1: The Pier at Night',
        'Harbour: Season 1: Salt on the Wind',
        'Harbour: Season 2: Low Water',
        'Harbour: Season 2: Something Else',
      ],
    );
    expect(of('Harbour: Season 2: Low Water')).toMatchObject({
      status: 'MATCHED',
      work: { id: 'tt2000001' },
      episode: { seasonNumber: 2, episodeNumber: 1 },
    });
    expect(of('Harbour: Season 2: Something Else')).toMatchObject({
      status: 'MATCHED',
      work: { id: 'tt2000001' },
      episode: null,
    });
    expect(of('Harbour: Season 1: Salt on the Wind').evidence.join('\n')).toContain('season 1, episode 2');
  });

  it('is found by the names of its episodes alone where its own name is translated', async () => {
    const of = await match(
      [harbour, otherHarbour],
      [
        'Der Hafen: Staffel 1: The Pier at Night',
        'Der Hafen: Staffel 1: Salt on the Wind',
        'Der Hafen: Staffel 1: A Lantern for Ada',
        'Der Hafen: Staffel 2: The Second Keeper',
        'Der Hafen: Staffel 2: Ropes and Tar',
      ],
    );
    expect(of('Der Hafen: Staffel 1: The Pier at Night').candidates[0]?.work.id).toBe('tt2000001');
  });

  it('gives a named season the number of the season that has its episodes', async () => {
    const of = await match(
      [harbour],
      [
        'Harbour: The Keepers: Low Water',
        'Harbour: The Keepers: Ropes and Tar',
        'Harbour: The Keepers: Lost Part (Episode 2)',
      ],
    );
    expect(of('Harbour: The Keepers: Ropes and Tar')).toMatchObject({
      episode: { seasonNumber: 2, episodeNumber: 3 },
      reading: { seasonNumber: 2, seasonLabel: 'The Keepers' },
    });
  });

  it('takes the number where names are translated, and leaves the episode open where they contradict it', async () => {
    const translated = await match(
      [harbour],
      ['Harbour: Staffel 1: Der Steg bei Nacht (Folge 1)', 'Harbour: Staffel 1: Salz im Wind (Folge 2)'],
    );
    expect(translated('Harbour: Staffel 1: Salz im Wind (Folge 2)').episode).toMatchObject({
      seasonNumber: 1,
      episodeNumber: 2,
    });
    const contradicted = await match(
      [harbour],
      [
        'Harbour: Season 1: The Pier at Night (Episode 1)',
        'Harbour: Season 1: Salt on the Wind (Episode 2)',
        'Harbour: Season 1: Another Name Altogether (Episode 3)',
      ],
    );
    expect(contradicted('Harbour: Season 1: Another Name Altogether (Episode 3)')).toMatchObject({
      status: 'MATCHED',
      episode: null,
    });
  });

  it('goes by the name where Netflix numbers otherwise, and then trusts no number of that season', async () => {
    const of = await match(
      [harbour],
      [
        'Harbour: Season 1: Salt on the Wind (Episode 1)',
        'Harbour: Season 1: A Lantern for Ada (Episode 2)',
        'Harbour: Season 1: Episode 3 (Episode 3)',
      ],
    );
    expect(of('Harbour: Season 1: Salt on the Wind (Episode 1)').episode).toMatchObject({ episodeNumber: 2 });
    expect(of('Harbour: Season 1: Episode 3 (Episode 3)').episode).toBeNull();
  });

  it('counts a limited series as its only season, without giving it a number', async () => {
    const only = madeWork({
      id: 'tt2000003',
      kind: 'SERIES',
      name: 'Tidewater',
      episodes: madeSeason('tt2000003', 1, [null, null, null]),
    });
    const of = await match([only], ['Tidewater: Limited Series: Episode 2']);
    expect(of('Tidewater: Limited Series: Episode 2')).toMatchObject({
      episode: { episodeNumber: 2 },
      reading: { seasonNumber: null },
    });
  });

  it('finds the first story of two that are one episode', async () => {
    const of = await match(
      [harbour],
      ['Harbour: Season 2: The Second Keeper / Ropes and Tar', 'Harbour: Season 2: Low Water'],
    );
    expect(of('Harbour: Season 2: The Second Keeper / Ropes and Tar').episode).toMatchObject({ episodeNumber: 2 });
  });

  it('is none that came out after it was watched', async () => {
    const later = { ...harbour, year: 2022 };
    expect((await match([later], ['Harbour: Season 1: Low Tide']))('Harbour: Season 1: Low Tide')).toMatchObject({
      status: 'UNMATCHED',
      work: null,
    });
  });
});

describe('a film', () => {
  const older = madeWork({ id: 'tt1000001', name: 'The Salt Road', year: 1990, voteCount: 9000 });
  const newer = madeWork({ id: 'tt5000002', name: 'The Salt Road', year: 2019, voteCount: 9000 });

  it('is the newer of two namesakes, unless it was watched before that came out', async () => {
    const of = await match([older, newer], [row('The Salt Road', 2020)]);
    expect(of('The Salt Road').candidates[0]?.work.id).toBe('tt5000002');
    const before = await match([older, newer], [row('The Salt Road', 2012)]);
    expect(before('The Salt Road').candidates.map(({ work }) => work.id)).toEqual(['tt1000001']);
  });

  it('is none that is much shorter than it was watched', async () => {
    const short = madeWork({ id: 'tt5000003', name: 'Low Water Mark', runtimeMinutes: 20, year: 2018 });
    const whole = await match([short], [row('Low Water Mark', 2020, 1100)]);
    const tooLong = await match([short], [row('Low Water Mark', 2020, 6000)]);
    const sure = (found: typeof whole) => found('Low Water Mark').confidence ?? 0;
    expect(sure(tooLong)).toBeLessThan(sure(whole) / 2);
  });

  it('is left open where two fit alike', async () => {
    const twin = { ...newer, id: 'tt5000009' };
    const of = await match([newer, twin], ['The Salt Road']);
    expect(of('The Salt Road')).toMatchObject({ status: 'AMBIGUOUS', work: null });
    expect(of('The Salt Road').candidates).toHaveLength(2);
  });

  it('with a colon is no episode of a series that it only begins like', async () => {
    const film = madeWork({ id: 'tt5000004', name: 'Harbour: The Long Night', year: 2018, voteCount: 40_000 });
    const of = await match([harbour, film], ['Harbour: The Long Night', 'Harbour: Season 1: The Pier at Night']);
    expect(of('Harbour: The Long Night')).toMatchObject({ reading: { kind: 'MOVIE' }, work: { id: 'tt5000004' } });
  });
});

it('matches nothing that is a trailer, blank, or nowhere in the catalogue', async () => {
  const of = await match([harbour], ['Trailer: Harbour', '', 'Nobody Made This Film', 'Nor This: Season 4: Show']);
  expect(of('Trailer: Harbour').status).toBe('READ');
  expect(of('').status).toBe('READ');
  expect(of('Nobody Made This Film')).toMatchObject({ status: 'UNMATCHED', candidates: [], confidence: null });
  expect(of('Nor This: Season 4: Show').status).toBe('UNMATCHED');
});

describe('a name that is nearly the same', () => {
  const lantern = madeWork({ id: 'tt2000061', name: 'Lantern', year: 1989, voteCount: 250_000 });
  const theVigil = madeWork({ id: 'tt2000062', name: 'The Vigil', year: 2003, voteCount: 250_000 });

  it('with an article that the catalogue’s lacks is offered, and without one that it has is accepted', async () => {
    const of = await match([lantern, theVigil], ['The Lantern', 'Vigil']);
    expect(of('The Lantern')).toMatchObject({ status: 'AMBIGUOUS', candidates: [{ work: { id: 'tt2000061' } }] });
    expect(of('Vigil')).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000062' } });
  });

  it('ends with a country in whatever language, and is no other country’s', async () => {
    const verdicts = ['UK', 'Germany', 'Brazil'].map((country, place) =>
      madeWork({
        id: `tt200007${place}`,
        kind: 'SERIES',
        name: `Verdict: ${country}`,
        voteCount: 20_000 / (place + 1),
      }),
    );
    const of = await match(verdicts, ['Verdict - Alemania: Temporada 1: Uno', 'Verdict : France: Saison 1: Une']);
    expect(of('Verdict - Alemania: Temporada 1: Uno')).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000071' } });
    expect(of('Verdict : France: Saison 1: Une')).toMatchObject({ status: 'UNMATCHED', candidates: [] });
  });

  it('is a film’s that goes on, where only a series with more behind its name begins so', async () => {
    const of = await match(
      [
        madeWork({ id: 'tt2000081', name: 'Undertow', year: 2002, voteCount: 270_000 }),
        madeWork({ id: 'tt2000082', name: 'Undertow: Rising', year: 2004, voteCount: 170_000 }),
        madeWork({ id: 'tt2000083', kind: 'SERIES', name: 'Undertow: Infinite Night', voteCount: 15_000 }),
      ],
      ['Undertow: Rising', 'Undertow: Lost', 'Undertow: Found'],
    );
    expect(of('Undertow: Rising')).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000082' } });
    expect(of('Undertow: Lost')).toMatchObject({ status: 'UNMATCHED', reading: { kind: 'MOVIE' } });
  });

  it('in two parts may be a series that Netflix has as one film', async () => {
    const work = madeWork({ id: 'tt2000091', kind: 'SERIES', name: 'Sextant 4: Forward', voteCount: 20_000 });
    const of = await match(
      [work, madeWork({ id: 'tt2000092', kind: 'SERIES', name: 'Quay', voteCount: 20_000 })],
      ['Sextant 4: Forward', 'Quay'],
    );
    expect(of('Sextant 4: Forward')).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000091' }, episode: null });
    expect(of('Quay').work).toBe(null);
  });

  it('has numbers that count all its episodes, where no season is said', async () => {
    const short = madeWork({
      id: 'tt2000101',
      kind: 'SERIES',
      name: 'Beacon',
      year: 2015,
      voteCount: 50_000,
      episodes: madeSeason('tt2000101', 1, ['A1', 'A2', 'A3']),
    });
    const long = madeWork({
      id: 'tt2000102',
      kind: 'SERIES',
      name: 'Beacon',
      year: 2004,
      voteCount: 40_000,
      episodes: madeSeason(
        'tt2000102',
        1,
        Array.from({ length: 30 }, (_, place) => `B${place}`),
      ),
    });
    const strings = Array.from({ length: 20 }, (_, place) => `Beacon: Chapter ${place + 1}`);
    const of = await match([short, long], strings);
    expect(of('Beacon: Chapter 20').candidates[0]).toMatchObject({ work: { id: 'tt2000102' } });
  });
});

describe('a correction', () => {
  const strings = ['Harbour: Season 1: Boats', 'Harbour: Season 1: More Boats', 'Harbour: Season 9: Unheard'];

  it('settles its string, and others of the series follow', async () => {
    const of = await match([harbour, otherHarbour], strings, {
      'Harbour: Season 9: Unheard': { workId: 'tt2000001', episodeId: null },
    });
    expect(of('Harbour: Season 9: Unheard')).toMatchObject({ status: 'CORRECTED', work: { id: 'tt2000001' } });
    expect(of('Harbour: Season 1: Boats')).toMatchObject({
      status: 'MATCHED',
      work: { id: 'tt2000001' },
      episode: null,
    });
  });

  it('is followed by what looks like a film and begins with the name of the series, unless it is one', async () => {
    const film = madeWork({ id: 'tt2000003', name: 'Harbour: The Film', voteCount: 900 });
    const of = await match(
      [harbour, otherHarbour, film],
      ['Harbour: Unheard', 'Harbour: Also Unheard', 'Harbour: The Film', 'Harbour Lights: Unheard'],
      { 'Harbour: Unheard': { workId: 'tt2000001', episodeId: null } },
    );
    expect(of('Harbour: Also Unheard')).toMatchObject({
      status: 'MATCHED',
      reading: { kind: 'EPISODE', seriesName: 'Harbour', episodeName: 'Also Unheard' },
      work: { id: 'tt2000001' },
    });
    expect(of('Harbour: The Film')).toMatchObject({ work: { id: 'tt2000003' }, reading: { kind: 'MOVIE' } });
    expect(of('Harbour Lights: Unheard').work).toBe(null);
  });

  it('to a series of another name is followed where the episode has a name of that series', async () => {
    const of = await match([harbour], ['Havn: Unheard', 'Havn: Low Water', 'Havn: Something'], {
      'Havn: Unheard': { workId: 'tt2000001', episodeId: null },
    });
    expect(of('Havn: Low Water')).toMatchObject({ work: { id: 'tt2000001' }, episode: { seasonNumber: 2 } });
  });

  it('may name the episode', async () => {
    const of = await match([harbour], strings, {
      'Harbour: Season 9: Unheard': { workId: 'tt2000001', episodeId: 'tt20000010203' },
    });
    expect(of('Harbour: Season 9: Unheard').episode).toMatchObject({ seasonNumber: 2, episodeNumber: 3 });
  });

  it('to none of them moves nothing else', async () => {
    const of = await match([otherHarbour], strings, { 'Harbour: Season 1: Boats': { workId: null, episodeId: null } });
    expect(of('Harbour: Season 1: Boats')).toMatchObject({ status: 'CORRECTED', work: null, confidence: 1 });
    expect(of('Harbour: Season 1: More Boats')).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000002' } });
  });

  it('to two different series leads nobody', async () => {
    const of = await match([harbour, otherHarbour], strings, {
      'Harbour: Season 9: Unheard': { workId: 'tt2000001', episodeId: null },
      'Harbour: Season 1: Boats': { workId: 'tt2000002', episodeId: null },
    });
    expect(of('Harbour: Season 1: More Boats')).toMatchObject({ status: 'MATCHED', work: { id: 'tt2000002' } });
  });
});

it('decides a group by its own strings alone, in whatever order they come', async () => {
  const works = [harbour, otherHarbour, madeWork({ id: 'tt5000005', name: 'Lantern', year: 2015 })];
  const own = ['Harbour: Season 1: The Pier at Night', 'Harbour: Season 2: Low Water', 'Harbour: Boats'];
  const others = ['Lantern', 'Tidewater: Season 1: Dawn', 'Lantern: Season 3: Dusk'];
  const alone = await match(works, own);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...own, ...others], { minLength: 6 }), async (strings) => {
      const together = await match(works, strings);
      for (const string of own) {
        const { work, episode, confidence, status } = together(string);
        expect({ work, episode, status }).toEqual({
          work: alone(string).work,
          episode: alone(string).episode,
          status: alone(string).status,
        });
        expect(confidence).toBeCloseTo(alone(string).confidence ?? Number.NaN, 9);
      }
    }),
    { numRuns: 30 },
  );
});
