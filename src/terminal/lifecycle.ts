// Takes the process's terminal as a full screen, and gives it back on every way out: quit, exception, rejection, signal,
// Ctrl-Z, hang-up. Only a SIGKILL leaves it as it is.
// Does not: decide when to leave; listeners of onSignal do, and without them the signal's default follows.
import { type Clock, systemClock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { toAsciiBytes } from './ascii-bytes.ts';
import { type Capabilities, capabilitiesOf } from './capabilities.ts';
import { Encoder } from './encoder.ts';
import { FrameScheduler } from './frame-scheduler.ts';
import { Grid } from './grid.ts';
import { InputDecoder } from './input-decoder.ts';
import type { InputEvent } from './input-events.ts';
import { detachFromTerminal } from './lifecycle-detach.ts';
import { goToBackground, isInForeground } from './lifecycle-job.ts';
import { redirectOutput, type StrayOutput } from './lifecycle-redirect.ts';
import { listenToSignals, stopOwnJob } from './lifecycle-signals.ts';
import { enterScreen, leaveScreen, releaseMouse, takeMouse } from './screen-modes.ts';
import type { OutputState, Paint, Size, Terminal, TerminalSignal, Urgency } from './terminal.ts';
import { type Throttled, throttle } from './throttle.ts';
import { makeTtyOutput, type OutputStream, type TtyOutput, writeNow } from './tty-output.ts';

export interface OpenTerminalOptions {
  readonly clock?: Clock;
  readonly capabilities?: Capabilities;
  /** 30 by default. */
  readonly framesPerSecond?: number;
  /** Gets what anyone else writes to stdout or stderr meanwhile. */
  readonly onStrayOutput?: StrayOutput;
}

const resizePeriodMs = 33;
/** How long a frame in flight may delay leaving in order. */
const patienceMs = 250;
/** How long the last words may wait for a terminal that takes nothing; with the patience well under a second. */
const lastWordsMs = 200;
/** After so long a stop that never happened (an orphaned job can't be stopped) is taken back. */
const stopCheckMs = 100;
/** Whoever woke us may be about to give us the terminal, or to end us. */
const foregroundCheckMs = 50;

/**
 * Takes the terminal: alternate screen, raw mode, mouse. Call `canUseScreen` before. An uncaught exception restores the
 * terminal even when a handler lets the program go on; after that this terminal is closed.
 */
export function openTerminal(options: OpenTerminalOptions = {}): Terminal {
  return new ProcessTerminal(options);
}

type State = 'up' | 'suspended' | 'stopped' | 'closed';

class ProcessTerminal implements Terminal {
  readonly capabilities: Capabilities;
  readonly #clock: Clock;
  readonly #grid: Grid;
  readonly #encoder: Encoder;
  readonly #scheduler: FrameScheduler;
  readonly #decoder: InputDecoder;
  readonly #resizing: Throttled;
  readonly #signals: Disposable;
  readonly #redirect: Disposable | undefined;
  readonly #input = new Emitter<InputEvent>();
  readonly #resized = new Emitter<Size>();
  readonly #signalled = new Emitter<TerminalSignal>();
  #output: TtyOutput;
  #state: State = 'up';
  /** True while the terminal shows our screen; leaving may lag behind the state by a frame in flight. */
  #isEntered = false;
  #isMouseOurs = true;
  /** Somebody was told to end the program; from then on it isn't stopped any more. */
  #isEnding = false;
  #paint: Paint | undefined;
  #extra = '';
  #frames = 0;
  #bytes = 0;

  constructor(options: OpenTerminalOptions) {
    this.#clock = options.clock ?? systemClock;
    this.capabilities = options.capabilities ?? capabilitiesOf(process.env);
    const size = processSize();
    this.#grid = new Grid(size.columns, size.rows);
    this.#encoder = new Encoder(this.#grid, this.capabilities);
    this.#output = this.#makeOutput();
    this.#scheduler = new FrameScheduler({
      clock: this.#clock,
      framesPerSecond: options.framesPerSecond ?? 30,
      render: () => this.#render(),
      write: (frame, done) => this.#output.write(frame, done),
    });
    this.#decoder = new InputDecoder({ clock: this.#clock, onEvent: event => this.#input.emit(event) });
    this.#resizing = throttle(this.#clock, resizePeriodMs, () => this.#resize());
    this.#signals = listenToSignals({
      onEnd: signal => this.#onEnd(signal),
      onStop: this.#onStop,
      onContinue: () => this.#onContinue(),
      onLast: () => this.restore(),
    });
    this.#redirect = options.onStrayOutput && redirectOutput(options.onStrayOutput);
    this.#enter();
  }

  get size(): Size {
    return { columns: this.#grid.width, rows: this.#grid.height };
  }

  get output(): OutputState {
    const { waitingMs, lastFrameMs } = this.#scheduler;
    return { waitingMs, lastFrameMs, frames: this.#frames, bytes: this.#bytes };
  }

  onInput(listener: (event: InputEvent) => void): Disposable {
    return this.#input.on(listener);
  }

  onResize(listener: (size: Size) => void): Disposable {
    return this.#resized.on(listener);
  }

  onSignal(listener: (signal: TerminalSignal) => void): Disposable {
    return this.#signalled.on(listener);
  }

  requestFrame(paint: Paint, urgency: Urgency = 'normal'): void {
    this.#paint = paint;
    if (this.#state !== 'closed') this.#scheduler.request(urgency === 'key');
  }

  invalidate(): void {
    this.#grid.invalidate();
    if (this.#state !== 'closed') this.#scheduler.request(true);
  }

  send(sequence: string): void {
    if (this.#state === 'closed') return;
    this.#extra += sequence;
    this.#scheduler.request(true);
  }

  setMouse(isOurs: boolean): void {
    this.#isMouseOurs = isOurs;
    if (this.#state === 'up') this.send(isOurs ? takeMouse : releaseMouse);
  }

  async suspend(): Promise<void> {
    if (this.#state !== 'up') return;
    this.#scheduler.pause();
    await this.#whenTaken();
    if (this.#state !== 'up') return;
    this.#state = 'suspended';
    this.#leave();
  }

  resume(): void {
    if (this.#state !== 'suspended' && this.#state !== 'stopped') return;
    this.#state = 'up';
    this.#output = this.#makeOutput();
    this.#enter();
    this.#lookAtSize();
    this.#scheduler.resume();
    this.invalidate();
  }

  stopJob(): void {
    if (this.#state === 'suspended') {
      // Whoever has the terminal now was stopped with its job, and so are we; the shell wakes both.
      process.kill(process.pid, 'SIGSTOP');
      return;
    }
    if (this.#state !== 'up') return;
    this.#state = 'stopped';
    this.#scheduler.pause();
    void this.#whenTaken().then(() => {
      if (this.#state !== 'stopped') return;
      this.#leave();
      this.#clock.after(stopCheckMs, () => this.#onContinue());
      stopOwnJob(this.#onStop);
    });
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#scheduler.pause();
    await this.#whenTaken();
    if (isInForeground()) this.restore();
    else this.#abandon();
  }

  /** Another job has the terminal: nothing of it is touched, not even by closing it, which newer Nodes set modes for. */
  #abandon(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#stop();
  }

  restore(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#stop();
    if (this.#isEntered) this.#leave();
    this.#redirect?.dispose();
  }

  detach(farewell = ''): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#stop();
    const isThere = this.#isEntered && this.#leave(farewell === '' ? '' : `${farewell}\r\n`);
    // The redirection stays: what is written from now on has no other place to go.
    detachFromTerminal();
    if (isThere) goToBackground();
  }

  #stop(): void {
    this.#signals.dispose();
    this.#scheduler.dispose();
    this.#resizing.dispose();
    this.#decoder.dispose();
    process.stdout.off('resize', this.#onStdoutResize);
    this.#stopReading();
  }

  #makeOutput(): TtyOutput {
    const stream = process.stdout as typeof process.stdout & OutputStream;
    // The redirection replaces the stream's own property; the method of the class stays what it is.
    return makeTtyOutput({
      fd: stream.fd,
      write: Object.getPrototypeOf(stream).write.bind(stream),
      _handle: stream._handle ?? null,
    });
  }

  #enter(): void {
    const { stdin, stdout } = process;
    this.#isEntered = true;
    stdin.setRawMode?.(true);
    stdin.on('data', this.#onData);
    stdin.on('end', this.#onHangUp);
    stdin.on('close', this.#onHangUp);
    stdin.on('error', this.#onHangUp);
    stdin.resume();
    stdout.off('resize', this.#onStdoutResize);
    stdout.on('resize', this.#onStdoutResize);
    // A terminal that went away is found out by its signal or the end of stdin; the errors say nothing more.
    for (const stream of [stdin, stdout]) {
      if (!stream.listeners('error').includes(ignoreError)) stream.on('error', ignoreError);
    }
    this.#extra = enterScreen + (this.#isMouseOurs ? '' : releaseMouse) + this.#extra;
    this.#scheduler.request(true);
  }

  /** Leaves the screen synchronously and frees the terminal's modes. True when the terminal was there and took it. */
  #leave(lastWords = ''): boolean {
    this.#isEntered = false;
    this.#stopReading();
    this.#decoder.reset();
    if (!isInForeground()) return false;
    const taken = writeNow(process.stdout.fd, leaveScreen + lastWords, lastWordsMs);
    // A terminal that takes nothing could hold us for ever in these; Node itself resets the modes at exit.
    if (!taken) return false;
    this.#output.release();
    try {
      process.stdin.setRawMode?.(false);
    } catch {
      // The terminal is gone.
    }
    return true;
  }

  #stopReading(): void {
    const { stdin } = process;
    stdin.off('data', this.#onData);
    stdin.off('end', this.#onHangUp);
    stdin.off('close', this.#onHangUp);
    stdin.pause();
  }

  readonly #onData = (bytes: Buffer): void => this.#decoder.feed(bytes);
  readonly #onStdoutResize = (): void => this.#resizing.request();
  readonly #onStop = (): void => this.stopJob();
  readonly #onHangUp = (): void => {
    this.#stopReading();
    if (!this.#onEnd('SIGHUP')) process.kill(process.pid, 'SIGHUP');
  };

  #onEnd(signal: TerminalSignal): boolean {
    // Keys that interrupt are meant for the program that has the terminal.
    if (this.#state === 'suspended' && (signal === 'SIGINT' || signal === 'SIGQUIT')) return true;
    if (this.#signalled.size === 0) return false;
    this.#isEnding ||= signal !== 'SIGHUP';
    this.#signalled.emit(signal);
    return true;
  }

  #onContinue(): void {
    if (this.#state !== 'up' && this.#state !== 'stopped') return;
    if (!isInForeground()) this.#stayAway();
    else if (this.#state === 'stopped') this.#comeBack();
    else {
      // Stopped without our knowledge (SIGSTOP): the shell has set its own modes meanwhile.
      process.stdin.setRawMode?.(false);
      process.stdin.setRawMode?.(true);
      this.#extra = enterScreen + (this.#isMouseOurs ? '' : releaseMouse) + this.#extra;
      this.#lookAtSize();
      this.invalidate();
    }
  }

  #comeBack(): void {
    // Where another program stopped us, the modes are still taken for ours.
    if (this.#isEntered) process.stdin.setRawMode?.(false);
    this.resume();
  }

  /** Woken in the background (`bg`, `kill`): without the terminal the job stops again, unless it is to end. */
  #stayAway(): void {
    this.#state = 'stopped';
    this.#scheduler.pause();
    this.#stopReading();
    this.#clock.after(foregroundCheckMs, () => {
      if (this.#state !== 'stopped' || this.#isEnding) return;
      if (isInForeground()) this.#comeBack();
      else stopOwnJob(this.#onStop, 'SIGTTOU');
    });
  }

  /** A job in the background is not told about a new size; stdout measures when it believes that it was. */
  #lookAtSize(): void {
    process.emit('SIGWINCH');
    this.#resize();
  }

  #resize(): void {
    if (this.#state !== 'up') return;
    const size = processSize();
    if (size.columns === this.#grid.width && size.rows === this.#grid.height) return;
    this.#grid.resize(size.columns, size.rows);
    this.#resized.emit(size);
    this.#scheduler.request(true);
  }

  #render(): string {
    if (this.#state !== 'up') return '';
    this.#paint?.(this.#grid);
    const painted = this.#extra + (this.#paint ? this.#encoder.encode() : '');
    const frame = this.capabilities.isAsciiOnly ? toAsciiBytes(painted) : painted;
    this.#extra = '';
    if (frame === '') return '';
    this.#frames++;
    this.#bytes += Buffer.byteLength(frame);
    return frame;
  }

  /** Resolves when no frame is in flight, or after some patience with a slow terminal. */
  #whenTaken(): Promise<void> {
    return new Promise(resolve => {
      const timer = this.#clock.after(patienceMs, resolve);
      this.#scheduler.whenTaken(() => {
        timer.dispose();
        resolve();
      });
    });
  }
}

function ignoreError(): void {}

/** Some terminals say 0 x 0 until they know. */
function processSize(): Size {
  return { columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 };
}
