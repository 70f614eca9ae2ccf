// Names of images: `nginx`, `gcr.io/p/app:v1`, `localhost:5000/x@sha256:...` (the rules of container registries).

export interface ImageRef {
  /** With the registry written out: `docker.io/library/nginx`. */
  readonly name: string;
  /** '' when there is none. */
  readonly tag: string;
  readonly digest: string;
}

const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const imagePath = `${pathComponent}(?:/${pathComponent})*`;
const digestForm = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const refForm = new RegExp(`^((?:${domain}/)?${imagePath})(?::(\\w[\\w.-]{0,127}))?(?:@(${digestForm}))?$`);
const longestPath = 255;

const defaultDomain = 'docker.io';
const officialPath = 'library/';

/** Reads a name as people write it. Throws with the registries' words. */
export function parseImageRef(text: string): ImageRef {
  if (/^[a-f0-9]{64}$/.test(text))
    throw new Error(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  const [host, rest] = splitDomain(text);
  const colon = rest.indexOf(':');
  const remote = colon < 0 ? rest : rest.slice(0, colon);
  if (remote.toLowerCase() !== remote)
    throw new Error(`invalid reference format: repository name (${remote}) must be lowercase`);
  return parseFullRef(`${host}/${rest}`);
}

/** Reads a name whose registry is written out. */
function parseFullRef(text: string): ImageRef {
  const match = refForm.exec(text);
  if (!match) {
    if (refForm.test(text.toLowerCase())) throw new Error('repository name must be lowercase');
    throw new Error('invalid reference format');
  }
  const [, name = '', tag = '', digest = ''] = match;
  if (name.slice(name.indexOf('/') + 1).length > longestPath)
    throw new Error(`repository name must not be more than ${longestPath} characters`);
  return { name, tag, digest };
}

function splitDomain(text: string): [string, string] {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isHost = /[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first;
  let host = slash >= 0 && isHost ? first : defaultDomain;
  let rest = slash >= 0 && isHost ? text.slice(slash + 1) : text;
  if (host === 'index.docker.io') host = defaultDomain;
  if (host === defaultDomain && !rest.includes('/')) rest = officialPath + rest;
  return [host, rest];
}

/** What is wrong with a registry's host (and path), or undefined. */
export function registryProblem(host: string): string | undefined {
  const text = `${host}/fake`;
  const match = refForm.exec(text);
  if (!match) {
    return refForm.test(text.toLowerCase()) ? 'repository name must be lowercase' : 'invalid reference format';
  }
  try {
    return fullString(parseImageRef(text)) === text ? undefined : 'repository name must be canonical';
  } catch (error) {
    return (error as Error).message;
  }
}

/** The whole reference, registry included. */
export function fullString(ref: ImageRef): string {
  return ref.name + suffix(ref);
}

/** As people write it: without the registry that is the default. */
export function familiarString(ref: ImageRef): string {
  return familiarName(ref) + suffix(ref);
}

function suffix({ tag, digest }: ImageRef): string {
  return (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`);
}

/** The name as people write it, without tag and digest. */
export function familiarName({ name }: ImageRef): string {
  const official = `${defaultDomain}/${officialPath}`;
  if (name.startsWith(official)) return name.slice(official.length);
  return name.startsWith(`${defaultDomain}/`) ? name.slice(defaultDomain.length + 1) : name;
}

/** Which images a build stands for: all tags of a name, or one tag. */
export interface ImageSelector {
  readonly ref: ImageRef;
  readonly isExact: boolean;
}

/** A selector that is exact when the reference has a tag. */
export function selectorOf(ref: ImageRef): ImageSelector {
  return { ref, isExact: ref.tag !== '' };
}

export function selects({ ref, isExact }: ImageSelector, other: ImageRef): boolean {
  return isExact ? fullString(ref) === fullString(other) : ref.name === other.name;
}
