// Sessions whose way to the cluster breaks: nothing is lost that the cluster still has, and everything comes back by itself.
import fs from 'node:fs';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type CutProxy, makeCutProxy } from '../support/cut-proxy.ts';
import { until } from '../support/tilt-process.ts';
import { type ClusterProject, deployment, withCluster } from '../support/with-cluster.ts';

/** The session's kubeconfig leads through a proxy of the test. */
async function throughProxy(t: ExecutionContext, project: ClusterProject): Promise<CutProxy> {
  const server = new URL(project.cluster.facts.server);
  const proxy = await makeCutProxy(t, server.hostname, Number(server.port || 443));
  const text = fs.readFileSync(project.cluster.kubeconfig, 'utf8');
  const file = path.join(project.dir, '..', 'kubeconfig');
  const led = text.replace(project.cluster.facts.server, `https://127.0.0.1:${proxy.port}`);
  // The certificate is the server's, whatever stands between.
  const named = led.includes('insecure-skip-tls-verify')
    ? led
    : led.replace(/(\n\s+)server: /, `$1tls-server-name: ${server.hostname}$1server: `);
  fs.writeFileSync(file, named, { mode: 0o600 });
  project.env['KUBECONFIG'] = file;
  return proxy;
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

test(
  'a log that is cut again and again has every line once',
  withCluster(
    {
      Tiltfile: "k8s_yaml('web.yaml')\n",
      'web.yaml': deployment(
        'web',
        'i=0; while [ $i -lt 1500 ]; do i=$((i+1)); echo "number $i."; [ $((i % 3)) = 0 ] && sleep 0.01; done; exec sleep 1000',
      ),
    },
    async (t, project) => {
      const proxy = await throughProxy(t, project);
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('number 50.');
      for (let i = 0; i < 4; i++) {
        await pause(700);
        await proxy.refuse();
        await pause(i * 300);
        await proxy.open();
      }
      await tilt.waitFor('number 1500.', { timeoutMs: 60_000 });
      const numbers = [...tilt.output.matchAll(/number (\d+)\./g)].map(([, number]) => Number(number));
      t.deepEqual(
        numbers,
        Array.from({ length: 1500 }, (_, i) => i + 1),
      );
      await tilt.stop();
    },
  ),
);

test(
  'a save while the cluster is away is deployed when it is back',
  withCluster(
    { Tiltfile: "k8s_yaml('web.yaml')\n", 'web.yaml': deployment('web', 'echo version one; exec sleep 1000') },
    async (t, project) => {
      const proxy = await throughProxy(t, project);
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('version one');
      await proxy.refuse();
      project.write('web.yaml', deployment('web', 'echo version two; exec sleep 1000'));
      await tilt.waitFor(/connection refused\. Trying again\.\.\./);
      await pause(3000);
      await proxy.open();
      await tilt.waitFor('version two', { timeoutMs: 40_000 });
      await until('one deploy', async () => (await project.objects('apps/v1', 'Deployment')).length === 1);
      t.false(/Build Failed/.test(tilt.output), tilt.output);
      await tilt.stop();
    },
  ),
);

test(
  'a cluster that never answers is named, with the time that was waited',
  withCluster(
    {
      Tiltfile: "update_settings(k8s_upsert_timeout_secs=2)\nk8s_yaml('web.yaml')\n",
      'web.yaml': deployment('web', 'echo version one; exec sleep 1000'),
    },
    async (t, project) => {
      const proxy = await throughProxy(t, project);
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('version one');
      await proxy.refuse();
      project.write('web.yaml', deployment('web', 'echo version two; exec sleep 1000'));
      await tilt.waitFor(/Build Failed: Killed kubectl\. Hit timeout of 2s applying Deployment\/web\./);
      t.regex(tilt.output, /connection refused/);
      await tilt.stop();
    },
  ),
);

test(
  'a cluster that is away at the start is named, and deployed to when it comes',
  withCluster(
    { Tiltfile: "k8s_yaml('web.yaml')\n", 'web.yaml': deployment('web', 'echo version one; exec sleep 1000') },
    async (t, project) => {
      const proxy = await throughProxy(t, project);
      await proxy.refuse();
      const tilt = project.start('up', '--stream');
      await tilt.waitFor(/Tilt encountered an error connecting to your Kubernetes cluster:\n\t.*connection refused/);
      const { stdout } = await project.run('get', 'uiresource', 'web', '-o', 'jsonpath={.status.waiting.reason}');
      t.is(stdout, 'waiting-for-cluster');
      await proxy.open();
      await tilt.waitFor('version one', { timeoutMs: 40_000 });
      await tilt.stop();
    },
  ),
);

test(
  'a namespace that goes away under a resource is waited for',
  withCluster(
    { Tiltfile: "k8s_yaml(['ns.yaml', 'map.yaml'])\n", 'map.yaml': '', 'ns.yaml': '' },
    async (t, project) => {
      const { client, namespace, signal } = project.cluster;
      const name = `${namespace}-goes`;
      const ref = { apiVersion: 'v1', kind: 'Namespace', name };
      t.teardown(() => client.delete(ref, { signal: new AbortController().signal }).catch(() => {}));
      project.write('ns.yaml', `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`);
      const map = (text: string): string =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf, namespace: ${name}}\ndata: {a: "${text}"}\n`;
      project.write('map.yaml', map('1'));
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('DONE IN');
      // Keeps the namespace going away for as long as it takes to be seen.
      const holder = { apiVersion: 'v1', kind: 'ConfigMap', name: 'holder', namespace: name };
      const metadata = { name: 'holder', namespace: name, finalizers: ['test.tilt.dev/hold'] };
      await client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata }, { signal });
      const letGo = (): Promise<unknown> =>
        client
          .patch(holder, { metadata: { finalizers: null } }, { type: 'merge', signal: new AbortController().signal })
          .catch(() => {});
      t.teardown(letGo);
      await client.delete(ref, { signal });
      project.write('map.yaml', map('2'));
      await tilt.waitFor(/is currently being deleted|because it is being terminated/);
      await letGo();
      await until(
        'it is there again',
        async () =>
          (
            await client
              .get({ apiVersion: 'v1', kind: 'ConfigMap', name: 'conf', namespace: name }, { signal })
              .catch(() => undefined)
          )?.['data'] !== undefined,
        60_000,
      );
      await tilt.stop();
      t.pass();
    },
  ),
);
