// Which cluster, as whom, where: the rules of kubectl on KUBECONFIG and its files, and the words for what is wrong.
import fs from 'node:fs';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type KubeConnection, makeConnectKube } from '../../../src/adapters/kube/index.ts';
import { loadYamlLibrary } from '../../../src/domain/yaml/library.ts';
import { readYaml } from '../../../src/domain/yaml/read-yaml.ts';
import { tempFolder } from '../../support/scripted-kube.ts';

interface Options {
  readonly context?: string;
  readonly namespace?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly account?: string;
}

/** Connects with these files (name -> text) as KUBECONFIG, in this order. */
async function connect(
  t: ExecutionContext,
  files: Readonly<Record<string, string>>,
  { context = '', namespace = '', env = {}, account = '/nowhere' }: Options = {},
): Promise<KubeConnection & { readonly folder: string }> {
  const folder = tempFolder(t);
  const paths = Object.entries(files).map(([name, text]) => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  });
  const KUBECONFIG = [path.join(folder, 'missing'), ...paths].join(path.delimiter);
  const all = { HOME: folder, KUBECONFIG, ...env };
  const connection = await makeConnectKube({ serviceAccountFolder: account })({ context, namespace, env: all });
  t.teardown(() => connection.client.dispose());
  return { ...connection, folder };
}

const one = `
apiVersion: v1
current-context: first
contexts:
- {name: first, context: {cluster: kind-a, user: me, namespace: shop}}
- {name: second, context: {cluster: b, user: me}}
clusters:
- name: kind-a
  cluster: {server: "https://one:6443/", certificate-authority: ca.pem}
- name: b
  cluster: {server: "https://two/prefix"}
users:
- name: me
  user:
    exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/login, args: [x], interactiveMode: Never}
`;

const two = `
current-context: second
clusters:
- name: b
  cluster: {server: "https://never"}
- name: c
  cluster: {server: "https://three"}
contexts:
- {name: third, context: {cluster: c, user: token}}
users:
- {name: token, user: {token: secret}}
- {name: me, user: {token: never}}
`;

test('of several files the first that names something wins', async t => {
  const { facts } = await connect(t, { one, two });
  t.deepEqual(facts, {
    context: 'first',
    cluster: 'kind-a',
    namespace: 'shop',
    product: 'kind',
    server: 'https://one:6443',
  });
  t.like((await connect(t, { one, two }, { context: 'second' })).facts, {
    server: 'https://two/prefix',
    namespace: 'default',
    product: 'unknown',
  });
  t.like((await connect(t, { two, one }, { context: 'first' })).facts, { context: 'first', cluster: 'kind-a' });
  t.like((await connect(t, { two, one })).facts, { context: 'second', server: 'https://never' });
  t.like((await connect(t, { one, two }, { context: 'third', namespace: 'mine' })).facts, {
    server: 'https://three',
    namespace: 'mine',
  });
});

test('the frozen kubeconfig holds one context, with absolute paths and the namespace', async t => {
  await loadYamlLibrary();
  const { frozenKubeconfig, folder } = await connect(t, { 'sub/one': one, two }, { namespace: 'mine' });
  t.deepEqual(readYaml(frozenKubeconfig) as unknown, {
    apiVersion: 'v1',
    kind: 'Config',
    preferences: {},
    'current-context': 'first',
    contexts: [{ name: 'first', context: { cluster: 'kind-a', user: 'me', namespace: 'mine' } }],
    clusters: [
      {
        name: 'kind-a',
        cluster: { server: 'https://one:6443', 'certificate-authority': path.join(folder, 'sub/ca.pem') },
      },
    ],
    users: [
      {
        name: 'me',
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: path.join(folder, 'sub/bin/login'),
            args: ['x'],
            interactiveMode: 'Never',
          },
        },
      },
    ],
  });
  const third = await connect(t, { one, two }, { context: 'third' });
  t.regex(third.frozenKubeconfig, /token: secret/);
  // What it says is what it was made of.
  const again = await connect(t, { frozen: frozenKubeconfig });
  t.like(again.facts, { context: 'first', namespace: 'mine', server: 'https://one:6443' });
  t.is(again.frozenKubeconfig, frozenKubeconfig);
});

test('what is wrong is said with the file', async t => {
  const fails = async (text: string, options: Options = {}): Promise<string> =>
    (await t.throwsAsync(connect(t, { config: text }, options)))!.message.replaceAll(/\/\S*\/(?=config|missing)/g, '/');
  t.is(await fails(''), 'Kubernetes context not set in [/missing /config]');
  t.regex(await fails('a: b\n  c: [}'), /^error loading config file "\/config": yaml: line 2: /);
  t.regex(await fails('- a'), /^error loading config file "\/config": this is no kubeconfig/);
  t.is(
    await fails(one, { context: 'nope' }),
    'context "nope" does not exist in [/missing /config] (known: first, second)',
  );
  t.is(
    await fails('current-context: a\ncontexts: [{name: a, context: {cluster: gone}}]'),
    '/config: "a" names the cluster "gone", which does not exist',
  );
  t.regex(
    await fails('current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\nclusters: [{name: b, cluster: {}}]'),
    /^\/config: "b" has no server/,
  );
});

test('a file that may not be read is an error, one that is missing is not', async t => {
  const folder = tempFolder(t);
  const env = { HOME: folder, KUBECONFIG: folder };
  await t.throwsAsync(makeConnectKube()({ context: '', namespace: '', env }), {
    message: /^error loading config file ".*": EISDIR/,
  });
  await t.throwsAsync(
    makeConnectKube({ serviceAccountFolder: '/nowhere' })({ context: '', namespace: '', env: { HOME: folder } }),
    {
      message: `Kubernetes context not set in [${folder}/.kube/config]`,
    },
  );
});

test('in a pod the service account is the connection, unless a kubeconfig names one', async t => {
  const account = tempFolder(t);
  fs.writeFileSync(path.join(account, 'token'), 'abc');
  fs.writeFileSync(path.join(account, 'namespace'), 'team\n');
  fs.writeFileSync(path.join(account, 'ca.crt'), '');
  const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
  const inside = await connect(t, {}, { env, account });
  t.deepEqual(inside.facts, {
    context: 'in-cluster',
    cluster: 'in-cluster',
    namespace: 'team',
    product: 'unknown',
    server: 'https://[fd00::1]:443',
  });
  t.true(inside.frozenKubeconfig.includes(`tokenFile: ${account}/token`));
  t.true(inside.frozenKubeconfig.includes('namespace: team'));
  t.like((await connect(t, { one }, { env, account })).facts, { context: 'first' });
  await t.throwsAsync(connect(t, {}, { env }), { message: /^Kubernetes context not set/ });
});
