import test from 'ava';
import { ChordTrie, parseChord } from '../../src/terminal/key-chords.ts';
import { parseKey } from '../../src/terminal/key-names.ts';

const names: readonly (readonly [written: string, canonical: string])[] = [
  ['a', 'a'],
  ['G', 'G'],
  ['shift-g', 'G'],
  ['Ctrl-C', 'ctrl-c'],
  ['ctrl+c', 'ctrl-c'],
  ['C-c', 'ctrl-c'],
  ['alt-enter', 'alt-enter'],
  ['M-x', 'alt-x'],
  ['alt-shift-g', 'alt-G'],
  ['shift-ctrl-up', 'ctrl-shift-up'],
  ['S-tab', 'shift-tab'],
  ['<space>', 'space'],
  ['escape', 'esc'],
  ['Return', 'enter'],
  ['PgDn', 'pagedown'],
  ['F12', 'f12'],
  ['-', '-'],
  ['ctrl--', 'ctrl--'],
  ['+', '+'],
  ['<', '<'],
  ['ctrl-]', 'ctrl-]'],
  ['é', 'é'],
];
for (const [written, canonical] of names) {
  test(`key '${written}' is ${canonical}`, t => {
    t.deepEqual(parseKey(written), { ok: true, name: canonical });
  });
}

const refused: readonly (readonly [written: string, problem: RegExp])[] = [
  ['', /empty/],
  ['ctrl-i', /send 'ctrl-i' as 'tab'/],
  ['ctrl-m', /bind 'enter'/],
  ['pagedonw', /did you mean 'pagedown'/],
  ['ctrl-foo', /is no key/],
  ['shift-1', /write the character/],
];
for (const [written, problem] of refused) {
  test(`key '${written}' is refused`, t => {
    const parsed = parseKey(written);
    t.false(parsed.ok);
    t.regex(parsed.ok ? '' : parsed.problem, problem);
  });
}

test('chords: pending, matched, none', t => {
  const trie = new ChordTrie<string>();
  t.is(trie.add(['g', 'g'], 'top'), undefined);
  t.is(trie.add(['g', 'e'], 'end'), undefined);
  t.is(trie.add(['q'], 'quit'), undefined);
  t.deepEqual(trie.match(['g']), { kind: 'pending', next: ['g', 'e'] });
  t.deepEqual(trie.match(['g', 'g']), { kind: 'matched', value: 'top' });
  t.deepEqual(trie.match(['g', 'x']), { kind: 'none' });
  t.deepEqual(trie.match(['z']), { kind: 'none' });
  t.deepEqual(trie.entries(), [
    [['g', 'g'], 'top'],
    [['g', 'e'], 'end'],
    [['q'], 'quit'],
  ]);
});

test('chords that collide name the one that is there, and change nothing', t => {
  const trie = new ChordTrie<string>();
  trie.add(['g', 'g'], 'top');
  t.deepEqual(trie.add(['g', 'g'], 'other'), { kind: 'same', keys: ['g', 'g'], value: 'top' });
  t.deepEqual(trie.add(['g'], 'go'), { kind: 'hides', keys: ['g', 'g'], value: 'top' });
  t.deepEqual(trie.add(['g', 'g', 'x'], 'deep'), { kind: 'hidden-by', keys: ['g', 'g'], value: 'top' });
  t.is(trie.entries().length, 1);
});

test('a chord is read key by key', t => {
  t.deepEqual(parseChord(' ctrl-x  S-tab '), { ok: true, keys: ['ctrl-x', 'shift-tab'] });
  t.false(parseChord('g nokey').ok);
});
