import type { EnrichmentState } from '@watchprint/database';
import { type EnrichmentStatus as EnrichmentStatusShape, enrichmentStatus, nextReadAt } from '@watchprint/engine';
import { type FactKind, imdb, netflix, offerKinds, sources } from '@watchprint/sources';
import { imdbDatasetKind } from '../enriching/dataset-facts.ts';
import { sourceName } from '../enriching/source-names.ts';
import { enrichedTitle } from '../enriching/title-subjects.ts';
import { builder } from './builder.ts';
import { Title } from './title.ts';

/** Each source, as the API calls it. */
export const SourceName = builder.enumType('SourceName', {
  values: Object.fromEntries(
    sources.map(({ id, description }) => [sourceName(id), description === undefined ? {} : { description }]),
  ),
});

const EnrichmentStatus = builder.enumType('EnrichmentStatus', {
  values: {
    UNREAD: { description: 'Never asked for.' },
    DISABLED: { description: 'Switched off, or lacking a setting that it needs.' },
    PENDING: { description: 'Being read, or in the queue.' },
    FRESH: {},
    STALE: { description: 'Known, past its date, shown until read again.' },
    NOT_FOUND: { description: 'The source answered that it has no such title.' },
    BLOCKED: {
      description:
        'The source turned us away: robots.txt, a challenge page, too many requests. Never kept as NOT_FOUND.',
    },
    FAILED: { description: 'Unreachable, or a page that the parser does not know.' },
  } as const satisfies Record<EnrichmentStatusShape, object>,
});

interface EnrichmentShape {
  readonly source: string;
  readonly status: EnrichmentStatusShape;
  readonly fetchedAt: Date | null;
  readonly nextReadAt: Date | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

const Enrichment = builder.objectRef<EnrichmentShape>('Enrichment').implement({
  fields: (t) => ({
    source: t.expose('source', { type: SourceName }),
    status: t.expose('status', { type: EnrichmentStatus }),
    fetchedAt: t.expose('fetchedAt', { type: 'DateTime', nullable: true }),
    nextReadAt: t.expose('nextReadAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When it will be read again, if anybody asks; null: whenever somebody asks next, or it is being read.',
    }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description:
        'Stable code, when status is DISABLED, BLOCKED or FAILED: docs/enrichment.md lists them. Of NOT_FOUND: NO_ITEM and NO_ID where it is Wikidata that knows of no page.',
    }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'What happened, in words.' }),
  }),
});

const untouched = { fetchedAt: null, nextReadAt: null, errorCode: null, errorMessage: null } as const;

/** How a kind of facts stands. */
function stateOf(
  source: string,
  row: EnrichmentState | null,
  disabled: { code: string; message: string } | null,
): EnrichmentShape {
  const name = sourceName(source);
  const now = new Date();
  if (disabled !== null)
    return {
      ...untouched,
      source: name,
      status: 'DISABLED',
      fetchedAt: row?.fetchedAt ?? null,
      errorCode: disabled.code,
      errorMessage: disabled.message,
    };
  const status = enrichmentStatus(row, now);
  const tells = status === 'BLOCKED' || status === 'FAILED' || status === 'NOT_FOUND';
  return {
    source: name,
    status,
    fetchedAt: row?.fetchedAt ?? null,
    nextReadAt: row && nextReadAt(row, now),
    errorCode: tells ? (row?.errorCode ?? null) : null,
    errorMessage: tells ? (row?.errorMessage ?? null) : null,
  };
}

/** IMDb's page where it was asked for; else what the datasets say. */
function imdbState(
  page: EnrichmentState | null,
  dataset: EnrichmentState | null,
  disabled: { code: string; message: string } | null,
) {
  const state = stateOf(imdb.id, page, disabled);
  if (dataset?.answer !== 'FOUND') return state;
  const known = { ...state, fetchedAt: page?.answer === 'FOUND' ? page.fetchedAt : dataset.fetchedAt };
  // Known all the same, whether the page was ever asked for or not.
  return state.status === 'UNREAD' || state.status === 'NOT_FOUND'
    ? { ...known, ...untouched, fetchedAt: known.fetchedAt, status: 'FRESH' as const }
    : known;
}

builder.prismaInterfaceField(Title, 'enrichments', (t) =>
  t.field({
    type: [Enrichment],
    description:
      'State of each source for this title, once what the same request asks of the sources is answered or its time is up. Reads nothing. For a title that was only read from a string those of IMDb and Wikidata alone: whether they were asked what they have under its name, and answered.',
    select: enrichedTitle,
    resolve: async (title, _args, context) => {
      const { facts, enricher, region } = context;
      const { switches } = enricher;
      // Facts that are asked for beside it are part of the state that it tells.
      await facts.settled();
      const language = await facts.language();
      const { own, whole, season } = await facts.knownSubjects(title);
      if (whole === null) {
        const name = title.series?.name ?? title.name;
        return Promise.all(
          offerKinds.map(async (kind) =>
            stateOf(
              kind.source,
              await facts.state.load({ kind: kind.kind, subject: kind.subjectFor(name, language) }),
              switches.disabledKind(kind),
            ),
          ),
        );
      }
      const imdbId = (own ?? whole).subject.imdbId;
      const subjects = { EPISODES: own ?? whole, SEASONS: season ?? whole, WHOLE: whole };
      const rowOf = (kind: FactKind<unknown>) => {
        const { subject } = subjects[kind.parts ?? 'WHOLE'];
        return facts.state.load({ kind: kind.kind, subject: kind.subjectOf({ ...subject, language, region }) });
      };
      const [dataset, top10, ...rows] = await Promise.all([
        facts.state.load({ kind: imdbDatasetKind, subject: imdbId }),
        facts.top10(region),
        ...sources.map(({ titleFacts }) => titleFacts && rowOf(titleFacts)),
      ]);
      return sources.map(({ id, titleFacts }, place) => {
        const row = rows[place] ?? null;
        if (id === imdb.id)
          return enricher.datasets.isLookingUp(imdbId) && dataset === null
            ? { ...untouched, source: sourceName(id), status: 'PENDING' as const }
            : imdbState(row, dataset, switches.disabled(id));
        if (id === netflix.id) return top10State(top10, switches.disabled(id), region);
        return stateOf(id, row, titleFacts === null ? switches.disabled(id) : switches.disabledKind(titleFacts));
      });
    },
  }),
);

/** The lists come with `watchprint lake sync netflix-top10`; no request fetches them. */
function top10State(
  top10: { readonly knownAt: Date } | 'PENDING' | null,
  disabled: { code: string; message: string } | null,
  region: string,
): EnrichmentShape {
  const source = sourceName(netflix.id);
  if (disabled !== null)
    return { ...untouched, source, status: 'DISABLED', errorCode: disabled.code, errorMessage: disabled.message };
  if (top10 === 'PENDING') return { ...untouched, source, status: 'PENDING' };
  if (top10 !== null) return { ...untouched, source, status: 'FRESH', fetchedAt: top10.knownAt };
  return {
    ...untouched,
    source,
    status: 'DISABLED',
    errorCode: 'LISTS_MISSING',
    errorMessage: `Netflix’s Top 10 lists of ${region} are not in the lake: watchprint lake sync netflix-top10 brings them.`,
  };
}
