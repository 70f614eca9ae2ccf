// Why a resource is not ready, where the cluster knows and its pods do not say.
import test, { type ExecutionContext } from 'ava';
import { until } from '../support/tilt-process.ts';
import { type ClusterProject, deployment, withCluster } from '../support/with-cluster.ts';

interface Look {
  readonly runtimeStatus: string;
  readonly conditions: readonly { readonly type: string; readonly message?: string }[];
  readonly k8sResourceInfo: { readonly podStatusMessage?: string };
}

/** Undefined before the session knows the resource. */
async function look(project: ClusterProject): Promise<Look | undefined> {
  const { code, stdout } = await project.run('get', 'uiresource', 'web', '-o', 'json');
  const status = code === 0 ? JSON.parse(stdout).status : undefined;
  return status?.k8sResourceInfo ? status : undefined;
}

/** The resource says so, everywhere. */
async function says(t: ExecutionContext, project: ClusterProject, words: RegExp): Promise<Look> {
  const found = await until(`it says ${words}`, async () => {
    const status = await look(project);
    return words.test(status?.k8sResourceInfo.podStatusMessage ?? '') && status;
  });
  t.regex(found.conditions.find(({ type }) => type === 'Ready')?.message ?? '', words);
  t.regex((await project.run('status')).stdout, words);
  return found;
}

const isWell = (project: ClusterProject): Promise<unknown> =>
  until('it is well', async () => {
    const status = await look(project);
    return status?.runtimeStatus === 'ok' && status.k8sResourceInfo.podStatusMessage === undefined;
  });

const web = deployment('web', 'echo web is up; exec sleep 1000');
const ref = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const files = { Tiltfile: "k8s_yaml('web.yaml')\n", 'web.yaml': web };

test(
  'scaled to none, or deleted, by somebody: it is said, and a trigger brings it back',
  withCluster(files, async (t, project) => {
    const { client, signal } = project.cluster;
    const tilt = project.start('up', '--stream');
    await isWell(project);
    await client.patch(ref, { spec: { replicas: 0 } }, { type: 'merge', signal });
    t.is((await says(t, project, /scaled to 0 in the cluster/)).runtimeStatus, 'pending');
    t.is((await project.run('trigger', 'web')).code, 0);
    await isWell(project);
    await client.delete(ref, { signal });
    t.is((await says(t, project, /deleted from the cluster by somebody/)).runtimeStatus, 'pending');
    t.is((await project.run('trigger', 'web')).code, 0);
    await isWell(project);
    await tilt.stop();
  }),
);

test(
  'one of several workloads of a resource is deleted by somebody: it is said beside what is ready',
  withCluster(
    {
      Tiltfile: "k8s_custom_deploy('web', apply_cmd='cat applied.yaml', delete_cmd='true', deps=[])\n",
    },
    async (t, project) => {
      const { client, signal, namespace } = project.cluster;
      const made = [];
      for (const name of ['web', 'db']) {
        const labels = { app: name };
        const containers = [
          { name: 'main', image: 'busybox', imagePullPolicy: 'IfNotPresent', command: ['sleep', '1000'] },
        ];
        const template = { metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers } };
        const spec = { selector: { matchLabels: labels }, template };
        made.push(
          await client.create(
            { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec },
            { signal },
          ),
        );
      }
      // JSON is YAML.
      project.write('applied.yaml', made.map(one => JSON.stringify(one)).join('\n---\n'));
      const tilt = project.start('up', '--stream');
      await isWell(project);
      await client.delete({ ...ref, name: 'db' }, { signal });
      await until('it is said', async () =>
        /^web +ready, but Deployment db: deleted from the cluster by somebody; trigger it/m.test(
          (await project.run('status')).stdout,
        ),
      );
      t.is((await look(project))?.runtimeStatus, 'ok');
      await tilt.stop();
    },
  ),
);

test(
  'a command that applies nothing that has pods says so; with pod_readiness it is ready',
  withCluster(
    {
      Tiltfile: [
        "k8s_custom_deploy('web', apply_cmd='cat map.yaml', delete_cmd='true', deps=[])",
        "k8s_custom_deploy('idle', apply_cmd='cat map.yaml', delete_cmd='true', deps=[])",
        "k8s_resource('idle', pod_readiness='ignore')",
      ].join('\n'),
      'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n',
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      t.is(
        (await says(t, project, /nothing that it applied brings a pod; with pod_readiness/)).runtimeStatus,
        'pending',
      );
      await until('the other one is ready', async () => /^idle +ready$/m.test((await project.run('status')).stdout));
      await tilt.stop();
    },
  ),
);

test(
  'a quota that leaves no room for a pod is named, and over when there is room',
  withCluster(files, async (t, project) => {
    const { client, signal } = project.cluster;
    const quota = { apiVersion: 'v1', kind: 'ResourceQuota', name: 'none' };
    const object = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none' },
      spec: { hard: { pods: '0' } },
    };
    await client.create(object, { signal });
    const tilt = project.start('up', '--stream');
    t.is((await says(t, project, /exceeded quota: none, requested: pods=1/)).runtimeStatus, 'error');
    await client.delete(quota, { signal });
    // The cluster tries again by itself, but seldom.
    t.is((await project.run('trigger', 'web')).code, 0);
    await isWell(project);
    await tilt.stop();
  }),
);

test(
  'a claim without a volume and a missing pull secret say where the trouble comes from; a dead forward is told beside ready',
  withCluster(
    {
      Tiltfile: [
        "k8s_yaml(['claim.yaml', 'data.yaml', 'image.yaml', 'web.yaml'])",
        "k8s_resource('web', port_forwards='0:8080')",
      ].join('\n'),
      'claim.yaml': `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: store}
spec: {accessModes: [ReadWriteOnce], storageClassName: nobody-made-it, resources: {requests: {storage: 1Mi}}}
`,
      'data.yaml': deployment('data', 'exec sleep 1000', 'volumeMounts: [{name: v, mountPath: /v}]').replace(
        'containers:',
        'volumes: [{name: v, persistentVolumeClaim: {claimName: store}}]\n      containers:',
      ),
      'image.yaml': deployment('image', 'exec sleep 1000')
        .replace('containers:', 'imagePullSecrets: [{name: login}]\n      containers:')
        .replace('image: busybox', 'image: localhost:1/private'),
      'web.yaml': web,
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      const status = async (): Promise<string> => (await project.run('status')).stdout;
      await until('the claim is explained', async () =>
        /^data +error: no node takes it: .*claim store: .*"nobody-made-it" not found$/m.test(await status()),
      );
      await until('the secret is named', async () =>
        /^image +error: pull secret login is missing; /m.test(await status()),
      );
      await until('the forward is told', async () =>
        /^web +ready, but :\d+ is down: nobody listens on port 8080 in pod web-\S+ \(connection refused\)$/m.test(
          await status(),
        ),
      );
      const found = await look(project);
      t.is(found?.runtimeStatus, 'ok');
      await tilt.stop();
    },
  ),
);

test(
  'a webhook that lets no pod in is named',
  withCluster(files, async (t, project) => {
    const { client, signal, namespace } = project.cluster;
    const kind = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' };
    t.teardown(() =>
      client.delete({ ...kind, name: namespace }, { signal: new AbortController().signal }).catch(() => {}),
    );
    const hook = {
      name: 'refuse.example.com',
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      timeoutSeconds: 2,
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      clientConfig: { service: { name: 'nobody', namespace, path: '/' } },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
    };
    await client.create({ ...kind, metadata: { name: namespace }, webhooks: [hook] }, { signal });
    const tilt = project.start('up', '--stream');
    const { runtimeStatus } = await says(t, project, /failed calling webhook "refuse\.example\.com"/);
    t.is(runtimeStatus, 'error');
    await tilt.stop();
  }),
);

test(
  'a limit that the containers go beyond is named, of a StatefulSet too, which says so in events alone',
  withCluster(
    {
      ...files,
      'web.yaml': deployment('web', 'exec sleep 1000', 'resources: {limits: {cpu: "2"}}')
        .replace('kind: Deployment', 'kind: StatefulSet')
        .replace('spec:\n', 'spec:\n  serviceName: web\n'),
    },
    async (t, project) => {
      const { client, signal } = project.cluster;
      const spec = { limits: [{ type: 'Container', max: { cpu: '100m' } }] };
      await client.create({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'small' }, spec }, { signal });
      const tilt = project.start('up', '--stream');
      t.is((await says(t, project, /maximum cpu usage per Container is 100m/)).runtimeStatus, 'error');
      await tilt.stop();
    },
  ),
);

test(
  'a gate of a pod that nobody opens is named',
  withCluster(
    {
      ...files,
      'web.yaml': web.replace('containers:', 'readinessGates: [{conditionType: example.com/open}]\n      containers:'),
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      t.is((await says(t, project, /readiness gate "example\.com\/open"/)).runtimeStatus, 'pending');
      await tilt.stop();
    },
  ),
);

test(
  'a Job that its time limit ended has failed, for `ci` and for a session that comes later',
  withCluster(
    {
      Tiltfile: "k8s_yaml('web.yaml')\n",
      'web.yaml': `
apiVersion: batch/v1
kind: Job
metadata: {name: web}
spec:
  activeDeadlineSeconds: 2
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 0
      containers:
      - {name: main, image: busybox, imagePullPolicy: IfNotPresent, command: [sleep, "1000"]}
`,
    },
    async (t, project) => {
      const words = /job failed: Job was active longer than specified deadline/;
      const ci = await project.run('ci');
      t.is(ci.code, 1);
      t.regex(ci.stderr + ci.stdout, words);
      const tilt = project.start('up', '--stream');
      t.is((await says(t, project, words)).runtimeStatus, 'error');
      await tilt.stop();
    },
  ),
);

test(
  'a crash loop says how its container ended',
  withCluster({ ...files, 'web.yaml': deployment('web', 'exit 7') }, async (t, project) => {
    const tilt = project.start('up', '--stream');
    const { runtimeStatus } = await says(t, project, /crash loop: exit 7, \d+(nd|rd|th) time/);
    t.is(runtimeStatus, 'error');
    await tilt.stop();
  }),
);

test(
  'what somebody else made anew is not called deleted',
  withCluster(files, async (t, project) => {
    const { client, signal } = project.cluster;
    const tilt = project.start('up', '--stream');
    await isWell(project);
    const [made] = await project.objects(ref.apiVersion, ref.kind);
    await client.delete(ref, { signal });
    await says(t, project, /deleted from the cluster by somebody/);
    const { name, namespace } = made!['metadata'];
    await client.create({ ...ref, metadata: { name, namespace }, spec: made!['spec'] }, { signal });
    await says(t, project, /not ours: made anew by somebody/);
    t.is((await project.run('trigger', 'web')).code, 0);
    await isWell(project);
    await tilt.stop();
  }),
);

const lost = web.replace(/command: .*/, 'command: [/nosuchcommand]');

test(
  'a command that there is none of is the reason that is told, on and on',
  withCluster({ ...files, 'web.yaml': lost }, async (t, project) => {
    const tilt = project.start('up', '--stream');
    const words = /cannot start: \/nosuchcommand: no such file/;
    t.is((await says(t, project, words)).runtimeStatus, 'error');
    await until('it is tried again', async () => /^[1-9]/.test(String(await restartsOf(project))));
    t.is((await says(t, project, words)).runtimeStatus, 'error');
    await tilt.stop();
  }),
);

async function restartsOf(project: ClusterProject): Promise<number> {
  const [pod] = await project.objects('v1', 'Pod');
  return pod?.['status']?.containerStatuses?.[0]?.restartCount ?? 0;
}

const custom = (name: string, script: string): string =>
  `k8s_custom_deploy('${name}', apply_cmd='kubectl apply -n $NAMESPACE -o yaml -f web.yaml', delete_cmd='${script}', deps=[])\n`;

test(
  'one of two that deploy an object by commands deletes it: the other says who did, and is well when it is back',
  withCluster({ ...files, Tiltfile: custom('web', 'true') }, async (t, project) => {
    if (!(await hasProgram('kubectl', project.env['PATH']!))) {
      t.pass('skipped: no kubectl');
      return;
    }
    const both = custom('web', 'true') + custom('cd2', 'kubectl delete -n $NAMESPACE --ignore-not-found -f web.yaml');
    const tilt = project.start('up', '--stream');
    await isWell(project);
    project.write('Tiltfile', both);
    await tilt.waitFor('cd2 │        → web:deployment', { timeoutMs: 40_000 });
    await isWell(project);
    project.write('Tiltfile', custom('web', 'true'));
    await says(t, project, /deleted from the cluster by cd2's delete command; trigger it/);
    project.write('Tiltfile', both);
    await isWell(project);
    await tilt.stop();
  }),
);

async function hasProgram(name: string, folders: string): Promise<boolean> {
  const { access } = await import('node:fs/promises');
  const found = await Promise.allSettled(folders.split(':').map(folder => access(`${folder}/${name}`)));
  return found.some(({ status }) => status === 'fulfilled');
}
