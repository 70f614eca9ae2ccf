// Starts children with Node's spawn, where the launcher cannot work: no setsid (macOS) or a small env (busybox).
// The group leader, the FIFOs and the watchdog are the same, so that everything above behaves alike.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { prepareWatchdog } from './launcher-script.ts';
import { childEnded, killGroup } from './process-end.ts';
import { wordsOf } from './resolve-program.ts';
import { SpawnQueue } from './spawn-queue.ts';
import { outputCount, type Spawner, type SpawnFolder, type SpawnRequest } from './spawner.ts';

const fifoBatch = 16;

export class DirectSpawner implements Spawner {
  #folder: SpawnFolder;
  #watchdog: ChildProcess;
  #queue = new SpawnQueue();
  #fifos: string[] = [];
  #fifoCount = 0;
  #isMaking = false;
  #inputCount = 0;

  constructor(folder: SpawnFolder) {
    this.#folder = folder;
    this.#watchdog = spawn('/bin/sh', prepareWatchdog(folder), {
      detached: true,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#watchdog.on('error', () => {});
    this.#watchdog.stdin!.on('error', () => {});
    this.#watchdog.unref();
    (this.#watchdog.stdin as unknown as { unref(): void }).unref();
  }

  spawn(request: SpawnRequest): Disposable {
    queueMicrotask(() => this.#pump());
    return this.#queue.add(request);
  }

  guard(pid: number): Disposable {
    this.#watchdog.stdin!.write(`+ ${pid}\n`);
    return toDisposable(() => this.#watchdog.stdin!.write(`- ${pid}\n`));
  }

  dispose(): void {
    this.#watchdog.stdin!.end();
  }

  async close(): Promise<void> {
    const ended = childEnded(this.#watchdog);
    this.#watchdog.ref();
    this.dispose();
    await ended;
  }

  #pump(): void {
    for (let next = this.#queue.first; next; next = this.#queue.first) {
      const need = outputCount(next.command);
      if (!this.#fifos.slice(-need).every(fifo => fs.existsSync(fifo))) this.#fifos = [];
      if (this.#fifos.length < need) break;
      this.#queue.take();
      this.#run(next, this.#fifos.splice(-need));
    }
    if (this.#queue.length > 0 && !this.#isMaking) this.#makeFifos();
  }

  #makeFifos(): void {
    this.#isMaking = true;
    // Something may have cleaned the folder of temporary files up, as systems do after days.
    fs.mkdirSync(this.#folder.path, { recursive: true, mode: 0o700 });
    const names = Array.from({ length: fifoBatch }, () => path.join(this.#folder.path, `f${this.#fifoCount++}`));
    execFile('mkfifo', ['-m', '600', ...names], error => {
      this.#isMaking = false;
      if (error) for (const request of this.#queue.takeAll()) request.onFailed(`mkfifo: ${error.message}`);
      else this.#fifos.push(...names);
      this.#pump();
    });
  }

  #run(request: SpawnRequest, fifos: readonly string[]): void {
    const { command } = request;
    const descriptors: number[] = [];
    try {
      request.openOutputs(fifos);
      // Ours stays open until the child has its copies, else the reader could see an end before the beginning.
      for (const fifo of fifos) descriptors.push(fs.openSync(fifo, fs.constants.O_WRONLY));
      const input = this.#openInput(command.stdin);
      if (input !== undefined) descriptors.push(input);
      const [out, err] = [descriptors[0]!, fifos.length > 1 ? descriptors[1]! : descriptors[0]!];
      const child = spawn(command.args[0]!, command.args.slice(1), {
        detached: true,
        cwd: command.dir,
        env: command.env as NodeJS.ProcessEnv,
        stdio: [input ?? 'ignore', out, err],
      });
      this.#follow(child, request, fifos);
    } catch (error) {
      request.onFailed(wordsOf(error));
    } finally {
      for (const fd of descriptors) fs.closeSync(fd);
    }
  }

  #follow(child: ChildProcess, request: SpawnRequest, fifos: readonly string[]): void {
    const { pid } = child;
    if (pid === undefined) {
      child.once('error', error => request.onFailed(`fork/exec ${request.command.args[0]}: ${wordsOf(error)}`));
      return;
    }
    const guard = this.guard(pid);
    queueMicrotask(() => request.onStarted(pid));
    child.on('error', () => {});
    child.once('exit', (code, signal) => {
      killGroup(pid);
      guard.dispose();
      const exitCode = code ?? 128 + (os.constants.signals[signal!] ?? 0);
      request.onExited(exitCode, signal ?? undefined, allClosed => {
        if (allClosed) this.#fifos.push(...fifos);
      });
    });
  }

  #openInput(text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    const file = path.join(this.#folder.path, `in${this.#inputCount++}`);
    fs.writeFileSync(file, text, { mode: 0o600 });
    const fd = fs.openSync(file, 'r');
    fs.unlinkSync(file);
    return fd;
  }
}
