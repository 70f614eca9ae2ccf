// Whole sessions against a real cluster.
import test from 'ava';
import { until } from '../support/tilt-process.ts';
import { type ClusterProject, deployment, job, withCluster } from '../support/with-cluster.ts';

type KubeThing = Awaited<ReturnType<ClusterProject['objects']>>[number];

const count = (text: string, part: string): number => text.split(part).length - 1;

test(
  'ci: a deployment, a job and plain objects; the second run attaches to the same pods',
  withCluster(
    {
      Tiltfile: "k8s_yaml('all.yaml')\n",
      'all.yaml': [
        deployment('web', 'echo web is up; exec sleep 1000'),
        job('once', 'echo job runs; sleep 0.3; echo job done'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {a: b}\n',
      ].join('---\n'),
    },
    async (t, project) => {
      const first = await project.run('ci');
      t.is(first.code, 0, first.stdout + first.stderr);
      for (const line of [
        'uncategorized │        → conf:configmap',
        'web │        → web:deployment',
        'web │ web is up',
        'once │ job runs',
        'once │ job done',
        'SUCCESS. All workloads are healthy.',
      ])
        t.true(first.stdout.includes(line), `${line}\n${first.stdout}`);
      t.regex(first.stdout, /web │ Tracking new pod rollout \(web-\w+-\w+\):/);
      const [pod] = await project.objects('v1', 'Pod');
      const uids = (await project.objects('v1', 'Pod')).map(({ metadata }) => metadata.uid).sort();
      const second = await project.run('ci');
      t.is(second.code, 0, second.stdout + second.stderr);
      t.regex(second.stdout, /Attaching to existing pod \(web-\w+-\w+\)\. Only new logs will be streamed\./);
      t.false(second.stdout.includes('job runs'));
      t.deepEqual((await project.objects('v1', 'Pod')).map(({ metadata }) => metadata.uid).sort(), uids);
      t.is(pod!['metadata'].labels['app.kubernetes.io/managed-by'], 'tilt');
      const down = await project.run('down');
      t.is(down.code, 0, down.stderr);
      t.true(down.stdout.includes('Deleting kubernetes objects:\n→ '));
      t.deepEqual(await project.objects('apps/v1', 'Deployment'), []);
      t.deepEqual(await project.objects('batch/v1', 'Job'), []);
    },
  ),
);

test(
  'objects that leave the YAML go, a changed one is updated in place, one that moves to another resource stays',
  withCluster(
    {
      Tiltfile:
        "k8s_yaml('a.yaml')\nk8s_resource(new_name='one', objects=['a', 'b', 'kept'])\nk8s_resource(new_name='two', objects=['c'])\n",
      'a.yaml': ['a', 'b', 'c']
        .map(name => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {x: "1"}\n`)
        .concat('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept, annotations: {tilt.dev/down-policy: keep}}\n')
        .join('---\n'),
    },
    async (t, project) => {
      const maps = async (): Promise<Record<string, KubeThing>> =>
        Object.fromEntries(
          (await project.objects('v1', 'ConfigMap'))
            .filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt')
            .map(object => [object['metadata'].name, object]),
        );
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('two │      DONE IN');
      await tilt.waitFor('one │      DONE IN');
      const before = await maps();
      t.deepEqual(Object.keys(before).sort(), ['a', 'b', 'c', 'kept']);
      // b goes, a changes, c moves to the other resource, kept leaves the YAML.
      project.write(
        'a.yaml',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "2"}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {x: "1"}\n',
      );
      project.write('Tiltfile', "k8s_yaml('a.yaml')\nk8s_resource(new_name='one', objects=['a', 'c'])\n");
      await until('b is gone', async () => !('b' in (await maps())) && (await maps())['a']!['data'].x === '2');
      await tilt.waitFor('Beginning garbage collecting removed Kubernetes objects');
      const after = await maps();
      t.deepEqual(Object.keys(after).sort(), ['a', 'c', 'kept']);
      t.is(after['a']!['metadata'].uid, before['a']!['metadata'].uid);
      t.is(after['c']!['metadata'].uid, before['c']!['metadata'].uid);
      await tilt.stop();
      const down = await project.run('down');
      t.is(down.code, 0);
      // What is to be kept stays, whoever deletes.
      t.deepEqual(Object.keys(await maps()), ['kept']);
    },
  ),
);

test(
  'disable deletes what was deployed, enable deploys it again',
  withCluster(
    { Tiltfile: "k8s_yaml('web.yaml')\n", 'web.yaml': deployment('web', 'echo web is up; exec sleep 1000') },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('web │ web is up');
      t.is((await project.run('disable', 'web')).code, 0);
      await tilt.waitFor('web │ Beginning deleting disabled Kubernetes objects');
      await until('no pod is left', async () => (await project.objects('v1', 'Pod')).length === 0);
      t.is((await project.run('enable', 'web')).code, 0);
      await until('it runs again', () => count(tilt.output, 'web │ web is up') === 2);
      const { stdout } = await project.run('get', 'uiresource', 'web', '-o', 'jsonpath={.status.runtimeStatus}');
      t.is(stdout, 'ok');
      await tilt.stop();
    },
  ),
);

test(
  'a trigger deletes and makes anew; a pod that is deleted by hand is followed to its successor',
  withCluster(
    { Tiltfile: "k8s_yaml('web.yaml')\n", 'web.yaml': deployment('web', 'echo web is up; exec sleep 1000') },
    async (t, project) => {
      const { client } = project.cluster;
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('web │ web is up');
      const [before] = await project.objects('apps/v1', 'Deployment');
      await project.run('trigger', 'web');
      await tilt.waitFor('web │ STEP 1/2 — Force update');
      await until('it runs again', () => count(tilt.output, 'web │ web is up') === 2);
      const [after] = await project.objects('apps/v1', 'Deployment');
      t.not(after!['metadata'].uid, before!['metadata'].uid);
      const pods = (await project.objects('v1', 'Pod')).filter(({ metadata }) => !metadata.deletionTimestamp);
      const { name } = pods[0]!['metadata'];
      await client.delete({ apiVersion: 'v1', kind: 'Pod', name }, { signal: project.cluster.signal });
      await until('its successor speaks', () => count(tilt.output, 'web │ web is up') === 3);
      await tilt.stop();
    },
  ),
);

test(
  'a failing job fails ci with its log, once',
  withCluster(
    { Tiltfile: "k8s_yaml('job.yaml')\n", 'job.yaml': job('broken', 'echo about to fail; exit 3') },
    async (t, project) => {
      const { code, stdout, stderr } = await project.run('ci');
      t.is(code, 1);
      t.true(stdout.includes('broken │ about to fail'), stdout);
      t.regex(stderr, /Error: Pod "?broken-\w+"? (failed|in error state)/);
      t.is((await project.objects('v1', 'Pod')).length, 1);
    },
  ),
);

test(
  'logs of pods that end at once, well or badly, are complete; a dependent waits for its job',
  withCluster(
    {
      Tiltfile: "k8s_yaml(['a.yaml', 'b.yaml'])\nk8s_resource('after', resource_deps=['first'])\n",
      'a.yaml': job('first', 'for i in $(seq 1 500); do echo line $i of first; done; sleep 0.2'),
      'b.yaml': job('after', 'echo after begins; sleep 0.2'),
    },
    async (t, project) => {
      const { code, stdout, stderr } = await project.run('ci');
      t.is(code, 0, stdout + stderr);
      for (let i = 1; i <= 500; i++) t.is(count(stdout, `line ${i} of first\n`), 1, `line ${i}`);
      t.true(stdout.indexOf('after begins') > stdout.indexOf('line 500 of first'));
    },
  ),
);

test(
  'a job that its cluster clears away when it is done stays ok, and its dependents run',
  withCluster(
    {
      Tiltfile: "k8s_yaml('job.yaml')\nlocal_resource('after', 'sleep 3; echo after ran', resource_deps=['ttl'])\n",
      'job.yaml': job('ttl', 'echo ttl ran; sleep 0.2', 'ttlSecondsAfterFinished: 0'),
    },
    async (t, project) => {
      const { code, stdout, stderr } = await project.run('ci');
      t.is(code, 0, stdout + stderr);
      t.true(stdout.includes('ttl │ ttl ran'));
      t.true(stdout.includes('after │ after ran'));
    },
  ),
);

test(
  'a pod that no node takes, one that crashes and one without its image say so, and recover',
  withCluster(
    {
      Tiltfile: "k8s_yaml(['nowhere.yaml', 'crash.yaml', 'image.yaml'])\n",
      'nowhere.yaml': deployment('nowhere', 'sleep 1000').replace(
        'containers:',
        'nodeSelector: {no: such}\n      containers:',
      ),
      'crash.yaml': deployment('crash', 'echo i crash; sleep 0.3; exit 7'),
      'image.yaml': deployment('image', 'sleep 1000').replace('image: busybox', 'image: localhost:15000/no/such:image'),
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      const info = async (name: string): Promise<string> => {
        const path = '{.status.runtimeStatus} {.status.k8sResourceInfo.podStatusMessage}';
        return (await project.run('get', 'uiresource', name, '-o', `jsonpath=${path}`)).stdout;
      };
      await tilt.waitFor(/nowhere │ \[event: pod \S+\] 0\/1 nodes are available/);
      await until(
        'nowhere is an error',
        async () => /^error no node takes it: 1 node\(s\) didn't match/.test(await info('nowhere')),
        40_000,
      );
      await until(
        'image is an error',
        async () => /^error .*(ErrImagePull|ImagePullBackOff|not found)/s.test(await info('image')),
        40_000,
      );
      await until(
        'crash is an error',
        async () => /^error .*(back-off|crash loop)/is.test(await info('crash')),
        40_000,
      );
      await tilt.waitFor(/crash │ WARNING: Detected container restart\. Pod: crash-\S+\. Container: main\./);
      project.write('crash.yaml', deployment('crash', 'echo i am well; exec sleep 1000'));
      await tilt.waitFor('crash │ i am well', { timeoutMs: 40_000 });
      await until('crash is well', async () => /^ok/.test(await info('crash')));
      t.pass();
      await tilt.stop();
    },
  ),
);

test(
  'k8s_custom_deploy: its YAML is followed, a change deploys again, down runs its delete command',
  withCluster(
    {
      Tiltfile: `
k8s_custom_deploy('cust', apply_cmd='kubectl apply -n $NAMESPACE -o yaml -f c.yaml', delete_cmd='echo deleting; kubectl delete -n $NAMESPACE --ignore-not-found -f c.yaml', deps=['c.yaml'])
`,
      'c.yaml': deployment('cust', 'echo custom one; exec sleep 1000'),
    },
    async (t, project) => {
      if (!(await hasKubectl(project.env['PATH']!))) {
        t.pass('skipped: no kubectl');
        return;
      }
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('cust │ custom one', { timeoutMs: 40_000 });
      await tilt.waitFor('cust │        → cust:deployment');
      project.write('c.yaml', deployment('cust', 'echo custom two; exec sleep 1000'));
      await tilt.waitFor('1 File Changed: [c.yaml]');
      await tilt.waitFor('cust │ custom two', { timeoutMs: 40_000 });
      await tilt.stop();
      t.is((await project.objects('apps/v1', 'Deployment')).length, 1);
      const down = await project.run('down');
      t.is(down.code, 0, down.stdout + down.stderr);
      t.true(down.stdout.includes('deleting\n'));
      t.deepEqual(await project.objects('apps/v1', 'Deployment'), []);
    },
  ),
);

async function hasKubectl(path: string): Promise<boolean> {
  const { access } = await import('node:fs/promises');
  for (const folder of path.split(':'))
    if (
      await access(`${folder}/kubectl`).then(
        () => true,
        () => false,
      )
    )
      return true;
  return false;
}

test(
  'what sessions left behind goes with down; namespaces only when asked for',
  withCluster(
    {
      Tiltfile: "k8s_yaml('a.yaml')\n",
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n',
    },
    async (t, project) => {
      const { client, namespace, signal } = project.cluster;
      const inner = `${namespace}-inner`;
      project.write('ns.yaml', `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${inner}}\n`);
      project.write('Tiltfile', "k8s_yaml(['a.yaml', 'ns.yaml'])\n");
      t.teardown(() =>
        client
          .delete({ apiVersion: 'v1', kind: 'Namespace', name: inner }, { signal: new AbortController().signal })
          .catch(() => {}),
      );
      // One that was there before us and that the Tiltfile no longer names is nobody's of ours.
      await client.create(
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign', namespace } },
        { signal },
      );
      t.is((await project.run('ci')).code, 0);
      project.write('a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
      const down = await project.run('down');
      t.is(down.code, 0, down.stderr);
      t.true(down.stdout.includes(`Not deleting namespaces: ${inner}\nRun with --delete-namespaces`), down.stdout);
      const names = (await project.objects('v1', 'ConfigMap')).map(({ metadata }) => metadata.name).sort();
      t.deepEqual(names, ['foreign', 'kube-root-ca.crt']);
      const withNamespaces = await project.run('down', '--delete-namespaces');
      t.is(withNamespaces.code, 0, withNamespaces.stderr);
      await t.throwsAsync(client.get({ apiVersion: 'v1', kind: 'Namespace', name: inner }, { signal }), {
        message: /not found/,
      });
    },
  ),
);
