// The person's keymap and theme: by name, by file, built on each other, and what is said when they are wrong.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readScreenSettings, settingsNotice } from '../../src/cli/screen-settings.ts';

function read(t: ExecutionContext, files: Readonly<Record<string, string>>, isColorless = false) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-settings-'));
  t.teardown(() => fs.rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(directory, name), text);
  return readScreenSettings({ configDirectory: directory, unicode: true, isColorless });
}

test('nothing configured: the defaults, and nothing to say', async t => {
  const { keymap, theme, ascii, problems } = await read(t, {});
  t.deepEqual(problems, []);
  t.is(theme.name, 'terminal');
  t.false(ascii);
  t.deepEqual(keymap.match(['list', 'everywhere'], ['r']), { kind: 'command', command: 'trigger' });
});

test('without colours the theme is the one made for that', async t => {
  t.is((await read(t, {}, true)).theme.name, 'mono');
});

test('a preset by name, an own file on top of one', async t => {
  const named = await read(t, { 'config.jsonc': '{ "keymap": "vim", "theme": "dracula", "ascii": true }' });
  t.deepEqual(named.keymap.match(['list'], ['g', 'g']), { kind: 'command', command: 'top' });
  t.is(named.theme.name, 'dracula');
  t.true(named.ascii);
  const own = await read(t, {
    'config.jsonc': '{ "keymap": "keys.jsonc", "theme": "look.jsonc" }',
    'keys.jsonc': '{ "extends": "vim", /* mine */ "everywhere": { "trigger": ["t"] } }',
    'look.jsonc': '{ "name": "mine", "inherits": "gruvbox", "ui": { "key": "red" } }',
  });
  t.deepEqual(own.problems, []);
  t.deepEqual(own.keymap.match(['list'], ['g', 'g']), { kind: 'command', command: 'top' });
  t.deepEqual(own.keymap.match(['everywhere'], ['t']), { kind: 'command', command: 'trigger' });
  t.is(own.theme.name, 'mine');
  t.is(own.theme.ui.key.fg, 1);
});

test('mistakes have file, line and a hint, and the screen still has its keys', async t => {
  const { keymap, theme, problems } = await read(t, {
    'config.jsonc': '{ "keymap": "keys.jsonc", "theme": "nice" }',
    'keys.jsonc': '{\n  "everywhere": {\n    "triger": ["t"]\n  }\n}',
  });
  t.is(problems.length, 2);
  t.true(problems.some(text => /keys\.jsonc:3:\d+: unknown command 'triger'[\s\S]*did you mean 'trigger'/.test(text)));
  t.true(problems.some(text => /there is no theme 'nice'/.test(text)));
  t.deepEqual(keymap.match(['everywhere'], ['r']), { kind: 'command', command: 'trigger' });
  t.is(theme.name, 'terminal');
});

test('files that build on each other end', async t => {
  const { keymap } = await read(t, {
    'config.jsonc': '{ "keymap": "a.jsonc" }',
    'a.jsonc': '{ "extends": "b.jsonc" }',
    'b.jsonc': '{ "extends": "a.jsonc" }',
  });
  t.deepEqual(keymap.match(['everywhere'], ['q']), { kind: 'command', command: 'quit' });
});

test('the notice says how many mistakes there are and where they are in full', async t => {
  t.is(settingsNotice(await read(t, {})), undefined);
  const one = await read(t, { 'config.jsonc': '{ "theme": "nope" }' });
  t.regex(settingsNotice(one)!, /^A mistake in the settings \(0: in the log\): there is no theme 'nope'/);
  const two = await read(t, { 'config.jsonc': '{ "theme": "nope", "keymap": "neither" }' });
  t.regex(settingsNotice(two)!, /^2 mistakes in the settings \(0: in the log\): there is no keymap 'neither'/);
});
