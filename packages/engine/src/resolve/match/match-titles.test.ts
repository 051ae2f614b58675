import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeSeason, madeWork } from '../../../test/made-works.ts';
import { matchWith as match, row } from '../../../test/match-with.ts';

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

describe('a correction', () => {
  const strings = [
    'Harbour: Season 1: Boats',
    'Harbour: Season 1: More Boats',
    'Harbour: Season 9: Unheard',
    'Harbour: Season 9: Also Unheard',
    'Harbour: Season 2: Low Water',
  ];

  it('settles its string, and others of the series follow, but for those with the name of another’s episode', async () => {
    const of = await match([harbour, otherHarbour], strings, {
      'Harbour: Season 9: Unheard': { workId: 'tt2000001', episodeId: null },
    });
    expect(of('Harbour: Season 9: Unheard')).toMatchObject({ status: 'CORRECTED', work: { id: 'tt2000001' } });
    expect(of('Harbour: Season 9: Also Unheard')).toMatchObject({
      status: 'MATCHED',
      confidence: 1,
      work: { id: 'tt2000001' },
      episode: null,
    });
    expect(of('Harbour: Season 2: Low Water')).toMatchObject({
      work: { id: 'tt2000001' },
      episode: { seasonNumber: 2, episodeNumber: 1 },
    });
    expect(of('Harbour: Season 1: Boats')).toMatchObject({ work: { id: 'tt2000002' }, episode: { episodeNumber: 1 } });
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
