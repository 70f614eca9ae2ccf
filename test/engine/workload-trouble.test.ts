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
