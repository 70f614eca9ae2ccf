import test from 'ava';
import { columnsOf } from '../../src/api/columns.ts';
import { decodeGiven, decodeObject, durationProblem, strictError } from '../../src/api/decode.ts';
import { describedFields, describeField } from '../../src/api/field-docs.ts';
import { fnv32aHex, nameProblems, sanitizeLabel, sanitizeName } from '../../src/api/identifiers.ts';
import type { Kind } from '../../src/api/kinds.ts';
import { type FieldType, fieldsOf, fieldsOfKind, typeNames } from '../../src/api/schema.ts';
import { findKind, kindOfPlural, kindTable, servedKinds } from '../../src/api/scheme.ts';
import { parseFieldSelector, parseLabelSelector } from '../../src/api/selectors.ts';
import { StatusError } from '../../src/api/status-error.ts';
import { applyDefaults, contentProblems } from '../../src/api/validation.ts';

test('there are 22 served kinds and 3 that stay in the store', t => {
  t.is(servedKinds.length, 22);
  t.deepEqual(
    kindTable.filter(k => !k.isServed).map(k => k.kind),
    ['Manifest', 'BuildState', 'TriggerQueue'],
  );
  t.is(new Set(servedKinds.flatMap(k => [k.plural, k.singular, ...k.shortNames])).size, 22 * 2 + 15);
  t.deepEqual(
    servedKinds.filter(k => !k.hasStatus).map(k => k.kind),
    ['ConfigMap'],
  );
});

test('a kind is found by every word people use', t => {
  for (const [word, kind] of [
    ['kapp', 'KubernetesApply'],
    ['KA', 'KubernetesApply'],
    ['uiresource', 'UIResource'],
    ['UIResources', 'UIResource'],
    ['uiresources.tilt.dev', 'UIResource'],
    ['cmds.v1alpha1.tilt.dev', 'Cmd'],
    ['extrepo', 'ExtensionRepo'],
  ] as const)
    t.is(findKind(word)?.kind, kind, word);
  t.is(findKind('manifests'), undefined);
  t.is(findKind('pods'), undefined);
  t.is(kindOfPlural('cm'), undefined);
});

test('every kind has fields, and every type that a field names exists', t => {
  const check = (type: FieldType, path: string): void => {
    if (type.is === 'struct') t.notThrows(() => fieldsOf(type.name), path);
    else if (type.is !== 'scalar') check(type.of, path);
  };
  for (const name of typeNames()) for (const [field, { type }] of fieldsOf(name)) check(type, `${name}.${field}`);
  for (const { kind, hasStatus } of servedKinds) {
    t.is(fieldsOfKind(kind).has('status'), hasStatus, kind);
    t.true(fieldsOfKind(kind).has('metadata'), kind);
  }
});

test('descriptions are of fields that exist, and every field of a spec of local work has one', t => {
  for (const path of describedFields) {
    const [type, field] = path.split('.') as [string, string];
    t.true(typeNames().includes(type) && fieldsOf(type).has(field), path);
  }
  for (const type of [
    'CmdSpec',
    'CmdStatus',
    'FileWatchSpec',
    'TiltfileSpec',
    'UIResourceStatus',
    'UIButtonSpec',
    'Probe',
  ])
    for (const field of fieldsOf(type).keys()) t.truthy(describeField(type, field), `${type}.${field}`);
});

test('long and forbidden names are made to fit', t => {
  t.is(fnv32aHex(''), '811c9dc5');
  t.is(fnv32aHex('a'), 'e40c292c');
  t.is(fnv32aHex('foobar'), 'bf9cf968');
  t.is(sanitizeName('a/b%c'), 'a_b_c');
  t.is(sanitizeName('..'), '__');
  const long = 'x'.repeat(300);
  t.is(sanitizeName(long), `${'x'.repeat(244)}-${fnv32aHex(long)}`);
  t.deepEqual(nameProblems(sanitizeName(long)), []);
  t.is(sanitizeLabel('a b/c:d'), 'a_b_c_d');
  t.is(sanitizeLabel('é'), '_');
  t.is(sanitizeLabel('y'.repeat(64)), `${'y'.repeat(54)}-${fnv32aHex('y'.repeat(64))}`);
  t.true(Buffer.byteLength(sanitizeName('é'.repeat(200))) <= 253);
});

test('decoding copies known fields, names the others, and keeps no foreign prototype', t => {
  const raw = JSON.parse(
    '{"__proto__":{"x":1},"metadata":{"name":"a","labels":{"__proto__":"l"}},"spec":{"args":["x",null],"argsx":1,"readinessProbe":{"exec":{"command":["t"],"cmd":1}},"dir":null}}',
  );
  const { object, warnings } = decodeObject('Cmd', raw);
  t.deepEqual(warnings, [
    'unknown field "__proto__"',
    'unknown field "spec.argsx"',
    'unknown field "spec.readinessProbe.exec.cmd"',
  ]);
  t.deepEqual(object.spec, { args: ['x', ''], readinessProbe: { exec: { command: ['t'] } } });
  t.is(Object.getPrototypeOf(object), Object.prototype);
  t.is(Object.getPrototypeOf(object.metadata.labels), Object.prototype);
  t.deepEqual(Object.entries(object.metadata.labels!), [['__proto__', 'l']]);
  t.is(
    strictError('Cmd', [warnings[1]!]).message,
    'Cmd in version "v1alpha1" cannot be handled as a Cmd: strict decoding error: unknown field "spec.argsx"',
  );
});

for (const [kind, spec, why] of [
  ['Cmd', { args: 'true' }, 'json: cannot unmarshal string into Go struct field CmdSpec.spec.args of type []string'],
  ['Cmd', { args: [1] }, 'json: cannot unmarshal number into Go struct field CmdSpec.spec.args of type string'],
  [
    'PortForward',
    { forwards: [{ containerPort: 1.5 }] },
    'json: cannot unmarshal number 1.5 into Go struct field Forward.spec.forwards.containerPort of type int32',
  ],
  ['KubernetesApply', { timeout: '5' }, 'time: missing unit in duration "5"'],
  ['Cmd', { startOn: { startAfter: 'soon' } }, /^parsing time "soon"/],
] as const) {
  test(`a wrong type is refused: ${kind} ${JSON.stringify(spec)}`, t => {
    const error = t.throws(() => decodeObject(kind, { metadata: { name: 'a' }, spec }), { instanceOf: StatusError });
    const prefix = `${kind} in version "v1alpha1" cannot be handled as a ${kind}: `;
    t.is(error?.code, 400);
    t.true(error?.message.startsWith(prefix));
    if (typeof why === 'string') t.is(error?.message.slice(prefix.length), why);
    else t.regex(error!.message.slice(prefix.length), why);
  });
}

test('another kind or version is refused', t => {
  t.throws(() => decodeObject('Cmd', { kind: 'FileWatch' }), { message: /unknown conversion$/ });
  t.throws(() => decodeObject('Cmd', { apiVersion: 'v1' }), { message: /\(v1\) does not match/ });
  t.throws(() => decodeObject('Cmd', []), { instanceOf: StatusError });
});

test('times keep microseconds and come in UTC', t => {
  const at = (lastClickedAt: string) =>
    decodeObject('UIButton', { metadata: { name: 'b' }, status: { lastClickedAt } }).object.status?.lastClickedAt;
  t.is(at('2026-01-02T03:04:05.123456Z'), '2026-01-02T03:04:05.123456Z');
  t.is(at('2026-01-02T03:04:05.5+01:00'), '2026-01-02T02:04:05.500000Z');
  for (const good of ['30s', '1h2m', '0', '1.5s', '-3ms']) t.is(durationProblem(good), undefined, good);
  for (const bad of ['', 'x', '5', '5 s']) t.truthy(durationProblem(bad), bad);
});

const validationCases: readonly (readonly [Kind, Record<string, unknown>, readonly string[]])[] = [
  ['Cmd', {}, []],
  ['FileWatch', {}, ['spec.watchedPaths: Required value: cannot be an empty list']],
  ['FileWatch', { watchedPaths: ['/a'] }, []],
  [
    'PortForward',
    {},
    [
      'spec.podName: Required value: PodName cannot be empty',
      'spec.forwards: Required value: At least one Forward is required',
    ],
  ],
  [
    'PortForward',
    {
      podName: 'p',
      forwards: [
        { containerPort: 99999, localPort: 1 },
        { containerPort: 1, localPort: 1 },
        { localPort: -1 },
        { containerPort: 5 },
        { containerPort: 5 },
      ],
    },
    [
      'spec.forwards[0].containerPort: Invalid value: 99999: ContainerPort must be in the range (0, 65535]',
      'spec.forwards[1].localPort: Duplicate value: "Cannot bind more than one forward to same LocalPort"',
      'spec.forwards[2].localPort: Invalid value: -1: LocalPort must be in the range [0, 65535]',
      'spec.forwards[2].containerPort: Invalid value: 0: ContainerPort must be in the range (0, 65535]',
    ],
  ],
  ['KubernetesApply', {}, ['spec.yaml: Required value: must specify exactly ONE of .spec.yaml or .spec.applyCmd']],
  ['KubernetesApply', { applyCmd: { args: [] } }, ['spec.applyCmd.args: Required value: args cannot be empty']],
  [
    'KubernetesDiscovery',
    { watches: [{ name: 'x' }] },
    ['spec.watches[0]: Required value: Namespace must be provided'],
  ],
  ['LiveUpdate', {}, ['spec.syncs: Invalid value: null: must contain at least 1 sync or 1 exec to run on live update']],
  [
    'ToggleButton',
    { stateSource: { configMap: { name: 'a', key: 'b', onValue: 'x', offValue: 'x' } } },
    [
      'Spec.StateSource.ConfigMap: Invalid value: {"name":"a","key":"b","onValue":"x","offValue":"x"}: OnValue and OffValue must differ',
    ],
  ],
  [
    'UIButton',
    {
      text: 't',
      location: { componentID: 'a', componentType: 'Global' },
      iconSVG: 'x',
      inputs: [{ name: 'c', choice: {} }],
    },
    [
      'spec.iconSVG: Invalid value: "x": Invalid <svg> element',
      'spec: Invalid value: {"name":"c","choice":{}}: must specify choices if input type is choice',
    ],
  ],
  ['ExtensionRepo', { url: 'git@x' }, ['spec.url: Invalid value: "git@x": URLs must start with http(s):// or file://']],
  [
    'Session',
    {},
    ['tiltfilePath: Required value: cannot be empty', 'exitCondition: Invalid value: "": valid values: manual, ci'],
  ],
  ['Cluster', { defaultRegistry: {} }, ['.spec.defaultRegistry.host: Required value']],
];
for (const [kind, spec, wanted] of validationCases) {
  test(`${kind} ${JSON.stringify(spec).slice(0, 60)} has ${wanted.length} problems`, t => {
    t.deepEqual(
      contentProblems(kind, { spec }).map(c => `${c.field}: ${c.message}`),
      wanted,
    );
  });
}

test('kinds around a cluster belong to the cluster default unless they say otherwise', t => {
  t.deepEqual(applyDefaults('PodLogStream', {}), { spec: { cluster: 'default' } });
  const named = { spec: { cluster: 'mine' } };
  t.is(applyDefaults('PortForward', named), named);
  const other = { spec: {} };
  t.is(applyDefaults('Cmd', other), other);
});

const labels = { a: '1', 'x.y/b': 'two', n: '5' };
for (const [selector, wanted] of [
  ['', true],
  ['a', true],
  ['!a', false],
  ['a=1', true],
  ['a == 1', true],
  ['a!=1', false],
  ['zz!=1', true],
  ['a in (1,2)', true],
  ['a notin (1, 2)', false],
  ['zz notin (1)', true],
  ['x.y/b=two,a', true],
  ['a=1,!zz,n>4', true],
  ['n<5', false],
  ['zz=', false],
] as const) {
  test(`label selector ${JSON.stringify(selector)}`, t => {
    const object = { apiVersion: '', kind: 'Cmd', metadata: { name: 'o', labels } };
    t.is(parseLabelSelector(selector)(object), wanted);
  });
}

for (const [selector, message] of [
  ['a===b', `unable to parse requirement: found '=', expected: identifier`],
  ['a=b c', /found 'c', expected: ',' or 'end of string'/],
  ['a in b', /expected: '\('/],
  ['=a', /expected: identifier/],
  ['-a=b', /name part must consist/],
] as const) {
  test(`label selector ${JSON.stringify(selector)} is refused`, t => {
    t.throws(() => parseLabelSelector(selector), { instanceOf: StatusError, message });
  });
}

test('field selectors know the name and nothing else', t => {
  const object = { apiVersion: '', kind: 'Cmd', metadata: { name: 'o' } };
  t.true(parseFieldSelector('metadata.name=o,metadata.namespace=')(object));
  t.false(parseFieldSelector('metadata.name!=o')(object));
  t.throws(() => parseFieldSelector('spec.x=1'), {
    message: '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
  });
});

test('tables show name and creation; the rest only when wide', t => {
  for (const { kind } of servedKinds) {
    const columns = columnsOf(kind);
    t.deepEqual(
      columns.filter(c => c.priority === 0).map(c => c.name),
      ['Name', 'Created At'],
      kind,
    );
    const bare = { apiVersion: '', kind, metadata: { name: 'x' } };
    for (const column of columns) t.notThrows(() => column.cell(bare), `${kind} ${column.name}`);
  }
});

test('what Go writes although nobody gave it is there, of parts too', t => {
  const forward = decodeObject('PortForward', { spec: { podName: 'p', forwards: [{ containerPort: 80 }] } });
  t.deepEqual(forward.object.spec?.forwards, [{ containerPort: 80, host: '' }]);
  const apply = decodeObject('KubernetesApply', { spec: { applyCmd: { args: ['a'] } } });
  t.deepEqual(apply.object.spec, { applyCmd: { args: ['a'], dir: '', env: null }, timeout: '0s' });
  t.deepEqual(decodeGiven('KubernetesApply', { spec: { yaml: 'a' } }).object.spec, { yaml: 'a' });
});
