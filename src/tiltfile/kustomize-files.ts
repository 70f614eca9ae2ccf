// The files that a kustomization is made of, so that a change of any runs the Tiltfile again (reference 2.1).
import path from 'node:path';
import type { Disk } from '../adapters/disk/port.ts';
import { getKey, isMap, type Plain, type PlainMap } from '../domain/yaml/plain.ts';
import { readYaml } from '../domain/yaml/read-yaml.ts';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Absolute paths, each once, what a kustomization builds on before itself. */
export function kustomizeFiles(disk: Disk, folder: string): string[] {
  return [...new Set(filesOf(disk, folder))];
}

function filesOf(disk: Disk, folder: string): string[] {
  const file = kustomizationFile(disk, folder);
  const data = readYaml(disk.readFile(file).toString('utf8'));
  const content: PlainMap = isMap(data) ? data : {};
  const sources = [...texts(content, 'bases'), ...texts(content, 'components'), ...texts(content, 'resources')];
  const built = sources.flatMap(source => {
    const absolute = path.join(folder, source);
    return disk.stat(absolute)?.isDirectory ? filesOf(disk, absolute) : [absolute];
  });
  const beside = [
    ...paths(content, 'patches'),
    ...texts(content, 'patchesStrategicMerge'),
    ...texts(content, 'crds'),
    ...paths(content, 'patchesJson6902'),
    ...generatorFiles(content),
  ];
  return [...built, file, ...beside.map(name => path.join(folder, name))];
}

function kustomizationFile(disk: Disk, folder: string): string {
  const found = names.map(name => path.join(folder, name)).filter(file => disk.stat(file)?.isFile);
  if (found.length === 0) throw new Error(`unable to find one of [${names.join(' ')}] in directory '${folder}'`);
  if (found.length > 1) throw new Error(`Found multiple kustomization files under: ${folder}\n`);
  return found[0]!;
}

function list(content: PlainMap, key: string): Plain[] {
  const value = getKey(content, key);
  return Array.isArray(value) ? value : [];
}

function texts(content: PlainMap, key: string): string[] {
  return list(content, key).filter(item => typeof item === 'string');
}

function paths(content: PlainMap, key: string): string[] {
  return list(content, key)
    .map(item => (isMap(item) ? getKey(item, 'path') : undefined))
    .filter(item => typeof item === 'string' && item !== '') as string[];
}

function generatorFiles(content: PlainMap): string[] {
  return list(content, 'configMapGenerator').flatMap(item => (isMap(item) ? texts(item, 'files') : []));
}
