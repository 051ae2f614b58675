/** Why somebody gets no place: all are taken, or all that one account may have. */
export type NoPlace = 'server' | 'account';

/** Places that are taken and given back, so many altogether and so many an account. */
export interface Places {
  /** @returns what gives the place back, once, however often it is called; or why there is none. */
  take(accountId: string): (() => void) | NoPlace;
}

export function createPlaces(most: number, mostOfOne: number): Places {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    take(accountId) {
      const own = taken.get(accountId) ?? 0;
      if (own >= mostOfOne) return 'account';
      if (all >= most) return 'server';
      taken.set(accountId, own + 1);
      all += 1;
      let isBack = false;
      return () => {
        if (isBack) return;
        isBack = true;
        all -= 1;
        const left = (taken.get(accountId) ?? 1) - 1;
        if (left === 0) taken.delete(accountId);
        else taken.set(accountId, left);
      };
    },
  };
}

/** Places that are waited for, first come first served among those whose account may have another. */
export interface WaitingLine {
  /** @returns what gives the place back; or why there is not even one in the line. */
  take(accountId: string, mostWaitMs: number): Promise<(() => void) | NoPlace>;
}

export function createWaitingLine(places: Places, lineMost: number, lineMostOfOne: number): WaitingLine {
  const line = createPlaces(lineMost, lineMostOfOne);
  const waiting = new Set<(isOver: boolean) => void>();
  const handOn = (giveBack: () => void) => () => {
    giveBack();
    for (const ask of waiting) ask(false);
  };
  return {
    async take(accountId, mostWaitMs) {
      const at = places.take(accountId);
      if (typeof at === 'function') return handOn(at);
      const leaveLine = line.take(accountId);
      if (typeof leaveLine === 'string') return leaveLine;
      return new Promise((resolve) => {
        const ask = (isOver: boolean) => {
          const place = places.take(accountId);
          if (typeof place === 'string' && !isOver) return;
          clearTimeout(timer);
          waiting.delete(ask);
          leaveLine();
          resolve(typeof place === 'string' ? place : handOn(place));
        };
        const timer = setTimeout(() => ask(true), mostWaitMs);
        waiting.add(ask);
      });
    },
  };
}
