// Runs a Tiltfile from its text to its result, in the thread that it is called in (reference 2.1).
// Never throws for what the Tiltfile does wrong: that is in the result, and what it had defined and read is too.
import path from 'node:path';
import type { Disk } from '../adapters/disk/port.ts';
import { CancelledError, Thread, type Value } from '../starlark/index.ts';
import { assembleResources, enabledResources } from './assembly.ts';
import { MissingTiltfile } from './assembly-error.ts';
import { tiltfileNames } from './builtin-table.ts';
import { withTimings } from './builtin-timings.ts';
import { ConfigDefinitions } from './config-definitions.ts';
import { Evaluation, StopExecution, setEvaluation } from './evaluation.ts';
import { runExitCallback } from './exit-callback.ts';
import { exitSettingsWarning } from './exit-settings.ts';
import type { FetchedRepos } from './extension-repo.ts';
import type { HostCalls } from './host-calls.ts';
import { hasCause, tiltfileError } from './load-error.ts';
import { Loader } from './loader.ts';
import type { Prepared } from './prepare-load.ts';
import type { LoadRequest, ResourceDefinition, TiltfileError, TiltfileLogLevel, TiltfileResult } from './result.ts';
import { readTiltignore } from './tiltignore.ts';

export interface LoadDeps {
  readonly disk: Disk;
  readonly host: HostCalls;
  /** The live environment of the process. */
  readonly env: Record<string, string | undefined>;
  readonly log: (text: string, level: TiltfileLogLevel) => void;
  /** Writes a file into a temporary folder and gives its path. */
  readonly temporaryFile: (name: string, text: string) => string;
  /** Repositories of extensions that this session has brought up to date; a load adds to them. */
  readonly fetchedRepos: FetchedRepos;
  readonly prepared: Prepared;
  /** Another thread stores 1 here to end a loop that never ends. */
  readonly interrupt?: Int32Array;
  /** Gets what calls the Tiltfile's exit callback, after a load that went well and named one. */
  readonly keepExitCallback?: (run: () => TiltfileError | undefined) => void;
}

/** Evaluates and assembles. Throws CancelledError when `interrupt` said so. */
export function loadTiltfile(request: LoadRequest, deps: LoadDeps): TiltfileResult {
  const evaluation = new Evaluation({ request, ...deps, kube: deps.prepared.kube }, new ConfigDefinitions());
  const { deployments } = deps.prepared;
  if (deployments) evaluation.deployment = deployments.makeDeploymentState();
  const tiltignore = path.join(path.dirname(request.path), '.tiltignore');
  evaluation.recordRead(request.path);
  evaluation.recordRead(tiltignore);
  let resources: readonly ResourceDefinition[] = [];
  let enabled: readonly string[] = [];
  let error: TiltfileError | undefined;
  try {
    const ignores = readTiltignore(deps.disk, tiltignore);
    evaluate(evaluation, deps);
    const warning = exitSettingsWarning(evaluation.settings.exit);
    if (warning !== undefined) evaluation.warn(warning);
    if (ignores) evaluation.settings.tiltignore = ignores;
    resources = assembleResources(evaluation, deployments?.assembleDeployments);
    enabled = enabledResources(evaluation, resources);
  } catch (thrown) {
    if (isCancelled(thrown)) throw thrown;
    error = tiltfileError(thrown);
  }
  const { exitCallback } = evaluation;
  if (error === undefined && exitCallback !== undefined)
    deps.keepExitCallback?.(() => runExitCallback(evaluation, exitCallback, deps.interrupt));
  return {
    resources,
    enabled,
    configFiles: [...evaluation.configFiles].sort(),
    readStates: Object.fromEntries(evaluation.readStates),
    executedFiles: [...evaluation.executed.keys()],
    settings: {
      ...evaluation.settings,
      allowedContexts: [...evaluation.allowedContexts],
      watchIgnores: [
        ...(evaluation.settings.tiltignore ? [evaluation.settings.tiltignore] : []),
        ...evaluation.watchIgnores,
      ],
    },
    secrets: deployments ? deployments.secretsOf(evaluation) : [],
    objects: evaluation.objects,
    warningCount: evaluation.warningCount,
    ...(evaluation.deploymentIfAny?.registry ? { defaultRegistry: evaluation.deploymentIfAny.registry } : {}),
    ...(evaluation.linksWithoutHost.size > 0 ? { linksWithoutHost: [...evaluation.linksWithoutHost] } : {}),
    ...(error ? { error } : {}),
    ...(request.wantsTimings ? { timings: evaluation.timings } : {}),
    hashes: hashes(evaluation, deps.prepared.sha256Hex),
  };
}

function evaluate(evaluation: Evaluation, deps: LoadDeps): void {
  const { request } = evaluation.deps;
  if (!deps.disk.stat(request.path)) {
    throw new MissingTiltfile(
      `No Tiltfile found at paths '${request.path}'. Check out https://docs.tilt.dev/tutorial.html`,
    );
  }
  const thread = new Thread();
  thread.print = message => evaluation.info(message);
  if (deps.interrupt) thread.setInterrupt(deps.interrupt);
  setEvaluation(thread, evaluation);
  const names = (): Record<string, Value> => {
    const plain = tiltfileNames({ request, env: deps.env, loader: () => loader, prepared: deps.prepared });
    return request.wantsTimings ? withTimings(plain, timing => evaluation.timings.push(timing)) : plain;
  };
  const loader: Loader = new Loader(
    names,
    deps.prepared.deployments ? [deps.prepared.deployments.resolveExtension] : [],
  );
  thread.load = module => loader.load(thread, module);
  try {
    loader.load(thread, request.path);
  } catch (error) {
    if (!hasCause(error, StopExecution)) throw error;
  }
}

function isCancelled(error: unknown): boolean {
  return hasCause(error, CancelledError);
}

function hashes(evaluation: Evaluation, sha256Hex: Prepared['sha256Hex']): TiltfileResult['hashes'] {
  const main = evaluation.executed.get(evaluation.deps.request.path) ?? Buffer.alloc(0);
  const all = [...evaluation.executed.values()];
  const tiltfileSHA256 = sha256Hex(main);
  const isAlone = all.length === 1 && all[0] === main;
  return { tiltfileSHA256, allFilesSHA256: isAlone ? tiltfileSHA256 : sha256Hex(Buffer.concat(all)) };
}
