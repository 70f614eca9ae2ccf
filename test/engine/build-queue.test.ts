// The build queue as a table: what starts, and why the rest waits (reference 4.3).
import test from 'ava';
import { type BuildSnapshot, nextBuilds } from '../../src/engine/build-queue.ts';
import type { ResourceState } from '../../src/engine/resource-state.ts';
import { building, built, type Given, makeResource } from './make-resource.ts';

interface Row {
  readonly title: string;
  readonly resources: readonly Given[];
  readonly pendingTiltfiles?: readonly string[];
  readonly queue?: readonly string[];
  readonly maxParallel?: number;
  readonly more?: Partial<BuildSnapshot>;
  readonly start: readonly string[];
  /** name -> reason, or `reason on,on`. */
  readonly holds?: Readonly<Record<string, string>>;
}

const parallel = { allowParallel: true };
const k8s = { kind: 'k8s', allowParallel: true, hasRuntime: true } as const;

const rows: readonly Row[] = [
  { title: 'nothing to do', resources: [{ name: 'a', build: built }], start: [] },
  { title: 'a first build starts', resources: [{ name: 'a' }], start: ['a'] },
  {
    title: 'a local that is not parallel runs alone, whoever comes after it',
    resources: [{ name: 'a' }, { name: 'b' }, { name: 'c', ...parallel }],
    start: ['a'],
    holds: { b: 'waiting-for-local a', c: 'waiting-for-local a' },
  },
  {
    title: 'parallel locals start together, up to the limit, in the order of definition',
    resources: ['a', 'b', 'c', 'd'].map(name => ({ name, ...parallel })),
    maxParallel: 3,
    start: ['a', 'b', 'c'],
  },
  {
    title: 'a local that is not parallel waits for what runs',
    resources: [{ name: 'a', ...parallel, build: building }, { name: 'b' }, { name: 'c', ...parallel }],
    start: ['c'],
    holds: { b: 'is-unparallelizable-local' },
  },
  {
    title: 'and names what it depends on, which is what keeps it when those are done',
    resources: [
      { name: 'a', ...parallel, build: building },
      { name: 'b', resourceDeps: ['a'] },
    ],
    start: [],
    holds: { b: 'is-unparallelizable-local a' },
  },
  {
    title: 'while one that is not parallel runs everything waits for it',
    resources: [
      { name: 'a', build: building },
      { name: 'b', ...parallel },
    ],
    start: [],
    holds: { b: 'waiting-for-local a' },
  },
  {
    title: 'a Tiltfile that will run again holds everything',
    resources: [{ name: 'a' }, { name: 'b', build: { ...built, pendingFiles: { '/x': 1 } } }],
    pendingTiltfiles: ['(Tiltfile)'],
    start: [],
    holds: { a: 'tiltfile-reload (Tiltfile)', b: 'tiltfile-reload (Tiltfile)' },
  },
  {
    title: 'one whose enablement is unknown holds everything',
    resources: [{ name: 'a', enablement: 'Pending' }, { name: 'b' }],
    start: [],
    holds: { a: 'tiltfile-reload (Tiltfile)', b: 'tiltfile-reload (Tiltfile)' },
  },
  {
    title: 'a disabled one is no candidate',
    resources: [{ name: 'a', enablement: 'Disabled' }],
    queue: ['a'],
    start: [],
  },
  {
    title: 'a first build waits for dependencies that were never ready',
    resources: [
      { name: 'a', ...parallel, resourceDeps: ['b', 'c'] },
      { name: 'b', ...parallel, build: building },
      { name: 'c', ...parallel, build: built },
    ],
    start: [],
    holds: { a: 'waiting-for-dep b' },
  },
  {
    title: 'a later build does not wait for dependencies',
    resources: [
      { name: 'a', ...parallel, resourceDeps: ['b'], build: { ...built, pendingFiles: { '/x': 1 } } },
      { name: 'b', ...parallel, build: building },
    ],
    start: ['a'],
  },
  {
    title: 'an unknown dependency is no reason to wait',
    resources: [{ name: 'a', resourceDeps: ['zzz'] }],
    start: ['a'],
  },
  {
    title: 'a disabled dependency keeps its dependents waiting',
    resources: [
      { name: 'a', resourceDeps: ['b'] },
      { name: 'b', enablement: 'Disabled' },
    ],
    start: [],
    holds: { a: 'waiting-for-dep b' },
  },
  {
    title: 'first builds: locals, then uncategorized, then what needs no image, then the rest',
    resources: [
      { name: 'with-image', ...k8s, images: ['img'] },
      { name: 'plain', ...k8s },
      { name: 'uncategorized', ...k8s },
      { name: 'local', ...parallel },
    ],
    maxParallel: 1,
    start: ['local'],
  },
  {
    title: 'uncategorized comes before other objects and holds them',
    resources: [
      { name: 'plain', ...k8s },
      { name: 'uncategorized', ...k8s },
    ],
    start: ['uncategorized'],
    holds: { plain: 'waiting-for-uncategorized uncategorized' },
  },
  {
    title: 'two resources that share an image do not build it twice at once',
    resources: [
      { name: 'a', ...k8s, images: ['img'], build: building },
      { name: 'b', ...k8s, images: ['img'] },
    ],
    start: [],
    holds: { b: 'building-component img' },
  },
  {
    title: 'a resource that builds is not built beside itself',
    resources: [{ name: 'a', ...parallel, build: { ...building, pendingFiles: { '/x': 9000 } } }],
    start: [],
    holds: { a: 'building-component' },
  },
  {
    title: 'a cluster that is not connected holds what deploys to it',
    resources: [
      { name: 'a', ...k8s, cluster: 'default' },
      { name: 'b', ...parallel },
    ],
    start: ['b'],
    holds: { a: 'waiting-for-cluster default' },
  },
  {
    title: 'a connected cluster holds nothing',
    resources: [{ name: 'a', ...k8s, cluster: 'default' }],
    more: { readyClusters: new Set(['default']) },
    start: ['a'],
  },
  { title: 'manual: the first build is automatic', resources: [{ name: 'a', triggerMode: 1 }], start: ['a'] },
  {
    title: 'manual: a change waits for a trigger',
    resources: [{ name: 'a', triggerMode: 1, build: { ...built, pendingFiles: { '/x': 1 } } }],
    start: [],
  },
  { title: 'manual without first build: nothing by itself', resources: [{ name: 'a', triggerMode: 2 }], start: [] },
  {
    title: 'manual without first build: a trigger builds it',
    resources: [{ name: 'a', triggerMode: 2 }],
    queue: ['a'],
    start: ['a'],
  },
  { title: 'auto without first build: nothing at the start', resources: [{ name: 'a', triggerMode: 3 }], start: [] },
  {
    title: 'auto without first build: a change builds it',
    resources: [{ name: 'a', triggerMode: 3, build: { pendingFiles: { '/x': 1 } } }],
    start: ['a'],
  },
  {
    title: 'first builds go before triggers',
    resources: [{ name: 'a', build: built }, { name: 'b' }],
    queue: ['a'],
    start: ['b'],
    holds: { a: 'waiting-for-local b' },
  },
  {
    title: 'triggers are served in order, before file changes',
    resources: [
      { name: 'a', ...parallel, build: { ...built, pendingFiles: { '/x': 1 } } },
      { name: 'b', ...parallel, build: built },
      { name: 'c', ...parallel, build: built },
    ],
    queue: ['c', 'b'],
    maxParallel: 2,
    start: ['c', 'b'],
  },
  {
    title: 'a triggered resource still obeys holds',
    resources: [
      { name: 'a', triggerMode: 2, resourceDeps: ['b'] },
      { name: 'b', triggerMode: 2 },
    ],
    queue: ['a'],
    start: [],
    holds: { a: 'waiting-for-dep b' },
  },
  {
    title: 'of file changes the earliest is first; ties go by definition',
    resources: [
      { name: 'late', ...parallel, build: { ...built, pendingFiles: { '/x': 30 } } },
      { name: 'tie1', ...parallel, build: { ...built, pendingFiles: { '/x': 20 } } },
      { name: 'early', ...parallel, build: { ...built, pendingFiles: { '/x': 10, '/y': 99 } } },
      { name: 'tie2', ...parallel, build: { ...built, pendingFiles: { '/x': 20 } } },
    ],
    maxParallel: 4,
    start: ['early', 'tie1', 'tie2', 'late'],
  },
  {
    title: 'a change that a live update takes care of starts no build',
    resources: [{ name: 'a', ...k8s, build: { ...built, pendingFiles: { '/x': 1 } } }],
    more: { handledByLiveUpdate: new Set(['a']) },
    start: [],
    holds: { a: 'reconciling' },
  },
  {
    title: 'a change whose container is about to appear waits for it',
    resources: [{ name: 'a', ...k8s, build: { ...built, pendingFiles: { '/x': 1 } } }],
    more: { waitingForDeploy: new Set(['a']) },
    start: [],
    holds: { a: 'waiting-for-deploy' },
  },
  {
    title: 'full slots: nothing starts',
    resources: [
      { name: 'a', ...parallel, build: building },
      { name: 'b', ...parallel },
    ],
    maxParallel: 1,
    start: [],
  },
];

for (const row of rows) {
  test(row.title, t => {
    const resources = row.resources.map((given, i) => makeResource(given, i + 1));
    const { start, holds } = nextBuilds({
      resources,
      resource: name => resources.find(r => r.name === name),
      pendingTiltfiles: row.pendingTiltfiles ?? [],
      triggerQueue: (row.queue ?? []).map(name => ({ name, reasons: 32 })),
      readyClusters: new Set(),
      maxParallel: row.maxParallel ?? 3,
      nowMs: 1210,
      ...row.more,
    });
    t.deepEqual(start, row.start);
    const shown = Object.fromEntries(
      [...holds].map(([name, hold]) => [name, [hold.reason, hold.on.map(ref => ref.name).join(',')].join(' ').trim()]),
    );
    t.deepEqual(shown, row.holds ?? {});
  });
}

test('a thousand resources cost a thousand looks, not a million', t => {
  const resources = Array.from({ length: 1000 }, (_, i) =>
    makeResource({ name: `r${i}`, ...parallel, build: i < 990 ? built : {} }, i),
  );
  let looks = 0;
  const look = (target: object, key: string | symbol): unknown => {
    looks++;
    return Reflect.get(target, key);
  };
  const counted = resources.map(r => new Proxy<ResourceState>(r, { get: look }));
  const byName = new Map(counted.map(r => [r.name, r]));
  nextBuilds({
    resources: counted,
    resource: name => byName.get(name),
    pendingTiltfiles: [],
    triggerQueue: [],
    readyClusters: new Set(),
    maxParallel: 4,
    nowMs: 0,
  });
  t.true(looks < 20_000, `${looks} looks`);
});

test('a resource whose command writes its own dependencies pauses, the others go on, and it is looked at again', t => {
  const byFiles = { spanId: 'b', reasons: 1, files: ['/out'] };
  const loop = makeResource({
    name: 'loop',
    build: {
      history: [
        { ...byFiles, startedAtMs: 1110, finishedAtMs: 1200 },
        { ...byFiles, startedAtMs: 1000, finishedAtMs: 1100 },
      ],
      pendingFiles: { '/out': 1150 },
      hasEverBeenReady: true,
    },
  });
  const other = makeResource({ name: 'other', order: 1 });
  const at = (nowMs: number, queue: readonly string[] = []) =>
    nextBuilds({
      resources: [loop, other],
      resource: name => (name === 'loop' ? loop : other),
      pendingTiltfiles: [],
      triggerQueue: queue.map(name => ({ name, reasons: 32 })),
      readyClusters: new Set(),
      maxParallel: 1,
      nowMs,
    });
  t.deepEqual([at(1210).start, at(1210).againInMs], [['other'], 240]);
  t.is(at(1450).againInMs, undefined);
  t.is(at(1210, ['loop']).againInMs, undefined, 'a person who asks does not wait');
});
