import { rm } from 'node:fs/promises';
import { openDatabase } from '@watchprint/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseKinds, newPlace } from '../../../database/test/databases.ts';
import { sendUploads } from '../../test/send-uploads.ts';
import { clientOf, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';

// Another part of what `npm run fuzz` sends for each database; docs/made-up-uploads.md says what came of all of it.
it.each(databaseKinds)(
  'uploads of every kind are refused with a code, or imported so that their counts add up (%s)',
  async (kind) => {
    const place = await newPlace(kind);
    const { home } = place;
    const database = await openDatabase(place);
    const { outcomes, faults } = await sendUploads(database, home, kind === 'embedded' ? 1 : 301, 300);
    expect(faults).toEqual([]);
    // Both ends are reached.
    for (const outcome of ['COMPLETED', 'FORMAT_UNKNOWN', 'ARCHIVE_BROKEN', 'DATE_ORDER_NEEDED'])
      expect(outcomes.get(outcome), outcome).toBeGreaterThan(0);
    await rm(home, { recursive: true });
  },
);

onEveryServer('what made-up uploads have found', (open) => {
  let server: ServerOfTest;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());
  const send = (text: string, fileName = 'a.csv') =>
    clientOf(server).importHistory(new TextEncoder().encode(text), { fileName });

  it('ends an import whose error quotes what the database cannot hold, and goes on with the next', async () => {
    await expect(send('Title,Date\nSalt,so\0on\n')).rejects.toMatchObject({
      code: 'FORMAT_UNKNOWN',
      message: expect.stringContaining('so\u{FFFD}on'),
    });
    expect(await send('Title,Date\nSalt,2021-02-28\n')).toMatchObject({ status: 'COMPLETED' });
  });

  it('keeps a viewing whose device holds a NUL character', async () => {
    const done = await send('Title,Start Time,Duration,Device Type\nSalt,2021-02-28 20:00:00,00:40:00,T\0V\n');
    expect(done).toMatchObject({ rowsImported: 1, rowsRejected: 0 });
  });

  it('takes columns that hold NUL characters, and delimiters that are no characters', async () => {
    const columns = 'Profile Name,Title Name,Utc Title Add Date,N\0w\nAda,Salt,2021-02-28,x\n';
    expect((await send(columns)).files).toMatchObject([{ use: 'USED', rowsImported: 1 }]);
    for (const delimiter of ['\0', '😀'])
      await expect(send(`sep=${delimiter}\nTitle${delimiter}Date\nSalt${delimiter}2021-02-28\n`)).rejects.toMatchObject(
        {
          code: 'FORMAT_UNKNOWN',
        },
      );
  });

  it('takes a file without a name, and one whose name ends in half a character', async () => {
    const form = new FormData();
    const query = 'mutation($file: Upload!) { importHistory(input: { file: $file }) { import { fileName } } }';
    form.append('operations', JSON.stringify({ query, variables: { file: null } }));
    form.append('map', '{"0":["variables.file"]}');
    form.append('0', new Blob(['Title,Date\nSalt,2021-02-28\n']), '');
    const headers = { 'graphql-require-preflight': 'true' };
    const request = new Request('http://embedded.invalid/graphql', { method: 'POST', headers, body: form });
    expect(await (await server.fetch(request)).json()).toEqual({
      data: { importHistory: { import: { fileName: 'unnamed' } } },
    });
    const long = `${'x'.repeat(254)}😀.csv`;
    expect((await send('Title,Date\nSalt,2021-02-28\n', long)).fileName).toBe('x'.repeat(254));
  });
});
