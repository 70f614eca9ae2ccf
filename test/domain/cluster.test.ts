// What names and annotations tell about a cluster: its product, its registry.
import test from 'ava';
import { clusterProduct, isDevelopmentProduct } from '../../src/domain/kubernetes/cluster-product.ts';
import {
  architectureOf,
  noRegistryAdvice,
  registryOfHostingMap,
  registryOfNode,
  registryOfService,
} from '../../src/domain/kubernetes/cluster-registry.ts';
import { loadYamlLibrary } from '../../src/domain/yaml/library.ts';

const products: readonly (readonly [name: string, product: string, isDevelopment: boolean])[] = [
  ['minikube', 'minikube', true],
  ['minikube-two', 'minikube', true],
  ['docker-desktop', 'docker-desktop', true],
  ['docker-for-desktop-cluster', 'docker-desktop', true],
  ['gke_project_zone_name', 'gke', false],
  ['arn:aws:eks:us-east-1:1:cluster/x', 'eks', false],
  ['x.us-east-1.eksctl.io', 'eks', false],
  ['kind', 'kind', true],
  ['kind-x', 'kind', true],
  ['kindergarten', 'unknown', false],
  ['microk8s-cluster', 'microk8s', true],
  ['api-crc-testing:6443', 'crc', true],
  ['krucible-x', 'krucible', true],
  ['k3d-x', 'k3d', true],
  ['rancher-desktop', 'rancher-desktop', true],
  ['colima', 'colima', true],
  ['orbstack', 'orbstack', true],
  ['orbstack-x', 'unknown', false],
  ['k0s-cluster', 'k0s', false],
  ['mine', 'unknown', false],
];

test('products by the name of the cluster', t => {
  for (const [name, product, isDevelopment] of products) {
    const found = clusterProduct({ name, file: '/home/me/.kube/config', certificateAuthority: '' }, '/home/me');
    t.is(found, product, name);
    t.is(isDevelopmentProduct(found), isDevelopment, name);
  }
});

test('products by the place of the kubeconfig and of the certificate', t => {
  const of = (file: string, certificateAuthority = ''): string =>
    clusterProduct({ name: 'x', file, certificateAuthority }, '/home/me');
  t.is(of('/home/me/.config/k3d/kubeconfig-x.yaml'), 'k3d');
  t.is(of('/home/me/.kube/config', '/home/me/.minikube/ca.crt'), 'minikube');
  t.is(of('/tmp/kind-config-x'), 'kind');
  t.is(of('/home/you/.config/k3d/x', '/home/you/.minikube/ca.crt'), 'unknown');
});

test('registries that a cluster announces', async t => {
  await loadYamlLibrary();
  t.deepEqual(registryOfHostingMap('host: "localhost:5000"\nhostFromClusterNetwork: "r:5000"\nhelp: u\nmore: 1\n'), {
    registry: { host: 'localhost:5000', hostFromClusterNetwork: 'r:5000', help: 'u' },
    help: 'u',
  });
  t.deepEqual(registryOfHostingMap('help: u\n'), { help: 'u' });
  t.deepEqual(registryOfHostingMap(''), {});
  t.regex(registryOfHostingMap('host: "Not A Host"').problem!, /^registry "Not A Host": /);
  t.regex(registryOfHostingMap('host: [').problem!, /^yaml: /);
  t.deepEqual(registryOfNode({ 'tilt.dev/registry': 'localhost:1', 'tilt.dev/registry-from-cluster': 'r:1' }), {
    registry: { host: 'localhost:1', hostFromContainerRuntime: 'r:1' },
  });
  t.deepEqual(registryOfNode({ 'kind.x-k8s.io/registry': 'localhost:2' }), { registry: { host: 'localhost:2' } });
  t.deepEqual(registryOfNode({}), {});
  t.deepEqual(registryOfService([{ nodePort: 32_000 }]), { registry: { host: 'localhost:32000' } });
  t.deepEqual(registryOfService([]), {});
});

test('advice and architecture', t => {
  t.is(noRegistryAdvice('gke', undefined), undefined);
  t.regex(noRegistryAdvice('kind', undefined)!, /^You are running Kind without .*\n.*\nInstructions: https:\/\/kind/);
  t.regex(noRegistryAdvice('kind', 'http://h')!, /^You are running without .*\n.*\nInstructions: http:\/\/h$/);
  t.is(architectureOf({ 'beta.kubernetes.io/arch': 'arm64' }), 'arm64');
  t.is(architectureOf({ 'kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/arch': 'x' }), 'amd64');
  t.is(architectureOf({}), 'unknown');
});
