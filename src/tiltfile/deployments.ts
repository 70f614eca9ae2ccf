// What only Tiltfiles with images, clusters, Compose projects or structured data need; prepare-load.ts loads it for them.

import { partialSelector } from '../domain/kubernetes/object-selector.ts';
import type { Value } from '../starlark/index.ts';
import type { DeployedResources } from './assembly.ts';
import { AssemblyError } from './assembly-error.ts';
import { BuildIndex } from './build-index.ts';
import { chartBuiltins } from './builtins/charts.ts';
import { composeBuiltins } from './builtins/compose.ts';
import { customDeployBuiltins } from './builtins/custom-deploy.ts';
import { encodingBuiltins } from './builtins/encoding.ts';
import { imageBuiltins } from './builtins/images.ts';
import { kubernetesBuiltins } from './builtins/kubernetes.ts';
import { liveUpdateBuiltins } from './builtins/live-update.ts';
import { v1alpha1Builtins } from './builtins/v1alpha1.ts';
import { composeDefinitions, linkServices, serviceCount } from './compose-assembly.ts';
import type { DeploymentState, KubernetesResource } from './deployment-state.ts';
import type { Evaluation } from './evaluation.ts';
import { linkImages, warnOfUnusedImages } from './image-assembly.ts';
import { assembleKubernetes } from './kube-assembly.ts';
import { kubernetesDefinition } from './kube-targets.ts';
import { checkAllStepsUsed, checkLiveUpdates } from './live-update-checks.ts';
import type { ResourceDefinition } from './result.ts';
import { uncategorized } from './uncategorized.ts';

export { resolveExtension } from './extensions.ts';
export { secretsOf } from './secrets.ts';

/** Names of these topics. */
export function builtins(): Record<string, Value> {
  return {
    ...encodingBuiltins(),
    ...v1alpha1Builtins(),
    ...imageBuiltins(),
    ...liveUpdateBuiltins(),
    ...kubernetesBuiltins(),
    ...customDeployBuiltins(),
    ...chartBuiltins(),
    ...composeBuiltins(),
  };
}

/** The state of a Tiltfile that has said nothing yet. */
export function makeDeploymentState(): DeploymentState {
  return {
    images: new BuildIndex(),
    unresourced: [],
    kubernetes: [],
    kubernetesByName: new Map(),
    options: [],
    kinds: [
      { selector: partialSelector('batch/v1', 'Job'), locators: [], podReadiness: 'succeeded' },
      { selector: partialSelector('batch/v1', 'CronJob'), locators: [], podReadiness: 'ignore' },
    ],
    registered: new Map(),
    workloadFunction: undefined,
    registry: undefined,
    unusedSteps: new Map(),
    compose: new Map(),
    temporaryFiles: new Map(),
    helmVersions: new Map(),
  };
}

/** Resources of clusters and Compose. Throws AssemblyError for what does not fit together. */
export function assembleDeployments(evaluation: Evaluation): DeployedResources {
  const { deployment } = evaluation;
  linkImages(evaluation);
  assembleKubernetes(evaluation);
  linkServices(evaluation);
  warnOfUnusedImages(evaluation, serviceCount(evaluation));
  const resources: ResourceDefinition[] = [];
  if (deployment.kubernetes.length > 0 || deployment.unresourced.length > 0) {
    resources.push(...deployment.kubernetes.map(resource => kubernetesDefinition(evaluation, resource)));
    refuseRestarts(resources);
    checkContext(evaluation);
  }
  resources.push(...composeDefinitions(evaluation));
  checkLiveUpdates(resources);
  checkAllStepsUsed(evaluation);
  const rest = deployment.unresourced.length > 0 ? [leftOver(evaluation)] : [];
  return { resources, rest };
}

function checkContext(evaluation: Evaluation): void {
  if (evaluation.isContextAllowed) return;
  const { context } = evaluation.deps.kube!;
  throw new AssemblyError(
    `Stop! ${context} might be production.\nIf you're sure you want to deploy there, add:\n\tallow_k8s_contexts('${context}')\nto your Tiltfile. Otherwise, switch k8s contexts and restart Tilt.`,
  );
}

function refuseRestarts(resources: readonly ResourceDefinition[]): void {
  const names = resources
    .filter(resource => resource.images?.some(image => image.liveUpdate?.spec.restart === 'always'))
    .map(resource => resource.name);
  if (names.length === 0) return;
  throw new AssemblyError(
    `Found \`restart_container()\` LiveUpdate step in resource(s): [${names.join(', ')}]. \`restart_container()\`  has been deprecated for k8s resources. We recommend the restart_process extension: https://github.com/tilt-dev/tilt-extensions/tree/master/restart_process. For more information, see https://docs.tilt.dev/live_update_reference.html#restarting-your-process`,
  );
}

function leftOver(evaluation: Evaluation): ResourceDefinition {
  const resource: KubernetesResource = {
    name: uncategorized,
    entities: [...evaluation.deployment.unresourced],
    imageRefs: new Map(),
    portForwards: [],
    extraPodSelectors: [],
    podReadiness: 'ignore',
    discoveryStrategy: '',
    imageMapDeps: [],
    triggerMode: 'auto',
    autoInit: true,
    resourceDeps: [],
    isManuallyGrouped: false,
    links: [],
    labels: {},
    customDeploy: undefined,
  };
  return kubernetesDefinition(evaluation, resource);
}
