// docker_build, custom_build and default_registry (reference 2.4).
import path from 'node:path';
import { fullString, type ImageRef, parseImageRef, registryProblem } from '../../domain/images/image-ref.ts';
import {
  jsString,
  List,
  None,
  reprOf,
  StarlarkObject,
  starlarkString,
  type Thread,
  Tuple,
  typeOf,
  type Value,
} from '../../starlark/index.ts';
import { Blob, textOfValue } from '../blob.ts';
import { commandOf } from '../commands.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { evaluationOf } from '../evaluation.ts';
import { goTypeName } from '../go-types.ts';
import { liveUpdateOf } from '../live-update.ts';
import { stringOrStrings } from '../parameter-lists.ts';
import {
  elements,
  localPath,
  localPaths,
  stringable,
  stringMap,
  stringSequence,
  valueOrSequence,
} from '../parameters.ts';
import type { ImageMapSpec } from '../result.ts';
import { readText } from './files.ts';

const platformVariable = 'DOCKER_DEFAULT_PLATFORM';

/** The reference of a build's first argument. */
function buildRef(text: string): ImageRef {
  try {
    return parseImageRef(text);
  } catch (error) {
    throw new Error(`Argument 1 (ref): can't parse ${JSON.stringify(text)}: ${(error as Error).message}`);
  }
}

/** Patterns in dockerignore syntax, one or several. */
export function patterns(value: Value | undefined, parameter: string): string[] {
  return valueOrSequence(value ?? null).map(item => {
    if (typeof item !== 'string')
      throw new Error(`${parameter} must be a string or a sequence of strings; found a ${goTypeName(item)}`);
    const text = jsString(item);
    if (text.includes('\n'))
      throw new Error(`${parameter} cannot contain newlines; found ${parameter}: ${JSON.stringify(text)}`);
    return text;
  });
}

function onlyPaths(value: Value | undefined): string[] {
  const paths = patterns(value, 'only');
  for (const only of paths) {
    if (only.includes('*')) throw new Error(`'only' does not support '*' file globs. Must be a real path: ${only}`);
  }
  return paths;
}

interface ImageOverrides {
  readonly entrypoint?: Value | undefined;
  readonly container_args?: Value | undefined;
  readonly match_in_env_vars: boolean;
}

function imageMapOf(thread: Thread, args: ImageOverrides): Omit<ImageMapSpec, 'selector' | 'matchExact'> {
  const command = commandOf(thread, args.entrypoint, { env: {} });
  let overrideArgs: readonly string[] | undefined;
  if (args.container_args !== undefined) {
    try {
      overrideArgs = stringSequence(args.container_args);
    } catch (error) {
      throw new Error(`Argument 'container_args': ${(error as Error).message}`);
    }
  }
  return {
    ...(args.match_in_env_vars ? { matchInEnvVars: true } : {}),
    ...(command ? { overrideCommand: { command: command.args } } : {}),
    ...(overrideArgs ? { overrideArgs: { args: overrideArgs } } : {}),
  };
}

function sequence(value: Value): Value {
  if (value instanceof StarlarkObject && value.iterate && value.length) return value;
  throw new Error(`got ${typeOf(value)}, want starlark.Sequence`);
}

const dockerBuildParameters = [
  { name: 'ref', type: 'string' },
  { name: 'context', unpack: localPath },
  { name: 'build_args', unpack: stringMap, default: {} as Record<string, string> },
  {
    name: 'dockerfile',
    unpack: (value: Value, thread: Thread | undefined) => (value === null ? undefined : localPath(value, thread)),
    optional: true,
  },
  { name: 'dockerfile_contents', optional: true },
  { name: 'cache', optional: true },
  { name: 'live_update', optional: true },
  { name: 'match_in_env_vars', type: 'bool', default: false },
  { name: 'ignore', optional: true },
  { name: 'only', optional: true },
  { name: 'entrypoint', optional: true },
  { name: 'container_args', unpack: sequence, optional: true },
  { name: 'target', type: 'string', default: '' },
  { name: 'ssh', unpack: stringOrStrings, default: [] as string[] },
  { name: 'secret', unpack: stringOrStrings, default: [] as string[] },
  { name: 'network', unpack: stringable, default: '' },
  { name: 'extra_tag', unpack: stringOrStrings, default: [] as string[] },
  { name: 'cache_from', unpack: stringOrStrings, default: [] as string[] },
  { name: 'pull', type: 'bool', default: false },
  { name: 'platform', unpack: stringable, default: '' },
  { name: 'extra_hosts', unpack: stringOrStrings, default: [] as string[] },
] as const;

const dockerBuild = defineBuiltin('docker_build', dockerBuildParameters, (thread, args) => {
  const evaluation = evaluationOf(thread);
  const ref = buildRef(args.ref);
  if (args.dockerfile_contents !== undefined && args.dockerfile !== undefined)
    throw new Error('Cannot specify both dockerfile and dockerfile_contents keyword arguments');
  const dockerfilePath = args.dockerfile ?? path.join(args.context, 'Dockerfile');
  const dockerfile = dockerfileText(thread, dockerfilePath, args.dockerfile_contents);
  if (args.cache !== undefined) {
    evaluation.warn(
      'docker_build(cache=...) is obsolete, and currently a no-op.\nYou should switch to live_update to optimize your builds.',
    );
  }
  const liveUpdate = liveUpdateOf(thread, args.live_update);
  const ignores = patterns(args.ignore, 'ignore');
  const only = onlyPaths(args.only);
  const imageMap = imageMapOf(thread, args);
  for (const tag of args.extra_tag) checkTag(tag);
  evaluation.deployment.images.add({
    ref,
    imageMap,
    ignores,
    only,
    liveUpdate,
    tiltfilePath: evaluation.currentFile,
    build: {
      kind: 'docker',
      context: args.context,
      dockerfilePath,
      dockerfile,
      args: buildArgs(args.build_args),
      target: args.target,
      ssh: args.ssh,
      secrets: args.secret,
      network: args.network,
      extraTags: args.extra_tag,
      cacheFrom: args.cache_from,
      pull: args.pull,
      platform: args.platform || (evaluation.deps.env[platformVariable] ?? ''),
      extraHosts: args.extra_hosts,
    },
  });
  return None;
});

function dockerfileText(thread: Thread, file: string, contents: Value | undefined): string {
  if (contents !== undefined) {
    const text = textOfValue(contents);
    if (text === undefined) throw new Error('Argument (dockerfile_contents): must be string or blob.');
    return jsString(text);
  }
  try {
    return jsString(readText(evaluationOf(thread), file, undefined) as string);
  } catch (error) {
    throw new Error(`error reading dockerfile: ${(error as Error).message}`);
  }
}

/** `K=V`, sorted; a bare `K` takes its value from the environment of the build. */
function buildArgs(args: Readonly<Record<string, string>>): string[] {
  return Object.entries(args)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .sort((a, b) => (a < b ? -1 : 1));
}

function checkTag(tag: string): void {
  try {
    parseImageRef(tag);
  } catch (error) {
    throw new Error(
      `Argument extra_tag=${JSON.stringify(tag)} not a valid image reference: ${(error as Error).message}`,
    );
  }
}

/** A list or tuple of image names. */
export function imageList(value: Value): ImageRef[] {
  if (value === null) return [];
  if (!(value instanceof List || value instanceof Tuple))
    throw new Error(`value should be a List or Tuple of strings, but is of type ${typeOf(value)}`);
  return elements(value).map(item => {
    if (typeof item !== 'string' && !(item instanceof Blob)) {
      throw new Error(
        `value should contain only strings, but element ${JSON.stringify(jsString(reprOf(item)))} was of type ${typeOf(item)}`,
      );
    }
    try {
      return parseImageRef(stringable(item));
    } catch (error) {
      throw new Error(`must be a valid image reference: ${(error as Error).message}`);
    }
  });
}

/** What custom_build gives. */
class CustomBuildValue extends StarlarkObject {
  readonly typeName = 'custom_build';
  readonly #ref: ImageRef;

  constructor(ref: ImageRef) {
    super();
    this.#ref = ref;
  }

  override repr(): string {
    return starlarkString(`custom_build(${JSON.stringify(fullString(this.#ref))})`);
  }

  override hash(): number {
    throw new Error('unhashable type: custom_build');
  }

  override attrNames(): readonly string[] {
    return [];
  }
}

const customBuild = defineBuiltin(
  'custom_build',
  [
    { name: 'ref', type: 'string' },
    { name: 'command' },
    { name: 'deps', unpack: localPaths },
    { name: 'tag', type: 'string', default: '' },
    { name: 'disable_push', type: 'bool', default: false },
    { name: 'skips_local_docker', type: 'bool', default: false },
    { name: 'live_update', optional: true },
    { name: 'match_in_env_vars', type: 'bool', default: false },
    { name: 'ignore', optional: true },
    { name: 'entrypoint', optional: true },
    { name: 'container_args', unpack: sequence, optional: true },
    { name: 'command_bat_val', optional: true },
    { name: 'outputs_image_ref_to', unpack: localPath, default: '' },
    { name: 'command_bat', optional: true },
    { name: 'image_deps', unpack: imageList, default: [] as ImageRef[] },
    { name: 'env', unpack: stringMap, default: {} as Record<string, string> },
    { name: 'dir', optional: true },
  ],
  (thread, args) => {
    const evaluation = evaluationOf(thread);
    const ref = buildRef(args.ref);
    const liveUpdate = liveUpdateOf(thread, args.live_update);
    const ignores = patterns(args.ignore, 'ignore');
    const imageMap = imageMapOf(thread, args);
    const command = customCommand(thread, args.command, { dir: args.dir, env: args.env });
    if (args.tag !== '' && args.outputs_image_ref_to !== '')
      throw new Error('Cannot specify both tag= and outputs_image_ref_to=');
    evaluation.deployment.images.add({
      ref,
      imageMap,
      ignores,
      only: [],
      liveUpdate,
      tiltfilePath: evaluation.currentFile,
      build: {
        kind: 'custom',
        command,
        deps: args.deps,
        tag: args.tag,
        imageDeps: args.image_deps,
        disablePush: args.disable_push,
        skipsLocalDocker: args.skips_local_docker,
        outputsImageRefTo: args.outputs_image_ref_to,
      },
    });
    return new CustomBuildValue(ref);
  },
);

function customCommand(
  thread: Thread,
  value: Value,
  options: { readonly dir: Value | undefined; readonly env: Record<string, string> },
) {
  let command: ReturnType<typeof commandOf>;
  try {
    command = commandOf(thread, value, options);
  } catch (error) {
    throw new Error(`Argument 2 (command): ${(error as Error).message}`);
  }
  if (!command) throw new Error("Argument 2 (command) can't be empty");
  return command;
}

const defaultRegistry = defineBuiltin(
  'default_registry',
  [
    { name: 'host', type: 'string' },
    { name: 'host_from_cluster', type: 'string', default: '' },
    { name: 'single_name', type: 'string', default: '' },
  ],
  (thread, args) => {
    const { deployment } = evaluationOf(thread);
    if (deployment.registry) throw new Error('default registry already defined');
    const problems = [
      ...(args.host === '' ? ['host: Required value'] : hostProblem('host', args.host)),
      ...(args.host_from_cluster === '' ? [] : hostProblem('hostFromContainerRuntime', args.host_from_cluster)),
    ];
    if (problems.length > 0) {
      const shown = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
      throw new Error(`validating defaultRegistry: ${shown}`);
    }
    deployment.registry = {
      host: args.host,
      hostFromContainerRuntime: args.host_from_cluster,
      singleName: args.single_name,
    };
    return None;
  },
);

function hostProblem(field: string, host: string): string[] {
  const problem = registryProblem(host);
  return problem === undefined ? [] : [`${field}: Invalid value: ${JSON.stringify(host)}: ${problem}`];
}

/** Names of this topic. */
export function imageBuiltins(): Record<string, Value> {
  return { docker_build: dockerBuild, custom_build: customBuild, default_registry: defaultRegistry };
}
