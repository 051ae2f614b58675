import { codesIn, type RottenTomatoesPage, type WikidataItem } from '@watchprint/engine';
import { rottenTomatoesFacts, wikidataItemFacts } from '@watchprint/sources';
import type { Context } from '../context.ts';
import { factsIn } from '../enriching/facts-in.ts';
import { type EnrichedTitle, enrichedTitle } from '../enriching/title-subjects.ts';
import { builder } from './builder.ts';
import { Title } from './title.ts';

/** Wikidata's item of a film or series; of a part of one, the whole's. */
async function itemOf(title: EnrichedTitle, { facts }: Context): Promise<WikidataItem | null> {
  const { whole } = await facts.subjects(title);
  return whole === null ? null : factsIn<WikidataItem>(await facts.facts(wikidataItemFacts).load(whole));
}

const isWhole = ({ kind }: EnrichedTitle) => kind === 'MOVIE' || kind === 'SERIES';

builder.prismaInterfaceFields(Title, (t) => ({
  wikidataId: t.string({
    nullable: true,
    description: 'Of a film or series. Wikidata is asked for it.',
    select: enrichedTitle,
    resolve: async (title, _args, context) =>
      isWhole(title) ? ((await itemOf(title, context))?.wikidataId ?? null) : null,
  }),
  rottenTomatoesId: t.string({
    nullable: true,
    description:
      'The path of its page: `m/the_matrix`, `tv/dark`; of a season, where its page was read. Wikidata is asked for it.',
    select: enrichedTitle,
    resolve: async (title, _args, context) => {
      if (isWhole(title)) return (await itemOf(title, context))?.rottenTomatoesId ?? null;
      const { season } = await context.facts.subjects(title);
      if (season === null) return null;
      const subject = rottenTomatoesFacts.subjectOf(season.subject);
      const row = await context.facts.stored.load({ kind: rottenTomatoesFacts.kind, subject });
      return factsIn<RottenTomatoesPage>(row)?.rottenTomatoesId ?? null;
    },
  }),
  netflixId: t.string({
    nullable: true,
    description: 'Of a film or series. Wikidata is asked for it.',
    select: enrichedTitle,
    resolve: async (title, _args, context) =>
      isWhole(title) ? ((await itemOf(title, context))?.netflixId ?? null) : null,
  }),
  genres: t.stringList({
    nullable: true,
    description: 'In English: IMDb’s, of a season its series’.',
    select: enrichedTitle,
    resolve: async (title, _args, { facts }) => {
      const { own, whole } = await facts.subjects(title);
      const asked = own ?? whole;
      const imdb = asked && (await facts.imdb.load({ ...asked, needsPage: false }));
      return imdb?.genres ? [...imdb.genres] : null;
    },
  }),
  countries: t.stringList({
    nullable: true,
    description: 'Of origin, ISO 3166-1 alpha-2. Wikidata is asked for them.',
    select: enrichedTitle,
    resolve: async (title, _args, context) => {
      const item = await itemOf(title, context);
      return item && codesOf(item.countryItems, 'country', context);
    },
  }),
  languages: t.stringList({
    nullable: true,
    description: 'Original, ISO 639-1 where there is one, 639-3 otherwise. Wikidata is asked for them.',
    select: enrichedTitle,
    resolve: async (title, _args, context) => {
      const item = await itemOf(title, context);
      return item && codesOf(item.languageItems, 'language', context);
    },
  }),
}));

async function codesOf(
  ids: readonly string[],
  of: 'country' | 'language',
  { facts }: Context,
): Promise<string[] | null> {
  return codesIn(await Promise.all(ids.map((id) => facts.code.load(id))), of);
}
