// One child from the request to its last byte. States: waiting -> running -> ended; stop() may come in any of them.

import { makeDeferred, onAbort } from '../../base/abort.ts';
import { type Clock, systemClock } from '../../base/clock.ts';
import { type Disposable, Scope } from '../../base/disposable.ts';
import { OutputReader } from './output-reader.ts';
import type { Child, ChildTerminal, CommandLine, ExitResult, OutputStream, StartOptions, StopOptions } from './port.ts';
import type { SpawnRequest } from './spawner.ts';

const defaultGraceMs = 30_000;
const noticesMs = [1500, 10_000];
/** From SIGTERM to SIGHUP for who has a terminal: a shell there ends when its terminal goes, not by SIGTERM. */
const hangUpMs = 500;
/** How long the exit waits for output that a process outside the group may still hold open. */
const drainMs = 150;

export class ManagedChild implements Child {
  readonly started: Promise<number>;
  readonly exited: Promise<ExitResult>;
  readonly request: SpawnRequest;
  #pid = 0;
  #terminal: ChildTerminal | undefined;
  #started = makeDeferred<number>();
  #exited = makeDeferred<ExitResult>();
  #readers: OutputReader[] = [];
  #startedAtMs: number;
  #clock: Clock;
  #hasEnded = false;
  #wasKilled = false;
  #stopping: Scope | undefined;
  #killAtMs = Number.POSITIVE_INFINITY;
  #killTimer: Disposable | undefined;
  #withdraw: Disposable | undefined;
  #abort: Disposable;

  constructor(command: CommandLine, options: StartOptions, clock: Clock = systemClock) {
    this.#clock = clock;
    this.#startedAtMs = clock.now();
    this.started = this.#started.promise;
    this.exited = this.#exited.promise;
    this.request = {
      command,
      openOutputs: fifos => this.#open(fifos, options.onOutput ?? (() => {})),
      onOutput: options.onOutput ?? (() => {}),
      onTerminal: terminal => {
        this.#terminal = terminal;
      },
      onStarted: pid => this.#begin(pid),
      onExited: (exitCode, signal, released) => this.#drain(exitCode, signal, released),
      onFailed: text => this.fail(text),
    };
    this.#abort = onAbort(options.signal, () => {
      queueMicrotask(() => void this.stop({ graceMs: command.graceMs ?? defaultGraceMs }));
    });
  }

  get pid(): number {
    return this.#pid;
  }

  get terminal(): ChildTerminal | undefined {
    return this.#terminal;
  }

  /** What takes the request back while it waits for its turn. */
  set withdraw(value: Disposable) {
    this.#withdraw = value;
  }

  stop(options: StopOptions): Promise<ExitResult> {
    if (this.#hasEnded) return this.exited;
    const isFirst = this.#stopping === undefined;
    this.#stopping ??= new Scope();
    this.#withdraw?.dispose();
    if (this.#hasEnded) return this.exited;
    if (isFirst && options.graceMs > 0) this.#terminate();
    this.#killAfter(options.graceMs);
    for (const waitedMs of options.onWaiting ? noticesMs : []) {
      this.#stopping.add(
        this.#clock.after(waitedMs, () => options.onWaiting!(waitedMs, this.#killAtMs - this.#clock.monotonic())),
      );
    }
    return this.exited;
  }

  /** Ends a child that never ran. */
  fail(text: string): void {
    if (this.#hasEnded) return;
    for (const reader of this.#readers) reader.close();
    this.#settle({ exitCode: 1, startError: text });
  }

  #open(fifos: readonly string[], onOutput: (chunk: Buffer, stream: OutputStream) => void): void {
    const names: OutputStream[] = ['stdout', 'stderr'];
    for (const [i, fifo] of fifos.entries()) {
      this.#readers.push(new OutputReader(fifo, chunk => onOutput(chunk, names[i]!)));
    }
  }

  #begin(pid: number): void {
    this.#pid = pid;
    this.#startedAtMs = this.#clock.now();
    this.#started.resolve(pid);
    if (!this.#stopping) return;
    if (this.#killAtMs <= this.#clock.monotonic()) this.#kill();
    else this.#terminate();
  }

  /** What is stopped (SIGSTOP, Ctrl-Z, a debugger) takes no SIGTERM before it goes on. */
  #terminate(): void {
    this.#send('SIGTERM');
    this.#send('SIGCONT');
    if (!this.#terminal) return;
    this.#stopping?.add(this.#clock.after(hangUpMs, () => this.#send('SIGHUP')));
  }

  #killAfter(graceMs: number): void {
    const atMs = this.#clock.monotonic() + graceMs;
    if (atMs >= this.#killAtMs) return;
    this.#killAtMs = atMs;
    this.#killTimer?.dispose();
    if (graceMs <= 0) this.#kill();
    else this.#killTimer = this.#stopping!.add(this.#clock.after(graceMs, () => this.#kill()));
  }

  #kill(): void {
    if (this.#pid === 0 || this.#hasEnded) return;
    this.#wasKilled = true;
    this.#send('SIGKILL');
  }

  #send(signal: NodeJS.Signals): void {
    if (this.#pid === 0) return;
    // Between its fork and its setsid the child has no group yet.
    for (const target of [-this.#pid, this.#pid]) {
      try {
        process.kill(target, signal);
        return;
      } catch {
        // no such group or process, or it belongs to another user
      }
    }
  }

  /** Waits until the pipes are empty. Bytes that go on coming are of somebody who left the group. */
  #drain(exitCode: number, signal: NodeJS.Signals | undefined, released: (allClosed: boolean) => void): void {
    const finishedAtMs = this.#clock.now();
    for (const reader of this.#readers) reader.hurry();
    let open = this.#readers.length;
    let timer: Disposable | undefined;
    const finish = (): void => {
      timer?.dispose();
      for (const reader of this.#readers) if (!reader.ended) reader.unref();
      released(open === 0);
      this.#settle({ exitCode, signal, finishedAtMs });
    };
    const look = (before: number, rounds: number): void => {
      if (this.#hasEnded) return;
      const now = this.#readers.reduce((sum, reader) => sum + reader.bytesRead, 0);
      if (now === before || rounds === 0) finish();
      else timer = this.#clock.after(drainMs, () => setImmediate(look, now, rounds - 1));
    };
    for (const reader of this.#readers) {
      reader.whenEnded(() => {
        if (--open === 0 && !this.#hasEnded) finish();
      });
    }
    if (open === 0 && !this.#hasEnded) finish();
    if (!this.#hasEnded) timer = this.#clock.after(drainMs, () => setImmediate(look, -1, 10));
  }

  #settle(end: {
    exitCode: number;
    signal?: NodeJS.Signals | undefined;
    startError?: string;
    finishedAtMs?: number;
  }): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#abort.dispose();
    this.#stopping?.dispose();
    this.#started.resolve(this.#pid);
    this.#exited.resolve({
      exitCode: end.exitCode,
      ...(end.signal ? { signal: end.signal } : {}),
      startedAtMs: this.#startedAtMs,
      finishedAtMs: end.finishedAtMs ?? this.#clock.now(),
      ...(end.startError === undefined ? {} : { startError: end.startError }),
      wasKilled: this.#wasKilled,
    });
  }
}
