// What stays and what goes when the screen is left with Disable or Down, and when objects leave the YAML, in the real
// program, against a real cluster.
import path from 'node:path';
import test from 'ava';
import { neverAborted } from '../../src/base/abort.ts';
import { PtyProgram } from '../support/pty.ts';
import { until } from '../support/tilt-process.ts';
import { type ClusterProject, deployment, withCluster } from '../support/with-cluster.ts';

const program = path.resolve(process.env['TILT_TEST_PROGRAM'] ?? path.join('dist', 'tilt.js'));

const kept = `
apiVersion: v1
kind: ConfigMap
metadata: {name: kept, annotations: {tilt.dev/down-policy: keep}}
data: {a: b}
`;
const settings = `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
`;

/** Stands in the cluster before the project does. */
const found = `
apiVersion: v1
kind: ConfigMap
metadata: {name: found}
data: {a: b}
`;

const files = {
  Tiltfile: "k8s_yaml('all.yaml')\nlocal_resource('here', serve_cmd='exec sleep 1000')\n",
  'all.yaml': [deployment('web', 'echo web is up; exec sleep 1000'), settings, kept, found].join('\n---\n'),
};

async function openScreen(project: ClusterProject): Promise<PtyProgram> {
  const args = [program, 'up', '--port', '0', '--namespace', project.cluster.namespace];
  const env = { ...project.env, LANG: 'C.UTF-8' };
  const screen = new PtyProgram({ command: process.execPath, args, columns: 120, rows: 28, cwd: project.dir, env });
  await screen.waitForText(/web\s+ready/);
  screen.type('q');
  await screen.waitForText(/Down +deletes 3 things/);
  return screen;
}

const configMaps = async (project: ClusterProject): Promise<string[]> => {
  const maps = await project.objects('v1', 'ConfigMap');
  return maps.map(({ metadata }) => metadata.name).filter(name => name !== 'kube-root-ca.crt');
};

test(
  'Disable takes away what runs pods; Down all that we made but what is to be kept, after it was asked for',
  withCluster(files, async (t, project) => {
    const { client, namespace, signal } = project.cluster;
    const metadata = { name: 'found', namespace };
    await client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' } }, { signal });
    // What an earlier session made, and the YAML no longer has.
    project.write('all.yaml', configMap('earlier'));
    t.is((await project.run('ci')).code, 0);
    project.write('all.yaml', files['all.yaml']);
    const first = await openScreen(project);
    t.teardown(() => first.dispose());
    t.regex(first.emulator.text, /Disable +takes away deployment\/web; data and settings stay/);
    first.type('x');
    t.is((await first.exited).code, 0);
    await until('no pod is left', async () => (await project.objects('v1', 'Pod')).length === 0);
    t.deepEqual((await configMaps(project)).sort(), ['earlier', 'found', 'kept', 'settings']);

    const second = await openScreen(project);
    t.teardown(() => second.dispose());
    second.type('D');
    await second.waitForText('Type yes to delete them');
    t.true(second.emulator.text.includes('configmap/settings'));
    t.true(second.emulator.text.includes('configmap/earlier'));
    t.false(second.emulator.text.includes('configmap/kept'));
    t.false(second.emulator.text.includes('configmap/found'));
    second.type('yes\r');
    t.is((await second.exited).code, 0);
    t.deepEqual((await configMaps(project)).sort(), ['found', 'kept']);
    t.deepEqual(await project.objects('apps/v1', 'Deployment'), []);
  }),
);

const configMap = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`;

test(
  'what leaves the YAML goes, but for what was there before and for namespaces',
  withCluster({ Tiltfile: "k8s_yaml('all.yaml')\n", 'all.yaml': configMap('mine') }, async (t, project) => {
    const { client, namespace, signal } = project.cluster;
    const other = `${namespace}-other`;
    const metadata = { name: 'found', namespace };
    await client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'c' } }, { signal });
    const ofNamespace = { apiVersion: 'v1', kind: 'Namespace', name: other };
    t.teardown(() => client.delete(ofNamespace, { signal: neverAborted }).catch(() => {}));
    const space = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${other}}\n`;
    project.write('all.yaml', ['mine', 'stays', 'found'].map(configMap).concat(space).join('---\n'));
    const tilt = project.start('up', '--stream');
    await tilt.waitFor(/Successfully loaded Tiltfile/);
    await until('all are there', async () => (await configMaps(project)).length === 3);
    await until('the namespace is there', async () =>
      (await client.list('v1', 'Namespace', { signal })).some(({ metadata: { name } }) => name === other),
    );
    project.write('all.yaml', configMap('stays'));
    await tilt.waitFor('ConfigMap/found stays in the cluster: it was there before');
    await tilt.waitFor(`Namespace/${other} stays in the cluster: everything in it would go with it`);
    await until('what was made is gone', async () => !(await configMaps(project)).includes('mine'));
    t.deepEqual((await configMaps(project)).sort(), ['found', 'stays']);
    const there = await client.get(ofNamespace, { signal });
    t.is(there.metadata.deletionTimestamp, undefined);
  }),
);
