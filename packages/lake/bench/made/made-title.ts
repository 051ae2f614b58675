import type { ProfileLanguage } from './profile-languages.ts';

/** The columns of the corpus's labelled set, and what the string was made from even where no reader could tell. */
export interface MadeTitle {
  readonly title: string;
  readonly locale: string;
  readonly watched_on: string;
  readonly slice: string;
  readonly kind: 'movie' | 'episode' | 'series-other';
  readonly series: string;
  readonly season: string;
  readonly season_label: string;
  readonly episode: string;
  /** An id; `-` for what is not in the catalogue; `?` where the string, its day and its neighbours cannot tell. */
  readonly imdb_title_id: string;
  readonly imdb_episode_id: string;
  readonly sure: 'yes';
  readonly sample: 'random';
  readonly occurrences: '1';
  readonly episode_basis: '' | 'title' | 'number' | 'number+title';
  readonly made_title_id: string;
  readonly made_episode_id: string;
}

/** What is drawn for one film, or for one series and all its rows. */
export interface Drawn {
  readonly work: number;
  readonly isPresent: boolean;
  readonly profile: ProfileLanguage;
  /** The work's name as Netflix would show it. */
  readonly name: string;
  readonly isOtherName: boolean;
  /** The catalogue has another known work of this name, out by then, that a reader could not rule out by its name alone. */
  readonly hasRival: boolean;
  readonly watchedOn: string;
  /** Which draw this is, for further randomness. */
  readonly draw: number;
}

/** A row of which only the string and its kind are known. */
export function row(drawn: Drawn, title: string, kind: MadeTitle['kind']): MadeTitle {
  return {
    title,
    locale: drawn.profile.code,
    watched_on: drawn.watchedOn,
    slice: '',
    kind,
    series: '',
    season: '',
    season_label: '',
    episode: '',
    imdb_title_id: '',
    imdb_episode_id: '',
    sure: 'yes',
    sample: 'random',
    occurrences: '1',
    episode_basis: '',
    made_title_id: '',
    made_episode_id: '',
  };
}
