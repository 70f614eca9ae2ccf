// What KubernetesApply.status says of an apply (reference 3.11).
import { createHash } from 'node:crypto';
import type { KubeObject } from '../adapters/kube/port.ts';
import type { KubernetesApplySpec, KubernetesApplyStatus } from '../api/kinds-kubernetes.ts';
import { jobCompleteCondition } from '../api/kinds-kubernetes.ts';
import type { Deployed } from '../build/kubernetes/deploy.ts';
import type { DeployedImage } from '../domain/kubernetes/objects-to-deploy.ts';

/** As if it had never been applied. */
export function withoutApply(status: KubernetesApplyStatus): KubernetesApplyStatus {
  return status.disableStatus ? { disableStatus: status.disableStatus } : {};
}

export interface ApplyFacts {
  readonly disableStatus: KubernetesApplyStatus['disableStatus'];
  readonly began: string;
  readonly ended: string;
  readonly hash: string;
}

/** The status after an apply that went well. */
export function statusOf({ objects, resultYAML }: Deployed, facts: ApplyFacts): KubernetesApplyStatus {
  return {
    ...(facts.disableStatus ? { disableStatus: facts.disableStatus } : {}),
    resultYAML,
    lastApplyStartTime: facts.began,
    lastApplyTime: facts.ended,
    appliedInputHash: facts.hash,
    ...(objects.some(isCompleteJob)
      ? { conditions: [{ type: jobCompleteCondition, status: 'True', reason: '', message: '' }] }
      : {}),
  };
}

function isCompleteJob(object: KubeObject): boolean {
  if (object.kind !== 'Job' || !object.apiVersion.startsWith('batch/')) return false;
  const status = object['status'] as { conditions?: readonly { type: string; status: string }[] } | undefined;
  return status?.conditions?.some(({ type, status: is }) => type === 'Complete' && is === 'True') ?? false;
}

/** Equal for two applies that were made from the same things. */
export function inputHash(spec: KubernetesApplySpec, images: readonly DeployedImage[]): string {
  return createHash('sha1')
    .update(JSON.stringify([spec, images]))
    .digest('base64url');
}
