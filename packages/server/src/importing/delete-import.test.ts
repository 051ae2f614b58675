import type { Import } from '@watchprint/sdk';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientOf, onEveryServer } from '../../test/server-on-every-database.ts';
import type { WatchprintServer } from '../server.ts';

const header =
  'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n';
const played = (start: string, title: string, country = 'GB (United Kingdom)') =>
  `Ada,${start},00:40:00,,${title},,TV,,Not latest view,${country}\n`;

/** One account's files as they follow one another: overlapping, in both formats, with a date that moved to a rewatch. */
const files: Record<string, string> = {
  history: 'Title,Date\n"Tidewater: Thaw","14/03/2021"\n"Tidewater: Salt","13/03/2021"\n"Paper Moons","02/02/2021"\n',
  later: 'Title,Date\n"Paper Moons","20/04/2021"\n"Tidewater: Thaw","14/03/2021"\n"Tidewater: Salt","13/03/2021"\n',
  activity:
    header +
    played('2021-03-13 20:00:00', 'Tidewater: Season 1: Salt (Episode 1)') +
    played('2021-03-12 20:00:00', 'Tidewater: Season 1: Salt (Episode 1)') +
    played('2021-01-05 20:00:00', 'Harbour Street: Series 1: Ash (Episode 2)'),
  longer:
    header +
    played('2021-04-20 19:00:00', 'Paper Moons') +
    played('2021-03-13 20:00:00', 'Tidewater: Season 1: Salt (Episode 1)') +
    played('2021-02-02 23:50:00', 'Paper Moons'),
  // With these, most rows come from elsewhere, where the day is another.
  abroad:
    header +
    played('2021-05-03 20:00:00', 'Red Clay', 'NZ (New Zealand)') +
    played('2021-05-02 20:00:00', 'Red Clay', 'NZ (New Zealand)') +
    played('2021-05-01 20:00:00', 'Red Clay', 'NZ (New Zealand)') +
    played('2021-04-30 20:00:00', 'Red Clay', 'NZ (New Zealand)'),
};

onEveryServer('taking an import back', (open) => {
  let server: WatchprintServer;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());
  const client = () => clientOf(server);

  const send = (name: string): Promise<Import> =>
    client().importHistory(new TextEncoder().encode(files[name]), {
      fileName: name,
      profileName: 'Ada',
    });

  /** Everything that a person can see, without ids and times of import. */
  async function everything() {
    const data = await client().query<{
      viewer: { profiles: unknown[]; imports: { nodes: { fileName: string }[] } };
    }>(`{
      viewer {
        profiles {
          name timeZone
          analytics { totals { viewings titles series movies episodes secondsWatched activeDays } }
          viewings(first: 25, filter: { includeAccidental: true }) { totalCount nodes {
            rawTitle watchedOn startedAt secondsWatched
            title { __typename name ... on Episode { seasonNumber netflixLabel series { name seasons { name episodes { name } } } } }
          } }
        }
        imports { nodes { fileName status rowsRead rowsImported rowsDuplicate rowsSupplemental } }
      }
    }`);
    data.viewer.imports.nodes.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
    return data;
  }

  it('leaves all as if it had never been sent, in any order', async () => {
    const sequence = fc.uniqueArray(fc.constantFrom(...Object.keys(files)), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sequence, fc.nat(), async (names, pick) => {
        const taken = names[pick % names.length];
        const imports = new Map<string, string>();
        for (const name of names) imports.set(name, (await send(name)).id);
        await client().deleteImport(imports.get(taken ?? '') ?? '');
        const afterwards = await everything();
        for (const [name, id] of imports) if (name !== taken) await client().deleteImport(id);
        const others: string[] = [];
        for (const name of names) if (name !== taken) others.push((await send(name)).id);
        const expected = await everything();
        for (const id of others) await client().deleteImport(id);
        expect(afterwards).toEqual(expected);
        expect((await everything()).viewer.profiles).toEqual([]);
      }),
      { numRuns: 16 },
    );
  });

  it('lets a time zone follow the main country of the rows until somebody sets one', async () => {
    const zoneOfAda = async () => {
      const [ada] = await client().profiles();
      return [ada?.timeZone, ada?.timeZoneAssumed];
    };
    const ids = [(await send('history')).id];
    expect(await zoneOfAda()).toEqual(['Australia/Sydney', true]);
    ids.push((await send('activity')).id);
    expect(await zoneOfAda()).toEqual(['Europe/London', true]);
    ids.push((await send('abroad')).id);
    expect(await zoneOfAda()).toEqual(['Pacific/Auckland', true]);
    const [ada] = await client().profiles();
    await client().query('mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { profile { id } } }', {
      input: { profileId: ada?.id, timeZone: 'Asia/Tokyo' },
    });
    await client().deleteImport(ids.pop() ?? '');
    expect(await zoneOfAda()).toEqual(['Asia/Tokyo', false]);
    for (const id of ids) await client().deleteImport(id);
  });

  it('adds once what is sent twice at once', async () => {
    const both = await Promise.all([send('activity'), send('activity')]);
    expect(both.map(({ rowsImported }) => rowsImported).sort()).toEqual([0, 3]);
    for (const { id } of both) await client().deleteImport(id);
  });

  it('says whose rows an import contained, also where it added none', async () => {
    const both = [await send('activity'), await send('activity')];
    for (const { id } of both)
      expect(
        await client().query('query($id: ID!) { node(id: $id) { ... on Import { profiles { name } } } }', { id }),
      ).toEqual({ node: { profiles: [{ name: 'Ada' }] } });
    for (const { id } of both) await client().deleteImport(id);
  });

  it('keeps the original of a file that is sent again while its import is deleted', async () => {
    for (let round = 0; round < 15; round += 1) {
      const { id } = await send('history');
      const [again] = await Promise.all([send('history'), client().deleteImport(id)]);
      expect(again).toMatchObject({ status: 'COMPLETED' });
      await client().deleteImport(again.id);
    }
  });

  it('shows one viewing for a history row and an activity row of it, and keeps what only one has', async () => {
    const ids = [(await send('history')).id, (await send('activity')).id];
    const { viewer } = await everything();
    const [ada] = viewer.profiles as { viewings: { nodes: { rawTitle: string; startedAt: string | null }[] } }[];
    expect(ada?.viewings.nodes.map(({ rawTitle, startedAt }) => [rawTitle, startedAt !== null])).toEqual([
      ['Tidewater: Thaw', false],
      ['Tidewater: Season 1: Salt (Episode 1)', true],
      ['Tidewater: Season 1: Salt (Episode 1)', true],
      ['Paper Moons', false],
      ['Harbour Street: Series 1: Ash (Episode 2)', true],
    ]);
    for (const id of ids) await client().deleteImport(id);
  });
});
