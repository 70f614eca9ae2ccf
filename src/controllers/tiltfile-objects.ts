// The objects that a successful Tiltfile run asks for (reference 3.x, 4.2): one function from result to objects.
// Names, annotations and owners are Tilt's, so that programs written for it find them.
import { createHash } from 'node:crypto';
import { sanitizeName } from '../api/identifiers.ts';
import type { Kind, Kinds } from '../api/kinds.ts';
import type { LocalTarget, ManifestSpec } from '../api/kinds-internal.ts';
import { type ApiObject, annotations, apiVersion, type ObjectMeta, type OwnerReference } from '../api/meta.ts';
import type { IgnoreDef } from '../api/shared-types.ts';
import { buildInputs } from '../engine/build-inputs.ts';
import type { ResourceDefinition, TiltfileResult } from '../tiltfile/result.ts';
import type { DesiredObject } from './desired-object.ts';
import { globalIgnores } from './global-ignores.ts';
import { type KubernetesSession, kubernetesObjects } from './kubernetes-objects.ts';
import { disableConfigMap, disableKey } from './resource-index.ts';

export interface DesiredInput {
  readonly tiltfile: string;
  readonly tiltfilePath: string;
  /** Of the Tiltfile object; every object made here is owned by it. */
  readonly owner: OwnerReference;
  /** Of the Tiltfile object; every object made here has them, unless it has others of that name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly result: TiltfileResult;
  readonly kubernetes: KubernetesSession;
}

/** Objects that the Tiltfile made with v1alpha1.*. */
export function extraObjects(input: DesiredInput): DesiredObject[] {
  return input.result.objects.map(
    object => ({ kind: object.kind as Kind, object: owned(input, object) }) as DesiredObject,
  );
}

function owned(input: DesiredInput, object: ApiObject): ApiObject {
  return { ...object, metadata: ownedMeta(input, object.metadata) };
}

/** What the Tiltfile hands down: itself as owner, its labels, and itself as the resource of what has no other. */
export function ownedMeta(
  { owner, labels, tiltfile }: Pick<DesiredInput, 'owner' | 'labels' | 'tiltfile'>,
  meta: ObjectMeta,
): ObjectMeta {
  const { labels: own, annotations: notes, ...rest } = meta;
  const all = { ...labels, ...own };
  return {
    ...rest,
    ...(Object.keys(all).length > 0 ? { labels: all } : {}),
    annotations: notes?.[annotations.resource] ? notes : { ...notes, [annotations.resource]: tiltfile },
    ownerReferences: [owner],
  };
}

/**
 * What a resource is made of, its ConfigMap of enablement aside: that keeps what the user chose. `order` is its place
 * among all; the main Tiltfile itself is 1.
 */
export function resourceObjects(input: DesiredInput, definition: ResourceDefinition, order: number): DesiredObject[] {
  const { name, spec } = definition;
  const ofTiltfile = { [annotations.resource]: input.tiltfile };
  const manifest: ManifestSpec = {
    ...spec,
    tiltfile: input.tiltfile,
    order,
    buildHash: createHash('sha256').update(buildInputs(spec.target, spec.images)).digest('hex').slice(0, 16),
  };
  return [
    object(input, 'Manifest', { name, labels: spec.labels }, { spec: manifest }),
    object(
      input,
      'UIResource',
      { name, labels: spec.labels, annotations: { [annotations.resource]: name } },
      { spec: {} },
    ),
    object(input, 'ToggleButton', toggleMeta(name, ofTiltfile), { spec: disableToggle(name) }),
    object(input, 'UIButton', stopMeta(name, ofTiltfile), {
      spec: { location: { componentID: name, componentType: 'Resource' }, text: 'Stop Build', iconName: 'cancel' },
    }),
    ...(spec.target.kind === 'local' ? localObjects(input, name, spec.target) : []),
    ...(spec.target.kind === 'k8s'
      ? kubernetesObjects((kind, meta, body) => object(input, kind, meta, body), definition, {
          target: spec.target,
          session: input.kubernetes,
          watchIgnores: globalIgnores(input.result),
        })
      : []),
  ];
}

function toggleMeta(name: string, ofTiltfile: Record<string, string>): ObjectMeta {
  return { name: disableConfigMap(name), annotations: { ...ofTiltfile, [annotations.buttonType]: 'DisableToggle' } };
}

function stopMeta(name: string, ofTiltfile: Record<string, string>): ObjectMeta {
  return { name: `${name}-stopbuild`, annotations: { ...ofTiltfile, [annotations.buttonType]: 'StopBuild' } };
}

function disableToggle(name: string): NonNullable<Kinds['ToggleButton']['spec']> {
  return {
    location: { componentID: name, componentType: 'Resource' },
    on: { text: 'Enable Resource' },
    off: { text: 'Disable Resource', requiresConfirmation: true },
    defaultOn: false,
    stateSource: { configMap: { name: disableConfigMap(name), key: disableKey, onValue: 'true', offValue: 'false' } },
  };
}

/** The update command and the watch of a local resource. */
function localObjects(input: DesiredInput, name: string, target: LocalTarget): DesiredObject[] {
  const objects: DesiredObject[] = [];
  const disableSource = { configMap: { name: disableConfigMap(name), key: disableKey } };
  const { updateCmd } = target;
  if (updateCmd) {
    const meta = {
      name: updateCmdName(name),
      annotations: {
        [annotations.resource]: name,
        [annotations.managedBy]: 'local_resource',
        [annotations.spanId]: `cmd:${name}:update`,
      },
    };
    const spec = {
      args: updateCmd.args,
      dir: updateCmd.dir,
      ...(updateCmd.env.length > 0 ? { env: updateCmd.env } : {}),
      disableSource,
    };
    objects.push(object(input, 'Cmd', meta, { spec }));
  }
  if (target.deps.length > 0) {
    const ignores: IgnoreDef[] = [...target.ignores, ...globalIgnores(input.result)];
    const meta = {
      name: `local:${name}`,
      annotations: { [annotations.resource]: name, [annotations.targetId]: `local:${name}` },
    };
    const spec = { watchedPaths: target.deps, ...(ignores.length > 0 ? { ignores } : {}), disableSource };
    objects.push(object(input, 'FileWatch', meta, { spec }));
  }
  return objects;
}

/** Name of the Cmd that runs a local resource's update. */
export function updateCmdName(resource: string): string {
  return `${resource}:update`;
}

function object<K extends Kind>(
  input: DesiredInput,
  kind: K,
  meta: ObjectMeta,
  body: Omit<Partial<Kinds[K]>, 'metadata'>,
): DesiredObject {
  return { kind, object: { apiVersion, kind, metadata: ownedMeta(input, meta), ...body } } as unknown as DesiredObject;
}

/** Name of the watch over every file that the Tiltfile read. */
export function configsWatchName(tiltfile: string): string {
  return sanitizeName(`configs:${tiltfile}`);
}

/** The watch over every file that the Tiltfile read. */
export function configsFileWatch(
  input: Pick<DesiredInput, 'tiltfile' | 'owner' | 'labels'>,
  paths: readonly string[],
  ignores: readonly IgnoreDef[],
): Kinds['FileWatch'] {
  const name = configsWatchName(input.tiltfile);
  return {
    apiVersion,
    kind: 'FileWatch',
    metadata: ownedMeta(input, {
      name,
      annotations: { [annotations.resource]: input.tiltfile, [annotations.targetId]: `configs:${input.tiltfile}` },
    }),
    spec: { watchedPaths: [...paths].sort(), ...(ignores.length > 0 ? { ignores } : {}) },
  };
}

/** The ConfigMap that switches a resource off or on. */
export function enablementConfigMap(
  input: Pick<DesiredInput, 'tiltfile' | 'owner' | 'labels'>,
  resource: string,
  isDisabled: boolean,
): Kinds['ConfigMap'] {
  return {
    apiVersion,
    kind: 'ConfigMap',
    metadata: ownedMeta(input, { name: disableConfigMap(resource) }),
    data: { [disableKey]: String(isDisabled) },
  };
}
