// What only a real cluster can show: pods, their logs, tunnels and commands, rights, and a way to the server that breaks.
import fs from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import test, { type ExecutionContext } from 'ava';
import {
  type ConnectOptions,
  type KubeConnection,
  KubeError,
  type KubeObject,
  makeConnectKube,
} from '../../../src/adapters/kube/index.ts';
import { Canceled, makeAbortController, neverAborted } from '../../../src/base/abort.ts';
import { type Clock, systemClock } from '../../../src/base/clock.ts';
import { type TestCluster, useCluster } from '../../support/cluster.ts';
import { makeCutProxy } from '../../support/cut-proxy.ts';
import { tempFolder } from '../../support/scripted-kube.ts';
import { until } from '../../support/until.ts';

const free = { signal: neverAborted };

/** Runs on a cluster; without one the test says so. */
function withCluster(title: string, run: (t: ExecutionContext, cluster: TestCluster) => Promise<void>): void {
  test(title, async t => {
    // Pods start within seconds, on a machine that does something else within a minute or two.
    t.timeout(170_000);
    const cluster = await useCluster(t);
    if (cluster) await run(t, cluster);
  });
}

/** A pod that runs a shell script; resolves when it runs. */
async function runPod(
  { client, namespace }: TestCluster,
  script: string,
): Promise<{ readonly namespace: string; readonly name: string }> {
  const name = 'p';
  const command = ['sh', '-c', script];
  const container = { name: 'c', image: 'busybox:latest', imagePullPolicy: 'IfNotPresent', command };
  const spec = { terminationGracePeriodSeconds: 0, restartPolicy: 'Never', containers: [container] };
  await client.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec }, free);
  await new Promise<void>(resolve => {
    const watching = client.watch(
      { apiVersion: 'v1', kind: 'Pod', namespace, fieldSelector: `metadata.name=${name}` },
      {
        onObject(pod) {
          const { phase } = pod['status'] as { readonly phase: string };
          if (phase === 'Pending') return;
          watching.dispose();
          resolve();
        },
        onDeleted() {},
      },
    );
  });
  return { namespace, name };
}

const podRef = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', name });

withCluster(
  'logs: followed to the end, with times, from a second on, of a container that is not there',
  async (t, cluster) => {
    const { client } = cluster;
    // The sleep at the end is for the container runtime, which forgets lines of a process that ends at once.
    const pod = await runPod(cluster, 'for i in 1 2 3; do echo line $i; sleep 0.2; done; seq 1 20000; sleep 2');
    const parts: Uint8Array[] = [];
    for await (const chunk of client.logs({ pod, container: 'c', follow: true, timestamps: true }, free))
      parts.push(chunk);
    const lines = Buffer.concat(parts).toString().trimEnd().split('\n');
    t.is(lines.length, 20_003);
    t.true(lines.every(line => /^\d{4}-\d\d-\d\dT[\d:.]+Z \S/.test(line)));
    t.regex(lines.at(-1)!, / 20000$/);
    const tail: Uint8Array[] = [];
    for await (const chunk of client.logs({ pod, container: 'c', follow: false, tailLines: 1 }, free)) tail.push(chunk);
    t.is(Buffer.concat(tail).toString(), '20000\n');
    const read = async (): Promise<void> => {
      for await (const _chunk of client.logs({ pod, container: 'nope', follow: true }, free));
    };
    const error = await t.throwsAsync(read(), { instanceOf: KubeError });
    t.like(error, { code: 400, reason: 'BadRequest', message: 'container nope is not valid for pod p' });
  },
);

withCluster('logs: whoever stops reading, or is stopped, frees the connection', async (t, cluster) => {
  const { client } = cluster;
  const pod = await runPod(cluster, 'while true; do echo tick; sleep 0.1; done');
  for await (const chunk of client.logs({ pod, container: 'c', follow: true }, free)) {
    t.regex(Buffer.from(chunk).toString(), /tick/);
    break;
  }
  const stop = makeAbortController();
  const read = async (): Promise<void> => {
    for await (const _chunk of client.logs({ pod, container: 'c', follow: true }, stop))
      stop.abort(new Canceled('enough'));
  };
  await t.throwsAsync(read(), { instanceOf: Canceled, message: 'enough' });
});

withCluster(
  'commands: output, exit code, input with an end, one that is not there, one that is stopped',
  async (t, cluster) => {
    const { client } = cluster;
    const pod = await runPod(cluster, 'sleep 1000');
    const run = async (command: readonly string[], stdin?: AsyncIterable<Uint8Array>) => {
      const out = { stdout: '', stderr: '' };
      const done = await client.exec(
        {
          pod,
          container: 'c',
          command,
          ...(stdin ? { stdin } : {}),
          onStdout: chunk => (out.stdout += Buffer.from(chunk).toString()),
          onStderr: chunk => (out.stderr += Buffer.from(chunk).toString()),
        },
        free,
      );
      return { ...done, ...out };
    };
    t.deepEqual(await run(['sh', '-c', 'echo out; echo err >&2; exit 3']), {
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    async function* input(count: number): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < count; i++) yield Buffer.alloc(50_000, 'x');
    }
    t.deepEqual(await run(['wc', '-c'], input(100)), { exitCode: 0, stdout: '5000000\n', stderr: '' });
    // Servers close the connection over what nobody read; now and then that takes the exit code with it.
    const deaf = await run(['true'], input(1)).catch(error => error);
    t.true(deaf instanceof KubeError ? deaf.code === 0 : deaf.exitCode === 0, String(deaf));
    await t.throwsAsync(run(['no-such-program']), { instanceOf: KubeError, message: /executable file not found/ });
    const stop = makeAbortController();
    const request = { pod, container: 'c', command: ['sleep', '1000'], onStdout() {}, onStderr() {} };
    const running = client.exec(request, stop);
    setImmediate(() => stop.abort(new Canceled('enough')));
    await t.throwsAsync(running, { instanceOf: Canceled });
    const doomed = client.exec(
      { ...request, command: ['sh', '-c', 'echo; sleep 1000'], onStdout: () => void client.delete(podRef('p'), free) },
      free,
    );
    t.true(
      await doomed.then(
        ({ exitCode }) => exitCode !== 0,
        error => error instanceof KubeError,
      ),
    );
  },
);

async function readAll(incoming: AsyncIterable<Uint8Array>): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of incoming) sizeBytes += chunk.length;
  return sizeBytes;
}

withCluster(
  'tunnels: both ways, much data, a slow reader, a port that nobody has, a pod that goes',
  async (t, cluster) => {
    const { client } = cluster;
    const big = 30_000_000;
    const serve = `mkdir /w; head -c ${big} /dev/zero > /w/big; echo hi > /w/small; httpd -p 8080 -h /w; nc -ll -p 9000 -e cat`;
    const pod = await runPod(cluster, `${serve}; sleep 1000`);
    const dial = (port: number, settleMs = 0) => client.dial({ pod, port, settleMs }, free);
    await until(t, async () => {
      try {
        for (const port of [8080, 9000]) (await dial(port, 200)).dispose();
        return true;
      } catch {
        return false;
      }
    });
    const web = await dial(8080);
    await web.write(Buffer.from('GET /big HTTP/1.0\r\n\r\n'));
    web.end();
    // Not read for a while: what arrives waits, and memory does not grow with it.
    await new Promise(resolve => setTimeout(resolve, 300));
    t.true((await readAll(web.incoming)) > big);
    web.dispose();
    const echo = await dial(9000);
    const sent = 5_000_000;
    const writing = (async () => {
      for (let i = 0; i < sent / 50_000; i++) await echo.write(Buffer.alloc(50_000, 'x'));
    })();
    let got = 0;
    for await (const chunk of echo.incoming) {
      got += chunk.length;
      if (got === sent) break;
    }
    await writing;
    t.is(got, sent);
    echo.dispose();
    const nobody = await dial(9);
    await t.throwsAsync(readAll(nobody.incoming), { instanceOf: KubeError, message: /connection refused/ });
    await t.throwsAsync(dial(9, 5000), { instanceOf: KubeError, message: /connection refused/ });
    await t.throwsAsync(client.dial({ pod: { ...pod, name: 'gone' }, port: 1 }, free), {
      instanceOf: KubeError,
      message: 'pods "gone" not found',
    });
    const left = await dial(9000);
    await left.write(Buffer.from('x'));
    await client.delete(podRef('p'), free);
    const ended = await readAll(left.incoming).then(
      size => size,
      error => error,
    );
    t.true(ended === 1 || ended === 0 || ended instanceof KubeError);
    left.dispose();
  },
);

withCluster('a client that is disposed of leaves nothing open', async (t, cluster) => {
  const pod = await runPod(cluster, 'nc -ll -p 9000 -e cat');
  const { client } = await makeConnectKube()({ context: '', namespace: cluster.namespace, env: process.env });
  const lines = watchMaps({ ...cluster, client }, cluster.namespace);
  await until(t, () => lines.includes('synced'));
  const ends: unknown[] = [];
  const note = (error: unknown): unknown => ends.push(error);
  const silent = { pod, container: 'c', onStdout() {}, onStderr() {} };
  client.exec({ ...silent, command: ['sleep', '1000'] }, free).catch(note);
  const reading = (async () => {
    for await (const _chunk of client.logs({ pod, container: 'c', follow: true }, free));
  })();
  reading.catch(note);
  const stream = await client.dial({ pod, port: 9000 }, free);
  readAll(stream.incoming).catch(note);
  client.dispose();
  await until(t, () => ends.length === 3);
  t.true(ends.every(error => error instanceof KubeError));
});

interface Behind {
  readonly connection: KubeConnection;
  readonly proxy: Awaited<ReturnType<typeof makeCutProxy>>;
}

/** The cluster behind a proxy of the test's own. */
async function behindProxy(t: ExecutionContext, cluster: TestCluster, options: ConnectOptions = {}): Promise<Behind> {
  const { hostname, port } = new URL(cluster.facts.server);
  const proxy = await makeCutProxy(t, hostname, Number(port));
  const file = path.join(tempFolder(t), 'config');
  fs.writeFileSync(file, cluster.frozenKubeconfig.replace(cluster.facts.server, `https://${hostname}:${proxy.port}`));
  const env = { ...process.env, KUBECONFIG: file };
  const connection = await makeConnectKube(options)({ context: '', namespace: '', env });
  t.teardown(() => connection.client.dispose());
  return { connection, proxy };
}

function watchMaps({ client }: KubeConnection, namespace: string): string[] {
  const lines: string[] = [];
  const isOwn = (object: KubeObject): boolean => !object.metadata.name.startsWith('kube-');
  client.watch(
    { apiVersion: 'v1', kind: 'ConfigMap', namespace },
    {
      onObject: object => isOwn(object) && lines.push(object.metadata.name),
      onDeleted: object => isOwn(object) && lines.push(`gone ${object.metadata.name}`),
      onSynced: () => lines.push('synced'),
      onProblem: problem => lines.push(problem ? 'problem' : 'fine'),
    },
  );
  return lines;
}

const map = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

withCluster('a server that is away for a while: the watch says so, and misses nothing', async (t, cluster) => {
  const { connection, proxy } = await behindProxy(t, cluster);
  const lines = watchMaps(connection, cluster.namespace);
  await cluster.client.create(map('a'), free);
  await until(t, () => lines.includes('a') && lines.includes('synced'));
  await proxy.refuse();
  await until(t, () => lines.includes('problem'));
  const error = await t.throwsAsync(connection.client.version(free), { instanceOf: KubeError });
  t.regex(error!.message, /: connection refused$/);
  await cluster.client.create(map('b'), free);
  await cluster.client.delete({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }, free);
  await proxy.open();
  await until(t, () => lines.includes('gone a'));
  t.deepEqual(
    lines.filter(line => line !== 'synced'),
    ['a', 'problem', 'fine', 'b', 'gone a'],
  );
  t.regex((await connection.client.version(free)).gitVersion, /^v1/);
});

withCluster('a connection that swallows everything is left after a sleep', async (t, cluster) => {
  let sleptMs = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + sleptMs };
  const { connection, proxy } = await behindProxy(t, cluster, { clock });
  const lines = watchMaps(connection, cluster.namespace);
  await until(t, () => lines.includes('synced'));
  const pod = await runPod(cluster, 'nc -ll -p 9000 -e cat & while true; do echo tick; sleep 0.1; done');
  t.log('the pod runs');
  const reading = (async () => {
    for await (const _chunk of connection.client.logs({ pod, container: 'c', follow: true }, free)) lines.push('log');
  })();
  reading.catch(() => {});
  const stream = await connection.client.dial({ pod, port: 9000 }, free);
  t.teardown(() => stream.dispose());
  const tunnel = readAll(stream.incoming);
  tunnel.catch(() => {});
  await until(t, () => lines.includes('log'));
  t.regex((await connection.client.version(free)).gitVersion, /^v1/);
  t.log('everything is open');
  proxy.swallow();
  await cluster.client.create(map('b'), free);
  // The machine wakes, and the way is good again; only the old connections are not.
  sleptMs = 3_600_000;
  await t.throwsAsync(reading, { instanceOf: KubeError, message: /while the machine slept/ });
  t.log('the log is left');
  await until(t, () => lines.includes('b'));
  t.log('the watch is there again');
  t.regex((await connection.client.version(free)).gitVersion, /^v1/, 'idle connections are not used again');
  await t.throwsAsync(tunnel, { instanceOf: KubeError, message: /the connection is dead/ });
});

/** A token of a service account that may do nothing. */
async function makeAccount({ client, namespace }: TestCluster): Promise<string> {
  await client.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' } }, free);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'robot', annotations: { 'kubernetes.io/service-account.name': 'robot' } },
    type: 'kubernetes.io/service-account-token',
  };
  await client.create(secret, free);
  for (;;) {
    const made = await client.get({ apiVersion: 'v1', kind: 'Secret', name: 'robot', namespace }, free);
    const { token } = (made['data'] ?? {}) as { readonly token?: string };
    if (token) return Buffer.from(token, 'base64').toString();
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** The certificate that vouches for the server's, as PEM. */
function authorityOf(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host, port, rejectUnauthorized: false }, () => {
      let certificate = socket.getPeerCertificate(true);
      while (certificate.issuerCertificate && certificate.issuerCertificate.raw !== certificate.raw) {
        if (certificate.issuerCertificate.fingerprint256 === certificate.fingerprint256) break;
        certificate = certificate.issuerCertificate;
      }
      socket.destroy();
      const body = certificate.raw.toString('base64').replace(/.{64}/g, '$&\n');
      resolve(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
    });
    socket.on('error', reject);
  });
}

withCluster(
  'in a pod: the token of its account; a right that is missing stops one watch until it is given',
  async (t, cluster) => {
    const { client, namespace, facts } = cluster;
    const account = tempFolder(t);
    const { hostname, port } = new URL(facts.server);
    fs.writeFileSync(path.join(account, 'token'), await makeAccount(cluster));
    fs.writeFileSync(path.join(account, 'namespace'), namespace);
    fs.writeFileSync(path.join(account, 'ca.crt'), await authorityOf(hostname, Number(port)));
    const env = { HOME: account, KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
    const inside = await makeConnectKube({ serviceAccountFolder: account })({ context: '', namespace: '', env });
    t.teardown(() => inside.client.dispose());
    t.like(inside.facts, { context: 'in-cluster', namespace, product: 'unknown' });
    t.regex((await inside.client.version(free)).gitVersion, /^v1/);
    await inside.client.checkHealth(free);
    const question = { verb: 'list', group: '', resource: 'configmaps', namespace };
    t.false(await inside.client.canI(question, free));
    const lines = watchMaps(inside, namespace);
    await until(t, () => lines.length > 0);
    t.deepEqual(lines, ['problem']);
    const refused = await t.throwsAsync(inside.client.list('v1', 'ConfigMap', { ...free, namespace }), {
      instanceOf: KubeError,
    });
    t.like(refused, { code: 403, reason: 'Forbidden' });
    t.regex(refused!.message, /^configmaps is forbidden: User "system:serviceaccount:test-\w+:robot" cannot list/);
    const rbac = 'rbac.authorization.k8s.io';
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list', 'watch'] }];
    await client.create({ apiVersion: `${rbac}/v1`, kind: 'Role', metadata: { name: 'r' }, rules }, free);
    const binding = {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'r' },
      roleRef: { apiGroup: rbac, kind: 'Role', name: 'r' },
      subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace }],
    };
    await client.create(binding, free);
    await until(t, () => lines.includes('synced'));
    t.deepEqual(lines, ['problem', 'fine', 'synced']);
    fs.writeFileSync(path.join(account, 'ca.crt'), strangeAuthority());
    const other = await makeConnectKube({ serviceAccountFolder: account })({ context: '', namespace: '', env });
    t.teardown(() => other.client.dispose());
    await t.throwsAsync(other.client.version(free), { instanceOf: KubeError, message: /certificate/ });
  },
);

/** One that vouches for nobody here. */
function strangeAuthority(): string {
  return tls.rootCertificates[0]!;
}

withCluster('a watch of a kind that a CRD brings begins when it comes', async (t, cluster) => {
  const { client, namespace } = cluster;
  const group = `${namespace}.example.com`;
  const names = { plural: 'things', singular: 'thing', kind: 'Thing' };
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `things.${group}` },
    spec: { group, scope: 'Namespaced', names, versions: [{ name: 'v1', served: true, storage: true, schema }] },
  };
  const lines: string[] = [];
  const watching = client.watch(
    { apiVersion: `${group}/v1`, kind: 'Thing', namespace },
    {
      onObject: object => lines.push(`${object.metadata.name} ${typeof object['big']}`),
      onDeleted() {},
      onProblem: problem => lines.push(problem ? problem.message : 'fine'),
    },
  );
  t.teardown(() => watching.dispose());
  await until(t, () => lines.length > 0);
  t.deepEqual(lines, [`no matches for kind "Thing" in version "${group}/v1"`]);
  await client.create(definition, free);
  t.teardown(() => client.delete({ ...definition, name: definition.metadata.name }, free));
  await until(t, async () => {
    client.forgetTypes();
    return client.resourceType(`${group}/v1`, 'Thing', free).then(
      () => true,
      () => false,
    );
  });
  const big = 9_007_199_254_740_993n;
  const thing = { apiVersion: `${group}/v1`, kind: 'Thing', metadata: { name: 'x' }, big };
  const made = await client.create(thing, free);
  t.is(made['big'], big);
  await until(t, () => lines.includes('x bigint'));
});
