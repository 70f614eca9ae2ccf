import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { sha256Hex } from '../../src/base/sha256.ts';
import { Builtin, universe, type Value } from '../../src/starlark/index.ts';
import { tiltfileNames } from '../../src/tiltfile/builtin-table.ts';
import { declaredParameters } from '../../src/tiltfile/define-builtin.ts';
import * as deployments from '../../src/tiltfile/deployments.ts';
import { Loader } from '../../src/tiltfile/loader.ts';
import { entryText, languageEntries, referenceEntries, referencePage } from '../../src/tiltfile/reference.ts';
import { TiltModule } from '../../src/tiltfile/tilt-module.ts';

/** Every name of a Tiltfile with its value, members of modules by their whole name. */
function allNames(): Map<string, Value> {
  const loader = new Loader(() => ({}), []);
  const request = {
    name: '(Tiltfile)',
    path: '/p/Tiltfile',
    args: [],
    subcommand: 'up',
    argv: [],
    executable: '/tilt',
    kubeContext: '',
    kubeNamespace: '',
    webHost: 'localhost',
    webPort: 10350,
  };
  const names = tiltfileNames({
    request,
    env: {},
    loader: () => loader,
    prepared: { deployments, kube: undefined, isLong: false, sha256Hex },
  });
  const found = new Map<string, Value>();
  const add = (name: string, value: Value): void => {
    if (!(value instanceof TiltModule)) found.set(name, value);
    else for (const member of value.attrNames()) add(`${name}.${member}`, value.attr(member)!);
  };
  for (const [name, value] of Object.entries(names)) add(name, value);
  return found;
}

test('the reference has every name of a Tiltfile, and no other', t => {
  const known = referenceEntries().map(entry => entry.name);
  t.deepEqual(known.sort(), [...allNames().keys()].sort());
});

test('the language has every universal name, and load', t => {
  const known = languageEntries().map(entry => entry.name);
  t.deepEqual(known.sort(), [...universe().keys(), 'load'].sort());
  const print = languageEntries().find(entry => entry.name === 'print')!;
  t.is(entryText(print), 'def print(*args: Any, sep: str = " ") -> None:\n    """Logs the values in one line."""');
});

test('the reference has the parameters of every builtin, in order, and says which may be left out', t => {
  const names = allNames();
  let compared = 0;
  for (const entry of referenceEntries()) {
    const value = names.get(entry.name)!;
    t.is(entry.parameters !== undefined, value instanceof Builtin, entry.name);
    const declared = value instanceof Builtin ? declaredParameters(value) : undefined;
    if (!declared) continue;
    compared++;
    // Behind the first that may be left out all may be.
    let isOptional = false;
    const expected = declared.map(parameter => {
      if (parameter === '*') return '*';
      isOptional ||= parameter.optional === true || parameter.noneIsUnset === true || 'default' in parameter;
      return `${parameter.name}${isOptional ? '=' : ''}`;
    });
    const shown = entry.parameters!.map(({ name, fallback }) => `${name}${fallback === undefined ? '' : '='}`);
    t.deepEqual(shown, expected, entry.name);
  }
  t.true(compared > 100);
});

test('api/tiltfile.pyi is current: node scripts/tiltfile-reference.mjs writes it', t => {
  // The tests run at the top of the project.
  t.is(fs.readFileSync(path.resolve('api/tiltfile.pyi'), 'utf8'), referencePage());
});

test('an entry is written as Python stubs are', t => {
  const text = (name: string): string => entryText(referenceEntries().find(entry => entry.name === name)!);
  t.is(
    text('link'),
    'def link(url: str, name: str = "") -> link:\n    """A link of a resource with the text to show."""',
  );
  t.is(text('config.main_dir'), 'config.main_dir: str  # Its folder.');
  t.true(text('docker_build').startsWith('def docker_build(\n    ref: str,\n    context: str,\n'));
  t.true(text('v1alpha1.forward').includes('local_port: int = 0'));
});
