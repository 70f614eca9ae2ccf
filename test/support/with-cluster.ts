// A test with a project of its own and a namespace of its own in the real cluster; without one it is skipped, and says so.
import type { ExecutionContext } from 'ava';
import { type TestCluster, useCluster } from './cluster.ts';
import { makeProject, type Project } from './tilt-process.ts';

/** An object, loosely: tests look at whatever they like. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the cluster's
type KubeThing = Record<string, any>;

export interface ClusterProject extends Project {
  readonly cluster: TestCluster;
  /** Objects of the namespace, as the cluster has them now. */
  objects(apiVersion: string, kind: string): Promise<readonly KubeThing[]>;
}

/** `up`, `ci` and `down` are called with the namespace. */
export function withCluster(
  files: Readonly<Record<string, string>>,
  body: (t: ExecutionContext, project: ClusterProject) => Promise<void>,
) {
  return async (t: ExecutionContext): Promise<void> => {
    t.timeout(180_000);
    const cluster = await useCluster(t);
    if (!cluster) return;
    const project = await makeProject(files);
    t.teardown(() => project.dispose());
    project.env['KUBECONFIG'] = cluster.kubeconfig;
    project.env['NAMESPACE'] = cluster.namespace;
    const inNamespace = (args: readonly string[]): string[] => {
      const [command = '', ...rest] = args;
      return ['up', 'ci', 'down'].includes(command) ? [command, '--namespace', cluster.namespace, ...rest] : [...args];
    };
    await body(t, {
      ...project,
      start: (...args) => project.start(...inNamespace(args)),
      run: (...args) => project.run(...inNamespace(args)),
      cluster,
      objects: (apiVersion, kind) =>
        cluster.client.list(apiVersion, kind, { namespace: cluster.namespace, signal: cluster.signal }),
    });
  };
}

/** YAML of a Deployment of one busybox container that runs a shell script. */
export function deployment(name: string, script: string, more = ''): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
      - name: main
        image: busybox
        imagePullPolicy: IfNotPresent
        command: [sh, -c, ${JSON.stringify(script)}]${more === '' ? '' : `\n        ${more}`}
`;
}

/** YAML of a Job of one busybox container that runs a shell script once. */
export function job(name: string, script: string, more = ''): string {
  return `
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec:
  backoffLimit: 0${more === '' ? '' : `\n  ${more}`}
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox, imagePullPolicy: IfNotPresent, command: [sh, -c, ${JSON.stringify(script)}]}]
`;
}
