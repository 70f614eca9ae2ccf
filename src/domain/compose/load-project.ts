// A Compose project from its files: variables filled in, includes and extends followed, files merged, paths absolute,
// services of inactive profiles left out (Compose specification). Reads files only through what it is given.
import path from 'node:path';
import { getKey, isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { splitDocuments } from '../yaml/split-documents.ts';
import { canonicalService } from './canonical.ts';
import { parseDotenv } from './dotenv.ts';
import { interpolate, type Variables } from './interpolate.ts';
import { mergeCompose } from './merge.ts';

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
}

/** Services by name, in alphabetical order. Throws for what Compose would refuse to load. */
export function loadComposeProject(request: ComposeRequest, files: ComposeFiles): Map<string, PlainMap> {
  return new ProjectLoader(request, files).load();
}

class ProjectLoader {
  readonly #request: ComposeRequest;
  readonly #files: ComposeFiles;
  readonly #variables: Variables;

  constructor(request: ComposeRequest, files: ComposeFiles) {
    this.#request = request;
    this.#files = files;
    this.#variables = this.#readVariables();
  }

  load(): Map<string, PlainMap> {
    const { configPaths, projectPath, profiles } = this.#request;
    let project: PlainMap = {};
    for (const file of configPaths) project = mergeCompose(project, this.#file(file, projectPath, []));
    const services = new Map<string, PlainMap>();
    for (const [name, service] of sortedEntries(servicesOf(project))) {
      const own = list(service, 'profiles').map(String);
      const isActive = own.length === 0 || profiles.includes('*') || own.some(profile => profiles.includes(profile));
      if (isActive) services.set(name, this.#finish(service, projectPath));
    }
    this.#checkDependencies(services, project);
    return services;
  }

  #readVariables(): Variables {
    const { env, envFile, projectPath } = this.#request;
    const outer: Variables = name => env[name];
    const file = envFile || path.join(projectPath, '.env');
    const isThere = envFile !== '' || this.#files.exists(file);
    const dotenv = isThere ? parseDotenv(this.#files.read(file), outer) : new Map<string, string>();
    return name => env[name] ?? dotenv.get(name);
  }

  /** One file with its includes under it and its extends resolved. `trail` guards against circles. */
  #file(file: string, folder: string, trail: readonly string[]): PlainMap {
    if (trail.includes(file)) throw new Error(`include cycle detected:\n${[...trail, file].join('\n include ')}`);
    let whole: PlainMap = {};
    for (const document of splitDocuments(this.#files.read(file))) {
      const data = readYaml(document, { isCore: true, refusesSecondKeys: true });
      if (data === null) continue;
      if (!isMap(data)) throw new Error(`top-level object must be a mapping`);
      whole = mergeCompose(whole, this.#document(interpolate(data, this.#variables), { file, folder, trail }));
    }
    return whole;
  }

  #document(
    data: PlainMap,
    place: { readonly file: string; readonly folder: string; readonly trail: readonly string[] },
  ): PlainMap {
    const { file, folder, trail } = place;
    const services: PlainMap = {};
    const given = servicesOf(data);
    for (const [name, service] of Object.entries(given)) {
      if (!isMap(service)) throw new Error(`services.${name} must be a mapping`);
      setKey(services, name, this.#extended(name, service, { services: given, file, folder, trail: [] }));
    }
    let included: PlainMap = {};
    for (const item of list(data, 'include'))
      included = mergeCompose(included, this.#include(item, folder, [...trail, file]));
    return mergeCompose(included, { ...data, services });
  }

  #include(item: Plain, folder: string, trail: readonly string[]): PlainMap {
    const paths = isMap(item) ? textsAt(item, 'path') : [String(item)];
    const absolute = paths.map(file => path.resolve(folder, file));
    const ownFolder = isMap(item) ? getKey(item, 'project_directory') : undefined;
    const base = typeof ownFolder === 'string' ? path.resolve(folder, ownFolder) : path.dirname(absolute[0]!);
    let whole: PlainMap = {};
    for (const file of absolute) whole = mergeCompose(whole, this.#file(file, base, trail));
    return whole;
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
    const resolved = absolutePaths(canonicalService(own), place.folder);
    if (base === undefined || base === null) return resolved;
    const target = isMap(base) ? String(base['service']) : String(base);
    const file =
      isMap(base) && typeof base['file'] === 'string' ? path.resolve(place.folder, base['file']) : place.file;
    const key = `${file} ${target}`;
    if (place.trail.includes(key)) throw new Error(`Circular reference:\n  ${target} in ${file}`);
    const isOther = file !== place.file;
    const services = isOther ? this.#servicesOfFile(file) : place.services;
    const found = getKey(services, target);
    if (!isMap(found))
      throw new Error(
        `cannot extend service ${JSON.stringify(name)} in ${place.file}: service ${JSON.stringify(target)} not found`,
      );
    const folder = isOther ? path.dirname(file) : place.folder;
    const { depends_on: _depends, ...parent } = this.#extended(target, found, {
      services,
      file,
      folder,
      trail: [...place.trail, key],
    });
    return mergeCompose(
      isOther ? parent : { ...parent, ...(_depends === undefined ? {} : { depends_on: _depends }) },
      resolved,
    );
  }

  #servicesOfFile(file: string): PlainMap {
    const data = readYaml(this.#files.read(file), { isCore: true, refusesSecondKeys: true });
    return isMap(data) ? servicesOf(interpolate(data, this.#variables)) : {};
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
    if (!hasNetworks && finished['network_mode'] === undefined) finished['networks'] = { default: null };
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
      for (const [key, value] of parseDotenv(this.#files.read(file), this.#variables)) setKey(fromFiles, key, value);
    }
    const given = getKey(service, 'environment');
    const environment: PlainMap = { ...fromFiles };
    for (const [key, value] of Object.entries(isMap(given) ? given : {}))
      setKey(environment, key, value ?? this.#variables(key) ?? null);
    if (Object.keys(environment).length > 0) service['environment'] = environment;
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

  #checkDependencies(services: Map<string, PlainMap>, project: PlainMap): void {
    for (const [name, service] of services) {
      const dependsOn = getKey(service, 'depends_on');
      if (!isMap(dependsOn)) continue;
      for (const [other, options] of Object.entries(dependsOn)) {
        if (services.has(other)) continue;
        const isRequired = !isMap(options) || options['required'] !== false;
        if (isRequired && !Object.hasOwn(servicesOf(project), other))
          throw new Error(
            `service ${JSON.stringify(name)} depends on undefined service ${JSON.stringify(other)}: invalid compose project`,
          );
        if (isRequired) throw new Error(`no such service: ${other}: disabled`);
        delete dependsOn[other];
      }
    }
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
    if (typeof context === 'string' && !isUrl(context))
      resolved['build'] = { ...build, context: path.resolve(folder, context) };
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

function withoutEmpty(service: PlainMap): PlainMap {
  const kept: PlainMap = {};
  for (const [key, value] of Object.entries(service)) {
    if (value === null || value === false || (Array.isArray(value) && value.length === 0)) continue;
    if (isMap(value) && Object.keys(value).length === 0) continue;
    if (key !== 'extends') setKey(kept, key, value);
  }
  return kept;
}
