// What an apply does to a real cluster.
import test, { type ExecutionContext } from 'ava';
import { KubeError, type KubeObject, type ObjectRef } from '../../src/adapters/kube/port.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { ApplyDeps } from '../../src/build/kubernetes/apply-object.ts';
import type { Creations } from '../../src/build/kubernetes/creations.ts';
import { lastAppliedAnnotation } from '../../src/build/kubernetes/last-applied.ts';
import { type UpsertOptions, upsert } from '../../src/build/kubernetes/upsert.ts';
import { objectsToDeploy } from '../../src/domain/kubernetes/objects-to-deploy.ts';
import { loadYamlLibrary } from '../../src/domain/yaml/library.ts';
import { type TestCluster, useCluster } from '../support/cluster.ts';

interface Bench {
  readonly cluster: TestCluster;
  readonly log: string[];
  readonly noted: string[];
  apply(yaml: string, options?: Partial<UpsertOptions>): Promise<readonly KubeObject[]>;
  get(kind: string, name: string, apiVersion?: string): Promise<KubeObject>;
  ref(kind: string, name: string, apiVersion?: string): ObjectRef;
}

const onCluster = (title: string, body: (t: ExecutionContext, bench: Bench) => Promise<void>): void =>
  test(title, async t => {
    t.timeout(120_000);
    const cluster = await useCluster(t);
    if (!cluster) return;
    await loadYamlLibrary();
    const log: string[] = [];
    const noted: string[] = [];
    const creations: Creations = {
      willCreate: async ref => {
        noted.push(`will create ${ref.kind}/${ref.name}`);
        return async made => void noted.push(made ? `created ${ref.kind}/${ref.name}` : `not ${ref.kind}/${ref.name}`);
      },
      found: object => noted.push(`found ${object.kind}/${object.metadata.name}`),
      isFound: () => false,
      gone: () => noted.push('gone'),
    };
    const deps: ApplyDeps = {
      client: cluster.client,
      clock: systemClock,
      creations,
      log: line => log.push(line),
      newKinds: new Set(),
    };
    const ref = (kind: string, name: string, apiVersion = 'v1'): ObjectRef => ({ apiVersion, kind, name });
    await body(t, {
      cluster,
      log,
      noted,
      ref,
      apply: (yaml, options) =>
        upsert(deps, objectsToDeploy(yaml, []), {
          resource: 'r',
          serverSide: false,
          timeoutMs: 30_000,
          signal: cluster.signal,
          ...options,
        }),
      get: (kind, name, apiVersion) => cluster.client.get(ref(kind, name, apiVersion), cluster),
    });
  });

const configMap = (data: string, extra = ''): string => `
apiVersion: v1
kind: ConfigMap
metadata: {name: conf${extra}}
data: ${data}
`;

const deployment = (pod: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  ${more}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - {name: main, image: busybox, imagePullPolicy: IfNotPresent, command: [sleep, '1000']${pod}}
`;

onCluster(
  'an object is made with its labels, and made again it is left alone',
  async (t, { apply, noted, cluster }) => {
    const [made] = await apply(configMap('{a: "1", b: "2"}'));
    t.is(made!.metadata.labels?.['app.kubernetes.io/managed-by'], 'tilt');
    // The text that kubectl writes, so that neither changes what the other applied.
    t.is(
      made!.metadata.annotations?.[lastAppliedAnnotation],
      `{"apiVersion":"v1","data":{"a":"1","b":"2"},"kind":"ConfigMap","metadata":{"annotations":{},"labels":{"app.kubernetes.io/managed-by":"tilt"},"name":"conf","namespace":"${cluster.namespace}"}}\n`,
    );
    const [again] = await apply(configMap('{a: "1", b: "2"}'));
    t.is(again!.metadata.resourceVersion, made!.metadata.resourceVersion);
    t.deepEqual(noted, ['will create ConfigMap/conf', 'created ConfigMap/conf', 'found ConfigMap/conf']);
  },
);

onCluster('what is no longer wanted goes, what others added stays', async (t, { apply, cluster, ref }) => {
  await apply(configMap('{a: "1", b: "2"}'));
  const free = { signal: cluster.signal };
  await cluster.client.patch(ref('ConfigMap', 'conf'), { data: { other: 'x' } }, { ...free, type: 'merge' });
  const [after] = await apply(configMap('{a: "3"}'));
  t.deepEqual(after!['data'], { a: '3', other: 'x' });
});

onCluster('lists merge by key: a sidecar and the replicas of others stay, variables come and go', async (t, bench) => {
  const { apply, cluster, ref } = bench;
  await apply(deployment(', env: [{name: A, value: "1"}, {name: B, value: "2"}]'));
  const web = ref('Deployment', 'web', 'apps/v1');
  const sidecar = { name: 'side', image: 'busybox', imagePullPolicy: 'IfNotPresent', command: ['sleep', '1000'] };
  const patch = { spec: { replicas: 2, template: { spec: { containers: [sidecar] } } } };
  await cluster.client.patch(web, patch, { signal: cluster.signal, type: 'strategic' });
  const [after] = await apply(deployment(', env: [{name: B, value: "3"}, {name: C, value: "4"}]'));
  const spec = after!['spec'] as { replicas: number; template: { spec: { containers: Record<string, unknown>[] } } };
  t.is(spec.replicas, 2);
  t.deepEqual(spec.template.spec.containers.map(container => [container['name'], container['env']]).sort(), [
    [
      'main',
      [
        { name: 'B', value: '3' },
        { name: 'C', value: '4' },
      ],
    ],
    ['side', undefined],
  ]);
});

onCluster('one way of rolling out takes the place of the other', async (t, { apply }) => {
  await apply(deployment('', 'strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 2}}'));
  const [after] = await apply(deployment('', 'strategy: {type: Recreate}'));
  t.deepEqual((after!['spec'] as Record<string, unknown>)['strategy'], { type: 'Recreate' });
});

onCluster('server-side apply takes over what others set', async (t, { apply, cluster, ref }) => {
  const [made] = await apply(configMap('{a: "1"}'), { serverSide: true });
  t.is(made!.metadata.annotations?.[lastAppliedAnnotation], undefined);
  const other = { signal: cluster.signal, type: 'merge' as const, fieldManager: 'other' };
  await cluster.client.patch(ref('ConfigMap', 'conf'), { data: { a: '2', b: '3' } }, other);
  const [after] = await apply(configMap('{a: "4"}'), { serverSide: true });
  t.deepEqual(after!['data'], { a: '4', b: '3' });
});

const job = (text: string): string => `
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox, imagePullPolicy: IfNotPresent, command: [echo, ${text}]}]
`;

onCluster('a Job that changed is deleted and made anew, one that did not is left alone', async (t, bench) => {
  const { apply, log, noted } = bench;
  const [first] = await apply(job('one'));
  const [same] = await apply(job('one'));
  t.is(same!.metadata.uid, first!.metadata.uid);
  t.deepEqual(log, []);
  const [second] = await apply(job('two'));
  t.not(second!.metadata.uid, first!.metadata.uid);
  t.regex(log[0]!, /^Updating "once" failed: Job.batch "once" is invalid: .*Invalid value: \{…\}: field is immutable$/);
  t.deepEqual(log.slice(1), ['Attempting to delete and re-create', 'Updating "once" succeeded!']);
  t.deepEqual(noted.slice(-3), ['gone', 'will create Job/once', 'created Job/once']);
});

onCluster('an object too big for its annotation is written as a whole', async (t, { apply, log }) => {
  const big = (char: string): string => configMap(JSON.stringify({ a: char.repeat(300_000) }));
  const [made] = await apply(big('x'));
  t.is((made!['data'] as Record<string, string>)['a']!.length, 300_000);
  t.deepEqual(log.slice(1), ['Attempting to create or replace', 'Updating "conf" succeeded!']);
  const [after] = await apply(big('y'));
  t.is((after!['data'] as Record<string, string>)['a']![0], 'y');
  t.is(after!.metadata.uid, made!.metadata.uid);
});

onCluster(
  'what leaves an object that was too big leaves the cluster, whether it is still too big or not',
  async (t, { apply }) => {
    const conf = (data: object): string =>
      configMap(JSON.stringify(data)).replace(
        'metadata: {',
        'metadata: {labels: {app.kubernetes.io/managed-by: tilt}, ',
      );
    const half = 'x'.repeat(150_000);
    const keys = async (data: object): Promise<string[]> => {
      const [made] = await apply(conf(data));
      return Object.keys(made!['data'] as object).sort();
    };
    t.deepEqual(await keys({ a: half, b: half, c: 'c', d: 'd' }), ['a', 'b', 'c', 'd']);
    t.deepEqual(await keys({ a: half, b: half, c: 'c' }), ['a', 'b', 'c']);
    t.deepEqual(await keys({ a: half, c: 'c' }), ['a', 'c']);
    t.deepEqual(await keys({ a: half }), ['a']);
  },
);

const claim = (size: string, keep = ''): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data${keep}}
spec: {accessModes: [${size}], resources: {requests: {storage: 1Gi}}}
`;

onCluster('a volume claim is never deleted to change it', async (t, { apply, get }) => {
  const [made] = await apply(claim('ReadWriteOnce'));
  const error = await t.throwsAsync(apply(claim('ReadWriteMany')));
  t.regex(error!.message, /^PersistentVolumeClaim\/data cannot be changed in place: .*/);
  t.regex(error!.message, /not deleted and created anew, because its data would be lost/);
  t.is((await get('PersistentVolumeClaim', 'data')).metadata.uid, made!.metadata.uid);
});

onCluster('what is to be kept is not deleted to change it', async (t, { apply, get }) => {
  const kept = (text: string): string =>
    job(text).replace('{name: once}', '{name: once, annotations: {tilt.dev/down-policy: keep}}');
  const [made] = await apply(kept('one'));
  const error = await t.throwsAsync(apply(kept('two')));
  t.regex(error!.message, /because its annotation tilt.dev\/down-policy says keep/);
  t.is((await get('Job', 'once', 'batch/v1')).metadata.uid, made!.metadata.uid);
});

onCluster('a kind and an object of it go together in one file', async (t, { apply, cluster }) => {
  const group = `${cluster.namespace}.example.com`;
  const yaml = `
apiVersion: ${group}/v1
kind: Widget
metadata: {name: w}
spec: {size: 9007199254740993}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`;
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: `widgets.${group}`,
  };
  t.teardown(() => cluster.client.delete(definition, { signal: new AbortController().signal }).catch(() => {}));
  const sorted = yaml.split('---\n').reverse().join('---\n');
  const made = await apply(sorted);
  t.deepEqual(
    made.map(object => object.kind),
    ['CustomResourceDefinition', 'Widget'],
  );
  t.deepEqual(made[1]!['spec'], { size: 9007199254740993n });
});

onCluster(
  'a change that needs the object anew, and that the server refuses, leaves the object alone',
  async (t, bench) => {
    const { apply, get } = bench;
    await apply(deployment(''));
    const { uid } = (await get('Deployment', 'web', 'apps/v1')).metadata;
    // Both are invalid: the first with a word that also stands for what cannot change.
    const strategy = 'strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}';
    await t.throwsAsync(apply(deployment('', strategy)), { message: /Deployment\/web stays as it was/ });
    const other = deployment(', ports: [{containerPort: 99999}]').replaceAll('app: web', 'app: other');
    await t.throwsAsync(apply(other), { message: /containerPort/ });
    t.is((await get('Deployment', 'web', 'apps/v1')).metadata.uid, uid);
    // One that only cannot change in place is made anew.
    await apply(deployment('').replaceAll('app: web', 'app: other'));
    t.not((await get('Deployment', 'web', 'apps/v1')).metadata.uid, uid);
  },
);

onCluster('an object that is being deleted is waited for, then made anew', async (t, { apply, cluster, ref, log }) => {
  const held = configMap('{a: "1"}').replace('{name: conf}', '{name: conf, finalizers: [example.com/hold]}');
  const [made] = await apply(held);
  const free = { signal: cluster.signal };
  await cluster.client.delete(ref('ConfigMap', 'conf'), free);
  const applying = apply(configMap('{a: "2"}'));
  while (log.length === 0) await new Promise(resolve => setTimeout(resolve, 20));
  t.regex(log[0]!, /^Resource conf is currently being deleted\. Waiting 1m for deletion before retrying\.\.\.$/);
  await cluster.client.patch(ref('ConfigMap', 'conf'), { metadata: { finalizers: null } }, { ...free, type: 'merge' });
  const [after] = await applying;
  t.not(after!.metadata.uid, made!.metadata.uid);
  t.deepEqual(after!['data'], { a: '2' });
});

onCluster('an object that takes too long is named with its time', async (t, { apply, cluster, ref }) => {
  await apply(configMap('{a: "1"}').replace('{name: conf}', '{name: conf, finalizers: [example.com/hold]}'));
  const free = { signal: cluster.signal };
  await cluster.client.delete(ref('ConfigMap', 'conf'), free);
  await t.throwsAsync(apply(configMap('{a: "2"}'), { timeoutMs: 300 }), {
    message:
      'Killed kubectl. Hit timeout of 300ms applying ConfigMap/conf.\nConfigMap/conf is being deleted, and held by example.com/hold',
  });
  await cluster.client.patch(ref('ConfigMap', 'conf'), { metadata: { finalizers: null } }, { ...free, type: 'merge' });
});

const service = (spec: string): string => `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]${spec}}
`;

const binding = (role: string): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role}}
subjects: [{kind: ServiceAccount, name: default}]
`;

onCluster(
  'a service that becomes headless, and a binding to another role, are made anew',
  async (t, { apply, get }) => {
    await apply(service(''));
    await apply(service(', clusterIP: None'));
    t.like((await get('Service', 'web'))['spec'], { clusterIP: 'None' });
    await apply(binding('view'));
    await apply(binding('edit'));
    const group = 'rbac.authorization.k8s.io/v1';
    t.like((await get('RoleBinding', 'readers', group))['roleRef'], { name: 'edit' });
  },
);

onCluster('a login that has run out is waited for', async (t, { apply, cluster, log }) => {
  const { client } = cluster;
  const { get, create } = client;
  let failures = 2;
  const needsLogin = (): void => {
    if (failures-- > 0) throw new KubeError('getting credentials: log in again', { code: 0, reason: 'Credentials' });
  };
  Object.assign(client, {
    get: async (...args: Parameters<typeof get>) => {
      needsLogin();
      return get.apply(client, args);
    },
    create: async (...args: Parameters<typeof create>) => {
      needsLogin();
      return create.apply(client, args);
    },
  });
  const [made] = await apply(configMap('{a: "1"}'));
  t.deepEqual(made!['data'], { a: '1' });
  t.deepEqual(log, ['getting credentials: log in again. Trying again...']);
});

onCluster('two at once do not lose each other', async (t, { apply, get }) => {
  await apply(configMap('{a: "0"}'));
  await Promise.all([1, 2, 3, 4].map(n => apply(configMap(`{a: "${n}"}`))));
  t.regex(String(((await get('ConfigMap', 'conf'))['data'] as Record<string, string>)['a']), /^[1-4]$/);
});

onCluster('what the server refuses is said in its words', async (t, { apply, noted }) => {
  const bad = deployment('').replace('matchLabels: {app: web}', 'matchLabels: {app: other}');
  const error = await t.throwsAsync(apply(bad));
  t.regex(error!.message, /Deployment.apps "web" is invalid: spec.template.metadata.labels: .*does not match/);
  t.deepEqual(noted, ['will create Deployment/web', 'not Deployment/web']);
  await t.throwsAsync(apply('apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: x}\n'), {
    message: /no matches for kind "Thing" in version "example.org\/v1"/,
  });
  await t.throwsAsync(apply('apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\nspec: {}\n'), {
    message: 'from x-: cannot use generate name with apply',
  });
});

onCluster('one way of updating replaces the other, with what the server filled in for it', async (t, bench) => {
  const yaml = (kind: string, strategy: string) => `
apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${kind.toLowerCase()}}
spec:
  selector: {matchLabels: {app: ${kind.toLowerCase()}}}
  ${strategy}
  template:
    metadata: {labels: {app: ${kind.toLowerCase()}}}
    spec: {nodeSelector: {no: where}, containers: [{name: c, image: busybox}]}`;
  for (const kind of ['StatefulSet', 'DaemonSet']) {
    const strategyOf = async () => {
      const { spec } = (await bench.get(kind, kind.toLowerCase(), 'apps/v1')) as unknown as {
        readonly spec: { readonly updateStrategy: Record<string, unknown> };
      };
      return spec.updateStrategy;
    };
    await bench.apply(yaml(kind, ''));
    t.true('rollingUpdate' in (await strategyOf()));
    const before = await bench.get(kind, kind.toLowerCase(), 'apps/v1');
    await bench.apply(yaml(kind, 'updateStrategy: {type: RollingUpdate}'));
    t.is((await bench.get(kind, kind.toLowerCase(), 'apps/v1')).metadata.generation, before.metadata.generation);
    await bench.apply(yaml(kind, 'updateStrategy: {type: OnDelete, rollingUpdate: null}'));
    t.deepEqual(await strategyOf(), { type: 'OnDelete' });
    t.is((await bench.get(kind, kind.toLowerCase(), 'apps/v1')).metadata.uid, before.metadata.uid);
  }
  t.deepEqual(bench.log, []);
});
