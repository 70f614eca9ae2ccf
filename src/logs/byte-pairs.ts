// Finds two bytes, each in one of two cases, that stand a fixed way apart: sixteen places at a time, which only WebAssembly
// can ask the processor for. Node's own search stops at each place of one byte, and logs are made of few bytes: it takes six
// times as long. Where there is no WebAssembly, or the processor is too old, a loop does it.
// Does not: know what the bytes are a part of.

/** Bytes are 0 to 255; `other` is the same byte where there is only one case. */
export interface BytePair {
  readonly first: number;
  readonly firstOther: number;
  readonly second: number;
  readonly secondOther: number;
  /** Bytes from the first to the second; 0 where one is all there is. */
  readonly gap: number;
}

/** Gets the place of a pair's first byte; answers where to look on. */
export type TakePair = (at: number) => number;

const pageBytes = 64 * 1024;
/** Looked at in one go; fits into what processors have nearest. */
const chunkBytes = pageBytes;
const vectorBytes = 16;
/** Behind a chunk stand the bytes that its last pairs reach. */
const maxGap = pageBytes - vectorBytes;

/** The machine code's only function: the first pair from `at` on, -1 when there is none before `end` or right behind it. */
type Find = (
  at: number,
  end: number,
  first: number,
  firstOther: number,
  second: number,
  secondOther: number,
  gap: number,
) => number;

interface Machine {
  readonly memory: Uint8Array;
  readonly find: Find;
}

/** What is used of it; the types of Node leave it out. */
interface Assembly {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

let machine: Machine | 'none' | undefined;

/** Calls back for all places of the pair, rising. */
export function eachPair(bytes: Uint8Array, pair: BytePair, take: TakePair): void {
  machine ??= makeMachine() ?? 'none';
  if (machine === 'none' || pair.gap > maxGap) eachPairByLoop(bytes, pair, take);
  else eachPairByMachine(machine, bytes, pair, take);
}

function eachPairByMachine({ memory, find }: Machine, bytes: Uint8Array, pair: BytePair, take: TakePair): void {
  const { first, firstOther, second, secondOther, gap } = pair;
  const last = bytes.length - gap;
  for (let begin = 0, at = 0; at < last; begin += chunkBytes) {
    const end = Math.min(begin + chunkBytes, last);
    if (at >= end) continue;
    memory.set(bytes.subarray(begin, end + gap));
    while (at < end) {
      const found = find(at - begin, end - begin, first, firstOther, second, secondOther, gap);
      at = found < 0 || begin + found >= end ? end : take(begin + found);
    }
  }
}

/** The same without the machine code. */
export function eachPairByLoop(bytes: Uint8Array, pair: BytePair, take: TakePair): void {
  const { first, firstOther, second, secondOther, gap } = pair;
  const last = bytes.length - gap;
  for (let at = 0; at < last; ) {
    const a = bytes[at]!;
    const b = bytes[at + gap]!;
    if ((a === first || a === firstOther) && (b === second || b === secondOther)) at = take(at);
    else at++;
  }
}

function makeMachine(): Machine | undefined {
  const { WebAssembly: assembly } = globalThis as unknown as { readonly WebAssembly: Assembly };
  try {
    const memory = new assembly.Memory({ initial: 2 });
    const module = new assembly.Module(moduleBytes());
    const { exports } = new assembly.Instance(module, { m: { m: memory } });
    return { memory: new Uint8Array(memory.buffer), find: exports['f'] as Find };
  } catch {
    return undefined;
  }
}

/** Parameters of the function, then its own variables. */
const local = { at: 0, end: 1, first: 2, second: 4, gap: 6, vectors: 7, bytes: 11, hits: 12 } as const;
/** The parameters first to secondOther are spread over four vectors. */
const spreads = [0, 1, 2, 3].map(i => ({ parameter: local.first + i, vector: local.vectors + i }));

const get = (variable: number): number[] => [0x20, variable];
const set = (variable: number): number[] => [0x21, variable];
const tee = (variable: number): number[] => [0x22, variable];
const vector = (...code: number[]): number[] => [0xfd, ...code];
const loadBytes = vector(0x00, 0, 0);
const spread = vector(0x0f);
const equal = vector(0x23);
const and = vector(0x4e);
const or = vector(0x50);
const isAny = vector(0x53);
const asBits = vector(0x64);
const firstBit = [0x68];
const add = [0x6a];
const isLess = [0x49];

/** Where the loaded bytes are one of the two that two vectors hold. */
const isEither = (one: number): number[] => [
  ...tee(local.bytes),
  ...get(one),
  ...equal,
  ...get(local.bytes),
  ...get(one + 1),
  ...equal,
  ...or,
];

/** The instructions of the function (WebAssembly 2.0, binary format). */
const code: readonly number[] = [
  ...spreads.flatMap(({ parameter, vector: to }) => [...get(parameter), ...spread, ...set(to)]),
  ...[0x03, 0x40], // loop
  ...[...get(local.at), ...loadBytes, ...isEither(local.vectors)],
  ...[...get(local.at), ...get(local.gap), ...add, ...loadBytes, ...isEither(local.vectors + 2)],
  ...[...and, ...tee(local.hits), ...isAny],
  ...[0x04, 0x40], // if: return at + the first hit
  ...[...get(local.at), ...get(local.hits), ...asBits, ...firstBit, ...add, 0x0f],
  0x0b, // end
  ...[...get(local.at), 0x41, vectorBytes, ...add, ...tee(local.at), ...get(local.end), ...isLess],
  ...[0x0d, 0], // again if at < end
  0x0b, // end
  ...[0x41, 0x7f], // -1
  0x0b, // end
];

/** A module with one function `f` that works on the memory `m.m`. */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const int32 = 0x7f;
  const parameters = [int32, int32, int32, int32, int32, int32, int32];
  const body = [1, 6, 0x7b, ...code]; // six variables of 128 bits
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
    ...section(1, [1, 0x60, parameters.length, ...parameters, 1, int32]), // types
    ...section(2, [1, 1, 0x6d, 1, 0x6d, 2, 0, 1]), // imports
    ...section(3, [1, 0]), // functions
    ...section(7, [1, 1, 0x66, 0, 0]), // exports
    ...section(10, [1, ...length(body.length), ...body]), // code
  ]);
}

function section(id: number, bytes: readonly number[]): number[] {
  return [id, ...length(bytes.length), ...bytes];
}

/** A number below 2^14 in seven bits a byte. */
function length(count: number): number[] {
  return count < 0x80 ? [count] : [(count & 0x7f) | 0x80, count >> 7];
}
