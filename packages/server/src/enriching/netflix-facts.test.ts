import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syncWithCatalogue } from '@watchprint/lake';
import { afterEach, expect, it } from 'vitest';
import { type SourceOrigin, startSourceOrigin } from '../../../sources/test/source-origin.ts';
import { gapsOf, originTitles } from '../../test/enriching-server.ts';
import { madeCatalogue, madeWorks } from '../../test/made-catalogue.ts';
import { ask, clientOf, matched, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';

const lists = `country_name	country_iso2	week	category	weekly_rank	show_title	season_title	cumulative_weeks_in_top_10
Australia	AU	2020-08-09	TV	1	Tidewater	Tidewater: Season 2	2
Australia	AU	2020-08-02	TV	2	Tidewater	Tidewater: Season 2	1
Australia	AU	2020-07-05	TV	3	Tidewater	Tidewater: Season 1	1
Australia	AU	2020-08-02	Films	1	Paper Moons	N/A	1
New Zealand	NZ	2020-08-02	Films	1	Glass Lantern	N/A	1
`;

const activity = `Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country
Ada,2021-03-04 10:00:00,00:40:00,,Tidewater: Season 1: Salt and Silver,,TV,00:40:00,00:40:00,AU (Australia)
Ada,2021-03-05 10:00:00,01:30:00,,Glass Lantern,,TV,01:30:00,01:30:00,GB (United Kingdom)
`;

interface Netflix {
  readonly available: boolean | null;
  readonly availableAsOf: string | null;
  readonly availabilityEvidence: string | null;
  readonly weeksInTop10: number | null;
  readonly synopsis: string | null;
  readonly url: string | null;
}

onEveryServer('what Netflix’s lists, pages and viewings say', (open) => {
  let server: ServerOfTest;
  let origin: SourceOrigin;
  afterEach(async () => {
    await server?.close();
    await origin?.close();
  });

  async function start(sources: string[], withLists = true): Promise<void> {
    origin = await startSourceOrigin({
      titles: originTitles(madeWorks),
      plan: (_site, key) => (key === 'AU/502' ? 'NOT_FOUND' : 'OK'),
    });
    server = await open(madeCatalogue(), true, {
      sites: origin.sites,
      sources: sources as never,
      sourceContact: 'somebody@example.org',
      sourceGaps: gapsOf(1),
      sourceBudgetMs: 20_000,
    });
    if (!withLists) return;
    const folder = await mkdtemp(join(tmpdir(), 'lists-'));
    await writeFile(join(folder, 'all-weeks-countries.tsv'), lists);
    await syncWithCatalogue({ lake: join(server.home, 'lake'), dataset: 'netflix-top10', from: folder });
  }

  async function netflixOf(imdbId: string, region?: string): Promise<Netflix | null> {
    const argument = region === undefined ? '' : `(region: "${region}")`;
    const { data, errors } = await ask(
      server,
      `{ title(imdbId: "${imdbId}") { netflix${argument} { available availableAsOf availabilityEvidence weeksInTop10 synopsis url } } }`,
    );
    expect(errors).toBeUndefined();
    return (data as unknown as { title: { netflix: Netflix | null } }).title.netflix;
  }

  it('counts weeks in the region’s Top 10, and takes the last for evidence', async () => {
    await start([]);
    expect(await netflixOf('tt0000101')).toEqual({
      available: true,
      availableAsOf: '2020-08-09',
      availabilityEvidence: 'TOP10',
      weeksInTop10: 3,
      synopsis: null,
      url: null,
    });
    expect(await netflixOf('tt0000201')).toMatchObject({ available: true, weeksInTop10: 1 });
    const { data } = await ask(
      server,
      '{ title(imdbId: "tt0000101") { ... on Series { seasons { name netflix { weeksInTop10 } } } } }',
    );
    expect(data).toEqual({
      title: {
        seasons: [
          { name: 'Season 1', netflix: { weeksInTop10: 1 } },
          { name: 'Season 2', netflix: { weeksInTop10: 2 } },
        ],
      },
    });
  });

  it('guesses nothing from another region', async () => {
    await start([]);
    expect(await netflixOf('tt0000502')).toMatchObject({ available: null, availableAsOf: null, weeksInTop10: 0 });
    expect(await netflixOf('tt0000502', 'NZ')).toMatchObject({ available: true, weeksInTop10: 1 });
    // No list covers it.
    expect(await netflixOf('tt0000502', 'DE')).toBeNull();
    const { errors } = await ask(server, '{ title(imdbId: "tt0000502") { netflix(region: "germany") { available } } }');
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('takes a viewing there for evidence, of any part of a series', async () => {
    await start([]);
    await clientOf(server).importHistory(Buffer.from(activity));
    expect(await matched(server)).toBe('COMPLETED');
    expect(await netflixOf('tt0000101')).toMatchObject({
      available: true,
      availableAsOf: '2021-03-04',
      availabilityEvidence: 'VIEWING',
    });
    expect(await netflixOf('tt0000502')).toMatchObject({ available: null });
    expect(await netflixOf('tt0000502', 'GB')).toMatchObject({ available: true, availableAsOf: '2021-03-05' });
  });

  it('reads the region’s page where that is switched on, and a missing one is evidence too', async () => {
    await start(['wikidata', 'netflix', 'netflix-pages'], false);
    expect(await netflixOf('tt0000201')).toMatchObject({
      available: true,
      availabilityEvidence: 'NETFLIX_PAGE',
      synopsis: 'A made-up synopsis.',
      url: 'https://www.netflix.com/au/title/201',
      weeksInTop10: null,
    });
    expect(await netflixOf('tt0000502')).toMatchObject({ available: false, availabilityEvidence: 'NETFLIX_PAGE' });
  });
});
