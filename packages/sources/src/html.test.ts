import { describe, expect, it } from 'vitest';
import { decodeEntities, jsonLd, openPage, tidy } from './html.ts';

describe('a page', () => {
  it('is read as it stands, whatever it lacks', () => {
    const page = openPage('<div><p>One<p>Two</div><b>bold');
    expect(tidy(page('p').first().text())).toBe('One');
    expect(page('b').text()).toBe('bold');
  });

  it('ends as a page in an unknown shape where tags are nested on purpose', () => {
    expect(() => openPage('<div>'.repeat(100_000))).toThrow('nested more than 500 deep');
    expect(() => openPage('<i></i>'.repeat(200_001))).toThrow('more than 200000 tags');
  });
});

describe('JSON-LD', () => {
  const found = (...scripts: string[]) =>
    jsonLd(openPage(scripts.map((text) => `<script type="application/ld+json">${text}</script>`).join('')));

  it('is found in lists and graphs; what is no JSON is left out', () => {
    expect(found('{"a":1}', '[{"b":2},[{"c":3}]]', '{"@graph":[{"d":4}]}', '{"e":', '"text"')).toEqual([
      { a: 1 },
      { b: 2 },
      { c: 3 },
      { d: 4 },
    ]);
  });

  it('does not get lost in lists without end, nor loses what stands beside them', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(found(deep, '{"a":1}')).toEqual([{ a: 1 }]);
  });
});

it('decodes entities once, and takes nothing for markup', () => {
  expect(decodeEntities('Tom &amp; Jerry &lt;b&gt; &amp;quot;')).toBe('Tom & Jerry <b> &quot;');
  expect(decodeEntities('a < b & c > d')).toBe('a < b & c > d');
});
