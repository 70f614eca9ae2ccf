// The screen and what runs in a cluster: terminals in containers, and a Down that cannot do all of it. The real program in a
// pseudo-terminal, against a real cluster.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { neverAborted } from '../../src/base/abort.ts';
import { PtyProgram } from '../support/pty.ts';
import { until } from '../support/tilt-process.ts';
import { type ClusterProject, deployment, withCluster } from '../support/with-cluster.ts';

const program = path.resolve(process.env['TILT_TEST_PROGRAM'] ?? path.join('dist', 'tilt.js'));

function openScreen(project: ClusterProject): PtyProgram {
  const args = [program, 'up', '--port', '0', '--namespace', project.cluster.namespace];
  const env = { ...project.env, LANG: 'C.UTF-8' };
  return new PtyProgram({ command: process.execPath, args, columns: 120, rows: 28, cwd: project.dir, env });
}

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own}\n';

const shop = {
  Tiltfile: "k8s_yaml(['web.yaml', 'chat.yaml'])\n",
  'web.yaml': deployment('web', 'echo web is up; exec sleep 1000'),
  'chat.yaml': deployment('chat', 'echo chat is up; exec cat', 'stdin: true\n        tty: true'),
};

test(
  'a shell and a process in containers: both come back to the same screen, also when the pod goes',
  withCluster(shop, async (t, project) => {
    const screen = openScreen(project);
    t.teardown(() => screen.dispose());
    await screen.waitForText(/web +ready/);
    await screen.waitForText(/chat +ready/);
    screen.type('js');
    await screen.waitForText(/web-\S+ main: a shell, ctrl-\] comes back/);
    // The shell has read where the cursor is before it takes a line.
    await screen.waitForText(/\/ # $/m);
    screen.type('echo is $((6*7))\r');
    await screen.waitForText('is 42');
    // The node tells the shell its size in its own time.
    screen.type('until stty size | grep "28 120"; do sleep 0.1; done\r');
    await screen.waitForText(/^28 120$/m);
    screen.resize(100, 25);
    screen.type('echo $((40+3)); sleep 100\r');
    await screen.waitForText(/^43$/m);
    screen.type('\x03');
    await screen.waitForText(/\^C\n\/ # $/m);
    screen.type('until stty size | grep "25 100"; do sleep 0.1; done\r');
    await screen.waitForText(/^25 100$/m);
    screen.type('exit 3\r');
    await screen.waitForText(/The shell in web-\S+ main has ended/);
    await screen.waitForText(/web +ready/);
    screen.type('a');
    await screen.waitForText('main has no terminal: `tty: true` and `stdin: true` in its YAML');

    screen.type('ja');
    await screen.waitForText(/chat-\S+ main: its own process, ctrl-\] comes back/);
    screen.type('good morning\r');
    await screen.waitForText(/good morning\s+good morning/);
    screen.type('\x1d');
    await screen.waitForText(/chat-\S+ main goes on/);

    screen.type('ks');
    await screen.waitForText(/\/ # $/m);
    const { client, namespace } = project.cluster;
    const pods = await project.objects('v1', 'Pod');
    const name = pods.find(pod => pod['metadata'].name.startsWith('web-'))!['metadata'].name;
    await client.delete({ apiVersion: 'v1', kind: 'Pod', name, namespace }, { signal: neverAborted });
    await screen.waitForText(/web-\S+ main: the shell was killed|web-\S+ main: the connection/);
    screen.type('q');
    await screen.waitForText(/Leave /);
    screen.type('D');
    await screen.waitForText('Type yes to delete them');
    screen.type('yes\r');
    t.is((await screen.exited).code, 0);
  }),
);

test(
  'Down that cannot do all of it: exit code 1, and what is left',
  withCluster(
    {
      Tiltfile:
        "k8s_custom_deploy('own', apply_cmd='kubectl apply -n %s -f own.yaml -o yaml' % os.getenv('NAMESPACE'), " +
        "delete_cmd='echo cannot >&2; exit 7', deps=['own.yaml'])\n",
      'own.yaml': configMap,
    },
    async (t, project) => {
      const screen = openScreen(project);
      t.teardown(() => screen.dispose());
      await screen.waitForText(/own +(?:ready|starting|no pod)/);
      screen.type('q');
      await screen.waitForText(/Down +deletes own: echo cannot/);
      screen.type('D');
      await screen.waitForText('Type yes to delete them');
      screen.type('yes\r');
      t.is((await screen.exited).code, 1);
      t.regex(screen.output, /Error: Deleting k8s entities for cmd: .*exit 7[\s\S]*`tilt down` deletes what is left/);
    },
  ),
);

test(
  'Down goes to the cluster that the session deployed to, whatever the current context is by then',
  withCluster({ Tiltfile: "k8s_yaml('own.yaml')\n", 'own.yaml': configMap }, async (t, project) => {
    const { kubeconfig, namespace } = project.cluster;
    const own = path.join(project.dir, 'kubeconfig');
    writeFileSync(own, readFileSync(kubeconfig, 'utf8'));
    project.env['KUBECONFIG'] = own;
    const screen = openScreen(project);
    t.teardown(() => screen.dispose());
    const maps = async (): Promise<readonly string[]> =>
      (await project.objects('v1', 'ConfigMap')).map(({ metadata }) => metadata.name);
    await until('it is there', async () => (await maps()).includes('own'));
    await screen.waitForText(/uncategorized +ready/);
    writeFileSync(own, readFileSync(own, 'utf8').replace(/^current-context:.*$/m, 'current-context: nowhere'));
    screen.type('q');
    await screen.waitForText(/Down +deletes configmap\/own/);
    screen.type('D');
    await screen.waitForText('Type yes to delete them');
    screen.type('yes\r');
    t.is((await screen.exited).code, 0, namespace);
    t.false((await maps()).includes('own'));
  }),
);
