import { describe, expect, it } from 'vitest';
import { madeSeason, madeWork } from '../../../test/made-works.ts';
import { matchWith as match, row } from '../../../test/match-with.ts';

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

  it('is not taken for a film that shares the end of it alone', async () => {
    const world = madeWork({ id: 'tt2000056', name: 'A Perfect World', voteCount: 900_000 });
    const of = await match([world], ['Een perfecte wereld', 'Weiberhof: Een perfecte wereld']);
    expect(of('Een perfecte wereld').work?.id).toBe('tt2000056');
    expect(of('Weiberhof: Een perfecte wereld').work).toBeNull();
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

  it('is that of a series of its own, whatever the strings of the one that it goes on from show', async () => {
    const parent = madeWork({
      id: 'tt2000111',
      kind: 'SERIES',
      name: 'Estuary',
      voteCount: 400_000,
      episodes: madeSeason('tt2000111', 1, ['Silt', 'Brackish', 'Ebb and Flow', 'Mud', 'Heron']),
    });
    const own = madeWork({
      id: 'tt2000112',
      kind: 'SERIES',
      name: 'Estuary: Delta',
      voteCount: 9000,
      episodes: madeSeason('tt2000112', 1, [null, null, null]),
    });
    const parents = ['Silt', 'Brackish', 'Ebb and Flow', 'Mud', 'Heron'].map((name) => `Estuary: Season 1: ${name}`);
    const of = await match(
      [parent, own],
      [...parents, 'Estuary: Delta: Season 1: Mangrove (Episode 1)', 'Estuary: Delta: Season 1: Ebb and Flow'],
    );
    expect(of('Estuary: Season 1: Mud')).toMatchObject({ work: { id: 'tt2000111' } });
    expect(of('Estuary: Delta: Season 1: Mangrove (Episode 1)')).toMatchObject({
      work: { id: 'tt2000112' },
      episode: { episodeNumber: 1 },
    });
    // Its name says that it is one of the parent's.
    expect(of('Estuary: Delta: Season 1: Ebb and Flow')).toMatchObject({ work: { id: 'tt2000111' } });
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

  it('does not end with what another begins with', async () => {
    const work = madeWork({ id: 'tt2000121', kind: 'SERIES', name: 'Ted Marsh: The Long Night', voteCount: 90_000 });
    const of = await match([work], ['Talks at Night: Ted Marsh: Season 1: One', 'Ted Marsh: La noche: Season 1: One']);
    expect(of('Ted Marsh: La noche: Season 1: One').work?.id).toBe('tt2000121');
    expect(of('Talks at Night: Ted Marsh: Season 1: One').work).toBeNull();
  });

  it('is of no work that was planned long after it was watched', async () => {
    const planned = madeWork({
      id: 'tt2000122',
      kind: 'SERIES',
      name: 'Quarry',
      year: null,
      registeredYear: 2024,
      voteCount: 90_000,
    });
    const strings = [2019, 2023].map((year) => row(`Quarry: Season 1: ${year}`, year));
    for (const string of strings)
      expect((await match([planned], [string]))(string.rawTitle).candidates).toHaveLength(
        string.watchedYear === 2019 ? 0 : 1,
      );
  });
});
