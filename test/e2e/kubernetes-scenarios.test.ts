// Situations of a working day, each as a whole session against a real cluster (reference 6).
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { until } from '../support/tilt-process.ts';
import { type ClusterProject, deployment, job, withCluster } from '../support/with-cluster.ts';

const run = promisify(execFile);
const count = (text: string, part: string): number => text.split(part).length - 1;

/** Name and uid of the namespace's own ConfigMaps. */
async function mapsOf(project: ClusterProject): Promise<Record<string, string>> {
  const maps = await project.objects('v1', 'ConfigMap');
  return Object.fromEntries(
    maps.map(({ metadata }) => [metadata.name, metadata.uid]).filter(([name]) => name !== 'kube-root-ca.crt'),
  );
}

async function livePods(project: ClusterProject): Promise<string[]> {
  const pods = await project.objects('v1', 'Pod');
  return pods.filter(({ metadata }) => !metadata.deletionTimestamp).map(({ metadata }) => metadata.name);
}

const value = async (project: ClusterProject, resource: string, jsonpath: string): Promise<string> =>
  (await project.run('get', 'uiresource', resource, '-o', `jsonpath={${jsonpath}}`)).stdout;

const configMap = (name: string, x: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {x: "${x}"}\n`;

test(
  'configmap: YAML that a command prints from a watched file is updated in place, one too big for an annotation too',
  withCluster(
    {
      Tiltfile: [
        "watch_file('small.txt')",
        "k8s_yaml(local('cat small.txt', quiet=True))",
        "k8s_yaml(local('cat big.txt', quiet=True))",
        "k8s_resource(new_name='small', objects=['small'])",
        "k8s_resource(new_name='big', objects=['big'])",
        '',
      ].join('\n'),
      'small.txt': configMap('small', 'hello'),
      'big.txt': configMap('big', 'x'.repeat(400_000)),
    },
    async (t, project) => {
      const data = async (name: string): Promise<string> =>
        (await project.objects('v1', 'ConfigMap')).find(({ metadata }) => metadata.name === name)?.['data'].x;
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('big │      Updating "big" succeeded!');
      await tilt.waitFor(/small │ +DONE IN/);
      await tilt.waitFor(/big │ +DONE IN/);
      const before = await mapsOf(project);
      project.write('small.txt', configMap('small', 'world'));
      await until('the small one is new', async () => (await data('small')) === 'world');
      project.write('big.txt', configMap('big', 'y'.repeat(400_000)));
      project.write('small.txt', configMap('small', 'again'));
      await until('the big one is new', async () => (await data('big')).startsWith('y'));
      t.deepEqual(await mapsOf(project), before);
      await tilt.stop();
    },
  ),
);

test(
  'event: what no node takes says why, and runs when a node may',
  withCluster(
    {
      Tiltfile: "k8s_yaml('web.yaml')\n",
      'web.yaml': deployment('web', 'echo web is up; exec sleep 1000').replace(
        'containers:',
        'nodeSelector: {no: such}\n      containers:',
      ),
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor(/web │ \[event: pod \S+\] 0\/1 nodes are available/, { timeoutMs: 40_000 });
      await until('the row says so', async () => (await value(project, 'web', '.status.runtimeStatus')) === 'error');
      project.write('web.yaml', deployment('web', 'echo web is up; exec sleep 1000'));
      await tilt.waitFor('web │ web is up', { timeoutMs: 40_000 });
      await until('the row is well', async () => (await value(project, 'web', '.status.runtimeStatus')) === 'ok');
      // The old ReplicaSet's pod goes after the new one is ready.
      await until('one pod is left', async () => (await livePods(project)).length === 1);
      t.pass();
      await tilt.stop();
    },
  ),
);

test(
  'restart: a container that ends and begins again is told, and the log has both of its lives',
  withCluster(
    {
      Tiltfile: "k8s_yaml('web.yaml')\n",
      'web.yaml': deployment(
        'web',
        'if mkdir /kept/first 2>/dev/null; then echo first life; sleep 2; echo first end; exit 0; fi; echo second life; exec sleep 1000',
        'volumeMounts: [{name: kept, mountPath: /kept}]\n      volumes: [{name: kept, emptyDir: {}}]',
      ),
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('web │ second life', { timeoutMs: 40_000 });
      await tilt.waitFor(/web │ WARNING: Detected container restart\. Pod: web-\S+\. Container: main\./);
      await until('it is well again', async () => (await value(project, 'web', '.status.runtimeStatus')) === 'ok');
      t.is(await value(project, 'web', '.status.k8sResourceInfo.podRestarts'), '1');
      for (const line of ['first life', 'first end', 'second life'])
        t.is(count(tilt.output, `web │ ${line}\n`), 1, line);
      await tilt.stop();
    },
  ),
);

const many = 30;

test(
  'too many deployments: thirty at once, twice; nothing is throttled, and the second time nothing changes',
  withCluster(
    {
      Tiltfile: [
        'update_settings(max_parallel_updates=100)',
        "k8s_yaml('all.yaml')",
        `for i in range(${many}): k8s_resource('d%d' % i, pod_readiness='ignore')`,
        '',
      ].join('\n'),
      'all.yaml': Array.from({ length: many }, (_, i) =>
        deployment(`d${i}`, 'exec sleep 1000').replace('spec:', `spec:\n  replicas: ${i < 3 ? 1 : 0}`),
      ).join('---\n'),
    },
    async (t, project) => {
      const uids = async (): Promise<string[]> =>
        (await project.objects('apps/v1', 'Deployment'))
          .map(({ metadata }) => `${metadata.uid} ${metadata.generation}`)
          .sort();
      const first = await project.run('ci');
      t.is(first.code, 0, first.stdout + first.stderr);
      const before = await uids();
      t.is(before.length, many);
      const second = await project.run('ci');
      t.is(second.code, 0, second.stdout + second.stderr);
      t.deepEqual(await uids(), before);
      for (const { stdout } of [first, second]) {
        t.is(count(stdout, 'Objects applied to cluster:'), many);
        t.false(/throttl/i.test(stdout));
      }
      t.is((await project.run('down')).code, 0);
      t.deepEqual(await uids(), []);
    },
  ),
);

function definition(group: string): string {
  return `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {kind: Thing, plural: things, singular: thing, listKind: ThingList}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`;
}

test(
  'down: kinds that the cluster does not know are no error, alone or beside what it knows',
  withCluster({ Tiltfile: "k8s_yaml('all.yaml')\n" }, async (t, project) => {
    const { client, signal } = project.cluster;
    const group = `things-${randomBytes(4).toString('hex')}.example.com`;
    const ref = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: `things.${group}`,
    };
    t.teardown(() => client.delete(ref, { signal: new AbortController().signal }).catch(() => {}));
    const thing = `apiVersion: ${group}/v1\nkind: Thing\nmetadata: {name: a}\nspec: {x: 1}\n`;
    project.write('all.yaml', [thing, definition(group), configMap('conf', '1')].join('---\n'));
    const nothing = await project.run('down');
    t.is(nothing.code, 0, nothing.stdout + nothing.stderr);
    // The definition and the ConfigMap alone: the object of the kind is missing.
    project.write('all.yaml', [definition(group), configMap('conf', '1')].join('---\n'));
    t.is((await project.run('ci')).code, 0);
    project.write('all.yaml', [thing, definition(group), configMap('conf', '1')].join('---\n'));
    const partly = await project.run('down');
    t.is(partly.code, 0, partly.stdout + partly.stderr);
    await t.throwsAsync(client.get(ref, { signal }), { message: /not found/ });
    t.deepEqual(await mapsOf(project), {});
    // The ConfigMap alone: nobody knows the kind.
    project.write('all.yaml', configMap('conf', '1'));
    t.is((await project.run('ci')).code, 0);
    project.write('all.yaml', [thing, configMap('conf', '1')].join('---\n'));
    const unknown = await project.run('down');
    t.is(unknown.code, 0, unknown.stdout + unknown.stderr);
    t.deepEqual(await mapsOf(project), {});
  }),
);

test(
  'namespaceflag: one resource by name into the namespace of the flag; the engine can be looked into',
  withCluster(
    {
      Tiltfile: "k8s_yaml(['web.yaml', 'other.yaml'])\nprint('namespace is', k8s_namespace())\n",
      'web.yaml': deployment('web', 'echo web is up; exec sleep 1000'),
      'other.yaml': deployment('other', 'exec sleep 1000'),
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream', 'web');
      await tilt.waitFor('web is up');
      t.true(tilt.output.includes(`namespace is ${project.cluster.namespace}`), tilt.output);
      const names = (await project.objects('apps/v1', 'Deployment')).map(({ metadata }) => metadata.name);
      t.deepEqual(names, ['web']);
      const dump = await project.run('dump', 'engine');
      t.is(dump.code, 0, dump.stderr);
      t.true(typeof JSON.parse(dump.stdout) === 'object');
      t.is(await value(project, 'web', '.status.k8sResourceInfo.podName'), (await livePods(project)).join());
      await tilt.stop();
    },
  ),
);

test(
  'crash: a second session on the port says that it cannot start, and leaves the first one alone',
  withCluster(
    { Tiltfile: "k8s_yaml('web.yaml')\n", 'web.yaml': deployment('web', 'echo web is up; exec sleep 1000') },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('web │ web is up');
      const second = await project.run('up', '--stream');
      t.is(second.code, 1);
      t.true(second.stderr.includes('Tilt cannot start'), second.stderr);
      t.false(/usage:/i.test(second.stdout + second.stderr));
      t.is(await value(project, 'web', '.status.runtimeStatus'), 'ok');
      await tilt.stop();
    },
  ),
);

/** Local resources and workloads in every combination that `ci` tells apart. */
function everyCombination(): { tiltfile: string; yaml: string; silent: string[]; heard: string[] } {
  const lines: string[] = [];
  const yaml: string[] = [];
  const silent: string[] = [];
  const heard: string[] = [];
  for (const mode of ['auto', 'manual'])
    for (const init of ['init', 'idle']) {
      const settings = `trigger_mode=TRIGGER_MODE_${mode.toUpperCase()}, auto_init=${init === 'init' ? 'True' : 'False'}`;
      const kinds = { u: "cmd='echo ran'", s: "serve_cmd='sleep 1000'", b: "cmd='echo ran', serve_cmd='sleep 1000'" };
      for (const [kind, commands] of Object.entries(kinds)) {
        const name = `l${kind}-${mode}-${init}`;
        lines.push(`local_resource('${name}', ${commands}, ${settings})`);
        (init === 'init' ? heard : silent).push(name);
      }
    }
  for (const [name, isEnabled] of [
    ['enabled', true],
    ['disabled', false],
  ] as const) {
    yaml.push(deployment(`k8s-server-${name}`, 'exec sleep 1000'), job(`k8s-job-${name}`, 'sleep 0.2'));
    for (const kind of ['server', 'job']) {
      if (!isEnabled) lines.push(`k8s_resource('k8s-${kind}-${name}', auto_init=False)`);
      (isEnabled ? heard : silent).push(`k8s-${kind}-${name}`);
    }
  }
  lines.push("k8s_yaml('all.yaml')");
  return { tiltfile: `${lines.join('\n')}\n`, yaml: yaml.join('---\n'), silent, heard };
}

const prefix = (name: string): string => `${name.length > 13 ? `${name.slice(0, 12)}…` : name} │ Initial Build`;

test(
  'tilt ci: every combination of update, server, trigger mode and auto_init beside servers and jobs of the cluster',
  withCluster({}, async (t, project) => {
    const { tiltfile, yaml, silent, heard } = everyCombination();
    project.write('Tiltfile', tiltfile);
    project.write('all.yaml', yaml);
    const { code, stdout, stderr } = await project.run('ci', '--timeout', '60s');
    t.is(code, 0, stdout + stderr);
    t.true(stdout.endsWith('SUCCESS. All workloads are healthy.\n'), stdout);
    for (const name of heard) t.true(stdout.includes(prefix(name)), name);
    for (const name of silent) t.false(stdout.includes(prefix(name)), name);
    t.true(stdout.includes('k8s-server-e… │ Initial Build'));
    const deployed = (await project.objects('apps/v1', 'Deployment')).map(({ metadata }) => metadata.name);
    t.deepEqual(deployed, ['k8s-server-enabled']);
    const jobs = (await project.objects('batch/v1', 'Job')).map(({ metadata }) => metadata.name);
    t.deepEqual(jobs, ['k8s-job-enabled']);
  }),
);

test(
  'disable: another program patches the ConfigMap that says so, and back',
  withCluster(
    { Tiltfile: "k8s_yaml('web.yaml')\n", 'web.yaml': deployment('web', 'echo web is up; exec sleep 1000') },
    async (t, project) => {
      const kubeconfig = path.join(project.env['TILT_DEV_DIR']!, 'config');
      const kubectl = (...args: string[]): Promise<unknown> =>
        run('kubectl', ['--kubeconfig', kubeconfig, '--context', `tilt-${project.port}`, ...args]);
      const hasKubectl = await run('kubectl', ['version', '--client']).then(
        () => true,
        () => false,
      );
      const patch = async (isDisabled: string): Promise<void> => {
        const args = [
          'patch',
          'configmap',
          'web-disable',
          '--type',
          'merge',
          '-p',
          JSON.stringify({ data: { isDisabled } }),
        ];
        if (hasKubectl) await kubectl(...args);
        else t.is((await project.run(...args)).code, 0);
      };
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('web │ web is up');
      await patch('true');
      await until('no pod is left', async () => (await livePods(project)).length === 0);
      t.is(await value(project, 'web', '.status.disableStatus.state'), 'Disabled');
      await patch('false');
      await until('it runs again', () => count(tilt.output, 'web │ web is up') === 2);
      t.is((await livePods(project)).length, 1);
      await tilt.stop();
    },
  ),
);

test(
  'an object in two resources stays as long as one of them has it',
  withCluster(
    {
      Tiltfile: "k8s_yaml('web.yaml')\nk8s_yaml('web.yaml', allow_duplicates=True)\n",
      'web.yaml': deployment('web', 'echo web is up; exec sleep 1000'),
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await until('both have it', () => count(tilt.output, '→ web:deployment') === 2);
      await until('both follow its pod', () => count(tilt.output, '│ web is up') === 2);
      const [before] = await project.objects('apps/v1', 'Deployment');
      const names = (await project.run('get', 'kapp', '-o', 'jsonpath={.items[*].metadata.name}')).stdout.split(' ');
      t.is(names.length, 2);
      t.is((await project.run('disable', names[0]!)).code, 0);
      await until(
        'it is disabled',
        async () => (await value(project, names[0]!, '.status.disableStatus.state')) === 'Disabled',
      );
      project.write('web.yaml', deployment('web', 'echo web is new; exec sleep 1000'));
      await tilt.waitFor('│ web is new', { timeoutMs: 40_000 });
      const [after] = await project.objects('apps/v1', 'Deployment');
      t.is(after!['metadata'].uid, before!['metadata'].uid);
      t.is((await project.run('disable', names[1]!)).code, 0);
      await until('nobody wants it', async () => (await project.objects('apps/v1', 'Deployment')).length === 0);
      await tilt.stop();
    },
  ),
);

test(
  'down and at once ci: pods that are still on their way out are not taken for the new ones',
  withCluster(
    {
      Tiltfile: "k8s_yaml('web.yaml')\n",
      // Its end is an error, so who looks at the old pod fails.
      'web.yaml': deployment('web', 'trap "exit 3" TERM; echo web is up; while true; do sleep 0.2; done').replace(
        'terminationGracePeriodSeconds: 0',
        'terminationGracePeriodSeconds: 3',
      ),
    },
    async (t, project) => {
      for (let i = 0; i < 3; i++) {
        const ci = await project.run('ci');
        t.is(ci.code, 0, ci.stdout + ci.stderr);
        t.false(ci.stdout.includes('Attaching to existing pod'), ci.stdout);
        t.is((await project.run('down')).code, 0);
      }
    },
  ),
);
