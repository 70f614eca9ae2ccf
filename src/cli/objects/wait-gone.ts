import type { KindInfo } from '../../api/scheme.ts';
import { makeAbortController } from '../../base/abort.ts';
import { sleep, systemClock } from '../../base/clock.ts';
import type { AnyObject, ObjectClient } from './object-client.ts';
import { isMissing } from './selection.ts';

/** How long a question waits for its next try. */
const pollMs = 50;

export interface Leaving {
  readonly info: KindInfo;
  readonly name: string;
  /** Another object of that name with another uid counts as gone. '' takes any. */
  readonly uid: string;
  /** By the system clock; undefined: for ever. */
  readonly deadlineMs: number | undefined;
}

/** Resolves to true when the object is gone, to false at the deadline. */
export async function waitUntilGone(client: ObjectClient, { info, name, uid, deadlineMs }: Leaving): Promise<boolean> {
  for (;;) {
    let object: AnyObject;
    try {
      object = await client.get(info, name);
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
    if (uid !== '' && object.metadata['uid'] !== uid) return true;
    if (deadlineMs !== undefined && systemClock.now() >= deadlineMs) return false;
    await sleep(systemClock, pollMs, makeAbortController().signal);
  }
}
