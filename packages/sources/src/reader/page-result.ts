import type { Reading } from '../page.ts';
import type { TransportError } from './errors.ts';

/** What came of asking for some keys of a page. */
export interface PageResult<Facts> {
  /** One a key. UNCHANGED: what is known holds. */
  readonly readings: ReadonlyMap<string, Reading<Facts> | { readonly status: 'UNCHANGED' }>;
  /** Stable code of what went wrong; null where nothing did. */
  readonly code: FailureCode | null;
  /** When it is worth asking again, where the source or its breaker said. */
  readonly retryAt: Date | null;
  /** When the answer began; null where none came. */
  readonly fetchedAt: Date | null;
  /** For the next time. */
  readonly validators: Validators | null;
}

/** Stable: what `Enrichment.errorCode` has. */
export type FailureCode =
  | TransportError['code']
  | 'ROBOTS_FORBIDS'
  | 'ROBOTS_UNREACHABLE'
  | 'CIRCUIT_OPEN'
  | 'HOST_PAUSED'
  | 'TOO_MANY_REQUESTS'
  | 'REFUSED'
  | 'CHALLENGE'
  | 'SOURCE_CHANGED'
  | 'SOURCE_UNAVAILABLE';

export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}
