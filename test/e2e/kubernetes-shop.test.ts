// The example shop against a real cluster, and what other programs see of it and do with it while it runs.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { writeShop } from '../support/shop.ts';
import { type TiltProcess, until } from '../support/tilt-process.ts';
import { type ClusterProject, withCluster } from '../support/with-cluster.ts';

const run = promisify(execFile);
const program = path.resolve(process.env['TILT_TEST_PROGRAM'] ?? path.join('dist', 'tilt.js'));

test(
  'ci of the shop ends when all of it is well; down leaves nothing',
  withCluster({}, async (t, project) => {
    const { definition } = await writeShop(t, project);
    const { client, signal } = project.cluster;
    const ci = await project.run('ci');
    t.is(ci.code, 0, ci.stdout + ci.stderr);
    for (const line of [
      `offers │        → ${definition}:customresourcedefinition`,
      'offers │        → summer:offer',
      'catalog │ 3 products',
      'first-order │ Thank you. One bread.',
      'SUCCESS. All workloads are healthy.',
    ])
      t.true(ci.stdout.includes(line), `${line}\n${ci.stdout}`);
    t.regex(ci.stdout, /catalog │ Tracking new pod rollout \(catalog-/);
    const again = await project.run('ci');
    t.is(again.code, 0, again.stdout + again.stderr);
    t.regex(again.stdout, /catalog │ Attaching to existing pod \(catalog-/);
    const down = await project.run('down');
    t.is(down.code, 0, down.stderr);
    for (const [apiVersion, kind] of [
      ['apps/v1', 'Deployment'],
      ['batch/v1', 'Job'],
      ['v1', 'Service'],
    ] as const)
      t.deepEqual(await project.objects(apiVersion, kind), []);
    const maps = (await project.objects('v1', 'ConfigMap')).map(({ metadata }) => metadata.name);
    t.deepEqual(maps, ['kube-root-ca.crt']);
    const ref = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: definition };
    await t.throwsAsync(client.get(ref, { signal }), { message: /not found/ });
    await until('no pod is left', async () => (await project.objects('v1', 'Pod')).length === 0);
  }),
);

/** A session with the shop in which everything is well. */
async function openShop(t: ExecutionContext, project: ClusterProject): Promise<{ tilt: TiltProcess; port: number }> {
  const { port } = await writeShop(t, project);
  const tilt = project.start('up', '--stream');
  await tilt.waitFor('first-order │ Thank you. One bread.', { timeoutMs: 60_000 });
  await tilt.waitFor('offers │        → summer:offer');
  return { tilt, port };
}

test(
  'another terminal reads what was applied: all of it, its first lines, and its port-forwards',
  withCluster({}, async (t, project) => {
    const { tilt, port } = await openShop(t, project);
    const shell = async (line: string): Promise<string> => {
      const { stdout, stderr } = await run('sh', ['-c', line], { env: project.env });
      t.is(stderr, '', line);
      return stdout;
    };
    const get = `"${process.execPath}" "${program}" get --port ${project.port}`;
    const rows = (await shell(`${get} kapp`)).trimEnd().split('\n');
    t.regex(rows[0]!, /^NAME +CREATED AT$/);
    t.deepEqual(
      rows.slice(1).map(row => row.split(/ +/)[0]),
      ['catalog', 'first-order', 'front', 'orders', 'pages', 'offers'],
    );
    for (const row of rows.slice(1)) t.regex(row, /^\S+ +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    t.is(await shell(`${get} ka`), `${rows.join('\n')}\n`);
    t.is(await shell(`${get} kubernetesapplys`), `${rows.join('\n')}\n`);
    t.is(
      await shell(`${get} kapp front -o 'jsonpath={.spec.yaml}' | head -n 6`),
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: front\nspec:\n  ports:\n',
    );
    const result = await shell(`${get} kapp front -o 'jsonpath={.status.resultYAML}' | head -n 12`);
    t.is(result.split('\n').length, 13);
    const [service] = (await project.objects('v1', 'Service')).filter(({ metadata }) => metadata.name === 'front');
    t.true(result.startsWith('apiVersion: v1\nkind: Service\nmetadata:\n  creationTimestamp: "'), result);
    t.true(result.includes(`\n  uid: ${service!['metadata'].uid}\n`), result);
    t.regex(result, /\n {2}resourceVersion: "\d+"\n/);
    t.is(
      await shell(`${get} kapp front -o 'jsonpath={.spec.portForwardTemplateSpec}'`),
      `{"forwards":[{"containerPort":0,"host":"localhost","localPort":${port}}]}`,
    );
    const forward = await shell(`${get} pf -o 'jsonpath={.items[*].spec.podName}'`);
    for (const { metadata } of await project.objects('v1', 'Pod'))
      if (!metadata.name.startsWith('first-order-')) t.true(forward.includes(metadata.name), forward);
    t.is((await tilt.stop()).code, 0);
  }),
);

/** Collects what a program prints; it ends with the test. */
function listen(t: ExecutionContext, child: ChildProcess): { readonly output: string } {
  const heard = { output: '' };
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    heard.output += chunk;
  });
  t.teardown(() => child.kill('SIGKILL'));
  return heard;
}

test(
  'the shop is open on this machine, also after its pods were replaced, scaled to none and back',
  withCluster({}, async (t, project) => {
    const { tilt, port } = await openShop(t, project);
    const { client, signal } = project.cluster;
    const page = (): Promise<string> =>
      fetch(`http://localhost:${port}/`, { signal: AbortSignal.timeout(5000) })
        .then(answer => answer.text())
        // Refused, or cut off before its end: asked again.
        .catch(() => '');
    const isOpen = async (): Promise<boolean> => (await page()).includes('cheese    7');
    await until('the page is there', isOpen);
    const front = async () =>
      (await project.objects('v1', 'Pod')).filter(({ metadata }) => metadata.name.startsWith('front-'));
    const [old] = await front();
    await client.delete({ apiVersion: 'v1', kind: 'Pod', name: old!['metadata'].name }, { signal });
    await until(
      'the old pod is gone',
      async () => !(await front()).some(pod => pod['metadata'].uid === old!['metadata'].uid),
    );
    await until('the page is there again', isOpen);
    const scale = (replicas: number) =>
      client.patch(
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'front' },
        { spec: { replicas } },
        { type: 'merge', signal },
      );
    const status = async (): Promise<string> =>
      (await project.run('get', 'uiresource', 'front', '-o', 'jsonpath={.status.runtimeStatus}')).stdout;
    await scale(0);
    await until('no pod is left', async () => (await front()).length === 0);
    // Its pods died because they were told to go: that is no error.
    await until('it waits for a pod', async () => (await status()) === 'pending');
    await scale(1);
    await until('the page is there once more', isOpen);
    await until('it is well', async () => (await status()) === 'ok');
    t.is((await project.run('trigger', 'visit')).code, 0);
    await tilt.waitFor('visit │ Welcome! Today we have:');
    t.is((await tilt.stop()).code, 0);
  }),
);

test(
  'other programs watch what is applied, and react: the example controller, and a watching get',
  withCluster({}, async (t, project) => {
    const { tilt } = await openShop(t, project);
    const env = { ...project.env, TILT_PORT: String(project.port) };
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    const controller = path.resolve('examples', 'controller', 'controller.mjs');
    const said = listen(t, spawn(process.execPath, [controller], { env, stdio }));
    const watchArgs = ['get', 'kapp', 'front', '-w', '-o', 'jsonpath={.status.lastApplyTime}{"\\n"}'];
    const seen = listen(t, spawn(process.execPath, [program, ...watchArgs], { env, stdio }));
    const first = await until(
      'the controller knows the front',
      () => /front was applied at (\S+)/.exec(said.output)?.[1],
    );
    const published = async (): Promise<string> =>
      (await project.run('get', 'cm', 'applied', '-o', 'jsonpath={.data}', '--ignore-not-found')).stdout;
    await until('all six are published', async () => {
      const names = Object.keys(JSON.parse((await published()) || '{}'))
        .sort()
        .join(' ');
      return names === 'catalog first-order front offers orders pages';
    });
    t.is(JSON.parse(await published()).front, first);
    project.write('k8s/front.yaml', project.read('k8s/front.yaml').replace('Welcome!', 'Hello!'));
    const second = await until('it was applied again', () => {
      const times = [...said.output.matchAll(/front was applied at (\S+)/g)].map(match => match[1]!);
      return times.length === 2 ? times[1] : undefined;
    });
    await until('the new time is published', async () => JSON.parse(await published()).front === second);
    await until('the watch has both', () => seen.output.includes(`${first}\n`) && seen.output.includes(`${second}\n`));
    project.write('Tiltfile', project.read('Tiltfile').replace(/^k8s_resource\('first-order'.*$/m, ''));
    project.write('k8s/first-order.yaml', '# closed\n');
    await until('that the job left is told', () => said.output.includes('first-order is gone'));
    await until('its entry is gone', async () => !('first-order' in JSON.parse(await published())));
    t.is((await tilt.stop()).code, 0);
  }),
);
