import { itemSubjectOf, type Sql, saveFacts, subjectOfArticle, subjectsOfPage } from '@watchprint/database';
import { type AboutTitle, freshForMs } from '@watchprint/engine';
import type { PageParser } from '@watchprint/lake';
import {
  allPages,
  answerOf,
  type FactKind,
  type FindItem,
  factKinds,
  type Reading,
  readAnswer,
} from '@watchprint/sources';

type Read = ReadonlyMap<string, Reading<unknown>>;

/** The sources whose pages can be read again, Wikidata's items first: others are found by them. */
export const reparseOrder: readonly string[] = [...new Set(['wikidata', ...allPages.map(({ source }) => source)])];

/** How the stored pages of a source are read again, and what becomes of it. */
export function pageParserOf(sql: Sql, source: string): PageParser<Read> {
  const pages = new Map(allPages.filter((page) => page.source === source).map((page) => [page.kind, page]));
  const findItem: FindItem = async (by) => {
    if ('article' in by) return subjectOfArticle(sql, by.article.language, by.article.title);
    return 'netflixId' in by
      ? itemSubjectOf(sql, 'netflixId', by.netflixId)
      : itemSubjectOf(sql, 'rottenTomatoesId', by.rottenTomatoesId);
  };
  return {
    reads: ({ kind, status }) =>
      pages.has(kind) && ((status >= 200 && status < 300) || status === 404 || status === 410),
    parse(exchange) {
      const page = pages.get(exchange.kind);
      if (page === undefined) throw new Error(`No parser reads pages of the kind ${exchange.kind}`);
      const readings = readAnswer(page, answerOf(exchange), exchange.key.split('|'));
      const [bad] = [...readings.values()].filter(({ status }) => status !== 'FOUND' && status !== 'NOT_FOUND');
      if (bad !== undefined && readings.size === 1) throw new Error('reason' in bad ? bad.reason : bad.status);
      return readings;
    },
    async keep(readings, { kind: pageKind, fetchedAt }) {
      const isOf = (page: { source: string; kind: string } | undefined) =>
        page?.source === source && page.kind === pageKind;
      // What only says where the facts are is kept where it says that there are none.
      for (const kind of factKinds)
        for (const [key, reading] of readings)
          if (isOf(kind.page) || (isOf(kind.absencePage) && reading.status === 'NOT_FOUND'))
            await keepReading(sql, kind, key, reading, fetchedAt, findItem);
    },
  };
}

async function keepReading(
  sql: Sql,
  kind: FactKind<unknown>,
  key: string,
  reading: Reading<unknown>,
  fetchedAt: Date,
  findItem: FindItem,
): Promise<void> {
  if (reading.status !== 'FOUND' && reading.status !== 'NOT_FOUND') return;
  const facts = reading.status === 'FOUND' ? reading.facts : null;
  let subjects = await subjectsOfPage(sql, kind.kind, key);
  if (subjects.length === 0) {
    const subject = await kind.subjectOfKey(key, facts, findItem);
    if (subject !== null)
      subjects = [{ subject, item: null, about: { name: '', kind: 'MOVIE', year: null, endYear: null } }];
  }
  await saveFacts(
    sql,
    subjects.map(({ subject, item, about }) => ({
      kind: kind.kind,
      subject,
      item,
      about,
      answer: reading.status,
      facts,
      pageKey: key,
      fetchedAt,
      freshUntil: new Date(
        fetchedAt.getTime() + freshForMs(kind.nature, reading.status, about as AboutTitle, fetchedAt),
      ),
    })),
  );
}
