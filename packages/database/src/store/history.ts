import type { HistoryColumns, StringOfHistory } from '@watchprint/engine';
import type { AccountSql } from './account-store.ts';

interface Columns {
  days: number[] | null;
  instants: (number | null)[] | null;
  seconds: number[] | null;
  accidental: number[] | null;
  matches: string[] | null;
  devices: (string | null)[] | null;
  countries: (string | null)[] | null;
}

interface StringRow extends StringOfHistory {
  readonly matchId: string;
}

/** One profile's viewings as columns, newest first. Costs two statements, however long the history. */
export async function loadHistory(sql: AccountSql, profileId: string): Promise<HistoryColumns> {
  const [columns] = await sql.query<Columns>(
    `SELECT array_agg(watched_on - date '1970-01-01') AS days,
       array_agg(CASE WHEN occurrence = 0 THEN extract(epoch FROM ordered_at)::float8 END) AS instants,
       array_agg(seconds) AS seconds, array_agg(accidental::int) AS accidental, array_agg(match_id::text) AS matches,
       array_agg(device) AS devices, array_agg(country::text) AS countries
     FROM (
       SELECT * FROM viewing WHERE account_id = $1::uuid AND profile_id = $2::uuid AND NOT supplemental AND NOT covered
       ORDER BY ordered_at DESC, id) AS viewing`,
    [profileId],
  );
  const strings = await sql.query<StringRow>(
    `SELECT match.id::text AS "matchId", title.id::text AS "titleId", title.name AS "titleName", title.kind::text AS kind,
       coalesce(series.id, CASE WHEN title.kind = 'SERIES' THEN title.id END)::text AS "seriesId",
       coalesce(series.name, CASE WHEN title.kind = 'SERIES' THEN title.name END) AS "seriesName",
       match.catalogue_title_id IS NOT NULL AS "isMatched"
     FROM match
     LEFT JOIN title ON title.id = match.shown_title_id
     LEFT JOIN title series ON series.id = coalesce(title.catalogue_series_id, title.series_id)
     WHERE match.account_id = $1::uuid AND EXISTS (
       SELECT FROM viewing WHERE viewing.account_id = $1::uuid AND viewing.profile_id = $2::uuid
         AND viewing.match_id = match.id AND NOT supplemental AND NOT covered)`,
    [profileId],
  );
  const places = new Map(strings.map(({ matchId }, place) => [matchId, place]));
  const devices = dictionary(columns?.devices ?? []);
  const countries = dictionary(columns?.countries ?? []);
  return {
    length: columns?.days?.length ?? 0,
    day: Int32Array.from(columns?.days ?? []),
    startedAt: Float64Array.from((columns?.instants ?? []).map((instant) => instant ?? Number.NaN)),
    seconds: Int32Array.from(columns?.seconds ?? []),
    accidental: Uint8Array.from(columns?.accidental ?? []),
    string: Int32Array.from((columns?.matches ?? []).map((matchId) => places.get(matchId) ?? -1)),
    device: devices.places,
    country: countries.places,
    strings,
    devices: devices.words,
    countries: countries.words,
  };
}

function dictionary(words: readonly (string | null)[]): { places: Int32Array; words: string[] } {
  const places = new Map<string, number>();
  const rows = words.map((word) => {
    if (word === null) return -1;
    const place = places.get(word) ?? places.size;
    places.set(word, place);
    return place;
  });
  return { places: Int32Array.from(rows), words: [...places.keys()] };
}
