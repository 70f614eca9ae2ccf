// A Terminal without a terminal: tests hand it input and look at the grid that was painted.
import type { Disposable } from '../../src/base/disposable.ts';
import { Emitter } from '../../src/base/emitter.ts';
import { type Capabilities, capabilitiesOf } from '../../src/terminal/capabilities.ts';
import { Grid } from '../../src/terminal/grid.ts';
import type { InputEvent } from '../../src/terminal/input-events.ts';
import { parseChord } from '../../src/terminal/key-chords.ts';
import type { OutputState, Paint, Size, Terminal, TerminalSignal } from '../../src/terminal/terminal.ts';

export interface FakeTerminal extends Terminal {
  readonly grid: Grid;
  /** Everything that was given to `send`. */
  readonly sent: string;
  /** What happened to the terminal, in order: suspend, resume, stopJob, close, restore, detach. */
  readonly calls: readonly string[];
  /** Paints what was requested last; true when something was requested. */
  flush(): boolean;
  /** The painted rows, without trailing blanks. */
  rows(): string[];
  /** Presses keys as a keymap writes them: `g g ctrl-d enter`. Single characters carry their text. */
  press(keys: string): void;
  input(event: InputEvent): void;
  resizeTo(size: Size): void;
  /** How long the terminal takes for a frame from now on, in ms. */
  takeFor(frameMs: number): void;
  signal(signal: TerminalSignal): void;
}

/** Makes one of that size. Frames are painted by `flush`, never by time. */
export function makeFakeTerminal(size: Size, capabilities?: Partial<Capabilities>): FakeTerminal {
  const grid = new Grid(size.columns, size.rows);
  const [inputs, resizes, signals] = [new Emitter<InputEvent>(), new Emitter<Size>(), new Emitter<TerminalSignal>()];
  const calls: string[] = [];
  let wanted: Paint | undefined;
  let sent = '';
  let frames = 0;
  let lastFrameMs = 0;
  const output = (): OutputState => ({ waitingMs: 0, lastFrameMs, frames, bytes: 0 });
  const base = capabilitiesOf({ TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8' });
  const call = (name: string) => (): void => void calls.push(name);
  return {
    grid,
    calls,
    capabilities: { ...base, ...capabilities },
    get size() {
      return { columns: grid.width, rows: grid.height };
    },
    get output() {
      return output();
    },
    get sent() {
      return sent;
    },
    onInput: (listener): Disposable => inputs.on(listener),
    onResize: (listener): Disposable => resizes.on(listener),
    onSignal: (listener): Disposable => signals.on(listener),
    requestFrame(paint) {
      wanted = paint;
    },
    takeFor(frameMs) {
      lastFrameMs = frameMs;
    },
    invalidate: () => grid.invalidate(),
    send(sequence) {
      sent += sequence;
    },
    setMouse: isOurs => call(`setMouse ${isOurs}`)(),
    suspend: async () => call('suspend')(),
    resume: call('resume'),
    stopJob: call('stopJob'),
    close: async () => call('close')(),
    restore: call('restore'),
    detach: call('detach'),
    flush() {
      if (!wanted) return false;
      wanted(grid);
      wanted = undefined;
      frames++;
      return true;
    },
    rows: () => Array.from({ length: grid.height }, (_, y) => grid.rowText(y).trimEnd()),
    press(keys) {
      const chord = parseChord(keys);
      if (!chord.ok) throw new Error(chord.problem);
      for (const name of chord.keys) {
        const text = name === 'space' ? ' ' : [...name].length === 1 ? name : undefined;
        inputs.emit(text === undefined ? { kind: 'key', name } : { kind: 'key', name, text });
      }
    },
    input: event => inputs.emit(event),
    resizeTo(next) {
      grid.resize(next.columns, next.rows);
      resizes.emit({ columns: grid.width, rows: grid.height });
    },
    signal: signal => signals.emit(signal),
  };
}
