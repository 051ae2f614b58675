/**
 * Randomness without state: the same numbers in, the same number out, in any order. So a row can be made again without
 * the rows before it, and the made-up strings need not read the made-up files.
 */
export function hash(seed: number, first: number, second = 0): number {
  let value = (seed ^ Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 0x7f4a7c15, 0x85ebca77)) | 0;
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return (value ^ (value >>> 16)) >>> 0;
}

/** From 0 up to, but not, 1. */
export function unit(seed: number, first: number, second = 0): number {
  return hash(seed, first, second) / 4_294_967_296;
}

/** What a share of 0 to 1 falls on, where each entry has its weight. */
export function weighted<Entry>(entries: readonly (readonly [Entry, number])[]): (share: number) => Entry {
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return (share) => {
    let left = share * total;
    for (const [entry, weight] of entries) {
      left -= weight;
      if (left < 0) return entry;
    }
    const last = entries.at(-1);
    if (!last) throw new Error('nothing to choose from');
    return last[0];
  };
}

/** Between measured points: the value at `share`, where points are [share, value] by rising share, joined by powers. */
export function alongPoints(points: readonly (readonly [number, number])[], share: number): number {
  let [fromShare, fromValue] = points[0] ?? [0, 0];
  for (const [toShare, toValue] of points) {
    if (share <= toShare) {
      const part = toShare === fromShare ? 0 : (share - fromShare) / (toShare - fromShare);
      return fromValue * (toValue / fromValue) ** part;
    }
    [fromShare, fromValue] = [toShare, toValue];
  }
  return fromValue;
}
