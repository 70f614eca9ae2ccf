// What a controller is: it looks at objects by key and brings the world, or another object, to what they say.
// Level, not edge: reconcile reads everything again and never trusts the event that woke it.
import type { Kind } from '../../api/kinds.ts';

export interface ReconcileResult {
  /** Look at the key again after this many ms. */
  readonly requeueAfterMs?: number;
}

type MaybePromise<T> = T | Promise<T>;

export interface Controller {
  readonly name: string;
  /** For each kind that matters: the keys of this controller that a change of the object `name` concerns. */
  readonly watches: { readonly [K in Kind]?: (name: string) => Iterable<string> };
  /**
   * Handles one key. Never runs twice at once for a key. Throwing means: try again with backoff.
   * A failed build or command is state, not an exception.
   */
  reconcile(key: string): MaybePromise<ReconcileResult | undefined>;
}

/** The usual mapping: an object concerns the key of its own name. */
export function sameName(name: string): Iterable<string> {
  return [name];
}
