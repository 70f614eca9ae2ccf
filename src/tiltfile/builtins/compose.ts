// docker_compose and dc_resource (reference 2.6).
import { createHash } from 'node:crypto';
import path from 'node:path';
import { loadComposeProject } from '../../domain/compose/load-project.ts';
import { parseImageRef } from '../../domain/images/image-ref.ts';
import { getKey, isMap, type Plain, type PlainMap } from '../../domain/yaml/plain.ts';
import { YamlError } from '../../domain/yaml/read-yaml.ts';
import { jsString, None, StarlarkObject, type Thread, typeOf, type Value } from '../../starlark/index.ts';
import { Blob } from '../blob.ts';
import { composeConfig } from '../compose-command.ts';
import type { ComposeOptions, ComposeProject, ComposeService } from '../compose-state.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { type Evaluation, evaluationOf } from '../evaluation.ts';
import { goTypeName } from '../go-types.ts';
import { stringOrStrings } from '../parameter-lists.ts';
import { boolOrNone, labels, links, localPath, stringSequence, valueOrSequence } from '../parameters.ts';
import { triggerModeOf } from './local-resource.ts';

/** Name of what the compose command printed. */
const printed = '';

const profilesVariable = 'COMPOSE_PROFILES';

/** The name that Compose makes of a folder's. */
function projectNameOf(folder: string): string {
  return path
    .basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

const dockerCompose = defineBuiltin(
  'docker_compose',
  [
    { name: 'configPaths' },
    { name: 'env_file', unpack: localPath, default: '' },
    { name: 'project_name', type: 'string', default: '' },
    { name: 'profiles', unpack: stringOrStrings, optional: true },
    { name: 'wait', unpack: boolOrNone, default: false },
  ],
  (thread, args) => {
    const evaluation = evaluationOf(thread);
    const values = valueOrSequence(args.configPaths);
    if (values.length === 0) throw new Error('Nothing to compose');
    if (args.env_file !== '') evaluation.recordRead(args.env_file);
    const given = values.map(value => configPath(thread, value));
    const first = given.find(item => !item.isTemporary)?.file;
    const folder = first ? path.dirname(first) : evaluation.currentDir;
    const name = args.project_name || projectNameOf(folder) || projectNameOf(evaluation.currentDir);
    const profiles = args.profiles ?? profilesFromEnvironment(evaluation, name);
    const { compose } = evaluation.deployment;
    const known = compose.get(name);
    const paths = given.map(item => item.file);
    const project: ComposeProject = known ?? {
      name,
      projectPath: folder,
      configPaths: paths,
      envFile: args.env_file,
      profiles,
      wait: args.wait ?? false,
      tiltfilePath: evaluation.currentFile,
      services: new Map(),
      options: new Map(),
    };
    if (known) {
      known.configPaths = [...new Set([...known.configPaths, ...paths])];
      if (args.env_file !== '') known.envFile = args.env_file;
    }
    compose.set(name, project);
    loadServices(evaluation, project);
    return None;
  },
);

function configPath(thread: Thread, value: Value): { readonly file: string; readonly isTemporary: boolean } {
  const evaluation = evaluationOf(thread);
  if (value instanceof Blob) {
    const text = jsString(value.text);
    const file = evaluation.temporaryFile(`${createHash('sha256').update(text).digest('hex')}.yml`, text);
    return { file, isTemporary: true };
  }
  let file: string;
  try {
    file = localPath(value, thread);
  } catch {
    throw new Error(`expected blob | path (string). Actual type: ${goTypeName(value)}`);
  }
  evaluation.recordRead(file);
  return { file, isTemporary: false };
}

function profilesFromEnvironment(evaluation: Evaluation, project: string): string[] {
  const profiles = evaluation.deps.env[profilesVariable];
  if (!profiles) return [];
  evaluation.info(`Compose project ${JSON.stringify(project)} loading profiles from environment: ${profiles}`);
  return profiles.split(',');
}

/** The rule and the words of Compose. */
function checkProjectName(name: string): void {
  if (/^[a-z0-9][a-z0-9_-]*$/.test(name)) return;
  throw new Error(
    `invalid project name ${JSON.stringify(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`,
  );
}

/** Loads the project here; what fails is asked of the compose command, which knows the reason or a way. */
function servicesOf(evaluation: Evaluation, project: ComposeProject): Map<string, PlainMap> {
  const { disk, env } = evaluation.deps;
  const temporary = evaluation.deployment.temporaryFiles;
  const dotenv = path.join(project.projectPath, '.env');
  const warn = (text: string): void =>
    evaluation.info(`time="${new Date().toISOString().slice(0, 19)}Z" level=warning msg=${JSON.stringify(text)}`);
  const request = { ...project, env, warn };
  const exists = (file: string): boolean => temporary.has(file) || disk.stat(file)?.isFile === true;
  const read = (file: string): string => temporary.get(file) ?? disk.readFile(file).toString('utf8');
  try {
    checkProjectName(project.name);
    return loadComposeProject(request, { read, exists });
  } catch (cause) {
    const resolved = composeConfig(evaluation, project, cause as Error);
    try {
      // What the command prints stands for a file without a name; its variables are filled in, its dollars doubled.
      return loadComposeProject(
        { ...request, configPaths: [printed], envFile: '', env: {} },
        { read: file => (file === printed ? resolved : read(file)), exists: file => file !== dotenv && exists(file) },
      );
    } catch (error) {
      const { message } = error as Error;
      throw new Error(error instanceof YamlError ? `failed to parse : ${message}` : message);
    }
  }
}

function loadServices(evaluation: Evaluation, project: ComposeProject): void {
  const configs = servicesOf(evaluation, project);
  const loaded = [...configs].map(([name, config]) => serviceOf(project, name, config));
  project.services = new Map();
  for (const service of loaded) {
    evaluation.checkNameIsFree(service.name);
    for (const file of list(service.config, 'env_file'))
      if (isMap(file)) evaluation.recordRead(path.resolve(project.projectPath, String(file['path'])));
  }
  project.services = new Map(loaded.map(service => [service.name, service]));
}

function list(map: PlainMap, key: string): readonly Plain[] {
  const value = getKey(map, key);
  return Array.isArray(value) ? value : [];
}

function emptyOptions(): ComposeOptions {
  return {
    imageFromUser: undefined,
    triggerMode: undefined,
    infersLinks: undefined,
    links: [],
    autoInit: undefined,
    labels: {},
    resourceDeps: [],
  };
}

function serviceOf(project: ComposeProject, name: string, config: PlainMap): ComposeService {
  const image = String(getKey(config, 'image') ?? '') || `${project.name}_${name}`;
  const options = project.options.get(name) ?? emptyOptions();
  project.options.set(name, options);
  const dependsOn = Object.keys((getKey(config, 'depends_on') as PlainMap | undefined) ?? {});
  options.resourceDeps = [...new Set([...options.resourceDeps, ...dependsOn])].sort();
  const build = getKey(config, 'build');
  return {
    name,
    serviceName: name,
    config,
    imageFromConfig: imageRef(name, image),
    mountedDirs: list(config, 'volumes').map(volume => (isMap(volume) ? String(volume['source'] ?? '') : '')),
    publishedPorts: publishedPorts(config),
    build: isMap(build)
      ? { context: String(build['context'] ?? ''), dockerfile: String(build['dockerfile'] ?? 'Dockerfile') }
      : undefined,
    dependsOn,
    imageMapDeps: [],
    options,
  };
}

function imageRef(service: string, image: string) {
  try {
    return parseImageRef(image);
  } catch (error) {
    throw new Error(
      `getting service ${service}: Error parsing image name ${JSON.stringify(image)}: ${(error as Error).message}`,
    );
  }
}

/** Ports that are one number; ranges are left to Compose. */
function publishedPorts(config: PlainMap): number[] {
  return list(config, 'ports')
    .map(port => (isMap(port) ? String(port['published'] ?? '') : ''))
    .filter(port => /^\d+$/.test(port))
    .map(Number)
    .filter(port => port !== 0);
}

function sequence(value: Value): Value {
  if (value instanceof StarlarkObject && value.iterate && value.length) return value;
  throw new Error(`got ${typeOf(value)}, want starlark.Sequence`);
}

const dcResource = defineBuiltin(
  'dc_resource',
  [
    { name: 'name', type: 'string' },
    { name: 'image', optional: true },
    { name: 'trigger_mode', unpack: triggerModeOf, optional: true },
    { name: 'resource_deps', unpack: sequence, optional: true },
    { name: 'infer_links', unpack: boolOrNone, optional: true },
    { name: 'links', unpack: links, default: [] },
    { name: 'labels', unpack: labels, default: {} as Record<string, string> },
    { name: 'auto_init', unpack: boolOrNone, optional: true },
    { name: 'project_name', type: 'string', default: '' },
    { name: 'new_name', type: 'string', default: '' },
  ],
  (thread, args) => {
    const evaluation = evaluationOf(thread);
    if (args.name === '') throw new Error('dc_resource: `name` must not be empty');
    if (args.image !== undefined && typeof args.image !== 'string')
      throw new Error(`image arg must be a string; got ${goTypeName(args.image)}`);
    const { project, service } = findService(evaluation, args.name, args.project_name);
    if (args.new_name !== '') rename(evaluation, project, { service, newName: args.new_name });
    const { options } = service;
    options.triggerMode = args.trigger_mode ?? options.triggerMode;
    options.infersLinks = args.infer_links ?? options.infersLinks;
    options.links = [...options.links, ...args.links];
    Object.assign(options.labels, args.labels);
    if (typeof args.image === 'string') options.imageFromUser = parseImageRef(jsString(args.image));
    options.resourceDeps = [...new Set([...options.resourceDeps, ...deps(args.resource_deps)])];
    options.autoInit = args.auto_init ?? options.autoInit;
    return None;
  },
);

function deps(value: Value | undefined): string[] {
  if (value === undefined) return [];
  try {
    return stringSequence(value);
  } catch (error) {
    throw new Error(`dc_resource: resource_deps: ${(error as Error).message}`);
  }
}

function findService(evaluation: Evaluation, name: string, projectName: string) {
  const names: string[] = [];
  const found: { readonly project: ComposeProject; readonly service: ComposeService }[] = [];
  for (const project of evaluation.deployment.compose.values()) {
    if (projectName !== '' && project.name !== projectName) continue;
    names.push(...project.services.keys());
    const service = project.services.get(name);
    if (service) found.push({ project, service });
  }
  const shown = JSON.stringify(name);
  if (found.length > 1)
    throw new Error(`found multiple resources named ${shown}, please specify which one with project_name= argument`);
  if (found.length === 0)
    throw new Error(`no Docker Compose service found with name ${shown}. Found these instead:\n\t${names.join('; ')}`);
  return found[0]!;
}

function rename(
  evaluation: Evaluation,
  project: ComposeProject,
  { service, newName }: { readonly service: ComposeService; readonly newName: string },
): void {
  evaluation.checkNameIsFree(newName);
  const oldName = service.name;
  const renamed = (name: string): string => (name === oldName ? newName : name);
  for (const other of project.services.values()) {
    if (!other.dependsOn.includes(oldName)) continue;
    other.dependsOn = other.dependsOn.map(renamed);
    other.options.resourceDeps = other.options.resourceDeps.map(renamed);
  }
  project.services = new Map([...project.services].map(([name, item]) => [renamed(name), item]));
  project.options.set(newName, service.options);
  project.options.delete(oldName);
  service.name = newName;
}

/** Names of this topic. */
export function composeBuiltins(): Record<string, Value> {
  return { docker_compose: dockerCompose, dc_resource: dcResource };
}
