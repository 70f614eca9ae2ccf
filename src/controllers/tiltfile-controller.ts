// Runs Tiltfiles and brings the objects in line with what they say (reference 4.2).
// A run begins at the first look, when a file it read changed, when its arguments changed, or when it is triggered.
// A change of a file that it executes cancels a run: its result would be old, and it may never end by itself.
// A failed run keeps what was there, but watches the files that it read, so that mending one runs it again.

import { isDeepStrictEqual } from 'node:util';
import type { Kind } from '../api/kinds.ts';
import { buildReason } from '../api/kinds-internal.ts';
import type { Tiltfile } from '../api/kinds-session.ts';
import { formatMicroTime, mainTiltfile, parseTime } from '../api/meta.ts';
import { StatusError } from '../api/status-error.ts';
import { Canceled, isCanceled, makeAbortController } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { formatGoDuration } from '../base/go-duration.ts';
import { buildReasonLine } from '../engine/build-reason.ts';
import type { Store } from '../store/port.ts';
import type {
  ExitCallback,
  LoadOptions,
  LoadRequest,
  LoadTiltfile,
  SecretValue,
  TiltfileError,
  TiltfileResult,
  TiltfileSettings,
} from '../tiltfile/result.ts';
import { AppliedResources } from './applied-resources.ts';
import type { KubernetesSession } from './kubernetes-objects.ts';
import { lastRestartEvent } from './object-triggers.ts';
import type { LogSink, SpanLog } from './runtime/span-log.ts';
import { applyConfigFiles, applyFirst, applyMissing, applyRemoval, applyResult } from './tiltfile-apply.ts';
import { type FileStates, type ReadFiles, TiltfileChanges } from './tiltfile-changes.ts';
import { configsWatchName } from './tiltfile-objects.ts';
import { reorderTiltfiles, showTiltfile } from './tiltfile-row.ts';
import type { TriggerQueue } from './trigger-queue.ts';

export interface TiltfileControllerDeps {
  readonly store: Store;
  readonly queue: TriggerQueue;
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly load: LoadTiltfile;
  /** What a load is told, apart from what the Tiltfile object says. */
  readonly request: Omit<LoadRequest, 'name' | 'path' | 'args'>;
  /** What the session gives its Kubernetes resources. */
  readonly kubernetes?: KubernetesSession;
  readonly fileStates: FileStates;
  /** Folder that file names in the log are relative to. */
  readonly dir: string;
  /** A Tiltfile's error as people read it, with the source line and a caret. */
  readonly errorText: (error: TiltfileError) => string;
  /** A mark of the log as it is now, for hideSecrets. */
  readonly logMark: () => number;
  /** Redacts the values, also in the lines written since `mark`, before the run counts as finished. */
  readonly hideSecrets: (secrets: readonly SecretValue[], mark: number) => Promise<void>;
  /** Settings of the main Tiltfile after a good run. */
  readonly onSettings: (settings: TiltfileSettings) => void;
  /** The set of pending Tiltfiles changed: builds may start, or must wait. */
  readonly onPendingChanged: () => void;
}

/** What asks for a run, and what a run took up. */
interface Demand {
  readonly reasons: number;
  readonly files: readonly string[];
}

interface Run extends Demand {
  readonly controller: AbortController;
  readonly startedAtMs: number;
  readonly logMark: number;
  readonly args: readonly string[];
  readonly path: string;
  /** Of the Tiltfile object: one that was deleted and made again is another one. */
  readonly uid: string;
  /** Texts of the warnings so far, each with its line end. */
  readonly warnings: string[];
}

interface Outcome {
  readonly error?: string;
  readonly warnings: number;
  readonly canceled?: boolean;
  /** What was read, when the evaluation came to an end. */
  readonly read?: ReadFiles;
}

const noResources =
  "No resources found. Define one in your Tiltfile, for example local_resource('hello', cmd='echo hello').";

export class TiltfileController implements Disposable {
  readonly #applied = new AppliedResources();
  #deps: TiltfileControllerDeps;
  #subscription: Disposable | undefined;
  #runs = new Map<string, Run & { readonly ended: Promise<void> }>();
  /** The last run that began. */
  #last = new Map<string, Pick<Run, 'args' | 'path' | 'uid' | 'startedAtMs'>>();
  #changes = new Map<string, TiltfileChanges>();
  #seenEventMs = new Map<string, number>();
  #count = 0;
  /** Of the last good run of the main Tiltfile. */
  #exitCallback: ExitCallback | undefined;
  #isStopping = false;

  constructor(deps: TiltfileControllerDeps) {
    this.#deps = deps;
  }

  start(): void {
    const kinds: Kind[] = ['Tiltfile', 'FileWatch', 'TriggerQueue', 'UIButton'];
    this.#subscription = this.#deps.store.subscribe(kinds, keys => this.#take(keys));
    for (const tiltfile of this.#deps.store.list('Tiltfile')) this.#reconcile(tiltfile.metadata.name);
  }

  /** Tiltfiles that run because of a changed file, or will: builds wait for them. */
  pending(): readonly string[] {
    const names = new Set<string>();
    for (const [name, changes] of this.#changes) if (changes.isPending) names.add(name);
    for (const [name, run] of this.#runs) if (run.files.length > 0) names.add(name);
    return [...names];
  }

  /** What exit_settings(callback=f) named in the last good run of the main Tiltfile. It lives until stop(). */
  get exitCallback(): ExitCallback | undefined {
    return this.#exitCallback;
  }

  /** When the last run of the Tiltfile began, whose files this watch names; ms since 1970. */
  runBeganMs(watch: string): number | undefined {
    for (const [name, { startedAtMs }] of this.#last) if (configsWatchName(name) === watch) return startedAtMs;
    return undefined;
  }

  /** Cancels what runs; resolves when it has ended. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#subscription?.dispose();
    const runs = [...this.#runs.values()];
    for (const run of runs) run.controller.abort(new Canceled('the session ends'));
    await Promise.all(runs.map(run => run.ended));
    this.#exitCallback?.dispose();
  }

  dispose(): void {
    void this.stop();
  }

  #take(keys: ReadonlyMap<Kind, ReadonlySet<string>>): void {
    const names = new Set(keys.get('Tiltfile') ?? []);
    for (const watch of keys.get('FileWatch') ?? []) {
      for (const name of this.#namedBy('fileWatches', watch)) if (this.#takeFiles(watch, name)) names.add(name);
    }
    for (const button of keys.get('UIButton') ?? []) {
      this.#takeStop(button);
      for (const name of this.#namedBy('uiButtons', button)) names.add(name);
    }
    if (keys.has('TriggerQueue'))
      for (const tiltfile of this.#deps.store.list('Tiltfile')) names.add(tiltfile.metadata.name);
    for (const name of names) this.#reconcile(name);
  }

  /** Tiltfiles that run again by this watch or button. */
  #namedBy(what: 'fileWatches' | 'uiButtons', name: string): string[] {
    const all = this.#deps.store.list('Tiltfile');
    const isOwn = (tiltfile: string): boolean => what === 'fileWatches' && configsWatchName(tiltfile) === name;
    return all
      .filter(({ metadata, spec }) => isOwn(metadata.name) || spec?.restartOn?.[what]?.includes(name))
      .map(({ metadata }) => metadata.name);
  }

  /** True when the watch saw a file change. */
  #takeFiles(watch: string, name: string): boolean {
    const seenKey = JSON.stringify([watch, name]);
    // What a watch of somebody else's saw before this Tiltfile ran is in its first run.
    const fromMs =
      configsWatchName(name) === watch ? Number.NEGATIVE_INFINITY : (this.#last.get(name)?.startedAtMs ?? 0);
    const seenMs = this.#seenEventMs.get(seenKey) ?? fromMs;
    let newestMs = seenMs;
    const files = new Set<string>();
    for (const event of this.#deps.store.get('FileWatch', watch)?.status?.fileEvents ?? []) {
      const atMs = parseTime(event.time) ?? 0;
      if (atMs <= seenMs) continue;
      newestMs = Math.max(newestMs, atMs);
      for (const file of event.seenFiles) files.add(file);
    }
    if (newestMs === seenMs) return false;
    this.#seenEventMs.set(seenKey, newestMs);
    const run = this.#runs.get(name);
    const effect = this.#changes.get(name)?.take([...files], run !== undefined) ?? 'nothing';
    if (effect === 'cancels') run?.controller.abort(new Canceled('a file that the Tiltfile runs changed'));
    if (effect !== 'nothing') this.#deps.onPendingChanged();
    return effect !== 'nothing';
  }

  #takeStop(button: string): void {
    const clickedMs = parseTime(this.#deps.store.get('UIButton', button)?.status?.lastClickedAt);
    if (clickedMs === undefined) return;
    for (const [name, run] of this.#runs) {
      const isNamed = this.#deps.store.get('Tiltfile', name)?.spec?.stopOn?.uiButtons?.includes(button);
      if (isNamed && clickedMs >= run.startedAtMs) run.controller.abort(new Canceled('build canceled'));
    }
  }

  #reconcile(name: string): void {
    if (this.#isStopping) return;
    const tiltfile = this.#deps.store.get('Tiltfile', name);
    const run = this.#runs.get(name);
    if (run) {
      if (run.uid !== tiltfile?.metadata.uid) run.controller.abort(new Canceled('the Tiltfile is gone'));
      return;
    }
    const last = this.#last.get(name);
    if (last && last.uid !== tiltfile?.metadata.uid) this.#forget(name);
    if (tiltfile) this.#consider(tiltfile);
  }

  /** The Tiltfile object is gone: so is all that it made. */
  #forget(name: string): void {
    const { store, queue } = this.#deps;
    this.#last.delete(name);
    this.#changes.delete(name);
    for (const key of this.#seenEventMs.keys())
      if ((JSON.parse(key) as [string, string])[1] === name) this.#seenEventMs.delete(key);
    queue.remove(name);
    applyRemoval(store, name, this.#applied);
    reorderTiltfiles(store);
    this.#deps.onPendingChanged();
  }

  /** Runs the Tiltfile if something asks for it. */
  #consider(tiltfile: Tiltfile): void {
    const { name, uid = '' } = tiltfile.metadata;
    const demand = this.#demand(tiltfile);
    if (demand.reasons === 0) return;
    this.#deps.queue.remove(name);
    const { path, args = [] } = tiltfile.spec!;
    // A run that never ends must be ended by a save, so the file is watched before it is known what else is read.
    if (this.#last.get(name)?.path !== path) {
      this.#changes.set(name, new TiltfileChanges(this.#deps.fileStates, path));
      applyFirst(this.#deps.store, name, path);
    } else applyMissing(this.#deps.store, name, path);
    this.#changes.get(name)?.begin();
    const startedAtMs = this.#deps.clock.now();
    this.#last.set(name, { path, args, uid, startedAtMs });
    const run: Run = {
      ...demand,
      path,
      uid,
      args,
      controller: makeAbortController(),
      warnings: [],
      startedAtMs,
      logMark: this.#deps.logMark(),
    };
    // The entry must exist before the run begins: what the run writes may bring us here again.
    const entry = { ...run, ended: Promise.resolve() };
    this.#runs.set(name, entry);
    entry.ended = this.#run(name, run);
  }

  #demand(tiltfile: Tiltfile): Demand {
    const { name } = tiltfile.metadata;
    const { path, args = [] } = tiltfile.spec!;
    const last = this.#last.get(name);
    const files = this.#changes.get(name)?.pending ?? [];
    let reasons = this.#deps.queue.reasons(name);
    if (!last || last.path !== path) reasons |= buildReason.init;
    else if (!isDeepStrictEqual(last.args, args)) reasons |= buildReason.tiltfileArgs;
    if (files.length > 0) reasons |= buildReason.changedFiles;
    const { uiButtons = [] } = tiltfile.spec!.restartOn ?? {};
    const clickedMs = lastRestartEvent(this.#deps.store, { uiButtons }).atMs;
    if (last && clickedMs > last.startedAtMs) reasons |= buildReason.triggerUnknown;
    return { reasons, files };
  }

  async #run(name: string, run: Run): Promise<void> {
    const { store, logs } = this.#deps;
    const log = logs.span(`tiltfile:${name}:${++this.#count}`, name);
    const reasonLine = buildReasonLine(run.reasons, run.files, this.#deps.dir);
    const startedAt = formatMicroTime(run.startedAtMs);
    store.setStatus('Tiltfile', name, { running: { reasons: [reasonLine], startedAt } });
    showTiltfile(this.#deps, name, {
      updateStatus: 'in_progress',
      currentBuild: { spanID: log.spanId, startTime: startedAt },
      pendingBuildSince: startedAt,
    });
    log.write(`${reasonLine}\n`, 'info', { buildEvent: 'init' });
    if (run.reasons & buildReason.tiltfileArgs) log.write(`Tiltfile args changed to: [${run.args.join(' ')}]\n`);
    let outcome: Outcome;
    try {
      outcome = await this.#loadAndApply(name, run, log);
    } catch (error) {
      const isStopped = run.controller.signal.aborted || isCanceled(error);
      if (isStopped) log.write('Tiltfile run canceled\n');
      else
        log.write(`${isOurs(error) ? `internal error: ${error.stack ?? error.message}` : messageOf(error)}\n`, 'error');
      outcome = isStopped ? { warnings: 0, canceled: true } : { warnings: 0, error: messageOf(error) };
    }
    this.#runs.delete(name);
    this.#settleChanges(name, run, outcome, log);
    if (!this.#isStopping && store.get('Tiltfile', name)?.metadata.uid === run.uid)
      this.#finish(name, run, { ...outcome, reasonLine, spanId: log.spanId });
    this.#deps.onPendingChanged();
    this.#reconcile(name);
  }

  #settleChanges(name: string, run: Run, outcome: Outcome, log: SpanLog): void {
    const changes = this.#changes.get(name);
    changes?.end({ fromMs: run.startedAtMs, toMs: this.#deps.clock.now() }, outcome.read);
    // What the canceled run had taken up is still to be done by the run that replaces it.
    if (outcome.canceled && changes?.isPending) changes.putBack(run.files);
    for (const file of changes?.takeGivenUp() ?? []) {
      const text = `${file} changes whenever the Tiltfile runs, so it does not run again for that. Save the Tiltfile to run it.`;
      log.write(`${text}\n`, 'warn');
    }
  }

  async #loadAndApply(name: string, run: Run, log: SpanLog): Promise<Outcome> {
    const beganMs = this.#deps.clock.monotonic();
    log.write(`Loading Tiltfile at: ${run.path}\n`);
    const kept: ExitCallback[] = [];
    const options: LoadOptions = {
      onLog: (text, level) => {
        if (level === 'warn') run.warnings.push(text);
        log.write(text, level);
      },
      signal: run.controller.signal,
      ...(name === mainTiltfile ? { onExitCallback: callback => kept.push(callback) } : {}),
    };
    let isGood = false;
    try {
      const request: LoadRequest = { ...this.#deps.request, name, path: run.path, args: run.args };
      const result = await this.#deps.load(request, options);
      options.signal.throwIfAborted();
      const outcome = await this.#takeResult(name, run, result, log);
      isGood = outcome.error === undefined;
      if (isGood)
        log.write(`Successfully loaded Tiltfile (${formatGoDuration(this.#deps.clock.monotonic() - beganMs)})\n`);
      return outcome;
    } finally {
      if (isGood && name === mainTiltfile) this.#keepExitCallback(kept[0]);
      else kept[0]?.dispose();
    }
  }

  /** The callback of the last good run counts, also when that run named none. */
  #keepExitCallback(callback: ExitCallback | undefined): void {
    this.#exitCallback?.dispose();
    this.#exitCallback = callback;
    if (this.#isStopping) callback?.dispose();
  }

  /** Brings the session in line with what a run gave; says what is wrong with it. */
  async #takeResult(name: string, run: Run, result: TiltfileResult, log: SpanLog): Promise<Outcome> {
    const { store, clock } = this.#deps;
    if (result.settings.scrubSecrets && result.secrets.length > 0)
      await this.#deps.hideSecrets(result.secrets, run.logMark);
    applyConfigFiles(store, { tiltfile: name, result });
    const error = result.error ?? emptyError(name, result) ?? this.#nameError(result);
    if (error) {
      log.write(`${this.#deps.errorText(error)}\n`, 'error');
      return { warnings: result.warningCount, error: error.message, read: result };
    }
    if (name === mainTiltfile) this.#deps.onSettings(result.settings);
    const { conflicts } = applyResult(store, {
      tiltfile: name,
      tiltfilePath: run.path,
      result,
      hasChangedArgs: (run.reasons & buildReason.tiltfileArgs) !== 0,
      changedFiles: run.files,
      nowMs: clock.now(),
      applied: this.#applied,
      kubernetes: this.#deps.kubernetes,
    });
    for (const conflict of conflicts) log.write(`Resource defined in two tiltfiles: ${conflict}\n`, 'error');
    return { warnings: result.warningCount, read: result };
  }

  #finish(name: string, run: Run, end: Outcome & { readonly reasonLine: string; readonly spanId: string }): void {
    const startedAt = formatMicroTime(run.startedAtMs);
    const finishedAt = formatMicroTime(this.#deps.clock.now());
    const error = end.error === undefined ? {} : { error: end.error };
    const warnings = run.warnings.length === 0 ? {} : { warnings: run.warnings };
    this.#deps.store.setStatus('Tiltfile', name, {
      terminated: {
        reasons: [end.reasonLine],
        ...error,
        ...(end.warnings > 0 ? { warningCount: end.warnings } : {}),
        startedAt,
        finishedAt,
      },
    });
    showTiltfile(this.#deps, name, {
      updateStatus: end.canceled ? 'none' : end.error === undefined ? 'ok' : 'error',
      lastDeployTime: finishedAt,
      buildHistory: [{ ...error, ...warnings, startTime: startedAt, finishTime: finishedAt, spanID: end.spanId }],
    });
  }

  /** Evaluation takes a resource that is called as a Tiltfile, as Tilt's does; a session cannot have both. */
  #nameError(result: TiltfileResult): TiltfileError | undefined {
    const name = result.resources.map(resource => resource.name).find(each => this.#deps.store.get('Tiltfile', each));
    if (name === undefined) return undefined;
    const whose = name === mainTiltfile ? 'this is what the Tiltfile itself is called' : 'an extension has this name';
    return { message: `A resource cannot be named ${JSON.stringify(name)}: ${whose}`, diagnostics: [] };
  }
}

/** A main Tiltfile that defines no resource is an error of the run (reference 2.1). */
function emptyError(name: string, result: TiltfileResult): TiltfileError | undefined {
  return name === mainTiltfile && result.resources.length === 0 ? { message: noResources, diagnostics: [] } : undefined;
}

/** False for what the person's Tiltfile asked too much of: names that no object can have, memory without end. */
function isOurs(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof StatusError) return false;
  return (error.cause as NodeJS.ErrnoException | undefined)?.code !== 'ERR_WORKER_OUT_OF_MEMORY';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
