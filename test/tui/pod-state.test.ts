// What a row says of the newest pod of its resource, by what the API tells of it.
import test from 'ava';
import { brokenPod, type PodInfo, partlyReady, startingPod } from '../../src/tui/pod-state.ts';

const info = (more: Partial<PodInfo> = {}): PodInfo => ({
  podName: 'web-1',
  podStatus: 'Running',
  podStatusMessage: '',
  restarts: 0,
  isReady: false,
  createdMs: undefined,
  objects: [],
  ...more,
});
const text = ({ word, reason }: { readonly word: string; readonly reason: string }): string => `${word}: ${reason}`;

test('on its way: what the cluster says goes before what the status means', t => {
  t.is(text(startingPod(info())), 'starting: not ready yet');
  t.is(text(startingPod(info({ podStatus: 'Init:1/3' }))), 'starting: init container 2 of 3');
  t.is(
    text(startingPod(info({ podStatusMessage: 'Readiness probe failed: no db\nmore' }))),
    'starting: Readiness probe failed: no db',
  );
  t.is(
    text(startingPod(info({ podStatus: 'ContainerCreating', podStatusMessage: 'volume v: secret "nope" not found' }))),
    'cannot start: volume v: secret "nope" not found',
  );
  t.is(
    text(startingPod(info({ isReady: true, podStatusMessage: 'Node is not ready' }))),
    'not ready: Node is not ready',
  );
});

test('without a pod: none yet, or why there is none', t => {
  t.is(text(startingPod(info({ podName: '', podStatus: '' }))), 'starting: no pod yet');
  t.is(
    text(startingPod(info({ podName: '', podStatusMessage: 'scaled to 0 in the cluster' }))),
    'no pod: scaled to 0 in the cluster',
  );
  t.deepEqual(brokenPod(info({ podName: '', podStatus: '', podStatusMessage: 'exceeded quota' })), {
    role: 'crashed',
    word: 'no pod',
    reason: 'exceeded quota',
  });
  t.is(text(brokenPod(info({ podName: '', podStatusMessage: 'job failed: too late' }))), 'job failed: too late');
});

test('ready: what is said of a part of it is no secret', t => {
  t.is(partlyReady(info({ isReady: true })), undefined);
  t.deepEqual(partlyReady(info({ isReady: true, podStatusMessage: 'Deployment db: deleted from the cluster\nmore' })), {
    role: 'warn',
    word: 'partly ready',
    reason: 'Deployment db: deleted from the cluster',
  });
});
