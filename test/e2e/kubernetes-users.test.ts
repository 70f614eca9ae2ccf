// What people do to a cluster that nobody thought of: in the real program, against a real cluster.
import test from 'ava';
import { until } from '../support/tilt-process.ts';
import { deployment, withCluster } from '../support/with-cluster.ts';

const nameless = `
apiVersion: v1
kind: ConfigMap
metadata: {generateName: made-}
data: {a: b}
---
apiVersion: v1
kind: Namespace
metadata: {generateName: made-}
`;

test(
  'an object without a name is refused, and down leaves everything alone that has one',
  withCluster({ Tiltfile: `k8s_yaml('a.yaml')\n`, 'a.yaml': nameless }, async (t, project) => {
    const { client, namespace, signal } = project.cluster;
    const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'of-others', namespace } };
    await client.create(other, { signal });
    const ci = await project.run('ci');
    t.is(ci.code, 1);
    t.regex(ci.stderr, /from made-: cannot use generate name with apply/);
    const down = await project.run('down', '--delete-namespaces');
    t.is(down.code, 0, down.stderr);
    t.notRegex(down.stdout, /→ ConfigMap\/$/m);
    const left = await project.objects('v1', 'ConfigMap');
    t.true(left.some(({ metadata }) => metadata.name === 'of-others'));
  }),
);

test(
  'a trigger deletes nothing that the server would refuse to make anew',
  withCluster(
    { Tiltfile: `k8s_yaml('web.yaml')\n`, 'web.yaml': deployment('web', 'echo web is up; exec sleep 1000') },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('web is up');
      const [before] = await project.objects('apps/v1', 'Deployment');
      project.write('web.yaml', deployment('web', 'echo web is up', 'ports: [{containerPort: 99999}]'));
      await tilt.waitFor(/Build Failed: .*containerPort/);
      await project.run('trigger', 'web');
      await tilt.waitFor(/Nothing was deleted: the server would refuse to make Deployment\/web anew/);
      const [after] = await project.objects('apps/v1', 'Deployment');
      t.is(after?.metadata.uid, before?.metadata.uid);
      project.write('web.yaml', deployment('web', 'echo web is better; exec sleep 1000'));
      await tilt.waitFor('web is better');
      await project.run('trigger', 'web');
      await until('it is made anew', async () => {
        const [now] = await project.objects('apps/v1', 'Deployment');
        return now !== undefined && now.metadata.uid !== before?.metadata.uid;
      });
      await tilt.stop();
    },
  ),
);

test(
  'pods that nobody may make, and pods that lack what they need, say why they do not come up',
  withCluster(
    {
      Tiltfile: `k8s_yaml(['web.yaml', 'conf.yaml', 'mount.yaml'])\n`,
      'web.yaml': deployment('web', 'exec sleep 1000').replace(
        'containers:',
        'serviceAccountName: nobody-made-it\n      containers:',
      ),
      'conf.yaml': deployment('conf', 'exec sleep 1000', 'envFrom: [{configMapRef: {name: missing-conf}}]'),
      'mount.yaml': deployment('mount', 'exec sleep 1000', 'volumeMounts: [{name: v, mountPath: /v}]').replace(
        'containers:',
        'volumes: [{name: v, secret: {secretName: missing-secret}}]\n      containers:',
      ),
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('mount │      DONE IN');
      const status = async (): Promise<string> => (await project.run('status')).stdout;
      await until('the account is named', async () => /^web +error: .*nobody-made-it/m.test(await status()));
      await until('the map is named', async () => /^conf +error: configmap "missing-conf" not f/m.test(await status()));
      await until('the secret is named', async () =>
        /^mount +cannot start: volume v: secret "missing-secret" not found$/m.test(await status()),
      );
      await tilt.stop();
      t.pass();
    },
  ),
);

test(
  'what is scaled to zero is ready, and holds up nobody',
  withCluster(
    {
      Tiltfile: `k8s_yaml(['idle.yaml', 'web.yaml'])\nk8s_resource('web', resource_deps=['idle'])\n`,
      'idle.yaml': deployment('idle', 'exec sleep 1000').replace('spec:', 'spec:\n  replicas: 0'),
      'web.yaml': deployment('web', 'echo web is up; exec sleep 1000'),
    },
    async (t, project) => {
      const { code, stdout, stderr } = await project.run('ci');
      t.is(code, 0, stdout + stderr);
      t.regex(stdout, /web │ web is up/);
    },
  ),
);

const bare = (line: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: bare}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - {name: main, image: busybox, imagePullPolicy: IfNotPresent, command: [sh, -c, 'echo ${line}; exec sleep 1000']}
`;

test(
  'a pod of the same name is a new one; what follows it is made again when somebody deletes it',
  withCluster({ Tiltfile: `k8s_yaml('pod.yaml')\n`, 'pod.yaml': bare('first life') }, async (t, project) => {
    const tilt = project.start('up', '--stream');
    await tilt.waitFor('bare │ first life');
    project.write('pod.yaml', bare('second life'));
    await tilt.waitFor('bare │ second life');
    t.is(tilt.output.split('Tracking new pod rollout (bare)').length - 1, 2, tilt.output);
    const names = async (kind: string): Promise<string> => (await project.run('get', kind, '-o', 'name')).stdout;
    for (const kind of ['podlogstream', 'kubernetesdiscovery']) {
      const before = await names(kind);
      t.regex(before, /bare/);
      await project.run('delete', kind, before.trim().replace(/^.*\//, ''));
      await until(`${kind} is there again`, async () => (await names(kind)) === before);
    }
    await until('its log is followed again', async () => /bare/.test(await names('podlogstream')));
    await tilt.stop();
  }),
);

test(
  'ci says why a server did not become ready in time',
  withCluster(
    {
      Tiltfile: `ci_settings(readiness_timeout='3s')\nk8s_yaml(['crash.yaml'])\n`,
      'crash.yaml': deployment('crash', 'echo boom; exit 7'),
    },
    async (t, project) => {
      const { code, stderr } = await project.run('ci');
      t.is(code, 1);
      t.regex(stderr, /Readiness timeout after 3s: target crash:runtime not ready \((container main|crash loop): .+\)/);
    },
  ),
);
