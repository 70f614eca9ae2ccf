// A Compose project from its files: variables filled in, includes and extends followed, files merged, paths absolute,
// services of inactive profiles left out (Compose specification). Reads files only through what it is given.
import path from 'node:path';
import { getKey, isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { splitDocuments } from '../yaml/split-documents.ts';
import { canonicalService } from './canonical.ts';
import { checkConsistency } from './consistency.ts';
import { dotenvProblem, parseDotenv } from './dotenv.ts';
import { type Filling, interpolate, type Variables } from './interpolate.ts';
import { mergeCompose } from './merge.ts';
import { composeProblem } from './schema.ts';

export interface ComposeFiles {
  /** The text of a file; throws when there is none. */
  read(file: string): string;
  exists(file: string): boolean;
}

export interface ComposeRequest {
  readonly configPaths: readonly string[];
  readonly projectPath: string;
  /** '' for `.env` beside the project, if there is one. */
  readonly envFile: string;
  readonly profiles: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what Compose warns of, as one text each. */
  readonly warn?: (text: string) => void;
}

/** Services by name, in alphabetical order. Throws for what Compose would refuse to load. */
export function loadComposeProject(request: ComposeRequest, files: ComposeFiles): Map<string, PlainMap> {
  return new ProjectLoader(request, files).load();
}

interface FilePlace {
  readonly folder: string;
  readonly trail: readonly string[];
  /** What stood in the files before. */
  readonly before: PlainMap;
  readonly variables?: Variables;
}

function obsoleteVersion(file: string): string {
  return `${file}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`;
}

/** The data without what stands at a place. */
function without(data: PlainMap, [key, ...rest]: readonly string[]): PlainMap {
  if (key === undefined || !Object.hasOwn(data, key)) return data;
  const { [key]: inner, ...others } = data;
  if (rest.length === 0) return others;
  return isMap(inner) ? { ...data, [key]: without(inner, rest) } : data;
}

class ProjectLoader {
  readonly #request: ComposeRequest;
  readonly #files: ComposeFiles;
  readonly #variables: Variables;
  readonly #warned = new Set<string>();

  constructor(request: ComposeRequest, files: ComposeFiles) {
    this.#request = request;
    this.#files = files;
    this.#variables = this.#readVariables();
  }

  load(): Map<string, PlainMap> {
    const { configPaths, projectPath, profiles } = this.#request;
    let project: PlainMap = {};
    for (const file of configPaths) project = this.#file(file, { folder: projectPath, trail: [], before: project });
    if (Object.keys(project).length === 0) throw new Error('empty compose file');
    const services = new Map<string, PlainMap>();
    for (const [name, service] of sortedEntries(servicesOf(project))) {
      const own = list(service, 'profiles').map(String);
      const isActive = own.length === 0 || profiles.includes('*') || own.some(profile => profiles.includes(profile));
      if (isActive) services.set(name, this.#finish(service, projectPath));
    }
    checkConsistency(services, project);
    return services;
  }

  #readVariables(): Variables {
    const { env, envFile, projectPath } = this.#request;
    return this.#withFile(name => env[name], envFile || path.join(projectPath, '.env'), envFile !== '');
  }

  /** What a file of variables adds to those around it. */
  #withFile(outer: Variables, file: string, mustExist: boolean): Variables {
    if (!mustExist && !this.#files.exists(file)) return outer;
    const values = parseDotenv(this.#files.read(file), outer);
    return name => outer(name) ?? values.get(name);
  }

  #filling(variables: Variables): Filling {
    return { variables, warn: text => this.#warn(text) };
  }

  #warn(text: string): void {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    this.#request.warn?.(text);
  }

  /** The project with a file on top: its includes under it, its extends resolved. `trail` guards against circles. */
  #file(file: string, { folder, trail, before, variables = this.#variables }: FilePlace): PlainMap {
    if (trail.includes(file)) throw new Error(`include cycle detected:\n${[...trail, file].join('\n include ')}`);
    let whole = before;
    for (const document of splitDocuments(this.#files.read(file))) {
      const marks: string[][] = [];
      const data = readYaml(document, { isCore: true, refusesSecondKeys: true, marks });
      if (data === null) continue;
      if (!isMap(data)) throw new Error('top-level object must be a mapping');
      const filled = interpolate(data, this.#filling(variables));
      servicesOf(filled);
      const problem = composeProblem(filled);
      if (problem) throw new Error(`validating ${file}: ${problem}`);
      if (filled['version'] !== undefined) this.#warn(obsoleteVersion(file));
      for (const mark of marks) whole = without(whole, mark);
      whole = mergeCompose(whole, this.#document(filled, { file, folder, trail, variables }));
    }
    return whole;
  }

  #document(
    data: PlainMap,
    place: Pick<FilePlace, 'folder' | 'trail'> & { readonly file: string; readonly variables: Variables },
  ): PlainMap {
    const { file, folder, trail, variables } = place;
    const services: PlainMap = {};
    const given = servicesOf(data);
    for (const [name, service] of Object.entries(given)) {
      if (isMap(service))
        setKey(services, name, this.#extended(name, service, { services: given, file, folder, trail: [] }));
    }
    let included: PlainMap = {};
    for (const item of list(data, 'include'))
      included = this.#include(item, { folder, trail: [...trail, file], before: included, variables });
    const { include: _include, version: _version, ...own } = data;
    return mergeCompose(included, { ...own, services });
  }

  #include(item: Plain, { folder, trail, before, variables }: Required<FilePlace>): PlainMap {
    const paths = isMap(item) ? textsAt(item, 'path') : [String(item)];
    const absolute = paths.map(file => path.resolve(folder, file));
    const ownFolder = isMap(item) ? getKey(item, 'project_directory') : undefined;
    const base = typeof ownFolder === 'string' ? path.resolve(folder, ownFolder) : path.dirname(absolute[0]!);
    const envFiles = isMap(item) ? textsAt(item, 'env_file').map(file => path.resolve(folder, file)) : [];
    let inner = variables;
    for (const file of envFiles) inner = this.#withFile(inner, file, true);
    if (envFiles.length === 0) inner = this.#withFile(inner, path.join(base, '.env'), false);
    let whole: PlainMap = {};
    for (const file of absolute) whole = this.#file(file, { folder: base, trail, before: whole, variables: inner });
    return mergeCompose(before, whole);
  }

  /** The service on top of the one that it extends, in long form, with absolute paths. */
  #extended(
    name: string,
    service: PlainMap,
    place: {
      readonly services: PlainMap;
      readonly file: string;
      readonly folder: string;
      readonly trail: readonly string[];
    },
  ): PlainMap {
    const { extends: base, ...own } = service;
    const resolved = absolutePaths(canonicalService(name, own), place.folder);
    if (base === undefined || base === null) return resolved;
    const target = isMap(base) ? String(base['service']) : String(base);
    const file =
      isMap(base) && typeof base['file'] === 'string' ? path.resolve(place.folder, base['file']) : place.file;
    const key = `${target} in ${file}`;
    const trail = [...(place.trail.length === 0 ? [`${name} in ${place.file}`] : place.trail), key];
    if (trail.indexOf(key) < trail.length - 1) throw new Error(`Circular reference:\n  ${trail.join('\n  extends ')}`);
    const isOther = file !== place.file;
    const services = isOther ? this.#servicesOfFile(file) : place.services;
    const found = getKey(services, target);
    if (!isMap(found))
      throw new Error(
        `cannot extend service ${JSON.stringify(name)} in ${place.file}: service ${JSON.stringify(target)} not found`,
      );
    const folder = isOther ? path.dirname(file) : place.folder;
    const parent = this.#extended(target, found, {
      services,
      file,
      folder,
      trail,
    });
    return mergeCompose(parent, resolved);
  }

  #servicesOfFile(file: string): PlainMap {
    const data = readYaml(this.#files.read(file), { isCore: true, refusesSecondKeys: true });
    return isMap(data) ? servicesOf(interpolate(data, this.#filling(this.#variables))) : {};
  }

  /** What is filled in when all is merged: environment files, build defaults, dependencies, networks. */
  #finish(service: PlainMap, projectPath: string): PlainMap {
    const finished = { ...service };
    this.#fillEnvironment(finished, projectPath);
    const build = getKey(finished, 'build');
    if (isMap(build)) finished['build'] = this.#finishBuild(build, projectPath);
    const dependsOn = implicitDependencies(finished);
    if (Object.keys(dependsOn).length > 0) finished['depends_on'] = dependsOn;
    const networks = getKey(finished, 'networks');
    const hasNetworks = isMap(networks) && Object.keys(networks).length > 0;
    if (!hasNetworks && finished['network_mode'] === undefined && finished['provider'] === undefined)
      finished['networks'] = { default: null };
    const home = this.#request.env['HOME'] ?? '';
    finished['volumes'] = list(finished, 'volumes').map(volume =>
      isMap(volume) && typeof volume['source'] === 'string' && /^~(\/|$)/.test(volume['source'])
        ? { ...volume, source: home + volume['source'].slice(1) }
        : volume,
    );
    if (finished['pull_policy'] === 'if_not_present') finished['pull_policy'] = 'missing';
    return withoutEmpty(finished);
  }

  #fillEnvironment(service: PlainMap, projectPath: string): void {
    const fromFiles: PlainMap = {};
    for (const item of list(service, 'env_file')) {
      if (!isMap(item)) continue;
      const file = path.resolve(projectPath, String(item['path']));
      if (item['required'] === false && !this.#files.exists(file)) continue;
      if (!this.#files.exists(file))
        throw new Error(`env file ${file} not found: stat ${file}: no such file or directory`);
      if (item['format'] !== undefined && item['format'] !== '')
        throw new Error(`unsupported env_file format ${JSON.stringify(item['format'])}`);
      for (const [key, value] of this.#envFile(file)) setKey(fromFiles, key, value);
    }
    const given = getKey(service, 'environment');
    const environment: PlainMap = { ...fromFiles };
    for (const [key, value] of Object.entries(isMap(given) ? given : {}))
      setKey(environment, key, value ?? this.#variables(key) ?? null);
    if (Object.keys(environment).length > 0) service['environment'] = environment;
  }

  #envFile(file: string): Map<string, string> {
    const text = this.#files.read(file);
    const problem = dotenvProblem(text);
    if (problem) throw new Error(`failed to read ${file}: ${problem}`);
    return parseDotenv(text, this.#variables);
  }

  #finishBuild(build: PlainMap, projectPath: string): PlainMap {
    const finished: PlainMap = { context: projectPath, ...build };
    if (finished['dockerfile'] === undefined && finished['dockerfile_inline'] === undefined)
      finished['dockerfile'] = 'Dockerfile';
    const args = getKey(finished, 'args');
    if (isMap(args)) {
      const known: PlainMap = {};
      for (const [key, value] of Object.entries(args)) {
        const filled = value ?? this.#variables(key);
        if (filled !== undefined) setKey(known, key, filled);
      }
      finished['args'] = known;
    }
    return finished;
  }
}

function servicesOf(data: PlainMap): PlainMap {
  const services = getKey(data, 'services');
  if (services === undefined || services === null) return {};
  if (!isMap(services)) throw new Error('services must be a mapping');
  return services;
}

function sortedEntries(map: PlainMap): [string, PlainMap][] {
  return Object.keys(map)
    .sort()
    .map(key => [key, map[key] as PlainMap]);
}

function list(map: PlainMap, key: string): Plain[] {
  const value = getKey(map, key);
  return Array.isArray(value) ? value : [];
}

function textsAt(map: PlainMap, key: string): string[] {
  const value = getKey(map, key);
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
}

/** Services that a service needs without saying so: those it links to and takes namespaces or volumes from. */
function implicitDependencies(service: PlainMap): PlainMap {
  const given = getKey(service, 'depends_on');
  const dependsOn: PlainMap = isMap(given) ? { ...given } : {};
  const add = (name: string, restarts: boolean): void => {
    if (Object.hasOwn(dependsOn, name)) return;
    setKey(dependsOn, name, { condition: 'service_started', required: true, ...(restarts ? { restart: true } : {}) });
  };
  for (const link of list(service, 'links')) add(String(link).split(':')[0]!, true);
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const value = getKey(service, key);
    if (typeof value === 'string' && value.startsWith('service:')) add(value.slice('service:'.length), true);
  }
  for (const item of list(service, 'volumes_from')) {
    const source = String(item);
    if (!source.startsWith('container:')) add(source.split(':')[0]!, false);
  }
  return dependsOn;
}

function isUrl(text: string): boolean {
  return /^(https?|git|ssh):\/\/|^git@|^github\.com\/|^docker-image:\/\//.test(text);
}

/** Paths of the service made absolute; `~` stays until the project is complete. */
function absolutePaths(service: PlainMap, folder: string): PlainMap {
  const resolved = { ...service };
  const build = getKey(resolved, 'build');
  if (isMap(build)) {
    const context = getKey(build, 'context');
    resolved['build'] = {
      ...build,
      ...(typeof context === 'string' && !isUrl(context) ? { context: path.resolve(folder, context) } : {}),
      ...absoluteContexts(build, folder),
    };
  }
  const develop = getKey(resolved, 'develop');
  if (isMap(develop)) {
    const watch = list(develop, 'watch').map(item =>
      isMap(item) && typeof item['path'] === 'string' ? { ...item, path: path.resolve(folder, item['path']) } : item,
    );
    resolved['develop'] = { ...develop, watch };
  }
  resolved['volumes'] = list(resolved, 'volumes').map(volume => {
    if (!isMap(volume) || volume['type'] !== 'bind' || typeof volume['source'] !== 'string') return volume;
    const source = volume['source'].startsWith('~') ? volume['source'] : path.resolve(folder, volume['source']);
    return { ...volume, source };
  });
  resolved['env_file'] = list(resolved, 'env_file').map(item =>
    isMap(item) ? { ...item, path: path.resolve(folder, String(item['path'])) } : item,
  );
  return resolved;
}

function absoluteContexts(build: PlainMap, folder: string): PlainMap {
  const contexts = getKey(build, 'additional_contexts');
  if (!isMap(contexts)) return {};
  const absolute: PlainMap = {};
  for (const [name, context] of Object.entries(contexts)) {
    const text = String(context);
    setKey(absolute, name, isUrl(text) || /^(service|target):|:\/\//.test(text) ? text : path.resolve(folder, text));
  }
  return { additional_contexts: absolute };
}

/** Bools for which no is something else than nothing. */
const sayNo = new Set(['init', 'attach']);

/** An entrypoint of no words takes that of the image away. */
function withoutEmpty(service: PlainMap): PlainMap {
  const kept: PlainMap = {};
  for (const [key, value] of Object.entries(service)) {
    if (value === null || (value === false && !sayNo.has(key))) continue;
    if (Array.isArray(value) && value.length === 0 && key !== 'entrypoint') continue;
    if (isMap(value) && Object.keys(value).length === 0) continue;
    if (key !== 'extends') setKey(kept, key, value);
  }
  return kept;
}
