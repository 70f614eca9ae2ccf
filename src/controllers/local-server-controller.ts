// The server (serve_cmd) of a local resource: one Cmd `<resource>-serve-<n>` at a time (reference 4.7).
// While an update is pending or runs the old server stays up; the next one starts when the old one has ended.
import { isDeepStrictEqual } from 'node:util';
import type { CommandSpec, LocalTarget } from '../api/kinds-internal.ts';
import type { Cmd, CmdSpec } from '../api/kinds-local.ts';
import { annotations } from '../api/meta.ts';
import { updateStatusIfEnabled } from '../engine/resource-status.ts';
import type { Store } from '../store/port.ts';
import { type ResourceIndex, resourceOfConfigMap, resourceOfServerCmd } from './resource-index.ts';
import type { Controller } from './runtime/controller.ts';
import type { LogSink } from './runtime/span-log.ts';

export interface LocalServerDeps {
  readonly store: Store;
  readonly index: ResourceIndex;
  readonly logs: LogSink;
  /** Whether the resource is in the trigger queue. */
  readonly isQueued: (resource: string) => boolean;
  /** Whether the process of a Cmd, which may be deleted, has not ended yet. */
  readonly isRunning: (cmd: string) => boolean;
}

const ownerKind = 'CmdServer';

interface Started {
  readonly cmd: string;
  /** lastSuccessMs of the build it was started for; a later success starts it anew. */
  readonly forBuildMs: number | undefined;
  readonly spec: CmdSpec;
}

export function makeLocalServerController(deps: LocalServerDeps): Controller {
  const { store, index } = deps;
  const started = new Map<string, Started>();
  /** Commands that were deleted and have not ended: resource -> names. */
  const ending = new Map<string, Set<string>>();
  let count = 0;

  function retire(resource: string): void {
    const old = started.get(resource);
    if (!old) return;
    started.delete(resource);
    const names = ending.get(resource) ?? new Set();
    names.add(old.cmd);
    ending.set(resource, names);
    if (store.get('Cmd', old.cmd)) store.delete('Cmd', old.cmd);
  }

  function stillEnding(resource: string): boolean {
    const names = ending.get(resource);
    if (!names) return false;
    // A deleted Cmd's process may take its grace time; two servers would fight for one port.
    for (const name of names) if (!deps.isRunning(name)) names.delete(name);
    if (names.size > 0) return true;
    ending.delete(resource);
    return false;
  }

  function start(resource: string, target: LocalTarget, forBuildMs: number | undefined): void {
    const spec = cmdSpec(target.serveCmd!, target);
    count++;
    const name = `${resource}-serve-${count}`;
    const cmd: Cmd = {
      apiVersion: 'tilt.dev/v1alpha1',
      kind: 'Cmd',
      metadata: {
        name,
        annotations: {
          [annotations.ownerName]: resource,
          [annotations.ownerKind]: ownerKind,
          [annotations.resource]: resource,
          [annotations.spanId]: `localserve:${count}`,
          ...(target.tty ? { [annotations.tty]: 'true' } : {}),
        },
      },
      spec,
    };
    store.create('Cmd', cmd);
    started.set(resource, { cmd: name, forBuildMs, spec });
    index.setServer(resource, name);
  }

  function reconcile(resource: string): undefined {
    const manifest = store.get('Manifest', resource);
    const target = manifest?.spec?.target;
    if (!manifest || target?.kind !== 'local' || !target.serveCmd) {
      retire(resource);
      if (!manifest || !stillEnding(resource)) index.setServer(resource, undefined);
      return undefined;
    }
    const state = index.get(resource)!;
    if (state.enablement === 'Disabled') {
      const old = started.get(resource);
      if (old && store.get('Cmd', old.cmd)?.status?.terminated === undefined) {
        const span = store.get('Cmd', old.cmd)?.metadata.annotations?.[annotations.spanId] ?? '';
        const args = old.spec.args!.map(a => JSON.stringify(a)).join(' ');
        deps.logs.span(span, resource).write(`Resource is disabled, stopping cmd [${args}]\n`);
      }
      retire(resource);
      return undefined;
    }
    const update = updateStatusIfEnabled(state, deps.isQueued(resource));
    if (update !== 'ok' && update !== 'not_applicable') return undefined;
    const forBuildMs = state.build.lastSuccessMs;
    const old = started.get(resource);
    if (old && old.forBuildMs === forBuildMs && isDeepStrictEqual(old.spec, cmdSpec(target.serveCmd, target)))
      return undefined;
    retire(resource);
    if (stillEnding(resource)) return undefined;
    start(resource, target, forBuildMs);
    return undefined;
  }

  return {
    name: 'local-server',
    watches: {
      Manifest: name => [name],
      BuildState: name => [name],
      ConfigMap: resourceOfConfigMap,
      Cmd: resourceOfServerCmd,
    },
    reconcile,
  };
}

function cmdSpec(command: CommandSpec, target: LocalTarget): CmdSpec {
  return {
    args: command.args,
    dir: command.dir,
    ...(command.env.length > 0 ? { env: command.env } : {}),
    ...(target.readinessProbe ? { readinessProbe: target.readinessProbe } : {}),
  };
}
