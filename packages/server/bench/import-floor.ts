/**
 * The least that an import can cost: csv-parse over the file, and a bare bulk insert into the same table, with the same indexes
 * and batch size. Prints the milliseconds.
 *   node --import tsx packages/server/bench/import-floor.ts FILE HOME [DATABASE_URL]
 */
import { createReadStream } from 'node:fs';
import { openDatabase } from '@watchprint/database';
import { parse } from 'csv-parse';
import { v7 as uuidv7 } from 'uuid';

const [file, home, url] = process.argv.slice(2);
if (file === undefined || home === undefined) throw new Error('FILE HOME [DATABASE_URL]');
const database = await openDatabase({ home, url });
const accountId = uuidv7();
const profileId = uuidv7();
const importId = uuidv7();

const began = performance.now();
const matchIds = new Map<string, string>();
let batch: string[][] = [];
const records = createReadStream(file, { highWaterMark: 256 * 1024 }).pipe(parse({ from_line: 2 }));
for await (const record of records) {
  batch.push(record as string[]);
  if (batch.length === 5000) {
    await insert(batch);
    batch = [];
  }
}
if (batch.length > 0) await insert(batch);
process.stdout.write(`${Math.round(performance.now() - began)}\n`);
await database.close();

async function insert(rows: readonly string[][]): Promise<void> {
  const column = (place: number) => rows.map((row) => row[place] as string);
  const matches = column(4).map((title) => {
    const id = matchIds.get(title) ?? uuidv7();
    matchIds.set(title, id);
    return id;
  });
  await database.sql.query(
    `INSERT INTO viewing (account_id, import_id, profile_id, match_id, ordered_at, seconds, watched_on, device, country)
     SELECT $1::uuid, $2::uuid, $3::uuid, match_id, started AT TIME ZONE 'UTC', extract(epoch FROM seconds), started::date, device,
       left(country, 2)
     FROM unnest($4::uuid[], $5::timestamp[], $6::interval[], $7::text[], $8::text[])
       AS row(match_id, started, seconds, device, country)`,
    [accountId, importId, profileId, matches, column(1), column(2), column(6), column(9)],
  );
}
