// Starts children through one detached shell (Linux). Node's own spawn forks the whole program on the main thread:
// 500 short commands cost loop delays of 15 to 25 ms; a line written to the launcher costs some microseconds.
// Protocol: launcher-script.ts. Invariant: a request is in exactly one of `queue` (no FIFO yet) and `sent`.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { launcherEnv, launcherScript, launchText } from './launcher-script.ts';
import { isAlive } from './process-identity.ts';
import { outputCount, type Spawner, type SpawnFolder, type SpawnRequest } from './spawner.ts';

interface Sent extends SpawnRequest {
  pid: number;
  readonly inputFile: string | undefined;
}

const fifoBatch = 16;
/** A pipe shorter than this is read by the shell at a byte a system call; longer commands go through a file. */
const maxInlineText = 3000;
const lostPollMs = 200;

export class Launcher implements Spawner {
  #folder: SpawnFolder;
  #shell: ChildProcess;
  #env: Record<string, string>;
  #queue: SpawnRequest[] = [];
  #sent = new Map<number, Sent>();
  #fifos: string[] = [];
  #fifoCount = 0;
  #making: string[] | undefined;
  #nextId = 1;
  #isReady = false;
  #isClosed = false;
  #unread = '';
  #collecting = false;
  #onUnusable: (why: string, waiting: readonly SpawnRequest[]) => void;

  /** `onUnusable` gets what waits when the system lacks what the launcher needs, or when the launcher dies. */
  constructor(folder: SpawnFolder, onUnusable: (why: string, waiting: readonly SpawnRequest[]) => void) {
    this.#folder = folder;
    this.#onUnusable = onUnusable;
    this.#env = launcherEnv(process.env);
    this.#making = this.#nextFifoNames();
    const args = [folder.path, String(folder.orphanGraceSeconds), folder.sessionId, ...this.#making];
    this.#shell = spawn('/bin/sh', ['-c', launcherScript, 'tilt-launcher', ...args], {
      detached: true,
      cwd: '/',
      env: this.#env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#shell.stdout!.setEncoding('latin1').on('data', (text: string) => this.#read(text));
    this.#shell.stdin!.on('error', () => {});
    this.#shell.on('error', error => this.#lost(error.message));
    this.#shell.on('close', () => this.#lost('the launcher ended'));
    this.#keepAlive();
  }

  spawn(request: SpawnRequest): Disposable {
    this.#queue.push(request);
    this.#keepAlive();
    queueMicrotask(() => this.#pump());
    return toDisposable(() => {
      const at = this.#queue.indexOf(request);
      if (at < 0) return;
      this.#queue.splice(at, 1);
      request.onFailed('stopped before it started');
    });
  }

  dispose(): void {
    this.#isClosed = true;
    this.#shell.stdin!.end();
    this.#keepAlive();
  }

  async close(): Promise<void> {
    const ended = new Promise<void>(resolve => {
      if (this.#shell.exitCode !== null || this.#shell.signalCode !== null || this.#shell.pid === undefined) resolve();
      else this.#shell.once('exit', () => resolve());
    });
    this.dispose();
    this.#shell.ref();
    await ended;
  }

  #pump(): void {
    if (!this.#isReady || this.#isClosed) return;
    while (this.#queue.length > 0) {
      const need = outputCount(this.#queue[0]!.command);
      if (this.#fifos.length < need) break;
      this.#send(this.#queue.shift()!, this.#fifos.splice(0, need));
    }
    if (this.#fifos.length < fifoBatch / 2 && !this.#making) {
      this.#making = this.#nextFifoNames();
      this.#shell.stdin!.write(`m 0 ${this.#making.join(' ')}\n`);
    }
  }

  #send(request: SpawnRequest, fifos: readonly string[]): void {
    const id = this.#nextId++;
    try {
      request.openOutputs(fifos.map(name => path.join(this.#folder.path, name)));
      const inputFile = this.#writeInput(id, request.command.stdin);
      const text = this.#shorten(id, launchText(request.command, this.#env));
      this.#sent.set(id, { ...request, pid: 0, inputFile });
      this.#shell.stdin!.write(`r ${id} ${fifos[0]} ${fifos[1] ?? '-'} ${inputFile ?? '/dev/null'} ${text}\n`);
    } catch (error) {
      request.onFailed((error as Error).message);
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
    fs.writeFileSync(file, `rm -f '${file}'\n${text}\n`, { mode: 0o600 });
    return `. '${file}'`;
  }

  #nextFifoNames(): string[] {
    return Array.from({ length: fifoBatch }, () => `f${this.#fifoCount++}`);
  }

  #read(text: string): void {
    const lines = (this.#unread + text).split('\n');
    this.#unread = lines.pop()!;
    for (const line of lines) this.#handle(line.split(' '));
    this.#pump();
    this.#keepAlive();
  }

  #handle([op, id, value]: readonly string[]): void {
    const sent = this.#sent.get(Number(id));
    if (op === 'ok') this.#isReady = true;
    if (op === 'ok' || op === 'm') {
      this.#fifos.push(...(this.#making ?? []));
      this.#making = undefined;
    } else if (op === 'x') {
      this.#lost(`${id} ${value}`);
    } else if (op === 's' && sent) {
      sent.pid = Number(value);
      sent.onStarted(sent.pid);
    } else if (op === 'e' && sent) {
      this.#finish(Number(id), sent, Number(value));
    }
  }

  #finish(id: number, sent: Sent, exitCode: number): void {
    this.#sent.delete(id);
    if (sent.inputFile) fs.rm(path.join(this.#folder.path, sent.inputFile), { force: true }, () => {});
    sent.onExited(exitCode, undefined);
    if (this.#collecting || this.#isClosed) return;
    // The shell keeps what has ended until it is asked; once a turn is enough.
    this.#collecting = true;
    setImmediate(() => {
      this.#collecting = false;
      if (!this.#isClosed) this.#shell.stdin!.write('j\n');
    });
  }

  /** Somebody killed the launcher, or it cannot work here. Its children run on; only their exit codes are lost. */
  #lost(why: string): void {
    if (this.#isClosed && this.#sent.size === 0) return;
    const wasClosed = this.#isClosed;
    this.#isClosed = true;
    const orphans = [...this.#sent.values()];
    this.#sent.clear();
    for (const orphan of orphans) void awaitOrphan(orphan);
    if (!wasClosed) this.#onUnusable(why, this.#queue.splice(0));
  }

  #keepAlive(): void {
    const busy = this.#queue.length > 0 || this.#sent.size > 0;
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
  const timer = setInterval(() => {
    if (isAlive(orphan.pid)) return;
    clearInterval(timer);
    orphan.onExited(255, undefined);
  }, lostPollMs);
}
