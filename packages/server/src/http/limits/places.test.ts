import { expect, it } from 'vitest';
import { createPlaces, createWaitingLine } from './places.ts';

const long = 60_000;

it('gives so many places, and so many to one account', () => {
  const places = createPlaces(3, 2);
  const [first, second] = [places.take('ann'), places.take('ann')];
  expect([typeof first, typeof second, places.take('ann')]).toEqual(['function', 'function', 'account']);
  expect(typeof places.take('bob')).toBe('function');
  expect(places.take('carl')).toBe('server');
  // However often a place is given back, it is one.
  for (let count = 0; count < 3; count += 1) (first as () => void)();
  expect(typeof places.take('carl')).toBe('function');
  expect(places.take('dora')).toBe('server');
});

it('lets those who wait in, first come first served, past those whose account has all it may', async () => {
  const line = createWaitingLine(createPlaces(2, 1), 10, 10);
  const came: string[] = [];
  const enter = async (name: string) => {
    const place = await line.take(name.slice(0, 3), long);
    came.push(name);
    return place as () => void;
  };
  const ann = await enter('ann 1');
  const bob = await enter('bob 1');
  const waiting = ['ann 2', 'carl 1', 'dora 1'].map(enter);
  bob();
  const carl = await (waiting[1] as Promise<() => void>);
  carl();
  await waiting[2];
  expect(came).toEqual(['ann 1', 'bob 1', 'carl 1', 'dora 1']);
  ann();
  await waiting[0];
  expect(came.at(-1)).toBe('ann 2');
});

it('turns away who finds the line full, or has waited long enough', async () => {
  const line = createWaitingLine(createPlaces(1, 1), 2, 1);
  const ann = (await line.take('ann', long)) as () => void;
  const second = line.take('ann', long);
  expect(await line.take('ann', long)).toBe('account');
  expect(await line.take('bob', 1)).toBe('server');
  const bob = line.take('bob', long);
  expect(await line.take('carl', long)).toBe('server');
  ann();
  ((await second) as () => void)();
  ((await bob) as () => void)();
  // Nobody who went is left in the line.
  expect(typeof (await line.take('carl', long))).toBe('function');
});
