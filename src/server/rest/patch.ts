// The four kinds of patches on an object of the API.
import type { ApiObject } from '../../api/meta.ts';
import { StatusError } from '../../api/status-error.ts';
import { applyJsonPatch, PatchError, type PatchOperation } from '../../domain/merge/json-patch.ts';
import { applyMergePatch } from '../../domain/merge/merge-patch.ts';
import { applyStrategicMerge, type ListStrategies } from '../../domain/merge/strategic-merge.ts';
import { mediaType, parseJson } from './body.ts';
import type { WriteRequest } from './request.ts';

/** Of our kinds only the metadata has lists that merge; all others are replaced (the types name no merge keys). */
const listStrategies: ListStrategies = path => {
  if (path[0] !== 'metadata' || path.length !== 2) return 'replace';
  if (path[1] === 'finalizers') return 'set';
  return path[1] === 'ownerReferences' ? { mergeKey: 'uid' } : 'replace';
};

/** The patched object, not yet decoded. Throws StatusError. */
export async function applyPatch(current: ApiObject, { body, headers }: WriteRequest): Promise<unknown> {
  const type = mediaType(headers['content-type']);
  const badJson = (why: string): StatusError =>
    new StatusError('BadRequest', `error decoding patch: ${why.replace("couldn't get version/kind; ", '')}`);
  switch (type) {
    case 'application/json-patch+json':
      return checked(() => applyJsonPatch(current, parseJson(body, badJson) as PatchOperation[]));
    case 'application/merge-patch+json':
      return applyMergePatch(current, asObject(parseJson(body, badJson)));
    case 'application/strategic-merge-patch+json':
      return checked(() => applyStrategicMerge(current, asObject(parseJson(body, badJson)), listStrategies));
    default:
      throw new StatusError('UnsupportedMediaType', '415: Unsupported Media Type');
  }
}

function asObject(patch: unknown): unknown {
  if (typeof patch === 'object' && patch !== null && !Array.isArray(patch)) return patch;
  throw new StatusError('BadRequest', 'error decoding patch: a merge patch is an object');
}

function checked(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof PatchError)
      throw new StatusError(
        'Invalid',
        `the server rejected our request due to an error in our request: ${error.message}`,
      );
    throw error;
  }
}
