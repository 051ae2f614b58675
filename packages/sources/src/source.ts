import type { FactKind } from './fact-kind.ts';
import type { OfferKind } from './offer-kind.ts';
import type { Page } from './page.ts';

/** All that the rest of the program knows of a source. Its folder exports one; `sources.ts` lists them. */
export interface Source {
  /** Lower-case letters, digits and `-`. Its name in settings and in the database, for good; the API has it in capitals, with `_`. */
  readonly id: string;
  /** For people, where the name does not say it. */
  readonly description?: string;
  /** Whether it is asked where nobody has said anything of it yet. */
  readonly isOnAtFirst: boolean;
  /** Between two requests to one of its hosts, in milliseconds, where nobody sets another: so long that the site will not notice. */
  readonly gapMs: number;
  /** It limits those hard that do not say who runs them: without SOURCE_CONTACT it is not asked. */
  readonly needsContact: boolean;
  /** Where its rules for programs stand. */
  readonly termsUrl: string;
  /**
   * Where its sites are, its own first; without a slash at the end. Each name is a setting, and must be no other source's:
   * `imdbSuggestion` is IMDB_SUGGESTION_URL. `{language}` stands for the language that a key begins with.
   */
  readonly sites: Readonly<Record<string, string>>;
  /** Kinds of pages that lie at another of its sites than the first: the site's name. */
  readonly siteOfKind?: Readonly<Record<string, string>>;
  /** Its pages, those first that are asked for most. */
  readonly pages: readonly Page<unknown>[];
  /** Its kinds of facts; of none, where they come from elsewhere. */
  readonly factKinds: readonly FactKind<unknown>[];
  /** What it offers for names that a catalogue does not know. */
  readonly offerKind?: OfferKind<unknown>;
  /** The kind that is read of every title of a history, and whose state is the source's: of most, the only one. */
  readonly titleFacts: FactKind<unknown> | null;
}
