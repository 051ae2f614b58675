import type { CorrectionToSave, SharedTitle } from '@watchprint/database';
import { badInput } from '../bad-input.ts';
import type { Context } from '../context.ts';
import type { SettledTitle } from '../matching/matching.ts';
import { Account } from './account.ts';
import { builder } from './builder.ts';
import { connectionOf, pageOf, pageSize, placeOf } from './connection.ts';
import { Match } from './match.ts';
import { imdbIdForm, notFound, requireId, uuid } from './public-id.ts';

interface Corrected {
  readonly matchId: string;
  readonly alsoChanged: readonly string[];
}

const CorrectMatchPayload = builder.objectRef<Corrected>('CorrectMatchPayload').implement({
  fields: (t) => ({
    match: t.prismaField({
      type: Match,
      resolve: (query, { matchId: id }, _args, { account }) =>
        account.prisma.match.findFirstOrThrow({ ...query, where: { id } }),
    }),
    alsoChanged: t.prismaField({
      type: [Match],
      description: 'Other strings of the same series that follow from it.',
      resolve: (query, { alsoChanged }, _args, { account }) =>
        account.prisma.match.findMany({
          ...query,
          where: { id: { in: [...alsoChanged] } },
          orderBy: [{ rawTitle: 'asc' }, { id: 'asc' }],
        }),
    }),
  }),
});

const CorrectMatchInput = builder.inputType('CorrectMatchInput', {
  fields: (t) => ({
    matchId: t.id({ required: true }),
    titleId: t.id({ description: 'A film, series or episode of the catalogue. Null: none of them.' }),
  }),
});

const ResetMatchInput = builder.inputType('ResetMatchInput', {
  fields: (t) => ({ matchId: t.id({ required: true }) }),
});

async function rawTitleOf(id: string, { account }: Context): Promise<string> {
  const match = await account.prisma.match.findFirst({ where: { id }, select: { rawTitle: true } });
  if (match === null) throw notFound('Match');
  return match.rawTitle;
}

/** What a title of the catalogue says as a correction. */
async function settledTitle(rawTitle: string, titleId: string, { account }: Context): Promise<SettledTitle> {
  const found = await account.prisma.title.findFirst({ where: { id: titleId }, include: { joinedTo: true } });
  if (found === null) throw notFound('Title');
  const title = found.joinedTo ?? found;
  const series =
    title.seriesId === null ? null : await account.prisma.title.findFirst({ where: { id: title.seriesId } });
  const { kind, imdbId } = title;
  if (title.accountId !== null || imdbId === null || (kind === 'EPISODE' && series?.imdbId == null))
    throw badInput(
      'titleId must be of a film, series or episode of the catalogue: this one was only read from a string, or is a season.',
    );
  const isEpisode = kind === 'EPISODE';
  return {
    rawTitle,
    workId: isEpisode ? (series?.imdbId ?? null) : imdbId,
    episodeId: isEpisode ? imdbId : null,
    title: title as SharedTitle,
  };
}

builder.mutationField('correctMatch', (t) =>
  t.field({
    type: CorrectMatchPayload,
    description:
      'Says what a Netflix title string really is. Outlives later imports and later runs of the matcher, and other strings of the same series follow where that is sure.',
    args: { input: t.arg({ type: CorrectMatchInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const matchId = requireId(input.matchId, 'Match');
      const titleId = input.titleId == null ? null : requireId(input.titleId, 'Title');
      const rawTitle = await rawTitleOf(matchId, context);
      const settled =
        titleId === null
          ? { rawTitle, workId: null, episodeId: null, title: null }
          : await settledTitle(rawTitle, titleId, context);
      return { matchId, alsoChanged: await context.matching.settle(context.account, matchId, rawTitle, settled) };
    },
  }),
);

builder.mutationField('resetMatch', (t) =>
  t.field({
    type: CorrectMatchPayload,
    description: 'Forgets a correction: the matcher decides again.',
    args: { input: t.arg({ type: ResetMatchInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const matchId = requireId(input.matchId, 'Match');
      const rawTitle = await rawTitleOf(matchId, context);
      return { matchId, alsoChanged: await context.matching.settle(context.account, matchId, rawTitle, null) };
    },
  }),
);

const Correction = builder.prismaObject('Correction', {
  description: 'What a person said that a string is: input, which is kept whatever becomes of the string.',
  select: { id: true },
  fields: (t) => ({
    rawTitle: t.exposeString('rawTitle'),
    imdbId: t.exposeString('workId', { nullable: true, description: 'The film or series; null: none of them.' }),
    imdbEpisodeId: t.exposeString('episodeId', {
      nullable: true,
      description: 'Null for a film, and where the matcher looks for the episode.',
    }),
  }),
});

const CorrectionConnection = connectionOf('Correction', Correction);

const isPlace = (place: unknown): place is readonly [string] =>
  Array.isArray(place) && place.length === 1 && typeof place[0] === 'string' && uuid.test(place[0]);

builder.prismaObjectField(Account, 'corrections', (t) =>
  t.field({
    type: CorrectionConnection,
    description:
      'What people said that strings are, in no order that means anything: to take along, or to give to others.',
    args: { first: t.arg.int(), after: t.arg.string() },
    resolve: async (_account, { first, after }, { account }) => {
      const size = pageSize(first);
      const beyond = after == null ? {} : { id: { gt: placeOf(after, isPlace)[0] } };
      const rows = await account.prisma.correction.findMany({ where: beyond, orderBy: { id: 'asc' }, take: size + 1 });
      return pageOf(
        rows.slice(0, size),
        rows.length > size,
        after,
        ({ id }) => [id],
        () => account.prisma.correction.count(),
      ) as never;
    },
  }),
);

const CorrectionInput = builder.inputType('CorrectionInput', {
  fields: (t) => ({
    rawTitle: t.string({ required: true }),
    imdbId: t.string({ description: 'The film or series; null: none of them.' }),
    imdbEpisodeId: t.string(),
  }),
});

const ImportCorrectionsInput = builder.inputType('ImportCorrectionsInput', {
  fields: (t) => ({ corrections: t.field({ type: [CorrectionInput], required: true }) }),
});

/** In one request; each is matched with the rest of its group later. */
const mostCorrections = 1000;

function correctionOf(
  { rawTitle, imdbId, imdbEpisodeId }: typeof CorrectionInput.$inferInput,
  index: number,
): CorrectionToSave {
  const refuse = (what: string) => badInput(`corrections[${index}]: ${what}`);
  if (rawTitle.includes('\0') || rawTitle === '') throw refuse('rawTitle must be a string as it stands in a history.');
  for (const [name, id] of Object.entries({ imdbId, imdbEpisodeId }))
    if (id != null && !imdbIdForm.test(id)) throw refuse(`${name} must be an id of IMDb, such as tt5753856.`);
  if (imdbEpisodeId != null && imdbId == null) throw refuse('imdbEpisodeId needs the imdbId of its series.');
  return { rawTitle, workId: imdbId ?? null, episodeId: imdbEpisodeId ?? null };
}

const ImportCorrectionsPayload = builder
  .objectRef<{ readonly kept: number; readonly ids: readonly string[] }>('ImportCorrectionsPayload')
  .implement({
    fields: (t) => ({
      kept: t.exposeInt('kept'),
      unknownImdbIds: t.stringList({
        description:
          'Ids that are of no film or series of the catalogue, or of no episode of the series beside them, and of nothing that is stored. What names them is kept: the string counts as settled, without that title until the catalogue has it. Empty without a catalogue.',
        resolve: ({ ids }) => [...ids],
      }),
    }),
  });

builder.mutationField('importCorrections', (t) =>
  t.field({
    type: ImportCorrectionsPayload,
    description: `Keeps what people said that strings are, at most ${mostCorrections} at once, also of strings that no import has had yet; each
takes the place of an earlier one of its string. Strings that are there are matched anew soon.`,
    args: { input: t.arg({ type: ImportCorrectionsInput, required: true }) },
    resolve: async (_root, { input }, { account, matching }) => {
      if (input.corrections.length > mostCorrections)
        throw badInput(`corrections takes at most ${mostCorrections} at once; there are ${input.corrections.length}.`);
      const corrections = input.corrections.map(correctionOf);
      await matching.importCorrections(account, corrections);
      return {
        kept: new Set(corrections.map(({ rawTitle }) => rawTitle)).size,
        ids: await matching.unknownIds(corrections),
      };
    },
  }),
);
