// Names of places in the log.

/** Where a log is shown from. */
export type LogStart = 'start' | 'end' | { readonly lineId: number };

/** A place that keys go to, seen from where the reader is. */
export interface NearGoal {
  readonly what: 'error' | 'section';
  readonly way: 1 | -1;
}
