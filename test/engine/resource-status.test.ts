// Statuses as tables (reference 3.20, 4.4, 4.14).
import test from 'ava';
import type { RuntimeStatus, UpdateStatus } from '../../src/api/kinds-session.ts';
import { conditions, runtimeStatus, updateStatus } from '../../src/engine/resource-status.ts';
import { building, built, type Given, makeResource, record } from './make-resource.ts';

const failed = { history: [record({ error: 'exit status 1' })] };
const stopped = { history: [record({ error: 'build canceled', canceled: true })] };
const changed = { ...built, pendingFiles: { '/x': 9 } };
const server = { hasRuntime: true };
const serverOnly = { hasRuntime: true, hasUpdate: false };

const rows: readonly [
  title: string,
  given: Omit<Given, 'name'>,
  update: UpdateStatus,
  runtime: RuntimeStatus,
  queued?: true,
][] = [
  ['never built', {}, 'pending', 'not_applicable'],
  ['building', { build: building }, 'in_progress', 'not_applicable'],
  ['built', { build: built }, 'ok', 'not_applicable'],
  ['failed', { build: failed }, 'error', 'not_applicable'],
  ['stopped on purpose is not failed', { build: stopped }, 'none', 'not_applicable'],
  ['changed', { build: changed }, 'pending', 'not_applicable'],
  ['changed, manual', { build: changed, triggerMode: 1 }, 'ok', 'not_applicable'],
  ['manual, never built', { triggerMode: 2 }, 'none', 'not_applicable'],
  ['manual, queued', { triggerMode: 2 }, 'pending', 'not_applicable', true],
  ['disabled', { enablement: 'Disabled', build: built, ...server, runtime: 'ok' }, 'none', 'none'],
  ['server not started', { ...server, build: built }, 'ok', 'unknown'],
  ['server while its update runs', { ...server, build: building }, 'in_progress', 'pending'],
  ['server ready', { ...server, build: built, runtime: 'ok' }, 'ok', 'ok'],
  ['server ended', { ...server, build: built, runtime: 'error' }, 'ok', 'error'],
  ['server never asked for', { ...server, triggerMode: 2 }, 'none', 'none'],
  ['server only, before its formal update', { ...serverOnly }, 'pending', 'pending'],
  ['server only, during it', { ...serverOnly, build: building }, 'pending', 'pending'],
  ['server only, after it', { ...serverOnly, build: built, runtime: 'ok' }, 'not_applicable', 'ok'],
];

for (const [title, given, update, runtime, queued] of rows) {
  test(title, t => {
    const resource = makeResource({ name: 'r', ...given });
    t.is(updateStatus(resource, queued ?? false), update);
    t.is(runtimeStatus(resource, queued ?? false), runtime);
  });
}

test('conditions say why, and keep the time of the last change of their status', t => {
  const at = '2026-01-01T00:00:00.000000Z';
  const later = '2026-01-01T00:01:00.000000Z';
  const first = conditions({ update: 'pending', runtime: 'pending', disabled: 'Enabled' }, undefined, at);
  t.deepEqual(first, [
    { type: 'UpToDate', status: 'False', reason: 'UpdatePending', lastTransitionTime: at },
    { type: 'Ready', status: 'False', reason: 'UpdatePending', lastTransitionTime: at },
  ]);
  const second = conditions({ update: 'ok', runtime: 'pending', disabled: 'Enabled' }, first, later);
  t.deepEqual(second, [
    { type: 'UpToDate', status: 'True', lastTransitionTime: later },
    { type: 'Ready', status: 'False', reason: 'RuntimePending', lastTransitionTime: at },
  ]);
  const reason = (
    update: UpdateStatus,
    runtime: RuntimeStatus,
    disabled: 'Enabled' | 'Disabled' = 'Enabled',
  ): (string | undefined)[] => conditions({ update, runtime, disabled }, undefined, at).map(c => c.reason);
  t.deepEqual(reason('none', 'none', 'Disabled'), ['Disabled', 'Disabled']);
  t.deepEqual(reason('error', 'pending'), ['UpdateError', 'UpdateError']);
  t.deepEqual(reason('ok', 'error'), [undefined, 'RuntimeError']);
  t.deepEqual(reason('ok', 'not_applicable'), [undefined, undefined]);
});
