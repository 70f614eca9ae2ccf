// What a deploy tells about the objects it makes, so that what is ours can be told from what was there before.
import type { KubeObject, ObjectRef } from '../../adapters/kube/port.ts';

export interface Creations {
  /**
   * Before the create call goes out: resolves when the record is safe. The function it gives is called with the object
   * that came of it, or with undefined when the server refused.
   */
  willCreate(ref: ObjectRef, resource: string): Promise<(made: KubeObject | undefined) => Promise<void>>;
  /** An object that an apply found in the cluster. */
  found(object: KubeObject, resource: string): void;
  /** Whether the object was found there by this project, and made by somebody else. */
  isFound(uid: string): boolean;
  /** An object that was deleted, or is gone. */
  gone(uid: string): void;
}

/** Records nothing. */
export const noCreations: Creations = {
  willCreate: async () => async () => {},
  found: () => {},
  isFound: () => false,
  gone: () => {},
};
