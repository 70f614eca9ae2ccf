// Random numbers with a fixed seed, so that a failing case can be run again.

/** mulberry32: numbers in [0, 1). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number in [0, end). */
export function below(random: () => number, end: number): number {
  return Math.floor(random() * end);
}

export function pick<T>(random: () => number, items: readonly T[]): T {
  return items[below(random, items.length)]!;
}
