import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What came of one file. */
export interface Checked {
  readonly file: string;
  readonly withCatalogue: boolean;
  readonly profiles: number;
  /** Figures, each for each profile and period. */
  readonly figures: number;
  readonly values: number;
  readonly differences: number;
  /** Differences by figure, those without any left out. */
  readonly differing: ReadonlyMap<string, number>;
}

const thousands = (count: number) => count.toLocaleString('en-US');

export async function writeDocument(checked: readonly Checked[]): Promise<void> {
  const sum = (of: 'figures' | 'values' | 'differences') => checked.reduce((total, one) => total + one[of], 0);
  const differing = new Map<string, number>();
  for (const one of checked)
    for (const [figure, count] of one.differing) differing.set(figure, (differing.get(figure) ?? 0) + count);
  const lines = [
    '# The figures, worked out a second way',
    '',
    'Made by `npm run check:figures -- --write`: not to be edited by hand.',
    '',
    `On ${new Date().toISOString().slice(0, 10)}, ${thousands(sum('values'))} values of ${thousands(sum('figures'))} figures were compared; ` +
      `${sum('differences') === 0 ? 'none differs' : `${thousands(sum('differences'))} differ`}.`,
    '',
    '## What was done',
    '',
    'The figures of the API were worked out again, in plain SQL in DuckDB over the CSV files themselves (`scripts/figures-check`), from',
    '[their definitions](analytics.md) and without a look at the code that makes them; what changed later (bookmarks, stays by days, names of episodes) by who changed that',
    'code, too. Each file was imported into an account without anything else;',
    'then every profile’s figures were asked for and compared value by value: whole numbers, days and times must be equal, shares and means to 1e-9.',
    '',
    '- **Files**: five `ViewingActivity.csv`, one of them in the layout of 2025, and six `NetflixViewingHistory.csv` in five forms of dates. Each once',
    '  without a catalogue and once with one, so that runtimes, genres and years are known.',
    '- **Periods**: the whole history; a year; one that begins and ends at a midnight around which something was watched; the day with most',
    '  viewings; and one in which nothing was watched.',
    '- **Figures**: `totals`, `coverage`, `timeline` by day, week, month and year, `weekHours`, `streaks`, `longestDays`, `sessions`, `marathons`,',
    '  `evenings`, `top` by `TITLE`, `SERIES`, `KIND`, `DEVICE`, `PLACE`, `RUNTIME`, `DECADE` and `GENRE`, `diversity` and `taste` by some of these,',
    '  `releases`, `binges`, `rewatches`, `unfinishedFilms` and `travel`, with the coverage of each. Lists are compared up to their 500th entry; where',
    '  the definition leaves the order of some entries open, any order of them will do.',
    '- **Taken from the API**: the profile’s time zone, which strings are no trailers, and what title each was taken for. That is the work of the',
    '  grammar and the matcher, which have checks of their own. What the catalogue says of a title is read from its file again.',
    '- **Where a definition leaves something open** the SQL does as the API answers: how medians of whole seconds and minutes are rounded, whether',
    '  a unit without viewings has 0 seconds or none, the bands of runtimes, and which viewings some coverages are a share of. Which rows of a file',
    '  are one is as in [the map](architecture.md#what-makes-two-rows-one).',
    '',
    '## What came of it',
    '',
    '| file | catalogue | profiles | figures | values | differences |',
    '|---|---|---|---|---|---|',
    ...checked.map(
      ({ file, withCatalogue, profiles, figures, values, differences }) =>
        `| ${file} | ${withCatalogue ? 'yes' : 'no'} | ${profiles} | ${thousands(figures)} | ${thousands(values)} | ${thousands(differences)} |`,
    ),
    `| together | | | ${thousands(sum('figures'))} | ${thousands(sum('values'))} | ${thousands(sum('differences'))} |`,
    '',
    ...(differing.size === 0
      ? []
      : ['By figure:', '', ...[...differing].map(([figure, count]) => `- \`${figure}\`: ${thousands(count)}`), '']),
    'Fifteen faults were planted in the SQL, one after the other (a binge of four, plays that are not ended by being finished, a sitting that ends with the viewing',
    'before it, evenings until 04:00, stays that no period cuts …): thirteen were told. A marathon of 239 minutes and the end of a viewing over a change of clocks',
    'were not, for want of a row that shows them.',
    '',
    '## What is not covered',
    '',
    '- The figures `onThisDay`, `peoplePairs`, `series`, `otherProfiles`, `criticsAndYou`, `acclaimedUnseen`, `top10AndYou`, `comparedWith` and',
    '  `yearInReview`, those of the archive’s other tables, and days from release to watching.',
    '- Dimensions that need more than IMDb’s `title.basics`: people, countries, languages, networks, studios, certificates.',
    '- Thresholds other than the usual ones, several files in one account, and a download beside the archive that it repeats.',
    '',
    '## Again',
    '',
    '`npm run check:figures` compares all files, `npm run check:figures -- us-4` those with that in their name; it says how many values of each figure',
    'were compared and shows the first differences, and fails if there is any. It needs the corpus of real files, which is not part of the repository.',
  ];
  await writeFile(fileURLToPath(new URL('../../docs/analytics-check.md', import.meta.url)), `${lines.join('\n')}\n`);
}
