// What the server needs of the rest of the program.
// Does not: know how any of it is done.
import type { ExitChoice, ExitPlan } from '../api/client.ts';
import type { LogStore } from '../logs/port.ts';
import type { Store } from '../store/port.ts';

export interface ServerBackend {
  readonly store: Store;
  readonly logs: Pick<
    LogStore,
    'openCursor' | 'toLogList' | 'search' | 'find' | 'sections' | 'onAppend' | 'checkpoint' | 'resourceCounts'
  >;
  /** When the session started. */
  readonly startedAtMs: number;
  /** Asks for an update of a resource; `reasons` are the bits of reference 4.3. */
  trigger(resource: string, reasons: number): 'triggered' | 'unknown' | 'disabled';
  /** Sets the trigger mode until the session ends. Returns the first name that is no resource, and changes nothing then. */
  setTriggerMode(resources: readonly string[], mode: number): { readonly unknown?: string };
  /** Replaces the arguments of the main Tiltfile. Rejects with a sentence to show. */
  setTiltfileArgs(args: readonly string[]): Promise<void>;
  /** What the engine knows, as plain JSON without log and secrets; for `tilt dump engine`. */
  dumpEngine(): unknown;
  /** Ending the session from outside; left out where nobody may. */
  readonly exit?: {
    plan(): Promise<ExitPlan>;
    /** Resolves when everything chosen is done. */
    run(choice: ExitChoice, onProgress: (line: string) => void): Promise<void>;
  };
}
