// Who a process is. A pid alone is not enough: it is given out again.
// How these facts are found (/proc, ps) is an adapter's business; here is only what state needs of it.

/** A process of this machine, for as long as the machine runs. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever words the system uses; compared, never read. */
  readonly startTime: string;
  /** Which run of the machine. */
  readonly bootId: string;
}

/** Looks processes up. */
export interface ProcessCensus {
  /** The running program. */
  readonly own: ProcessIdentity;
  /** True while that very process runs. */
  isAlive(identity: ProcessIdentity): Promise<boolean>;
}

/** The identity in a JSON value, or undefined when it holds none. */
export function readIdentity(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, startTime, bootId } = value as Record<string, unknown>;
  if (typeof pid !== 'number' || typeof startTime !== 'string' || typeof bootId !== 'string') return undefined;
  return { pid, startTime, bootId };
}
