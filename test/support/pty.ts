// Runs a program in a pseudo-terminal and reads back what a person would see. Linux and macOS.
import { execFileSync } from 'node:child_process';
import * as pty from '@lydell/node-pty';
import { Emulator, type WidthModel } from './emulator.ts';

export interface PtyOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  /** The whole environment of the program; TERM is xterm-256color unless it is set here. */
  readonly env: Readonly<Record<string, string>>;
  readonly model?: WidthModel;
}

export interface PtyExit {
  readonly code: number;
  /** Number of the signal, 0 for none. */
  readonly signal: number;
}

/** How long a screen may take to become what is waited for. Generous: it is only used up by a failure. */
const deadlineMs = 20_000;

export class PtyProgram {
  readonly emulator: Emulator;
  /** Everything the program wrote, for looking at bytes. */
  output = '';
  /** Resolves when the program has ended. */
  readonly exited: Promise<PtyExit>;
  readonly #pty: pty.IPty;
  #hasExited = false;
  #reading: Promise<void> = Promise.resolve();

  constructor(options: PtyOptions) {
    const columns = options.columns ?? 80;
    const rows = options.rows ?? 24;
    this.emulator = new Emulator(columns, rows, options.model);
    this.#pty = pty.spawn(options.command, [...(options.args ?? [])], {
      name: options.env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd: options.cwd ?? process.cwd(),
      env: { ...options.env },
    });
    this.#pty.onData(data => {
      this.output += data;
      this.#reading = this.emulator.write(data);
    });
    // Questions are answered as a terminal does.
    this.emulator.term.onData(data => this.#pty.write(data));
    this.exited = new Promise(resolve => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#hasExited = true;
        resolve({ code: exitCode, signal: signal ?? 0 });
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Types text or keys. */
  type(text: string): void {
    this.#pty.write(text);
  }

  resize(columns: number, rows: number): void {
    this.emulator.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Stops reading: the terminal freezes once the kernel's buffer is full. */
  freeze(): void {
    this.#pty.pause();
  }

  thaw(): void {
    this.#pty.resume();
  }

  /** Closes the terminal under the program, as a dropped connection does. */
  hangUp(): void {
    (this.#pty as unknown as { destroy(): void }).destroy();
  }

  kill(signal: NodeJS.Signals): void {
    this.#pty.kill(signal);
  }

  /** Waits until `isReady` holds for the screen; fails with the screen's content after the deadline. */
  async waitFor(isReady: (screen: Emulator) => boolean, what = 'the screen'): Promise<void> {
    const endMs = Date.now() + deadlineMs;
    for (;;) {
      await this.#reading;
      if (isReady(this.emulator)) return;
      if (Date.now() > endMs) throw new Error(`${what} did not come; the screen shows:\n${this.emulator.text}`);
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  /** Waits until the screen shows a text. */
  async waitForText(text: string | RegExp): Promise<void> {
    await this.waitFor(
      screen => (typeof text === 'string' ? screen.text.includes(text) : text.test(screen.text)),
      String(text),
    );
  }

  /** The terminal's settings as `stty -a` prints them; works while something holds the terminal open. */
  termios(): string {
    const { _pty: slave } = this.#pty as unknown as { _pty: string };
    return execFileSync('stty', [process.platform === 'darwin' ? '-f' : '-F', slave, '-a'], { encoding: 'utf8' });
  }

  /** The modes that a program may have left on. */
  get modes(): ModeState {
    const { modes } = this.emulator.term;
    return {
      isAlternate: this.emulator.isAlternate,
      mouse: modes.mouseTrackingMode,
      bracketedPaste: modes.bracketedPasteMode,
      focus: modes.sendFocusMode,
      wraparound: modes.wraparoundMode,
      showsCursor: !lastCursorMode(this.output).hidden,
    };
  }

  /** Ends the program if it still runs, and waits for that. */
  async dispose(): Promise<void> {
    this.thaw();
    if (!this.#hasExited) this.#pty.kill('SIGKILL');
    await this.exited;
    this.emulator.dispose();
  }
}

export interface ModeState {
  readonly isAlternate: boolean;
  readonly mouse: string;
  readonly bracketedPaste: boolean;
  readonly focus: boolean;
  readonly wraparound: boolean;
  readonly showsCursor: boolean;
}

/** The state of a terminal that nobody changed. */
export const restoredModes: ModeState = {
  isAlternate: false,
  mouse: 'none',
  bracketedPaste: false,
  focus: false,
  wraparound: true,
  showsCursor: true,
};

/** The emulator does not tell whether the cursor is shown; the last sequence about it does. */
function lastCursorMode(output: string): { hidden: boolean } {
  return { hidden: output.lastIndexOf('\x1b[?25l') > output.lastIndexOf('\x1b[?25h') };
}
