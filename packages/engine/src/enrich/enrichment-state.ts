/** What is stored of one kind of facts of one title. */
export interface StoredEnrichment {
  /** The last answer; null until there is one. */
  readonly answer: 'FOUND' | 'NOT_FOUND' | null;
  readonly fetchedAt: Date | null;
  readonly freshUntil: Date | null;
  /** Why there is no newer answer; null once there is. */
  readonly failure: 'BLOCKED' | 'FAILED' | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly retryAt: Date | null;
  /** Somebody waits for it. */
  readonly isWanted: boolean;
}

export type EnrichmentStatus =
  | 'UNREAD'
  | 'DISABLED'
  | 'PENDING'
  | 'FRESH'
  | 'STALE'
  | 'NOT_FOUND'
  | 'BLOCKED'
  | 'FAILED';

/** How it stands. A refusal or failure never hides what is known: facts are shown with it. */
export function enrichmentStatus(stored: StoredEnrichment | null, now: Date): EnrichmentStatus {
  if (stored === null) return 'UNREAD';
  const { answer, failure, freshUntil, isWanted } = stored;
  const isFresh = freshUntil !== null && freshUntil > now;
  if (answer === 'FOUND' && isFresh) return 'FRESH';
  if (answer === 'NOT_FOUND' && isFresh) return 'NOT_FOUND';
  if (isWanted) return answer === 'FOUND' ? 'STALE' : 'PENDING';
  if (failure !== null) return failure;
  if (answer === 'FOUND') return 'STALE';
  return answer ?? 'UNREAD';
}

/** Whether a source is to be asked, now that somebody wants to know. */
export function isDue(stored: StoredEnrichment | null, now: Date): boolean {
  if (stored === null) return true;
  const { answer, failure, freshUntil, retryAt, isWanted } = stored;
  if (isWanted) return false;
  if (answer !== null && freshUntil !== null && freshUntil > now) return false;
  return failure === null || retryAt === null || retryAt <= now;
}

/** When it will be asked again, if anybody wants to know; null where that is now, or nobody can say. */
export function nextReadAt({ failure, freshUntil, retryAt, isWanted }: StoredEnrichment, now: Date): Date | null {
  const next = failure === null ? freshUntil : retryAt;
  return isWanted || next === null || next <= now ? null : next;
}
