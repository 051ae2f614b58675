import type { ProfileHistory } from '../profile/profile-history.ts';
import { learnFromAccounts, Recommender } from '../rank/recommender.ts';
import type { SharedHistory } from '../shared/shared-history.ts';
import { type CandidateTitle, titleSet } from '../titles/title-set.ts';

/** That a user watched a title. */
export interface TaskEvent {
  readonly user: string;
  /** A title's id. */
  readonly item: string;
  /** Seconds since 1970. */
  readonly at: number;
}

export interface TaskQuery {
  readonly user: string;
  /** How many titles are wanted. */
  readonly count: number;
  /** When they are asked for, seconds since 1970. */
  readonly now: number;
}

/** A test of recommendations: what is known, and who asks. */
export interface RecommendTask {
  readonly titles: readonly CandidateTitle[];
  /** Of one moment in the order in which they happened. */
  readonly events: readonly TaskEvent[];
  readonly queries: readonly TaskQuery[];
  /** Whether users may learn from each other. */
  readonly shared: boolean;
}

export interface TaskAnswer {
  readonly query: TaskQuery;
  /** Ids, best first: of titles that the user has not watched, as many as are wanted or there are. */
  readonly items: readonly string[];
}

/**
 * Answers each query with the recommender that profiles have, closest to taste, and with no knowledge but what the task gives.
 * Answers come in the order of time.
 * @throws {RangeError} when an event names a title that is not among the titles, or two titles have one id.
 */
export function* answerTask({ titles, events, queries, shared }: RecommendTask): Generator<TaskAnswer> {
  const set = titleSet(titles);
  const histories = historiesOf(events, set.placeOf);
  const recommender = new Recommender(set, shared ? learnFromAccounts(set, [...histories.values()]) : null);
  for (const query of [...queries].sort((one, other) => one.now - other.now)) {
    const history = histories.get(query.user) ?? nothingWatched;
    const blend = recommender.blendFor(history);
    const ranked = recommender.rank(history, blend, { now: query.now, limit: query.count });
    yield { query, items: ranked.map(({ title }) => set.ids[title] as string) };
  }
}

const nothingWatched: ProfileHistory = {
  titles: new Int32Array(0),
  at: new Float64Array(0),
  strength: new Float64Array(0),
};

function historiesOf(
  events: readonly TaskEvent[],
  placeOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, SharedHistory> {
  const byUser = new Map<string, TaskEvent[]>();
  for (const event of events) {
    const own = byUser.get(event.user);
    if (own === undefined) byUser.set(event.user, [event]);
    else own.push(event);
  }
  const histories = new Map<string, SharedHistory>();
  for (const [user, own] of byUser) {
    own.sort((one, other) => one.at - other.at);
    histories.set(user, {
      account: histories.size,
      titles: Int32Array.from(own, ({ item }) => {
        const place = placeOf.get(item);
        if (place === undefined) throw new RangeError(`${user} watched ${item}, which is not among the titles`);
        return place;
      }),
      at: Float64Array.from(own, ({ at }) => at),
      strength: new Float64Array(own.length).fill(1),
    });
  }
  return histories;
}
