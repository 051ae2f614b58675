import { describe, expect, it } from 'vitest';
import { type MadeCatalogue, madeHistory, type Watched } from '../../../test/made-history.ts';
import { AnalysedHistory } from '../../analyse/analysed-history.ts';
import { usualThresholds } from '../../analyse/thresholds.ts';
import { type Opinion, votesOf } from './votes.ts';

const catalogue: MadeCatalogue = Object.fromEntries(
  ['Film A', 'Film B', 'One', 'Two', 'Three', 'Four'].map((name) => [name, { runtimeMinutes: 100 }]),
);

/** Votes as [work, day, strength]; titles are in the order of works. */
function votes(
  rows: readonly Watched[],
  { abandoned = [], opinions = [] }: { abandoned?: readonly string[]; opinions?: readonly Opinion[] } = {},
) {
  const columns = madeHistory(rows, { catalogue });
  const analysed = new AnalysedHistory(columns, { ...usualThresholds, timeZone: 'UTC' });
  const nameOf = (place: number) => columns.works[place]?.name ?? place;
  const { titles, at, strength } = votesOf(
    analysed,
    Int32Array.from(columns.works.keys()),
    new Set(abandoned.map((name) => columns.works.findIndex((work) => work.name === name))),
    opinions,
  );
  return [...titles].map((title, index) => [
    nameOf(title),
    new Date((at[index] as number) * 1000).toISOString().slice(0, 16),
    strength[index],
  ]);
}

const film = (title: string, on: string, minutes: number): Watched => ({ title, on, seconds: minutes * 60 });
const episode = (title: string, at: string): Watched => ({ title, series: 'Show', at, seconds: 95 * 60 });

describe('votesOf', () => {
  it('is one vote a film, as strong as the share that was watched', () => {
    expect(votes([film('Film A', '2024-01-01', 95), film('Film B', '2024-01-02', 40)])).toEqual([
      ['Film A', '2024-01-01T12:00', 1],
      ['Film B', '2024-01-02T12:00', 0.4],
    ]);
  });

  it('counts a film that was gone on with the next day once, when it ended', () => {
    expect(votes([film('Film A', '2024-01-01', 40), film('Film A', '2024-01-02', 50)])).toEqual([
      ['Film A', '2024-01-02T12:00', 1],
    ]);
  });

  it('counts a film that is seen again more', () => {
    expect(
      votes([film('Film A', '2024-01-01', 95), film('Film A', '2024-06-01', 95)]).map(([, , strength]) => strength),
    ).toEqual([1, 1.5]);
  });

  it('is one vote a series and day, stronger the more episodes', () => {
    const rows = [
      episode('One', '2024-01-01T20:00:00Z'),
      episode('Two', '2024-01-01T22:00:00Z'),
      episode('Three', '2024-01-02T20:00:00Z'),
    ];
    expect(votes(rows)).toEqual([
      ['Show', '2024-01-01T22:00', 1.5],
      ['Show', '2024-01-02T20:00', 1],
    ]);
  });

  it('takes rows without a time as watched, and accidental ones as nothing', () => {
    expect(
      votes([
        { title: 'Film A', on: '2024-01-01' },
        { ...film('Film B', '2024-01-02', 5), accidental: true },
      ]),
    ).toEqual([['Film A', '2024-01-01T12:00', 1]]);
  });

  it('takes what was abandoned as weak, not as a veto', () => {
    const rows = [film('Film A', '2024-01-01', 50), episode('One', '2024-01-02T20:00:00Z')];
    expect(votes(rows, { abandoned: ['Film A', 'Show'] }).map(([, , strength]) => strength)).toEqual([0.15, 0.3]);
  });

  it('lets what was said outrank what was watched, also of what was not watched', () => {
    const at = Date.UTC(2024, 5, 1) / 1000;
    const rows = [film('Film A', '2024-01-01', 10), film('Film B', '2024-01-02', 95)];
    const opinions: Opinion[] = [
      { title: 0, verdict: 'LOVE', at },
      { title: 1, verdict: 'HIDE', at },
      { title: 7, verdict: 'DISLIKE', at },
    ];
    expect(votes(rows, { abandoned: ['Film A'], opinions })).toEqual([
      ['Film A', '2024-01-01T12:00', 3],
      ['Film B', '2024-01-02T12:00', 0],
      [7, '2024-06-01T00:00', -1.5],
    ]);
  });
});
