import { describe, expect, it } from 'vitest';
import { canonical, challenge, factsOf, nextJson, nextPage, read } from '../../test/made-imdb-pages.ts';
import { imdbFind } from './imdb-find.ts';

const unsaid = { originalName: null, titleType: null, year: null, endYear: null, rating: null, voteCount: null };
const page = (results: unknown, searchTerm?: string) =>
  nextPage('/find', { findPageMeta: { searchTerm }, nameResults: { results: [] }, titleResults: { results } });

const lighthouse = {
  id: 'tt9900000001',
  titleNameText: 'The Paper Lighthouse',
  titleReleaseText: '2019',
  titleTypeText: '',
  topCredits: ['Ada Quill'],
  imageType: 'movie',
};

const row = (cells: string) =>
  `<tr class="findResult odd"> <td class="primary_photo"> <a href="/title/tt9900000001/"><img src="a.jpg" /></a> </td> ${cells} </tr>`;
const table = (...rows: readonly string[]) =>
  `<html><head>${canonical('/find')}</head><h1 class="findHeader">Displaying results for <span class="findSearchTerm">"paper"</span></h1>` +
  `<table class="findList">${rows.join('')}</table></html>`;

describe('a search page', () => {
  it('has the titles in their order', () => {
    const series = {
      ...lighthouse,
      id: 'tt9900000002',
      titleNameText: 'Salt Year',
      titleReleaseText: '2020–2024',
      imageType: 'tvSeries',
    };
    const running = { ...series, id: 'tt9900000003', titleReleaseText: '2021– ' };
    expect(factsOf(imdbFind, page([lighthouse, series, running], 'paper'), 'Paper')).toEqual([
      { ...unsaid, imdbId: 'tt9900000001', name: 'The Paper Lighthouse', titleType: 'movie', year: 2019 },
      { ...unsaid, imdbId: 'tt9900000002', name: 'Salt Year', titleType: 'tvSeries', year: 2020, endYear: 2024 },
      { ...unsaid, imdbId: 'tt9900000003', name: 'Salt Year', titleType: 'tvSeries', year: 2021 },
    ]);
  });

  it('of a newer layout is read as well', () => {
    const listItem = {
      titleId: 'tt9900000001',
      originalTitleText: 'El faro de papel',
      releaseYear: 2019,
      titleType: { id: 'movie' },
    };
    const both = [{ listItem: { ...listItem, titleText: 'The Paper Lighthouse' } }, { listItem }];
    expect(factsOf(imdbFind, page(both), 'paper')).toEqual(
      ['The Paper Lighthouse', 'El faro de papel'].map((name) => ({
        ...unsaid,
        imdbId: 'tt9900000001',
        name,
        originalName: 'El faro de papel',
        titleType: 'movie',
        year: 2019,
      })),
    );
  });

  it('keeps the titles beside an odd one, and all of one with odd fields but those', () => {
    const odd = { ...lighthouse, titleReleaseText: 2019, imageType: {} };
    expect(factsOf(imdbFind, page([7, { id: 'nm1' }, odd]), 'paper')).toEqual([
      { ...unsaid, imdbId: 'tt9900000001', name: 'The Paper Lighthouse' },
    ]);
  });

  it('without results says that there are none, and is unreadable where nothing of them is known', () => {
    expect(read(imdbFind, page([]), 'zzqq')).toEqual({ status: 'NOT_FOUND' });
    expect(() => read(imdbFind, page([{ title: 'Renamed' }]), 'paper')).toThrow(/no results/);
    for (const body of ['', '{}', challenge, nextPage('/find', {})])
      expect(() => read(imdbFind, body, 'paper')).toThrow(/no results/);
  });

  it('of another search is not taken', () => {
    expect(() => read(imdbFind, page([lighthouse], 'salt'), 'paper')).toThrow(/another search/);
    expect(() => read(imdbFind, table(row('')), 'salt')).toThrow(/another search/);
  });

  it('of 2017 is read from its table', () => {
    const cell = (html: string) => row(`<td class="result_text"> ${html} </td>`);
    const link = (id: string, name: string) => `<a href="/title/${id}/?ref_=fn_tt_tt_1" >${name}</a>`;
    const body = table(
      cell(`${link('tt9900000001', 'Paper &amp; Light')} (IV) (2015) (Short) <br/>aka <i>"Faro (1999)"</i>`),
      cell(
        `${link('tt9900000002', 'Salt Year')} (2003) (TV Episode) <br> <small>- ${link('tt9900000003', 'Sea')} (1990) (TV Series)</small>`,
      ),
      cell(`${link('tt9900000004', 'Lamp')} (in development)`),
      cell('<a href="/name/nm9900002/">Ada Quill</a> (Actress)'),
      row(`<td class="result_text">${'<div>'.repeat(5000)}${link('tt9900000005', 'Deep')}</td>`),
    );
    expect(factsOf(imdbFind, body, 'paper')).toEqual([
      { ...unsaid, imdbId: 'tt9900000001', name: 'Paper & Light', titleType: 'short', year: 2015 },
      { ...unsaid, imdbId: 'tt9900000002', name: 'Salt Year', titleType: 'tvEpisode', year: 2003 },
      { ...unsaid, imdbId: 'tt9900000004', name: 'Lamp' },
    ]);
  });

  it('of a table of nothing but nested tags is given up at once', () => {
    expect(() => read(imdbFind, table(...Array(20).fill(row('<div>'.repeat(20_000)))), 'paper')).toThrow(/no results/);
  });

  it('is known by its route, else by its address', () => {
    for (const body of [page([]), nextJson('/find', {}), table()]) expect(imdbFind.recognises(body)).toBe(true);
    for (const body of ['', challenge, nextPage('/title/[tconst]', {}), canonical('/title/tt9900000001/')])
      expect(imdbFind.recognises(body)).toBe(false);
  });

  it('has an address for every text', () => {
    expect(imdbFind.request(['Ann & Bo?'], 'https://www.imdb.com').url).toBe(
      'https://www.imdb.com/find/?q=Ann%20%26%20Bo%3F&s=tt',
    );
  });
});
