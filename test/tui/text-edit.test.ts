// Typing in one line: the keys of a shell's line, and a cursor that never stands inside of a character.
import test from 'ava';
import type { KeyEvent } from '../../src/terminal/input-events.ts';
import { editField, fieldOf, insert, pastedText } from '../../src/tui/text-edit.ts';

const key = (name: string): KeyEvent =>
  ({ kind: 'key', name, ...(name.length === 1 || name === '日' ? { text: name } : {}) }) as unknown as KeyEvent;

/** The text after the keys, with | where the cursor is. */
function typed(start: string, keys: string): string {
  let field = fieldOf(start);
  for (const name of keys.split(' ')) field = editField(field, key(name)) ?? field;
  return `${field.text.slice(0, field.at)}|${field.text.slice(field.at)}`;
}

const rows: readonly [start: string, keys: string, result: string][] = [
  ['', 'a b', 'ab|'],
  ['abc', 'left left x', 'ax|bc'],
  ['abc', 'home x right y', 'xay|bc'],
  ['abc', 'home left left', '|abc'],
  ['abc', 'left delete', 'ab|'],
  ['abc', 'home backspace', '|abc'],
  ['one two', 'ctrl-w', 'one |'],
  ['one two', 'alt-b alt-b', '|one two'],
  ['one two', 'home ctrl-right', 'one| two'],
  ['one two', 'left left left ctrl-u', '|two'],
  ['one two', 'home ctrl-k', '|'],
  ['a👨‍👩‍👧b', 'left backspace', 'a|b'],
  ['a👨‍👩‍👧b', 'left left', 'a|👨‍👩‍👧b'],
  ['日', 'backspace', '|'],
];

for (const [start, keys, result] of rows) {
  test(`${start || 'nothing'}: ${keys}`, t => {
    t.is(typed(start, keys), result);
  });
}

test('keys that edit nothing', t => {
  t.is(editField(fieldOf('a'), key('f5')), undefined);
  t.is(editField(fieldOf(''), key('backspace')), undefined);
});

test('a paste is one line, at the cursor', t => {
  t.is(pastedText('a\r\nb\tc\x1b[31m'), 'a b c [31m');
  t.deepEqual(insert({ text: 'xz', at: 1 }, 'y'), { text: 'xyz', at: 2 });
});
