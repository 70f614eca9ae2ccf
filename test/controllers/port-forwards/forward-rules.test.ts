import test from 'ava';
import { KubeError } from '../../../src/adapters/kube/port.ts';
import {
  forwardProblem,
  isRefusal,
  isWorthTelling,
  lingerMs,
  type PodFacts,
  podFacts,
  podNews,
  proofTimeoutMs,
  retryAfterMs,
  settleMs,
  sortStatuses,
} from '../../../src/controllers/port-forwards/forward-rules.ts';

test('tries double from 50 ms to 15 s, and are never more than a tenth of the time too late', t => {
  const after = (failures: number, failingForMs: number) => retryAfterMs(failures, failingForMs);
  t.deepEqual(
    [1, 2, 3, 4, 5, 6].map(failures => after(failures, 0)),
    [50, 100, 200, 400, 800, 1000],
  );
  t.is(after(9, 20_000), 2000);
  t.is(after(20, 100_000), 10_000);
  t.is(after(30, 3_600_000), 15_000);
  t.is(after(5000, 3_600_000), 15_000);
});

test('a pod is waited for as long as the way to it is long', t => {
  t.deepEqual([0, 10, 75, 400, 5000].map(settleMs), [150, 150, 150, 800, 2000]);
  t.deepEqual([0, 1, 2, 3, 50].map(proofTimeoutMs), [5000, 10_000, 20_000, 30_000, 30_000]);
});

const refused = new KubeError(
  'error forwarding port 9 to pod 0b3e, uid : failed to execute portforward in network namespace "/x": failed to connect to localhost:9 inside namespace "0b3e", IPv4: dial tcp4 127.0.0.1:9: connect: connection refused',
  { code: 0, reason: 'PortForward' },
);

test('a refusal is said in one line; all else as the cluster says it', t => {
  const about = { pod: 'web-1', port: 9 };
  t.true(isRefusal(refused));
  t.is(forwardProblem(refused, about), 'nobody listens on port 9 in pod web-1 (connection refused)');
  const away = new KubeError('connect ECONNREFUSED: connection refused', { code: 0 });
  t.false(isRefusal(away), 'the server of the cluster refuses, not the pod');
  t.is(forwardProblem(away, about), away.message);
  t.is(forwardProblem(new KubeError('pods "web-1" not found', { code: 404 }), about), 'pods "web-1" not found');
  t.is(forwardProblem('odd', about), 'odd');
});

test('what the log is told', t => {
  const base = { text: 'a', failingForMs: 0, hasWorked: false, isRefusal: false, isLocal: false };
  const cases: [Partial<typeof base>, string, boolean][] = [
    [{}, '', false],
    [{ failingForMs: 2000 }, '', true],
    [{ failingForMs: 2000, isRefusal: true }, '', false],
    [{ failingForMs: 5000, isRefusal: true }, '', true],
    [{ failingForMs: 2000, isRefusal: true, hasWorked: true }, '', true],
    [{ isLocal: true }, '', true],
    [{ failingForMs: 9999 }, 'a', false],
    [{ failingForMs: 9999 }, 'b', true],
    [{ failingForMs: 9999, text: 'read 127.0.0.1:41233: reset' }, 'read 127.0.0.1:522: reset', false],
  ];
  for (const [more, told, expected] of cases)
    t.is(isWorthTelling({ ...base, ...more }, told), expected, JSON.stringify([more, told]));
});

test('statuses go by the port of the pod, then by the local one', t => {
  const status = (containerPort: number, localPort: number) => ({ containerPort, localPort, addresses: [] });
  const sorted = sortStatuses([status(80, 3), status(9, 7), status(80, 1)]);
  t.deepEqual(sorted, [status(9, 7), status(80, 1), status(80, 3)]);
});

test('what is known of a pod', t => {
  const facts = podFacts({
    metadata: { name: 'p', uid: 'u' },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      initContainerStatuses: [{ name: 'i', containerID: 'c0', state: { terminated: { exitCode: 0 } }, ready: true }],
      containerStatuses: [
        { name: 'a', containerID: 'c1', state: { running: {} }, ready: true },
        { name: 'b', state: { waiting: { reason: 'ErrImagePull' } }, ready: false },
      ],
    },
  });
  t.deepEqual(facts, { uid: 'u', phase: 'Running', running: ['c1'], ready: ['c0', 'c1'], isReady: true });
  t.deepEqual(podFacts({ metadata: { name: 'p' } }), { uid: '', phase: '', running: [], ready: [], isReady: false });
});

test('news of a pod', t => {
  const pod: PodFacts = { uid: 'u', phase: 'Running', running: ['a', 'b'], ready: ['a'], isReady: true };
  const cases: [PodFacts | undefined, PodFacts | undefined, ReturnType<typeof podNews>][] = [
    [undefined, undefined, undefined],
    [undefined, pod, 'nudge'],
    [pod, undefined, 'doubt'],
    [pod, pod, undefined],
    [pod, { ...pod, uid: 'v' }, 'doubt'],
    [pod, { ...pod, running: ['a', 'c'] }, 'doubt'],
    [pod, { ...pod, running: ['a'] }, 'doubt'],
    [pod, { ...pod, running: ['a', 'b', 'c'] }, 'nudge'],
    [pod, { ...pod, ready: [] }, 'doubt'],
    [pod, { ...pod, ready: ['a', 'b'] }, 'nudge'],
    [{ ...pod, phase: 'Pending' }, pod, 'nudge'],
    [pod, { ...pod, isReady: false }, 'doubt'],
    [{ ...pod, isReady: false }, pod, 'nudge'],
  ];
  for (const [before, after, expected] of cases) t.is(podNews(before, after), expected);
});

test('a client that may wait for an answer is waited for longer', t => {
  t.true(lingerMs('client') > lingerMs('pod'));
  t.is(lingerMs('pod'), lingerMs('nobody'));
});
