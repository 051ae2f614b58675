/**
 * A made-up catalogue in the layout of IMDb's datasets: as many titles as wanted, the same bytes for the same seed and size.
 *   node --import tsx packages/lake/bench/made-catalogue.ts DIR [--titles 12000000] [--seed 1] [--gzip]
 * Writes title.basics, title.akas, title.episode and title.ratings (.tsv, or .tsv.gz), by rising id.
 *
 * Measured on the test corpus and aimed at: votes by popularity, episodes a series and a season of known series, and how
 * many known works share a name. Taken from what is said of IMDb: the kinds of titles. Guessed, since nothing at
 * hand tells: languages, lesser known works with one name, lesser known series. README.md beside this file has the figures.
 */
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { constants, createGzip } from 'node:zlib';
import { alternativeNames } from './made/alternative-names.ts';
import { episodeAt, episodeNames } from './made/episodes.ts';
import { hash, unit } from './made/random.ts';
import { TitleIds } from './made/title-ids.ts';
import { MadeWorks } from './made/works.ts';

export interface MadeCatalogueOptions {
  readonly titles: number;
  readonly seed: number;
  readonly gzip?: boolean;
}

/** @returns rows by file. */
export async function writeMadeCatalogue(
  folder: string,
  { titles, seed, gzip = false }: MadeCatalogueOptions,
): Promise<Record<string, number>> {
  mkdirSync(folder, { recursive: true });
  const file = (name: string, columns: string) => new LineFile(join(folder, `${name}.tsv`), columns.split(' '), gzip);
  const basics = file(
    'title.basics',
    'tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres',
  );
  const akas = file('title.akas', 'titleId ordering title region language types attributes isOriginalTitle');
  const episodes = file('title.episode', 'tconst parentTconst seasonNumber episodeNumber');
  const ratings = file('title.ratings', 'tconst averageRating numVotes');
  const files = [basics, akas, episodes, ratings];

  const works = new MadeWorks(seed, titles);
  const ids = new TitleIds(seed, titles);
  for (const title of ids.inOrder()) {
    const id = ids.id(title);
    if (title < works.works) writeWork(works, title, id);
    else writeEpisode(works, title - works.works, id);
    if (files.some((each) => each.isFull)) await Promise.all(files.map((each) => each.flush()));
  }
  await Promise.all(files.map((each) => each.end()));
  return { basics: basics.rows, akas: akas.rows, episodes: episodes.rows, ratings: ratings.rows };

  function writeWork(works: MadeWorks, work: number, id: string): void {
    const kind = works.kind(work);
    const primary = works.primaryName(work);
    const original = works.originalName(work);
    const year = works.year(work);
    const isAdult = work >= works.popular && kind === 'video' && unit(seed, work, 80) < 0.35 ? 1 : 0;
    const endYear =
      works.isSeries(work) && unit(seed, work, 81) < 0.5 ? Math.min(2026, year + (hash(seed, work, 82) % 6)) : '\\N';
    basics.add(
      `${id}\t${kind}\t${primary}\t${original}\t${isAdult}\t${year}\t${endYear}\t${runtime(kind, work)}\t${genres(work)}\n`,
    );
    akas.add(`${id}\t1\t${original}\t\\N\t\\N\toriginal\t\\N\t1\n`);
    let ordering = 2;
    for (const { name, region, language, statesLanguage } of alternativeNames(works, work)) {
      akas.add(`${id}\t${ordering}\t${name}\t${region}\t${statesLanguage ? language : '\\N'}\timdbDisplay\t\\N\t0\n`);
      ordering += 1;
    }
    const votes = works.votes(work);
    if (votes !== null) ratings.add(`${id}\t${rating(work)}\t${votes}\n`);
  }

  function writeEpisode(works: MadeWorks, index: number, id: string): void {
    const episode = episodeAt(works, index);
    const { series, season, number, year, name } = episode;
    const title = works.works + index;
    basics.add(
      `${id}\ttvEpisode\t${name}\t${name}\t0\t${year}\t\\N\t${runtime(works.kind(series), series)}\t${genres(series)}\n`,
    );
    akas.add(`${id}\t1\t${name}\t\\N\t\\N\toriginal\t\\N\t1\n`);
    for (const [place, further] of episodeNames(works, episode, index).entries()) {
      akas.add(`${id}	${place + 2}	${further.name}	${further.region}	${further.language}	N	N	0
`);
    }
    episodes.add(`${id}\t${ids.id(series)}\t${season}\t${number}\n`);
    // Of episodes, those of known series have votes.
    const votes = series < works.popular ? works.votes(series) : null;
    if (votes !== null) ratings.add(`${id}\t${rating(title)}\t${5 + Math.floor(votes / 60 / (1 + number / 10))}\n`);
  }

  function runtime(kind: string, title: number): number | string {
    const share = unit(seed, title, 83);
    if (title >= works.popular && share < 0.4) return '\\N';
    if (kind === 'movie' || kind === 'tvMovie') return 75 + Math.floor(60 * share);
    return kind === 'short' || kind === 'tvShort' ? 3 + Math.floor(25 * share) : 20 + Math.floor(40 * share);
  }

  function genres(title: number): string {
    const first = hash(seed, title, 84) % GENRES.length;
    const second = hash(seed, title, 85) % GENRES.length;
    if (title >= works.popular && unit(seed, title, 86) < 0.05) return '\\N';
    return first === second || first % 3 === 0 ? (GENRES[first] ?? '') : `${GENRES[first]},${GENRES[second]}`;
  }

  function rating(title: number): string {
    return (3 + 3.5 * (unit(seed, title, 87) + unit(seed, title, 88))).toFixed(1);
  }
}

const GENRES = (
  'Action,Adventure,Animation,Biography,Comedy,Crime,Documentary,Drama,Family,Fantasy,Game-Show,History,Horror,Music,' +
  'Mystery,News,Reality-TV,Romance,Sci-Fi,Short,Sport,Talk-Show,Thriller,War,Western'
).split(',');

/** One file of lines, a megabyte in memory. */
class LineFile {
  rows = 0;
  #text = '';
  readonly #output: Writable;
  readonly #file: Writable;

  constructor(path: string, columns: readonly string[], gzip: boolean) {
    this.#file = createWriteStream(gzip ? `${path}.gz` : path);
    this.#output = gzip ? createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 256 * 1024 }) : this.#file;
    if (this.#output !== this.#file) this.#output.pipe(this.#file);
    this.#text = `${columns.join('\t')}\n`;
  }

  add(line: string): void {
    this.#text += line;
    this.rows += 1;
  }

  get isFull(): boolean {
    return this.#text.length > 1_000_000;
  }

  async flush(): Promise<void> {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    if (!this.#output.write(bytes)) await new Promise((resolve) => this.#output.once('drain', resolve));
  }

  async end(): Promise<void> {
    await this.flush();
    this.#output.end();
    await finished(this.#file);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      titles: { type: 'string', default: '12000000' },
      seed: { type: 'string', default: '1' },
      gzip: { type: 'boolean', default: false },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error('where to: made-catalogue.ts DIR');
  const started = performance.now();
  const options = { titles: Number(values.titles), seed: Number(values.seed), gzip: values.gzip };
  const rows = await writeMadeCatalogue(folder, options);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${JSON.stringify(rows)} in ${seconds} s, ${memory} MiB at most\n`);
}
