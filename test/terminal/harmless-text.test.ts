import test from 'ava';
import { harmlessText } from '../../src/terminal/harmless-text.ts';

const kept = [
  'plain\ttext\r\nnext\n',
  '\x1b[1;31mred\x1b[0m \x1b[38:2::1:2:3mtrue\x1b[m',
  '\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\',
  '50%\r100%\n',
  'wide 日本 👩‍💻',
  'the rest may come: \x1b[31',
];
for (const text of kept) test(`stays: ${JSON.stringify(text)}`, t => void t.is(harmlessText(text), text));

const changed: readonly (readonly [string, string])[] = [
  ['a\x1b]52;c;aGk=\x07b', 'ab'],
  ['a\x1b]0;title\x1b\\b', 'ab'],
  ['a\x1b[2J\x1b[H\x1b[3Ab', 'ab'],
  ['a\x1bPq#0\x1b\\b', 'ab'],
  ['\x1b]52;c;never ends\nnext', '\nnext'],
  ['a\x1b(0b\x1bc', 'ab'],
  ['a\x1b[?1049h\x1b[?1000hb', 'ab'],
  ['a\x9b2Jb\x0e', 'a2Jb'],
  ['cut \x1b[31\n', 'cut \n'],
];
for (const [text, wanted] of changed) test(`goes: ${JSON.stringify(text)}`, t => void t.is(harmlessText(text), wanted));
