// Keymaps: presets load, layers merge, mistakes are named, and no default key is one that terminals or tmux take.
import test from 'ava';
import { commandNames } from '../../src/tui/command-names.ts';
import { commandOf, commands } from '../../src/tui/commands.ts';
import { keyContexts, makeKeymap, showKeys } from '../../src/tui/keymap.ts';
import { defaultKeymapData, keymapNames, loadKeymap } from '../../src/tui/keymap-data.ts';

for (const name of keymapNames) {
  test(`keymap ${name} has no mistakes and leaves no important command without a key`, async t => {
    const { keymap, diagnostics } = makeKeymap([{ data: defaultKeymapData }, { data: await loadKeymap(name) }]);
    t.deepEqual(diagnostics, []);
    for (const command of commands) {
      if (!command.section || ['stop-build', 'enable', 'disable'].includes(command.name)) continue;
      t.true(keymap.keysOf(command.name, ['everywhere', 'list', 'log']).length > 0, command.name);
    }
  });
}

test('every command has a name of its own and is in the table', t => {
  for (const name of commandNames) t.is(commandOf(name).name, name);
  t.is(new Set(commands.map(command => command.name)).size, commandNames.length);
});

test('the default keymap takes no key that is fired by accident', t => {
  const { keymap } = makeKeymap([{ data: defaultKeymapData }]);
  const taken = ['ctrl-a', 'ctrl-b', 'ctrl-s', 'ctrl-q', 'ctrl-space', 'ctrl-h', 'ctrl-j', 'ctrl-k'];
  for (const key of taken) t.is(keymap.match(keyContexts, [key]).kind, 'none', key);
});

test('what destroys is not on the key that opens the prompt, nor on Enter', t => {
  const { keymap } = makeKeymap([{ data: defaultKeymapData }]);
  const openers = [...keymap.keysOf('quit', keyContexts), ...keymap.keysOf('more', ['everywhere'])];
  const inPrompt = (['exit-disable', 'exit-down'] as const).flatMap(name => keymap.keysOf(name, ['exit']));
  t.false(inPrompt.some(key => keymap.keysOf('quit', keyContexts).includes(key) || key === 'enter'));
  t.false(keymap.keysOf('disable', ['menu']).some(key => openers.includes(key) || key === 'enter'));
});

test('a later layer takes keys, says all keys of a command, and can take them away', t => {
  const { keymap, diagnostics } = makeKeymap([
    { data: defaultKeymapData },
    { data: { everywhere: { trigger: ['ctrl-r', 'q'], zoom: [] } } },
  ]);
  t.deepEqual(diagnostics, []);
  t.deepEqual(keymap.match(['list', 'everywhere'], ['q']), { kind: 'command', command: 'trigger' });
  t.deepEqual(keymap.match(['list', 'everywhere'], ['r']), { kind: 'none' });
  t.deepEqual(keymap.match(['list', 'everywhere'], ['z']), { kind: 'none' });
  t.deepEqual(keymap.keysOf('quit', keyContexts), []);
});

test('a key for everywhere is taken from the panes that a layer below gave it to, not from its own', t => {
  const { keymap, diagnostics } = makeKeymap([
    { data: defaultKeymapData },
    { data: { log: { up: ['k'] }, everywhere: { trigger: ['j', 'k'] } } },
  ]);
  t.deepEqual(diagnostics, []);
  t.deepEqual(keymap.match(['list', 'everywhere'], ['j']), { kind: 'command', command: 'trigger' });
  t.deepEqual(keymap.match(['list', 'everywhere'], ['down']), { kind: 'command', command: 'down' });
  t.deepEqual(keymap.match(['log', 'everywhere'], ['k']), { kind: 'command', command: 'up' });
});

test('a way out stays: interrupt cannot lose its last key', t => {
  for (const everywhere of [{ quit: [], interrupt: [] }, { trigger: ['ctrl-c'] }]) {
    const { keymap, diagnostics } = makeKeymap([{ data: defaultKeymapData }, { data: { everywhere } }]);
    t.regex(diagnostics.map(d => d.text).join(), /'interrupt' needs a key of its own.*keeps 'ctrl-c'/);
    t.deepEqual(keymap.match(['list', 'everywhere'], ['ctrl-c']), { kind: 'command', command: 'interrupt' });
  }
  const { keymap, diagnostics } = makeKeymap([
    { data: defaultKeymapData },
    { data: { everywhere: { interrupt: ['ctrl-x'] } } },
  ]);
  t.deepEqual(diagnostics, []);
  t.deepEqual(keymap.match(['list', 'everywhere'], ['ctrl-x']), { kind: 'command', command: 'interrupt' });
});

test('chords wait for their next key', t => {
  const { keymap } = makeKeymap([{ data: { list: { top: ['g g'] }, everywhere: { quit: ['q'] } } }]);
  t.deepEqual(keymap.match(['list', 'everywhere'], ['g']), { kind: 'pending' });
  t.deepEqual(keymap.match(['list', 'everywhere'], ['g', 'g']), { kind: 'command', command: 'top' });
  t.deepEqual(keymap.match(['list', 'everywhere'], ['g', 'q']), { kind: 'none' });
});

const mistakes: [what: string, data: unknown, says: RegExp][] = [
  ['unknown command', { list: { dwn: ['j'] } }, /unknown command 'dwn'.*did you mean 'down'/s],
  ['unknown context', { lst: {} }, /unknown part of the screen 'lst'.*did you mean 'list'/s],
  ['no key', { list: { down: ['ctrl-doesnotexist'] } }, /list\.down\.0: .*is no key/s],
  ['a conflict names both', { list: { down: ['j'], up: ['j'] } }, /'j' is claimed by 'down' and by 'up'/],
  ['a beginning', { list: { top: ['g g'], bottom: ['g'] } }, /'g' of 'bottom' and 'g g' of 'top' begin alike/],
  ['no object', ['j'], /expected/],
];
for (const [what, data, says] of mistakes) {
  test(`mistake: ${what}`, t => {
    const { diagnostics } = makeKeymap([{ data: defaultKeymapData }, { data }]);
    t.is(diagnostics.length, 1);
    t.regex(`${diagnostics[0]!.text} ${diagnostics[0]!.hint ?? ''}`, says);
  });
}

test('a mistake in a file has its place', t => {
  const placeOf = () => ({ file: 'keys.json', line: 3, column: 5 });
  const { diagnostics } = makeKeymap([{ data: { list: { nope: [] } }, placeOf }]);
  t.deepEqual(diagnostics[0]?.at, placeOf());
});

test('keys as people read them', t => {
  t.is(showKeys('pagedown', false), 'pgdn');
  t.is(showKeys('g up', false), 'g ↑');
  t.is(showKeys('up', true), 'up');
});
