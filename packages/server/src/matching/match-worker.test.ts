import { accountStore, saveMatches, saveSharedTitles, settleWhatRowsTell, staleGroups } from '@watchprint/database';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MadeCatalogue, madeCatalogue, madeWorks } from '../../test/made-catalogue.ts';
import { ask, clientOf, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';
import { markOf } from './mark.ts';
import type { MatchChanges } from './match-changes.ts';
import { type MatchWorker, startMatchWorker } from './match-worker.ts';

const log = pino({ level: 'silent' });
const day = '13/01/2021';
const historyOf = (titles: readonly string[]) =>
  new TextEncoder().encode(`Title,Date\n${titles.map((title) => `"${title}","${day}"\n`).join('')}`);

onEveryServer('the worker that matches', (open) => {
  let catalogue: MadeCatalogue;
  let server: ServerOfTest;
  let worker: MatchWorker | null = null;
  beforeEach(async () => {
    catalogue = madeCatalogue();
    server = await open(catalogue, false);
  });
  afterEach(async () => {
    await worker?.stop();
    worker = null;
    await server.close();
  });

  const send = (...titles: string[]) =>
    clientOf(server).importHistory(historyOf(titles), { fileName: 'history.csv', dateOrder: 'DAY_FIRST' });
  const start = async (lookMs?: number) => {
    worker = await startMatchWorker(server.database, catalogue, log, { lookMs });
  };
  interface Row {
    readonly status: string;
    readonly total: number;
    readonly done: number;
    readonly changes: MatchChanges | null;
    readonly code: string | null;
    readonly matchedWith: string | null;
  }
  const row = async () => {
    const [found] = await server.database.sql.query<Row>(
      `SELECT status::text, strings_total AS total, strings_done AS done, changes, error_code AS code, matched_with AS "matchedWith"
       FROM matching`,
    );
    return found;
  };
  const until = async (isSo: (row: Row | undefined) => boolean) => {
    for (;;) {
      const now = await row();
      if (isSo(now)) return now as Row;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const ended = () => until((now) => now?.status === 'COMPLETED');
  const matches = () =>
    server.database.sql.query<{ title: string; status: string; imdb: string | null }>(
      `SELECT raw_title AS title, status::text, title.imdb_id AS imdb FROM match
       LEFT JOIN title ON title.id = catalogue_title_id ORDER BY raw_title COLLATE "C"`,
    );

  it('stops after what it has at hand, and another goes on from there', async () => {
    await send(...Array.from({ length: 2500 }, (_, number) => `Lane of ${number} lanterns`), 'Paper Moons');
    let stopping: Promise<void> | undefined;
    catalogue.onOutcomes = async () => {
      if (((await row())?.done ?? 0) > 0) stopping ??= worker?.stop();
    };
    await start();
    await until((now) => now?.status === 'QUEUED' && stopping !== undefined);
    await stopping;
    const done = async () => (await matches()).filter(({ status }) => status !== 'READ').length;
    const before = await done();
    expect(before).toBeGreaterThanOrEqual(500);
    expect(before).toBeLessThan(2501);
    await start();
    expect(await ended()).toMatchObject({ total: 2501 - before, done: 2501 - before });
    expect(await done()).toBe(2501);
  });

  it('tells its progress, which only rises and ends at the total: once where nothing was matched before, and when all is matched anew', async () => {
    const titles = Array.from({ length: 1800 }, (_, number) => `Lane of ${number} lanterns`);
    await send(...titles);
    const progress = async () => {
      const { data } = await ask(server, '{ viewer { matching { status stringsTotal stringsDone } } }');
      return (
        data as unknown as { viewer: { matching: { status: string; stringsTotal: number; stringsDone: number } } }
      ).viewer.matching;
    };
    for (const version of ['made-1', 'made-2']) {
      const seen: { readonly status: string; readonly stringsTotal: number; readonly stringsDone: number }[] = [];
      catalogue.onOutcomes = async () => void seen.push(await progress());
      if (version === 'made-1') await start(30);
      else catalogue.put(madeWorks, version);
      await until((now) => now?.status === 'COMPLETED' && now.matchedWith === markOf(version));
      expect(await progress()).toEqual({ status: 'COMPLETED', stringsTotal: 1800, stringsDone: 1800 });
      expect(new Set(seen.map(({ status, stringsTotal }) => `${status} ${stringsTotal}`))).toEqual(
        new Set(['RUNNING 1800']),
      );
      const done = seen.map(({ stringsDone }) => stringsDone);
      expect(done).toEqual([...done].sort((one, other) => one - other));
      expect(done).toEqual(version === 'made-1' ? [0, 500, 1000, 1500] : [0, 250, 500, 750, 900, 1150, 1400, 1650]);
    }
  });

  it('sees a new catalogue by itself, and tells what it changes before it changes anything', async () => {
    await send('Paper Moons', 'Marrowbone Lane', 'Tidewater: Season 1: Salt and Silver');
    await start(30);
    const first = await ended();
    expect(first.changes).toBeNull();
    const before = await matches();
    const film = madeWorks.find(({ name }) => name === 'Paper Moons');
    if (film === undefined) throw new Error('no film');
    const later = [
      ...madeWorks.filter(({ name }) => name !== 'Paper Moons'),
      { ...film, id: 'tt0000900', name: 'Marrowbone Lane' },
    ];
    const whenAsked: { readonly isTold: boolean; readonly matches: unknown }[] = [];
    catalogue.onFind = async () => {
      whenAsked.push({ isTold: (await row())?.changes != null, matches: await matches() });
    };
    catalogue.put(later, 'made-2');
    const again = await until((now) => now?.status === 'COMPLETED' && now.matchedWith === markOf('made-2'));
    // First to say what it changes, then to change it.
    expect([...new Set(whenAsked.map(({ isTold }) => isTold))]).toEqual([false, true]);
    for (const asked of whenAsked) expect(asked.matches).toEqual(before);
    expect(again.changes).toMatchObject({
      stringsCompared: 3,
      titlesChanged: 2,
      statuses: expect.arrayContaining([
        { from: 'MATCHED', to: 'UNMATCHED', strings: 1 },
        { from: 'UNMATCHED', to: 'MATCHED', strings: 1 },
        { from: 'MATCHED', to: 'MATCHED', strings: 1 },
      ]),
      examples: expect.arrayContaining([
        expect.objectContaining({ rawTitle: 'Paper Moons', titleBefore: 'Paper Moons', titleAfter: null }),
        expect.objectContaining({ rawTitle: 'Marrowbone Lane', titleAfter: 'Marrowbone Lane' }),
      ]),
    });
    expect(await matches()).toMatchObject([
      { title: 'Marrowbone Lane', imdb: 'tt0000900' },
      { title: 'Paper Moons', status: 'UNMATCHED', imdb: null },
      { title: 'Tidewater: Season 1: Salt and Silver', imdb: 'tt0000111' },
    ]);
  });

  it('says what it would change, when asked to change nothing', async () => {
    await send('Paper Moons');
    const { data } = await ask(
      server,
      'mutation { previewRematch { changes { stringsCompared statuses { from to strings } examples { rawTitle titleAfter } } } }',
    );
    expect(data?.previewRematch).toEqual({
      changes: {
        stringsCompared: 1,
        statuses: [{ from: 'READ', to: 'MATCHED', strings: 1 }],
        examples: [{ rawTitle: 'Paper Moons', titleAfter: 'Paper Moons' }],
      },
    });
    expect((await matches())[0]?.status).toBe('READ');
  });

  it('writes nothing of a group that is another than the one it matched', async () => {
    await send('Tidewater: Season 1: Salt and Silver');
    const [account] = await server.database.sql.query<{ id: string }>('SELECT id::text FROM account');
    const store = accountStore(server.database, account?.id ?? '');
    await settleWhatRowsTell(store);
    const { groups } = await staleGroups(store, markOf('made-1'), null, 10);
    let written: number | null = null;
    await catalogue.use(async (now) => {
      for await (const matched of now?.match(groups) ?? []) {
        await saveSharedTitles(server.database.sql, matched.titles);
        await send('Tidewater: Season 1: The Long Thaw');
        written = await saveMatches(store, matched.groups, markOf('made-1'));
      }
    });
    expect(written).toBe(0);
    expect((await matches()).map(({ status }) => status)).toEqual(['READ', 'READ']);
    await start();
    await ended();
    expect((await matches()).map(({ imdb }) => imdb)).toEqual(['tt0000111', 'tt0000112']);
  });

  it('matches a group again that gains or loses a string, or whose rows tell another thing', async () => {
    await send('Tidewater: Season 1: Salt and Silver', 'Paper Moons');
    await start();
    await ended();
    const marks = () =>
      server.database.sql.query<{ title: string; year: number; mark: string | null }>(
        `SELECT raw_title AS title, first_year::int AS year, matched_with AS mark FROM match ORDER BY raw_title COLLATE "C"`,
      );
    expect((await marks()).map(({ year }) => year)).toEqual([2021, 2021]);
    await worker?.stop();
    const earlier = new TextEncoder().encode(
      `Title,Date\n"Paper Moons","13/01/2017"\n"Tidewater: Season 1: The Long Thaw","${day}"\n`,
    );
    await clientOf(server).importHistory(earlier, { fileName: 'earlier.csv', dateOrder: 'DAY_FIRST' });
    // What its rows tell is counted when matching begins.
    expect((await marks()).map(({ mark }) => mark === null)).toEqual([false, true, true]);
    await start();
    expect(await ended()).toMatchObject({ total: 3, done: 3 });
    expect((await marks()).map(({ year }) => year)).toEqual([2017, 2021, 2021]);
    expect((await marks()).map(({ mark }) => mark)).toEqual(Array.from({ length: 3 }, () => markOf('made-1')));
  });

  it('counts what rows tell of all strings, some at a time', async () => {
    const titles = Array.from({ length: 40 }, (_, number) => `Lane of ${number} lanterns`);
    await send(...titles);
    const [account] = await server.database.sql.query<{ id: string }>('SELECT id::text FROM account');
    const store = accountStore(server.database, account?.id ?? '');
    const told = async (year: number) => {
      const rows = await server.database.sql.query<{ strings: number }>(
        'SELECT count(*)::int AS strings FROM match WHERE first_year = $1::int',
        [year],
      );
      return rows[0]?.strings;
    };
    expect(await told(2021)).toBe(0);
    await settleWhatRowsTell(store, 3);
    expect(await told(2021)).toBe(40);
  });

  it('ends as failed when it cannot go on, and matches when it is asked again', async () => {
    await send('Paper Moons');
    catalogue.onFind = async () => {
      throw new Error('the disk is gone');
    };
    await start();
    expect(await until((now) => now?.status === 'FAILED')).toMatchObject({ code: 'INTERNAL' });
    expect((await matches())[0]?.status).toBe('READ');
    catalogue.onFind = async () => {};
    await ask(server, 'mutation { rematch { matching { status } } }');
    expect(await ended()).toMatchObject({ code: null });
    expect((await matches())[0]?.status).toBe('MATCHED');
  });
});
