import {
  countedRows,
  type Figure,
  type HistoryColumns,
  noViewings,
  type Period,
  SecondsSum,
  shareOf,
} from './history-columns.ts';

/** What a history can be ranked by without a catalogue. */
export type Dimension = 'TITLE' | 'SERIES' | 'DEVICE' | 'PLACE';

export interface RankingItem {
  /** A title's id, a device's words, a country's code. */
  readonly key: string;
  readonly label: string;
  readonly titleId: string | null;
  readonly viewings: number;
  readonly secondsWatched: number | null;
  /** Of the viewings that the dimension is known for, 0 to 1. */
  readonly share: number;
}

export interface Ranking extends Figure {
  readonly items: readonly RankingItem[];
}

interface Value {
  readonly key: string;
  readonly label: string;
  readonly titleId: string | null;
}

const definitions: Record<Dimension, string> = {
  TITLE: 'Films and episodes by how often they were watched, then by time watched.',
  SERIES: 'Series by how many viewings of their episodes there are, then by time watched.',
  DEVICE: 'Devices, in Netflix’s words, by how many viewings there are on each.',
  PLACE: 'Countries by how many viewings there are in each.',
};

const unknown: Record<Dimension, string> = {
  TITLE: 'No string of this period could be read as a title.',
  SERIES: 'No string of this period could be read as an episode.',
  DEVICE: 'The files do not say on which device.',
  PLACE: 'The files do not say in which country.',
};

function dimensionValue(history: HistoryColumns, row: number, dimension: Dimension): Value | null {
  if (dimension === 'DEVICE' || dimension === 'PLACE') {
    const [places, words] =
      dimension === 'DEVICE' ? [history.device, history.devices] : [history.country, history.countries];
    const word = words[places[row] as number];
    return word === undefined ? null : { key: word, label: word, titleId: null };
  }
  const string = history.strings[history.string[row] as number];
  if (string === undefined) return null;
  const [id, name] = dimension === 'TITLE' ? [string.titleId, string.titleName] : [string.seriesId, string.seriesName];
  return id === null || name === null ? null : { key: id, label: name, titleId: id };
}

/** The most watched of one dimension. Ties: more time watched first, then by label, then by key. */
export function ranking(history: HistoryColumns, period: Period, dimension: Dimension, limit: number): Ranking {
  const rows = countedRows(history, period);
  const groups = new Map<string, { value: Value; viewings: number; seconds: SecondsSum }>();
  let known = 0;
  for (const row of rows) {
    const value = dimensionValue(history, row, dimension);
    if (value === null) continue;
    known += 1;
    let group = groups.get(value.key);
    if (group === undefined) {
      group = { value, viewings: 0, seconds: new SecondsSum() };
      groups.set(value.key, group);
    }
    group.viewings += 1;
    group.seconds.add(history.seconds[row] as number);
  }
  const items = [...groups.values()]
    .map(({ value, viewings, seconds }) => ({
      ...value,
      viewings,
      secondsWatched: seconds.total,
      share: viewings / known,
    }))
    .sort(
      (a, b) =>
        b.viewings - a.viewings ||
        (b.secondsWatched ?? 0) - (a.secondsWatched ?? 0) ||
        compare(a.label, b.label) ||
        compare(a.key, b.key),
    )
    .slice(0, limit);
  return {
    definition: definitions[dimension],
    coverage: shareOf(known, rows.length),
    unknownBecause: rows.length === 0 ? noViewings : known === 0 ? unknown[dimension] : null,
    items,
  };
}

/** By code point, so that the order is the same on every machine. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
