import type { Page } from '../source.ts';
import { imdbChart } from './imdb-chart.ts';
import { imdbEpisodes } from './imdb-episodes.ts';
import { imdbFind } from './imdb-find.ts';
import { imdbGraphqlSearch, imdbGraphqlTitle } from './imdb-graphql.ts';
import { imdbSuggestion } from './imdb-suggestion.ts';
import { imdbTitle } from './imdb-title.ts';

export const imdbPages: readonly Page<unknown>[] = [
  imdbTitle,
  imdbSuggestion,
  imdbEpisodes,
  imdbFind,
  imdbChart,
  imdbGraphqlTitle,
  imdbGraphqlSearch,
];
