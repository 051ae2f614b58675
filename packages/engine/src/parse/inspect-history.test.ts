import { describe, expect, it } from 'vitest';
import type { DateOrder } from './history-row.ts';
import { inspectHistory } from './inspect-history.ts';

import type { OpenFile } from './table-shape.ts';
import { dayOf, readAll, recogniseHistory, text } from './test-files.ts';

describe('the date order', () => {
  const file = (...dates: string[]) => text(`Title,Date\n${dates.map((date) => `"Salt","${date}"\n`).join('')}`);

  it('is settled by a value over 12, with the row as the reason', async () => {
    const { layout } = await readAll(file('05/06/2020', '28/05/2020'));
    expect(layout.dateOrder).toBe('DAY_FIRST');
    expect(layout.dateOrderReason).toContain('ine 3 has "28/05/2020"');
  });

  it('is settled by neighbours where every value reads either way', async () => {
    // Day first these run 6 March, 5 March, 4 March, 12 February; month first they jump.
    const { layout } = await readAll(file('6/3/20', '5/3/20', '4/3/20', '12/2/20'));
    expect(layout.dateOrder).toBe('DAY_FIRST');
    expect(layout.dateOrderReason).toContain('newest first');
  });

  it('tells day first from year first by neighbours', async () => {
    const { layout } = await readAll(file('20-06-23', '19-06-23', '18-06-23', '30-05-23'));
    expect(layout.dateOrder).toBe('DAY_FIRST');
  });

  it('is asked for where nothing tells, and then believed', async () => {
    await expect(readAll(file('12/04/2022', '11/04/2022'))).rejects.toMatchObject({ code: 'DATE_ORDER_NEEDED' });
    const { rows } = await readAll(file('12/04/2022', '11/04/2022'), 'MONTH_FIRST');
    expect(rows[0]?.day).toBe(dayOf('2022-12-04'));
  });

  it('is asked for where one order is newest first and another oldest first', async () => {
    await expect(readAll(file('03/04/2020', '04/03/2020'))).rejects.toMatchObject({ code: 'DATE_ORDER_NEEDED' });
  });

  it('is told by the neighbours of each profile, where profiles follow one another', async () => {
    const rows = ['Ada', 'Ben'].flatMap((name) =>
      ['6/3/2020', '5/3/2020', '4/3/2020', '12/2/2020'].map((day) => `${name},${day} 20:15,0:40:00,Salt\n`),
    );
    const { layout } = await readAll(text(`Profile Name,Start Time,Duration,Title\n${rows.join('')}`));
    expect(layout.dateOrder).toBe('DAY_FIRST');
  });

  it('is never what the caller says against a row', async () => {
    const refused = await readAll(file('05/06/2020', '28/05/2020'), 'MONTH_FIRST').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'DATE_ORDER_CONFLICT' });
    expect((refused as Error).message).toContain('line 3 has "28/05/2020"');
  });

  it('is not unsettled by a date that is possible in no order', async () => {
    const { layout, rejected, rows } = await readAll(file('28/07/2020', '99/99/2020', '13/06/2020', '01/01/1999'));
    expect(layout.dateOrder).toBe('DAY_FIRST');
    expect(rows).toHaveLength(2);
    expect(rejected.map(({ line }) => line)).toEqual([3, 5]);
  });

  const refusalOf = async (open: OpenFile, order?: DateOrder) => {
    const error = await readAll(open, order).catch((thrown: unknown) => thrown);
    return error as Error & { code: string };
  };

  it('is asked for where no order fits every row, and then believed', async () => {
    const mixed = file('28/07/2020', '07/27/2020', '26/07/2020');
    const refused = await refusalOf(mixed);
    expect(refused.code).toBe('DATE_ORDER_NEEDED');
    expect(refused.message).toContain(
      'DAY_FIRST reads "28/07/2020" (line 2) as 2020-07-28, but not "07/27/2020" (line 3); ' +
        'MONTH_FIRST reads "07/27/2020" (line 3) as 2020-07-27, but not "28/07/2020" (line 2)',
    );
    expect(refused.message).not.toContain('YEAR_FIRST');
    const { layout, rows, rejected } = await readAll(mixed, 'DAY_FIRST');
    expect(rows.map(({ day }) => day)).toEqual([dayOf('2020-07-28'), dayOf('2020-07-26')]);
    expect(rejected).toMatchObject([{ line: 3 }]);
    expect(layout.dateOrderReason).toContain('line 3 has "07/27/2020"');
  });

  it('is not believed where it fits no row, though the others cannot be told apart', async () => {
    const { code, message } = await refusalOf(file('12/04/2022', '11/04/2022'), 'YEAR_FIRST');
    expect(code).toBe('DATE_ORDER_CONFLICT');
    expect(message).toMatch(/line 2 has "12\/04\/2022".*; expected DAY_FIRST or MONTH_FIRST$/);
    expect(await refusalOf(file('28/07/2020', '07/27/2020'), 'YEAR_FIRST')).toMatchObject({
      code: 'DATE_ORDER_CONFLICT',
    });
  });

  it('leaves out days before Netflix and days to come, and says which they are', async () => {
    const { rejected, rows } = await readAll(file('28/07/2020', '28/07/99', '13/06/2006', '28/06/2020'));
    expect(rows).toHaveLength(2);
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [3, '"28/07/99" is 2099-07-28, which lies in the future'],
      [4, '"13/06/2006" is 2006-06-13, which lies before Netflix began to stream'],
    ]);
  });

  it('takes today for a day, also where it is tomorrow already, and the day after for none', async () => {
    const now = new Date('2020-07-28T12:00Z');
    const inspect = async (open: OpenFile) => inspectHistory(open, await recogniseHistory(open), { now });
    const layout = await inspect(file('29/07/2020', '30/07/2020'));
    expect(layout.lastDay).toBe(dayOf('2020-07-29'));
    // Month first, these would be days to come.
    expect((await inspect(file('09/07/2020', '08/07/2020'))).dateOrder).toBe('DAY_FIRST');
  });

  it('shows a value of the column of dates where none is a date', async () => {
    const { code, message } = await refusalOf(file('28 Jul 2020', '27 Jul 2020'));
    expect(code).toBe('FORMAT_UNKNOWN');
    expect(message).toContain('Line 2: found "28 Jul 2020"');
    expect((await refusalOf(text('Title,Date\n'))).message).toContain('header, in line 1');
  });

  it('rejects the rows that a spreadsheet turned', async () => {
    const dates = Array.from({ length: 28 }, (_, index) => `7/${28 - index}/20`);
    const { layout, rejected } = await readAll(file(...dates, '13/06/2020', '6/12/20'));
    expect(layout.dateOrder).toBe('MONTH_FIRST');
    expect(rejected).toMatchObject([{ line: 30 }]);
  });

  it('is settled by the start of an activity whose times begin with the year', async () => {
    let chunks = 0;
    const open: OpenFile = async function* () {
      yield Buffer.from('Profile Name,Start Time,Duration,Title\n');
      for (chunks = 1; chunks <= 100; chunks += 1)
        yield Buffer.from('Ada,2021-03-02 20:15:00,0:45:10,Salt\n'.repeat(500));
    };
    const recognised = await recogniseHistory(open);
    expect(await inspectHistory(open, recognised)).toMatchObject({ dateOrder: 'YEAR_FIRST' });
    expect(chunks).toBeLessThan(5);
  });

  it('comes with whether equal days stand together, so that a reader may forget those that have passed', async () => {
    const standTogether = async (...dates: string[]) => (await readAll(file(...dates))).layout.daysStandTogether;
    expect(await standTogether('28/07/2020', '27/07/2020', '27/07/2020', '01/02/2020')).toBe(true);
    expect(await standTogether('01/02/2020', '27/07/2020', '28/07/2020')).toBe(true);
    expect(await standTogether('27/07/2020', '28/07/2020', '27/07/2020')).toBe(false);
  });
});
