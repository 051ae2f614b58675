import { dayOfDate } from '@watchprint/engine';
import type { Client } from '@watchprint/sdk';
import { defineCommand } from 'citty';
import { readConfig } from '../../config.ts';
import { openClient, tokenOption } from '../open-client.ts';
import { fail, print, refuseUnknownOptions, say, UsageError } from '../output.ts';
import { everyFigure } from './every-figure.ts';
import type { FiguresToShow } from './figures-to-show.ts';
import { summaryOf } from './summary.ts';
import { dayIn } from './words.ts';

const options = {
  profile: { type: 'string', description: 'Whose; all profiles unless given' },
  from: { type: 'string', description: 'First day, YYYY-MM-DD' },
  to: { type: 'string', description: 'Last day, YYYY-MM-DD' },
  json: { type: 'boolean', description: 'Every figure, as JSON' },
  token: tokenOption,
} as const;

interface AnalysedProfile {
  readonly name: string;
  readonly timeZone: string;
  readonly analytics: FiguresToShow;
}

export const analyseCommand = defineCommand({
  meta: { name: 'analyse', description: 'Figures of a profile’s history: docs/analytics.md says what each means.' },
  args: options,
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      if (args._.length > 0) throw new UsageError(`What is ${args._[0]}? A profile is given with --profile`);
      const period = { from: dayOf(args.from), to: dayOf(args.to) };
      const client = await openClient(readConfig(process.env), 'watchprint analyse', args.token);
      try {
        const all = await client.profiles();
        const profiles = args.profile === undefined ? all : all.filter(({ name }) => name === args.profile);
        if (profiles.length === 0)
          throw new UsageError(
            all.length === 0
              ? 'There are no profiles: watchprint import FILE brings them'
              : `There is no profile ${args.profile}; there are ${all.map(({ name }) => name).join(', ')}`,
          );
        const analysed: AnalysedProfile[] = [];
        for (const { id, timeZone } of profiles) analysed.push(await analyse(client, id, timeZone, period));
        if (args.json === true) print(JSON.stringify(analysed, null, 2));
        else
          for (const { name, timeZone, analytics } of analysed)
            for (const line of summaryOf(name, timeZone, analytics)) print(line);
        if (args.json !== true) say('docs/analytics.md says what each figure means; --json has them all');
      } finally {
        await client.close();
      }
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  },
});

function dayOf(text: string | undefined): string | null {
  if (text !== undefined && dayOfDate(text) === null) throw new UsageError(`${text} is no day: YYYY-MM-DD`);
  return text ?? null;
}

/** The year in review and what the period is compared with follow from its last day. */
async function analyse(
  client: Client,
  id: string,
  timeZone: string,
  period: { readonly from: string | null; readonly to: string | null },
): Promise<AnalysedProfile> {
  const { node: about } = await client.query<{ node: { analytics: Pick<FiguresToShow, 'totals'> } }>(
    'query($id: ID!, $period: PeriodInput) { node(id: $id) { ... on Profile { analytics(period: $period) { totals { lastWatchedOn } } } } }',
    { id, period },
  );
  const today = dayIn(timeZone, new Date().toISOString());
  const year = Number((about.analytics.totals.lastWatchedOn ?? today).slice(0, 4));
  const { node } = await client.query<{ node: AnalysedProfile }>(everyFigure, {
    id,
    period,
    day: today,
    year,
    other: { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  });
  return node;
}
