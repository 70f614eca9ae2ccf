// What a URL of the API asks for.
import type http from 'node:http';
import { group } from '../../api/meta.ts';
import { type KindInfo, kindOfPlural } from '../../api/scheme.ts';
import { StatusError } from '../../api/status-error.ts';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

export interface ResourceRequest {
  readonly verb: Verb;
  readonly kind: KindInfo;
  /** Undefined for the collection. */
  readonly name: string | undefined;
  readonly isStatus: boolean;
  readonly query: URLSearchParams;
}

/** A write with its body, which has been read. */
export interface WriteRequest extends ResourceRequest {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly nowMs: number;
}

export const groupPath = '/apis/tilt.dev/v1alpha1';

const collectionVerbs: Readonly<Record<string, Verb>> = { GET: 'list', POST: 'create', DELETE: 'deletecollection' };
const objectVerbs: Readonly<Record<string, Verb>> = { GET: 'get', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };
const statusVerbs: Readonly<Record<string, Verb>> = { GET: 'get', PUT: 'update', PATCH: 'patch' };

const notServed = (): StatusError => new StatusError('NotFound', 'the server could not find the requested resource');

/**
 * Reads a path below `groupPath`. Throws StatusError NotFound for what is not served and MethodNotAllowed for a method
 * that the path does not have.
 */
export function readResourceRequest(method: string, path: string, query: URLSearchParams): ResourceRequest {
  let steps = path
    .slice(groupPath.length + 1)
    .split('/')
    .map(decodeStep);
  // `/watch/<plural>` is the old way to say `?watch=1`.
  const isOldWatch = steps[0] === 'watch' && steps.length > 1;
  if (isOldWatch) steps = steps.slice(1);
  const [plural = '', name, subresource, ...more] = steps;
  const kind = kindOfPlural(plural);
  if (!kind || more.length > 0 || name === '') throw notServed();
  const isStatus = subresource === 'status' && kind.hasStatus;
  if (subresource !== undefined && !isStatus) throw notServed();
  const verbs = isStatus ? statusVerbs : name === undefined ? collectionVerbs : objectVerbs;
  // HEAD is GET without a body.
  const verb = verbs[method === 'HEAD' ? 'GET' : method];
  if (!verb) {
    const message = 'the server does not allow this method on the requested resource';
    throw new StatusError('MethodNotAllowed', message);
  }
  const isWatch = isOldWatch || isTrue(query.get('watch'));
  if (isWatch && verb === 'get') query.set('fieldSelector', `metadata.name=${name}`);
  const isReading = verb === 'list' || (verb === 'get' && !isStatus);
  return { verb: isWatch && isReading ? 'watch' : verb, kind, name, isStatus, query };
}

function decodeStep(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    throw new StatusError('BadRequest', 'the path is not encoded as URLs are');
  }
}

/** Booleans of queries, as Kubernetes reads them. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== '0' && value !== 'false';
}

/** What a caller without the token is told. */
export function forbidden(method: string, path: string, query: URLSearchParams): StatusError {
  const who = 'User "system:anonymous" cannot';
  if (path.startsWith(`${groupPath}/`)) {
    try {
      const { verb, kind, name, isStatus } = readResourceRequest(method, path, query);
      const { plural } = kind;
      const subject = name === undefined ? `${plural}.${group}` : `${plural}.${group} ${JSON.stringify(name)}`;
      const resource = isStatus ? `${plural}/status` : plural;
      const message = `${subject} is forbidden: ${who} ${verb} resource "${resource}" in API group "${group}" at the cluster scope: Everything is forbidden.`;
      return new StatusError('Forbidden', message, { ...(name === undefined ? {} : { name }), group, kind: plural });
    } catch {
      // Whether a path exists is nobody's business without the token.
    }
  }
  const verb = method === 'HEAD' ? 'head' : method === 'GET' ? 'get' : method.toLowerCase();
  return new StatusError(
    'Forbidden',
    `forbidden: ${who} ${verb} path ${JSON.stringify(path)}: Everything is forbidden.`,
  );
}
