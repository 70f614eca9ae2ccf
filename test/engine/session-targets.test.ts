// When `tilt ci` is done, and what it says (reference 4.13).
import test from 'ava';
import type { SessionTarget } from '../../src/api/kinds-session.ts';
import {
  type CiRules,
  type CiVerdict,
  ciVerdict,
  resourceTargets,
  type ServerState,
} from '../../src/engine/session-targets.ts';
import { building, built, type Given, makeResource, record } from './make-resource.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const iso = (ms: number): string => new Date(t0 + ms).toISOString();
const target = (name: string, state: SessionTarget['state'], type: 'job' | 'server' = 'job'): SessionTarget => ({
  name,
  type,
  resources: [name],
  state,
});
const done = { terminated: { startTime: iso(0), finishTime: iso(1) } };
const tiltfile = target('tiltfile:update', done);
const rules: CiRules = {
  timeoutMs: 2000,
  readinessTimeoutMs: 1000,
  startedAtMs: t0,
  clusterFailed: false,
  look: () => 'resting',
};

const verdicts: readonly [
  title: string,
  targets: readonly SessionTarget[],
  nowMs: number,
  verdict: CiVerdict,
  rules?: Partial<CiRules>,
][] = [
  ['the Tiltfile alone is not enough', [tiltfile], 0, { done: false, recheckAfterMs: 2001 }],
  ['all jobs done', [tiltfile, target('a:update', done)], 0, { done: true }],
  [
    'a failed job ends it',
    [tiltfile, target('a:update', { terminated: { error: 'no' } })],
    0,
    { done: true, error: 'no' },
  ],
  [
    'a failed Tiltfile ends it',
    [target('tiltfile:update', { terminated: { error: 'bad' } })],
    0,
    { done: true, error: 'bad' },
  ],
  [
    'a server that has just started is watched for a moment',
    [tiltfile, target('a:serve', { active: { startTime: iso(0), ready: true } }, 'server')],
    50,
    { done: false, recheckAfterMs: 200 },
  ],
  [
    'a server that is ready counts',
    [tiltfile, target('a:serve', { active: { startTime: iso(0), ready: true } }, 'server')],
    250,
    { done: true },
  ],
  [
    'a server that has not come to rest is watched a little longer',
    [tiltfile, target('a:serve', { active: { startTime: iso(0), ready: true } }, 'server')],
    300,
    { done: false, recheckAfterMs: 20 },
    { look: () => 'busy' },
  ],
  [
    'a server that is always at work is up as well',
    [tiltfile, target('a:serve', { active: { startTime: iso(0), ready: true } }, 'server')],
    5000,
    { done: true },
    { look: () => 'busy', timeoutMs: 60_000 },
  ],
  [
    'a server whose process is gone is not up, whatever was heard of it',
    [tiltfile, target('a:serve', { active: { startTime: iso(0), ready: true } }, 'server')],
    9000,
    { done: false, recheckAfterMs: 20 },
    { look: () => 'gone', timeoutMs: 60_000 },
  ],
  [
    'never requested and disabled ones do not count',
    [tiltfile, target('a:update', {}), target('b:update', { disabled: {} })],
    0,
    { done: true },
  ],
  [
    'a job that runs is waited for',
    [tiltfile, target('a:update', { active: { startTime: iso(0), ready: false } })],
    500,
    { done: false, recheckAfterMs: 1501 },
  ],
  [
    'a job may take longer than the readiness timeout',
    [tiltfile, target('a:update', { active: { startTime: iso(0), ready: false } })],
    1900,
    { done: false, recheckAfterMs: 101 },
  ],
  [
    'a server must be ready in time',
    [tiltfile, target('a:serve', { active: { startTime: iso(100), ready: false } }, 'server')],
    1101,
    { done: true, error: 'Readiness timeout after 1s: target a:serve not ready' },
  ],
  [
    'why it is not is told where somebody knows',
    [tiltfile, target('a:runtime', { active: { startTime: iso(100), ready: false } }, 'server')],
    1101,
    { done: true, error: 'Readiness timeout after 1s: target a:runtime not ready (exit 7)' },
    { whyNotReady: () => 'exit 7' },
  ],
  [
    'readiness counts from the last time it was ready',
    [tiltfile, target('a:serve', { active: { startTime: iso(0), ready: false, lastReadyTime: iso(900) } }, 'server')],
    1500,
    { done: false, recheckAfterMs: 401 },
  ],
  [
    'and why it was missing, where somebody knows',
    [
      tiltfile,
      target('a:runtime', { waiting: { waitReason: 'waiting-for-pod' } }),
      target('b:update', { active: { startTime: iso(0), ready: false } }),
      ...['c', 'd', 'e'].map(name => target(`${name}:runtime`, { waiting: { waitReason: 'waiting-for-pod' } })),
    ],
    2001,
    {
      done: true,
      error:
        'Timeout after 2s: 4 resources waiting (a:runtime waiting-for-pod,c:runtime waiting-for-pod,d:runtime waiting-for-pod,e:runtime waiting-for-pod), 1 resources not ready (b:update); a:runtime: no a; c:runtime: no c; d:runtime: no d; and 1 more',
    },
    { whyNotReady: ({ name }) => (name.endsWith(':runtime') ? `no ${name[0]}` : '') },
  ],
  [
    'the whole has a timeout that names what was missing',
    [
      tiltfile,
      target('a:update', { waiting: { waitReason: 'waiting-for-dep' } }),
      target('b:update', { active: { startTime: iso(0), ready: false } }),
    ],
    2001,
    {
      done: true,
      error: 'Timeout after 2s: 1 resources waiting (a:update waiting-for-dep), 1 resources not ready (b:update)',
    },
  ],
  [
    '0 switches the timeouts off',
    [tiltfile, target('a:update', { waiting: { waitReason: 'x' } })],
    99_999,
    { done: false },
    { timeoutMs: 0, readinessTimeoutMs: 0 },
  ],
  [
    'an error in its grace period is tried again',
    [tiltfile, target('a:runtime', { terminated: { error: 'crash', graceStatus: 'Tolerated' } }, 'server')],
    0,
    { done: false, recheckAfterMs: 2001 },
  ],
  [
    'after it the error ends the run',
    [tiltfile, target('a:runtime', { terminated: { error: 'crash', graceStatus: 'Exceeded' } }, 'server')],
    0,
    { done: true, error: 'exceeded grace period: crash' },
  ],
  [
    'no cluster, no run',
    [tiltfile, target('a:runtime', {})],
    0,
    { done: true, error: 'cluster connection failed' },
    { clusterFailed: true },
  ],
];

for (const [title, targets, nowMs, expected, more] of verdicts) {
  test(title, t => t.deepEqual(ciVerdict(targets, { ...rules, ...more }, t0 + nowMs), expected));
}

const up: ServerState = { pid: 7, ready: true, startedAtMs: t0, isTerminated: false };
const states: readonly [
  title: string,
  given: Omit<Given, 'name'>,
  server: ServerState | undefined,
  expected: Readonly<Record<string, string>>,
][] = [
  ['update only', { build: built }, undefined, { 'r:update': 'terminated' }],
  ['update runs', { build: building }, undefined, { 'r:update': 'active' }],
  ['update failed', { build: { history: [record({ error: 'no' })] } }, undefined, { 'r:update': 'terminated no' }],
  ['update waits', {}, undefined, { 'r:update': 'waiting waiting-for-dep' }],
  ['not requested', { triggerMode: 2 }, undefined, { 'r:update': '' }],
  ['server up', { hasUpdate: false, hasRuntime: true, build: built }, up, { 'r:serve': 'active' }],
  [
    'server about to start',
    { hasUpdate: false, hasRuntime: true, build: built },
    undefined,
    { 'r:serve': 'waiting waiting-for-dep' },
  ],
  ['server not requested', { hasUpdate: false, hasRuntime: true, triggerMode: 2 }, undefined, { 'r:serve': '' }],
  [
    'any end of a server is an error',
    { hasUpdate: false, hasRuntime: true, build: built },
    { ...up, isTerminated: true },
    { 'r:serve': 'terminated Process 7 exited with non-zero status' },
  ],
  [
    'disabled',
    { hasRuntime: true, enablement: 'Disabled' },
    undefined,
    { 'r:serve': 'disabled', 'r:update': 'disabled' },
  ],
];

for (const [title, given, server, expected] of states) {
  test(`target: ${title}`, t => {
    const hold = { reason: 'waiting-for-dep', on: [] } as const;
    const targets = resourceTargets(makeResource({ name: 'r', ...given }), {
      queued: 0,
      hold,
      server,
      runtimeTarget: undefined,
    });
    const shown = targets.map(({ name, state }) => {
      const [[kind, value] = ['', undefined]] = Object.entries(state);
      const { waitReason, error } = (value ?? {}) as { waitReason?: string; error?: string };
      return [name, [kind, waitReason ?? error].filter(Boolean).join(' ')];
    });
    t.deepEqual(Object.fromEntries(shown), expected);
  });
}
