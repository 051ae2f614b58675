import { describe, expect, it } from 'vitest';
import { allPages, factKinds, offerKinds, sources } from './sources.ts';

describe.each(sources.map((source) => [source.id, source] as const))('the source %s', (id, source) => {
  it('has a name that settings, the API and the lake can have, and rules that can be read', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(source.termsUrl).toMatch(/^https:\/\//);
    expect(source.gapMs).toBeGreaterThanOrEqual(1000);
  });

  it('is the source of all its pages and facts', () => {
    for (const page of source.pages) expect([page.kind, page.source]).toEqual([page.kind, id]);
    for (const kind of source.factKinds) expect([kind.kind, kind.source]).toEqual([kind.kind, id]);
    if (source.offerKind !== undefined) expect(source.offerKind.source).toBe(id);
    if (source.titleFacts !== null) expect(source.factKinds).toContain(source.titleFacts);
  });

  it('says where each of its pages is', () => {
    const sites = Object.keys(source.sites);
    for (const [kind, site] of Object.entries(source.siteOfKind ?? {})) {
      expect(source.pages.map((page) => page.kind)).toContain(kind);
      expect(sites).toContain(site);
    }
    if (source.pages.length > 0) expect(sites).not.toEqual([]);
  });
});

describe('all sources together', () => {
  const each = (names: readonly string[]) => expect(names.length).toBe(new Set(names).size);

  it('have names of their own for all they have', () => {
    each(sources.map(({ id }) => id));
    each(sources.flatMap(({ sites }) => Object.keys(sites)));
    each(allPages.map(({ source, kind }) => `${source}/${kind}`));
    each(factKinds.map(({ kind }) => kind));
  });

  it('have those facts first that others are found by', () => {
    const needing = factKinds.map(({ needsItem }) => needsItem);
    expect(needing).toEqual([...needing].sort((one, other) => Number(one) - Number(other)));
    expect(factKinds).toEqual(expect.arrayContaining([...offerKinds]));
  });
});
