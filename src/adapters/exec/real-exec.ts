// The Exec port on real processes: chooses the way of starting, keeps the list of what runs, stops it all.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { neverAborted } from '../../base/abort.ts';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { DirectSpawner } from './direct-spawner.ts';
import { Launcher } from './launcher.ts';
import { ManagedChild } from './managed-child.ts';
import type { Child, CommandLine, Exec, StartOptions, StopOptions } from './port.ts';
import { type ProcOptions, processLook, systemProcOptions } from './process-identity.ts';
import { findStartError } from './resolve-program.ts';
import { sweepSession } from './session-sweep.ts';
import type { Spawner, SpawnFolder, SpawnRequest } from './spawner.ts';
import { TerminalSpawner } from './terminal-spawner.ts';

export interface ExecOptions {
  /** Letters, digits, '-' and '_'; goes into the environment of every child. */
  readonly sessionId: string;
  /** 'direct' starts without the launcher; by default the launcher on Linux, direct elsewhere. */
  readonly mode?: 'launcher' | 'direct';
  /** From TERM to KILL for children whose tilt was killed; 5 by default. */
  readonly orphanGraceSeconds?: number;
  readonly proc?: ProcOptions;
}

const exitGraceMs = 5000;

/** Starts nothing yet: the launcher comes with the first command. */
export function makeExec(options: ExecOptions): Exec {
  return new RealExec(options);
}

class RealExec implements Exec {
  readonly sessionId: string;
  #options: ExecOptions;
  #proc: ProcOptions;
  #spawner: Spawner | undefined;
  /** Guard what they have started until the end. */
  #retired: Spawner[] = [];
  #children = new Set<ManagedChild>();
  #mode: 'launcher' | 'direct';
  #terminals = new TerminalSpawner(pid => this.#guard(pid));
  /** Of children with a terminal: what has them ended when we die. */
  #guards = new Map<number, Disposable>();
  #closing: Promise<void> | undefined;
  #hasStarted = false;

  constructor(options: ExecOptions) {
    if (!/^[\w-]+$/.test(options.sessionId)) throw new Error(`bug: session id ${JSON.stringify(options.sessionId)}`);
    this.#options = options;
    this.sessionId = options.sessionId;
    this.#proc = options.proc ?? systemProcOptions();
    this.#mode = options.mode ?? (os.platform() === 'linux' ? 'launcher' : 'direct');
  }

  get running(): number {
    return this.#children.size;
  }

  look(pid: number): 'gone' | 'busy' | 'resting' {
    return processLook(pid, this.#proc);
  }

  start(command: CommandLine, options: StartOptions): Child {
    const own = { ...command, env: { ...command.env, TILT_SESSION: this.sessionId } };
    // Before the child counts as running: what throws here would leave one behind that never ends.
    const error = this.#closing ? 'the session is ending' : findStartError(own);
    const child = new ManagedChild(own, options);
    this.#children.add(child);
    void child.exited.then(() => this.#children.delete(child));
    if (error !== undefined) queueMicrotask(() => child.fail(error));
    else this.#request(child);
    return child;
  }

  async stopAll(options: StopOptions): Promise<void> {
    const deadline = performance.now() + options.graceMs;
    await Promise.all([...this.#children].map(child => child.stop(options)));
    if (!this.#hasStarted) return;
    const graceMs = Math.max(0, deadline - performance.now());
    await sweepSession(this.sessionId, { ...this.#proc, graceMs, signal: neverAborted });
  }

  dispose(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.stopAll({ graceMs: exitGraceMs });
    await Promise.all([...this.#retired, this.#spawner].map(spawner => spawner?.close()));
  }

  #request(child: ManagedChild): void {
    this.#hasStarted = true;
    const { terminal } = child.request.command;
    try {
      this.#spawner ??= this.#makeSpawner();
      child.withdraw = terminal ? this.#terminals.spawn(child.request, terminal) : this.#spawner.spawn(child.request);
    } catch (error) {
      queueMicrotask(() => child.fail((error as Error).message));
    }
  }

  #guard(pid: number): Disposable {
    this.#guards.set(pid, this.#spawner!.guard(pid));
    return toDisposable(() => {
      this.#guards.get(pid)?.dispose();
      this.#guards.delete(pid);
    });
  }

  #makeSpawner(): Spawner {
    const folder: SpawnFolder = {
      path: makeTemporaryFolder(),
      orphanGraceSeconds: this.#options.orphanGraceSeconds ?? 5,
      sessionId: this.sessionId,
    };
    if (this.#mode === 'direct') return new DirectSpawner(folder);
    return new Launcher(folder, (_why, waiting) => this.#replace(folder, waiting));
  }

  /** The launcher is gone or cannot work here: the rest of the session starts its children directly. */
  #replace(folder: SpawnFolder, waiting: readonly SpawnRequest[]): void {
    fs.rmSync(folder.path, { recursive: true, force: true });
    this.#mode = 'direct';
    if (this.#spawner) this.#retired.push(this.#spawner);
    this.#spawner = this.#makeSpawner();
    for (const pid of this.#guards.keys()) this.#guards.set(pid, this.#spawner.guard(pid));
    for (const request of waiting) this.#spawner.spawn(request);
  }
}

/** In the folder that TMPDIR names; in the system's own where that one is gone or not ours. */
function makeTemporaryFolder(): string {
  let problem: unknown;
  for (const folder of new Set([os.tmpdir(), '/tmp', '/var/tmp'])) {
    try {
      return fs.mkdtempSync(path.join(folder, 'tilt-exec-'));
    } catch (error) {
      problem ??= error;
    }
  }
  throw problem;
}
