import test from 'ava';
import { describeObject, fieldTitle } from '../../../src/cli/objects/describe.ts';

const titles: readonly [field: string, title: string][] = [
  ['creationTimestamp', 'Creation Timestamp'],
  ['uid', 'UID'],
  ['spanID', 'Span ID'],
  ['resultYAML', 'Result YAML'],
  ['apiVersion', 'API Version'],
  ['httpGet', 'Http Get'],
  ['iconSVG', 'Icon SVG'],
  ['k8sResourceInfo', 'k8sResourceInfo'],
  ['id', 'Id'],
];

for (const [field, title] of titles) {
  test(`${field} is shown as ${title}`, t => {
    t.is(fieldTitle(field), title);
  });
}

test('an object in words', t => {
  const text = describeObject({
    apiVersion: 'tilt.dev/v1alpha1',
    kind: 'Cmd',
    metadata: {
      name: 'x',
      labels: { b: '2', a: '1' },
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': 'left out',
        note: 'one\ntwo\n',
        short: 's',
      },
      managedFields: [{ manager: 'left out' }],
      uid: 'u',
    },
    spec: { args: ['sh', '-c'], list: [{ k: 'v', deep: { a: null } }], empty: {} },
  });
  t.is(
    text,
    [
      'Name:         x',
      'Namespace:    ',
      'Labels:       a=1',
      '              b=2',
      'Annotations:  note:',
      '                one',
      '                two',
      '              short: s',
      'API Version:  tilt.dev/v1alpha1',
      'Kind:         Cmd',
      'Metadata:',
      '  UID:  u',
      'Spec:',
      '  Args:',
      '    sh',
      '    -c',
      '  Empty:',
      '  List:',
      '    Deep:',
      '      A:  <nil>',
      '    K:    v',
      '',
    ].join('\n'),
  );
});
