import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createZone, dateOfDay, dayFromDate, sharedZone } from './calendar.ts';

describe('days and dates', () => {
  it('are each other’s', () => {
    // From year 0 to 9999, as Date has them.
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (day) => {
        const date = new Date(day * 86_400_000);
        expect(dateOfDay(day)).toBe(date.toISOString().slice(0, 10));
        expect(dayFromDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(day);
      }),
      { numRuns: 3000 },
    );
    expect([dateOfDay(0), dateOfDay(-1), dateOfDay(11_016), dateOfDay(-719_528)]).toEqual([
      '1970-01-01',
      '1969-12-31',
      '2000-02-29',
      '0000-01-01',
    ]);
  });
});

describe('a zone', () => {
  it('shows what its clock shows, when it changes too', () => {
    const berlin = createZone('Europe/Berlin');
    const shown = (instant: string) => new Date(berlin.clockOf(Date.parse(instant) / 1000) * 1000).toISOString();
    expect(shown('2021-03-28T00:59:59Z')).toBe('2021-03-28T01:59:59.000Z');
    expect(shown('2021-03-28T01:00:00Z')).toBe('2021-03-28T03:00:00.000Z');
  });

  it('is shared by those who ask for it by name, until many others were', () => {
    const first = sharedZone('Europe/Berlin');
    expect(sharedZone('Europe/Berlin')).toBe(first);
    for (let hour = 1; hour <= 12; hour += 1) for (const sign of ['+', '-']) sharedZone(`Etc/GMT${sign}${hour}`);
    expect(sharedZone('Europe/Berlin')).not.toBe(first);
    expect(() => sharedZone('Nowhere/Land')).toThrow(RangeError);
  });
});
