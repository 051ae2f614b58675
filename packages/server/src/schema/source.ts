import { GraphQLError } from 'graphql';
import { badInput } from '../bad-input.ts';
import type { SourceState } from '../enriching/enricher.ts';
import { sourceIdOf, sourceName } from '../enriching/source-names.ts';
import { longestGapMs } from '../source-settings.ts';
import { builder } from './builder.ts';
import { SourceName } from './enrichment.ts';

const CircuitState = builder.enumType('CircuitState', { values: ['CLOSED', 'OPEN', 'HALF_OPEN'] as const });

const Source = builder.objectRef<SourceState>('Source').implement({
  fields: (t) => ({
    name: t.field({ type: SourceName, resolve: ({ source }) => sourceName(source.id) }),
    enabled: t.boolean({ description: 'Whether it may be asked.', resolve: ({ disabled }) => disabled === null }),
    errorCode: t.string({
      nullable: true,
      resolve: ({ disabled }) => disabled?.code ?? null,
      description: 'Why it is not asked: SWITCHED_OFF, or CONTACT_MISSING where it needs SOURCE_CONTACT to be set.',
    }),
    errorMessage: t.string({ nullable: true, resolve: ({ disabled }) => disabled?.message ?? null }),
    gapMilliseconds: t.exposeInt('gapMs', {
      description: 'At least so long between two requests to one of its hosts, which are asked one thing at a time.',
    }),
    circuit: t.field({
      type: CircuitState,
      description:
        'Closed: working. Open: left alone after repeated failures, until `retryAt`. Half open: the next request decides.',
      resolve: ({ openUntil }) => (openUntil === null ? 'CLOSED' : openUntil > new Date() ? 'OPEN' : 'HALF_OPEN'),
    }),
    retryAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ openUntil }) => (openUntil !== null && openUntil > new Date() ? openUntil : null),
    }),
    pagesRead: t.exposeInt('pagesRead', { description: 'Answers that came, robots.txt and refusals among them.' }),
    lastReadAt: t.expose('lastReadAt', { type: 'DateTime', nullable: true }),
    termsUrl: t.string({
      description: 'Terms and robots.txt, as they stand in the documentation.',
      resolve: ({ source }) => source.termsUrl,
    }),
  }),
});

builder.queryField('sources', (t) =>
  t.field({
    type: [Source],
    description: 'Where facts come from, and how each source is doing.',
    resolve: (_root, _args, { enricher }) => enricher.sources(),
  }),
);

const UpdateSourceInput = builder.inputType('UpdateSourceInput', {
  fields: (t) => ({
    name: t.field({ type: SourceName, required: true }),
    enabled: t.boolean({ description: 'Whether it may be asked.' }),
    gapMilliseconds: t.int({
      description: 'At least so long between two requests to one of its hosts: up to an hour.',
    }),
  }),
});

const UpdateSourcePayload = builder.objectRef<{ readonly id: string }>('UpdateSourcePayload').implement({
  fields: (t) => ({
    source: t.field({
      type: Source,
      resolve: async ({ id }, _args, { enricher }) => {
        const [source] = (await enricher.sources()).filter((one) => one.source.id === id);
        if (source === undefined) throw new Error(`There is no source ${id}`);
        return source;
      },
    }),
  }),
});

builder.mutationField('updateSource', (t) =>
  t.field({
    type: UpdateSourcePayload,
    description:
      'Switches a source on or off, or changes how often it is asked: at once, in every process, and for good. It is everybody’s, so with sign-in it is refused: `watchprint source set` is for whoever runs the server.',
    args: { input: t.arg({ type: UpdateSourceInput, required: true }) },
    resolve: async (_root, { input }, { enricher, isOperator }) => {
      if (!isOperator)
        throw new GraphQLError(
          'Sources are everybody’s: whoever runs the server switches them, with watchprint source set.',
          {
            extensions: { code: 'FORBIDDEN' },
          },
        );
      const gapMs = input.gapMilliseconds ?? undefined;
      if (gapMs !== undefined && (gapMs < 0 || gapMs > longestGapMs))
        throw badInput(`gapMilliseconds must be from 0 to ${longestGapMs}.`);
      const id = sourceIdOf(input.name);
      const enabled = input.enabled ?? undefined;
      await enricher.updateSource(id, {
        ...(enabled === undefined ? {} : { enabled }),
        ...(gapMs === undefined ? {} : { gapMs }),
      });
      return { id };
    },
  }),
);
