import { describe, expect, it } from 'vitest';
import { madeAccounts, madeTitles } from '../../../test/made-titles.ts';
import { answerTask, type TaskEvent, type TaskQuery } from './answer-task.ts';

const titles = madeTitles(120);
const events: TaskEvent[] = madeAccounts(25, 120).flatMap(({ account, titles: own, at }) =>
  [...own].map((title, index) => ({ user: `u${account}`, item: `t${title}`, at: (at[index] as number) + account })),
);
const queries: TaskQuery[] = Array.from({ length: 25 }, (_, account) => ({
  user: `u${account}`,
  count: 10,
  now: 1_700_000_000 - account,
}));
const answers = (task: Parameters<typeof answerTask>[0]) =>
  Object.fromEntries([...answerTask(task)].map(({ query, items }) => [query.user, items]));

describe('answerTask', () => {
  it.each([true, false])('answers every query with titles that the user has not watched (shared: %s)', (shared) => {
    const all = answers({ titles, events, queries, shared });
    expect(Object.keys(all)).toHaveLength(25);
    for (const [user, items] of Object.entries(all)) {
      expect(new Set(items).size).toBe(10);
      const watched = new Set(events.flatMap((event) => (event.user === user ? event.item : [])));
      for (const item of items) expect(watched).not.toContain(item);
    }
  });

  it('learns from others only where that is allowed', () => {
    const ofOne = events.filter(({ user }) => user === 'u3');
    const asked = queries.filter(({ user }) => user === 'u3');
    expect(answers({ titles, events: ofOne, queries: asked, shared: false })).toEqual({
      u3: answers({ titles, events, queries, shared: false }).u3,
    });
    expect(answers({ titles, events: ofOne, queries: asked, shared: true })).not.toEqual({
      u3: answers({ titles, events, queries, shared: true }).u3,
    });
  });

  it('answers who has watched nothing, and gives as many as there are', () => {
    const [unknown] = answerTask({ titles, events, queries: [{ user: 'new', count: 500, now: 0 }], shared: true });
    expect(unknown?.items).toHaveLength(120);
  });

  it('refuses what cannot be meant', () => {
    const wrong = [{ user: 'u1', item: 'nowhere', at: 0 }];
    expect(() => [...answerTask({ titles, events: wrong, queries, shared: false })]).toThrow(
      'u1 watched nowhere, which is not among the titles',
    );
    const twice = [...titles, titles[0] as (typeof titles)[0]];
    expect(() => [...answerTask({ titles: twice, events: [], queries, shared: false })]).toThrow(
      'Two titles have the id t0',
    );
  });
});
