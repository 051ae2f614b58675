import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imdbNotice } from '../bulk/imdb-tables.ts';
import { CuratedError } from './curated-error.ts';
import {
  type CuratedColumn,
  type CuratedSource,
  type CuratedTable,
  type CuratedType,
  parquetTypes,
} from './curated-table.ts';
import { factsTable, imdbProperties } from './imdb-facts.ts';
import { pageProperties } from './source-facts.ts';

export const dictionaryFile = 'dictionary.json';
export const readmeFile = 'README.md';

interface DescribedColumn {
  readonly name: string;
  /** As SQL calls it. */
  readonly type: CuratedType;
  /** As it stands in Parquet; a partition stands in the names of folders. */
  readonly parquetType: string;
  readonly unit: string | null;
  readonly description: string;
  readonly nullable: boolean;
  /** Names of `sources`. */
  readonly sources: readonly CuratedSource[];
}

export interface ExportedFile {
  /** From the export's folder, with `/`. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

interface DescribedTable {
  readonly name: string;
  readonly description: string;
  /** Its rows are an account's. */
  readonly personal: boolean;
  /** Hive-style: the value is in the folder's name, and not in the file. */
  readonly partition: DescribedColumn | null;
  readonly sortedBy: readonly string[];
  readonly columns: readonly DescribedColumn[];
  readonly rows: number;
  readonly files: readonly ExportedFile[];
}

interface DescribedSource {
  readonly name: CuratedSource;
  readonly description: string;
  /** On which terms it may be used. */
  readonly licence: string;
  /** What is to be shown wherever its data is. */
  readonly notice: string | null;
  /** Of IMDb: which version of the lake's. */
  readonly version: string | null;
}

/** `dictionary.json`: what an export has, and what it means. */
export interface CuratedDictionary {
  readonly format: 'watchprint-curated';
  readonly formatVersion: 1;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** Whose personal rows it has; null: nobody's. */
  readonly account: { readonly id: string; readonly name: string } | null;
  readonly sources: readonly DescribedSource[];
  readonly tables: readonly DescribedTable[];
  /** What `facts.property` may be. */
  readonly properties: readonly {
    readonly name: string;
    readonly source: CuratedSource;
    readonly unit: string | null;
    readonly description: string;
  }[];
}

export const termsOfImdb = 'https://developer.imdb.com/non-commercial-datasets/';

const sources = (imdbVersion: string | null, isPersonal: boolean): DescribedSource[] => [
  {
    name: 'imdb',
    description: 'IMDb’s non-commercial datasets, as they were synced into the lake.',
    licence: `For personal and non-commercial use: ${termsOfImdb}`,
    notice: imdbNotice,
    version: imdbVersion,
  },
  {
    name: 'wikidata',
    description: 'Items of Wikidata, as they were read when somebody asked.',
    licence: 'CC0 1.0: https://www.wikidata.org/wiki/Wikidata:Licensing',
    notice: null,
    version: null,
  },
  {
    name: 'wikipedia',
    description: 'Articles of Wikipedia, likewise.',
    licence:
      'CC BY-SA 4.0, by the authors of the article: show article_url with its text. https://creativecommons.org/licenses/by-sa/4.0/',
    notice: null,
    version: null,
  },
  {
    name: 'rotten-tomatoes',
    description: 'Pages of Rotten Tomatoes, likewise.',
    licence:
      'The site’s terms are against collecting it: for your own household. https://www.rottentomatoes.com/policies/terms-and-policies',
    notice: null,
    version: null,
  },
  {
    name: 'justwatch',
    description: 'Offers at JustWatch, likewise.',
    licence: 'Not for commercial use. https://www.justwatch.com/us/terms-of-use',
    notice: null,
    version: null,
  },
  {
    name: 'netflix',
    description: 'Files that people downloaded from Netflix and imported, and pages of titles, where those were read.',
    licence: isPersonal
      ? 'Personal data of the account’s: not to be handed on without their word.'
      : 'Names of titles. Which ones are there tells what people of this Watchprint watched, all together.',
    notice: null,
    version: null,
  },
  {
    name: 'watchprint',
    description: 'Made by Watchprint of the others.',
    licence: 'Whoever ran it has the rights to it, as far as the others leave any.',
    notice: null,
    version: null,
  },
];

/** A table with what was written of it. */
export interface WrittenTable {
  readonly table: CuratedTable;
  readonly files: readonly ExportedFile[];
}

/** Of several that say the same of a source, the datasets' word comes first. */
const allProperties = [
  ...imdbProperties.map((property) => ({ ...property, source: 'imdb' as const })),
  ...pageProperties,
].filter(
  ({ name, source }, place, all) => all.findIndex((other) => other.name === name && other.source === source) === place,
);

export function describeExport(
  written: readonly WrittenTable[],
  account: CuratedDictionary['account'],
  imdbVersion: string | null,
): CuratedDictionary {
  return {
    format: 'watchprint-curated',
    formatVersion: 1,
    createdAt: new Date().toISOString(),
    account,
    sources: sources(imdbVersion, account !== null),
    tables: written.map(({ table, files }) => ({
      name: table.name,
      description: table.description,
      personal: table.isPersonal ?? false,
      partition: table.partition === undefined ? null : described(table.partition),
      sortedBy: table.orderBy,
      columns: table.columns.map(described),
      rows: files.reduce((sum, { rows }) => sum + rows, 0),
      files,
    })),
    properties: allProperties.map(({ name, source, unit, description }) => ({
      name,
      source,
      unit: unit ?? null,
      description,
    })),
  };
}

const described = ({ name, type, unit, description, isNullable = false, sources }: CuratedColumn): DescribedColumn => ({
  name,
  type,
  parquetType: parquetTypes[type],
  unit: unit ?? null,
  description,
  nullable: isNullable,
  sources,
});

/** The same for people. */
export function dictionaryText({ createdAt, account, sources, tables, properties }: CuratedDictionary): string {
  const lines = [
    '# Watchprint’s curated tables',
    '',
    account === null
      ? `Written ${createdAt}, of nobody: no account’s rows are in it. Which titles and strings are there tells what people of this Watchprint
watched, all together; where one person uses it, that is what this person watched.`
      : `Written ${createdAt} for the account ${code(account.name)} (${account.id}). **Personal data**: keep it as such.`,
    '',
    'A folder is a table, of Parquet files with one schema (Zstandard). Folders `name=value` in it are Hive-style partitions: the column is in the',
    'path, and not in the file. A table without rows may have no file. `dictionary.json` says the same as this page, for programs.',
    '',
    '| table | rows | files | |',
    '|---|---|---|---|',
    ...tables.map(
      ({ name, rows, files, description }) => `| \`${name}\` | ${rows} | ${files.length} | ${cell(description)} |`,
    ),
  ];
  for (const { name, description, personal, partition, sortedBy, columns } of tables) {
    lines.push('', `## ${name}`, '', `${description}${personal ? ' **Personal.**' : ''}`, '');
    if (partition !== null)
      lines.push(`Partitioned by \`${partition.name}\`: folders \`${name}/${partition.name}=…\`.`);
    lines.push(`Rows of a file are sorted by ${sortedBy.map((column) => `\`${column}\``).join(', ')}.`, '');
    lines.push('| column | type | in Parquet | unit | null | source | meaning |', '|---|---|---|---|---|---|---|');
    for (const column of partition === null ? columns : [...columns, partition])
      lines.push(
        `| \`${column.name}\` | ${column.type} | ${column === partition ? 'name of the folder' : column.parquetType} | ${cell(column.unit ?? '')} | ${column.nullable ? 'yes' : 'no'} | ${column.sources.join(', ')} | ${cell(column.description)} |`,
      );
    if (name !== factsTable.name) continue;
    lines.push('', '| property | source | unit of `number` | meaning |', '|---|---|---|---|');
    for (const property of properties)
      lines.push(
        `| \`${property.name}\` | ${property.source} | ${property.unit ?? ''} | ${cell(property.description)} |`,
      );
  }
  lines.push('', '## Sources', '', '| source | what | terms | version |', '|---|---|---|---|');
  for (const { name, description, licence, version } of sources)
    lines.push(`| ${name} | ${cell(description)} | ${cell(licence)} | ${version ?? ''} |`);
  for (const { notice } of sources) if (notice !== null) lines.push('', notice);
  return `${lines.join('\n')}\n`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');
/** A name may have anything in it. */
const code = (text: string) => `“${text.replace(/[\\`*_<>[\]|#]/g, '\\$&')}”`;

/**
 * What a folder's export has; null where there is none.
 * @throws {CuratedError} EXPORT_BROKEN
 */
export async function readDictionary(folder: string): Promise<CuratedDictionary | null> {
  const path = join(folder, dictionaryFile);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const dictionary = JSON.parse(text) as CuratedDictionary;
    if (isOurs(dictionary)) return dictionary;
  } catch {
    // Said below.
  }
  throw new CuratedError('EXPORT_BROKEN', `${path} is not as this Watchprint writes it`);
}

/** What is read of it goes into statements and paths. */
const isOurs = ({ format, formatVersion, tables }: CuratedDictionary): boolean =>
  format === 'watchprint-curated' &&
  formatVersion === 1 &&
  tables.every(
    ({ name, partition, columns, files }) =>
      isName(name) &&
      [...columns, ...(partition === null ? [] : [partition])].every(
        (column) => isName(column.name) && Object.hasOwn(parquetTypes, column.type),
      ) &&
      files.every(
        ({ path }) => path.startsWith(`${name}/`) && path.endsWith('.parquet') && !path.split('/').includes('..'),
      ),
  );

const isName = (name: unknown): boolean => typeof name === 'string' && /^[a-z][a-z0-9_]{0,62}$/.test(name);
