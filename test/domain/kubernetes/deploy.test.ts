// What objects look like when they are sent to a cluster.
import test from 'ava';
import { parallelBatches } from '../../../src/domain/kubernetes/apply-order.ts';
import { mergeRules } from '../../../src/domain/kubernetes/merge-rules.ts';
import { objectsToDeploy } from '../../../src/domain/kubernetes/objects-to-deploy.ts';
import { podTemplateHashes } from '../../../src/domain/kubernetes/pod-template-hash.ts';
import { typeOfKind } from '../../../src/domain/kubernetes/types.ts';
import { threeWayApply } from '../../../src/domain/merge/three-way-strategic.ts';
import { loadYamlLibrary } from '../../../src/domain/yaml/library.ts';

test.before(() => loadYamlLibrary());

const web = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: main
        image: busybox
        imagePullPolicy: IfNotPresent
        command: [sh, -c, 'echo hello; mkdir -p /w; echo hi > /w/index.html; exec httpd -f -v -p 8080 -h /w']
        ports: [{containerPort: 8080}]
        readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
`;

const image = {
  name: 'app',
  selector: 'app',
  matchExact: false,
  matchInEnvVars: false,
  imageFromCluster: 'localhost:5000/app:tilt-1',
};

const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce((holder, key) => (holder as Record<string | number, unknown> | undefined)?.[key], value);

test('deploy › labels are on the object and its template, never in a selector that did not have them', t => {
  const [entity] = objectsToDeploy(web, []);
  const { object } = entity!;
  t.deepEqual(at(object, 'metadata', 'labels'), { app: 'web', 'app.kubernetes.io/managed-by': 'tilt' });
  t.deepEqual(at(object, 'spec', 'selector', 'matchLabels'), { app: 'web' });
  t.is(at(object, 'spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/managed-by'), 'tilt');
  const selecting = web.replace('{matchLabels: {app: web}}', '{matchLabels: {app.kubernetes.io/managed-by: helm}}');
  const [other] = objectsToDeploy(selecting, []);
  t.deepEqual(at(other!.object, 'spec', 'selector', 'matchLabels'), { 'app.kubernetes.io/managed-by': 'tilt' });
});

test('deploy › the hash of a template is the one that Tilt gives', t => {
  const [entity] = objectsToDeploy(web, []);
  t.deepEqual(podTemplateHashes(entity!), ['46bc1826dc1d14be6975']);
});

test('deploy › volume claim templates keep their labels; a StatefulSet with images starts its pods side by side', t => {
  const set = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: main, image: app, imagePullPolicy: Always}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;
  const [plain] = objectsToDeploy(set, []);
  t.is(at(plain!.object, 'spec', 'volumeClaimTemplates', 0, 'metadata', 'labels'), undefined);
  t.is(at(plain!.object, 'spec', 'podManagementPolicy'), undefined);
  const [built] = objectsToDeploy(set, [image]);
  t.is(at(built!.object, 'spec', 'podManagementPolicy'), 'Parallel');
  t.like(at(built!.object, 'spec', 'template', 'spec', 'containers', 0), {
    image: 'localhost:5000/app:tilt-1',
    imagePullPolicy: 'IfNotPresent',
  });
});

test('deploy › images go into init containers, variables and places that the Tiltfile names', t => {
  const yaml = `
apiVersion: example.com/v1
kind: App
metadata: {name: a}
spec: {image: app, imagePullPolicy: Always, other: {repo: app, tag: old}}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  initContainers: [{name: i, image: 'app:v1'}]
  containers: [{name: c, image: busybox, env: [{name: IMAGE, value: app}, {name: B, value: busybox}]}]
`;
  const locators = [
    { objectSelector: { kindRegexp: 'App' }, path: '{.spec.image}' },
    { objectSelector: { kindRegexp: 'App' }, path: '{.spec.other}', object: { repoField: 'repo', tagField: 'tag' } },
  ];
  const [app, pod] = objectsToDeploy(yaml, [{ ...image, matchInEnvVars: true }], locators);
  t.deepEqual(at(app!.object, 'spec'), {
    image: 'localhost:5000/app:tilt-1',
    imagePullPolicy: 'IfNotPresent',
    other: { repo: 'localhost:5000/app', tag: 'tilt-1' },
  });
  t.like(at(pod!.object, 'spec', 'initContainers', 0), { image: 'localhost:5000/app:tilt-1' });
  t.deepEqual(at(pod!.object, 'spec', 'containers', 0, 'env'), [
    { name: 'IMAGE', value: 'localhost:5000/app:tilt-1' },
    { name: 'B', value: 'busybox' },
  ]);
  const args = { ...image, selector: 'busybox', command: ['run'], args: ['x'] };
  const [changed] = objectsToDeploy(web, [args]);
  t.like(at(changed!.object, 'spec', 'template', 'spec', 'containers', 0), { command: ['run'], args: ['x'] });
  t.throws(() => objectsToDeploy(yaml, [{ ...image, args: ['x'] }], locators), {
    message: /command overrides only supported on containers with images, not on CRDs/,
  });
  t.throws(() => objectsToDeploy(web, [image]), { message: 'Docker image missing from yaml: app' });
  t.throws(() => objectsToDeploy(yaml, [{ ...image, imageFromCluster: '' }]), {
    message: 'the image app has not been built yet',
  });
});

test('deploy › objects of one rank go together, no object twice in a batch', t => {
  const config = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
  const yaml = [config('a'), config('b'), config('a'), web].join('---\n');
  const names = parallelBatches(objectsToDeploy(yaml, [])).map(batch => batch.map(({ name }) => name));
  t.deepEqual(names, [['a', 'b'], ['a'], ['web']]);
});

const rules = mergeRules(typeOfKind('apps/v1', 'Deployment'));
const pod = (spec: unknown): unknown => ({ spec: { template: { spec } } });

const merges: readonly (readonly [string, { original?: unknown; modified: unknown; current: unknown }, unknown])[] = [
  [
    'a field that was applied and is no longer wanted goes',
    { original: { a: 1, b: 1 }, modified: { a: 1 }, current: { a: 1, b: 2, c: 3 } },
    { a: 1, c: 3 },
  ],
  ['a field that others set stays', { original: {}, modified: { a: 1 }, current: { a: 2, b: 2 } }, { a: 1, b: 2 }],
  ['null means that it is not wanted', { modified: { a: null }, current: { a: 2, b: 2 } }, { b: 2 }],
  [
    'items are told apart by their key, whatever their order',
    {
      original: pod({ containers: [{ name: 'old' }] }),
      modified: pod({ containers: [{ name: 'b' }, { name: 'a', x: 1 }] }),
      current: pod({ containers: [{ name: 'a', y: 2 }, { name: 'old' }, { name: 'side' }] }),
    },
    pod({ containers: [{ name: 'b' }, { name: 'a', x: 1, y: 2 }, { name: 'side' }] }),
  ],
  [
    'lists without a key are replaced',
    { modified: pod({ tolerations: [{ key: 'a' }] }), current: pod({ tolerations: [{ key: 'b' }] }) },
    pod({ tolerations: [{ key: 'a' }] }),
  ],
  [
    'a volume keeps one source only',
    {
      original: pod({ volumes: [{ name: 'v', emptyDir: {} }] }),
      modified: pod({ volumes: [{ name: 'v', hostPath: { path: '/x' } }] }),
      current: pod({ volumes: [{ name: 'v', emptyDir: {} }] }),
    },
    pod({ volumes: [{ name: 'v', hostPath: { path: '/x' } }] }),
  ],
  [
    'finalizers are a set',
    {
      original: { metadata: { finalizers: ['a'] } },
      modified: { metadata: { finalizers: ['b'] } },
      current: { metadata: { finalizers: ['a', 'c'] } },
    },
    { metadata: { finalizers: ['c', 'b'] } },
  ],
];

for (const [title, input, expected] of merges) {
  test(`three-way › ${title}`, t => t.deepEqual(threeWayApply({ original: undefined, ...input }, rules), expected));
}

test('three-way › nothing to do gives the very object', t => {
  const current = pod({ containers: [{ name: 'a', x: 1, y: 2 }] });
  t.is(
    threeWayApply({ original: undefined, modified: pod({ containers: [{ name: 'a', x: 1 }] }), current }, rules),
    current,
  );
});
