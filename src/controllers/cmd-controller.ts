// Cmd objects: a command runs when it is made, when its spec changes, when what it restarts on happened, and never while
// it is disabled (reference 3.2). The update of a local_resource is a Cmd too; that one runs only when a build says so.
import type { ChildTerminal } from '../adapters/exec/port.ts';
import type { Cmd, CmdSpec, CmdStatus } from '../api/kinds-local.ts';
import { annotations, formatTime } from '../api/meta.ts';
import { onAbort } from '../base/abort.ts';
import { disablement } from '../engine/disable-status.ts';
import type { Store } from '../store/port.ts';
import { CmdProcess, type CmdProcessDeps, type CmdRunState, isSameCommand } from './cmd-process.ts';
import { buttonEnv, lastRestartEvent, lastStartEvent, type TriggerEvent } from './object-triggers.ts';
import type { Controller } from './runtime/controller.ts';
import { Dependents, restartersOf, switchesOf } from './runtime/dependents.ts';
import type { LogSink, SpanLog } from './runtime/span-log.ts';

export interface CmdControllerDeps extends CmdProcessDeps {
  readonly store: Store;
  readonly logs: LogSink;
  /** The process of a deleted or replaced Cmd is gone. */
  readonly onGone: (cmd: string, resource: string | undefined) => void;
}

/** These run when the build controller says so, not when they are made. */
const drivenByBuilds = new Set(['local_resource', 'cmd_image']);
const waitingForClick = 'cmd StartOn has not been triggered';

interface Track {
  process?: CmdProcess;
  /** The spec of the last run; undefined when it counts as never run. */
  spec?: CmdSpec;
  lastRestartMs: number;
  lastStartMs: number;
  state: CmdRunState;
  /** A process that was told to stop; the next one starts when it is gone. */
  ending?: CmdProcess;
}

export class CmdController implements Controller {
  readonly name = 'cmd';
  readonly watches: Controller['watches'];
  #deps: CmdControllerDeps;
  #tracks = new Map<string, Track>();
  /** Cmds by the objects that matter to them, besides themselves. */
  readonly #dependents = new Dependents();
  #isStopping = false;

  constructor(deps: CmdControllerDeps) {
    this.#deps = deps;
    this.watches = {
      Cmd: name => [name],
      ConfigMap: this.#dependents.of('ConfigMap'),
      FileWatch: this.#dependents.of('FileWatch'),
      UIButton: this.#dependents.of('UIButton'),
    };
  }

  /** Whether a process of this Cmd, which may be deleted, has not ended. */
  isRunning(name: string): boolean {
    const track = this.#tracks.get(name);
    return (
      (track?.process !== undefined && !track.process.hasEnded) ||
      (track?.ending !== undefined && !track.ending.hasEnded)
    );
  }

  /** The terminal of the process that runs now; undefined for one without. */
  terminalOf(name: string): ChildTerminal | undefined {
    return this.#tracks.get(name)?.process?.terminal;
  }

  /** Stops every process; resolves when all have ended. A second call may shorten the grace time. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    const processes = [...this.#tracks.values()]
      .flatMap(track => [track.process, track.ending])
      .filter(p => p !== undefined && !p.hasEnded);
    await Promise.all(processes.map(running => running!.stop(graceMs)));
  }

  /** Runs the command now, as one update of its resource, and waits for its end. Rejects when the signal aborts. */
  async runOnce(
    name: string,
    options: { readonly signal: AbortSignal },
  ): Promise<NonNullable<CmdStatus['terminated']>> {
    const cmd = this.#deps.store.get('Cmd', name);
    if (!cmd) throw new Error(`there is no Cmd ${name}`);
    const track = this.#track(name);
    if (track.process && !track.process.hasEnded) await track.process.stop();
    options.signal.throwIfAborted();
    const started = this.#start(cmd, track, []);
    const stopping = onAbort(options.signal, () => void started.stop());
    await started.ended;
    stopping.dispose();
    options.signal.throwIfAborted();
    return track.state.terminated!;
  }

  reconcile(name: string): undefined {
    const { store } = this.#deps;
    const cmd = store.get('Cmd', name);
    if (!cmd || cmd.metadata.deletionTimestamp) {
      this.#drop(name);
      return undefined;
    }
    const { disableSource, restartOn, startOn } = cmd.spec ?? {};
    this.#dependents.set(name, [...switchesOf(disableSource), ...restartersOf(restartOn), ...restartersOf(startOn)]);
    const track = this.#track(name);
    const disabled = disablement(cmd.spec?.disableSource, map => store.get('ConfigMap', map));
    if (disabled.disabled) this.#disable(track);
    else if (!drivenByBuilds.has(cmd.metadata.annotations?.[annotations.managedBy] ?? ''))
      this.#runIfNeeded(cmd, track);
    this.#writeStatus(cmd, track);
    return undefined;
  }

  #track(name: string): Track {
    let track = this.#tracks.get(name);
    if (!track) {
      track = { lastRestartMs: 0, lastStartMs: 0, state: {} };
      this.#tracks.set(name, track);
    }
    return track;
  }

  #drop(name: string): void {
    const track = this.#tracks.get(name);
    this.#dependents.set(name, []);
    if (!track) return;
    if (this.isRunning(name)) void track.process?.stop();
    else this.#tracks.delete(name);
  }

  /** Stops it and makes it look as if it had never run, so that enabling starts it anew. */
  #disable(track: Track): void {
    this.#end(track);
    delete track.spec;
    track.lastRestartMs = 0;
    track.lastStartMs = 0;
  }

  #end(track: Track): void {
    if (track.process && !track.process.hasEnded) {
      track.ending = track.process;
      void track.process.stop();
    }
    delete track.process;
  }

  #runIfNeeded(cmd: Cmd, track: Track): void {
    if (this.#isStopping) return;
    const { store } = this.#deps;
    const spec = cmd.spec ?? {};
    const restart = lastRestartEvent(store, spec.restartOn);
    const start = lastStartEvent(store, spec.startOn);
    const hasChanged = track.spec === undefined || !isSameCommand(track.spec, spec);
    const isClicked = start.atMs > track.lastStartMs;
    if (!hasChanged && !isClicked && restart.atMs <= track.lastRestartMs) return;
    this.#end(track);
    if (track.ending && !track.ending.hasEnded) return;
    if (hasChanged && (spec.startOn?.uiButtons.length ?? 0) > 0 && !isClicked) {
      track.state = { waiting: { reason: waitingForClick }, ready: false };
      return;
    }
    this.#start(cmd, track, this.#inputs(restart, start, track));
  }

  /** The inputs of the button behind the newer of the two events. */
  #inputs(restart: TriggerEvent, start: TriggerEvent, track: Track): readonly string[] {
    track.lastRestartMs = restart.atMs;
    track.lastStartMs = start.atMs;
    return buttonEnv(restart.atMs > start.atMs ? restart.button : start.button);
  }

  #start(cmd: Cmd, track: Track, extraEnv: readonly string[]): CmdProcess {
    const { name } = cmd.metadata;
    const isServer = cmd.metadata.annotations?.[annotations.ownerKind] === 'CmdServer';
    track.spec = cmd.spec ?? {};
    track.state = { waiting: {}, ready: false };
    const started: CmdProcess = new CmdProcess(this.#deps, {
      spec: track.spec,
      extraEnv,
      log: this.#log(cmd),
      isServer,
      hasTerminal: cmd.metadata.annotations?.[annotations.tty] === 'true',
      onState: state => this.#stateChanged(name, () => started, state),
    });
    track.process = started;
    void started.ended.then(() => this.#gone(name));
    return started;
  }

  #log(cmd: Cmd): SpanLog {
    const { name, annotations: own } = cmd.metadata;
    return this.#deps.logs.span(own?.[annotations.spanId] ?? `cmd:${name}`, own?.[annotations.resource] ?? '');
  }

  #stateChanged(name: string, source: () => CmdProcess, state: CmdRunState): void {
    const track = this.#tracks.get(name);
    if (!track || (track.process !== undefined && track.process !== source())) return;
    track.state = state;
    const cmd = this.#deps.store.get('Cmd', name);
    if (cmd) this.#writeStatus(cmd, track);
  }

  #gone(name: string): void {
    const track = this.#tracks.get(name);
    const cmd = this.#deps.store.get('Cmd', name);
    if (track && !cmd && !this.isRunning(name)) this.#tracks.delete(name);
    if (track?.ending?.hasEnded) delete track.ending;
    this.#deps.onGone(name, cmd?.metadata.annotations?.[annotations.resource]);
  }

  #writeStatus(cmd: Cmd, track: Track): void {
    const { store, clock } = this.#deps;
    const { disabled, state, reason } = disablement(cmd.spec?.disableSource, map => store.get('ConfigMap', map));
    const old = cmd.status?.disableStatus;
    const isSame = old?.state === state && old.disabled === disabled && old.reason === reason;
    const disableStatus = isSame ? old : { disabled, state, reason, lastUpdateTime: formatTime(clock.now()) };
    store.setStatus('Cmd', cmd.metadata.name, { ...track.state, disableStatus });
  }
}
