// From objects to words: ages, states, filters, groups.
import test from 'ava';
import type { UIResourceStatus } from '../../src/api/kinds-session.ts';
import { Grid } from '../../src/terminal/grid.ts';
import { shortAge, untilNextAge } from '../../src/tui/ages.ts';
import { parseFilter } from '../../src/tui/filter.ts';
import { keepSelection, type ListRow, makeListRows } from '../../src/tui/list-rows.ts';
import { makeResourceRow, type ResourceRow, shortReason } from '../../src/tui/resource-row.ts';
import { makeTheme } from '../../src/tui/theme.ts';
import { terminalTheme } from '../../src/tui/theme-data.ts';
import { paintList } from '../../src/tui/views/list.ts';
import { dumpGrid } from '../support/grid-dump.ts';
import { drive } from './driver.ts';

const time = '2026-01-01T10:00:00.000000Z';

test('ages are short and say when they change', t => {
  const cases: [number, string, number][] = [
    [-500, '0s', 1500],
    [0, '0s', 1000],
    [999, '0s', 1],
    [59_999, '59s', 1],
    [60_000, '1m', 60_000],
    [3_599_000, '59m', 1000],
    [3_600_000, '1h', 3_600_000],
    [90_000_000, '1d', 82_800_000],
  ];
  for (const [ageMs, text, nextMs] of cases) {
    t.is(shortAge(ageMs), text);
    t.is(untilNextAge(ageMs), nextMs, text);
  }
});

const states: [what: string, status: UIResourceStatus, role: string, text: string][] = [
  ['disabled wins', { disableStatus: { state: 'Disabled' }, updateStatus: 'error' }, 'disabled', 'disabled'],
  ['building', { currentBuild: { startTime: time }, updateStatus: 'in_progress' }, 'building', 'building'],
  ['queued', { updateStatus: 'pending' }, 'pending', 'queued'],
  [
    'a dependency',
    { updateStatus: 'pending', waiting: { reason: 'waiting-for-dep', on: [{ name: 'db' }] } },
    'pending',
    'waits for db',
  ],
  [
    'two',
    { updateStatus: 'pending', waiting: { reason: 'waiting-for-dep', on: [{ name: 'a' }, { name: 'b' }] } },
    'pending',
    'waits for a and b',
  ],
  [
    'many',
    {
      updateStatus: 'pending',
      waiting: { reason: 'waiting-for-dep', on: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
    },
    'pending',
    'waits for a and 2 more',
  ],
  [
    'the Tiltfile',
    { updateStatus: 'pending', waiting: { reason: 'tiltfile-reload' } },
    'pending',
    'waits for the Tiltfile',
  ],
  [
    'the cluster',
    { updateStatus: 'pending', waiting: { reason: 'waiting-for-cluster' } },
    'pending',
    'waits for the cluster',
  ],
  [
    'its turn',
    { updateStatus: 'pending', waiting: { reason: 'is-unparallelizable-local' } },
    'pending',
    'waits its turn',
  ],
  [
    'what it depends on',
    { updateStatus: 'pending', waiting: { reason: 'is-unparallelizable-local', on: [{ name: 'api' }] } },
    'pending',
    'waits for api',
  ],
  ['a reason of a later version', { updateStatus: 'pending', waiting: { reason: 'new' } }, 'pending', 'queued'],
  [
    'failed',
    {
      updateStatus: 'error',
      buildHistory: [{ error: 'Command "make" failed: exit status 2', startTime: time, finishTime: time }],
    },
    'error',
    'failed: exit 2',
  ],
  ['crashed', { updateStatus: 'ok', runtimeStatus: 'error' }, 'crashed', 'crashed: exit 7'],
  ['changed', { updateStatus: 'ok', runtimeStatus: 'ok', hasPendingChanges: true }, 'stale', 'changed: r to run'],
  ['starting', { updateStatus: 'ok', runtimeStatus: 'pending' }, 'starting', 'starting'],
  ['ready', { updateStatus: 'not_applicable', runtimeStatus: 'ok' }, 'ok', 'ready'],
  ['done', { updateStatus: 'ok', runtimeStatus: 'not_applicable' }, 'done', 'done'],
  ['manual', { updateStatus: 'none', runtimeStatus: 'not_applicable', triggerMode: 2 }, 'manual', 'manual'],
  ['not started', { updateStatus: 'none', runtimeStatus: 'not_applicable', triggerMode: 3 }, 'manual', 'not started'],
];

for (const [what, status, role, text] of states) {
  test(`state: ${what}`, t => {
    const resource = { apiVersion: 'v', kind: 'UIResource', metadata: { name: 'web' }, status };
    const process = { terminated: { pid: 4, exitCode: 7, finishedAt: time } };
    const row = makeResourceRow({ resource, process, warnings: 0 });
    t.is(row.role, role as ResourceRow['role']);
    t.is(row.reason ? `${row.word}: ${row.reason}` : row.word, text);
  });
}

test('a run of the Tiltfile that was stopped says so', t => {
  const make = (status: UIResourceStatus) =>
    makeResourceRow({
      resource: { apiVersion: 'v', kind: 'UIResource', metadata: { name: '(Tiltfile)' }, status },
      warnings: 0,
    });
  const stopped = { updateStatus: 'none', buildHistory: [{ startTime: time, finishTime: time }] } as const;
  t.like(make(stopped), { role: 'manual', word: 'stopped', reason: 'the run before it counts' });
  t.like(make({ updateStatus: 'none' }), { word: 'not started' });
});

test('warnings show on what is well, never over a failure', t => {
  const make = (status: UIResourceStatus) =>
    makeResourceRow({
      resource: { apiVersion: 'v', kind: 'UIResource', metadata: { name: 'web' }, status },
      warnings: 2,
    });
  t.like(make({ updateStatus: 'ok', runtimeStatus: 'ok' }), { role: 'warn', word: 'ready', reason: '2 warnings' });
  t.like(make({ updateStatus: 'error' }), { role: 'error' });
});

test('a reason is the first line without what the row says anyway', t => {
  t.is(shortReason('Command "a\nb" failed: x'), 'Command "a');
  t.is(shortReason('no such file\nat line 2'), 'no such file');
  const traceback = 'Traceback (most recent call last):\n  /a/Tiltfile:1:1: in <toplevel>\n  /a/Tiltfile:2:29: in f\n';
  t.is(shortReason(`${traceback}Error: unknown conversion %0\n  2 |  '%0'`), 'Tiltfile:2:29: unknown conversion %0');
  t.is(shortReason('/home/ann/shop/Tiltfile:8:1: got end of file'), 'Tiltfile:8:1: got end of file');
  t.is(shortReason('/home/ann: no such folder'), '/home/ann: no such folder');
  t.is(shortReason('Command "sh -c \\"x\\"" failed: exit status 127'), 'exit 127');
});

function row(name: string, labels: readonly string[] = [], more: Partial<ResourceRow> = {}): ResourceRow {
  const status: UIResourceStatus = { updateStatus: 'ok', runtimeStatus: 'ok' };
  const resource = { apiVersion: 'v', kind: 'UIResource', metadata: { name }, status };
  return { ...makeResourceRow({ resource, warnings: 0 }), labels, ...more };
}

test('filter words', t => {
  const rows = [
    row('web', ['front']),
    row('web-api', ['back'], { role: 'error', word: 'failed' }),
    row('postgres', ['back']),
    row('worker', [], { role: 'crashed', word: 'crashed' }),
  ];
  const cases: [string, string][] = [
    ['', 'web web-api postgres worker'],
    ['web', 'web web-api'],
    ['WEB api', 'web-api'],
    ['!web', 'postgres worker'],
    ['!', 'web web-api postgres worker'],
    ['label:back', 'web-api postgres'],
    ['label:back !re:^post', 'web-api'],
    ['is:failed', 'web-api worker'],
    ['is:error', 'web-api worker'],
    ['is:crashed', 'worker'],
    ['re:s$', 'postgres'],
    ['nothing', ''],
  ];
  for (const [text, names] of cases) {
    const { matches } = parseFilter(text);
    t.is(
      rows
        .filter(matches)
        .map(r => r.name)
        .join(' '),
      names,
      text,
    );
  }
  t.truthy(parseFilter('re:(').problem);
  t.regex(parseFilter('is:bogus').problem ?? '', /^is: failed .* disabled starred marked$/);
  t.is(rows.filter(parseFilter('re:( web').matches).length, 2, 'the rest still filters');
});

function show(rows: readonly ListRow[]): string {
  return rows.map(r => (r.kind === 'group' ? `[${r.isOpen ? '' : '+'}${r.label}]` : r.resource.name)).join(' ');
}

test('groups: by name, unlabeled last, the Tiltfile first, a resource in each of its groups', t => {
  const resources = [row('(Tiltfile)', [], { isTiltfile: true }), row('b', ['z']), row('a', ['k', 'z']), row('c')];
  const none = new Set<string>();
  t.is(show(makeListRows({ resources, collapsed: none })), '(Tiltfile) [k] a [z] b a [unlabeled] c');
  t.is(show(makeListRows({ resources, collapsed: new Set(['z']) })), '(Tiltfile) [k] a [+z] [unlabeled] c');
  t.is(show(makeListRows({ resources, collapsed: new Set(['z']), matches: r => r.name === 'b' })), '[z] b');
  t.is(show(makeListRows({ resources: [row('x'), row('y')], collapsed: none })), 'x y');
});

test('the selection stays with its resource', t => {
  const resources = [row('a', ['k', 'z']), row('b', ['z'])];
  const open = makeListRows({ resources, collapsed: new Set() });
  t.is(keepSelection(open, 'z/b', 0), 4);
  t.is(keepSelection(makeListRows({ resources, collapsed: new Set(['z']) }), 'z/b', 4), 2, 'its closed group');
  t.is(keepSelection(makeListRows({ resources: [row('b', ['new'])], collapsed: new Set() }), 'z/b', 4), 1, 'elsewhere');
  t.is(keepSelection(open, 'gone/x', 9), 4);
  t.is(keepSelection([], 'z/b', 4), 0);
});

test('what is manual says so once', async t => {
  const d = await drive(t, { size: '240x24' });
  d.client.setResource('e2e', { order: 2, updateStatus: 'none', triggerMode: 2 });
  await d.settle();
  const shown = d
    .rows()
    .find(text => text.includes(' e2e '))!
    .split('│')[0]!;
  t.is(shown.match(/manual/g)!.length, 1);
});

test('a reason that is too long loses its last clauses, not half of one', t => {
  const theme = makeTheme([terminalTheme], { ascii: false }).theme;
  const shown = (width: number, state: Partial<ResourceRow>): string => {
    const resource = row('api', [], state);
    const grid = new Grid(width, 1);
    const listRow: ListRow = { kind: 'resource', key: 'api', resource, isIndented: false, mark: 'none' };
    const props = {
      rows: [listRow],
      top: 0,
      selected: -1,
      hasFocus: true,
      nowMs: 0,
      spinnerPhase: 0,
      usage: undefined,
    };
    paintList(grid, { x: 0, y: 0, width, height: 1 }, { ...props, emptyText: '' }, theme);
    return dumpGrid(grid).text.trim();
  };
  const again = { role: 'starting', word: 'started again', reason: 'after exit 1, 2nd time' } as const;
  t.regex(shown(60, again), /started again: after exit 1, 2nd time$/);
  t.regex(shown(45, again), /started again: after exit 1$/);
  const loop = { role: 'crashed', word: 'crash loop', reason: 'exit 1, 10th time' } as const;
  t.regex(shown(40, loop), /crash loop: exit 1$/);
  t.regex(shown(30, loop), /[^:] exit 1$/);
});

test('numbers in names are ordered as numbers', t => {
  const rows = makeListRows({
    resources: [row('shard-10', ['b-10']), row('shard-9', ['b-9']), row('Api', ['b-9'])],
    collapsed: new Set(),
    sort: 'name',
  });
  t.is(
    show(rows)
      .replace(/\s+/g, ' ')
      .match(/b-9|b-10|shard-\d+|Api/g)!
      .join(' '),
    'b-9 Api shard-9 b-10 shard-10',
  );
});
