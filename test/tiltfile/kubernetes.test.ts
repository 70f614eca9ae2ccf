import test from 'ava';
import type { KubernetesTarget } from '../../src/api/kinds-internal.ts';
import { deployment, loadText } from './load-text.ts';

const service = (name: string, app: string, more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}${more}}\nspec: {selector: {app: ${app}}}\n`;
const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const all = (...documents: string[]): string => documents.join('---\n');

test('a workload takes the services that lead to it; what belongs to nobody comes last', async t => {
  const yaml = all(
    service('svc', 'web'),
    deployment('web', 'nginx'),
    configMap('c'),
    service('far', 'web', ', namespace: other'),
  );
  const { result, resource } = await loadText(t, "k8s_yaml('k.yaml')\nlocal_resource('l', 'true')", {
    files: { 'k.yaml': yaml },
  });
  t.deepEqual(
    result.resources.map(r => r.name),
    ['web', 'l', 'uncategorized'],
  );
  t.deepEqual((resource('web').spec.target as KubernetesTarget).displayNames, ['svc:service', 'web:deployment']);
  t.deepEqual((resource('uncategorized').spec.target as KubernetesTarget).displayNames, ['c:configmap', 'far:service']);
});

test('equal names are told apart by kind, namespace and place', async t => {
  const stateful = deployment('web', 'x').replace('kind: Deployment', 'kind: StatefulSet');
  const { result } = await loadText(
    t,
    "k8s_yaml('k.yaml')\nk8s_yaml('d.yaml')\nk8s_yaml('d.yaml', allow_duplicates=True)",
    { files: { 'k.yaml': all(deployment('web', 'x'), stateful), 'd.yaml': deployment('d', 'x') } },
  );
  t.deepEqual(
    result.resources.map(r => r.name),
    ['web:deployment', 'web:statefulset', 'd:deployment:default:apps:2', 'd:deployment:default:apps:3'],
  );
});

test('options of several calls add up, also under the new name', async t => {
  const { resource } = await loadText(
    t,
    `k8s_yaml('k.yaml')
k8s_resource('web', new_name='front', port_forwards=[8080, '9000:90', port_forward(1, 2, name='n', link_path='/p')], labels=['a'])
k8s_resource('front', objects=['c:configmap'], links='x.com', labels='b', resource_deps=['web2'], trigger_mode=TRIGGER_MODE_MANUAL)`,
    { files: { 'k.yaml': all(deployment('web', 'x'), deployment('web2', 'x'), configMap('c')) } },
  );
  const { spec } = resource('front');
  t.like(spec, {
    labels: { a: 'a', b: 'b' },
    resourceDeps: ['web2'],
    triggerMode: 1,
    links: [{ url: 'http://x.com' }],
  });
  const { apply, displayNames } = spec.target as KubernetesTarget;
  t.deepEqual(displayNames, ['c:configmap', 'web:deployment']);
  t.deepEqual(apply['portForwardTemplateSpec'], {
    forwards: [
      { localPort: 8080, containerPort: 0, host: 'localhost' },
      { localPort: 9000, containerPort: 90, host: 'localhost' },
      { localPort: 1, containerPort: 2, host: 'localhost', name: 'n', path: 'p' },
    ],
  });
});

test('objects are written as a typed client writes them', async t => {
  const yaml = deployment(
    'web',
    'x',
    ', bogus: 1, env: [{name: A, value: ""}], resources: {limits: {cpu: 0.5, memory: 1024Mi}}',
  );
  const { resource } = await loadText(t, "k8s_yaml('k.yaml')", { files: { 'k.yaml': yaml } });
  const written = String((resource('web').spec.target as KubernetesTarget).apply['yaml']);
  t.true(written.includes('cpu: 500m') && written.includes('memory: 1Gi'), written);
  t.false(written.includes('bogus') || written.includes('value: ""'), written);
});

test('readiness: what is said, else what the kind says, else waiting', async t => {
  const job =
    'apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n';
  const { resource } = await loadText(
    t,
    "k8s_yaml('k.yaml')\nk8s_resource('web', pod_readiness='ignore')\nk8s_resource(new_name='o', objects=['c'])",
    { files: { 'k.yaml': all(job, deployment('web', 'x'), deployment('db', 'x'), configMap('c')) } },
  );
  const readiness = (name: string) => (resource(name).spec.target as KubernetesTarget).podReadiness;
  t.deepEqual(['j', 'web', 'db', 'o'].map(readiness), ['succeeded', 'ignore', 'wait', 'ignore']);
});

test('kinds of others: images by path, and by two fields', async t => {
  const { resource } = await loadText(
    t,
    `docker_build('my/a', '.', dockerfile_contents='FROM scratch')
k8s_kind('Um', image_json_path='{.spec.image}')
k8s_kind('Two', image_object={'json_path': '{.spec.im}', 'repo_field': 'r', 'tag_field': 't'})
k8s_yaml('k.yaml')`,
    {
      files: {
        'k.yaml': all(
          'apiVersion: e.com/v1\nkind: Um\nmetadata: {name: um}\nspec: {image: my/a}\n',
          'apiVersion: e.com/v1\nkind: Two\nmetadata: {name: two}\nspec: {im: {r: my/a, t: v1}}\n',
        ),
      },
    },
  );
  for (const name of ['um', 'two']) t.deepEqual(resource(name).spec.images, ['my_a']);
});

test('filter_yaml, encode_yaml and back', async t => {
  const { resource, log } = await loadText(
    t,
    `found, rest = filter_yaml('k.yaml', kind='configmap', name='^a')
print(len(decode_yaml_stream(found)), len(decode_yaml_stream(rest)))
doc = decode_yaml(found)
doc['metadata']['name'] = 'changed'
k8s_yaml(encode_yaml(doc))
k8s_yaml(rest)`,
    { files: { 'k.yaml': all(configMap('a1'), configMap('b'), configMap('a2').replace('a2', 'zz')) } },
  );
  t.is(log, '1 2\n');
  t.deepEqual((resource('uncategorized').spec.target as KubernetesTarget).displayNames, [
    'changed:configmap',
    'b:configmap',
    'zz:configmap',
  ]);
});

test('values of Secrets are secrets, unless the Tiltfile says otherwise', async t => {
  const yaml =
    'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {k: aGVsbG8gd29ybGQ=}\nstringData: {short: abcd, long: abcde}\n';
  const files = { 'k.yaml': yaml };
  const { result } = await loadText(t, "k8s_yaml('k.yaml')", { files });
  t.deepEqual(result.secrets, [
    { name: 's', key: 'k', value: 'hello world' },
    { name: 's', key: 'short', value: 'abcd' },
    { name: 's', key: 'long', value: 'abcde' },
  ]);
  t.deepEqual(
    (await loadText(t, "secret_settings(disable_scrub=True)\nk8s_yaml('k.yaml')", { files })).result.secrets,
    [],
  );
});

test('k8s_custom_deploy is a resource of two commands', async t => {
  const { resource } = await loadText(
    t,
    "k8s_custom_deploy('d', 'apply', ['del', 'x'], deps=['a'], apply_env={'K': 'v'}, image_selector='img', live_update=[sync('a', '/a')])\n",
    { files: { 'a/x': '' } },
  );
  const { images, spec, watch } = resource('d');
  t.like((spec.target as KubernetesTarget).apply, {
    applyCmd: { args: ['sh', '-c', 'apply'], env: ['K=v'] },
    deleteCmd: { args: ['del', 'x'] },
  });
  t.deepEqual(spec.images, []);
  t.true(images![0]!.isLiveUpdateOnly);
  t.deepEqual(
    watch!.ignores.map(ignore => ignore.patterns),
    [['a']],
  );
});

const kubeconfig = (cluster: string): string =>
  `current-context: ctx\ncontexts:\n- name: ctx\n  context: {cluster: ${cluster}, namespace: ns}\nclusters:\n- name: ${cluster}\n  cluster: {server: x}\n`;

const contexts: readonly (readonly [cluster: string, text: string, error: RegExp])[] = [
  ['kind-kind', "k8s_yaml('k.yaml')\nlocal('true')", /^command "true" failed/],
  ['gke_x', "k8s_yaml('k.yaml')", /^Stop! ctx might be production/],
  ['gke_x', "allow_k8s_contexts('ctx')\nk8s_yaml('k.yaml')", /^$/],
  ['gke_x', "local('true')", /Refusing to run 'local' because ctx might be a production kube context/],
  ['gke_x', "local_resource('a', 'true')", /^$/],
  ['gke_x', 'fail(k8s_context() + k8s_namespace())', /Error in fail: ctxns$/],
];

contexts.forEach(([cluster, text, error], i) => {
  test(`context guard ${i}`, async t => {
    const loaded = await loadText(t, text, {
      files: { 'k.yaml': deployment('a', 'a'), '.kube/config': kubeconfig(cluster) },
    });
    const message = loaded.error.split('\n').find(line => line.startsWith('Error in local: command')) ?? loaded.error;
    t.regex(message.replace(/^Error in local: /, ''), error);
  });
});

const errors: readonly (readonly [text: string, error: string])[] = [
  ["k8s_yaml('no.yaml')", 'Error in k8s_yaml: error reading yaml file: open $D/no.yaml: no such file or directory'],
  ["k8s_yaml(blob(''))", 'Error in k8s_yaml: Empty YAML passed to k8s_yaml'],
  [
    "k8s_yaml(blob('a: 1'))",
    `Error in k8s_yaml: Error reading yaml from Tiltfile blob() call: Object 'Kind' is missing in '{"a":1}'`,
  ],
  [
    "k8s_yaml(blob('apiVersion: v1\\nkind: Namespace\\nmetadata: {name: n}'))",
    'Error in k8s_yaml: Error reading yaml from Tiltfile blob() call: decoding Namespace "": json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.name of type string',
  ],
  [
    "k8s_yaml('k.yaml')\nk8s_resource('wbe')",
    '$D/Tiltfile:2:13: k8s_resource specified unknown resource "wbe". known k8s resources: web',
  ],
  [
    "k8s_yaml('k.yaml')\nk8s_resource('web', objects=['no'])",
    'No object identified by the fragment "no" could be found. Possible objects are: "web:Deployment:default"',
  ],
  [
    "k8s_yaml('k.yaml')\nk8s_resource('web', port_forwards='x')",
    'Error in k8s_resource: k8s_resource "web": portForward port value "x" is not in the valid range [0-65535]',
  ],
  [
    'k8s_resource(new_name="x")',
    "Error in k8s_resource: k8s_resource doesn't specify a workload or any objects. All non-workload resources must specify 1 or more objects",
  ],
  ["k8s_kind('X', 'y')", 'Error in k8s_kind: k8s_kind: got 2 arguments, want at most 1'],
  ["k8s_kind('X', image_json_path='{.a')", 'Error in k8s_kind: unclosed action'],
  [
    "k8s_image_json_path('{.a}')",
    'Error in k8s_image_json_path: at least one of kind, name, or namespace must be specified',
  ],
  [
    "workload_to_resource_function(lambda: 'x')",
    'Error in workload_to_resource_function: workload_to_resource_function arg must take 1 argument. lambda takes 0',
  ],
  [
    "workload_to_resource_function(lambda id: 5)\nk8s_yaml('k.yaml')",
    "$D/Tiltfile:1:31: error applying workload_to_resource_function: error determining resource name for 'web:deployment:default:apps': lambda: invalid return value. wanted: string. got: starlark.Int",
  ],
  [
    "k8s_yaml('k.yaml')\nlocal_resource('web', 'true')",
    'error making resource for workload web:deployment:default:apps: local_resource named "web" already exists',
  ],
  ["k8s_yaml(['k.yaml', 'k.yaml'])", 'Error in k8s_yaml: Duplicate YAML: Deployment web'],
];

errors.forEach(([text, error], i) => {
  test(`error ${i}: ${text.split('\n').at(-1)}`, async t => {
    const loaded = await loadText(t, text, { files: { 'k.yaml': deployment('web', 'x') } });
    t.true(`\n${loaded.error}\n`.includes(`\n${error}\n`), loaded.error);
  });
});
