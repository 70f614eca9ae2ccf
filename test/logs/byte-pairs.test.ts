// The machine code finds what the loop finds, at the borders of its chunks and vectors too.
import test from 'ava';
import { type BytePair, eachPair, eachPairByLoop } from '../../src/logs/byte-pairs.ts';

const chunkBytes = 64 * 1024;

function places(find: typeof eachPair, bytes: Uint8Array, pair: BytePair, step = 1): number[] {
  const found: number[] = [];
  find(bytes, pair, at => {
    found.push(at);
    return at + step;
  });
  return found;
}

function pairOf(first: number, second: number, gap: number): BytePair {
  return { first, firstOther: first ^ 0x20, second, secondOther: second ^ 0x20, gap };
}

test('pairs at every border are found once, and nothing behind the end', t => {
  const pair = pairOf(65, 66, 3);
  const at = [0, 1, 12, 13, 15, 16, 17, 31, 40, 65, 100].flatMap(place => [place, chunkBytes + place]);
  const borders = [chunkBytes - 20, chunkBytes - 3, chunkBytes - 1, 2 * chunkBytes - 4, 2 * chunkBytes - 2];
  for (const place of [...at, ...borders]) {
    for (const length of [place + 4, place + 3, 2 * chunkBytes + 7]) {
      const bytes = new Uint8Array(length);
      bytes[place] = 65;
      if (place + 3 < length) bytes[place + 3] = 98;
      const isWhole = place + 3 < length;
      t.deepEqual(places(eachPair, bytes, pair), isWhole ? [place] : [], `${place} of ${length}`);
    }
  }
  // What an earlier call left in the machine's memory is not looked at.
  t.deepEqual(places(eachPair, new Uint8Array(5), pair), []);
  t.deepEqual(places(eachPair, new Uint8Array(0), pair), []);
});

test('random bytes: the same places with the machine code and without', t => {
  let state = 5;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let round = 0; round < 60; round++) {
    const bytes = Uint8Array.from({ length: random(3 * chunkBytes) }, () => 60 + random(80));
    const gap = [0, 1, 2, 15, 16, 17, 100, 70_000][round % 8]!;
    const pair = pairOf(60 + random(80), 60 + random(80), gap);
    const step = 1 + random(40);
    t.deepEqual(places(eachPair, bytes, pair, step), places(eachPairByLoop, bytes, pair, step), `round ${round}`);
  }
});
