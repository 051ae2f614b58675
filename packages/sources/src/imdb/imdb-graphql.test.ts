import { describe, expect, it } from 'vitest';
import { challenge, credit, factsOf, film, filmFacts, filmId, read } from '../../test/made-imdb-pages.ts';
import type { Page } from '../page.ts';
import { imdbGraphqlSearch, imdbGraphqlTitle } from './imdb-graphql.ts';

const extensions = { disclaimer: 'Made up.' };
const answer = (data: unknown, errors?: unknown) =>
  JSON.stringify({ data, ...(errors === undefined ? {} : { errors }), extensions });
const failed = (message: string, code?: string) => [
  { message, ...(code === undefined ? {} : { extensions: { code } }) },
];

const { castPageTitle, directorsPageTitle, creatorsPageTitle, ...node } = film.aboveTheFoldData;
const title = {
  ...node,
  principalCredits: [
    ...node.principalCredits,
    { category: { id: 'writer' }, credits: [credit('Max Form', 'nm9900005')] },
    { category: { id: 'cast' }, credits: [credit('Ada Quill', 'nm9900002')] },
  ],
};

describe.each<readonly [string, Page<unknown>, string]>([
  ['title', imdbGraphqlTitle, filmId],
  ['search', imdbGraphqlSearch, 'Paper "x"'],
])('a %s of GraphQL', (_, page, key) => {
  it('is never asked for', () => {
    expect(() => page.request([key], 'https://caching.graphql.imdb.com')).toThrow('never asked');
  });

  it('that failed is blocked, unavailable or unreadable, never not found', () => {
    const statusOf = (errors: unknown, data: unknown = null) => read(page, answer(data, errors), key)?.status;
    expect(statusOf(failed('Rate limit exceeded', 'RATE_LIMITED'))).toBe('BLOCKED');
    expect(read(page, JSON.stringify({ errors: failed('403: Forbidden') }), key)?.status).toBe('BLOCKED');
    expect(statusOf(failed('Oops', 'INTERNAL_SERVER_ERROR'))).toBe('UNAVAILABLE');
    expect(statusOf(failed('Oops', 'DOWNSTREAM_TIMEOUT'), { title: null, mainSearch: null })).toBe('UNAVAILABLE');
    expect(() => statusOf(failed('Cannot query field "titel"', 'GRAPHQL_VALIDATION_FAILED'))).toThrow(/Cannot query/);
    expect(() => statusOf(['odd'], { title: null })).toThrow(/does not say which/);
  });

  it('in another shape is unreadable', () => {
    for (const body of ['', '[]', challenge]) expect(() => read(page, body, key)).toThrow(/no JSON of GraphQL/);
    for (const body of ['{}', answer(null), answer({}), answer({ title: 7, mainSearch: 7 })])
      expect(() => read(page, body, key)).toThrow(/no title|neither ids nor names/);
  });
});

describe('a title of GraphQL', () => {
  it('is read as a title page is', () => {
    expect(factsOf(imdbGraphqlTitle, answer({ title }), filmId)).toEqual({
      ...filmFacts,
      certificateCountry: null,
      creators: null,
      cast: [{ name: 'Ada Quill', imdbId: 'nm9900002' }],
    });
  });

  it('is taken beside errors of some of its fields', () => {
    const body = answer({ title: { ...title, metacritic: null } }, failed('Oops', 'INTERNAL_SERVER_ERROR'));
    expect(factsOf(imdbGraphqlTitle, body, filmId)).toMatchObject({ name: 'The Paper Lighthouse', metascore: null });
  });

  it('without an id is the one that was asked for; with another id it is not taken', () => {
    const { id, ...nameless } = title;
    expect(factsOf(imdbGraphqlTitle, answer({ title: nameless }), 'tt9900000009').imdbId).toBe('tt9900000009');
    expect(() => read(imdbGraphqlTitle, answer({ title }), 'tt9900000009')).toThrow(/not of tt9900000009/);
  });

  it('that is null is not found, and without a name unreadable', () => {
    expect(read(imdbGraphqlTitle, answer({ title: null }), filmId)).toEqual({ status: 'NOT_FOUND' });
    expect(() => read(imdbGraphqlTitle, answer({ title: { id: filmId } }), filmId)).toThrow(/no name/);
  });
});

describe('a search of GraphQL', () => {
  const search = (...entities: readonly unknown[]) =>
    answer({ mainSearch: { edges: entities.map((entity) => ({ node: { entity } })) } });

  it('has the titles in their order, and nobody else', () => {
    const salt = { id: 'tt9900000002', titleText: { text: 'Salt Year' }, releaseYear: null, titleType: 7 };
    const person = { __typename: 'Name', id: 'nm9900002', nameText: { text: 'Ada Quill' } };
    expect(factsOf(imdbGraphqlSearch, search(title, person, 7, salt), 'paper')).toEqual([
      {
        imdbId: filmId,
        name: 'The Paper Lighthouse',
        originalName: 'El faro de papel',
        titleType: 'movie',
        year: 2019,
        endYear: null,
        rating: 7.3,
        voteCount: 12345,
      },
      {
        imdbId: 'tt9900000002',
        name: 'Salt Year',
        originalName: null,
        titleType: null,
        year: null,
        endYear: null,
        rating: null,
        voteCount: null,
      },
    ]);
    expect(read(imdbGraphqlSearch, search(person), 'ada')).toEqual({ status: 'NOT_FOUND' });
    expect(read(imdbGraphqlSearch, search(), 'zzqq')).toEqual({ status: 'NOT_FOUND' });
    expect(() => read(imdbGraphqlSearch, search({ id: filmId, name: 'Renamed' }), 'paper')).toThrow(/neither/);
  });

  it('and a title are told apart, and from answers of others', () => {
    const known = (body: string) => [imdbGraphqlTitle.recognises(body), imdbGraphqlSearch.recognises(body)];
    expect(known(answer({ title }))).toEqual([true, false]);
    expect(known(search(title))).toEqual([false, true]);
    for (const body of [
      '',
      challenge,
      answer({ title: null }),
      answer({ popularTitles: { edges: [] } }),
      '{"data":{"title":"titleText"}}',
    ])
      expect(known(body)).toEqual([false, false]);
  });
});
