// What is noted of a deploy, and when.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { KubeConnection, KubeObject } from '../../src/adapters/kube/port.ts';
import { ClusterLedger } from '../../src/app/cluster-ledger.ts';
import { Ledger, readLedger } from '../../src/state/ledger.ts';

const connection = {
  facts: { context: 'kind-x', server: 'https://x', cluster: 'kind-x', namespace: 'n', product: 'kind' },
  client: { namespace: 'n' },
} as unknown as KubeConnection;

const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' };
const object = (uid: string): KubeObject => ({ ...ref, metadata: { name: 'a', namespace: 'n', uid } });

function open(t: ExecutionContext): { readonly file: string; readonly session: () => ClusterLedger } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-ledger-'));
  t.teardown(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'ledger.jsonl');
  const session = (): ClusterLedger =>
    new ClusterLedger({
      open: () => Ledger.open(file, { session: 's', now: () => 1 }),
      known: () => readLedger(file),
      onProblem: text => t.fail(text),
    });
  return { file, session };
}

const states = (file: string): string[] => readLedger(file).map(({ state, uid }) => `${state} ${uid ?? '-'}`);

test('cluster-ledger › a record is there before the object, and has its uid afterwards', async t => {
  const { file, session } = open(t);
  const ledger = session();
  const settle = await ledger.in(connection).willCreate(ref, 'r');
  t.deepEqual(states(file), ['created -']);
  await settle(object('one'));
  t.deepEqual(states(file), ['done one']);
  t.like(readLedger(file)[0], { target: { kind: 'kubernetes', at: { namespace: 'n', name: 'a' }, resource: 'r' } });
  const refused = await ledger.in(connection).willCreate({ ...ref, name: 'b' }, 'r');
  await refused(undefined);
  t.deepEqual(states(file), ['done one']);
  await ledger.close();
});

test('cluster-ledger › what was found is somebody else’s, but for what an earlier session made', async t => {
  const { file, session } = open(t);
  const first = session();
  await (await first.in(connection).willCreate(ref, 'r'))(object('one'));
  await first.close();
  const second = session();
  second.in(connection).found(object('one'), 'r');
  second.in(connection).found(object('foreign'), 'r');
  second.in(connection).found(object('foreign'), 'r');
  await second.close();
  t.deepEqual(states(file), ['done one', 'adopted foreign']);
});

test('cluster-ledger › an object that is made again takes the place of the one before', async t => {
  const { file, session } = open(t);
  const ledger = session();
  await (await ledger.in(connection).willCreate(ref, 'r'))(object('one'));
  await (await ledger.in(connection).willCreate(ref, 'r'))(object('two'));
  await ledger.close();
  t.deepEqual(states(file), ['done two']);
  const later = session();
  await (await later.in(connection).willCreate(ref, 'r'))(object('three'));
  later.in(connection).gone('three');
  await later.close();
  t.deepEqual(states(file), []);
});
