import { type Thresholds as ThresholdsShape, thresholdFault, thresholdNames, thresholdsWith } from '@watchprint/engine';
import { badInput } from '../bad-input.ts';
import { builder } from './builder.ts';
import { Profile } from './profile-ref.ts';

const descriptions: Readonly<Record<keyof ThresholdsShape, string>> = {
  sittingGapMinutes: 'A sitting ends when nothing was played for longer. 30 unless set; 1 to 240.',
  playGapDays: 'Viewings of one title belong to one play while no more days lie between them. 30 unless set; 1 to 365.',
  finishedShare: 'A play is finished once this share of the runtime was watched. 0.7 unless set; 0.5 to 1.',
  bingeEpisodes: 'So many episodes of one series on one day are a binge. 3 unless set; 2 to 20.',
  marathonMinutes: 'A sitting in which so much was watched is a marathon. 240 unless set; 60 to 1440.',
  almostDoneShare: 'A series of which this share was watched is almost done. 0.8 unless set; 0.5 to 1.',
  abandonedAfterDays:
    'A series or film of which nothing was watched for more days is abandoned. 90 unless set; 7 to 1000.',
  lateNightHour: 'A night is late when something still played at this hour. 0 (midnight) unless set; 0 to 4.',
};

const Thresholds = builder.objectRef<ThresholdsShape>('Thresholds').implement({
  description: 'Where figures draw lines between what counts as one thing and what as another.',
  fields: (t) => ({
    sittingGapMinutes: t.exposeInt('sittingGapMinutes', { description: descriptions.sittingGapMinutes }),
    playGapDays: t.exposeInt('playGapDays', { description: descriptions.playGapDays }),
    finishedShare: t.exposeFloat('finishedShare', { description: descriptions.finishedShare }),
    bingeEpisodes: t.exposeInt('bingeEpisodes', { description: descriptions.bingeEpisodes }),
    marathonMinutes: t.exposeInt('marathonMinutes', { description: descriptions.marathonMinutes }),
    almostDoneShare: t.exposeFloat('almostDoneShare', { description: descriptions.almostDoneShare }),
    abandonedAfterDays: t.exposeInt('abandonedAfterDays', { description: descriptions.abandonedAfterDays }),
    lateNightHour: t.exposeInt('lateNightHour', { description: descriptions.lateNightHour }),
  }),
});

export const ThresholdsInput = builder.inputType('ThresholdsInput', {
  description: 'Null puts the usual one in its place again; what is left out stays.',
  fields: (t) => ({
    sittingGapMinutes: t.int({ description: descriptions.sittingGapMinutes }),
    playGapDays: t.int({ description: descriptions.playGapDays }),
    finishedShare: t.float({ description: descriptions.finishedShare }),
    bingeEpisodes: t.int({ description: descriptions.bingeEpisodes }),
    marathonMinutes: t.int({ description: descriptions.marathonMinutes }),
    almostDoneShare: t.float({ description: descriptions.almostDoneShare }),
    abandonedAfterDays: t.int({ description: descriptions.abandonedAfterDays }),
    lateNightHour: t.int({ description: descriptions.lateNightHour }),
  }),
});

builder.prismaObjectField(Profile, 'thresholds', (t) =>
  t.field({
    type: Thresholds,
    select: { thresholds: true },
    resolve: ({ thresholds }) => thresholdsWith(thresholds as Partial<ThresholdsShape>),
  }),
);

type GivenThresholds = typeof ThresholdsInput.$inferInput;

/** @throws bad input, naming the first that is out of its limits. */
export function requireThresholds(given: GivenThresholds): Record<string, number | null> {
  const wanted: Record<string, number | null> = {};
  for (const name of thresholdNames) {
    const value = given[name];
    if (value === undefined) continue;
    const fault = value === null ? null : thresholdFault(name, value);
    if (fault !== null) throw badInput(`${fault}.`);
    wanted[name] = value;
  }
  return wanted;
}
