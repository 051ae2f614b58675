import type { HistoryColumns, TitleOfHistory, WorkOfHistory } from '@watchprint/engine';
import type { AccountSql } from './account-store.ts';
import {
  dictionaryOf,
  type Packed,
  packFlags,
  packFloats,
  packInts,
  packTexts,
  packUuids,
  unpackFlags,
  unpackFloats,
  unpackInts,
  unpackTexts,
  unpackUuids,
  uuidKeys,
} from './packed-columns.ts';

interface PackedRows {
  readonly days: Packed;
  readonly instants: Packed;
  readonly seconds: Packed;
  readonly positions: Packed;
  readonly accidental: Packed;
  readonly matches: Packed;
  readonly devices: string | null;
  readonly countries: string | null;
}

interface PackedStrings {
  readonly matches: Packed;
  readonly matched: Packed;
  readonly ids: Packed;
  readonly series: Packed;
  readonly names: string | null;
  readonly kinds: string | null;
  readonly seasonNumbers: Packed;
  readonly episodeNumbers: Packed;
  readonly years: Packed;
  readonly endYears: Packed;
  readonly runtimes: Packed;
  readonly imdbIds: string | null;
}

/** One profile's viewings as columns, in no order. Costs three statements, however long the history. */
export async function loadHistory(sql: AccountSql, profileId: string): Promise<HistoryColumns> {
  const own = 'account_id = $1::uuid AND profile_id = $2::uuid AND NOT supplemental AND NOT covered';
  const [[rows], [strings]] = await Promise.all([
    sql.query<PackedRows>(
      `SELECT ${packInts("watched_on - date '1970-01-01'")} AS days,
       ${packFloats('CASE WHEN occurrence = 0 THEN extract(epoch FROM ordered_at)::float8 END')} AS instants,
       ${packInts('seconds')} AS seconds, ${packInts('position_seconds')} AS positions, ${packFlags('accidental')} AS accidental, ${packUuids('match_id')} AS matches,
       ${packTexts('device')} AS devices, ${packTexts('country')} AS countries
     FROM viewing WHERE ${own}`,
      [profileId],
    ),
    sql.query<PackedStrings>(
      `SELECT ${packUuids('match.id')} AS matches, ${packFlags('match.catalogue_title_id IS NOT NULL')} AS matched,
       ${packUuids('title.id')} AS ids, ${packUuids('coalesce(title.catalogue_series_id, title.series_id)')} AS series,
       ${packTexts('title.name')} AS names, ${packTexts('title.kind')} AS kinds,
       ${packInts('title.season_number')} AS "seasonNumbers", ${packInts('title.episode_number')} AS "episodeNumbers",
       ${packInts('title.year')} AS years, ${packInts('title.end_year')} AS "endYears",
       ${packInts('title.runtime_minutes')} AS runtimes, ${packTexts('title.imdb_id')} AS "imdbIds"
     FROM (SELECT DISTINCT match_id FROM viewing WHERE ${own}) own
     JOIN match ON match.account_id = $1::uuid AND match.id = own.match_id
     LEFT JOIN title ON title.id = match.shown_title_id`,
      [profileId],
    ),
  ]);
  if (rows === undefined || strings === undefined) throw new Error('An aggregate answered no row');
  const { titles, works, titleOfString } = await titlesOf(sql, strings);
  const matched = unpackFlags(strings.matched);
  const stringPlaces = new Map(uuidKeys(strings.matches).map((key, place) => [key, place]));
  const keys = uuidKeys(rows.matches);
  const title = new Int32Array(keys.length);
  const isMatched = new Uint8Array(keys.length);
  for (const [row, key] of keys.entries()) {
    const string = stringPlaces.get(key) ?? -1;
    title[row] = titleOfString[string] ?? -1;
    isMatched[row] = matched[string] ?? 0;
  }
  const devices = dictionaryOf(unpackTexts(rows.devices));
  const countries = dictionaryOf(unpackTexts(rows.countries));
  return {
    length: keys.length,
    day: unpackInts(rows.days),
    startedAt: unpackFloats(rows.instants),
    seconds: unpackInts(rows.seconds),
    position: unpackInts(rows.positions),
    accidental: unpackFlags(rows.accidental),
    matched: isMatched,
    title,
    device: devices.places,
    country: countries.places,
    titles,
    works,
    devices: devices.words,
    countries: countries.words,
  };
}

interface Titles {
  readonly titles: TitleOfHistory[];
  readonly works: WorkOfHistory[];
  /** By place of the string; -1 where it was read as nothing. */
  readonly titleOfString: Int32Array;
}

/** Several strings may have one title. */
async function titlesOf(sql: AccountSql, strings: PackedStrings): Promise<Titles> {
  const ids = unpackUuids(strings.ids);
  const series = unpackUuids(strings.series);
  const names = unpackTexts(strings.names);
  const kinds = unpackTexts(strings.kinds) as (TitleOfHistory['kind'] | null)[];
  const imdbIds = unpackTexts(strings.imdbIds);
  const [seasonNumbers, episodeNumbers, years, endYears, runtimes] = [
    strings.seasonNumbers,
    strings.episodeNumbers,
    strings.years,
    strings.endYears,
    strings.runtimes,
  ].map(unpackInts) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const known = (numbers: Int32Array, place: number) => {
    const number = numbers[place] as number;
    return number < 0 ? null : number;
  };
  const works = await seriesWith(sql, [...new Set(series.filter((id) => id !== null))]);
  const workPlaces = new Map(works.map(({ id }, place) => [id, place]));
  const titles: TitleOfHistory[] = [];
  const places = new Map<string, number>();
  const titleOfString = new Int32Array(ids.length).fill(-1);
  for (const [string, id] of ids.entries()) {
    if (id === null) continue;
    let place = places.get(id);
    if (place === undefined) {
      place = titles.length;
      places.set(id, place);
      const kind = kinds[string] as TitleOfHistory['kind'];
      const name = names[string] as string;
      const year = known(years, string);
      const runtimeMinutes = known(runtimes, string);
      const imdbId = imdbIds[string] ?? null;
      const isWhole = kind === 'MOVIE' || kind === 'SERIES';
      if (isWhole && !workPlaces.has(id)) {
        workPlaces.set(id, works.length);
        works.push({ id, name, kind, year, endYear: known(endYears, string), runtimeMinutes, imdbId });
      }
      titles.push({
        id,
        name,
        kind,
        work: workPlaces.get(isWhole ? id : (series[string] ?? '')) ?? -1,
        seasonNumber: known(seasonNumbers, string),
        episodeNumber: known(episodeNumbers, string),
        year,
        runtimeMinutes,
        imdbId,
      });
    }
    titleOfString[string] = place;
  }
  return { titles, works, titleOfString };
}

async function seriesWith(sql: AccountSql, ids: readonly string[]): Promise<WorkOfHistory[]> {
  if (ids.length === 0) return [];
  return sql.query<WorkOfHistory>(
    `SELECT id::text, name, kind::text, year::int, end_year::int AS "endYear", runtime_minutes AS "runtimeMinutes",
       imdb_id AS "imdbId"
     FROM title WHERE id = ANY($2::uuid[]) AND (account_id = $1::uuid OR account_id IS NULL) ORDER BY id`,
    [ids],
  );
}
