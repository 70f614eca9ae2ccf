// What `tilt down` takes of what earlier sessions made, and what it only speaks of.
import test, { type ExecutionContext } from 'ava';
import { type TakeDownOptions, takeDown } from '../../src/app/take-down.ts';
import { neverAborted } from '../../src/base/abort.ts';
import { ManualClock } from '../../src/base/clock.ts';
import type { LedgerRecord } from '../../src/state/ledger.ts';
import type { TiltfileResult } from '../../src/tiltfile/result.ts';
import { FakeKube } from '../support/fakes/fake-kube.ts';

const nothing = { resources: [], enabled: [] } as unknown as TiltfileResult;

function bench(t: ExecutionContext) {
  const kube = new FakeKube('here');
  const connection = kube.connection();
  const { context, server } = connection.facts;
  const records: LedgerRecord[] = [];
  const forgotten: string[] = [];
  const said: string[] = [];
  /** An object of the cluster that a session made; `yaml`: its YAML named the namespace. */
  const made = (name: string, namespace: string, namespaceOf?: 'yaml', annotations = {}): string => {
    const ref = { apiVersion: 'v1', kind: 'ConfigMap' };
    const { uid = '' } = kube.put({ ...ref, metadata: { name, namespace, annotations } }).metadata;
    const at = { context, server, ...ref, name, namespace, ...(namespaceOf ? { namespaceOf } : {}) };
    const target = { kind: 'kubernetes', at, resource: 'r' };
    records.push({ id: name, session: 's', atMs: 0, target, state: 'done', uid });
    return uid;
  };
  const down = async (options: Partial<TakeDownOptions> = {}): Promise<readonly string[]> => {
    const deps = {
      connection,
      clock: new ManualClock(),
      exec: () => t.fail() as never,
      kubeconfig: async () => '',
      childEnv: () => ({}),
      dir: '/',
      records,
      forget: async ({ id }: LedgerRecord) => void forgotten.push(id),
      say: (line: string) => void said.push(line),
    };
    await takeDown(deps, nothing, { deleteNamespaces: false, signal: neverAborted, ...options });
    return kube.all('ConfigMap').map(({ metadata }) => metadata.name);
  };
  return { kube, said, forgotten, made, down };
}

test('take-down › what a YAML put into a namespace that nothing names any more goes', async t => {
  const { made, down, forgotten, said } = bench(t);
  made('a', 'other', 'yaml');
  made('b', 'here');
  made('stays', 'other', 'yaml', { 'tilt.dev/down-policy': 'keep' });
  t.deepEqual(await down(), ['stays']);
  t.deepEqual([...forgotten].sort(), ['a', 'b']);
  t.false(said.some(line => line.startsWith('Left in')));
});

test('take-down › what went where another session pointed stays, and is named with what takes it', async t => {
  const { kube, made, down, forgotten, said } = bench(t);
  for (const name of ['a', 'b', 'c', 'd']) made(name, 'staging');
  made('gone', 'staging');
  kube.remove({ apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', namespace: 'staging' });
  t.deepEqual(await down(), ['a', 'b', 'c', 'd']);
  t.deepEqual(said, [
    'Left in namespace staging: 4 objects that this project made there (ConfigMap/a, ConfigMap/b, ConfigMap/c and 1 more). To delete: tilt down --namespace staging',
  ]);
  t.deepEqual(forgotten, ['gone']);
});

test('take-down › where somebody said which namespace, no other is touched', async t => {
  const { made, down, said } = bench(t);
  made('a', 'other', 'yaml');
  made('b', 'here', 'yaml');
  t.deepEqual(await down({ isLimited: true }), ['a']);
  t.regex(
    said.join('\n'),
    /Left in namespace other: 1 object .*\(ConfigMap\/a\)\. To delete: tilt down --namespace other/,
  );
});

test('take-down › what somebody was not shown stays', async t => {
  const { made, down } = bench(t);
  made('a', 'other', 'yaml');
  made('b', 'here');
  t.deepEqual(await down({ onlyMade: true, shown: new Set(['b']) }), ['a']);
});

test('take-down › another object of the same name is nobody’s of ours', async t => {
  const { kube, made, down, said } = bench(t);
  made('a', 'staging');
  kube.remove({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'staging' });
  kube.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'staging' } });
  t.deepEqual(await down(), ['a']);
  t.deepEqual(said, []);
});
