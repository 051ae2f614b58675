import type { WikidataItem, WikipediaSummary } from '@watchprint/engine';
import { type Ask, type FactKind, type Outcome, readPage, type Subject, splitSubject } from '../fact-kind.ts';
import type { Page } from '../page.ts';
import type { ReadOptions } from '../reader/reader.ts';
import { type WikipediaPage, wikipediaInfobox } from './wikipedia-infobox.ts';
import { wikipediaSummaries } from './wikipedia-summaries.ts';

const subjectOf = ({ imdbId, language = 'en' }: Subject) => `${imdbId} ${language}`;

/** `en:The Matrix`; null where the item has no article in the language. */
function keyOf(subject: string, item: WikidataItem | null): string | null {
  const [, language] = splitSubject(subject);
  const title = item === null || !Object.hasOwn(item.articles, language) ? undefined : item.articles[language];
  return title === undefined ? null : `${language}:${title}`;
}

/** Whose article it is. */
const subjectOfKey: FactKind<unknown>['subjectOfKey'] = async (key, _facts, findItem) => {
  const [, language = '', title = ''] = /^([^:]+):(.*)$/su.exec(key) ?? [];
  const imdbId = await findItem({ article: { language, title } });
  return imdbId === null ? null : subjectOf({ imdbId, language });
};

/** One request is for one Wikipedia. */
async function byLanguage<Facts>(
  page: Page<Facts>,
  keys: readonly string[],
  ask: Ask,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, Outcome<Facts>>> {
  const outcomes = new Map<string, Outcome<Facts>>();
  const languages = new Map<string, string[]>();
  for (const key of keys) {
    const language = key.slice(0, key.indexOf(':'));
    languages.set(language, [...(languages.get(language) ?? []), key]);
  }
  for (const own of languages.values())
    for (const [key, outcome] of await readPage(page, own, ask, options)) outcomes.set(key, outcome);
  return outcomes;
}

/** First paragraph, address and picture of the article on a title, in a language. */
export const wikipediaSummaryFacts: FactKind<WikipediaSummary> = {
  kind: 'wikipedia-summary',
  source: 'wikipedia',
  nature: 'SUMMARY',
  needsItem: true,
  batch: 20,
  page: wikipediaSummaries,
  subjectOf,
  keyOf,
  subjectOfKey,
  read: (keys, ask, options) => byLanguage(wikipediaSummaries, keys, ask, options),
};

/** The box at the top of the article. */
export const wikipediaInfoboxFacts: FactKind<WikipediaPage> = {
  kind: 'wikipedia-infobox',
  source: 'wikipedia',
  nature: 'SUMMARY',
  needsItem: true,
  batch: 1,
  page: wikipediaInfobox,
  subjectOf,
  keyOf,
  subjectOfKey,
  read: (keys, ask, options) => byLanguage(wikipediaInfobox, keys, ask, options),
};
