// From what a Tiltfile called to resources: the checks and defaults that need to see all of it (reference 2.1, 2.7, 2.8).
import type { LocalTarget } from '../api/kinds-internal.ts';
import { AssemblyError } from './assembly-error.ts';
import type { Evaluation, LocalResourceCall, Writable } from './evaluation.ts';
import { type KnownFolders, makeKnownFolders, repositoryIgnores } from './repository-ignores.ts';
import type { ResourceDefinition } from './result.ts';
import { triggerModeOf } from './trigger-modes.ts';
import { uncategorized } from './uncategorized.ts';

/** Resources of clusters and Compose, and objects that belong to none of them, which come last. */
export interface DeployedResources {
  readonly resources: readonly ResourceDefinition[];
  readonly rest: readonly ResourceDefinition[];
}

/** The resources: what is deployed, then what is local, each in the order of definition, then what is left over. */
export function assembleResources(
  evaluation: Evaluation,
  assembleDeployments: ((evaluation: Evaluation) => DeployedResources) | undefined,
): ResourceDefinition[] {
  const deployed = assembleDeployments?.(evaluation);
  const repositories = makeKnownFolders();
  const local = evaluation.localResources.map(call => localDefinition(evaluation, call, repositories));
  return withKnownDependencies(evaluation, [...(deployed?.resources ?? []), ...local, ...(deployed?.rest ?? [])]);
}

function localDefinition(
  evaluation: Evaluation,
  call: LocalResourceCall,
  repositories: KnownFolders,
): ResourceDefinition {
  const target: Writable<LocalTarget> = {
    kind: 'local',
    allowParallel: call.allowParallel || call.updateCmd === undefined,
    deps: call.deps,
    ignores: repositoryIgnores(evaluation.deps.disk, [...call.deps, call.dir], repositories),
    isTest: call.isTest,
  };
  if (call.updateCmd) target.updateCmd = call.updateCmd;
  if (call.serveCmd) target.serveCmd = call.serveCmd;
  if (call.readinessProbe) target.readinessProbe = call.readinessProbe;
  if (call.ignores.length > 0) target.ignores = [...target.ignores, { basePath: call.dir, patterns: call.ignores }];
  if (call.tty) target.tty = true;
  return {
    name: call.name,
    spec: {
      labels: call.labels,
      triggerMode: triggerModeOf(call.triggerMode ?? evaluation.defaultTriggerMode?.mode ?? 'auto', call.autoInit),
      resourceDeps: call.resourceDeps,
      links: call.links,
      images: [],
      target,
    },
  };
}

/** Unknown dependencies are left out with a warning; one on itself, or a circle, is an error. */
function withKnownDependencies(evaluation: Evaluation, resources: readonly ResourceDefinition[]): ResourceDefinition[] {
  const names = new Set(resources.map(r => r.name));
  const kept = resources.map(resource => {
    const resourceDeps = resource.spec.resourceDeps.filter(name => {
      if (name === resource.name) throw new AssemblyError(`resource ${name} specified a dependency on itself`);
      if (names.has(name)) return true;
      evaluation.warn(
        `resource ${resource.name} specified a dependency on unknown resource ${name} - dependency ignored`,
      );
      return false;
    });
    if (resourceDeps.length === resource.spec.resourceDeps.length) return resource;
    return { ...resource, spec: { ...resource.spec, resourceDeps } };
  });
  const circle = findCircle(kept);
  if (circle) throw new AssemblyError(`cycle detected in resource dependency graph: ${circle.join(' -> ')}`);
  return kept;
}

function findCircle(resources: readonly ResourceDefinition[]): string[] | undefined {
  const deps = new Map(resources.map(r => [r.name, r.spec.resourceDeps]));
  const done = new Set<string>();
  const onTrail = new Set<string>();
  // A stack of its own: a long chain of dependencies must not depend on the depth of JavaScript's.
  const trail: { readonly name: string; next: number }[] = [];
  for (const { name } of resources) {
    if (done.has(name)) continue;
    trail.push({ name, next: 0 });
    onTrail.add(name);
    while (trail.length > 0) {
      const top = trail.at(-1)!;
      const child = deps.get(top.name)![top.next++];
      if (child === undefined) {
        trail.pop();
        onTrail.delete(top.name);
        done.add(top.name);
      } else if (onTrail.has(child)) {
        const names = trail.map(step => step.name);
        return [...names.slice(names.indexOf(child)), child];
      } else if (!done.has(child)) {
        trail.push({ name: child, next: 0 });
        onTrail.add(child);
      }
    }
  }
  return undefined;
}

/** Which resources run: an explicit choice, else names on the command line, else all (reference 2.8). */
export function enabledResources(evaluation: Evaluation, resources: readonly ResourceDefinition[]): string[] {
  const { config, deps } = evaluation;
  if (config.enabled === 'none') return [];
  const wanted = config.enabled ?? (config.isParsed ? [] : deps.request.args);
  if (wanted.length === 0) return resources.map(r => r.name);
  const byName = new Map(resources.map(r => [r.name, r]));
  const unknown = wanted.filter(name => !byName.has(name));
  if (unknown.length > 0) {
    const others = resources.map(r => r.name).filter(name => !wanted.includes(name));
    throw new AssemblyError(
      `You specified some resources that could not be found: ${quoted(unknown)}\nIs this a typo? Existing resources in Tiltfile: ${quoted(others)}`,
    );
  }
  const enabled = new Set<string>();
  const open = [...wanted];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (enabled.has(name)) continue;
    enabled.add(name);
    open.push(...(byName.get(name)?.spec.resourceDeps ?? []));
  }
  return resources.map(r => r.name).filter(name => enabled.has(name) || name === uncategorized);
}

function quoted(names: readonly string[]): string {
  return names.map(name => JSON.stringify(name)).join(', ');
}
