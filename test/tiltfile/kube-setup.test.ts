// Which cluster a Tiltfile is judged by.
import test from 'ava';
import type { Disk } from '../../src/adapters/disk/port.ts';
import { serviceAccountFolder } from '../../src/domain/kubernetes/cluster-product.ts';
import { readKubeSetup } from '../../src/tiltfile/kube-setup.ts';
import type { LoadRequest } from '../../src/tiltfile/result.ts';

function setup(
  files: Readonly<Record<string, string>>,
  env: Record<string, string> = {},
  request: Partial<LoadRequest> = {},
) {
  const disk = {
    stat: (file: string) => (file in files ? { isFile: true } : undefined),
    readFile: (file: string) => Buffer.from(files[file]!),
  } as unknown as Disk;
  const all = { kubeContext: '', kubeNamespace: '', ...request } as LoadRequest;
  return readKubeSetup(all, { disk, env: { HOME: '/home/me', ...env } });
}

const account = { [`${serviceAccountFolder}/token`]: 't', [`${serviceAccountFolder}/namespace`]: 'team\n' };
const inPod = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };
const config = `current-context: a
contexts:
- name: a
  context: {cluster: kind-a, namespace: shop}
- name: b
  context: {cluster: b}
clusters:
- name: kind-a
  cluster: {server: "https://a"}
- name: b
  cluster: {server: "https://b"}
`;

test('the service account of a pod is a cluster like any other, and none for development', async t => {
  t.deepEqual(await setup(account, inPod), { context: 'in-cluster', namespace: 'team', isSafe: false });
  t.deepEqual(await setup(account, inPod, { kubeNamespace: 'mine' }), {
    context: 'in-cluster',
    namespace: 'mine',
    isSafe: false,
  });
  t.like(await setup(account), { context: '', isSafe: true });
  t.like(await setup({}, inPod), { context: '', isSafe: true });
  const both = { ...account, '/home/me/.kube/config': config };
  t.deepEqual(await setup(both, inPod), { context: 'a', namespace: 'shop', isSafe: true });
});

test('a cluster is judged by the context that is used', async t => {
  const files = { '/home/me/.kube/config': config };
  t.deepEqual(await setup(files, {}, { kubeContext: 'b' }), { context: 'b', namespace: 'default', isSafe: false });
  // The file that has the context counts, as kind's and k3d's files do.
  const split = {
    '/x/kind-config-one': 'contexts: [{name: c, context: {cluster: b}}]',
    '/home/me/.kube/config': config,
  };
  const env = { KUBECONFIG: '/x/kind-config-one:/home/me/.kube/config' };
  t.like(await setup(split, env, { kubeContext: 'c' }), { context: 'c', isSafe: true });
});
