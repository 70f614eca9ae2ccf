// What Compose refuses of a whole project: services without an image, names that nothing defines (Compose specification).
import { getKey, isMap, type Plain, type PlainMap } from '../yaml/plain.ts';

const invalid = 'invalid compose project';

/** Throws for the first service, by name, that does not fit the project. `project` has the services of all profiles. */
export function checkConsistency(services: Map<string, PlainMap>, project: PlainMap): void {
  for (const [name, service] of services) {
    checkImage(name, service);
    checkNetworks(name, service, project);
    checkDependencies(name, service, services, project);
    checkNames(name, service, project);
    checkScale(name, service);
  }
  const done = new Set<string>();
  for (const name of services.keys()) checkCycles([name], services, done);
}

/** `done` grows by the services from which no way leads back. */
function checkCycles(trail: readonly string[], services: Map<string, PlainMap>, done: Set<string>): void {
  if (done.has(trail.at(-1)!)) return;
  const dependsOn = getKey(services.get(trail.at(-1)!) ?? {}, 'depends_on');
  for (const other of isMap(dependsOn) ? Object.keys(dependsOn).sort() : []) {
    const at = trail.indexOf(other);
    if (at >= 0) throw new Error(`dependency cycle detected: ${[...trail.slice(at), other].join(' -> ')}`);
    checkCycles([...trail, other], services, done);
  }
  done.add(trail.at(-1)!);
}

function checkImage(name: string, service: PlainMap): void {
  const image = getKey(service, 'image');
  const hasImage = image !== undefined && image !== '';
  if (!hasImage && service['build'] === undefined && service['provider'] === undefined)
    throw new Error(`service ${JSON.stringify(name)} has neither an image nor a build context specified: ${invalid}`);
  const build = getKey(service, 'build');
  if (isMap(build) && build['dockerfile_inline'] !== undefined && build['dockerfile'] !== undefined)
    throw new Error(
      `service ${JSON.stringify(name)} declares mutualy exclusive dockerfile and dockerfile_inline: ${invalid}`,
    );
}

function checkNetworks(name: string, service: PlainMap, project: PlainMap): void {
  const networks = getKey(service, 'networks');
  if (!isMap(networks)) return;
  if (service['network_mode'] !== undefined)
    throw new Error(`service ${name} declares mutually exclusive \`network_mode\` and \`networks\`: ${invalid}`);
  for (const network of Object.keys(networks))
    if (network !== 'default' && !has(project, 'networks', network)) throw undefinedName(name, 'network', network);
}

function checkDependencies(name: string, service: PlainMap, services: Map<string, PlainMap>, project: PlainMap): void {
  const dependsOn = getKey(service, 'depends_on');
  if (!isMap(dependsOn)) return;
  for (const [other, options] of Object.entries(dependsOn)) {
    if (services.has(other)) continue;
    const isOptional = isMap(options) && options['required'] === false && has(project, 'services', other);
    if (!isOptional)
      throw new Error(
        `service ${JSON.stringify(name)} depends on undefined service ${JSON.stringify(other)}: ${invalid}`,
      );
    delete dependsOn[other];
  }
}

function checkNames(name: string, service: PlainMap, project: PlainMap): void {
  for (const volume of items(service, 'volumes')) {
    if (!isMap(volume) || volume['type'] !== 'volume') continue;
    const source = String(volume['source'] ?? '');
    if (source !== '' && !has(project, 'volumes', source)) throw undefinedName(name, 'volume', source);
  }
  const build = getKey(service, 'build');
  for (const source of isMap(build) ? sources(build, 'secrets') : [])
    if (!has(project, 'secrets', source)) throw undefinedName(name, 'build secret', source);
  for (const source of sources(service, 'configs'))
    if (!has(project, 'configs', source)) throw undefinedName(name, 'config', source);
  const models = getKey(service, 'models');
  for (const model of isMap(models) ? Object.keys(models) : [])
    if (!has(project, 'models', model)) throw undefinedName(name, 'model', model);
  for (const source of sources(service, 'secrets'))
    if (!has(project, 'secrets', source)) throw undefinedName(name, 'secret', source);
}

function checkScale(name: string, service: PlainMap): void {
  const scale = getKey(service, 'scale');
  if (typeof scale === 'number' && scale < 0)
    throw new Error(`services.${name}.scale: must be greater than or equal to 0`);
}

function undefinedName(service: string, what: string, name: string): Error {
  return new Error(`service ${JSON.stringify(service)} refers to undefined ${what} ${name}: ${invalid}`);
}

function has(project: PlainMap, section: string, name: string): boolean {
  const map = getKey(project, section);
  return isMap(map) && Object.hasOwn(map, name);
}

function items(map: PlainMap, key: string): readonly Plain[] {
  const value = getKey(map, key);
  return Array.isArray(value) ? value : [];
}

function sources(map: PlainMap, key: string): string[] {
  return items(map, key).map(item => (isMap(item) ? String(item['source'] ?? '') : String(item)));
}
