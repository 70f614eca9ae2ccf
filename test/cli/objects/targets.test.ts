import test from 'ava';
import { parseTargets } from '../../../src/cli/objects/targets.ts';

const shown = (words: readonly string[]): readonly string[] =>
  parseTargets('get', words, false).map(({ info, name }) =>
    name === undefined ? info.plural : `${info.plural}/${name}`,
  );

test('types and names in every form', t => {
  t.deepEqual(shown(['kapp']), ['kubernetesapplys']);
  t.deepEqual(shown(['UIResource', 'a', 'b']), ['uiresources/a', 'uiresources/b']);
  t.deepEqual(shown(['cmd,cm']), ['cmds', 'configmaps']);
  t.deepEqual(shown(['cmd,cm', 'x']), ['cmds/x', 'configmaps/x']);
  t.deepEqual(shown(['cmd/a:update', 'fw.v1alpha1.tilt.dev/b']), ['cmds/a:update', 'filewatches/b']);
});

const mistakes: readonly [words: string, message: RegExp][] = [
  ['uir', /^error: the server doesn't have a resource type "uir"$/],
  ['cmd.foo.dev', /^error: the server doesn't have a resource type "cmd"$/],
  ['cmd/a uiresource', /there is no need to specify a resource type as a separate argument/],
  ['cmd/', /arguments in resource\/name form must have a single resource and name/],
  [',', /You must provide one or more resources/],
];

for (const [words, message] of mistakes) {
  test(`refused: ${words}`, t => {
    t.throws(() => shown(words.split(' ')), { name: 'ObjectFailure', message });
  });
}

test('a name beside a selector', t => {
  t.throws(() => parseTargets('get', ['cmd', 'x'], true), {
    message: 'error: name cannot be provided when a selector is specified',
  });
});
