// Keys that follow each other: `g g`, `ctrl-x s`. A trie of canonical key names; pure.
// Does not: know actions, contexts or time (how long a chord may take is the caller's).
import { parseKey } from './key-names.ts';

export type ParsedChord =
  | { readonly ok: true; readonly keys: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** Reads keys separated by blanks. */
export function parseChord(text: string): ParsedChord {
  const words = text.trim().split(/\s+/);
  const keys: string[] = [];
  for (const word of words) {
    const key = parseKey(word);
    if (!key.ok) return key;
    keys.push(key.name);
  }
  return { ok: true, keys };
}

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  value: T | undefined;
}

/** What a sequence of keys means so far. */
export type ChordMatch<T> =
  | { readonly kind: 'matched'; readonly value: T }
  /** More keys are needed; `next` are those that lead on. */
  | { readonly kind: 'pending'; readonly next: readonly string[] }
  | { readonly kind: 'none' };

/** Why a chord can't be added. */
export interface ChordConflict<T> {
  readonly kind: 'same' | 'hidden-by' | 'hides';
  /** The chord that is there already. */
  readonly keys: readonly string[];
  readonly value: T;
}

/** Chords and what they stand for. No chord is the beginning of another, so a match never has to wait. */
export class ChordTrie<T> {
  readonly #root: Node<T> = { next: new Map(), value: undefined };

  /** Adds a chord; answers the one it collides with, and then leaves everything as it was. */
  add(keys: readonly string[], value: T): ChordConflict<T> | undefined {
    if (keys.length === 0) throw new Error('bug: a chord without keys');
    const conflict = this.#conflict(keys);
    if (conflict) return conflict;
    let node = this.#root;
    for (const key of keys) {
      let next = node.next.get(key);
      if (!next) {
        next = { next: new Map(), value: undefined };
        node.next.set(key, next);
      }
      node = next;
    }
    node.value = value;
    return undefined;
  }

  #conflict(keys: readonly string[]): ChordConflict<T> | undefined {
    let node: Node<T> | undefined = this.#root;
    for (let i = 0; i < keys.length; i++) {
      node = node.next.get(keys[i]!);
      if (!node) return undefined;
      if (node.value === undefined) continue;
      const kind = i === keys.length - 1 ? 'same' : 'hidden-by';
      return { kind, keys: keys.slice(0, i + 1), value: node.value };
    }
    const [below] = entriesOf(node, keys);
    return below && { kind: 'hides', keys: below[0], value: below[1] };
  }

  /** What `keys` mean from the start of the trie. */
  match(keys: readonly string[]): ChordMatch<T> {
    let node: Node<T> | undefined = this.#root;
    for (const key of keys) {
      node = node.next.get(key);
      if (!node) return { kind: 'none' };
    }
    if (node.value !== undefined) return { kind: 'matched', value: node.value };
    return node.next.size > 0 ? { kind: 'pending', next: [...node.next.keys()] } : { kind: 'none' };
  }

  /** Every chord with its value, in the order of adding by key. */
  entries(): readonly (readonly [keys: readonly string[], value: T])[] {
    return entriesOf(this.#root, []);
  }
}

function entriesOf<T>(node: Node<T>, keys: readonly string[]): (readonly [readonly string[], T])[] {
  const own = node.value === undefined ? [] : [[keys, node.value] as const];
  return [...own, ...[...node.next].flatMap(([key, next]) => entriesOf(next, [...keys, key]))];
}
