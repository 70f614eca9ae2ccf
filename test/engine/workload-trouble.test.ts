// Why something that was deployed has no pods.
import test from 'ava';
import {
  noPodWords,
  refusal,
  troubleNamed,
  workloadFacts,
  workloadTrouble,
} from '../../src/engine/workload-trouble.ts';

const trouble = (object: object, wasScaledToZero = false) =>
  workloadTrouble(workloadFacts({ metadata: { name: 'web' }, ...object }), { wasScaledToZero });
const failure = (status: string, message: string): object => ({
  status: { conditions: [{ type: 'ReplicaFailure', status, message }] },
});

test('what is well says nothing', t => {
  t.is(trouble({}), undefined);
  t.is(trouble({ spec: { replicas: 2 } }), undefined);
  t.is(trouble(failure('False', 'long ago')), undefined);
});

test('somebody scaled, paused or deleted it', t => {
  t.regex(trouble({ spec: { replicas: 0 } })!.text, /^scaled to 0 in the cluster; trigger it/);
  t.is(trouble({ spec: { replicas: 0 } }, true), undefined);
  t.is(trouble({ spec: { suspend: true } })?.text, 'paused in the cluster');
  t.is(trouble({ spec: { paused: true } })?.text, 'paused in the cluster');
  const deleted = trouble({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
  t.regex(deleted!.text, /^deleted from the cluster by somebody; trigger it/);
  t.false(deleted!.isRefusal);
  const gone = workloadFacts({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
  t.regex(
    workloadTrouble(gone, { wasScaledToZero: false, deletedBy: "cd2's delete command" })!.text,
    /^deleted from the cluster by cd2's delete command; trigger it/,
  );
});

test('the cluster refuses to make its pods', t => {
  const quota = 'pods "web-1" is forbidden: exceeded quota: q, requested: pods=1';
  t.deepEqual(trouble(failure('True', quota)), { text: 'exceeded quota: q, requested: pods=1', isRefusal: true });
  for (const before of ['Error creating: ', 'create Pod web-0 in StatefulSet web failed error: '])
    t.is(refusal(before + quota).text, 'exceeded quota: q, requested: pods=1');
  t.is(refusal('Error creating: Internal error occurred: failed calling webhook').isRefusal, true);
});

test('the account that comes a moment later is waited for', t => {
  const message =
    'Error creating: pods "web-1" is forbidden: error looking up service account n/default: serviceaccount "default" not found';
  t.false(refusal(message).isRefusal);
});

test('a Job that was given up has failed, also when it was cleared away since', t => {
  const message = 'Job was active longer than specified deadline';
  const conditions = [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded', message }];
  const given = { status: { conditions } };
  const failed = { text: `job failed: ${message}`, isRefusal: true, isFailure: true };
  t.deepEqual(trouble(given), failed);
  t.deepEqual(trouble({ ...given, metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }), failed);
  t.is(
    trouble({ status: { conditions: [{ type: 'Failed', status: 'True', reason: 'PodFailurePolicy' }] } })?.text,
    'job failed: PodFailurePolicy',
  );
  t.is(trouble({ status: { conditions: [{ type: 'Failed', status: 'False', message }] } }), undefined);
});

test('a text of trouble is a word and a reason, and keeps its word when it is given a name', t => {
  t.deepEqual(noPodWords('job failed: too late'), { word: 'job failed', reason: 'too late' });
  t.deepEqual(noPodWords('exceeded quota: q'), { word: 'no pod', reason: 'exceeded quota: q' });
  const named = (text: string): string => troubleNamed({ text, isRefusal: true }, 'Job a').text;
  t.is(named('job failed: too late'), 'job failed: Job a: too late');
  t.is(named('exceeded quota'), 'Job a: exceeded quota');
});

const olderPod = { name: 'db-0', isReady: true, trouble: '' };
const withOlder = (object: object, older = olderPod) =>
  workloadTrouble(workloadFacts({ metadata: { name: 'db' }, ...object }), { wasScaledToZero: false, olderPod: older });
const broken = { ...olderPod, isReady: false, trouble: 'no image' };

test('where a pod of the older template is there, nobody says that there is none', t => {
  t.is(
    withOlder({ spec: { paused: true } })?.text,
    'no new pod: paused in the cluster; db-0 of the old template runs on',
  );
  t.deepEqual(withOlder(failure('True', 'exceeded quota: q')), {
    text: 'no new pod: exceeded quota: q; db-0 of the old template runs on',
    isRefusal: true,
  });
  t.is(
    withOlder({ spec: { paused: true } }, broken)?.text,
    'no new pod: paused in the cluster; db-0 is of the old template: no image',
  );
});

test('a broken pod of the older template blocks those that go in order', t => {
  const set = { kind: 'StatefulSet', spec: { podManagementPolicy: 'OrderedReady' } };
  t.deepEqual(withOlder(set, broken), {
    text: 'roll-out blocked: db-0 is of the old template (no image) and blocks the roll-out: delete it',
    isRefusal: true,
  });
  t.is(withOlder(set), undefined, 'it is about to go');
  t.deepEqual(withOlder(set, { ...olderPod, isReady: false }), {
    text: 'no new pod: db-0 of the old template is to be ready first',
    isRefusal: false,
  });
  t.is(withOlder({ ...set, spec: { podManagementPolicy: 'Parallel' } }, broken), undefined);
  t.is(withOlder({ kind: 'Deployment' }, broken), undefined);
});

test('a pod of the older template that only somebody may delete says so', t => {
  const byHand = { kind: 'DaemonSet', spec: { updateStrategy: { type: 'OnDelete' } } };
  const text = 'no new pod: db-0 is of the old template and stays until somebody deletes it';
  t.deepEqual(withOlder(byHand), { text, isRefusal: false });
  t.true(withOlder(byHand, broken)?.isRefusal);
});

test('a pod of the older template that a partition holds back says so', t => {
  const set = (partition: number, more: object = {}) => ({
    kind: 'StatefulSet',
    spec: { replicas: 2, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } }, ...more },
  });
  const text = 'no new pod: db-0 is of the old template, partition 2 holds it back';
  t.deepEqual(withOlder(set(2)), { text, isRefusal: false });
  t.deepEqual(withOlder(set(2), broken), {
    text: 'no new pod: db-0 is of the old template (no image), partition 2 holds it back',
    isRefusal: true,
  });
  t.is(withOlder(set(1)), undefined, 'db-1 is about to go');
  t.is(withOlder(set(0)), undefined);
  t.is(withOlder(set(2, { ordinals: { start: 1 } })), undefined);
  t.regex(withOlder(set(3, { ordinals: { start: 1 } }))!.text, /partition 3 holds/);
  t.regex(withOlder(set(1, { replicas: undefined }))!.text, /partition 1 holds/);
});
