import { expect, it } from 'vitest';
import { madeSeason, madeWork } from '../../../test/made-works.ts';
import { memoryCatalogue } from '../../../test/memory-catalogue.ts';
import type { OfferedWork } from '../../enrich/source-facts.ts';
import type { Catalogue } from './catalogue.ts';
import { matchTitles } from './match-titles.ts';
import { emptyCatalogue, withOffers } from './offered-works.ts';

const offer = (imdbId: string, name: string, more: Partial<OfferedWork> = {}): OfferedWork => ({
  imdbId,
  kind: 'MOVIE',
  minor: false,
  name,
  otherName: null,
  year: 2015,
  endYear: null,
  runtimeMinutes: null,
  ...more,
});

async function match(rawTitle: string, offers: readonly OfferedWork[], catalogue: Catalogue = emptyCatalogue) {
  const asked = rawTitle.split(': ')[0] ?? '';
  const strings = [{ rawTitle, watchedYear: 2020, longestSeconds: null }];
  const matches = await matchTitles(strings, withOffers(catalogue, new Map([[asked.toLowerCase(), offers]])));
  return matches.get(rawTitle);
}

it('is accepted where it is called so, or that is another name of it', async () => {
  expect(await match('Paper Moons', [offer('tt3000001', 'Paper Moons')])).toMatchObject({
    status: 'MATCHED',
    work: { id: 'tt3000001', voteCount: null },
  });
  const series = offer('tt3000002', 'The Harbour', { kind: 'SERIES', otherName: 'Der Hafen' });
  expect(await match('Der Hafen: Staffel 1: Ebbe', [series])).toMatchObject({
    status: 'MATCHED',
    work: { id: 'tt3000002' },
    episode: null,
  });
});

it('is left to a person where it is not said to be called so', async () => {
  const found = await match('Luna de papel', [offer('tt3000001', 'Paper Moons')]);
  expect(found).toMatchObject({ status: 'AMBIGUOUS', work: null, candidates: [{ work: { id: 'tt3000001' } }] });
  expect(found?.candidates[0]?.evidence.join('\n')).toContain('what comes up where “Luna de papel” is looked for');
});

it('is left to a person where two are called so, and is none that came out later', async () => {
  const both = [offer('tt3000001', 'Paper Moons'), offer('tt3000003', 'Paper Moons', { year: 2014 })];
  expect(await match('Paper Moons', both)).toMatchObject({ status: 'AMBIGUOUS' });
  const [one] = both;
  const later = offer('tt3000004', 'Paper Moons', { year: 2023 });
  expect(await match('Paper Moons', [one as OfferedWork, later])).toMatchObject({ work: { id: 'tt3000001' } });
});

it('is what the catalogue says of it, where that has it, with its episodes', async () => {
  const known = madeWork({
    id: 'tt3000002',
    kind: 'SERIES',
    name: 'The Harbour',
    voteCount: 7000,
    episodes: madeSeason('tt3000002', 1, ['Low Water', 'The Second Keeper']),
  });
  const series = offer('tt3000002', 'Harbour', { kind: 'SERIES', otherName: 'Der Hafen', year: 1999 });
  expect(await match('Der Hafen: Staffel 1: Low Water', [series], memoryCatalogue([known]))).toMatchObject({
    work: { name: 'The Harbour', voteCount: 7000, year: 2010 },
    episode: { seasonNumber: 1, episodeNumber: 1 },
  });
});

it('does not come before what the catalogue has under the name', async () => {
  const known = madeWork({ id: 'tt3000005', name: 'Paper Moons', voteCount: 90_000 });
  const found = await match('Paper Moons', [offer('tt3000001', 'Paper Moons Rising')], memoryCatalogue([known]));
  expect(found).toMatchObject({ status: 'MATCHED', work: { id: 'tt3000005' } });
});

it('lets a work be settled that the catalogue does not have', async () => {
  const named = madeWork({ id: 'tt3000009', name: 'A Film of Nobody' });
  const corrections = new Map([['Luna de papel', { workId: 'tt3000009', episodeId: null }]]);
  const strings = [{ rawTitle: 'Luna de papel', watchedYear: 2020, longestSeconds: null }];
  const settle = async (catalogue: Catalogue) =>
    (await matchTitles(strings, catalogue, { corrections })).get('Luna de papel')?.work;
  expect(await settle(withOffers(emptyCatalogue, new Map(), [named]))).toMatchObject({ id: 'tt3000009' });
  expect(await settle(emptyCatalogue)).toBeNull();
});
