// An Exec without processes: the test says what each command does, or drives the child by hand. Passes exec-contract.ts.

import type {
  Child,
  ChildTerminal,
  CommandLine,
  Exec,
  ExitResult,
  OutputStream,
  StartOptions,
  StopOptions,
  TerminalSize,
} from '../../../src/adapters/exec/port.ts';
import { makeDeferred, onAbort } from '../../../src/base/abort.ts';
import { type Clock, systemClock } from '../../../src/base/clock.ts';
import { type Disposable, Scope } from '../../../src/base/disposable.ts';
import { Emitter } from '../../../src/base/emitter.ts';

/** What a command does by itself; a child without an exit code runs until it is stopped or driven. */
export interface FakeBehaviour {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  readonly startError?: string;
  readonly ignoresTerm?: boolean;
}

export interface FakeExecOptions {
  readonly clock?: Clock;
  /** Default: prints nothing and runs for ever. */
  readonly behave?: (command: CommandLine) => FakeBehaviour;
}

export class FakeExec implements Exec {
  readonly sessionId = 'fake-session';
  /** Every child that was ever started, in order. */
  readonly children: FakeChild[] = [];
  #clock: Clock;
  #behave: (command: CommandLine) => FakeBehaviour;
  #isDisposed = false;

  constructor(options: FakeExecOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#behave = options.behave ?? (() => ({}));
  }

  get running(): number {
    return this.children.filter(child => !child.hasEnded).length;
  }

  /** The newest child whose shown words contain `text`. */
  find(text: string): FakeChild | undefined {
    return this.children.findLast(child => child.command.args.join(' ').includes(text));
  }

  look(pid: number): 'gone' | 'resting' {
    return this.children.some(child => child.pid === pid && !child.hasEnded) ? 'resting' : 'gone';
  }

  start(command: CommandLine, options: StartOptions): FakeChild {
    const pid = 1000 + this.children.length;
    const behaviour = this.#isDisposed ? { startError: 'the session is ending' } : this.#behave(command);
    const child = new FakeChild(command, options, { pid, behaviour, clock: this.#clock });
    this.children.push(child);
    return child;
  }

  async stopAll(options: StopOptions): Promise<void> {
    await Promise.all(this.children.map(child => child.stop(options)));
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.stopAll({ graceMs: 5000 });
  }
}

interface FakeChildSetup {
  readonly pid: number;
  readonly behaviour: FakeBehaviour;
  readonly clock: Clock;
}

/** A terminal that keeps what was typed and every size it had. */
export class FakeTerminal implements ChildTerminal {
  readonly output = new Emitter<Buffer>();
  readonly typed: string[] = [];
  readonly sizes: TerminalSize[];

  constructor(size: TerminalSize) {
    this.sizes = [size];
  }

  get size(): TerminalSize {
    return this.sizes.at(-1)!;
  }

  write(input: string): void {
    this.typed.push(input);
  }

  resize(size: TerminalSize): void {
    this.sizes.push(size);
  }

  onOutput(listener: (chunk: Buffer) => void): Disposable {
    return this.output.on(listener);
  }
}

export class FakeChild implements Child {
  readonly command: CommandLine;
  readonly started: Promise<number>;
  readonly exited: Promise<ExitResult>;
  /** Every stop() so far. */
  readonly stops: StopOptions[] = [];
  pid = 0;
  hasEnded = false;
  terminal: FakeTerminal | undefined;
  #options: StartOptions;
  #setup: FakeChildSetup;
  #started = makeDeferred<number>();
  #exited = makeDeferred<ExitResult>();
  #startedAtMs: number;
  #wasKilled = false;
  #timers = new Scope();
  #killTimer: Disposable | undefined;
  #killAtMs = Number.POSITIVE_INFINITY;

  constructor(command: CommandLine, options: StartOptions, setup: FakeChildSetup) {
    this.command = command;
    this.#options = options;
    this.#setup = setup;
    this.#startedAtMs = setup.clock.now();
    this.started = this.#started.promise;
    this.exited = this.#exited.promise;
    queueMicrotask(() => this.#begin());
    this.#timers.add(
      onAbort(options.signal, () => queueMicrotask(() => void this.stop({ graceMs: command.graceMs ?? 30_000 }))),
    );
  }

  /** Writes as the process would. */
  print(text: string, stream: OutputStream = 'stdout'): void {
    const isSeparate = this.command.outputs === 'separate';
    if (this.hasEnded) return;
    this.#options.onOutput?.(Buffer.from(text), isSeparate && !this.terminal ? stream : 'stdout');
    this.terminal?.output.emit(Buffer.from(text));
  }

  /** Ends as the process would by itself. */
  exit(exitCode: number): void {
    this.#settle({ exitCode });
  }

  stop(options: StopOptions): Promise<ExitResult> {
    if (this.hasEnded) return this.exited;
    this.stops.push(options);
    const { clock, behaviour } = this.#setup;
    if (this.pid === 0) this.#settle({ exitCode: 1, startError: 'stopped before it started' });
    else if (options.graceMs <= 0) this.#kill();
    else if (!behaviour.ignoresTerm) queueMicrotask(() => this.#settle({ exitCode: 143, signal: 'SIGTERM' }));
    else {
      const atMs = clock.monotonic() + options.graceMs;
      if (atMs < this.#killAtMs) {
        this.#killAtMs = atMs;
        this.#killTimer?.dispose();
        this.#killTimer = this.#timers.add(clock.after(options.graceMs, () => this.#kill()));
      }
      for (const waitedMs of options.onWaiting ? [1500, 10_000] : []) {
        this.#timers.add(clock.after(waitedMs, () => options.onWaiting!(waitedMs, this.#killAtMs - clock.monotonic())));
      }
    }
    return this.exited;
  }

  #begin(): void {
    if (this.hasEnded) return;
    const { behaviour, pid } = this.#setup;
    if (behaviour.startError !== undefined) {
      this.#settle({ exitCode: 1, startError: behaviour.startError });
      return;
    }
    this.pid = pid;
    if (this.command.terminal) this.terminal = new FakeTerminal(this.command.terminal);
    this.#started.resolve(pid);
    if (behaviour.stdout) this.print(behaviour.stdout);
    if (behaviour.stderr) this.print(behaviour.stderr, 'stderr');
    if (behaviour.exitCode !== undefined) this.exit(behaviour.exitCode);
  }

  #kill(): void {
    this.#wasKilled = true;
    this.#settle({ exitCode: 137, signal: 'SIGKILL' });
  }

  #settle(end: { exitCode: number; signal?: NodeJS.Signals; startError?: string }): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.#timers.dispose();
    this.#started.resolve(this.pid);
    const { clock } = this.#setup;
    this.#exited.resolve({
      ...end,
      startedAtMs: this.#startedAtMs,
      finishedAtMs: clock.now(),
      wasKilled: this.#wasKilled,
    });
  }
}
