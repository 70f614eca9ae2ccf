// What the list shows, and how.
import type { ListRow, ListSort } from './list-rows.ts';

export interface ListState {
  readonly rows: readonly ListRow[];
  /** Index into rows. */
  readonly selected: number;
  /** First row that is shown. */
  readonly top: number;
  readonly collapsed: ReadonlySet<string>;
  /** What is filtered by; '' for nothing. */
  readonly filter: string;
  readonly filterProblem?: string | undefined;
  readonly sort: ListSort;
  /** Names of resources that actions are for together. */
  readonly marked: ReadonlySet<string>;
  /** The row that was marked last: where a range begins. */
  readonly markFrom?: string | undefined;
  readonly starred: ReadonlySet<string>;
  readonly hidesDisabled: boolean;
  /** What was looked at and is no longer listed. Until a row is chosen, nothing is selected (gone.ts). */
  readonly gone?: GoneRow | undefined;
}

/** A row that went away under the eyes of somebody. */
export interface GoneRow {
  readonly key: string;
  /** Of the resource or group. */
  readonly name: string;
  /** Whose log was shown. */
  readonly resources: readonly string[];
  /** A sentence with the name: why it is not listed. */
  readonly reason: string;
}
