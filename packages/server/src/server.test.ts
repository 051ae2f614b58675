import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, clientOf, onEveryServer } from '../test/server-on-every-database.ts';
import type { WatchprintServer } from './server.ts';

const history = `Title,Date
"The Lantern District: Season 2: Salt","28/07/2020"
"The Lantern District: Season 2: Low Tide","27/07/2020"
"Paper Moons","27/07/2020"
"The Lantern District: Season 1: Seven Keys","13/06/2020"
`;

const activity = `Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country
Ada,2021-03-02 20:15:00,00:45:10,,Harbour Street: Series 1: Thaw (Episode 2),,Smart TV,00:51:40,00:51:40,AU (Australia)
Ada,2021-03-02 20:14:00,00:00:20,Autoplayed: user action: None; ,Season 1 Trailer: Harbour Street,TRAILER,Smart TV,00:00:20,00:00:20,AU (Australia)
Ben,2021-03-01 11:00:00,00:00:30,,Paper Moons,,Phone,00:00:30,Not latest view,GB (United Kingdom)
`;

onEveryServer('the server', (open) => {
  let server: WatchprintServer;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());
  const client = () => clientOf(server);
  const file = (text: string) => new TextEncoder().encode(text);

  it('adds nothing when a file comes again to a profile that was given another name', async () => {
    const before = new Set((await client().profiles()).map(({ id }) => id));
    for (const [text, options] of [
      [history, {}],
      [activity, {}],
    ] as const) {
      await client().importHistory(file(text), options);
      const named = (await client().profiles()).filter(({ id }) => !before.has(id));
      for (const { id, name } of named)
        await client().query(
          'mutation($id: ID!, $name: String!) { updateProfile(input: { profileId: $id, name: $name }) { profile { id } } }',
          { id, name: `${name} of ours` },
        );
      expect(await client().importHistory(file(text), options)).toMatchObject({ rowsImported: 0 });
      expect(await client().profiles()).toHaveLength(before.size + named.length);
    }
    const { nodes } = (
      await client().query<{ viewer: { imports: { nodes: { id: string }[] } } }>(
        '{ viewer { imports(first: 100) { nodes { id } } } }',
      )
    ).viewer.imports;
    for (const { id } of nodes.slice(0, 4)) await client().deleteImport(id);
  });

  it('takes a history the whole way to figures, and back', async () => {
    const progress: string[] = [];
    const done = await client().importHistory(file(history), {
      profileName: 'Cleo',
      onProgress: ({ status }) => progress.push(status),
    });
    expect(done).toMatchObject({
      status: 'COMPLETED',
      format: 'NETFLIX_VIEWING_HISTORY',
      dateOrder: 'DAY_FIRST',
      rowsRead: 4,
      rowsImported: 4,
      rowsDuplicate: 0,
      rowsRejected: 0,
    });
    expect(progress.at(-1)).toBe('COMPLETED');
    const [profile] = await client().profiles();
    expect(profile).toMatchObject({ name: 'Cleo', timeZone: 'Australia/Sydney', timeZoneAssumed: true });
    const viewings = [];
    for await (const viewing of client().viewings(profile?.id ?? '', { pageSize: 3 })) viewings.push(viewing);
    expect(viewings.map(({ watchedOn, rawTitle }) => [watchedOn, rawTitle])).toEqual([
      ['2020-07-28', 'The Lantern District: Season 2: Salt'],
      ['2020-07-27', 'The Lantern District: Season 2: Low Tide'],
      ['2020-07-27', 'Paper Moons'],
      ['2020-06-13', 'The Lantern District: Season 1: Seven Keys'],
    ]);
    expect(viewings[0]?.title).toMatchObject({
      __typename: 'Episode',
      name: 'Salt',
      series: { name: 'The Lantern District' },
      seasonNumber: 2,
    });
    const figures = await client().analytics(profile?.id ?? '');
    expect(figures?.totals).toMatchObject({
      viewings: 4,
      titles: 4,
      movies: 1,
      series: 1,
      episodes: 3,
      secondsWatched: null,
    });
    expect(figures?.top?.items[0]).toMatchObject({ label: 'The Lantern District', viewings: 3, share: 1 });
    expect(figures?.timeline?.points).toMatchObject([
      { start: '2020-06-01', viewings: 1 },
      { start: '2020-07-01', viewings: 3 },
    ]);

    const again = await client().importHistory(file(history), { profileName: 'Cleo' });
    expect(again).toMatchObject({ rowsImported: 0, rowsDuplicate: 4 });
    expect(await client().deleteImport(again.id)).toBe(0);
    expect(await client().deleteImport(done.id)).toBe(4);
    expect(await client().profiles()).toEqual([]);
  });

  it('counts trailers apart, and leaves accidental viewings out of figures but not out of the list', async () => {
    const done = await client().importHistory(file(activity), { fileName: 'ViewingActivity.csv' });
    expect(done).toMatchObject({ rowsRead: 3, rowsImported: 3, rowsSupplemental: 1, dateOrder: 'YEAR_FIRST' });
    const [ada, ben] = await client().profiles();
    expect(ben).toMatchObject({ name: 'Ben', timeZone: 'Europe/London' });
    const listed = async (id: string, includeAccidental: boolean) => {
      const titles = [];
      for await (const { rawTitle, watchedOn } of client().viewings(id, { filter: { includeAccidental } }))
        titles.push(`${watchedOn} ${rawTitle}`);
      return titles;
    };
    // 20:15 UTC is the next morning in Sydney.
    expect(await listed(ada?.id ?? '', true)).toEqual(['2021-03-03 Harbour Street: Series 1: Thaw (Episode 2)']);
    for await (const viewing of client().viewings(ada?.id ?? ''))
      expect(viewing).toMatchObject({ secondsWatched: 45 * 60 + 10, positionSeconds: 51 * 60 + 40 });
    expect(await listed(ben?.id ?? '', false)).toEqual([]);
    expect(await listed(ben?.id ?? '', true)).toEqual(['2021-03-01 Paper Moons']);
    const figures = await client().analytics(ben?.id ?? '');
    expect(figures?.totals).toMatchObject({ viewings: 0, accidentalViewings: 1, accidentalSecondsWatched: 30 });
    await client().deleteImport(done.id);
  });

  it('keeps each of two equal rows of a day, a trailer among them, and a row that cannot be stored as a rejected one', async () => {
    const twice = `Title,Date
"Paper Moons","28/07/2020"
"Paper Moons","28/07/2020"
"Season 1 Trailer: Harbour Street","27/07/2020"
"Red\0Clay","27/07/2020"
"Paper Moons","13/06/2020"
`;
    const done = await client().importHistory(file(twice), { profileName: 'Dot' });
    expect(done).toMatchObject({
      rowsRead: 5,
      rowsImported: 4,
      rowsSupplemental: 0,
      rowsDuplicate: 0,
      rowsRejected: 1,
    });
    const { data } = await ask(
      server,
      'query($id: ID!) { node(id: $id) { ... on Import { rejectedRows { nodes { line content } } } } }',
      {
        id: done.id,
      },
    );
    expect(data).toEqual({
      node: { rejectedRows: { nodes: [{ line: 5, content: expect.stringContaining('Red\u{FFFD}Clay') }] } },
    });
    const [dot] = await client().profiles();
    const figures = await client().analytics(dot?.id ?? '');
    expect(figures?.totals).toMatchObject({ viewings: 4 });
    const once = await client().importHistory(file(twice.replace('"Paper Moons","28/07/2020"\n', '')), {
      profileName: 'Dot',
    });
    expect(once).toMatchObject({ rowsRead: 4, rowsImported: 0, rowsDuplicate: 3, rowsRejected: 1 });
    expect(await client().deleteImport(once.id)).toBe(0);
    expect(await client().deleteImport(done.id)).toBe(4);
  });

  it('lists a row that has only a day at noon of it, UTC', async () => {
    const at = (time: string, title: string) =>
      `Eve,2021-03-02 ${time},00:45:00,,${title},,Smart TV,,,GB (United Kingdom)\n`;
    const header = activity.slice(0, activity.indexOf('\n') + 1);
    const timed = await client().importHistory(
      file(header + at('13:00:00', 'After Noon') + at('11:00:00', 'Before Noon')),
    );
    const dated = await client().importHistory(file('Title,Date\n"Some Time","2021-03-02"\n"Before","2021-03-01"\n'), {
      profileName: 'Eve',
    });
    const [eve] = await client().profiles();
    const titles = [];
    for await (const { rawTitle } of client().viewings(eve?.id ?? '')) titles.push(rawTitle);
    expect(titles).toEqual(['After Noon', 'Some Time', 'Before Noon', 'Before']);
    await client().deleteImport(timed.id);
    await client().deleteImport(dated.id);
  });

  it('refuses what is no history, and says what it found', async () => {
    const refused = await client()
      .importHistory(file('Name,Price\nBread,3\n'))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'RefusedError', code: 'FORMAT_UNKNOWN' });
    expect((refused as Error).message).toContain('Price');
  });

  it('asks for the date order where nothing tells', async () => {
    const ambiguous = 'Title,Date\n"Paper Moons","12/04/2022"\n"Red Clay","12/04/2022"\n';
    const refused = await client()
      .importHistory(file(ambiguous))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'ImportFailedError', code: 'DATE_ORDER_NEEDED' });
    const done = await client().importHistory(file(ambiguous), { dateOrder: 'DAY_FIRST' });
    expect(done).toMatchObject({ status: 'COMPLETED', rowsImported: 2 });
    await client().deleteImport(done.id);
  });

  it('answers null for ids that are malformed, of nothing, or of another kind', async () => {
    const viewer = await ask(server, '{ viewer { id } }');
    const { id } = (viewer.data as unknown as { viewer: { id: string } }).viewer;
    for (const wrong of ['', 'x', 'Vmlld2luZzox', Buffer.from("Title:' OR 1=1").toString('base64url'), `${id}=`])
      expect((await ask(server, 'query($id: ID!) { node(id: $id) { id } }', { id: wrong })).data).toEqual({
        node: null,
      });
    expect((await ask(server, 'query($id: ID!) { node(id: $id) { id } }', { id })).data).toEqual({ node: { id } });
  });

  it('gives every refusal a code', async () => {
    const codeOf = async (query: string, variables: object = {}) =>
      (await ask(server, query, variables)).errors?.[0]?.extensions?.code;
    const deep = `{ viewer { ${'profiles { viewings { nodes { profile { '.repeat(8)} id ${'} } } }'.repeat(8)} } }`;
    const page = 'query($first: Int) { viewer { imports(first: $first) { totalCount } } }';
    const update = 'mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { profile { name } } }';
    const done = await client().importHistory(file(history), { profileName: 'Fay' });
    const [fay] = await client().profiles();
    const renamed = (given: object) => codeOf(update, { input: { profileId: fay?.id, ...given } });
    expect([
      await codeOf(deep),
      await codeOf('{ viewer {'),
      await codeOf('{ nothing }'),
      await codeOf(page, { first: 2147483648 }),
      await codeOf(page, { first: 'three' }),
      await codeOf(update, { input: { profileId: fay?.id, nothing: 1 } }),
      await renamed({ name: 'F\0y' }),
      await codeOf(`mutation { updateProfile(input: { profileId: "x", name: "F\\u0000y" }) { profile { id } } }`),
      await renamed({ name: 'F\ny' }),
      await renamed({ name: 'F\u202ey' }),
      await renamed({ name: 'F\ud800y' }),
      await renamed({ name: ' ' }),
      await renamed({ timeZone: '' }),
    ]).toEqual(Array(13).fill(expect.stringMatching(/^(BAD_USER_INPUT|QUERY_TOO_DEEP|GRAPHQL_[A-Z_]+)$/)));
    // A backslash and a zero are two characters like any other.
    expect(await renamed({ name: 'F\\u0000y' })).toBeUndefined();
    await client().deleteImport(done.id);
  });

  it('gives a name to one of two profiles that ask for it at once', async () => {
    const done = await client().importHistory(file(activity));
    const renames = (await client().profiles())
      .slice(0, 2)
      .map(({ id }) =>
        ask(
          server,
          'mutation($id: ID!) { updateProfile(input: { profileId: $id, name: "Kit" }) { profile { name } } }',
          { id },
        ),
      );
    const codes = (await Promise.all(renames)).map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.sort()).toEqual(['BAD_USER_INPUT', undefined]);
    await client().deleteImport(done.id);
  });

  it('masks nothing that a caller can mend, and everything else', async () => {
    const deep = `{ viewer { ${'profiles { viewings { nodes { profile { '.repeat(8)} id ${'} } } }'.repeat(8)} } }`;
    expect((await ask(server, deep)).errors?.[0]?.message).toMatch(/depth/i);
    expect((await ask(server, '{ viewer { imports(first: 501) { totalCount } } }')).errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
