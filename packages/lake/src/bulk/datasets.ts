import { buildImdb } from './build-imdb.ts';
import { buildNetflixEngagement } from './build-netflix-engagement.ts';
import { buildNetflixTop10 } from './build-netflix-top10.ts';
import type { Offer } from './download.ts';
import { imdbNotice } from './imdb-tables.ts';
import type { BuildInput, BuiltTables } from './input-file.ts';
import type { DatasetName } from './versions.ts';

/** What the bulk zone can have. */
export interface Dataset {
  readonly name: DatasetName;
  /** What is to be shown wherever its rows are. */
  readonly notice: string | null;
  /** Which files of a folder may be its: anything else there is not looked at. */
  readonly fileNames: RegExp;
  /** The same in words. */
  readonly fileKinds: string;
  /** Where it is when no setting says otherwise; null: no address is known that lasts, files at hand alone are read. */
  readonly origin: string | null;
  offers(origin: string): readonly Offer[];
  build(input: BuildInput): Promise<BuiltTables>;
}

const imdbFiles = [
  'title.ratings',
  'title.episode',
  'title.basics',
  'title.crew',
  'name.basics',
  'title.akas',
  'title.principals',
].map((name) => `${name}.tsv.gz`);
const top10Files = ['most-popular.tsv', 'all-weeks-global.tsv', 'all-weeks-countries.tsv'];

const offersAt = (origin: string, names: readonly string[]): Offer[] =>
  names.map((name) => ({ name, url: `${origin.replace(/\/+$/, '')}/${name}` }));

export const datasets: Readonly<Record<DatasetName, Dataset>> = {
  imdb: {
    name: 'imdb',
    notice: imdbNotice,
    fileNames: /\.tsv(\.gz)?$/i,
    fileKinds: 'one or more of title.basics.tsv, title.ratings.tsv and the others, as .tsv or .tsv.gz',
    origin: 'https://datasets.imdbws.com',
    // Small ones first: what is wrong shows early.
    offers: (origin) => offersAt(origin, imdbFiles),
    build: buildImdb,
  },
  'netflix-top10': {
    name: 'netflix-top10',
    notice: null,
    fileNames: /\.tsv(\.gz)?$/i,
    fileKinds: 'lists as .tsv or .tsv.gz',
    origin: 'https://www.netflix.com/tudum/top10/data',
    offers: (origin) => offersAt(origin, top10Files),
    build: buildNetflixTop10,
  },
  'netflix-engagement': {
    name: 'netflix-engagement',
    notice: null,
    fileNames: /\.(xlsx|csv)$/i,
    fileKinds: 'reports as .xlsx or .csv',
    origin: null,
    offers: () => [],
    build: buildNetflixEngagement,
  },
};
