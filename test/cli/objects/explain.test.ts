import test from 'ava';
import { servedKinds } from '../../../src/api/scheme.ts';
import { explain as explainTo } from '../../../src/cli/objects/explain.ts';

function explain(words: string, isRecursive: boolean): string {
  const parts: string[] = [];
  explainTo(words, isRecursive, text => parts.push(text));
  return parts.join('');
}

test('a kind: what it is for, and its fields', t => {
  const text = explain('cmd', false);
  t.regex(text, /^GROUP: {6}tilt\.dev\nKIND: {7}Cmd\nVERSION: {4}v1alpha1\n\nDESCRIPTION:\n {4}A command /);
  t.regex(text, /\n {2}spec\t<CmdSpec>\n {4}What is wanted\.\n/);
});

test('a field, by any name of the kind', t => {
  const text = explain('Cmd.spec.readinessProbe', true);
  t.regex(text, /\nFIELD: readinessProbe <Probe>\n/);
  t.regex(
    text,
    /\n {2}httpGet\t<HTTPGetAction>\n {4}host\t<string>\n {4}httpHeaders\t<\[\]HTTPHeader>\n {6}name\t<string> -required-\n/,
  );
});

test('every kind is explained down to its last field', t => {
  for (const { plural } of servedKinds) t.regex(explain(plural, true), /\nFIELDS:\n/);
});

test('what is not there', t => {
  t.throws(() => explain('foo', false), { message: `the server doesn't have a resource type "foo"` });
  const printed: string[] = [];
  t.throws(() => explainTo('cmd.spec.arg', false, text => printed.push(text)), {
    message: 'error: field "arg" does not exist; did you mean "args"?',
  });
  t.regex(printed.join(''), /^GROUP: .*\nKIND: .*\nVERSION: .*\n\n$/);
});
