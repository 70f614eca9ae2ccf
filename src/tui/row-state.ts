// What a row says of how something is doing: a role, a word, a reason, a time.

/** What a row is in one word of ours; themes give each a glyph and a colour. */
export type StatusRole =
  | 'ok'
  | 'done'
  | 'building'
  | 'starting'
  | 'pending'
  | 'manual'
  | 'stale'
  | 'warn'
  | 'error'
  | 'crashed'
  | 'disabled';

/** Of what ended because the session ends. */
export const stoppedWord = 'stopped';

/** Worst first: the order in which a group counts its members. */
export const statusRoles: readonly StatusRole[] = [
  'error',
  'crashed',
  'warn',
  'building',
  'starting',
  'pending',
  'stale',
  'ok',
  'done',
  'manual',
  'disabled',
];

export interface RowState {
  readonly role: StatusRole;
  /** A word or two that people would say aloud: `ready`, `waits for web`. */
  readonly word: string;
  /** Why, short, on one line; '' when there is nothing to explain. */
  readonly reason: string;
  /** Since when; absent when nobody knows or asks. */
  readonly sinceMs?: number;
}

/** True for what `n` walks through. */
export function isProblem(row: RowState): boolean {
  return row.role === 'error' || row.role === 'crashed';
}
