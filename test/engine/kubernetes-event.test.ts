// What is kept of the cluster's warnings, and what some events say of where trouble comes from.
import test from 'ava';
import {
  isVagueWarning,
  isVolumeWarning,
  type KubeEvent,
  missingPullSecrets,
  unboundClaimWords,
  warningOf,
} from '../../src/engine/kubernetes-event.ts';
import { schedulingWords } from '../../src/engine/kubernetes-runtime.ts';

const event = (reason: string, message: string, more: Partial<KubeEvent> = {}): KubeEvent => ({
  metadata: {},
  type: 'Warning',
  reason,
  message,
  involvedObject: { kind: 'Pod', name: 'web-1', namespace: 'shop' },
  ...more,
});

test('a volume that does not come is told by its name', t => {
  const cases: readonly (readonly [string, string])[] = [
    ['MountVolume.SetUp failed for volume "data" : secret "nope" not found', 'volume data: secret "nope" not found'],
    [
      '(combined from similar events): MountVolume.SetUp failed for volume "v" : configmap "nope" not found',
      'volume v: configmap "nope" not found',
    ],
    [
      'MountVolume.SetUp failed for volume "v" : mount failed: exit status 32\nMounting command: mount\nOutput: mount.nfs: access denied\n',
      'volume v: mount.nfs: access denied',
    ],
    [
      'AttachVolume.Attach failed for volume "pvc-1" : volume is attached to another node',
      'volume pvc-1: volume is attached to another node',
    ],
    [
      'Unable to attach or mount volumes: unmounted volumes=[a b], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition',
      'volume a, b: does not come in time',
    ],
    ['something else\nand more', 'something else'],
  ];
  for (const [message, expected] of cases) t.is(warningOf(event('FailedMount', message)), expected);
  t.true(cases.slice(0, 5).every(([, said]) => isVolumeWarning(said)));
  t.deepEqual(
    cases.map(([, said]) => isVagueWarning(said)),
    [false, false, false, false, true, false],
  );
  t.false(isVolumeWarning('Readiness probe failed: volume 11: x'));
});

test('pull secrets that are not there', t => {
  const said = 'Unable to retrieve some image pull secrets (a, b); attempting to pull the image may not succeed.';
  t.is(missingPullSecrets(event('FailedToRetrieveImagePullSecret', said)), 'a, b');
  t.is(missingPullSecrets(event('Failed', said)), '');
});

test('why a claim has no volume, which is not always a warning', t => {
  const claim = { involvedObject: { kind: 'PersistentVolumeClaim', name: 'data', namespace: 'shop' }, type: 'Normal' };
  const none = 'no persistent volumes available for this claim and no storage class is set';
  t.is(unboundClaimWords(event('FailedBinding', none, claim)), none);
  t.is(unboundClaimWords(event('WaitForFirstConsumer', 'waiting', claim)), undefined);
  t.is(unboundClaimWords(event('FailedBinding', none)), undefined);
});

test('what the scheduler says, without the count of nodes and what it says of making room', t => {
  const tail = 'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';
  t.is(
    schedulingWords(`0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, ${tail}`),
    '1 Insufficient cpu',
  );
  t.is(schedulingWords(`0/3 nodes are available: 1 Insufficient cpu, 2 a b. ${tail}`), '1 Insufficient cpu, 2 a b');
  t.is(
    schedulingWords('0/1 nodes are available: persistentvolumeclaim "nope" not found. not found'),
    'persistentvolumeclaim "nope" not found',
  );
  t.is(schedulingWords('no nodes available to schedule pods'), 'no nodes available to schedule pods');
});
