/** A generator of whole numbers below a bound; equal seeds give equal numbers. */
export function randomFrom(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return bound => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * bound);
  };
}
