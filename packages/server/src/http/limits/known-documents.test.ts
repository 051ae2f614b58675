import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createKnownDocuments } from './known-documents.ts';

describe('createKnownDocuments', () => {
  it('keeps those asked last, as many as their text allows', () => {
    const known = createKnownDocuments();
    const document = parse('{ viewer { id } }');
    const long = ['a', 'b', 'c'].map((name) => `{ ${name} } #${'x'.repeat(40_000)}`);
    for (const text of long) known.set(text, document);
    expect(long.map((text) => known.has(text))).toEqual([false, true, true]);
    for (let number = 0; number < 1000; number += 1) known.set(`{ field${number} }`, document);
    expect(known.has('{ field0 }')).toBe(true);
    expect(known.calculatedSize).toBeLessThanOrEqual(100_000);
  });
});
