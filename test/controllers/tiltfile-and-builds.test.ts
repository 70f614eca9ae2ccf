// The Tiltfile's life and what it means for builds (reference 4.2 to 4.5, 4.14).
import test from 'ava';
import { buildReason } from '../../src/api/kinds-internal.ts';
import { mainTiltfile } from '../../src/api/meta.ts';
import { defaultSettings } from '../../src/tiltfile/result.ts';
import { local, makeEngine, result, settle } from './engine-fixture.ts';

test('the first load makes the objects that programs know, and builds', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await settle();
  t.is(engine.loads.length, 1);
  await engine.load(result([local('a', { target: { deps: ['/p/src'] }, spec: { labels: { grp: 'grp' } } })]));
  const names = (kind: Parameters<typeof engine.store.list>[0]): string[] =>
    engine.store
      .list(kind)
      .map(o => o.metadata.name)
      .sort();
  t.deepEqual(names('Cmd'), ['a:update']);
  t.deepEqual(names('FileWatch'), ['configs:(Tiltfile)', 'local:a']);
  t.deepEqual(names('ConfigMap'), ['a-disable', 'tilt-trigger-queue']);
  t.deepEqual(names('ToggleButton'), ['a-disable']);
  t.deepEqual(names('UIButton'), ['a-stopbuild', 'toggle-a-disable']);
  t.deepEqual(names('UIResource'), [mainTiltfile, 'a']);
  t.deepEqual(engine.store.get('UIResource', 'a')?.metadata.labels, { grp: 'grp' });
  t.like(engine.store.get('Cmd', 'a:update')?.metadata, {
    annotations: {
      'tilt.dev/log-span-id': 'cmd:a:update',
      'tilt.dev/managed-by': 'local_resource',
      'tilt.dev/resource': 'a',
    },
  });
  t.deepEqual(
    engine.builds.map(b => [b.name, b.reasons]),
    [['a', buildReason.init]],
  );
  t.is(engine.store.get('UIResource', 'a')?.status?.updateStatus, 'in_progress');
  engine.builds[0]!.finish();
  await settle();
  t.is(engine.store.get('UIResource', 'a')?.status?.updateStatus, 'ok');
});

test('a reload builds what changed, keeps what did not, and deletes what is gone', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('same'), local('changed'), local('gone')]));
  for (const build of engine.builds) build.finish();
  await settle();
  const untouched = engine.store.get('Manifest', 'same');
  const writes = engine.store.version;
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  t.is(engine.loads.length, 2);
  await engine.load(
    result([
      local('same'),
      local('changed', { target: { updateCmd: { args: ['new'], dir: '/p', env: [] } } }),
      local('fresh'),
    ]),
  );
  t.deepEqual(
    engine.builds.slice(3).map(b => [b.name, b.reasons, b.files]),
    [
      ['fresh', buildReason.init, []],
      ['changed', buildReason.config, ['/p/Tiltfile']],
    ],
  );
  t.is(engine.store.get('Manifest', 'same'), untouched);
  t.is(engine.store.get('Manifest', 'gone'), undefined);
  t.is(engine.store.get('UIResource', 'gone'), undefined);
  t.is(engine.store.get('Cmd', 'gone:update'), undefined);
  t.is(engine.store.get('ConfigMap', 'gone-disable'), undefined);
  t.true(engine.store.version > writes);
  t.true(engine.log.includes('changed|info|1 File Changed: [Tiltfile]'));
});

test('a reload that changes nothing writes nothing about resources', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  const many = Array.from({ length: 50 }, (_, i) => local(`r${i}`, { spec: { triggerMode: 2 } }));
  await engine.load(result(many));
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  const kinds = ['Manifest', 'Cmd', 'ConfigMap', 'ToggleButton', 'UIButton', 'BuildState'] as const;
  const versions = (): (string | undefined)[] =>
    kinds.flatMap(kind => engine.store.list(kind).map(o => o.metadata.resourceVersion));
  const before = versions();
  await engine.load(result(many));
  t.deepEqual(versions(), before);
});

test('a reload in which one of many resources changed works for that one', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  const many = (changed?: number) =>
    Array.from({ length: 200 }, (_, i) =>
      local(`r${i}`, {
        spec: { triggerMode: 2 },
        target: { deps: [`/p/${i}`], updateCmd: { args: [i === changed ? 'new' : 'old'], dir: '/p', env: [] } },
      }),
    );
  await engine.load(result(many()));
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  const written = new Set<string>();
  const seen = engine.store.subscribe(undefined, keys => {
    for (const [kind, names] of keys) for (const name of names) written.add(`${kind} ${name}`);
  });
  t.teardown(() => seen.dispose());
  engine.reconciled.length = 0;
  await engine.load(result(many(7)));
  const ofResources = [...written].filter(key => !key.includes('(Tiltfile)')).sort();
  t.deepEqual(ofResources, ['BuildState r7', 'Cmd r7:update', 'Manifest r7', 'UIResource r7']);
  const others = new Set(engine.reconciled.filter(key => !/ (r7|r7-disable|\(Tiltfile\))$/.test(key)));
  t.deepEqual([...others], []);
  t.deepEqual(engine.store.get('Cmd', 'r7:update')?.spec?.args, ['new']);
});

test('builds wait while a changed Tiltfile runs, and say so', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('a', { target: { deps: ['/p/src'] } })]));
  engine.builds[0]!.finish();
  await settle();
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  await engine.change('local:a', '/p/src/x');
  t.is(engine.builds.length, 1);
  t.deepEqual(engine.store.get('UIResource', 'a')?.status?.waiting, {
    reason: 'tiltfile-reload',
    on: [{ group: 'tilt.dev', apiVersion: 'v1alpha1', kind: 'UIResource', name: mainTiltfile }],
  });
  await engine.load(result([local('a', { target: { deps: ['/p/src'] } })]));
  t.deepEqual(
    engine.builds.slice(1).map(b => [b.reasons, b.files]),
    [[buildReason.changedFiles, ['/p/src/x']]],
  );
});

test('a failed run keeps what is there and watches what it read', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('a')]));
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  await engine.load(
    result([], { configFiles: ['/p/Tiltfile', '/p/lib'], error: { message: '/p/lib:1:1: no', diagnostics: [] } }),
  );
  t.truthy(engine.store.get('Manifest', 'a'));
  t.deepEqual(engine.store.get('FileWatch', 'configs:(Tiltfile)')?.spec?.watchedPaths, ['/p/Tiltfile', '/p/lib']);
  t.is(engine.store.get('Tiltfile', mainTiltfile)?.status?.terminated?.error, '/p/lib:1:1: no');
  t.is(engine.store.get('UIResource', mainTiltfile)?.status?.updateStatus, 'error');
  t.true(engine.log.includes('(Tiltfile)|error|/p/lib:1:1: no'));
  await engine.change('configs:(Tiltfile)', '/p/lib');
  t.is(engine.loads.length, 3);
});

test('a Tiltfile that asks for the impossible is told so in one line; only a bug of ours shows a stack', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('')]));
  t.regex(
    engine.log.at(-1)!,
    /^\(Tiltfile\)\|error\|Manifest\.tilt\.dev "" is invalid: metadata\.name: .* is required$/,
  );
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  const cause = Object.assign(new Error('limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });
  engine.loads.at(-1)!.fail(new Error('the Tiltfile took more than 5 MB of memory', { cause }));
  await settle();
  t.is(engine.log.at(-1), '(Tiltfile)|error|the Tiltfile took more than 5 MB of memory');
  t.is(
    engine.store.get('Tiltfile', mainTiltfile)?.status?.terminated?.error,
    'the Tiltfile took more than 5 MB of memory',
  );
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  engine.loads.at(-1)!.fail(new TypeError('x is not a function'));
  await settle();
  t.regex(engine.log.at(-1)!, /^\(Tiltfile\)\|error\|internal error: TypeError: x is not a function\n {4}at /);
});

test('a save of what is executed ends the run and starts the next one; cancelled is not failed', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('a')], { executedFiles: ['/p/Tiltfile', '/p/lib'] }));
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  await engine.change('configs:(Tiltfile)', '/p/lib');
  t.true(engine.loads[1]!.signal.aborted);
  t.is(engine.loads.length, 3);
  t.false(engine.log.some(line => line.startsWith('(Tiltfile)|error')));
  await engine.load(result([local('a')]));
  t.is(engine.store.get('UIResource', mainTiltfile)?.status?.updateStatus, 'ok');
  t.true(engine.log.includes('(Tiltfile)|info|2 Files Changed: [lib Tiltfile]'), engine.log.join('\n'));
});

test('a save of what is only read lets the run end, and then it runs again', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('a')]));
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  await engine.change('configs:(Tiltfile)', '/p/values.yaml');
  t.false(engine.loads[1]!.signal.aborted);
  t.is(engine.loads.length, 2);
  await engine.load(result([local('a'), local('b')]));
  t.truthy(engine.store.get('UIResource', 'b'), 'what the run says is applied');
  t.is(engine.loads.length, 3);
  t.true(engine.log.includes('(Tiltfile)|info|1 File Changed: [values.yaml]'), engine.log.join('\n'));
});

test('new arguments run the Tiltfile again and begin enablement anew; a plain reload keeps the choice', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  const both = [local('a'), local('b')];
  await engine.load(result(both, { enabled: ['a'] }));
  const disabled = (name: string): string | undefined =>
    engine.store.get('ConfigMap', `${name}-disable`)?.data?.['isDisabled'];
  t.deepEqual([disabled('a'), disabled('b')], ['false', 'true']);
  const map = engine.store.get('ConfigMap', 'b-disable')!;
  engine.store.update('ConfigMap', { ...map, data: { isDisabled: 'false' } });
  await engine.change('configs:(Tiltfile)', '/p/Tiltfile');
  await engine.load(result(both, { enabled: ['a'] }));
  t.deepEqual([disabled('a'), disabled('b')], ['false', 'false']);
  const tiltfile = engine.store.get('Tiltfile', mainTiltfile)!;
  engine.store.update('Tiltfile', { ...tiltfile, spec: { ...tiltfile.spec!, args: ['b'] } });
  await settle();
  t.deepEqual(engine.loads.at(-1)?.args, ['b']);
  await engine.load(result(both, { enabled: ['b'] }));
  t.deepEqual([disabled('a'), disabled('b')], ['true', 'false']);
  t.true(engine.log.includes('(Tiltfile)|info|Tilt Args'));
});

test('a main Tiltfile without resources is an error of its run', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([]));
  t.regex(engine.store.get('Tiltfile', mainTiltfile)?.status?.terminated?.error ?? '', /^No resources found/);
});

test('stop build cancels and is not shown as failed; disabling cancels and forgets', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('a'), local('b')]));
  engine.clock.advance(5);
  const now = `${new Date(engine.clock.now()).toISOString().slice(0, 23)}000Z`;
  engine.store.setStatus('UIButton', 'a-stopbuild', { lastClickedAt: now });
  await settle();
  t.true(engine.builds.find(b => b.name === 'a')!.signal.aborted);
  t.is(engine.store.get('UIResource', 'a')?.status?.updateStatus, 'none');
  t.is(engine.store.get('UIResource', 'a')?.status?.buildHistory?.[0]?.error, 'build canceled');
  t.false(engine.log.some(line => line.startsWith('a|error')));
  const map = engine.store.get('ConfigMap', 'b-disable')!;
  engine.store.update('ConfigMap', { ...map, data: { isDisabled: 'true' } });
  await settle();
  t.true(engine.builds.find(b => b.name === 'b')!.signal.aborted);
  t.is(engine.store.get('UIResource', 'b')?.status?.updateStatus, 'none');
  t.is(engine.store.get('UIResource', 'b')?.status?.buildHistory, undefined);
  engine.store.update('ConfigMap', { ...engine.store.get('ConfigMap', 'b-disable')!, data: { isDisabled: 'false' } });
  await settle();
  t.deepEqual(
    engine.builds.filter(b => b.name === 'b').map(b => b.reasons),
    [buildReason.init, buildReason.init],
  );
});

test('the trigger queue has its mirror, and a trigger during a build is another build', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('a')]));
  engine.queue.add('a', buildReason.triggerCli);
  await settle();
  t.deepEqual(engine.store.get('ConfigMap', 'tilt-trigger-queue')?.data, { '0-name': 'a', '0-reason-code': '32' });
  t.true(engine.store.get('UIResource', 'a')?.status?.queued);
  engine.builds[0]!.finish('exit status 1');
  await settle();
  t.deepEqual(
    engine.builds.map(b => b.reasons),
    [buildReason.init, buildReason.triggerCli],
  );
  t.deepEqual(engine.store.get('ConfigMap', 'tilt-trigger-queue')?.data, {});
  t.is(engine.store.get('UIResource', 'a')?.status?.queued, undefined);
});

test('the toggle button shows the other state and its click writes it', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('a')]));
  const button = () => engine.store.get('UIButton', 'toggle-a-disable')!;
  t.like(button().spec, {
    text: 'Disable Resource',
    requiresConfirmation: true,
    inputs: [{ name: 'action', hidden: { value: 'on' } }],
  });
  engine.clock.advance(10);
  const lastClickedAt = `${new Date(engine.clock.now()).toISOString().slice(0, 23)}000Z`;
  engine.store.setStatus('UIButton', 'toggle-a-disable', {
    lastClickedAt,
    inputs: [{ name: 'action', hidden: { value: 'on' } }],
  });
  await settle();
  t.is(engine.store.get('ConfigMap', 'a-disable')?.data?.['isDisabled'], 'true');
  t.like(button().spec, { text: 'Enable Resource', inputs: [{ name: 'action', hidden: { value: 'off' } }] });
});

test('two Tiltfiles that define one name: the second one is told, the first one keeps it', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  await engine.load(result([local('a')]));
  engine.store.create('Tiltfile', {
    apiVersion: 'tilt.dev/v1alpha1',
    kind: 'Tiltfile',
    metadata: { name: 'other' },
    spec: { path: '/q/Tiltfile' },
  });
  await settle();
  await engine.load(result([local('a'), local('b')]));
  t.is(engine.store.get('Manifest', 'a')?.spec?.tiltfile, mainTiltfile);
  t.is(engine.store.get('Manifest', 'b')?.spec?.tiltfile, 'other');
  t.is(engine.store.get('Manifest', 'b')?.spec?.order, 3);
  t.true(engine.log.includes('other|error|Resource defined in two tiltfiles: a'));
});

test('the row of the Tiltfile has the texts of its warnings', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  engine.loads[0]!.onLog('said\n', 'info');
  engine.loads[0]!.onLog('careful\n', 'warn');
  await engine.load(result([local('a')], { warningCount: 1 }));
  const { buildHistory } = engine.store.get('UIResource', mainTiltfile)!.status!;
  t.deepEqual(buildHistory![0]!.warnings, ['careful\n']);
  t.is(engine.store.get('Tiltfile', mainTiltfile)!.status!.terminated!.warningCount, 1);
});

test('what the Tiltfile and .tiltignore ignore does not run the Tiltfile either', async t => {
  const engine = makeEngine();
  t.teardown(() => engine.dispose());
  const ignores = [{ basePath: '/p', patterns: ['*.gen'] }];
  await engine.load(result([local('a')], { settings: { ...defaultSettings, watchIgnores: ignores } }));
  t.deepEqual(engine.store.get('FileWatch', `configs:${mainTiltfile}`)!.spec, {
    watchedPaths: ['/p/Tiltfile'],
    ignores,
  });
});
