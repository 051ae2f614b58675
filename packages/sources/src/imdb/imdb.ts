import type { Source } from '../source.ts';
import { imdbChart } from './imdb-chart.ts';
import { imdbEpisodes } from './imdb-episodes.ts';
import { imdbFacts } from './imdb-facts.ts';
import { imdbFind } from './imdb-find.ts';
import { imdbGraphqlSearch, imdbGraphqlTitle } from './imdb-graphql.ts';
import { imdbOffers } from './imdb-offers.ts';
import { imdbSuggestion } from './imdb-suggestion.ts';
import { imdbTitle } from './imdb-title.ts';

/** IMDb: its title pages, and what it offers while somebody types a name. Its datasets come by `lake sync`. */
export const imdb: Source = {
  id: 'imdb',
  isOnAtFirst: true,
  gapMs: 5000,
  needsContact: false,
  termsUrl: 'https://www.imdb.com/conditions',
  sites: { imdb: 'https://www.imdb.com', imdbSuggestion: 'https://v3.sg.media-imdb.com' },
  siteOfKind: { suggestion: 'imdbSuggestion' },
  pages: [imdbTitle, imdbSuggestion, imdbEpisodes, imdbFind, imdbChart, imdbGraphqlTitle, imdbGraphqlSearch],
  factKinds: [imdbFacts],
  offerKind: imdbOffers,
  titleFacts: imdbFacts,
};
