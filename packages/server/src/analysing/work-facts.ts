import { readFactsOf, type SqlConnection, type StoredFacts } from '@watchprint/database';
import {
  type FactsOfWorks,
  type HistoryColumns,
  type ImdbDatasetFacts,
  type ImdbTitlePage,
  mergeImdbFacts,
  type RottenTomatoesPage,
  type WikidataCode,
  type WikidataItem,
  type WikipediaInfobox,
  type WorkFacts,
  workFactsOf,
} from '@watchprint/engine';
import {
  imdbFacts,
  rottenTomatoesFacts,
  wikidataCodeFacts,
  wikidataItemFacts,
  wikipediaInfoboxFacts,
} from '@watchprint/sources';
import { type DatasetRow, imdbDatasetKind, type KnownDatasetRow } from '../enriching/dataset-facts.ts';
import type { Enricher } from '../enriching/enricher.ts';

/** Figures rest on these; articles in English say who showed and made a work. */
const kinds = [
  imdbDatasetKind,
  imdbFacts.kind,
  wikidataItemFacts.kind,
  rottenTomatoesFacts.kind,
  wikipediaInfoboxFacts.kind,
];

const infoboxSubject = (imdbId: string) => wikipediaInfoboxFacts.subjectOf({ imdbId, language: 'en' });

/** Whether a change of facts, `kind subject`, may change what is known of some works. */
export function concerns(imdbIds: ReadonlySet<string>): (key: string) => boolean {
  const of = new Set(kinds);
  return (key) => {
    const [kind = '', subject = ''] = key.split(' ');
    return kind === wikidataCodeFacts.kind || (of.has(kind) && imdbIds.has(subject));
  };
}

export const imdbIdsOf = ({ works }: HistoryColumns): ReadonlySet<string> =>
  new Set(works.flatMap(({ imdbId }) => imdbId ?? []));

/**
 * What is known of a history's works, without asking any source. What the datasets in the lake say is looked up where it is not stored.
 * @param deadline As `Date.now()` has it: what the datasets have not answered by then comes the next time.
 */
export async function readWorkFacts(
  sql: SqlConnection,
  { datasets }: Enricher,
  history: HistoryColumns,
  deadline: number,
): Promise<FactsOfWorks> {
  const ids = [...imdbIdsOf(history)];
  if (ids.length === 0) return history.works.map(() => null);
  const stored = await readFactsOf(sql, kinds, [...ids, ...ids.map(infoboxSubject)], [wikidataCodeFacts.kind]);
  const asked = history.works.flatMap(({ imdbId, name, kind, year, endYear }) =>
    imdbId === null ? [] : [{ subject: { imdbId }, about: { name, kind, year, endYear } }],
  );
  const known = new Map(
    stored.flatMap(([kind, subject, fetchedAtMs, pageKey, facts]): [string, KnownDatasetRow][] =>
      kind === imdbDatasetKind
        ? [
            [
              subject,
              { answer: facts === null ? 'NOT_FOUND' : 'FOUND', facts, fetchedAt: new Date(fetchedAtMs), pageKey },
            ],
          ]
        : [],
    ),
  );
  return factsOf(history, stored, await datasets.of(asked, known, deadline));
}

function factsOf(
  { works }: HistoryColumns,
  stored: readonly StoredFacts[],
  datasets: ReadonlyMap<string, DatasetRow>,
): FactsOfWorks {
  const byKind = new Map<string, Map<string, StoredFacts>>();
  for (const row of stored) {
    const [kind, subject] = row;
    const ofKind = byKind.get(kind) ?? new Map<string, StoredFacts>();
    ofKind.set(subject, row);
    byKind.set(kind, ofKind);
  }
  const dated = <Facts>(kind: string, subject: string) => {
    const row = byKind.get(kind)?.get(subject);
    return row === undefined || row[4] === null ? null : { facts: row[4] as Facts, fetchedAt: new Date(row[2]) };
  };
  const plain = <Facts>(kind: string, subject: string) => dated<Facts>(kind, subject)?.facts ?? null;
  const datasetOf = (imdbId: string) => {
    const row = datasets.get(imdbId);
    return row?.answer !== 'FOUND' || row.fetchedAt === null
      ? null
      : { facts: row.facts as ImdbDatasetFacts, fetchedAt: row.fetchedAt };
  };
  return works.map(({ imdbId }): WorkFacts | null =>
    imdbId === null
      ? null
      : workFactsOf({
          imdb: mergeImdbFacts(datasetOf(imdbId), dated<ImdbTitlePage>(imdbFacts.kind, imdbId)),
          item: plain<WikidataItem>(wikidataItemFacts.kind, imdbId),
          codeOf: (id) => plain<WikidataCode>(wikidataCodeFacts.kind, id),
          infobox: plain<WikipediaInfobox>(wikipediaInfoboxFacts.kind, infoboxSubject(imdbId)),
          rottenTomatoes: plain<RottenTomatoesPage>(rottenTomatoesFacts.kind, imdbId),
        }),
  );
}
