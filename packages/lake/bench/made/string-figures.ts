import { compareKey } from '../../../engine/src/resolve/compare-key.ts';
import { predictTitles } from '../../../engine/src/resolve/predictions.ts';
import { readMarker, splitEpisodeSuffix } from '../../../engine/src/resolve/read/markers.ts';

/** A string whose work is in the catalogue, and the catalogue's first name of it. */
export interface NamedString {
  readonly title: string;
  readonly locale: string;
  readonly name: string;
}

/** How distinct strings divide by their shape, as the engine's grammar reads them, in %; then rows a series. */
export function shapeFigures(strings: readonly string[]): Record<string, string> {
  const predictions = predictTitles(strings, []);
  const counts: Record<string, number> = {};
  const series = new Map<string, number>();
  const count = (figure: string) => {
    counts[figure] = (counts[figure] ?? 0) + 1;
  };
  for (const { title, kind, series: name, season } of predictions) {
    if (kind === 'movie') count('film');
    if (kind !== 'episode') continue;
    count('episode');
    const key = compareKey(name);
    series.set(key, (series.get(key) ?? 0) + 1);
    const suffix = splitEpisodeSuffix(title);
    if (suffix) count('  with a number in brackets');
    const markers = (suffix?.rest ?? title)
      .split(/\s*[:：]\s+/u)
      .slice(1)
      .map((segment) => readMarker(segment.trim()));
    const label = markers.find((marker) => marker !== null && marker.kind !== 'EPISODE');
    count(`  ${label ? label.kind.toLowerCase() : season === '' ? 'no season' : 'named season'}`);
    if (markers.at(-1)?.kind === 'EPISODE') count('  a number for a name');
  }
  const share = (figure: string, of: number) => `${((100 * (counts[figure] ?? 0)) / of).toFixed(1)} %`;
  const rows = [...series.values()].sort((a, b) => b - a);
  const episodes = counts.episode ?? 0;
  return {
    ...Object.fromEntries(
      Object.keys(counts)
        .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
        .map((figure) => [figure, share(figure, figure.startsWith(' ') ? episodes : strings.length)]),
    ),
    'rows a series': (episodes / rows.length).toFixed(1),
    '  at 1, 5, 10, 25, 50, 75 %': [0.01, 0.05, 0.1, 0.25, 0.5, 0.75]
      .map((place) => rows[Math.floor(place * rows.length)])
      .join(' '),
  };
}

/** How often a work stands under another name than its first, and how many known works share that first name. */
export function nameFigures(
  strings: readonly NamedString[],
  known: ReadonlyMap<string, number>,
): Record<string, string> {
  const figures: Record<string, string> = {};
  const shareOf = (some: readonly NamedString[]) =>
    `${((100 * some.filter(isOtherName).length) / some.length).toFixed(0)} % of ${some.length}`;
  figures['another name'] = shareOf(strings);
  for (const locale of ['en', 'pt', 'nl', 'da', 'es', 'fr', 'tr', 'cs', 'pl', 'ja']) {
    const some = strings.filter((row) => row.locale.startsWith(locale));
    if (some.length > 0) figures[`  ${locale}`] = shareOf(some);
  }
  for (const size of [1, 2, 3, 4, 5]) {
    const some = strings.filter(({ name }) => Math.min(known.get(compareKey(name)) ?? 1, 5) === size);
    figures[size < 5 ? `name of ${size} known works` : 'name of 5 or more'] =
      `${((100 * some.length) / strings.length).toFixed(1)} %`;
  }
  return figures;
}

function isOtherName({ title, name }: NamedString): boolean {
  const [key, work] = [compareKey(title), compareKey(name)];
  return key !== work && !key.startsWith(`${work} `);
}
