import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../../test/run-command.ts';
import { bar, clock, duration, shading, sparkline, table } from './plots.ts';
import { cell, dayIn } from './words.ts';

const sample = (file: string) =>
  fileURLToPath(new URL(`../../../../../examples/sample-history/${file}`, import.meta.url));

describe('plots', () => {
  it('are as long and as dark as their share of the most', () => {
    expect([bar(10, 10, 4), bar(5, 10, 4), bar(1, 64, 8), bar(0, 10, 4), bar(0, 0, 4)]).toEqual([
      '████',
      '██',
      '▏',
      '',
      '',
    ]);
    expect([sparkline([0, 1, 4, 8], 8), sparkline([0, 1, 4], 8), sparkline([0, 0], 0)]).toEqual([' ▂▅█', ' ▂▅', '  ']);
    expect(shading([0, 1, 50, 100], 100)).toBe('·░▓█');
  });

  it('stand in columns beside names in any script, cut where they are long and without what a terminal would obey', () => {
    expect(
      table([
        [cell('愛の不時着'), 5],
        [cell('Lost\u001b[2J'), 12],
      ]),
    ).toEqual(['  愛の不時着   5', '  Lost[2J     12']);
    expect(cell('😀'.repeat(30))).toBe(`${'😀'.repeat(20)}…`);
  });

  it('are of the profile’s days', () => {
    expect([dayIn('America/New_York', '2024-01-28T04:30:00Z'), dayIn('UTC', '2024-01-28T04:30:00Z')]).toEqual([
      '2024-01-27',
      '2024-01-28',
    ]);
  });

  it('stand beside words in columns', () => {
    expect(
      table([
        ['Salt', 5],
        ['Harbour', 12],
      ]),
    ).toEqual(['  Salt      5', '  Harbour  12']);
    expect([duration(59 * 60), duration(3 * 3600 + 300), duration(400 * 3600)]).toEqual([
      '59 min',
      '3 h 05 min',
      '16 d 16 h',
    ]);
    expect([clock(20 * 60 + 5), clock(24 * 60 + 20)]).toEqual(['20:05', '00:20']);
  });
});

describe('watchprint analyse', () => {
  let home: string;
  const run = (...args: string[]) => runCommand(args, { WATCHPRINT_HOME: home });

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'watchprint-analyse-'));
  });

  it('says that there is nothing yet', async () => {
    expect(await run('analyse')).toMatchObject({
      status: 1,
      said: expect.stringContaining('There are no profiles: watchprint import FILE brings them (USAGE)'),
    });
  });

  it('prints a summary with plots, and why what is not there is not known', async () => {
    expect(await run('import', sample('ViewingActivity.csv'))).toMatchObject({ status: 0 });
    expect(await run('import', sample('NetflixViewingHistory.csv'), '--profile', 'Days')).toMatchObject({ status: 0 });
    const { status, out } = await run('analyse', '--profile', 'Sample');
    expect(status).toBe(0);
    expect(out).toContain('739 viewings, 15 d 6 h on 343 days from 2022-01-04 to 2024-02-04 (Australia/Sydney)');
    expect(out).toMatch(/^ {2}2023 {2}.{12} {2}█{30} {2}356 viewings 188 h$/mu);
    expect(out).toMatch(/^ {2}Sun {2}[·░▒▓█]{24}$/mu);
    expect(out).toMatch(/^ {2}Office of Small Miracles +█{20} +108 {2}15 % +34 h$/mu);
    expect(out).toContain(
      'GENRE, diversity, taste: No genre of these titles is known: `watchprint lake sync imdb` brings a catalogue',
    );
    expect(out).not.toContain('Days\n====');
    expect(out).toContain('  with Days: 46 titles in common');
  });

  it('gives of days what days can give', async () => {
    const { out } = await run('analyse', '--profile=Days');
    expect(out).toContain('662 viewings on 342 days');
    expect(out).not.toContain('Hours of the week');
    expect(out).toContain('weekHours, sessions, marathons, evenings: The files have days only, no times of day.');
  });

  it('has every figure as JSON, of all profiles, in a period', async () => {
    const { out } = await run('analyse', '--json', '--from', '2023-01-01', '--to', '2023-12-31');
    const profiles = JSON.parse(out) as { name: string; analytics: Record<string, Record<string, unknown>> }[];
    expect(profiles.map(({ name, analytics }) => [name, analytics.totals?.firstWatchedOn])).toEqual([
      ['Days', '2023-01-01'],
      ['Sample', '2023-01-01'],
    ]);
    expect(profiles[1]?.analytics.yearInReview).toMatchObject({ year: 2023, totals: { viewings: 356 } });
  });

  it('refuses what cannot be meant', async () => {
    expect(await run('analyse', '--profile', 'Nobody')).toMatchObject({
      status: 1,
      said: expect.stringContaining('There is no profile Nobody; there are Days, Sample (USAGE)'),
    });
    expect(await run('analyse', '--from', '2023-02-30')).toMatchObject({
      status: 1,
      said: expect.stringContaining('2023-02-30 is no day: YYYY-MM-DD (USAGE)'),
    });
    expect(await run('analyse', 'Sample')).toMatchObject({
      status: 1,
      said: expect.stringContaining('What is Sample? A profile is given with --profile (USAGE)'),
    });
    expect(await run('analyse', '--year', '2023')).toMatchObject({
      status: 1,
      said: expect.stringContaining('no option --year'),
    });
  });
});
