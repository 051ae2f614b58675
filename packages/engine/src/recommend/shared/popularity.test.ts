import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentPopularity, watchedWeeks } from './popularity.ts';

const week = 7 * 86_400;

describe('RecentPopularity', () => {
  it('is what each viewing up to a moment has left of it, in whatever order moments are asked for', () => {
    const views = fc.array(fc.record({ title: fc.nat(3), week: fc.nat(60) }), { maxLength: 40 });
    fc.assert(
      fc.property(views, fc.array(fc.nat(80), { minLength: 1, maxLength: 8 }), (viewings, moments) => {
        const weeks = watchedWeeks(
          [
            {
              account: 0,
              titles: Int32Array.from(viewings, ({ title }) => title),
              at: Float64Array.from(viewings, (one) => one.week * week + 5),
              strength: new Float64Array(viewings.length).fill(1),
            },
          ],
          Int32Array.of(1, 1, 1, 0),
        );
        const popularity = new RecentPopularity(weeks, 4, [30, 400]);
        for (const moment of moments) {
          const sums = popularity.upTo(moment * week);
          for (const [index, days] of [30, 400].entries())
            for (let title = 0; title < 4; title += 1) {
              const expected = viewings
                .filter((one) => one.title === title && title < 3 && one.week <= moment)
                .reduce((sum, one) => sum + 0.5 ** (((moment - one.week) * 7) / days), 0);
              expect(sums[index]?.[title]).toBeCloseTo(expected, 9);
            }
        }
      }),
    );
  });
});
