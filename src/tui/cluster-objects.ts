// The objects of a resource in its cluster, as they were applied: which they are, and their YAML.
// Does not: understand YAML; it finds the few lines at the top of each document that name the object.
import type { Client } from '../api/client.ts';

export interface ClusterObject {
  readonly kind: string;
  readonly name: string;
  /** '' for one that has none. */
  readonly namespace: string;
  /** '' before it was applied. */
  readonly uid: string;
  readonly yaml: string;
}

/** What a resource has in its cluster; empty before the first time it was applied. */
export function clusterObjects(client: Pick<Client, 'get'>, resource: string): ClusterObject[] {
  const apply = client.get('KubernetesApply', resource);
  const yaml = apply?.status?.resultYAML || apply?.spec?.yaml || '';
  return yaml.split(/^---[^\n]*$/m).flatMap(readObject);
}

function readObject(document: string): ClusterObject[] {
  const yaml = document.replace(/^\n+/, '');
  const top = (field: string): string => unquote(new RegExp(`^${field}:[ \\t]*(\\S.*)$`, 'm').exec(yaml)?.[1] ?? '');
  const metadata = /^metadata:[ \t]*\n((?:[ \t]+.*\n|[ \t]*\n)*)/m.exec(`${yaml}\n`)?.[1] ?? '';
  const indent = /^([ \t]+)/.exec(metadata)?.[1] ?? '  ';
  const inMetadata = (field: string): string =>
    unquote(new RegExp(`^${indent}${field}:[ \\t]*(\\S.*)$`, 'm').exec(metadata)?.[1] ?? '');
  const [kind, name] = [top('kind'), inMetadata('name')];
  return kind === '' || name === ''
    ? []
    : [{ kind, name, namespace: inMetadata('namespace'), uid: inMetadata('uid'), yaml }];
}

function unquote(text: string): string {
  return text
    .replace(/\s+#.*$/, '')
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
}
