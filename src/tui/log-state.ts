// What the log pane shows, where it stands, and what is searched for in it. The lines themselves are in its window.
import type { LogText } from '../api/client.ts';
import type { LogView } from './log-query.ts';
import type { LineCache, LogPosition } from './log-rows.ts';
import type { LogMark, LogSelection } from './log-selection.ts';
import type { LogWindow } from './log-window.ts';

export interface LogState {
  readonly window: LogWindow;
  readonly cache: LineCache;
  /** Of the cursor that the window belongs to; lines of older ones are late and dropped. */
  readonly generation: number;
  /** What the window shows: undefined for all, else names. */
  readonly resources: readonly string[] | undefined;
  /** What of it the window shows. */
  readonly shownView: LogView;
  /** What of it is wanted. */
  readonly view: LogView;
  readonly search: LogSearchState | undefined;
  readonly selection: LogSelection | undefined;
  /** The line that a key for errors or sections went to. */
  readonly near: number | undefined;
  /** The mouse is down since then, and where the pane stood before. */
  readonly drag: { readonly position: LogPosition | undefined } | undefined;
  /** Where and when the mouse was pressed last, for the second press of two. */
  readonly pressed: { readonly mark: LogMark; readonly atMs: number } | undefined;
  /** Lines of JSON take a row for each of their values. */
  readonly pretty: boolean;
  /** True while all resources are shown whatever is selected. */
  readonly isAll: boolean;
  /** Undefined: follows the end. */
  readonly position: LogPosition | undefined;
  readonly wrap: boolean;
  readonly times: boolean;
  /** The newest line that came, whether the window holds it or not. */
  readonly newestId: number;
  /** Came since following was paused. */
  readonly newLines: number;
  readonly newErrors: number;
  /** True while earlier or later lines are fetched. */
  readonly isFetching: boolean;
  readonly isLoading: boolean;
  /** Logs that were paused when the reader looked elsewhere, by what they show; the oldest first. */
  readonly paused: ReadonlyMap<string, PausedLog>;
}

/** A text that is searched for in the log. */
export interface LogSearchState {
  /** As it was typed; see log-query.ts. */
  readonly text: string;
  readonly query: LogText;
  readonly problem: string | undefined;
  /** Answers carry it. */
  readonly number: number;
  /** Which log the answers are about. */
  readonly place: string;
  /** Lines that have it, oldest first. */
  readonly ids: readonly number[];
  readonly throughId: number;
  /** There are more, older ones. */
  readonly isCut: boolean;
  readonly isRunning: boolean;
  /** The line that was gone to. */
  readonly current: number | undefined;
  /** The answer is to be gone to: the nearest one at or before this line. */
  readonly wantsNear: number | undefined;
}

/** Where somebody was in a log. */
export type PausedLog = Pick<LogState, 'window' | 'position' | 'newestId' | 'newLines' | 'newErrors'>;
