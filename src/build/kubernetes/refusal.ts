// Asks whether the server would make an object, before the one that is there is deleted for it: a working object is
// worth more than none. Nothing is made by asking.
import { type KubeClient, KubeError, type KubeObject } from '../../adapters/kube/port.ts';
import type { KubernetesApplySpec } from '../../api/kinds-kubernetes.ts';
import { objectsToDeploy } from '../../domain/kubernetes/objects-to-deploy.ts';
import { survivesForcedUpdate } from './keep.ts';

/**
 * Why the server would refuse to make the object: it is invalid, a policy or a webhook is against it, the right is
 * missing. Undefined when it would take it, or when nothing can be said.
 */
export async function refusalOf(
  client: KubeClient,
  object: KubeObject,
  { signal }: { readonly signal: AbortSignal },
): Promise<string | undefined> {
  try {
    await client.create(object, { dryRun: true, fieldManager: 'tilt', signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KubeError && isRefusal(error)) return error.message;
  }
  return undefined;
}

/**
 * Other answers say nothing: the name is taken by the object that is to go, and so are its ports and addresses and its
 * part of a quota; some webhooks cannot be asked.
 */
function isRefusal({ code, message }: KubeError): boolean {
  if (/exceeded quota|already allocated/.test(message)) return false;
  return code === 403 || code === 422 || (code === 400 && message.includes('denied the request'));
}

const maxAtOnce = 10;

/**
 * Throws with a sentence when the server would refuse one of the objects that a forced update is to delete and make
 * anew. What gets built images is not asked about: policies judge by the image that is put in.
 */
export async function throwRefusal(
  client: KubeClient,
  spec: KubernetesApplySpec,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  if ((spec.imageMaps ?? []).length > 0) return;
  const queue = objectsToDeploy(spec.yaml ?? '', [])
    .filter(({ name }) => name !== '')
    .map(({ object }) => object as unknown as KubeObject)
    .filter(object => !survivesForcedUpdate(object));
  const lane = async (): Promise<void> => {
    for (let object = queue.shift(); object; object = queue.shift()) {
      const refusal = await refusalOf(client, object, { signal });
      if (!refusal) continue;
      const what = `${object.kind}/${object.metadata.name}`;
      throw new Error(`${refusal}\nNothing was deleted: the server would refuse to make ${what} anew.`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxAtOnce, queue.length) }, lane));
}
