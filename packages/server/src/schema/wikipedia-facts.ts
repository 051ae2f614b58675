import type { EnrichmentRow } from '@watchprint/database';
import type { WikipediaInfobox as InfoboxShape, WikipediaSummary } from '@watchprint/engine';
import { wikipediaInfoboxFacts, wikipediaSummaryFacts } from '@watchprint/sources';
import { badInput } from '../bad-input.ts';
import type { AskedFacts } from '../enriching/asked-facts.ts';
import { factsIn } from '../enriching/facts-in.ts';
import { enrichedTitle } from '../enriching/title-subjects.ts';
import { builder } from './builder.ts';
import { Title } from './title.ts';

interface WikipediaFactsShape extends WikipediaSummary {
  readonly fetchedAt: Date;
  readonly asked: AskedFacts;
}

const list = (values: readonly string[] | null) => values && [...values];

const WikipediaInfobox = builder.objectRef<InfoboxShape>('WikipediaInfobox').implement({
  description: 'The box at the top of an article on a film or series, as it stands there.',
  fields: (t) => ({
    directors: t.stringList({ nullable: true, resolve: ({ directors }) => list(directors) }),
    writers: t.stringList({ nullable: true, resolve: ({ writers }) => list(writers) }),
    creators: t.stringList({ nullable: true, resolve: ({ creators }) => list(creators) }),
    starring: t.stringList({ nullable: true, resolve: ({ starring }) => list(starring) }),
    genres: t.stringList({ nullable: true, resolve: ({ genres }) => list(genres) }),
    countries: t.stringList({ nullable: true, resolve: ({ countries }) => list(countries) }),
    languages: t.stringList({ nullable: true, resolve: ({ languages }) => list(languages) }),
    runningTime: t.exposeString('runningTime', { nullable: true, description: '`136 minutes`, `40–60 minutes`.' }),
    releaseDate: t.exposeString('releaseDate', {
      nullable: true,
      description: 'Of a film, or of a series’ first episode: RFC 3339 full-date.',
    }),
    networks: t.stringList({ nullable: true, resolve: ({ networks }) => list(networks) }),
    productionCompanies: t.stringList({
      nullable: true,
      resolve: ({ productionCompanies }) => list(productionCompanies),
    }),
    budget: t.exposeString('budget', { nullable: true }),
    boxOffice: t.exposeString('boxOffice', { nullable: true }),
    seasonCount: t.exposeInt('seasonCount', { nullable: true }),
    episodeCount: t.exposeInt('episodeCount', { nullable: true }),
  }),
});

const WikipediaFacts = builder.objectRef<WikipediaFactsShape>('WikipediaFacts').implement({
  fields: (t) => ({
    summary: t.exposeString('summary', {
      nullable: true,
      description: 'First paragraph. CC BY-SA 4.0: show `url` with it.',
    }),
    pageTitle: t.exposeString('pageTitle'),
    language: t.exposeString('language', { description: 'ISO 639 code of the Wikipedia.' }),
    description: t.exposeString('description', { nullable: true, description: 'The article’s own line about itself.' }),
    thumbnailUrl: t.exposeString('thumbnailUrl', {
      nullable: true,
      description: 'Pictures have licences of their own, which the article’s page tells.',
    }),
    url: t.exposeString('url'),
    attribution: t.string({
      description: 'What the licence asks for, to be shown beside the summary.',
      resolve: ({ pageTitle, url }) =>
        `“${pageTitle}” (first paragraph), by Wikipedia’s authors, ${url}, CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/)`,
    }),
    infobox: t.field({
      type: WikipediaInfobox,
      nullable: true,
      description: 'Read from the article itself when it is asked for; of English articles alone.',
      resolve: async ({ asked }, _args, { facts }) =>
        factsIn<InfoboxShape>(await facts.facts(wikipediaInfoboxFacts).load(asked)),
    }),
    fetchedAt: t.expose('fetchedAt', { type: 'DateTime' }),
  }),
});

/** `en`, `pt`, `be-tarask`. */
const languageForm = /^[a-z]{2,3}(-[a-z0-9]{2,12})*$/;

/** @throws a GraphQL error with code BAD_USER_INPUT */
export function requireLanguage(text: string, argument: string): string {
  const language = text.trim().toLowerCase();
  if (!languageForm.test(language)) throw badInput(`${argument} must be an ISO 639 code such as en or pt.`);
  return language;
}

/** What Wikipedia says of a title, with what it was asked by. */
export function wikipediaFactsOf(row: EnrichmentRow | null, asked: AskedFacts): WikipediaFactsShape | null {
  if (row?.answer !== 'FOUND' || row.fetchedAt === null) return null;
  return { ...(row.facts as WikipediaSummary), fetchedAt: row.fetchedAt, asked };
}

builder.prismaInterfaceField(Title, 'wikipedia', (t) =>
  t.field({
    type: WikipediaFacts,
    nullable: true,
    description:
      'Of the film or series, which serves its seasons and episodes. In the language that the account’s profiles are set to, where they agree, and where there is an article; else in English.',
    args: { language: t.arg.string({ description: 'ISO 639 code: that Wikipedia alone.' }) },
    select: enrichedTitle,
    resolve: async (title, { language: given }, { facts }) => {
      const { whole } = await facts.subjects(title);
      const language = given == null ? await facts.language() : requireLanguage(given, 'language');
      if (whole === null) return null;
      const loader = facts.facts(wikipediaSummaryFacts);
      const inLanguage = (wanted: string): AskedFacts => ({
        ...whole,
        subject: { ...whole.subject, language: wanted },
      });
      const asked = inLanguage(language);
      const found = wikipediaFactsOf(await loader.load(asked), asked);
      if (found !== null || given != null || language === 'en') return found;
      const english = inLanguage('en');
      return wikipediaFactsOf(await loader.load(english), english);
    },
  }),
);
