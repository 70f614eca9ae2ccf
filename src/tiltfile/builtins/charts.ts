// helm and kustomize: YAML made by programs of this machine (reference 2.3).
// What they print is not kept over reloads, though one run takes 50 to 100 ms. Equal files do not prove equal output: a chart,
// also one inside a .tgz, may ask for random names, keys or the time; kustomize reads bases by URL, runs plugins and takes
// values from the environment. For local() nothing is known at all. Only helm's version is kept, for the rest of one load.
import path from 'node:path';
import { isMissing } from '../../adapters/disk/node-disk.ts';
import type { Disk } from '../../adapters/disk/port.ts';
import { makeEntity } from '../../domain/kubernetes/entity.ts';
import { readEntities } from '../../domain/kubernetes/read-entities.ts';
import { getKey, isMap, setKey } from '../../domain/yaml/plain.ts';
import { readYaml } from '../../domain/yaml/read-yaml.ts';
import { jsString, starlarkString, type Value } from '../../starlark/index.ts';
import { Blob } from '../blob.ts';
import { defineBuiltin } from '../define-builtin.ts';
import type { HelmVersion } from '../deployment-state.ts';
import { type Evaluation, evaluationOf } from '../evaluation.ts';
import { blobOfEntities } from '../kube-yaml.ts';
import { kustomizeFiles } from '../kustomize-files.ts';
import { stringList, stringOrStrings } from '../parameter-lists.ts';
import { localPath } from '../parameters.ts';
import { runCommand } from '../run-command.ts';

const quiet = { showsOutput: false } as const;

/** The file that would run, or undefined: a path as it is, a name in $PATH. */
function findProgram(evaluation: Evaluation, program: string): string | undefined {
  const { disk, env } = evaluation.deps;
  if (program.includes('/')) return disk.stat(program)?.isFile ? program : undefined;
  return (env['PATH'] ?? '')
    .split(path.delimiter)
    .filter(folder => folder !== '')
    .map(folder => path.join(folder, program))
    .find(file => disk.stat(file)?.isFile === true);
}

const kustomize = defineBuiltin(
  'kustomize',
  [
    { name: 'paths', unpack: localPath },
    { name: 'kustomize_bin', unpack: localPath, default: '' },
    { name: 'flags', unpack: stringList, default: [] as string[] },
  ],
  (thread, args) => {
    const evaluation = evaluationOf(thread);
    const dir = evaluation.currentDir;
    let program = [args.kustomize_bin || 'kustomize', 'build'];
    if (findProgram(evaluation, program[0]!) === undefined) {
      if (args.kustomize_bin !== '') {
        const why = evaluation.deps.disk.stat(args.kustomize_bin)?.isDirectory
          ? 'is a directory'
          : `stat ${args.kustomize_bin}: no such file or directory`;
        throw new Error(`exec: ${JSON.stringify(args.kustomize_bin)}: ${why}`);
      }
      evaluation.info(`Falling back to \`kubectl kustomize\` since \`${program[0]}\` was not found in PATH`);
      program = ['kubectl', 'kustomize'];
    }
    // Kustomize does not take absolute paths well.
    const target = path.relative(dir, args.paths) || '.';
    const command = { args: [...program, ...args.flags, target], dir, env: [] };
    const yaml = runCommand(evaluation, command, { ...quiet, echo: 'Running:' });
    for (const file of resolved(() => kustomizeFiles(evaluation.deps.disk, args.paths))) evaluation.recordTree(file);
    return new Blob(yaml, `kustomize: ${args.paths}`);
  },
);

function resolved<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw new Error(`resolving deps: ${(error as Error).message}`);
  }
}

const helm = defineBuiltin(
  'helm',
  [
    { name: 'paths', unpack: localPath },
    { name: 'name', type: 'string', default: '' },
    { name: 'namespace', type: 'string', default: '' },
    { name: 'values', unpack: stringOrStrings, default: [] as string[] },
    { name: 'set', unpack: stringOrStrings, default: [] as string[] },
    { name: 'kube_version', type: 'string', default: '' },
    { name: 'skip_crds', type: 'bool', default: false },
  ],
  (thread, args) => {
    const evaluation = evaluationOf(thread);
    const chart = args.paths;
    checkChart(evaluation.deps.disk, chart);
    evaluation.recordTree(chart);
    for (const dep of localDependencies(evaluation.deps.disk, chart)) evaluation.recordTree(evaluation.absolute(dep));
    const version = helmVersion(evaluation);
    const command = [
      ...['helm', 'template', args.name || 'chart', chart],
      ...(args.namespace === '' ? [] : ['--namespace', args.namespace]),
      ...(args.kube_version === '' ? [] : ['--kube-version', args.kube_version]),
      ...(!args.skip_crds && version !== '3.0' ? ['--include-crds'] : []),
      ...args.values.flatMap(file => ['--values', file]),
      ...args.set.flatMap(setting => ['--set', setting]),
    ];
    for (const file of args.values) evaluation.recordRead(evaluation.absolute(file));
    const spec = { args: command, dir: evaluation.currentDir, env: [] };
    const stdout = jsString(runCommand(evaluation, spec, { ...quiet, echo: 'Running:' }));
    const charts = withoutTests(stdout);
    // Helm 3.0 leaves the chart's own CRDs out of its output.
    const yaml = version === '3.0' ? [charts, ...chartCrds(evaluation.deps.disk, chart)].join('\n---\n') : charts;
    if (args.namespace === '') return new Blob(starlarkString(yaml), `helm: ${chart}`);
    return inNamespace(yaml, args.namespace, `helm: ${chart}`);
  },
);

function checkChart(disk: Disk, chart: string): void {
  const stat = disk.stat(chart);
  if (!stat) throw new Error(`Could not read Helm chart directory ${JSON.stringify(chart)}: does not exist`);
  if (!stat.isDirectory)
    throw new Error(`helm() may only be called on directories with Chart.yaml: ${JSON.stringify(chart)}`);
}

/** Sub-charts that lie on this machine. */
function localDependencies(disk: Disk, chart: string): string[] {
  let text: string;
  try {
    text = disk.readFile(path.join(chart, 'requirements.yaml')).toString('utf8');
  } catch (error) {
    if (isMissing(error)) return [];
    throw new Error(`reading subchart deps: ${(error as Error).message}`);
  }
  const data = readYaml(text);
  const dependencies = isMap(data) ? getKey(data, 'dependencies') : undefined;
  const repositories = Array.isArray(dependencies)
    ? dependencies.map(dependency => (isMap(dependency) ? getKey(dependency, 'repository') : undefined))
    : [];
  return repositories
    .filter(repository => typeof repository === 'string')
    .filter(repository => repository.startsWith('file://'))
    .map(repository => repository.slice('file://'.length));
}

/** Asked once a load for each folder, as a shim may choose by the folder, and for each file that `helm` means. */
function helmVersion(evaluation: Evaluation): HelmVersion {
  const program = findProgram(evaluation, 'helm');
  if (program === undefined) throw new Error('Unable to find Helm installation. Make sure `helm` is on your $PATH.');
  const { helmVersions } = evaluation.deployment;
  const key = `${program} ${evaluation.deps.disk.state(program).id} ${evaluation.currentDir}`;
  const version = helmVersions.get(key) ?? askHelmVersion(evaluation);
  helmVersions.set(key, version);
  return version;
}

function askHelmVersion(evaluation: Evaluation): HelmVersion {
  const command = { args: ['helm', 'version', '--short'], dir: evaluation.currentDir, env: [] };
  const output = jsString(runCommand(evaluation, command, { ...quiet, echo: undefined }));
  // Warnings may stand above the version.
  const version = output.trim().split('\n').at(-1)!;
  if (version.startsWith('v3.0.')) return '3.0';
  if (/^(v3|3|v4)\./.test(version)) return 'later';
  throw new Error(`could not parse Helm version from string: ${JSON.stringify(output)}`);
}

const separator = '---\n';

/** A chart's tests are not part of what it deploys. */
function withoutTests(yaml: string): string {
  return yaml
    .split(separator)
    .filter(document => !/^# Source: .*\/tests\//m.test(document))
    .join(separator);
}

function chartCrds(disk: Disk, chart: string): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of disk.list(folder)) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory) walk(file);
      else if (/\.ya?ml$/i.test(entry.name)) found.push(disk.readFile(file).toString('utf8'));
    }
  };
  const crds = path.join(chart, 'crds');
  if (disk.stat(crds)?.isDirectory) walk(crds);
  return found;
}

/** Helm neither writes the namespace into the objects nor makes it. */
function inNamespace(yaml: string, namespace: string, source: string): Blob {
  const entities = readEntities(yaml).map(entity => {
    if (entity.namespace !== '') return entity;
    const metadata = getKey(entity.object, 'metadata');
    const object = { ...entity.object };
    setKey(object, 'metadata', { ...(isMap(metadata) ? metadata : {}), namespace });
    return makeEntity(object, entity.typeIndex);
  });
  return blobOfEntities(entities, source);
}

/** Names of this topic. */
export function chartBuiltins(): Record<string, Value> {
  return { helm, kustomize };
}
