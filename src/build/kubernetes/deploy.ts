// Carries out the spec of a KubernetesApply once: YAML into the cluster, or the command that does it
// (reference 4.9). What came of it is told as data; nobody's status is written here.
import { type KubeConnection, KubeError, type KubeObject } from '../../adapters/kube/port.ts';
import type { KubernetesApplySpec } from '../../api/kinds-kubernetes.ts';
import { parseGoDuration } from '../../base/go-duration.ts';
import { deleteOrder } from '../../domain/kubernetes/apply-order.ts';
import { type Entity, makeEntity, uniqueNames } from '../../domain/kubernetes/entity.ts';
import { type DeployedImage, objectsToDeploy } from '../../domain/kubernetes/objects-to-deploy.ts';
import { readEntities } from '../../domain/kubernetes/read-entities.ts';
import { writeEntities } from '../../domain/kubernetes/write-entities.ts';
import { loadYamlLibrary } from '../../domain/yaml/library.ts';
import type { PlainMap } from '../../domain/yaml/plain.ts';
import { type CommandDeps, runApplyCommand } from './apply-command.ts';
import type { ApplyDeps } from './apply-object.ts';
import { refOf } from './apply-object.ts';
import type { Creations } from './creations.ts';
import { lastAppliedAnnotation } from './last-applied.ts';
import { upsert } from './upsert.ts';

export interface DeployDeps extends Omit<ApplyDeps, 'client' | 'log' | 'creations'>, Omit<CommandDeps, 'log'> {
  /** Where it is noted what a deploy makes in that cluster. */
  readonly creationsIn: (connection: KubeConnection) => Creations;
}

export interface DeployRequest {
  readonly resource: string;
  readonly spec: KubernetesApplySpec;
  readonly images: readonly DeployedImage[];
  readonly connection: KubeConnection;
  /** Path of the connection's frozen kubeconfig, for an apply command. */
  readonly kubeconfig: string;
  /** For lines of the log, without their end. */
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface Deployed {
  /** As the cluster has them; without a uid where a command did not say. */
  readonly objects: readonly KubeObject[];
  /** What KubernetesApply.status.resultYAML says. */
  readonly resultYAML: string;
}

const defaultTimeoutMs = 30_000;

/** `spec.timeout` in ms. */
export function applyTimeoutMs(spec: KubernetesApplySpec): number {
  return (spec.timeout === undefined ? undefined : parseGoDuration(spec.timeout)) || defaultTimeoutMs;
}

/** Rejects with a sentence about what went wrong, or with the signal's reason. */
export async function deploy(deps: DeployDeps, request: DeployRequest): Promise<Deployed> {
  await loadYamlLibrary();
  const objects = request.spec.yaml ? await deployYaml(deps, request) : await deployByCommand(deps, request);
  return { objects, resultYAML: writeEntities(objects.map(asEntity)) };
}

async function deployYaml(deps: DeployDeps, request: DeployRequest): Promise<readonly KubeObject[]> {
  const { spec, log, signal } = request;
  const entities = objectsToDeploy(spec.yaml!, request.images, spec.imageLocators);
  log('Applying YAML to cluster');
  const { client } = request.connection;
  try {
    const made = await upsert({ ...deps, creations: deps.creationsIn(request.connection), client, log }, entities, {
      resource: request.resource,
      serverSide: spec.serverSideApply === true,
      timeoutMs: applyTimeoutMs(spec),
      signal,
    });
    report(log, 'Objects applied to cluster:', made.map(asEntity));
    return made;
  } catch (error) {
    signal.throwIfAborted();
    report(log, 'Tried to apply objects to cluster:', entities);
    throw error;
  }
}

async function deployByCommand(deps: DeployDeps, request: DeployRequest): Promise<readonly KubeObject[]> {
  const { spec, log, signal } = request;
  const entities = await runApplyCommand({ ...deps, log }, spec.applyCmd!, {
    kubeconfig: request.kubeconfig,
    imageEnv: request.images.flatMap((image, i) => [
      `TILT_IMAGE_MAP_${i}=${image.name}`,
      `TILT_IMAGE_${i}=${image.imageFromCluster}`,
    ]),
    timeoutMs: applyTimeoutMs(spec),
    signal,
  });
  report(log, 'Objects applied to cluster:', entities);
  return Promise.all(entities.map(entity => identified(request, entity)));
}

/** A command that prints plain YAML does not say which objects it made; the cluster knows. */
async function identified({ connection, signal }: DeployRequest, entity: Entity): Promise<KubeObject> {
  const object = entity.object as unknown as KubeObject;
  if (object.metadata?.uid !== undefined) return object;
  try {
    return await connection.client.get(refOf(entity), { signal });
  } catch (error) {
    if (error instanceof KubeError) return object;
    throw error;
  }
}

function report(log: (line: string) => void, title: string, entities: readonly Entity[]): void {
  log(title);
  for (const name of uniqueNames(entities, 2)) log(`  → ${name}`);
}

function asEntity(object: KubeObject): Entity {
  return makeEntity(cleaned(object), undefined);
}

/** Without status, and without what the server and kubectl keep for themselves. */
function cleaned(object: KubeObject): PlainMap {
  const { status: _status, metadata, ...rest } = object;
  const { managedFields: _fields, annotations, ...meta } = metadata;
  const { [lastAppliedAnnotation]: _last, ...shown } = annotations ?? {};
  const hasAnnotations = Object.keys(shown).length > 0;
  return {
    ...rest,
    metadata: { ...meta, ...(hasAnnotations ? { annotations: shown } : {}) },
  } as unknown as PlainMap;
}

/** The objects of a spec in the order of deleting, without asking anybody what is there. What has no name was never made. */
export function objectsOfSpec(spec: KubernetesApplySpec): Entity[] {
  return spec.yaml ? deleteOrder(readEntities(spec.yaml)).filter(({ name }) => name !== '') : [];
}
