// PortForward objects against a real cluster: whole files, many clients, pods that come late, die and are replaced, a
// way that breaks.
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type KubeConnection, makeConnectKube } from '../../src/adapters/kube/index.ts';
import { makeNet } from '../../src/adapters/net/index.ts';
import type { Forward } from '../../src/api/kinds-kubernetes.ts';
import { apiVersion } from '../../src/api/meta.ts';
import { neverAborted } from '../../src/base/abort.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { PodIndexes } from '../../src/controllers/pods/pod-indexes.ts';
import { PortForwardController } from '../../src/controllers/port-forward-controller.ts';
import { Manager } from '../../src/controllers/runtime/manager.ts';
import { makeStore } from '../../src/store/store.ts';
import { type TestCluster, useCluster } from '../support/cluster.ts';
import { makeCutProxy } from '../support/cut-proxy.ts';
import { tempFolder } from '../support/scripted-kube.ts';
import { until } from '../support/until.ts';

const free = { signal: neverAborted };

/** Runs on a cluster; without one the test says so. */
function withCluster(title: string, run: (t: ExecutionContext, cluster: TestCluster) => Promise<void>): void {
  test.serial(title, async t => {
    t.timeout(120_000);
    const cluster = await useCluster(t);
    if (cluster) await run(t, cluster);
  });
}

/** The controller on its own, with a connection. */
function forwardsOf(t: ExecutionContext, connection: KubeConnection, namespace: string, clock: Clock = systemClock) {
  const store = makeStore({ clock });
  const log: string[] = [];
  const pods = new PodIndexes();
  const controller = new PortForwardController({
    store,
    clock,
    net: makeNet(),
    pods,
    connections: { get: () => connection },
    disablesPortForwards: false,
    enqueue: name => manager.enqueue('port-forward', name),
    logs: { span: spanId => ({ spanId, write: text => void log.push(String(text)) }) },
  });
  const manager = new Manager({ store, clock, onError: (_controller, _key, error) => t.fail(String(error)) });
  manager.add(controller);
  manager.start();
  t.teardown(() => {
    manager.dispose();
    controller.dispose();
    pods.dispose();
  });
  const make = (name: string, podName: string, forwards: readonly Forward[]) =>
    store.upsert('PortForward', {
      kind: 'PortForward',
      apiVersion,
      metadata: { name },
      spec: { namespace, podName, forwards },
    });
  const statuses = (name: string) => store.get('PortForward', name)?.status?.forwardStatuses ?? [];
  const runs = (name: string) =>
    until(t, () => {
      const running = statuses(name).filter(({ startedAt }) => Boolean(startedAt));
      return running.length > 0 && running.length === store.get('PortForward', name)?.spec?.forwards.length;
    });
  const fails = (name: string, words: RegExp) =>
    until(t, () => words.test(statuses(name)[0]?.error ?? ''), `error ${words} of ${name}`);
  return { store, log, make, statuses, runs, fails };
}

/** A pod that runs a shell script; resolves when it runs. */
async function runPod(t: ExecutionContext, { client, namespace }: TestCluster, name: string, script: string) {
  const command = ['sh', '-c', script];
  const container = { name: 'c', image: 'busybox:latest', imagePullPolicy: 'IfNotPresent', command };
  const spec = { terminationGracePeriodSeconds: 1, containers: [container] };
  await client.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec }, free);
  await until(t, async () => {
    const pod = await client.get({ apiVersion: 'v1', kind: 'Pod', name, namespace }, free);
    return (pod['status'] as { readonly phase: string }).phase === 'Running';
  });
}

function shell({ client, namespace }: TestCluster, pod: string, script: string) {
  const streams = { onStdout() {}, onStderr() {} };
  return client.exec(
    { pod: { namespace, name: pod }, container: 'c', command: ['sh', '-c', script], ...streams },
    free,
  );
}

interface AskOptions {
  readonly host?: string;
  /** The client ends its side after its words. */
  readonly ends?: boolean;
  /** Enough is heard when this matches; else the other side has to end, which takes a node a second. */
  readonly enough?: RegExp;
}

/** What a client hears after it said `text`; an Error when it is refused or broken off. */
function ask(port: number, text: string, options: AskOptions = {}) {
  return new Promise<Buffer | Error>(resolve => {
    const parts: Buffer[] = [];
    const socket = net.connect({ host: options.host ?? '127.0.0.1', port, allowHalfOpen: true });
    socket.on('data', part => {
      parts.push(part);
      if (!options.enough?.test(Buffer.concat(parts).toString())) return;
      resolve(Buffer.concat(parts));
      socket.destroy();
    });
    socket.on('error', resolve);
    socket.on('end', () => {
      resolve(Buffer.concat(parts));
      socket.destroy();
    });
    socket.write(text);
    if (options.ends) socket.end();
  });
}

/** Sends all of it to a server that says everything again, and gives what came back, by its hash. */
function echoed(port: number, sent: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.on('data', part => {
      hash.update(part);
      sizeBytes += part.length;
      if (sizeBytes < sent.length) return;
      socket.destroy();
      resolve(hash.digest('hex'));
    });
    socket.on('error', reject);
    socket.on('end', () => reject(new Error(`ended after ${sizeBytes} bytes`)));
    socket.write(sent);
  });
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const servers =
  'mkdir /w; echo hi >/w/index.html; dd if=/dev/zero of=/w/big bs=1M count=64; httpd -p 8080 -h /w; nc -ll -p 9000 -e cat';

withCluster('100 MB, 200 clients, ends of one side, slow readers, other hosts', async (t, cluster) => {
  const { namespace } = cluster;
  await runPod(t, cluster, 'p', servers);
  const { make, statuses, runs, log } = forwardsOf(t, cluster, namespace);
  make('f', 'p', [
    { containerPort: 8080, host: 'localhost' },
    { containerPort: 9000, host: '0.0.0.0' },
  ]);
  await runs('f');
  const [web, echo] = statuses('f');
  t.like(web, { containerPort: 8080, addresses: ['127.0.0.1', '::1'] });
  t.like(echo, { containerPort: 9000, addresses: ['0.0.0.0'] });
  t.regex(String(await ask(web!.localPort, 'GET / HTTP/1.0\r\n\r\n', { host: '::1' })), /hi\n$/);

  const whole = randomBytes(100_000_000);
  t.is(await echoed(echo!.localPort, whole), sha256(whole));

  const small = Array.from({ length: 200 }, () => randomBytes(20_000));
  const answers = await Promise.all(small.map(bytes => echoed(echo!.localPort, bytes)));
  t.deepEqual(answers, small.map(sha256));

  // The client ends its side with its question.
  const page = await ask(web!.localPort, 'GET /big HTTP/1.0\r\n\r\n', { ends: true });
  t.true(Buffer.isBuffer(page) && page.length > 64 * 1024 * 1024);

  const beforeBytes = process.memoryUsage().rss;
  const slow = net.connect({ host: '127.0.0.1', port: web!.localPort }).pause();
  slow.write('GET /big HTTP/1.0\r\n\r\n');
  await new Promise(resolve => setTimeout(resolve, 1500));
  t.true(process.memoryUsage().rss - beforeBytes < 40 * 1024 * 1024, 'what a client does not read waits in the pod');
  let sizeBytes = 0;
  for await (const part of slow) sizeBytes += (part as Buffer).length;
  t.true(sizeBytes > 64 * 1024 * 1024);
  t.deepEqual(log, []);
});

withCluster('a server that comes late, dies and comes back, with its container or without', async (t, cluster) => {
  const { namespace } = cluster;
  await runPod(t, cluster, 'p', 'trap exit TERM; while true; do sleep 0.1; done');
  const { make, statuses, runs, fails } = forwardsOf(t, cluster, namespace);
  make('f', 'p', [{ containerPort: 8080 }]);
  await fails('f', /^nobody listens on port 8080 in pod p \(connection refused\)$/);
  const serve = 'mkdir -p /w; echo hi >/w/index.html; httpd -p 8080 -h /w';
  await shell(cluster, 'p', serve);
  await runs('f');
  const port = statuses('f')[0]!.localPort;
  t.regex(String(await ask(port, 'GET / HTTP/1.0\r\n\r\n')), /hi\n$/);
  await shell(cluster, 'p', 'killall httpd');
  // Nobody but a client can notice.
  t.true((await ask(port, 'GET / HTTP/1.0\r\n\r\n')) instanceof Error);
  await fails('f', /^nobody listens/);
  t.true((await ask(port, '')) instanceof Error, 'the port is closed');
  await shell(cluster, 'p', serve);
  await runs('f');
  t.is(statuses('f')[0]!.localPort, port);
  // The container ends, and the server with it: the pod says so, and no client has to find out.
  await shell(cluster, 'p', 'kill 1');
  await fails('f', /./);
});

withCluster('a pod is replaced: the new one answers on the same port within a second', async (t, cluster) => {
  const { namespace, client } = cluster;
  const serve = (name: string) => `mkdir /w; echo ${name} >/w/index.html; httpd -f -p 8080 -h /w`;
  await runPod(t, cluster, 'a', serve('a'));
  const { make, store, statuses, runs, fails } = forwardsOf(t, cluster, namespace);
  make('f-a', 'a', [{ containerPort: 8080, localPort: 0 }]);
  await runs('f-a');
  const port = statuses('f-a')[0]!.localPort;
  store.delete('PortForward', 'f-a');
  const fixed: Forward[] = [{ containerPort: 8080, localPort: port }];
  make('f-a', 'a', fixed);
  await runs('f-a');
  await runPod(t, cluster, 'b', serve('b'));
  const idle = net.connect({ host: '127.0.0.1', port });
  const ended = new Promise(resolve => idle.once('close', hadError => resolve(hadError)));
  await new Promise(resolve => idle.once('connect', resolve));
  make('f-b', 'b', fixed);
  store.delete('PortForward', 'f-a');
  const answers: string[] = [];
  const beganMs = performance.now();
  while (answers.at(-1) !== 'b' && performance.now() - beganMs < 10_000) {
    const answer = await ask(port, 'GET / HTTP/1.0\r\n\r\n', { enough: /\n[ab]\n$/ });
    answers.push(answer instanceof Error ? answer.message : (/(\w)\n$/.exec(answer.toString())?.[1] ?? 'nothing'));
  }
  t.deepEqual([...new Set(answers.filter(answer => answer !== 'a'))], ['b'], 'nobody was refused');
  t.log(`the new pod answered after ${Math.round(performance.now() - beganMs)} ms`);
  await runs('f-b');
  t.false(await ended, 'the connection to the old pod ended in order');
  await client.delete({ apiVersion: 'v1', kind: 'Pod', name: 'b', namespace }, free);
  await fails('f-b', /./);
});

withCluster('a server that takes one connection, one at a time, or speaks first', async (t, cluster) => {
  const { namespace } = cluster;
  const page = "printf 'HTTP/1.0 200 OK\\r\\n\\r\\nhi\\n'";
  const script = [
    'nc -l -p 7001 -e cat &',
    // One client after the other, each waited for without end.
    `while true; do nc -l -p 7002 -e sh -c "read x; ${page}"; done &`,
    "nc -ll -p 7003 -e sh -c 'echo 220 ready; read x; echo got $x' &",
    'trap exit TERM; while true; do sleep 0.1; done',
  ];
  await runPod(t, cluster, 'p', script.join('\n'));
  const { make, statuses, runs } = forwardsOf(t, cluster, namespace);
  make(
    'f',
    'p',
    [7001, 7002, 7003].map(containerPort => ({ containerPort })),
  );
  await runs('f');
  // Long enough for a stream to be let go that is not held.
  await new Promise(resolve => setTimeout(resolve, 3000));
  const [only, single, banner] = statuses('f').map(({ localPort }) => localPort);
  t.is(String(await ask(only!, 'hello\n', { enough: /\n/ })), 'hello\n');
  for (let i = 0; i < 3; i++) {
    t.regex(String(await ask(single!, 'GET / HTTP/1.0\r\n\r\n', { enough: /hi\n/ })), /hi\n$/, `page ${i}`);
    await runs('f');
  }
  for (let i = 0; i < 2; i++) t.is(String(await ask(banner!, 'x\n', { enough: /got x\n/ })), '220 ready\ngot x\n');
});

withCluster('a taken port, a cluster that is away and comes back, a machine that slept', async (t, cluster) => {
  const { namespace, facts, frozenKubeconfig } = cluster;
  const { hostname, port: serverPort } = new URL(facts.server);
  const proxy = await makeCutProxy(t, hostname, Number(serverPort));
  const file = path.join(tempFolder(t), 'config');
  fs.writeFileSync(file, frozenKubeconfig.replace(facts.server, `https://${hostname}:${proxy.port}`));
  let sleptMs = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + sleptMs };
  const connect = makeConnectKube({ clock });
  const connection = await connect({ context: '', namespace: '', env: { ...process.env, KUBECONFIG: file } });
  t.teardown(() => connection.client.dispose());
  await runPod(t, cluster, 'p', servers);
  const { make, statuses, runs, fails, log } = forwardsOf(t, connection, namespace, clock);
  const other = net.createServer();
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as net.AddressInfo;
  make('f', 'p', [{ containerPort: 9000, localPort: port }]);
  await fails('f', new RegExp(`^local port ${port} is taken by `));
  if (process.platform === 'linux') await fails('f', new RegExp(`process ${process.pid} `));
  t.is(log.length, 1);
  await new Promise(resolve => other.close(resolve));
  await runs('f');
  const said = randomBytes(1000);
  t.is(await echoed(port, said), sha256(said));

  await proxy.refuse();
  await fails('f', /connection refused|broke off|reset/);
  t.true((await ask(port, '')) instanceof Error);
  await proxy.open();
  await runs('f');
  t.is(await echoed(port, said), sha256(said));

  // The machine sleeps with a client connected; when it wakes, the old connections pass nothing on any more.
  const open = net.connect({ host: '127.0.0.1', port });
  await new Promise<void>(resolve => open.write('x', () => resolve()));
  await new Promise(resolve => open.once('data', resolve));
  const broken = new Promise(resolve => open.once('close', resolve));
  open.on('error', () => {});
  proxy.swallow();
  sleptMs = 3_600_000;
  const wokeMs = performance.now();
  await broken;
  t.is(await echoed(port, said), sha256(said));
  t.is(statuses('f')[0]!.error, undefined);
  t.log(`all well ${Math.round(performance.now() - wokeMs)} ms after the sleep`);
});
