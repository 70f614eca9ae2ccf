// How a container ended, and how often, in words.
import test from 'ava';
import { type Container, lastEnding, type Pod } from '../../src/api/kinds-kubernetes.ts';
import { cannotStartWords, crashLoopWords, isBackOffWords, ordinal, wordOf } from '../../src/engine/pod-words.ts';

const time = '2026-01-01T00:00:00Z';
const none = { waiting: null, running: null, terminated: null };
const ending = (exitCode: number, reason: string) => ({ startedAt: time, finishedAt: time, exitCode, reason });
const container = (more: Partial<Container>): Container => ({
  name: 'main',
  id: '',
  ready: false,
  image: 'api',
  restarts: 0,
  ports: [],
  state: { ...none, waiting: { reason: 'CrashLoopBackOff' } },
  ...more,
});
const pod = (containers: readonly Container[], initContainers: readonly Container[] = []): Pod => ({
  uid: 'u',
  name: 'api-1',
  namespace: 'shop',
  createdAt: time,
  phase: 'Running',
  deleting: false,
  status: 'CrashLoopBackOff',
  errors: [],
  containers,
  initContainers,
});
const words = (more: Partial<Container>): string | undefined => {
  const one = container(more);
  return crashLoopWords(pod([one]), one);
};

test('a crash loop says how the container ended and how often', t => {
  t.is(words({ restarts: 2, [lastEnding]: ending(137, 'OOMKilled') }), 'crash loop: out of memory, 3rd time');
  t.is(words({ restarts: 5, [lastEnding]: ending(7, 'Error') }), 'crash loop: exit 7, 6th time');
  t.is(words({ restarts: 1, state: { ...none, terminated: ending(7, 'Error') } }), 'crash loop: exit 7, 2nd time');
  t.is(
    words({ restarts: 1, [lastEnding]: ending(0, 'Completed') }),
    'crash loop: ended with exit 0, starts again, 2nd time',
  );
  t.is(words({ restarts: 3 }), 'crash loop: 4th time');
});

test('the first ending, a good one and other reasons to wait are no loop', t => {
  t.is(words({ state: { ...none, terminated: ending(7, 'Error') } }), undefined);
  t.is(words({ restarts: 2, state: { ...none, terminated: ending(0, 'Completed') } }), undefined);
  t.is(words({ state: { ...none, waiting: { reason: 'ImagePullBackOff' } } }), undefined);
  t.is(words({ restarts: 2, state: { ...none, running: { startedAt: time } } }), undefined);
});

test('of several containers the one is named', t => {
  const one = container({ restarts: 1 });
  t.is(crashLoopWords(pod([one, container({ name: 'side' })]), one), 'crash loop: 2nd time, container main');
  t.is(crashLoopWords(pod([container({})], [one]), one), 'crash loop: 2nd time, init container main');
});

test('what the kubelet says of its waiting is told from other errors', t => {
  t.true(isBackOffWords('back-off 40s restarting failed container=main pod=api-1_shop(u)'));
  t.true(isBackOffWords('Back-off restarting failed container main in pod api-1_shop(u)'));
  t.false(isBackOffWords('Back-off pulling image "x"'));
  t.false(isBackOffWords('panic: back-off 40s restarting failed container'));
});

test('words of statuses', t => {
  t.is(wordOf('Init:ErrImagePull'), 'no image');
  t.is(wordOf('Running'), undefined);
});

test('numbers in a row', t => {
  t.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal), [
    '1st',
    '2nd',
    '3rd',
    '4th',
    '11th',
    '12th',
    '13th',
    '21st',
    '102nd',
    '111th',
  ]);
});

test('what has no process says why, however often it was tried', t => {
  const task =
    'failed to create containerd task: OCI runtime create failed: runc create failed: unable to start container process: ';
  const says = (error: string, more: Partial<Container> = {}): string | undefined => {
    const one = container({ restarts: 2, [lastEnding]: ending(128, 'StartError'), ...more });
    return cannotStartWords({ ...pod([one]), errors: ['back-off 20s restarting failed container', error] }, one);
  };
  t.is(
    says(`${task}exec: "/nosuchcommand": stat /nosuchcommand: no such file or directory: unknown`),
    'cannot start: /nosuchcommand: no such file',
  );
  const inPath = 'cannot start: nosuch: not found in $PATH';
  t.is(says(`${task}exec: "nosuch": executable file not found in $PATH: unknown`), inPath);
  t.is(says('crun: executable file `nosuch` not found in $PATH: No such file or directory'), inPath);
  t.is(says(`${task}exec: "/etc": is a directory: unknown`), 'cannot start: /etc: is a directory');
  t.is(
    says(`${task}chdir to cwd ("/x") set in config.json failed: not a directory: unknown`),
    'cannot start: chdir to cwd ("/x") set in config.json failed: not a directory',
  );
  t.is(says('something else'), undefined);
  const exec = `${task}exec: "/x": permission denied: unknown`;
  t.is(says(exec, { [lastEnding]: ending(1, 'Error') }), undefined, 'it ran');
  t.is(says(exec, { state: { ...none, running: { startedAt: time } } }), undefined, 'it runs');
  const first = { restarts: 0, state: { ...none, terminated: ending(128, 'StartError') } };
  t.is(says(exec, first), 'cannot start: /x: permission denied');
});
