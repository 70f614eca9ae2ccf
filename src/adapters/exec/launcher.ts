// Starts children through a detached shell and its workers (Linux). Node's own spawn forks the whole program on the main
// thread: 500 short commands cost loop delays of 15 to 25 ms; a line written to a worker costs some microseconds.
// Protocol: launcher-script.ts. Invariants: a request is either in `queue` or in `sent`; a worker is either in `idle` or
// the worker of exactly one entry of `sent`.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { signalOfCode } from './exit-text.ts';
import { launcherEnv, launchText } from './launch-text.ts';
import { prepareLauncher } from './launcher-script.ts';
import { childEnded, killGroup } from './process-end.ts';
import { isRunning } from './process-identity.ts';
import { wordsOf } from './resolve-program.ts';
import { shellQuote } from './shell-quote.ts';
import { SpawnQueue } from './spawn-queue.ts';
import { outputCount, type Spawner, type SpawnFolder, type SpawnRequest } from './spawner.ts';

interface Worker {
  readonly pid: number;
  /** Write end of its FIFO; its end of file ends the worker. */
  readonly fd: number;
}

interface Sent extends SpawnRequest {
  pid: number;
  readonly worker: Worker;
  readonly fifos: readonly string[];
  readonly inputFile: string | undefined;
}

const fifoBatch = 16;
const workerBatch = 16;
/** The shell reads a pipe a byte a system call; longer commands go through a file. */
const maxInlineText = 2000;
/** How often workers are looked at that somebody else may have killed. */
const workerCheckMs = 5000;
const lostPollMs = 200;
/** SIGINT and SIGPIPE: shells say nothing about these. */
const silentSignalCodes = new Set([130, 141]);

export class Launcher implements Spawner {
  #folder: SpawnFolder;
  #shell: ChildProcess;
  #env: Record<string, string>;
  #queue = new SpawnQueue();
  #sent = new Map<number, Sent>();
  #fifos: string[] = [];
  #making: string[];
  #fifoCount = 0;
  #idle: Worker[] = [];
  #workers = new Set<Worker>();
  #workerCount = 0;
  #workersAsked = 0;
  #nextId = 1;
  #isReady = false;
  #isClosed = false;
  /** Takes no more commands, but still follows and guards the ones it has. */
  #isRetired = false;
  #unread = '';
  #checking: NodeJS.Timeout;
  #onUnusable: (why: string, waiting: readonly SpawnRequest[]) => void;

  /** `onUnusable` gets what waits when the system lacks what the launcher needs, or when the launcher dies. */
  constructor(folder: SpawnFolder, onUnusable: (why: string, waiting: readonly SpawnRequest[]) => void) {
    this.#folder = folder;
    this.#onUnusable = onUnusable;
    this.#env = launcherEnv(process.env);
    this.#making = this.#nextFifoNames();
    this.#shell = spawn('/bin/sh', prepareLauncher(folder, this.#making), {
      detached: true,
      cwd: '/',
      env: this.#env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#shell.stdout!.setEncoding('latin1').on('data', (text: string) => this.#read(text));
    this.#shell.stdin!.on('error', () => {});
    this.#shell.on('error', error => this.#lost(error.message));
    this.#shell.on('exit', () => this.#lost('the launcher ended'));
    // Not the clock's: this one must not keep the program alive.
    this.#checking = setInterval(() => this.#checkWorkers(), workerCheckMs).unref();
    this.#keepAlive();
  }

  spawn(request: SpawnRequest): Disposable {
    queueMicrotask(() => this.#pump());
    return this.#queue.add(request);
  }

  /** The shell reads files of this form when we are gone, as those of its workers. */
  guard(pid: number): Disposable {
    const file = path.join(this.#folder.path, `p-${pid}`);
    // Something may have cleaned the folder of temporary files up, as systems do after days.
    fs.mkdirSync(this.#folder.path, { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, `${pid}\n`, { mode: 0o600 });
    return toDisposable(() => fs.rmSync(file, { force: true }));
  }

  dispose(): void {
    if (!this.#isClosed) for (const worker of this.#workers) fs.closeSync(worker.fd);
    this.#workers.clear();
    this.#isClosed = true;
    clearInterval(this.#checking);
    this.#shell.stdin!.end();
  }

  async close(): Promise<void> {
    const ended = childEnded(this.#shell);
    this.dispose();
    this.#keepAlive();
    await ended;
  }

  #pump(): void {
    if (this.#isReady && !this.#isClosed && !this.#isRetired) {
      for (let next = this.#queue.first; next && this.#idle.length > 0 && !this.#isRetired; next = this.#queue.first) {
        const need = outputCount(next.command);
        if (this.#fifos.length < need) break;
        this.#queue.take();
        this.#send(next, this.#idle.pop()!, this.#fifos.splice(-need));
      }
      if (!this.#isRetired) this.#askForMore();
    }
    this.#keepAlive();
  }

  #askForMore(): void {
    if (this.#fifos.length < 4 && this.#making.length === 0) {
      this.#making = this.#nextFifoNames();
      this.#shell.stdin!.write(`m ${this.#making.join(' ')}\n`);
    }
    const missing = Math.min(workerBatch, this.#queue.length - this.#idle.length) - this.#workersAsked;
    if (missing <= 0) return;
    this.#workersAsked += missing;
    const numbers = Array.from({ length: missing }, () => this.#workerCount++);
    this.#shell.stdin!.write(`w ${numbers.join(' ')}\n`);
  }

  #send(request: SpawnRequest, worker: Worker, fifos: readonly string[]): void {
    const id = this.#nextId++;
    try {
      request.openOutputs(fifos.map(name => path.join(this.#folder.path, name)));
      const inputFile = this.#writeInput(id, request.command.stdin);
      const text = this.#shorten(id, launchText(request.command, this.#env));
      fs.writeSync(worker.fd, `${id} ${fifos[0]} ${fifos[1] ?? '-'} ${inputFile ?? '/dev/null'} ${text}\n`);
      this.#sent.set(id, { ...request, pid: 0, worker, fifos, inputFile });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        // Something cleaned the folder of temporary files up, as systems do after days.
        this.#queue.putBack(request);
        this.#idle.push(worker);
        this.#retire();
        return;
      }
      this.#idle.push(worker);
      request.onFailed(wordsOf(error));
    }
  }

  #writeInput(id: number, text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    fs.writeFileSync(path.join(this.#folder.path, `in${id}`), text, { mode: 0o600 });
    return `in${id}`;
  }

  #shorten(id: number, text: string): string {
    if (text.length < maxInlineText) return text;
    const file = path.join(this.#folder.path, `cmd${id}`);
    fs.writeFileSync(file, `rm -f ${shellQuote(file)}\n${text}\n`, { mode: 0o600 });
    return `. ${shellQuote(file)}`;
  }

  #nextFifoNames(): string[] {
    return Array.from({ length: fifoBatch }, () => `f${this.#fifoCount++}`);
  }

  #read(text: string): void {
    const lines = (this.#unread + text).split('\n');
    this.#unread = lines.pop()!;
    for (const line of lines) this.#handle(line.split(' '));
    this.#pump();
  }

  #handle([op, first, second, third]: readonly string[]): void {
    const sent = this.#sent.get(Number(first));
    if (op === 'ok') this.#isReady = true;
    if (op === 'ok' || op === 'm') {
      this.#fifos.push(...this.#making);
      this.#making = [];
    } else if (op === 'w') {
      this.#addWorker(Number(first), Number(second));
    } else if (op === 'x') {
      this.#lost(first ?? '');
    } else if (op === 's' && sent) {
      sent.pid = Number(second);
      sent.onStarted(sent.pid);
    } else if (op === 'e' && sent) {
      this.#finish(Number(first), sent, { exitCode: Number(second), isSignal: third === 'k' });
    }
  }

  #addWorker(number: number, pid: number): void {
    this.#workersAsked--;
    if (this.#isClosed) return;
    const fifo = path.join(this.#folder.path, `w${number}`);
    if (!fs.existsSync(fifo)) {
      this.#retire();
      return;
    }
    try {
      // For reading too: a FIFO that nobody reads yet refuses to be opened for writing alone.
      const fd = fs.openSync(fifo, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
      const worker = { pid, fd };
      this.#workers.add(worker);
      this.#idle.push(worker);
    } catch (error) {
      // The limit of open files: whom the worker was asked for is told, rather than left to wait for ever.
      this.#queue.take()?.onFailed(wordsOf(error));
    }
  }

  #finish(id: number, sent: Sent, end: { readonly exitCode: number; readonly isSignal: boolean }): void {
    this.#sent.delete(id);
    this.#idle.push(sent.worker);
    if (sent.inputFile) fs.rm(path.join(this.#folder.path, sent.inputFile), { force: true }, () => {});
    if (sent.pid > 0) killGroup(sent.pid);
    // A FIFO that a process outside the group still holds would mix two commands' output.
    const isSignal = end.isSignal || silentSignalCodes.has(end.exitCode);
    sent.onExited(end.exitCode, isSignal ? signalOfCode(end.exitCode) : undefined, allClosed => {
      if (allClosed) this.#fifos.push(...sent.fifos);
    });
  }

  #checkWorkers(): void {
    for (const [id, sent] of this.#sent) {
      if (isRunning(sent.worker.pid)) continue;
      this.#sent.delete(id);
      awaitOrphan(sent);
    }
  }

  /** Somebody killed the launcher, or it cannot work here. Its children run on; only their exit codes are lost. */
  #lost(why: string): void {
    const wasClosed = this.#isClosed;
    if (!wasClosed) this.dispose();
    const orphans = [...this.#sent.values()];
    this.#sent.clear();
    for (const orphan of orphans) awaitOrphan(orphan);
    if (!wasClosed && !this.#isRetired) this.#onUnusable(why, this.#queue.takeAll());
  }

  /** Its folder is gone. Ending it would end its children; it stays until the session does. */
  #retire(): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    this.#onUnusable('the folder of the launcher was removed', this.#queue.takeAll());
  }

  #keepAlive(): void {
    // Whoever closed it waits for its end.
    const busy = this.#isClosed || this.#queue.length > 0 || this.#sent.size > 0;
    const handles = [this.#shell, this.#shell.stdin, this.#shell.stdout] as unknown as { ref(): void; unref(): void }[];
    for (const handle of handles) {
      if (busy) handle.ref();
      else handle.unref();
    }
  }
}

function awaitOrphan(orphan: Sent): void {
  if (orphan.pid === 0) {
    orphan.onFailed('the launcher was killed before the command started');
    return;
  }
  const timer = systemClock.every(lostPollMs, () => {
    if (isRunning(orphan.pid)) return;
    timer.dispose();
    orphan.onExited(255, undefined, () => {});
  });
}
