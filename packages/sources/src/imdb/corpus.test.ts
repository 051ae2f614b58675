import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { capturesIn, openCapture } from '../../test/corpus-pages.ts';
import { factsOf } from '../../test/made-imdb-pages.ts';
import { imdbChart } from './imdb-chart.ts';
import { imdbEpisodes } from './imdb-episodes.ts';
import { imdbTitle } from './imdb-title.ts';
import { pageJson } from './page-json.ts';
import { titleInJsonLd } from './title-json-ld.ts';

const folder = corpus ?? '';
const captures = (corpus === null ? [] : capturesIn(corpus)).filter(({ file }) => file.startsWith('imdb/'));
const bodyOf = (beginning: string) =>
  captures.filter(({ file }) => file.startsWith(beginning)).map((capture) => openCapture(folder, capture).body)[0] ??
  '';

/** What nobody took down of captured pages: all that was is compared in `corpus-pages.test.ts`. */
describe.skipIf(corpus === null)('captured pages of IMDb, beyond what was taken down,', () => {
  const titles = captures.filter(({ file }) => /^imdb\/(?:title|reference)_(?!.*legacy)/.test(file));

  it('say in which country a certificate holds', () => {
    const countries = titles.map((capture): [string | null, string | null] => {
      const { body } = openCapture(folder, capture);
      const { certificate, certificateCountry } = factsOf(imdbTitle, body, String(capture.expected.imdb_id));
      return [certificate, certificateCountry];
    });
    expect(new Map(countries)).toEqual(
      new Map([
        ['R', 'US'],
        ['PG-13', 'US'],
        ['PG', 'US'],
        ['14A', 'CA'],
        ['VM14', 'IT'],
        ['TV-14', 'US'],
        [null, null],
      ]),
    );
  });

  it.each(titles.filter(({ expected }) => expected.json_ld != null))(
    '$file has the same plot and directors in its JSON-LD, of which year and kind are not sure',
    (capture) => {
      const { imdb_id, plot_starts, directors } = capture.expected;
      const facts = titleInJsonLd(pageJson(openCapture(folder, capture).body).jsonLd());
      expect(facts).toMatchObject({ imdbId: imdb_id, titleType: null, year: null });
      if (plot_starts !== null) expect(facts?.plot).toContain(String(plot_starts).trim());
      expect((facts?.directors ?? []).map(({ name }) => name)).toEqual(directors);
    },
  );

  it('have a day and a plot of every episode', () => {
    const { episodes } = factsOf(imdbEpisodes, bodyOf('imdb/episodes_'), 'tt1520211');
    expect(episodes.filter(({ airDate, plot }) => airDate === null || plot === null)).toEqual([]);
  });

  it('have the titles of a chart by their rank', () => {
    const entries = factsOf(imdbChart, bodyOf('imdb/chart_top_'), 'top');
    expect(entries.map(({ rank }) => rank)).toEqual(entries.map((_, place) => place + 1));
  });
});
