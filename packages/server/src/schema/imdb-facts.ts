import type { ImdbFacts as ImdbFactsShape, Person as PersonShape } from '@watchprint/engine';
import { enrichedTitle } from '../enriching/title-subjects.ts';
import { builder } from './builder.ts';
import { selectedFields } from './selected-fields.ts';
import { Title } from './title.ts';

export const Person = builder.objectRef<PersonShape>('Person').implement({
  fields: (t) => ({ name: t.exposeString('name'), imdbId: t.exposeString('imdbId', { nullable: true }) }),
});

const people = (all: readonly PersonShape[] | null) => all && [...all];

const ImdbFacts = builder.objectRef<ImdbFactsShape>('ImdbFacts').implement({
  description:
    'By IMDb’s datasets where they were synced, else by its page. Information courtesy of IMDb (https://www.imdb.com). Used with permission.',
  fields: (t) => ({
    rating: t.exposeFloat('rating', { nullable: true, description: '0 to 10.' }),
    voteCount: t.exposeInt('voteCount', { nullable: true }),
    genres: t.stringList({ nullable: true, resolve: ({ genres }) => genres && [...genres] }),
    runtimeMinutes: t.exposeInt('runtimeMinutes', { nullable: true }),
    certificate: t.exposeString('certificate', {
      nullable: true,
      description: 'Of the United States, as a rule: IMDb shows that of the country that asks. Only its page has it.',
    }),
    plot: t.exposeString('plot', { nullable: true, description: 'Only IMDb’s page has it.' }),
    directors: t.field({ type: [Person], nullable: true, resolve: ({ directors }) => people(directors) }),
    creators: t.field({ type: [Person], nullable: true, resolve: ({ creators }) => people(creators) }),
    cast: t.field({
      type: [Person],
      nullable: true,
      description: 'In the order of billing.',
      resolve: ({ cast }) => people(cast),
    }),
    posterUrl: t.exposeString('posterUrl', { nullable: true, description: 'Only IMDb’s page has it.' }),
    url: t.string({ resolve: ({ imdbId }) => `https://www.imdb.com/title/${imdbId}/` }),
    fetchedAt: t.expose('fetchedAt', { type: 'DateTime' }),
  }),
});

/** What the datasets never say: only then is IMDb's page worth asking for. */
const onPageAlone = ['certificate', 'plot', 'posterUrl'];

builder.prismaInterfaceField(Title, 'imdb', (t) =>
  t.field({
    type: ImdbFacts,
    nullable: true,
    description:
      'Of the film, series or episode itself; of a season, its series’. IMDb’s page is asked for what its datasets in the lake cannot say, and only when that is asked for.',
    select: enrichedTitle,
    resolve: async (title, _args, { facts }, info) => {
      const { own, whole } = await facts.subjects(title);
      const asked = own ?? whole;
      if (asked === null) return null;
      const fields = selectedFields(info);
      return facts.imdb.load({ ...asked, needsPage: onPageAlone.some((name) => fields.has(name)) });
    },
  }),
);
