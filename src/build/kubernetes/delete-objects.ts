// Deletes objects of the cluster: what left the YAML, what was disabled, what `down` takes away (reference 4.9, 4.12).
// What is gone already, or of a kind that nobody serves, counts as deleted.
import { type Deletion, isNotFound, type KubeClient, KubeError, type ObjectRef } from '../../adapters/kube/port.ts';

export interface Doomed {
  readonly ref: ObjectRef;
  /** Only that very object; left out: whatever has the name. */
  readonly uid?: string;
}

export interface DeleteDeps {
  readonly client: KubeClient;
  /** For a line of the log, without its end. */
  readonly log: (line: string) => void;
  /** Told of each object that the server took the deletion of, and of those that were gone. */
  readonly onDeleted?: (doomed: Doomed, deletion: Deletion) => void;
}

/** A deletion is answered in milliseconds; a connection more costs more than it saves. */
const maxAtOnce = 4;

/** How an object is called in the log. */
export function doomedName({ ref }: Doomed): string {
  return `${ref.kind}/${ref.name}`;
}

/**
 * Deletes batch after batch, the objects of a batch side by side; does not wait until they are gone. Every object is
 * tried; rejects afterwards with what went wrong, one line for each object.
 */
export async function deleteObjects(
  deps: DeleteDeps,
  batches: readonly (readonly Doomed[])[],
  options: { readonly signal: AbortSignal },
): Promise<void> {
  deps.log('Deleting kubernetes objects:');
  for (const doomed of batches.flat()) deps.log(`→ ${doomedName(doomed)}`);
  const problems: string[] = [];
  for (const batch of batches) {
    const queue = [...batch];
    const lane = async (): Promise<void> => {
      for (let doomed = queue.shift(); doomed; doomed = queue.shift()) {
        const problem = await deleteOne(deps, doomed, options.signal);
        if (problem !== undefined) problems.push(problem);
      }
    };
    await Promise.all(Array.from({ length: Math.min(maxAtOnce, batch.length) }, lane));
    options.signal.throwIfAborted();
  }
  if (problems.length > 0) throw new Error(`kubernetes delete: ${problems.join('\n')}`);
}

async function deleteOne(deps: DeleteDeps, doomed: Doomed, signal: AbortSignal): Promise<string | undefined> {
  let deletion: Deletion = { uid: doomed.uid ?? '', isGone: true };
  try {
    deletion = await deps.client.delete(doomed.ref, {
      ...(doomed.uid === undefined ? {} : { uid: doomed.uid }),
      signal,
    });
  } catch (error) {
    if (signal.aborted) return undefined;
    if (!isGone(error)) return `${doomedName(doomed)}: ${(error as Error).message}`;
  }
  deps.onDeleted?.(doomed, deletion);
  return undefined;
}

/** Not there, of no kind that is served, or another object of that name. */
function isGone(error: unknown): boolean {
  return isNotFound(error) || (error instanceof KubeError && error.code === 409 && /precondition/i.test(error.message));
}
