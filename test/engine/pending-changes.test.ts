// The life of a BuildState: nothing that changed is lost, nothing that was built is built again.
import test from 'ava';
import {
  neverBuilt,
  pauseOfLoop,
  withBuildEnded,
  withBuildStarted,
  withFileChanges,
  withManifestChange,
} from '../../src/engine/pending-changes.ts';

const start = { spanId: 'build:1', startedAtMs: 1000, reasons: 8 };
const ok = { finishedAtMs: 2000, builtHash: 'h', readyOnSuccess: true };

test('a build takes up what changed before it, and leaves what changed during it', t => {
  let state = withFileChanges(neverBuilt, [
    { path: '/b', atMs: 900 },
    { path: '/a', atMs: 800 },
  ]);
  state = withBuildStarted(state, start);
  t.deepEqual(state.current?.files, ['/a', '/b']);
  state = withFileChanges(state, [{ path: '/c', atMs: 1500 }]);
  state = withBuildEnded(state, ok);
  t.deepEqual(state.pendingFiles, { '/c': 1500 });
  t.true(state.hasEverBeenReady);
  t.is(state.lastSuccessMs, 2000);
});

test('a change from before a build began is in it, also when it is told during the build or after it', t => {
  let state = withBuildStarted(withFileChanges(neverBuilt, [{ path: '/a', atMs: 900 }]), start);
  state = withFileChanges(state, [
    { path: '/a', atMs: 950 },
    { path: '/b', atMs: 950 },
  ]);
  t.deepEqual(state.pendingFiles, { '/a': 900 });
  state = withFileChanges(withBuildEnded(state, ok), [{ path: '/c', atMs: 990 }]);
  t.deepEqual(state.pendingFiles, {});
  state = withFileChanges(state, [{ path: '/c', atMs: 1001 }]);
  t.deepEqual(state.pendingFiles, { '/c': 1001 });
});

test('a failed build has taken up its changes too, and is no success', t => {
  let state = withBuildStarted(withFileChanges(neverBuilt, [{ path: '/a', atMs: 900 }]), start);
  state = withBuildEnded(state, { ...ok, error: 'exit status 1' });
  t.deepEqual(state.pendingFiles, {});
  t.false(state.hasEverBeenReady);
  t.is(state.lastSuccessMs, undefined);
  t.is(state.history[0]?.error, 'exit status 1');
});

test('the two newest builds are kept, the newest first', t => {
  let state = neverBuilt;
  for (const n of [1, 2, 3]) {
    state = withBuildEnded(withBuildStarted(state, { ...start, spanId: `build:${n}`, startedAtMs: n * 1000 }), {
      ...ok,
      finishedAtMs: n * 1000 + 1,
    });
  }
  t.deepEqual(
    state.history.map(r => r.spanId),
    ['build:3', 'build:2'],
  );
});

test('a new definition during a build asks for another one, with the files that brought it', t => {
  const change = { atMs: 1000, reasons: 2, configFiles: ['/Tiltfile'] };
  let state = withManifestChange(withBuildStarted(neverBuilt, start), change);
  state = withBuildEnded(state, ok);
  t.is(state.pendingManifestSinceMs, 1001);
  state = withBuildStarted(state, { ...start, spanId: 'build:2', startedAtMs: 3000 });
  t.deepEqual(state.current?.files, ['/Tiltfile']);
  state = withBuildEnded(state, { ...ok, finishedAtMs: 4000 });
  t.is(state.pendingManifestSinceMs, undefined);
  t.is(state.pendingConfigFiles, undefined);
});

test('a command that writes what it depends on loops with a pause; a save after the build does not wait', t => {
  const byFiles = { spanId: 'b', reasons: 1, files: ['/out'] };
  const first = { ...byFiles, startedAtMs: 1000, finishedAtMs: 1100 };
  const second = { ...byFiles, startedAtMs: 1110, finishedAtMs: 1200 };
  const loop = { history: [second, first], pendingFiles: { '/out': 1150 }, hasEverBeenReady: true };
  t.is(pauseOfLoop(loop, 1210), 240);
  t.is(pauseOfLoop(loop, 1450), 0);
  t.is(pauseOfLoop(loop, 500), 0, 'the clock was set back');
  t.is(pauseOfLoop({ ...loop, pendingFiles: { '/out': 1150, '/saved': 1205 } }, 1210), 0);
  t.is(pauseOfLoop({ ...loop, history: [second] }, 1210), 0, 'once is no loop');
  t.is(pauseOfLoop({ ...loop, history: [{ ...second, reasons: 32 }, first] }, 1210), 0, 'somebody asked');
  t.is(pauseOfLoop({ ...loop, history: [{ ...second, startedAtMs: 5000 }, first] }, 1210), 0, 'long apart');
  t.is(pauseOfLoop({ ...loop, pendingManifestSinceMs: 1150 }, 1210), 0, 'the definition changed');
});
