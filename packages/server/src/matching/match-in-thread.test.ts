import { rm } from 'node:fs/promises';
import type { GroupToMatch } from '@watchprint/database';
import { type Catalogue, titleGroup } from '@watchprint/engine';
import { type OpenCatalogue, openCatalogue } from '@watchprint/lake';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { madeWorks } from '../../test/made-catalogue.ts';
import { syncedLake } from '../../test/synced-lake.ts';
import { createGroupMatcher } from './group-matcher.ts';
import { type GroupOfStrings, matchGroups, type Outcomes } from './match-groups.ts';
import { createMatchingThread, type MatchingThread } from './match-in-thread.ts';

/** Strings in their groups, as they stand in the database. */
function groupsOf(titles: readonly string[], corrections: ReadonlyMap<string, string> = new Map()): GroupOfStrings[] {
  const groups = new Map<string, string[]>();
  for (const title of titles) groups.set(titleGroup(title), [...(groups.get(titleGroup(title)) ?? []), title]);
  return [...groups.values()].map((strings) => ({
    strings: strings.map((rawTitle) => ({ id: `id of ${rawTitle}`, rawTitle, firstYear: 2021, longestSeconds: null })),
    corrections: new Map(
      strings.flatMap((rawTitle) => {
        const workId = corrections.get(rawTitle);
        return workId === undefined ? [] : [[rawTitle, { workId, episodeId: null }] as const];
      }),
    ),
  }));
}

const many = (count: number, name: string) => Array.from({ length: count }, (_, number) => `${name} ${number}`);
const told = [
  'Tidewater: Season 1: Salt and Silver',
  'Tidewater: Season 1: The Long Thaw',
  'Tidewater: Limited Series: Reef',
  'Paper Moons',
  'Paper Moons (Trailer)',
  'Harbour Lights',
  'Night Ferry: Season 1: First Watch',
  'Night Ferry: Season 1: Second Watch',
];

async function all(outcomes: AsyncIterable<Outcomes>): Promise<Outcomes[]> {
  const gathered: Outcomes[] = [];
  for await (const some of outcomes) gathered.push(some);
  return gathered;
}

describe('matching in a thread of its own', () => {
  let lake: string;
  let catalogue: OpenCatalogue;
  let thread: MatchingThread;
  beforeAll(async () => {
    lake = await syncedLake(madeWorks);
    catalogue = (await openCatalogue(lake)) as OpenCatalogue;
    thread = createMatchingThread(catalogue.files);
  });
  afterEach(() => thread.end());
  afterAll(() => catalogue.close());

  it('finds the same as in this one, corrections too, some at a time and in order', async () => {
    const corrections = new Map([
      ['Night Ferry: Season 1: First Watch', 'tt0000402'],
      ['Harbour Lights', 'tt0000302'],
    ]);
    const groups = groupsOf([...told, ...many(1200, 'Lane of lanterns')], corrections);
    const here = await all(matchGroups(groups, catalogue as Catalogue));
    expect(here.length).toBeGreaterThan(2);
    expect(new Set(here.flatMap(({ outcomes }) => outcomes.flat().map(({ status }) => status)))).toEqual(
      new Set(['MATCHED', 'READ', 'CORRECTED', 'UNMATCHED']),
    );
    expect(await all(thread.match(groups))).toEqual(here);
  });

  it('answers each of several who ask, also when one wants no more of it', async () => {
    const [first, second] = [groupsOf(['Paper Moons']), groupsOf(told)];
    const asked = Promise.all([all(thread.match(first)), all(thread.match(second))]);
    for await (const some of thread.match(groupsOf(many(1200, 'Lane')))) {
      expect(some.outcomes.flat()).toHaveLength(500);
      break;
    }
    expect(await asked).toEqual([await all(matchGroups(first, catalogue)), await all(matchGroups(second, catalogue))]);
    expect(await all(thread.match(first))).toHaveLength(1);
  });

  it('ends at once for whoever is told to stop, with the reason', async () => {
    const stopping = new AbortController();
    const matching = all(thread.match(groupsOf(many(20_000, 'Lane of lanterns')), stopping.signal));
    setTimeout(() => stopping.abort(new Error('the server stops')), 100);
    await expect(matching).rejects.toThrow('the server stops');
    await expect(all(thread.match(groupsOf(told), stopping.signal))).rejects.toThrow('the server stops');
  });

  it('can be ended while it is at work, and starts anew', async () => {
    for (let round = 0; round < 3; round += 1) {
      const matching = all(thread.match(groupsOf(many(8000, 'Lane of lanterns'))));
      const outcome = expect(matching).rejects.toThrow();
      await new Promise((resolve) => setTimeout(resolve, 300 * round));
      await thread.end();
      await outcome;
    }
    expect(await all(thread.match(groupsOf(['Paper Moons'])))).toHaveLength(1);
  });

  it('says so, and takes nobody else with it, where strings that belong together are more than memory', async () => {
    const small = createMatchingThread(catalogue.files, { oldGeneration: 40 });
    const large = groupsOf(many(20_000, 'Tidewater: Season 1: Part'));
    expect(large).toHaveLength(1);
    const matching = expect(all(small.match(large))).rejects.toMatchObject({
      code: 'GROUP_TOO_LARGE',
      message: expect.stringContaining('Tidewater'),
    });
    const beside = expect(all(small.match(groupsOf(told)))).rejects.toMatchObject({ name: 'MatchingThreadEndedError' });
    await matching;
    await beside;
    expect(await all(small.match(groupsOf(told)))).toHaveLength(1);
    await small.end();
  });

  it('leaves such strings as they are, and matches all others', async () => {
    const matcher = createGroupMatcher(catalogue, { oldGeneration: 40 });
    const asGroup = ({ strings, corrections }: GroupOfStrings): GroupToMatch => ({
      strings: strings as GroupToMatch['strings'],
      corrections: corrections as GroupToMatch['corrections'],
    });
    const groups = [
      ...groupsOf(told),
      ...groupsOf(many(20_000, 'Tidewater: Season 1: Part')),
      ...groupsOf(['Bracket']),
    ];
    const done: string[] = [];
    const matching = (async () => {
      for await (const matched of matcher.match(groups.map(asGroup)))
        for (const { outcomes } of matched.groups) done.push(...outcomes.map(({ id }) => id));
    })();
    await expect(matching).rejects.toMatchObject({ code: 'GROUP_TOO_LARGE' });
    expect(done.sort()).toEqual([...told, 'Bracket'].map((title) => `id of ${title}`).sort());
    await matcher.rest();
  });

  it('fails with the reason where the catalogue cannot be opened', async () => {
    const gone = await syncedLake(madeWorks);
    const other = (await openCatalogue(gone)) as OpenCatalogue;
    await rm(gone, { recursive: true });
    const broken = createMatchingThread({ ...other.files, engagement: `${gone}/nothing.parquet` });
    await expect(all(broken.match(groupsOf(told)))).rejects.toThrow(/No files found/);
    await broken.end();
    await other.close();
  });
});
