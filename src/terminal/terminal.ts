// The terminal as the screen sees it. `openTerminal` (lifecycle.ts) makes the real one.
// Does not: know what is painted. Holds no product word.
import type { Disposable } from '../base/disposable.ts';
import type { Capabilities } from './capabilities.ts';
import type { Grid } from './grid.ts';
import type { InputEvent } from './input-events.ts';

/** Columns and rows; at least 1 x 1. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Paints the whole screen into `grid`. Cells keep what an earlier frame left, so clear what you do not cover. */
export type Paint = (grid: Grid) => void;

/** `key` frames answer a person and may follow each other after 8 ms; `normal` ones share the frame rate. */
export type Urgency = 'key' | 'normal';

/** A signal to the program, or the loss of its terminal (`SIGHUP`, also for an end of file on stdin). */
export type TerminalSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT';

/** Numbers about the output, for the slow-link mark and for benchmarks. */
export interface OutputState {
  /** ms that the frame in flight has waited for the terminal; 0 when none is in flight. */
  readonly waitingMs: number;
  /** How long the terminal took for the newest finished frame, in ms. */
  readonly lastFrameMs: number;
  readonly frames: number;
  readonly bytes: number;
}

/**
 * A terminal that is being used as a full screen.
 *
 *     up --suspend()--> suspended --resume()--> up
 *     up | suspended --close() / restore()--> closed       up --detach()--> closed, and 0, 1, 2 are /dev/null
 */
export interface Terminal {
  readonly size: Size;
  readonly capabilities: Capabilities;
  readonly output: OutputState;
  /** Keys, mouse, paste, focus and replies, in the order they came. */
  onInput(listener: (event: InputEvent) => void): Disposable;
  /** The new size, at most every 33 ms, the last one always. The grid has that size already. */
  onResize(listener: (size: Size) => void): Disposable;
  /** Signals. With no listener the terminal is restored and the signal does what it does by default. */
  onSignal(listener: (signal: TerminalSignal) => void): Disposable;
  /** Paints and writes soon; of several requests before the frame only the newest `paint` runs. */
  requestFrame(paint: Paint, urgency?: Urgency): void;
  /** Repaints everything with the next frame (ctrl-l, or after something else wrote to the terminal). */
  invalidate(): void;
  /** Writes a sequence that is no picture (title, clipboard, bell) between two frames. */
  send(sequence: string): void;
  /** Whether the mouse is ours (as at the start) or the terminal's own, for selecting text. */
  setMouse(isOurs: boolean): void;
  /** Gives the terminal away, for a shell or an editor. Waits for the frame in flight. */
  suspend(): Promise<void>;
  /** Takes the terminal back and repaints. */
  resume(): void;
  /** Ctrl-Z: leaves the screen and stops the job; comes back by itself at SIGCONT. */
  stopJob(): void;
  /** Leaves the screen in order, waiting shortly for the frame in flight. In the background it detaches instead. */
  close(): Promise<void>;
  /** Leaves the screen at once, in a crash or at exit. Synchronous, harmless when called again. */
  restore(): void;
  /**
   * After a hang-up: lets go of the terminal, so that the program can go on without one. A terminal that is still there is
   * restored, told the farewell (one line), and given to the shell.
   */
  detach(farewell?: string): void;
}
