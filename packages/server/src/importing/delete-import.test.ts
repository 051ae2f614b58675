import type { Import } from '@watchprint/sdk';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { zip } from '../../../lake/test/archives.ts';
import { clientOf, onEveryServer } from '../../test/server-on-every-database.ts';
import type { WatchprintServer } from '../server.ts';

const header =
  'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n';
const played = (start: string, title: string, country = 'GB (United Kingdom)') =>
  `Ada,${start},00:40:00,,${title},,TV,,Not latest view,${country}\n`;

/** One account's files as they follow one another: overlapping, in both formats, with a date that moved to a rewatch. */
const files: Record<string, string | Promise<Uint8Array>> = {
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
  ratings: ratings('2021-03-14 10:00:00', '2021-03-15 10:00:00'),
  // Whole exports, a year apart; both histories in one.
  'export.zip': zip({
    'ViewingActivity.csv': header + played('2021-03-13 20:00:00', 'Tidewater: Season 1: Salt (Episode 1)'),
    'Ratings.csv': ratings('2021-03-14 10:00:00'),
    'Profiles.csv': 'Profile Name,Profile Creation Time,Maturity Level\nAda,2015-01-01,ADULTS\nCy,2016-01-01,KIDS\n',
  }),
  'later-export.zip': zip({
    'ViewingActivity.csv':
      header +
      played('2021-04-20 19:00:00', 'Paper Moons') +
      played('2021-03-13 20:00:00', 'Tidewater: Season 1: Salt (Episode 1)'),
    'NetflixViewingHistory.csv': 'Title,Date\n"Paper Moons","20/04/2021"\n"Red Clay","19/04/2021"\n',
    'Ratings.csv': ratings('2021-03-15 10:00:00', '2021-03-14 10:00:00', '2021-03-14 10:00:00'),
  }),
};

function ratings(...times: string[]): string {
  const rows = times.map((time) => `Ada,Paper Moons,thumb,,2,TV,${time},\n`);
  return `Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n${rows.join('')}`;
}

onEveryServer('taking an import back', (open) => {
  let server: WatchprintServer;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());
  const client = () => clientOf(server);

  const send = async (name: string): Promise<Import> => {
    const content = await files[name];
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : (content as Uint8Array);
    return client().importHistory(bytes, { fileName: name, profileName: 'Ada' });
  };

  /** Everything that a person can see, without ids and times of import. */
  async function everything() {
    const data = await client().query<{
      viewer: { profiles: unknown[]; imports: { nodes: { fileName: string }[] } };
    }>(`{
      viewer {
        profiles {
          name timeZone
          analytics { totals { viewings titles series movies episodes secondsWatched activeDays } }
          viewings(first: 20, filter: { includeAccidental: true }) { totalCount nodes {
            rawTitle watchedOn startedAt secondsWatched
            title { __typename name ... on Episode { seasonNumber netflixLabel series { name seasons { name episodes { name } } } } }
          } }
          exportRows(table: RATINGS) { totalCount nodes { at rawTitle details } }
        }
        imports { nodes {
          fileName status rowsRead rowsImported rowsDuplicate rowsSupplemental
          files { path use rowsRead rowsImported rowsRejected }
          changes { since { fileName } viewingsAdded viewingsGone viewingsMoved }
          profiles { name }
        } }
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
      { numRuns: 24 },
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

  it('says what changed between one import and the next of the same profile', async () => {
    const ids = [];
    for (const name of ['history', 'activity', 'later', 'export.zip', 'later-export.zip'])
      ids.push((await send(name)).id);
    interface Changed {
      viewer: { imports: { nodes: { fileName: string; changes: unknown }[] } };
    }
    const { viewer } = await client().query<Changed>(`{ viewer { imports { nodes { fileName changes {
      since { fileName } viewingsAdded viewingsGone viewingsMoved
      viewings { totalCount nodes { change previouslyOn viewing { rawTitle watchedOn } } }
      moved: viewings(change: MOVED) { totalCount }
    } } } } }`);
    const changes = new Map(viewer.imports.nodes.map((node) => [node.fileName, node.changes]));
    expect(changes.get('history')).toBeNull();
    expect(changes.get('activity')).toBeNull();
    expect(changes.get('later')).toEqual({
      since: { fileName: 'history' },
      viewingsAdded: 0,
      viewingsGone: 0,
      viewingsMoved: 1,
      viewings: {
        totalCount: 1,
        nodes: [
          {
            change: 'MOVED',
            previouslyOn: '2021-02-02',
            viewing: { rawTitle: 'Paper Moons', watchedOn: '2021-04-20' },
          },
        ],
      },
      moved: { totalCount: 1 },
    });
    expect(changes.get('export.zip')).toMatchObject({
      since: { fileName: 'activity' },
      viewingsAdded: 0,
      viewingsGone: 2,
      viewingsMoved: 0,
    });
    // It has a history and an activity: compared with the last import that has either.
    expect(changes.get('later-export.zip')).toMatchObject({ since: { fileName: 'export.zip' }, viewingsAdded: 1 });
    for (const id of ids) await client().deleteImport(id);
  });

  it('gives changes in pages', async () => {
    const ids = [(await send('activity')).id, (await send('longer')).id];
    const page = async (after: string | null) => {
      interface Page {
        node: {
          changes: { viewings: { pageInfo: { endCursor: string | null; hasNextPage: boolean }; nodes: unknown[] } };
        };
      }
      const { node } = await client().query<Page>(
        `query($id: ID!, $after: String) { node(id: $id) { ... on Import { changes {
          viewings(first: 1, after: $after) { pageInfo { endCursor hasNextPage } nodes { change viewing { watchedOn } } } } } } }`,
        { id: ids[1], after },
      );
      return node.changes.viewings;
    };
    const seen: unknown[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { nodes, pageInfo } = await page(after);
      seen.push(...nodes);
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(seen).toEqual([
      { change: 'ADDED', viewing: { watchedOn: '2021-04-20' } },
      { change: 'GONE', viewing: { watchedOn: '2021-03-12' } },
      { change: 'ADDED', viewing: { watchedOn: '2021-02-02' } },
      { change: 'GONE', viewing: { watchedOn: '2021-01-05' } },
    ]);
    for (const id of ids) await client().deleteImport(id);
  });
});
