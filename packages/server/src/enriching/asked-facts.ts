import type { AboutTitle } from '@watchprint/engine';
import type { Subject } from '@watchprint/sources';

/** Facts that somebody asks for. */
export interface AskedFacts {
  readonly subject: Subject;
  readonly about: AboutTitle;
}
