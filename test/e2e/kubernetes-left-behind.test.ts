// What a session left in a namespace that the Tiltfile no longer names.
import test from 'ava';
import { useCluster } from '../support/cluster.ts';
import { makeProject } from '../support/tilt-process.ts';

const configMap = (name: string, namespace?: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${namespace ? `, namespace: ${namespace}` : ''}}\n`;

test('down takes what YAML put into a namespace, and says what another --namespace left', async t => {
  t.timeout(180_000);
  const cluster = await useCluster(t);
  if (!cluster) return;
  const { client, namespace, signal } = cluster;
  const names = async (): Promise<string[]> =>
    (await client.list('v1', 'ConfigMap', { namespace, signal }))
      .map(({ metadata }) => metadata.name)
      .filter(name => name !== 'kube-root-ca.crt');
  const project = await makeProject({ Tiltfile: "k8s_yaml('a.yaml')\n", 'a.yaml': configMap('named', namespace) });
  t.teardown(() => project.dispose());
  project.env['KUBECONFIG'] = cluster.kubeconfig;
  t.is((await project.run('ci')).code, 0);
  t.deepEqual(await names(), ['named']);
  project.write('Tiltfile', "local_resource('a', 'true')\n");
  const down = await project.run('down');
  t.is(down.code, 0, down.stdout + down.stderr);
  t.deepEqual(await names(), [], down.stdout);

  project.write('Tiltfile', "k8s_yaml('a.yaml')\n");
  project.write('a.yaml', configMap('placed'));
  t.is((await project.run('ci', '--namespace', namespace)).code, 0);
  project.write('Tiltfile', '');
  const word = await project.run('down');
  t.is(word.code, 0, word.stdout + word.stderr);
  t.deepEqual(await names(), ['placed'], word.stdout);
  t.true(
    word.stdout.includes(
      `Left in namespace ${namespace}: 1 object that this project made there (ConfigMap/placed). To delete: tilt down --namespace ${namespace}`,
    ),
    word.stdout,
  );
  const taken = await project.run('down', '--namespace', namespace);
  t.is(taken.code, 0, taken.stdout + taken.stderr);
  t.deepEqual(await names(), [], taken.stdout);
});
