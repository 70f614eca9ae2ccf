// Which cluster, as whom, in which namespace: options of the command line over the kubeconfig files over the service
// account of a pod. Nobody is spoken to.
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { clusterProduct, inClusterContext as inCluster } from '../../domain/kubernetes/cluster-product.ts';
import type { PlainMap } from '../../domain/yaml/plain.ts';
import { type KubeEntry, type KubeFiles, readKubeFiles, textOf } from './kubeconfig-files.ts';
import type { UserEntry } from './login-file.ts';
import type { ConnectRequest, KubeFacts } from './port.ts';

/** One connection's settings. `cluster` and `user` are what a kubeconfig says of them, with absolute paths. */
export interface KubeSettings {
  readonly facts: KubeFacts;
  readonly cluster: PlainMap;
  readonly user: PlainMap;
  /** Where the user stands, for what a login has to keep. */
  readonly userEntry?: UserEntry;
  /** Names for a kubeconfig of its own. */
  readonly names: { readonly context: string; readonly cluster: string; readonly user: string };
}

/** Rejects with an Error for people: what is wrong with which file. */
export async function readKubeSettings(request: ConnectRequest, accountFolder: string): Promise<KubeSettings> {
  const files = await readKubeFiles(request.env);
  const name = request.context || files.currentContext;
  const isNamed = files.contexts.some(entry => entry.name === name);
  if (name !== '' && (name !== inCluster || isNamed)) return fromContext(files, name, request);
  const settings = await fromServiceAccount(request, accountFolder);
  if (settings) return settings;
  throw new Error(`Kubernetes context not set in [${files.files.join(' ')}]`);
}

function fromContext(files: KubeFiles, name: string, request: ConnectRequest): KubeSettings {
  const context = files.contexts.find(entry => entry.name === name);
  if (!context) throw contextNotFound(name, files);
  const clusterName = textOf(context.value, 'cluster');
  const userName = textOf(context.value, 'user');
  const cluster = files.clusters.find(entry => entry.name === clusterName);
  const server = textOf(cluster?.value, 'server').replace(/\/+$/, '');
  if (!cluster) throw broken(context, `names the cluster ${JSON.stringify(clusterName)}, which does not exist`);
  if (!URL.canParse(server))
    throw broken(cluster, `has no server, or one that is no address: ${JSON.stringify(server)}`);
  const user = files.users.find(entry => entry.name === userName);
  if (!user && userName !== '')
    throw broken(context, `names the user ${JSON.stringify(userName)}, which does not exist`);
  const place = {
    name: clusterName,
    file: context.file,
    certificateAuthority: textOf(cluster.value, 'certificate-authority'),
  };
  return {
    facts: {
      context: name,
      cluster: clusterName,
      namespace: request.namespace || textOf(context.value, 'namespace') || 'default',
      product: clusterProduct(place, request.env['HOME'] || os.homedir()),
      server,
    },
    cluster: { ...cluster.value, server },
    user: user?.value ?? {},
    ...(user ? { userEntry: { file: user.file, name: user.name } } : {}),
    names: { context: name, cluster: clusterName, user: userName || 'user' },
  };
}

function contextNotFound(name: string, { contexts, files }: KubeFiles): Error {
  const known = contexts.length === 0 ? 'there are none' : `known: ${contexts.map(entry => entry.name).join(', ')}`;
  return new Error(`context ${JSON.stringify(name)} does not exist in [${files.join(' ')}] (${known})`);
}

function broken(entry: KubeEntry, words: string): Error {
  return new Error(`${entry.file}: ${JSON.stringify(entry.name)} ${words}`);
}

/** Undefined outside of a pod. The token is a file that the kubelet renews, so it is named and not read. */
async function fromServiceAccount(request: ConnectRequest, folder: string): Promise<KubeSettings | undefined> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = request.env;
  const tokenFile = path.join(folder, 'token');
  const hasToken = await fs.access(tokenFile).then(
    () => true,
    () => false,
  );
  if (!host || !port || !hasToken) return undefined;
  const written = await fs.readFile(path.join(folder, 'namespace'), 'utf8').catch(() => '');
  const server = `https://${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
  return {
    facts: {
      context: inCluster,
      cluster: inCluster,
      namespace: request.namespace || written.trim() || 'default',
      product: 'unknown',
      server,
    },
    cluster: { server, 'certificate-authority': path.join(folder, 'ca.crt') },
    user: { tokenFile },
    names: { context: inCluster, cluster: inCluster, user: 'service-account' },
  };
}
