// The words of builds, durations and probes.
import test from 'ava';
import { buildReason } from '../../src/api/kinds-internal.ts';
import { formatGoDuration, goDurationProblem, parseGoDuration } from '../../src/base/go-duration.ts';
import { buildReasonLine } from '../../src/engine/build-reason.ts';
import { disablement } from '../../src/engine/disable-status.ts';
import { afterProbe, unknownProbe } from '../../src/engine/probe-policy.ts';

const many = ['/p/1', '/p/2', '/p/3', '/p/4', '/p/5', '/p/6'];
const lines: readonly [reasons: number, files: readonly string[], line: string][] = [
  [buildReason.init, [], 'Initial Build'],
  [buildReason.init | buildReason.triggerCli, [], 'Initial Build'],
  [buildReason.changedFiles, ['/p/dep.txt'], '1 File Changed: [dep.txt]'],
  [buildReason.changedFiles, ['/p/a', '/q/b'], '2 Files Changed: [a /q/b]'],
  [buildReason.changedFiles, many, '6 Files Changed: [1 2 3 4 5 ...]'],
  [buildReason.config, ['/p/Tiltfile'], '1 File Changed: [Tiltfile]'],
  [buildReason.config, [], 'Config Changed'],
  [buildReason.triggerCli, [], 'CLI Trigger'],
  [buildReason.triggerWeb, [], 'Web Trigger'],
  [buildReason.triggerHud, [], 'HUD Trigger'],
  [buildReason.tiltfileArgs, [], 'Tilt Args'],
  [buildReason.changedDeps, [], 'Dependency Updated'],
  [buildReason.changedFiles | buildReason.triggerCli, ['/p/a'], '1 File Changed: [a] | CLI Trigger'],
];
for (const [reasons, files, line] of lines)
  test(`reason ${reasons} ${files.length}: ${line}`, t => t.is(buildReasonLine(reasons, files, '/p'), line));

const durations: readonly [text: string, ms: number, shown: string][] = [
  ['30m', 1_800_000, '30m0s'],
  ['1.5h', 5_400_000, '1h30m0s'],
  ['300ms', 300, '300ms'],
  ['2s', 2000, '2s'],
  ['1s500ms', 1500, '1.5s'],
  ['0', 0, '0s'],
  ['-2s', -2000, '-2s'],
  ['1us', 0.001, '1µs'],
];
for (const [text, ms, shown] of durations) {
  test(`duration ${text}`, t => {
    t.is(parseGoDuration(text), ms);
    t.is(formatGoDuration(ms), shown);
  });
}
for (const text of ['', '5', 'abc', '1 s', '1x', '--1s'])
  test(`no duration: ${text}`, t => t.is(parseGoDuration(text), undefined));

test('a probe changes its mind after a row of equal answers', t => {
  const thresholds = { success: 2, failure: 3 };
  let state = unknownProbe;
  const seen: string[] = [];
  for (const result of [
    'success',
    'success',
    'failure',
    'failure',
    'success',
    'failure',
    'failure',
    'failure',
  ] as const) {
    state = afterProbe(state, result, thresholds);
    seen.push(state.status);
  }
  t.deepEqual(seen, ['unknown', 'success', 'success', 'success', 'success', 'success', 'success', 'failure']);
});

const map = (name: string, value?: string) => ({
  apiVersion: 'v',
  kind: 'ConfigMap',
  metadata: { name },
  data: value === undefined ? {} : { k: value },
});
const maps: Record<string, ReturnType<typeof map>> = {
  on: map('on', 'false'),
  off: map('off', 'true'),
  odd: map('odd', 'maybe'),
  bare: map('bare'),
};
const one = (name: string) => ({ configMap: { name, key: 'k' } });
const every = (...names: string[]) => ({ everyConfigMap: names.map(name => ({ name, key: 'k' })) });
const sources = [
  [undefined, 'Enabled'],
  [one('on'), 'Enabled'],
  [one('off'), 'Disabled'],
  [one('odd'), 'Error'],
  [one('bare'), 'Error'],
  [one('missing'), 'Pending'],
  [every('off', 'on'), 'Enabled'],
  [every('off', 'off'), 'Disabled'],
  [every('off', 'missing'), 'Pending'],
] as const;
for (const [i, [source, state]] of sources.entries()) {
  test(`disable source ${i}: ${state}`, t => t.is(disablement(source, name => maps[name] as never).state, state));
}

test("what is wrong with a duration is said in Go's words", t => {
  t.is(goDurationProblem('1'), 'time: missing unit in duration "1"');
  t.is(goDurationProblem('1h30'), 'time: missing unit in duration "1h30"');
  t.is(goDurationProblem('5x'), 'time: unknown unit "x" in duration "5x"');
  t.is(goDurationProblem('x'), 'time: invalid duration "x"');
  t.is(goDurationProblem(''), 'time: invalid duration ""');
});
