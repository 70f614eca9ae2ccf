// Which cluster a Tiltfile speaks to, and whether it is one for development (reference 2.5, context guard). Read from
// the kubeconfig files alone; nobody is connected to.
import os from 'node:os';
import path from 'node:path';
import type { Disk } from '../adapters/disk/port.ts';
import {
  type ClusterPlace,
  clusterProduct,
  inClusterContext,
  isDevelopmentProduct,
  serviceAccountFolder,
} from '../domain/kubernetes/cluster-product.ts';
import { loadYamlLibrary } from '../domain/yaml/library.ts';
import { readYaml } from '../domain/yaml/read-yaml.ts';
import { parseBlockYaml } from '../state/block-yaml.ts';
import type { LoadRequest } from './result.ts';

export interface KubeSetup {
  /** '' without a kubeconfig. */
  readonly context: string;
  readonly namespace: string;
  /** True when there is no cluster, or one for development. */
  readonly isSafe: boolean;
}

interface Deps {
  readonly disk: Disk;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Named {
  readonly name?: unknown;
  readonly cluster?: Readonly<Record<string, unknown>> | null;
  readonly context?: Readonly<Record<string, unknown>> | null;
}

interface KubeFile {
  readonly file: string;
  readonly currentContext: string;
  readonly contexts: readonly Named[];
  readonly clusters: readonly Named[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads $KUBECONFIG, or ~/.kube/config; the first file that names something wins. */
export async function readKubeSetup(request: LoadRequest, deps: Deps): Promise<KubeSetup> {
  const home = deps.env['HOME'] ?? os.homedir();
  const listed = (deps.env['KUBECONFIG'] ?? '').split(path.delimiter).filter(file => file !== '');
  const files = listed.length > 0 ? listed : [path.join(home, '.kube', 'config')];
  const read: KubeFile[] = [];
  for (const file of new Set(files)) {
    const found = await readKubeFile(file, deps.disk);
    if (found) read.push(found);
  }
  const name = request.kubeContext || (read.find(file => file.currentContext !== '')?.currentContext ?? '');
  if (name === '' && isInPod(deps)) return inPod(request, deps);
  const holder = read.find(file => file.contexts.some(item => item.name === name));
  const context = holder?.contexts.find(item => item.name === name)?.context;
  if (!holder || !context) return { context: name, namespace: request.kubeNamespace, isSafe: true };
  return {
    context: name,
    namespace: request.kubeNamespace || text(context['namespace']) || 'default',
    isSafe: isDevelopmentProduct(clusterProduct(placeOf(text(context['cluster']), holder, read), home)),
  };
}

/** A pod whose account has a token is connected to its own cluster, which nothing says is one for development. */
function isInPod({ disk, env }: Deps): boolean {
  if (!env['KUBERNETES_SERVICE_HOST'] || !env['KUBERNETES_SERVICE_PORT']) return false;
  return disk.stat(path.join(serviceAccountFolder, 'token'))?.isFile === true;
}

function inPod(request: LoadRequest, { disk }: Deps): KubeSetup {
  const file = path.join(serviceAccountFolder, 'namespace');
  const written = disk.stat(file)?.isFile ? disk.readFile(file).toString('utf8').trim() : '';
  return { context: inClusterContext, namespace: request.kubeNamespace || written || 'default', isSafe: false };
}

function placeOf(cluster: string, holder: KubeFile, read: readonly KubeFile[]): ClusterPlace {
  const settings = read.flatMap(file => file.clusters).find(item => item.name === cluster)?.cluster;
  return { name: cluster, file: holder.file, certificateAuthority: text(settings?.['certificate-authority']) };
}

async function readKubeFile(file: string, disk: Disk): Promise<KubeFile | undefined> {
  if (!disk.stat(file)?.isFile) return undefined;
  const source = disk.readFile(file).toString('utf8');
  const parsed = (await parse(source)) as Readonly<Record<string, unknown>> | null;
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const list = (value: unknown): readonly Named[] => (Array.isArray(value) ? (value as Named[]) : []);
  return {
    file,
    currentContext: text(parsed['current-context']),
    contexts: list(parsed['contexts']),
    clusters: list(parsed['clusters']),
  };
}

async function parse(source: string): Promise<unknown> {
  const simple = parseBlockYaml(source);
  if (simple) return simple.value;
  await loadYamlLibrary();
  try {
    return readYaml(source);
  } catch {
    // A kubeconfig that nobody can read is no kubeconfig; kubectl will say what is wrong with it.
    return null;
  }
}
