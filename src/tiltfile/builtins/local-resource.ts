// local_resource, its deprecated alias test, links, probes and trigger modes (reference 2.7).

import { formatPlace } from '../../base/diagnostics.ts';
import {
  type Builtin,
  jsString,
  List,
  None,
  StarlarkObject,
  starlarkString,
  type Thread,
  typeOf,
  type Unpacked,
  type Value,
} from '../../starlark/index.ts';
import { commandOf } from '../commands.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { evaluationOf, type LocalResourceCall, type Writable } from '../evaluation.ts';
import { goTypeName } from '../go-types.ts';
import { LinkValue } from '../links.ts';
import {
  labels,
  links,
  linkUrl,
  localPaths,
  resourceName,
  sequence,
  stringMap,
  stringSequence,
  stringsOf,
  valueOrSequence,
} from '../parameters.ts';
import { ProbeActionValue, ProbeValue } from '../probes.ts';

/** TRIGGER_MODE_AUTO and TRIGGER_MODE_MANUAL: opaque, so that numbers are refused. */
export class TriggerModeValue extends StarlarkObject {
  readonly typeName = 'TriggerMode';
  readonly mode: 'auto' | 'manual';

  constructor(mode: 'auto' | 'manual') {
    super();
    this.mode = mode;
  }

  override repr(): string {
    return this.mode === 'auto' ? 'TriggerModeAuto' : 'TriggerModeManual';
  }
}

export function triggerModeOf(value: Value): 'auto' | 'manual' {
  if (value instanceof TriggerModeValue) return value.mode;
  throw new Error(`got ${typeOf(value)}, want TriggerMode`);
}

function probeOf(value: Value): ProbeValue | undefined {
  if (value === null) return undefined;
  if (value instanceof ProbeValue) return value;
  throw new Error(`got ${goTypeName(value)}, want Probe`);
}

const localResourceParameters = [
  { name: 'name', unpack: resourceName },
  { name: 'cmd', default: undefined },
  { name: 'deps', unpack: localPaths, default: [] as string[] },
  { name: 'trigger_mode', unpack: triggerModeOf, optional: true },
  { name: 'resource_deps', unpack: sequence, default: [] as Value[] },
  { name: 'ignore', optional: true },
  { name: 'auto_init', type: 'bool', default: true },
  { name: 'serve_cmd', optional: true },
  { name: 'cmd_bat', optional: true },
  { name: 'serve_cmd_bat', optional: true },
  { name: 'allow_parallel', type: 'bool', default: false },
  { name: 'links', unpack: links, default: [] },
  { name: 'labels', unpack: labels, default: {} as Record<string, string> },
  { name: 'env', unpack: stringMap, default: {} as Record<string, string> },
  { name: 'serve_env', unpack: stringMap, default: {} as Record<string, string> },
  { name: 'readiness_probe', unpack: probeOf, optional: true },
  { name: 'dir', optional: true },
  { name: 'serve_dir', optional: true },
  { name: 'tty', type: 'bool', default: false },
] as const;

type LocalResourceArgs = Unpacked<typeof localResourceParameters>;

function defineLocalResource(name: string, options: { readonly isTest: boolean }): Builtin {
  return defineBuiltin(name, localResourceParameters, (thread, args) => {
    const evaluation = evaluationOf(thread);
    if (options.isTest) {
      evaluation.warn(
        'test() is deprecated and will be removed in a future release.\nChange this call to use `local_resource(..., allow_parallel=True)`',
      );
    }
    const call = resourceCall(thread, args, options.isTest);
    evaluation.checkNameIsFree(call.name);
    evaluation.addLocalResource(call);
    return None;
  });
}

function resourceCall(thread: Thread, args: LocalResourceArgs, isTest: boolean): LocalResourceCall {
  const evaluation = evaluationOf(thread);
  const updateCmd = commandOf(thread, args.cmd as Value | undefined, { dir: args.dir, env: args.env });
  const serveCmd = commandOf(thread, args.serve_cmd, { dir: args.serve_dir, env: args.serve_env });
  checkCommands(args, updateCmd !== undefined, serveCmd !== undefined);
  const probe = serveCmd ? args.readiness_probe?.spec : undefined;
  if (args.readiness_probe && !serveCmd) {
    evaluation.warn(
      `Ignoring readiness probe for local resource ${JSON.stringify(args.name)} (no serve_cmd was defined)`,
    );
  }
  if (args.tty && !serveCmd)
    throw new Error("local_resource: 'tty' gives the serve_cmd a terminal, but 'serve_cmd' is empty");
  // Filled in afterwards: spreading what may be missing costs more than all the rest.
  const call: Writable<LocalResourceCall> = {
    name: args.name,
    deps: args.deps,
    ignores: ignorePatterns(args.ignore),
    dir: evaluation.currentDir,
    triggerMode: args.trigger_mode,
    autoInit: args.auto_init,
    resourceDeps: stringsOf(args.resource_deps, `${isTest ? 'test' : 'local_resource'}: resource_deps`),
    allowParallel: args.allow_parallel || isTest,
    links: args.links,
    labels: args.labels,
    isTest,
    tty: args.tty,
  };
  if (updateCmd) call.updateCmd = updateCmd;
  if (serveCmd) call.serveCmd = serveCmd;
  if (probe) call.readinessProbe = probe;
  return call;
}

/** Refuses folders for commands that are not there. */
function checkCommands(args: LocalResourceArgs, hasUpdate: boolean, hasServe: boolean): void {
  if (args.dir !== undefined && !hasUpdate) {
    if (hasServe)
      throw new Error(
        "local_resource: 'dir' only affects 'cmd', not 'serve_cmd'. Did you mean to use 'serve_dir' instead?",
      );
    throw new Error("local_resource: 'dir' specified but 'cmd' is empty");
  }
  if (args.serve_dir !== undefined && !hasServe)
    throw new Error("local_resource: 'serve_dir' specified but 'serve_cmd' is empty");
  if (!hasUpdate && !hasServe)
    throw new Error('local_resource must have a cmd and/or a serve_cmd, but both were empty');
}

/** A string or a sequence of strings in dockerignore syntax. */
function ignorePatterns(value: Value | undefined): string[] {
  return valueOrSequence(value ?? null).map(item => {
    if (typeof item !== 'string') {
      throw new Error(`ignore must be a string or a sequence of strings; found a ${goTypeName(item)}`);
    }
    const pattern = jsString(item);
    if (pattern.includes('\n'))
      throw new Error(`ignore cannot contain newlines; found ignore: ${JSON.stringify(pattern)}`);
    return pattern;
  });
}

const link = defineBuiltin(
  'link',
  [
    { name: 'url', type: 'string' },
    { name: 'name', type: 'string', default: '' },
  ],
  (thread, args) => {
    return new LinkValue({ url: linkUrl(args.url, thread), ...(args.name === '' ? {} : { name: args.name }) });
  },
);

function actionOf(kind: 'exec' | 'httpGet' | 'tcpSocket', want: string) {
  return (value: Value): ProbeActionValue | undefined => {
    if (value === null) return undefined;
    if (value instanceof ProbeActionValue && value.action.kind === kind) return value;
    throw new Error(`got ${goTypeName(value)}, want ${want}`);
  };
}

const probe = defineBuiltin(
  'probe',
  [
    { name: 'initial_delay_secs', type: 'int', default: 0 },
    { name: 'timeout_secs', type: 'int', default: 0 },
    { name: 'period_secs', type: 'int', default: 0 },
    { name: 'success_threshold', type: 'int', default: 0 },
    { name: 'failure_threshold', type: 'int', default: 0 },
    { name: 'exec', unpack: actionOf('exec', 'ExecAction'), optional: true },
    { name: 'http_get', unpack: actionOf('httpGet', 'HTTPGetAction'), optional: true },
    { name: 'tcp_socket', unpack: actionOf('tcpSocket', 'TCPSocketAction'), optional: true },
  ],
  (_thread, args) => {
    const given = [args.exec, args.http_get, args.tcp_socket].filter(action => action !== undefined);
    if (given.length !== 1) throw new Error('exactly one of exec, http_get, or tcp_socket must be specified');
    const { action } = given[0]!;
    // 0 is "not set": the defaults (1 s, 10 s, 1, 3) are applied when the probe runs.
    const numbers = {
      initialDelaySeconds: args.initial_delay_secs,
      timeoutSeconds: args.timeout_secs,
      periodSeconds: args.period_secs,
      successThreshold: args.success_threshold,
      failureThreshold: args.failure_threshold,
    };
    const set = Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== 0));
    const spec = { ...set, [action.kind]: action.spec };
    return new ProbeValue(spec, {
      initial_delay_secs: args.initial_delay_secs,
      timeout_secs: args.timeout_secs,
      period_secs: args.period_secs,
      success_threshold: args.success_threshold,
      failure_threshold: args.failure_threshold,
      exec: args.exec ?? None,
      http_get: args.http_get ?? None,
      tcp_socket: args.tcp_socket ?? None,
    });
  },
);

const execAction = defineBuiltin('exec_action', [{ name: 'command', unpack: stringSequence }], (_thread, args) => {
  const command = new List(args.command.map(starlarkString));
  return new ProbeActionValue('ExecAction', { kind: 'exec', spec: { command: args.command } }, { command });
});

const httpGetAction = defineBuiltin(
  'http_get_action',
  [
    { name: 'port', type: 'int' },
    { name: 'host', type: 'string', default: '' },
    { name: 'scheme', type: 'string', default: '' },
    { name: 'path', type: 'string', default: '' },
  ],
  (_thread, { port, host, scheme, path }) => {
    const spec = {
      port,
      ...(host ? { host } : {}),
      ...(scheme ? { scheme: scheme.toUpperCase() } : {}),
      ...(path ? { path } : {}),
    };
    const fields = { host: starlarkString(host), port, scheme: starlarkString(scheme), path: starlarkString(path) };
    return new ProbeActionValue('HTTPGetAction', { kind: 'httpGet', spec }, fields);
  },
);

const tcpSocketAction = defineBuiltin(
  'tcp_socket_action',
  [
    { name: 'port', type: 'int' },
    { name: 'host', type: 'string', default: '' },
  ],
  (_thread, { port, host }) => {
    const spec = { port, ...(host ? { host } : {}) };
    return new ProbeActionValue('TCPSocketAction', { kind: 'tcpSocket', spec }, { host: starlarkString(host), port });
  },
);

const triggerMode = defineBuiltin('trigger_mode', [{ name: 'trigger_mode', unpack: triggerModeOf }], (thread, args) => {
  const evaluation = evaluationOf(thread);
  const before = evaluation.defaultTriggerMode;
  if (before) throw new Error(`trigger_mode can only be called once. It was already called at ${before.at}`);
  evaluation.defaultTriggerMode = { mode: args.trigger_mode, at: formatPlace(thread.callFrame(1).position) };
  return None;
});

/** Names of this topic. */
export function localResourceBuiltins(): Record<string, Value> {
  return {
    local_resource: defineLocalResource('local_resource', { isTest: false }),
    test: defineLocalResource('test', { isTest: true }),
    link,
    probe,
    exec_action: execAction,
    http_get_action: httpGetAction,
    tcp_socket_action: tcpSocketAction,
    trigger_mode: triggerMode,
    TRIGGER_MODE_AUTO: new TriggerModeValue('auto'),
    TRIGGER_MODE_MANUAL: new TriggerModeValue('manual'),
  };
}
